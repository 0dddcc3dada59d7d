/*
 * "Pills every 8 hours 5m", "Wasser alle 2 Stunden": to-dos that repeat within a day. A to-do
 * occurs once on a day, so the words are removed from the line, and a warning offers a line for
 * each time.
 */
#include "base/utf8.h"
#include "plan/text/plan_text.h"
#include "plan/words/text_length.h"

#include <stdio.h>
#include <string.h>

#define FIRST_S   28800 /* 8:00: the first of the offered times */
#define LAST_S    79200 /* 22:00 */
#define LINES_MAX 16

/* The English word, as text_length.c reads it; the word itself if it is not in the list. */
static msched__slice in_english(msched__slice word)
{
    static const char *const words[][2] = {
        {"2", " zwei deux dos due twee paar other second zweite "},
        {"3", " drei trois tres tre drie third dritte "},
        {"4", " vier quatre cuatro quattro "},
        {"6", " sechs six seis sei zes "},
        {"8", " acht huit ocho otto "},
        {"1.5", " anderthalb "},
        {"half", " halbe media "},
        {"half hour", " demi-heure demi-heures "},
        {"hour", " hr stunde heure heures hora ora "},
        {"hours", " horas ore uur timer timmar "},
        {"min", " minutos minuti "}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__word_among(word, words[i][1]))
            return (msched__slice){words[i][0], strlen(words[i][0])};
    return word;
}

/*
 * Seconds of "8 hours", "couple of hours", "zwei Stunden"; *at moves past it. 0: none. The fewest
 * words count, because "every 8 hours 5m" ends in the length of the to-do. *alone: "hour".
 */
static int32_t take_interval(msched__slice s, size_t *at, int *alone)
{
    char text[80];
    size_t size = 0, p = *at;
    *alone = 0;
    for (int words = 0; words < 5 && p < s.size; words++) {
        size_t end = p;
        while (!msched__blank_at(s, end))
            end++;
        const size_t next = msched__after_blanks(s, end);
        while (end > p && strchr(",;:!)", s.data[end - 1]) != NULL)
            end--;
        const msched__slice word = in_english((msched__slice){s.data + p, end - p});
        if (word.size == 0 || size + word.size + 12 > sizeof text)
            return 0;
        if (size > 0)
            text[size++] = ' ';
        memcpy(text + size, word.data, word.size);
        size += word.size;
        int32_t seconds = 3600;
        uint32_t doubt = 0;
        *alone = words == 0 && msched__slice_is((msched__slice){text, size}, "hour");
        if (!*alone && (!msched__scan_length((msched__slice){text, size}, 0, &seconds, &doubt) ||
                        (doubt & MSCHED__MULTIPLE) != 0)) {
            p = next;
            continue;
        }
        const size_t half = msched__phrase_at(s, next, "and a half");
        *at = half > 0 && !msched__letter_at(s, next + half) ? next + half : end;
        return seconds + (*at > end ? 1800 : 0);
    }
    return 0;
}

static int has_digit(msched__slice s, size_t at)
{
    while (at < s.size && !msched__digit_at(s, at))
        at++;
    return at < s.size;
}

/* A number in the word before an offset, or in the one before that: "1h twice", "30 min twice". */
static int follows_length(msched__slice s, size_t at)
{
    size_t start = at;
    for (int words = 0; words < 2 && start > 0; words++) {
        while (start > 0 && msched__blank_at(s, start - 1))
            start--;
        while (start > 0 && !msched__blank_at(s, start - 1))
            start--;
    }
    return has_digit((msched__slice){s.data, at}, start);
}

/*
 * Bytes of "twice a day", "3x daily", "zweimal am Tag" at an offset. *seconds: from one to the
 * next.
 */
static size_t times_a_day(msched__slice s, size_t at, int one_day, int32_t *seconds)
{
    static const char *const twos[] = {"twice",     "two times", "zweimal",
                                       "deux fois", "dos veces", NULL},
                             *const threes[] = {"three times", "dreimal", "trois fois",
                                                "tres veces", NULL},
                             *const both[] = {"morning and evening",
                                              "morning & evening",
                                              "morning and night",
                                              "am and pm",
                                              "am & pm",
                                              "am/pm",
                                              "am + pm",
                                              "am+pm",
                                              "morgens und abends",
                                              "matin et soir",
                                              "ma\303\261ana y noche",
                                              "mattina e sera",
                                              "ochtend en avond",
                                              NULL},
                             *const units[] = {"times", "x", "mal", "fois", "veces", NULL},
                             *const days[] = {"a day",          "daily",          "per day",
                                              "each day",       "every day",      "am tag",
                                              "t\303\244glich", "pro tag",        "par jour",
                                              "al d\303\255a",  "por d\303\255a", NULL};
    int32_t count = 2;
    size_t p = at, size = msched__any_ahead(s, at, twos);
    if (size == 0 && (size = msched__any_ahead(s, at, threes)) > 0)
        count = 3;
    if (size == 0) {
        count = msched__digit_at(s, at) ? msched__take_number(s, &p, 1) : 0;
        p = msched__after_blanks(s, p);
        size = count > 1 ? msched__any_ahead(s, p, units) : 0;
    }
    if (size == 0 && at > 0 && (size = msched__any_ahead(s, at, both)) > 0) {
        *seconds = 12 * 3600;
        return size;
    }
    if (size == 0 || count > 6)
        return 0;
    const size_t word = p + size;
    const int is_worded = p == at;
    p = msched__after_blanks(s, word);
    const int is_slash = msched__byte_at(s, p) == '/' && msched__word_ahead(s, p + 1, "day");
    size = is_slash ? strlen("/day") : msched__any_ahead(s, p, days);
    /* "meds twice", "meds twice 5m", but not "read it twice before" or "run 1h twice" */
    if (size == 0 && one_day && is_worded && at > 0 && !follows_length(s, at) &&
        (p >= s.size || msched__digit_at(s, p))) {
        p = word;
    } else if (size == 0) {
        return 0;
    }
    *seconds = count == 2 ? 12 * 3600 : count == 3 ? 6 * 3600 : count == 4 ? 4 * 3600 : 9000;
    return p + size - at;
}

