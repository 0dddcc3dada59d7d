#include "plan/text/plan_diag.h"

#include "base/alloc.h"
#include "base/options.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

msched_diagnostics *msched__diag_create(const msched_allocator *allocator)
{
    msched_diagnostics *diag = msched__alloc_zero(allocator, 1, sizeof *diag);
    if (diag != NULL) {
        msched__refcount_init(&diag->refs);
        msched__arena_init(&diag->arena, allocator, 1024);
    }
    return diag;
}

/* One line of whole characters, like errors. */
static const char *copy_line(msched_diagnostics *diag, char *text)
{
    size_t size = strlen(text), bad;
    /* a part of the line may be cut within a character */
    while ((bad = msched__utf8_check(text, size)) < size) {
        memmove(text + bad, text + bad + 1, size - bad);
        size--;
    }
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] < 0x20)
            text[i] = ' ';
    return msched__arena_copy(&diag->arena, text, size);
}

void msched__diag_add(msched_diagnostics *diag, uint32_t severity, uint32_t line, uint32_t column,
                      msched_result result, const char *code, const char *repair,
                      const char *format, ...)
{
    if (diag->count >= MSCHED__DIAG_MAX)
        return;
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    void *block = diag->items;
    if (!msched__grow(&diag->arena.allocator, &block, &diag->capacity, (size_t)diag->count + 1,
                      sizeof *diag->items)) {
        diag->failed = 1;
        return;
    }
    diag->items = block;
    char mend[400];
    snprintf(mend, sizeof mend, "%s", repair);
    msched__diag_item item = {.result = result, .order = diag->count};
    item.shown = (msched_diagnostic){.severity = severity,
                                     .line = line,
                                     .column = column,
                                     .code = code,
                                     .message = copy_line(diag, message),
                                     .repair = copy_line(diag, mend)};
    if (item.shown.message == NULL || item.shown.repair == NULL) {
        diag->failed = 1;
        return;
    }
    diag->error_count += severity == MSCHED_SEVERITY_ERROR;
    diag->items[diag->count++] = item;
}

void msched__diag_candidates(msched_diagnostics *diag, const char *const *candidates,
                             uint32_t count)
{
    if (diag->failed || diag->count == 0)
        return;
    diag->items[diag->count - 1].shown.candidates = candidates;
    diag->items[diag->count - 1].shown.candidate_count = count;
}

void msched__diag_span(msched_diagnostics *diag, size_t characters)
{
    if (!diag->failed && diag->count > 0 && diag->count < MSCHED__DIAG_MAX)
        diag->items[diag->count - 1].span = (uint32_t)characters;
}

void msched__diag_edit(msched_diagnostics *diag, uint32_t line, uint32_t column, uint32_t end,
                       const char *const *texts, uint32_t count)
{
    if (diag->failed || diag->count == 0 || diag->count >= MSCHED__DIAG_MAX)
        return;
    msched_diagnostic *shown = &diag->items[diag->count - 1].shown;
    const char **copies = msched__arena_alloc(&diag->arena, count, sizeof *copies);
    for (uint32_t i = 0; copies != NULL && i < count; i++)
        if ((copies[i] = msched__arena_copy(&diag->arena, texts[i], strlen(texts[i]))) == NULL)
            copies = NULL;
    if (copies == NULL) {
        diag->failed = 1;
        return;
    }
    shown->edits = copies;
    shown->edit_count = count;
    shown->edit_line = line;
    shown->edit_column = column;
    shown->edit_end_column = end;
}

void msched__diag_rewind(msched_diagnostics *diag, uint32_t count, uint32_t error_count)
{
    diag->count = count;
    diag->error_count = error_count;
}

static int by_place(const void *a, const void *b)
{
    const msched__diag_item *x = a, *y = b;
    if (x->shown.line != y->shown.line)
        return x->shown.line < y->shown.line ? -1 : 1;
    if (x->shown.column != y->shown.column)
        return x->shown.column < y->shown.column ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

void msched__diag_sort(msched_diagnostics *diag)
{
    if (diag->count > 1)
        qsort(diag->items, diag->count, sizeof *diag->items, by_place);
}

msched_result msched__diag_result(const msched_diagnostics *diag, msched_error *err)
{
    for (uint32_t i = 0; i < diag->count; i++) {
        const msched_diagnostic *shown = &diag->items[i].shown;
        if (shown->severity == MSCHED_SEVERITY_ERROR)
            return msched__fail_at(err, diag->items[i].result, shown->line, shown->column,
                                   "%s: %s%s%s", shown->code, shown->message,
                                   shown->repair[0] == '\0' ? "" : "; ", shown->repair);
    }
    return MSCHED_OK;
}

uint32_t msched_diagnostics_count(const msched_diagnostics *diagnostics)
{
    return diagnostics == NULL ? 0 : diagnostics->count;
}

msched_result msched_diagnostics_get(const msched_diagnostics *diagnostics, uint32_t index,
                                     msched_diagnostic *diagnostic)
{
    if (diagnostics == NULL || index >= diagnostics->count)
        return MSCHED_ERROR_ARGUMENT;
    return msched__options_write(diagnostic, &diagnostics->items[index].shown,
                                 sizeof diagnostics->items[index].shown);
}

msched_diagnostics *msched_diagnostics_ref(msched_diagnostics *diagnostics)
{
    if (diagnostics != NULL)
        msched__refcount_add(&diagnostics->refs);
    return diagnostics;
}

void msched_diagnostics_unref(msched_diagnostics *diagnostics)
{
    if (diagnostics == NULL || !msched__refcount_drop(&diagnostics->refs))
        return;
    msched_allocator memory = diagnostics->arena.allocator;
    msched__free(&memory, diagnostics->items);
    msched__arena_reset(&diagnostics->arena);
    msched__free(&memory, diagnostics);
}
