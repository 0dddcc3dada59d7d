/*
 * Positions in a line as it was typed, and messages about it. The reader works on the plain line,
 * in which characters and words may be others. Also the edits of messages that have none: one that
 * the code of the message allows; otherwise, the line becomes a comment.
 */
#include "base/utf8.h"
#include "plan/text/plan_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The offset in the line for an offset in the plain line. */
static const char *origin(const msched__text_reader *in, const char *at)
{
    const uint16_t *from = in->plain.data == in->words_text ? in->words_from : in->plain_from;
    if (in->plain.data == NULL || in->plain.data == in->line.data || at < in->plain.data ||
        at > in->plain.data + in->plain.size)
        return at;
    return in->line.data + from[at - in->plain.data];
}

msched__slice msched__text_raw(const msched__text_reader *in, msched__slice plain)
{
    const char *start = origin(in, plain.data), *end = origin(in, plain.data + plain.size);
    for (uint32_t i = 0; i < in->dropped_count; i++) { /* marks after it are not part of it */
        const char *from = in->line.data + in->dropped[i].start;
        if (end != in->line.data + in->dropped[i].end || from < start || from == end)
            continue;
        end = from;
        i = UINT32_MAX; /* start again from the beginning */
    }
    return (msched__slice){start, (size_t)(end - start)};
}

size_t msched__text_keep(const msched__text_reader *in, msched__slice raw, char *out)
{
    size_t size = 0;
    for (size_t i = 0; i < raw.size; i++) {
        size_t at = (size_t)(raw.data + i - in->line.data);
        int dropped = 0;
        for (uint32_t k = 0; k < in->dropped_count && !dropped; k++)
            dropped = at >= in->dropped[k].start && at < in->dropped[k].end;
        if (!dropped)
            out[size++] = raw.data[i];
    }
    return size;
}

uint32_t msched__text_column(const msched__text_reader *in, const char *at)
{
    return (uint32_t)msched__utf8_length(in->line.data, (size_t)(origin(in, at) - in->line.data)) +
           1;
}

static void tell(msched__text_reader *in, uint32_t severity, const char *at, msched_result result,
                 const char *code, const char *repair, const char *format, va_list args)
{
    char message[400];
    vsnprintf(message, sizeof message, format, args);
    msched__diag_add(in->diag, severity, in->line_number, msched__text_column(in, at), result, code,
                     repair, "%s", message);
}

void msched__text_error(msched__text_reader *in, const char *at, msched_result result,
                        const char *code, const char *repair, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(in, MSCHED_SEVERITY_ERROR, at, result, code, repair, format, args);
    va_end(args);
}

void msched__text_bad_value(msched__text_reader *in, msched__slice value, const char *code,
                            const char *repair, const char *message)
{
    msched__text_error(in, value.data, MSCHED_ERROR_VALUE, code, repair, "%s", message);
}

void msched__text_remark(msched__text_reader *in, uint32_t severity, const char *at,
                         const char *code, const char *repair, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell(in, severity, at, MSCHED_OK, code, repair, format, args);
    va_end(args);
}

void msched__text_offer(msched__text_reader *in, msched__slice part, const char *const *texts,
                        uint32_t count)
{
    const uint32_t column = msched__text_column(in, part.data);
    msched__diag_edit(in->diag, in->line_number, column,
                      column + (uint32_t)msched__utf8_length(part.data, part.size), texts, count);
}

void msched__text_conflict(msched__text_reader *in, const msched__text_values *v,
                           enum msched__attr_kind a, enum msched__attr_kind b, const char *code,
                           const char *repair)
{
    msched__slice first = v->text[a], second = v->text[b];
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number, v->column[b],
                     MSCHED_ERROR_CONFLICT, code, repair,
                     "\"%.*s\" cannot be combined with \"%.*s\"",
                     (int)(second.size > 40 ? 40 : second.size), second.data,
                     (int)(first.size > 40 ? 40 : first.size), first.data);
}

static void offer(msched_diagnostic *shown, msched__text_reader *in, uint32_t column, uint32_t end,
                  const char *text)
{
    const char **edits = msched__arena_alloc(&in->diag->arena, 1, sizeof *edits);
    if (edits == NULL ||
        (edits[0] = msched__arena_copy(&in->diag->arena, text, strlen(text))) == NULL) {
        in->diag->failed = 1;
        return;
    }
    shown->edits = edits;
    shown->edit_count = 1;
    shown->edit_line = shown->line;
    shown->edit_column = column;
    shown->edit_end_column = end;
}

/* The words and the space before them, or after them at the start of the line. */
static void offer_deletion(msched_diagnostic *shown, msched__text_reader *in, uint32_t column,
                           uint32_t end)
{
    offer(shown, in, column > 1 ? column - 1 : column, column > 1 ? end : end + 1, "");
}

static void offer_candidates(msched_diagnostic *shown, uint32_t end)
{
    shown->edits = shown->candidates;
    shown->edit_count = shown->candidate_count;
    shown->edit_line = shown->line;
    shown->edit_column = shown->column;
    shown->edit_end_column = end;
}

static void fill_in(msched__text_reader *in, msched__diag_item *item)
{
    msched_diagnostic *shown = &item->shown;
    int is_song = shown->candidate_count > 0;
    if (is_song && item->span > 0)
        offer_candidates(shown, shown->column + item->span);
    else if (strcmp(shown->code, "bad_character") == 0)
        offer(shown, in, shown->column, shown->column + 1, "");
    else if (strcmp(shown->code, "duplicate_attribute") == 0 && item->span > 0)
        offer_deletion(shown, in, shown->column, shown->column + item->span);
    else
        offer(shown, in, 1, 1, "// ");
}

void msched__text_edits(msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->diag->count && !in->diag->failed; i++) {
        msched__diag_item *item = &in->diag->items[i];
        if (item->shown.severity != MSCHED_SEVERITY_NOTE && item->shown.line > 0 &&
            item->shown.edit_count == 0)
            fill_in(in, item);
    }
}