size_t msched__take_every(msched__text_reader *in, msched__writer *w, size_t at)
{
    static const char *const everys[] = {"every", "each",       "alle",     "jede",
                                         "cada",  "toutes les", "chaque",   "ogni",
                                         "elke",  "om de",      "ca. alle", NULL},
                             *const hourly[] = {"hourly", "st\303\274ndlich", NULL};
    static const char *const settings[] = {"breaks", "break", "pauses", "pause", "pausen", NULL};
    msched__slice s = w->from;
    const size_t setting = msched__any_ahead(s, 0, settings);
    if (setting > 0 && msched__byte_at(s, setting) == ':')
        return 0; /* "Breaks: 5 min every 45 min" */
    size_t word = msched__any_ahead(s, at, everys), end = msched__after_blanks(s, at + word);
    int32_t seconds = 0;
    int alone = 0;
    if (word > 0 && end > at + word)
        seconds = take_interval(s, &end, &alone);
    else if ((word = msched__any_ahead(s, at, hourly)) > 0)
        seconds = 3600, end = at + word, alone = 1;
    else if ((word = times_a_day(s, at, in->days == 0, &seconds)) > 0)
        end = at + word;
    /* "Every hour counts" is a title, "Alle" a name and "alle ore 13" a time */
    const int is_alle = msched__word_ahead(s, at, "alle");
    if (alone && (is_alle || (at == 0 && !has_digit(s, end))))
        return 0;
    if (!alone && msched__word_ahead(s, at, "each"))
        return 0; /* "Two lessons, each 45 min" */
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
    if (from == 0 && to >= s.size) /* the line has nothing else */
        return 0;
    in->every_s = seconds;
    in->every_start = is_line ? at : in->plain_from[at];
    in->every_end = is_line ? end : in->plain_from[end];
    in->dropped[in->dropped_count].start = (uint16_t)(is_line ? from : in->plain_from[from]);
    in->dropped[in->dropped_count++].end = (uint16_t)(is_line ? to : in->plain_from[to]);
    w->changed = 1;
    return to - at;
}

/* Write a line for each time with the rest of the to-do's line; 0: there are too many. */
static int write_lines(const msched__text_reader *in, size_t start, const char *days,
                       const char *length, char *out, size_t room)
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
        int wrote = snprintf(out + size, room - size, "%s%.*s%s%d:%02d %.*s%s%.*s%s",
                             time > FIRST_S ? "\n" : "", (int)start, line.data, days,
                             (int)time / 3600, (int)time / 60 % 60, (int)(before - start),
                             line.data + start, joint ? " " : "", (int)(line.size - after),
                             line.data + after, length);
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
    /* an event cannot have these, so a line for each time would be an error */
    static const enum msched__attr_kind others[] = {
        MSCHED__ATTR_RANGE,   MSCHED__ATTR_AT,      MSCHED__ATTR_EARLIEST,  MSCHED__ATTR_LATEST,
        MSCHED__ATTR_BETWEEN, MSCHED__ATTR_DAYPART, MSCHED__ATTR_SPLIT,     MSCHED__ATTR_AFTER,
        MSCHED__ATTR_BEFORE,  MSCHED__ATTR_LATE,    MSCHED__ATTR_REPEAT,    MSCHED__ATTR_APART,
        MSCHED__ATTR_MAX_DAY, MSCHED__ATTR_DUE_AT,  MSCHED__ATTR_RELEASE_AT};
    int is_event = 1;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        is_event &= v->column[others[i]] == 0;
    char *text = is_event ? msched__arena_alloc(&in->arena, room, 1) : NULL;
    in->failed |= is_event && text == NULL;
    /* the lines keep the dates of the line, which may be those of the heading above it */
    const int is_dated = v->column[MSCHED__ATTR_ON] != 0 || v->rule.size > 0 ||
                         in->week.heading.count > 0;
    if (text == NULL ||
        !write_lines(in, start, in->days > 0 && !is_dated ? "every day " : "",
                     v->column[MSCHED__ATTR_DURATION] != 0 ? "" : " 30m", text, room))
        return;
    const char *const texts[] = {text};
    msched__diag_edit(in->diag, in->line_number, 1,
                      (uint32_t)msched__utf8_length(line, in->line.size) + 1, texts, 1);
}
