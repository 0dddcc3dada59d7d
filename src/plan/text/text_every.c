/*
 * "Pills every 8 hours 5m", "Wasser alle 2 Stunden": to-dos that repeat within a day. A to-do
 * occurs once on a day, so the words are removed from the line, and a warning offers a line for
 * each time.
 */
#include "base/utf8.h"
#include "plan/text/plan_text.h"

#include <stdio.h>
#include <string.h>

#define FIRST_S   28800 /* 8:00: the first of the offered times */
#define LAST_S    79200 /* 22:00 */
#define LINES_MAX 16

static size_t word_at(msched__slice s, size_t at, const char *const *words)
{
    for (; *words != NULL; words++)
        if (msched__word_ahead(s, at, *words))
            return strlen(*words);
    return 0;
}

/* Seconds of "8 hours", "8h", "90 min", "hour", "zwei Stunden"; *at moves past it. 0: none. */
static int32_t take_interval(msched__slice s, size_t *at)
{
    static const char *const hours[] = {"hours",  "hour", "hrs",    "hr",     "h",     "stunden",
                                        "stunde", "std",  "heures", "heure",  "horas", "hora",
                                        "ore",    "uur",  "timer",  "timmar", NULL},
                             *const minutes[] = {"minutes", "minute",  "mins",   "min", "m",
                                                 "minuten", "minutos", "minuti", NULL},
                             *const numbers[] = {"zwei", "two", "deux", "dos", "due", "twee", NULL},
                             *const threes[] = {"drei", "three", "trois", "tres",
                                                "tre",  "drie",  NULL};
    size_t p = *at, size = word_at(s, p, numbers);
    int32_t count = size > 0 ? 2 : 1;
    if (size == 0 && (size = word_at(s, p, threes)) > 0)
        count = 3;
    else if (size == 0 && msched__digit_at(s, p)) {
        size_t end = p;
        count = msched__take_number(s, &end, 3);
        size = end - p;
    }
    const int counted = size > 0;
    p = msched__after_blanks(s, p + size);
    size_t hour = word_at(s, p, hours), minute = hour > 0 ? 0 : word_at(s, p, minutes);
    if (count < 1 || hour + minute == 0 || (!counted && hour + minute == 1))
        return 0;
    *at = p + hour + minute;
    *at += msched__byte_at(s, *at) == '.';
    return count <= 600 ? count * (hour > 0 ? 3600 : 60) : 0;
}

static int has_digit(msched__slice s, size_t at)
{
    while (at < s.size && !msched__digit_at(s, at))
        at++;
    return at < s.size;
}

size_t msched__take_every(msched__text_reader *in, msched__writer *w, size_t at)
{
    static const char *const everys[] = {"every", "each",       "alle",     "jede",
                                         "cada",  "toutes les", "chaque",   "ogni",
                                         "elke",  "om de",      "ca. alle", NULL},
                             *const hourly[] = {"hourly", "st\303\274ndlich", NULL};
    static const char *const settings[] = {"breaks", "break", "pauses", "pause", "pausen", NULL};
    msched__slice s = w->from;
    const size_t setting = word_at(s, 0, settings);
    if (setting > 0 && msched__byte_at(s, setting) == ':')
        return 0; /* "Breaks: 5 min every 45 min" */
    size_t word = word_at(s, at, everys), end = msched__after_blanks(s, at + word);
    int32_t seconds = 0;
    if (word > 0 && end > at + word)
        seconds = take_interval(s, &end);
    else if ((word = word_at(s, at, hourly)) > 0)
        seconds = 3600, end = at + word;
    /* "Every hour counts" is a title, "Alle" a name and "alle ore 13" a time */
    const int is_alle = msched__word_ahead(s, at, "alle");
    if (!msched__digit_at(s, msched__after_blanks(s, at + word)) &&
        (is_alle || (at == 0 && !has_digit(s, end))))
        return 0;
    if (is_alle && end > 1 && msched__digit_at(s, end - 2))
        return 0; /* "Call Alle 30m" */
    if (seconds == 0 || seconds > 43200 || msched__letter_at(s, end) || in->every_s != 0 ||
        in->dropped_count == MSCHED__DROPPED_MAX)
        return 0;
    const int is_line = s.data == in->line.data;
    size_t from = at, to = msched__after_blanks(s, end);
    if (to >= s.size) /* also remove the blanks before the words */
        while (from > 0 && s.data[from - 1] == ' ')
            from--;
    in->every_s = seconds;
    in->every_start = is_line ? at : in->plain_from[at];
    in->every_end = is_line ? end : in->plain_from[end];
    in->dropped[in->dropped_count].start = (uint16_t)(is_line ? from : in->plain_from[from]);
    in->dropped[in->dropped_count++].end = (uint16_t)(is_line ? to : in->plain_from[to]);
    w->changed = 1;
    return to - at;
}

/* Write a line for each time with the rest of the to-do's line; 0: there are too many. */
static int write_lines(const msched__text_reader *in, size_t start, const char *days, char *out,
                       size_t room)
{
    const msched__slice line = in->line;
    size_t before = in->every_start, after = in->every_end, size = 0;
    while (before > start && line.data[before - 1] == ' ')
        before--;
    while (after < line.size && line.data[after] == ' ')
        after++;
    const int joint = before > start && after < line.size;
    if ((LAST_S - FIRST_S) / in->every_s >= LINES_MAX)
        return 0;
    for (int32_t time = FIRST_S; time <= LAST_S; time += in->every_s) {
        int wrote = snprintf(out + size, room - size, "%s%.*s%s%d:%02d %.*s%s%.*s",
                             time > FIRST_S ? "\n" : "", (int)start, line.data, days,
                             (int)time / 3600, (int)time / 60 % 60, (int)(before - start),
                             line.data + start, joint ? " " : "", (int)(line.size - after),
                             line.data + after);
        if (wrote < 0 || (size += (size_t)wrote) >= room)
            return 0;
    }
    return 1;
}

void msched__text_tell_every(msched__text_reader *in, const msched__text_todo *todo, size_t start)
{
    const msched__text_values *v = &todo->values;
    const char *line = in->line.data;
    const size_t words = in->every_end - in->every_start, room = LINES_MAX * (in->line.size + 32);
    if (in->every_s == 0)
        return;
    for (uint32_t k = in->dropped_count; k-- > 0;) /* marks such as ** belong to the title */
        start = in->dropped[k].end == start ? in->dropped[k].start : start;
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, line + in->every_start, "repeats_in_day",
                        "write a line for each time, for example 8:00 Walk 10m",
                        "\"%.*s\" is planned once", (int)(words > 60 ? 60 : words),
                        line + in->every_start);
    msched__diag_span(in->diag, msched__utf8_length(line + in->every_start, words));
    int timed = v->column[MSCHED__ATTR_RANGE] != 0 || v->column[MSCHED__ATTR_AT] != 0 ||
                v->column[MSCHED__ATTR_EARLIEST] != 0 || v->column[MSCHED__ATTR_LATEST] != 0 ||
                v->column[MSCHED__ATTR_BETWEEN] != 0 || v->column[MSCHED__ATTR_DAYPART] != 0;
    char *text = timed ? NULL : msched__arena_alloc(&in->arena, room, 1);
    in->failed |= !timed && text == NULL;
    if (text == NULL ||
        !write_lines(in, start, in->days > 0 && v->column[MSCHED__ATTR_ON] == 0 ? "every day " : "",
                     text, room))
        return;
    const char *const texts[] = {text};
    msched__diag_edit(in->diag, in->line_number, 1,
                      (uint32_t)msched__utf8_length(line, in->line.size) + 1, texts, 1);
}
