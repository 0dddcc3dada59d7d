/* Apply the edits of the diagnostics that have a single replacement to a plan text. */
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/slice.h"
#include "plan/text/plan_diag.h"

#include <stdlib.h>
#include <string.h>

static int is_remark(const msched_diagnostic *shown)
{
    return shown->edit_column == 1 && shown->edit_end_column == 1 &&
           strcmp(shown->edits[0], "// ") == 0;
}

/* A line with only warnings is planned, so it must not become a comment. */
static int is_sure(const msched_diagnostic *shown)
{
    return shown->severity != MSCHED_SEVERITY_NOTE && shown->edit_count == 1 &&
           shown->edit_line > 0 && (shown->severity == MSCHED_SEVERITY_ERROR || !is_remark(shown));
}

/*
 * By position; an edit that makes a line a comment comes first, because then the others on it do
 * not matter.
 */
static int by_edit(const void *a, const void *b)
{
    const msched_diagnostic *x = *(const msched_diagnostic *const *)a,
                            *y = *(const msched_diagnostic *const *)b;
    if (x->edit_line != y->edit_line)
        return x->edit_line < y->edit_line ? -1 : 1;
    if (is_remark(x) != is_remark(y))
        return is_remark(x) ? -1 : 1;
    if (x->edit_column != y->edit_column)
        return x->edit_column < y->edit_column ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

/* Bytes of the first `characters` characters of a line, or of the whole line if it has fewer. */
static size_t bytes_of(const char *line, size_t size, uint32_t characters)
{
    size_t at = 0;
    while (characters > 0 && at < size) {
        at++;
        while (at < size && ((unsigned char)line[at] & 0xC0) == 0x80)
            at++;
        characters--;
    }
    return at;
}

/* An edit whose new lines end like the line itself. */
static void add_edit(msched__buffer *out, const char *text, int has_return)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n' && has_return)
            msched__buffer_string(out, "\r");
        msched__buffer_add(out, text, 1);
    }
}

/* One line with its edits; in the text a carriage return may follow it. */
static void write_line(msched__buffer *out, msched__slice text,
                       const msched_diagnostic *const *edits, uint32_t count, int has_return)
{
    const char *line = text.data;
    const size_t size = text.size;
    size_t done = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t start = bytes_of(line, size, edits[i]->edit_column - 1),
               end = bytes_of(line, size, edits[i]->edit_end_column - 1);
        int again = i > 0 && edits[i]->edit_column == edits[i - 1]->edit_column &&
                    strcmp(edits[i]->edits[0], edits[i - 1]->edits[0]) == 0;
        if (start < done || again || end < start)
            continue;
        msched__buffer_add(out, line + done, start - done);
        add_edit(out, edits[i]->edits[0], has_return);
        done = end;
        if (is_remark(edits[i]) || (start == 0 && end == size))
            break; /* the others are of the line as it was */
    }
    msched__buffer_add(out, line + done, size - done);
}

static void write_text(msched__buffer *out, const char *data, size_t size,
                       const msched_diagnostic *const *edits, uint32_t count)
{
    size_t at = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    uint32_t next = 0;
    msched__buffer_add(out, data, at);
    for (uint32_t line = 1; at < size; line++) {
        const char *feed = memchr(data + at, '\n', size - at);
        size_t after = feed == NULL ? size : (size_t)(feed - data) + 1,
               end = feed == NULL ? size : after - 1;
        int has_return = end > at && data[end - 1] == '\r';
        end -= (size_t)has_return;
        uint32_t first = next;
        while (next < count && edits[next]->edit_line == line)
            next++;
        write_line(out, (msched__slice){data + at, end - at}, edits + first, next - first,
                   has_return);
        msched__buffer_add(out, data + end, after - end);
        at = after;
    }
}

msched_result msched_plan_text_fix(msched_text **out, const char *data, size_t size_bytes,
                                   const msched_diagnostics *diagnostics, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (data == NULL || diagnostics == NULL)
        return msched__fail_null(err, data == NULL ? "data" : "diagnostics");
    const msched_allocator *memory = &diagnostics->arena.allocator;
    const msched_diagnostic **edits = msched__alloc_array(memory, (size_t)diagnostics->count + 1,
                                                          sizeof *edits);
    if (edits == NULL)
        return msched__fail_memory(err);
    uint32_t count = 0;
    for (uint32_t i = 0; i < diagnostics->count; i++)
        if (is_sure(&diagnostics->items[i].shown))
            edits[count++] = &diagnostics->items[i].shown;
    if (count > 1)
        qsort(edits, count, sizeof *edits, by_edit);
    msched__buffer text;
    msched__buffer_init(&text, memory);
    write_text(&text, data, size_bytes, edits, count);
    msched__free(memory, edits);
    return msched__buffer_to_text(&text, out, err);
}
