/* Runs of attributes at the start and at the end of a line. */
#include "base/alloc.h"
#include "base/utf8.h"
#include "plan/plan_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ATTR_WORDS_MAX 6 /* "from 9:00 am to 5:00 pm" */

uint32_t msched__text_column(const msched__text_reader *in, const char *at)
{
    return (uint32_t)msched__utf8_length(in->line.data, (size_t)(at - in->line.data)) + 1;
}

void msched__text_error(msched__text_reader *in, const char *at, msched_result result, const char *code, const char *repair,
                        const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    msched__diag_add(in->diag, MSCHED_SEVERITY_ERROR, in->line_number, msched__text_column(in, at), result, code, repair, "%s",
                     message);
}

void msched__text_remark(msched__text_reader *in, uint32_t severity, const char *at, const char *code, const char *repair,
                         const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    msched__diag_add(in->diag, severity, in->line_number, msched__text_column(in, at), MSCHED_OK, code, repair, "%s", message);
}

int msched__text_split(msched__text_reader *in, msched__slice slice)
{
    in->word_count = 0;
    size_t at = 0;
    for (;;) {
        while (at < slice.size && (slice.data[at] == ' ' || slice.data[at] == '\t'))
            at++;
        if (at == slice.size)
            return 1;
        size_t start = at;
        while (at < slice.size && slice.data[at] != ' ' && slice.data[at] != '\t')
            at++;
        void *block = in->words;
        if (!msched__grow(&in->memory, &block, &in->word_capacity, (size_t)in->word_count + 1, sizeof *in->words)) {
            in->failed = 1;
            return 0;
        }
        in->words = block;
        in->words[in->word_count++] = (msched__slice){slice.data + start, at - start};
    }
}

msched__slice msched__text_words(const msched__text_reader *in, uint32_t first, uint32_t last)
{
    const char *start = in->words[first].data;
    return (msched__slice){start, (size_t)(in->words[last].data + in->words[last].size - start)};
}

uint32_t msched__run_lead(msched__text_reader *in, uint32_t first, uint32_t end)
{
    uint32_t at = first;
    while (at < end && in->run->count < MSCHED__RUN_MAX) {
        uint32_t left = end - at, n = left < ATTR_WORDS_MAX ? left : ATTR_WORDS_MAX;
        msched__placed_attr *item = &in->run->items[in->run->count];
        while (n > 0 && !msched__attr_match(msched__text_words(in, at, at + n - 1), MSCHED__PLACE_LEAD, &item->attr))
            n--;
        if (n == 0)
            break;
        item->first = at;
        item->count = n;
        in->run->count++;
        at += n;
    }
    return at - first;
}

uint32_t msched__run_trail(msched__text_reader *in, uint32_t first, uint32_t end, enum msched__attr_place place)
{
    uint32_t start_count = in->run->count, at = end;
    while (at > first && in->run->count < MSCHED__RUN_MAX) {
        uint32_t left = at - first, n = left < ATTR_WORDS_MAX ? left : ATTR_WORDS_MAX;
        msched__placed_attr *item = &in->run->items[in->run->count];
        while (n > 0 && !msched__attr_match(msched__text_words(in, at - n, at - 1), place, &item->attr))
            n--;
        if (n == 0)
            break;
        at -= n;
        item->first = at;
        item->count = n;
        in->run->count++;
    }
    for (uint32_t i = start_count, j = in->run->count; i + 1 < j; i++) { /* found from the right */
        msched__placed_attr swap = in->run->items[i];
        in->run->items[i] = in->run->items[--j];
        in->run->items[j] = swap;
    }
    return at;
}

/* Where the number stands that has to be changed: after "at" and the like; for the rest the start. */
static const char *blame(const msched__text_reader *in, const msched__placed_attr *item)
{
    int is_time = strcmp(item->attr.code, "ambiguous_time") == 0 || strcmp(item->attr.code, "bad_time") == 0;
    msched__slice word = in->words[item->first];
    int worded = is_time && item->count > 1 && !(word.data[0] >= '0' && word.data[0] <= '9');
    return in->words[item->first + (worded ? 1 : 0)].data;
}

int msched__run_values(msched__text_reader *in, msched__text_values *values)
{
    int ok = 1;
    memset(values, 0, sizeof *values);
    for (uint32_t i = 0; i < in->run->count; i++) {
        const msched__placed_attr *item = &in->run->items[i];
        const char *at = in->words[item->first].data;
        enum msched__attr_kind kind = item->attr.kind;
        if (kind == MSCHED__ATTR_BAD) {
            msched__text_error(in, blame(in, item), MSCHED_ERROR_VALUE, item->attr.code, item->attr.repair, "%s",
                               item->attr.message);
            ok = 0;
            continue;
        }
        if (values->column[kind] != 0) {
            msched__slice text = msched__text_words(in, item->first, item->first + item->count - 1);
            msched__text_error(in, at, MSCHED_ERROR_SYNTAX, "duplicate_attribute", "leave one of the two out, or quote the title",
                               "\"%.*s\" says again what was said already (first at column %u)",
                               (int)(text.size > 40 ? 40 : text.size), text.data, (unsigned)values->column[kind]);
            ok = 0;
            continue;
        }
        values->column[kind] = msched__text_column(in, at);
        values->value[kind] = item->attr.a;
        values->second[kind] = item->attr.b;
        if (kind == MSCHED__ATTR_RANGE && item->attr.wrapped)
            msched__text_remark(in, MSCHED_SEVERITY_NOTE, at, "past_midnight", "", "ends on the next day, at %02d:%02d",
                                (int)(item->attr.b - 86400) / 3600, (int)item->attr.b / 60 % 60);
        if (kind == MSCHED__ATTR_ID)
            values->id = item->attr.name;
        else if (kind == MSCHED__ATTR_AFTER)
            values->after = item->attr.name;
        else if (kind == MSCHED__ATTR_DURING)
            values->during = item->attr.name;
    }
    return ok;
}
