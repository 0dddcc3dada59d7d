/* Pieces in words: "split in 45m pieces", "split into 30 min chunks", "in 1-hour blocks". */
#include "plan/words/text_split.h"

#include <stdio.h>
#include <string.h>

/* Bytes of "45m", "45 min", "1h30", "1-hour"; 0: no length. *minutes: what it lasts. */
static size_t piece_length(msched__slice s, size_t at, int *minutes)
{
    static const char *const hours[] = {"hours", "hour", "hrs", "hr", "h", NULL},
                             *const units[] = {"minutes", "minute", "mins", "min", "m", NULL};
    size_t p = at;
    const size_t digits = msched__short_number(s, at);
    const int number = digits > 0 ? (int)msched__take_number(s, &p, 2) : 0;
    if (number <= 0)
        return 0;
    if (msched__lower(msched__byte_at(s, p)) == 'h' && msched__short_number(s, p + 1) == 2) {
        size_t more = p + 1;
        *minutes = number * 60 + (int)msched__take_number(s, &more, 2);
        return msched__blank_at(s, more) ? more - at : 0;
    }
    const size_t unit = msched__after_blanks(s, p + (msched__byte_at(s, p) == '-'));
    const size_t hour = msched__any_ahead(s, unit, hours),
                 minute = msched__any_ahead(s, unit, units);
    *minutes = hour > 0 ? number * 60 : number;
    return hour + minute > 0 ? unit + hour + minute - at : 0;
}

/* "4h split in 3 pieces": the length elsewhere in the line, divided. Returns the bytes; 0: none. */
static size_t take_count(msched__writer *w, size_t at, size_t first, const char *const *pieces)
{
    static const char *const numbers[] = {"two", "three", "four", "five", "six", NULL};
    msched__slice s = w->from;
    size_t p = first;
    int count = msched__digit_at(s, p) ? (int)msched__take_number(s, &p, 2) : 0, minutes = 0;
    for (int i = 0; count == 0 && numbers[i] != NULL; i++)
        if (msched__word_ahead(s, first, numbers[i])) {
            count = i + 2;
            p += strlen(numbers[i]);
        }
    const size_t next = msched__after_blanks(s, p), piece = msched__any_ahead(s, next, pieces);
    const int is_end = next >= s.size && msched__word_ahead(s, at, "split"); /* "split in two" */
    if (count < 2 || count > 12 || (piece == 0 && !is_end))
        return 0;
    for (size_t i = 0; i < s.size && minutes == 0; i++)
        if ((i == 0 || msched__blank_at(s, i - 1)) && piece_length(s, i, &minutes) == 0)
            minutes = 0;
    if (minutes < 2 * count)
        return 0;
    char text[24];
    snprintf(text, sizeof text, "split:%dm", minutes / count);
    msched__write_text(w, text, at);
    w->changed = 1;
    return next + piece - at;
}

size_t msched__take_split(msched__writer *w, size_t at)
{
    /* after the first two, a length is enough */
    static const char *const before[] = {"split in ", "split into ", "in "},
                             *const pieces[] = {"pieces", "piece",    "chunks",  "chunk", "blocks",
                                                "parts",  "sessions", "batches", NULL},
                             *const sittings[] = {"chunks",   "blocks",  "parts", "sessions",
                                                  "sittings", "batches", NULL};
    msched__slice s = w->from;
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        const size_t size = msched__phrase_at(s, at, before[i]),
                     first = msched__after_blanks(s, at + size);
        int minutes = 0;
        const size_t length = size > 0 ? piece_length(s, first, &minutes) : 0;
        const size_t counted = size > 0 && length == 0
                                   ? take_count(w, at, first, i < 2 ? pieces : sittings)
                                   : 0;
        if (counted > 0)
            return counted;
        if (length == 0)
            continue;
        const size_t end = first + length, next = msched__after_blanks(s, end),
                     piece = msched__any_ahead(s, next, pieces);
        if (piece == 0 && i == 2) /* "call in 45m" */
            return 0;
        char text[24];
        snprintf(text, sizeof text, "split:%dm", minutes);
        msched__write_text(w, text, at);
        w->changed = 1;
        return (piece > 0 ? next + piece : end) - at;
    }
    return 0;
}
