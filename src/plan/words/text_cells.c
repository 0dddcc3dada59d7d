/*
 * Cells of tables and of lists with a separator: "Gym,18:00,1h", "| 8:00 | 9:00 | Mail |". Their
 * times and lengths become attributes of the line.
 */
#include "plan/words/text_cells.h"

#include "plan/words/text_fields.h"

#include <stdio.h>
#include <string.h>

static int is_cell_end(msched__slice s, size_t at)
{
    return at >= s.size || s.data[at] == ',' || s.data[at] == ';';
}

/* Bytes of a cell that is a time or a length: "18:00", "6pm", "45m", "1h30"; 0: no match. */
static size_t cell_at(msched__slice s, size_t at)
{
    static const char *const units[] = {"hours", "hour", "hrs", "hr", "min", "mins", "h", "m"};
    size_t size = msched__colon_clock(s, at), digits = msched__short_number(s, at);
    if (size > 0 && msched__byte_at(s, at + size) == '-') {
        size_t more = msched__colon_clock(s, at + size + 1);
        size = more > 0 ? size + 1 + more : size;
    }
    if (size == 0 && digits > 0)
        size = msched__clock_at(s, at, 0);
    for (size_t i = 0; i < sizeof units / sizeof units[0] && digits > 0 && size <= digits; i++)
        if (msched__word_ahead(s, at + digits, units[i]))
            size = digits + strlen(units[i]);
    if (msched__lower(msched__byte_at(s, at + size)) == 'm' && size > 2 && digits > 0)
        size++; /* 1h30m, 6pm */
    return size > digits && is_cell_end(s, at + size) ? size : 0;
}

/* The start of the cell before a separator. */
static size_t cell_start(msched__slice s, size_t at)
{
    while (at > 0 && s.data[at - 1] != ',' && s.data[at - 1] != ';')
        at--;
    return at;
}

/* "18:00,19:00", "18:00 | 19:00" and "8:12 > 9:40" are ranges. */
static int is_between_clocks(msched__slice s, size_t at)
{
    size_t end = at, next = at + 1;
    int list = s.data[at] == ',' || s.data[at] == ';';
    while (!list && end > 0 && msched__blank_at(s, end - 1))
        end--;
    next = list ? next : msched__after_blanks(s, next);
    size_t start = end;
    while (start > 0 && (msched__digit_at(s, start - 1) || s.data[start - 1] == ':'))
        start--;
    size_t second = msched__colon_clock(s, next), stop = next + second;
    if (start == end || msched__colon_clock(s, start) != end - start || second == 0)
        return 0;
    if (list)
        return is_cell_end(s, stop) && (stop < s.size || start > 0) &&
               (start == 0 || is_cell_end(s, start - 1));
    return msched__blank_at(s, stop) && (start == 0 || msched__blank_at(s, start - 1));
}

/* "gym@6pm", "Lunch@12" */
static size_t take_glued_at(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t clock = msched__clock_at(s, at + 1, 1), end = at + 1 + clock;
    int apm = clock > 0 && (msched__word_ahead(s, end, "am") || msched__word_ahead(s, end, "pm"));
    const int is_noon = msched__word_ahead(s, at + 1, "noon") ||
                        msched__word_ahead(s, at + 1, "midnight");
    if ((clock == 0 && !is_noon) || !msched__letter_at(s, at - 1) ||
        (!is_noon && !msched__blank_at(s, end + (apm ? 2 : 0))))
        return 0;
    msched__write_text(w, " @ ", at);
    w->changed = 1;
    return 1;
}

/*
 * "Gym | 18:00 | high": a cell with a priority; "Mail | 30 | 8:30": minutes beside a cell with a
 * time. Returns the bytes with the separator before it.
 */
static size_t take_plain_cell(msched__writer *w, size_t at)
{
    static const char *const levels[] = {"high", "medium", "low", "urgent"};
    msched__slice s = w->from;
    size_t start = msched__after_blanks(s, at + 1), end = start;
    while (end < s.size && s.data[end] != s.data[at])
        end++;
    const size_t stop = end;
    while (end > start && msched__blank_at(s, end - 1))
        end--;
    const msched__slice cell = {s.data + start, end - start};
    char text[24];
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (msched__slice_is(cell, levels[i])) {
            snprintf(text, sizeof text, " [%s] ", levels[i]);
            msched__write_text(w, text, at);
            w->changed = 1;
            return stop - at;
        }
    size_t p = 0;
    const int32_t minutes = cell.size < 4 ? msched__take_number(cell, &p, 3) : -1;
    int has_clock = 0;
    for (size_t i = 0; i < s.size; i++)
        has_clock |= (i == 0 || !msched__digit_at(s, i - 1)) && msched__colon_clock(s, i) > 0;
    if (minutes < 5 || minutes % 5 != 0 || p != cell.size || !has_clock ||
        (stop < s.size && s.data[stop] != s.data[at]))
        return 0;
    snprintf(text, sizeof text, ", %dm", (int)minutes);
    msched__write_text(w, text, at);
    w->changed = 1;
    return end - at;
}

size_t msched__take_cell(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    if (at > 0 && (s.data[at] == '|' || s.data[at] == ';')) {
        const size_t done = take_plain_cell(w, at);
        if (done > 0)
            return done;
    }
    if (at > 0 && s.data[at] == '@')
        return take_glued_at(w, at);
    if (at > 2 && s.data[at] == ':' && msched__lower(s.data[at - 1]) == 'm' &&
        msched__digit_at(s, at - 3) && msched__letter_at(s, at + 1)) { /* "9am:standup" */
        msched__write_text(w, ": ", at);
        w->changed = 1;
        return 1;
    }
    if (at == 0 || at + 1 >= s.size || strchr(",;|>", s.data[at]) == NULL)
        return 0;
    if (is_between_clocks(s, at)) {
        msched__write_text(w, "-", at);
        w->changed = 1;
        return 1;
    }
    if (s.data[at] == '|' || s.data[at] == '>' || msched__blank_at(s, at + 1) ||
        msched__blank_at(s, at - 1))
        return 0;
    size_t start = cell_start(s, at), before = cell_at(s, start) == at - start ? at - start : 0,
           after = cell_at(s, at + 1);
    int digits = msched__digit_at(s, at - 1) && msched__digit_at(s, at + 1);
    /* 1,5h is one number */
    int clear = !digits || (before > 0 && memchr(s.data + start, ':', before) != NULL) ||
                (after > 0 && memchr(s.data + at + 1, ':', after) != NULL);
    if ((before == 0 && after == 0 && s.data[at + 1] != '#') || !clear)
        return 0;
    msched__write_text(w, ", ", at);
    w->changed = 1;
    return 1;
}
