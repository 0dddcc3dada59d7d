/* Convert timestamps of org-mode and fields of Obsidian to plan text. */
#include "plan/words/text_fields.h"

#include "base/civil.h"
#include "plan/words/text_length.h"

#include <stdio.h>
#include <string.h>

#define DATE_BYTES   10
#define FIELD_BYTES  80  /* of a value */
#define FIELDS_BYTES 200 /* of a whole field */

static int date_at(msched__slice s, size_t at, msched__date *date)
{
    return at + DATE_BYTES <= s.size && msched__digit_at(s, at) &&
           msched__date_parse(s.data + at, DATE_BYTES, date) &&
           !msched__digit_at(s, at + DATE_BYTES);
}

/* Bytes of "8:05" or "14:30"; 0: not a time. */
size_t msched__colon_clock(msched__slice s, size_t at)
{
    size_t digits = msched__short_number(s, at), end = at + digits + 3;
    if (digits == 0 || msched__byte_at(s, at + digits) != ':' || !msched__digit_at(s, end - 1) ||
        !msched__digit_at(s, end - 2) || msched__digit_at(s, end))
        return 0;
    return end - at;
}

/* A timestamp of org-mode between < and >, or [ and ]. */
typedef struct stamp {
    size_t date, clock, clock_size; /* places in the line; clock_size 0: none */
    msched__date day;
    char repeat; /* 'd' each day, 'w' each week; 0: neither */
} stamp;

/* End of the timestamp at a position; 0: not a timestamp. */
static size_t stamp_at(msched__slice s, size_t at, stamp *out)
{
    char close = msched__byte_at(s, at) == '<' ? '>' : ']';
    *out = (stamp){.date = at + 1};
    if (at >= s.size || strchr("<[", s.data[at]) == NULL || !date_at(s, at + 1, &out->day))
        return 0;
    size_t p = at + 1 + DATE_BYTES;
    for (;;) {
        p = msched__after_blanks(s, p);
        if (p >= s.size)
            return 0;
        if (s.data[p] == close)
            return p + 1;
        size_t clock = msched__colon_clock(s, p), end = p;
        while (end < s.size && s.data[end] != ' ' && s.data[end] != close)
            end++;
        if (clock > 0) {
            out->clock = p;
            out->clock_size = end - p;
        } else if (end - p > 2 && s.data[end - 2] == '1' && strchr("+.", s.data[p]) != NULL) {
            out->repeat = msched__lower(s.data[end - 1]);
        }
        p = end;
    }
}

static void write_date(msched__writer *w, const char *before, const stamp *t, size_t at)
{
    uint32_t weekday = msched__days_weekday(msched__date_to_days(t->day));
    msched__write_text(w, before, at);
    if (t->repeat == 'w' && strcmp(before, "on:") == 0)
        msched__write_text(w, msched__weekday_keys[weekday], at);
    else
        msched__write_bytes(w, t->date, DATE_BYTES);
}

static int has_mark(msched__slice s, const char *mark)
{
    for (size_t at = 0; at < s.size; at++)
        if (msched__phrase_at(s, at, mark) > 0)
            return 1;
    return 0;
}

/* "<2026-11-24 Tue 14:00-15:00>", with what is before it. */
static size_t take_stamp(msched__writer *w, size_t at)
{
    enum { NONE, SCHEDULED, DEADLINE, CLOSED };
    static const char *const words[] = {"", "scheduled:", "deadline:", "closed:"};
    msched__slice s = w->from;
    stamp t;
    size_t size = 0, kind = CLOSED, open;
    while (kind > NONE && (size = msched__phrase_at(s, at, words[kind])) == 0)
        kind--;
    open = msched__after_blanks(s, at + size);
    size_t end = stamp_at(s, open, &t);
    if (end == 0 || (kind != CLOSED && s.data[open] != '<'))
        return 0;
    w->changed = 1;
    if (kind == CLOSED)
        return end - at;
    if (kind == DEADLINE) {
        write_date(w, "due:", &t, at);
        msched__write_text(w, t.clock_size > 0 ? "T" : "", at);
    } else if (kind == SCHEDULED && (t.clock_size == 0 || has_mark(s, "deadline: <"))) {
        write_date(w, "t:", &t, at); /* not before it, if there is a deadline, too */
        if (t.clock_size > 0)
            msched__write_text(w, " after ", at);
    } else if (t.repeat != 'd') {
        write_date(w, "on:", &t, at);
        msched__write_text(w, " ", at);
    }
    msched__write_bytes(w, t.clock, kind == DEADLINE && t.clock_size > 5 ? 5 : t.clock_size);
    /* "<2026-11-24 10:00>--<2026-11-24 11:00>" */
    stamp last;
    const size_t dash = kind == NONE ? msched__phrase_at(s, end, "--") : 0,
                 stop = dash > 0 ? stamp_at(s, end + dash, &last) : 0;
    if (stop == 0 || t.clock_size == 0 || last.clock_size == 0 ||
        memcmp(s.data + t.date, s.data + last.date, DATE_BYTES) != 0)
        return end - at;
    msched__write_text(w, "-", end);
    msched__write_bytes(w, last.clock, last.clock_size);
    return stop - at;
}

/* ":work:home:" at the end of the line are labels. */
static size_t take_org_labels(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    size_t p = at + 1, names = 0;
    while (p < s.size && s.data[p] != ' ') {
        size_t start = p;
        while (p < s.size && (msched__letter_at(s, p) || msched__digit_at(s, p) ||
                              strchr("_@%", s.data[p]) != NULL))
            p++;
        if (p == start || p >= s.size || s.data[p] != ':')
            return 0;
        names++;
        p++;
    }
    size_t first = msched__after_blanks(s, 0), next = msched__after_blanks(s, p);
    int ends = next == s.size || msched__phrase_at(s, next, "scheduled: <") > 0 ||
               msched__phrase_at(s, next, "deadline: <") > 0;
    if (at == first || names == 0 || names > 4 || !ends)
        return 0;
    for (size_t i = at; i + 1 < p; i++) {
        if (s.data[i] == ':')
            msched__write_text(w, i == at ? "#" : " #", i);
        else
            msched__write_bytes(w, i, 1);
    }
    msched__write_text(w, " ", p - 1);
    w->changed = 1;
    return p - at;
}

enum field {
    FIELD_DUE,
    FIELD_FROM,
    FIELD_PRIORITY,
    FIELD_LENGTH,
    FIELD_CLOCK,
    FIELD_END,
    FIELD_REPEAT,
    FIELD_NAME,
    FIELD_AFTER,
    FIELD_NOTHING,
    FIELD_NONE
};

static enum field field_of(msched__slice key)
{
    static const struct {
        const char *name;
        enum field field;
    } keys[] = {{"due", FIELD_DUE},
                {"scheduled", FIELD_FROM},
                {"start", FIELD_FROM},
                {"priority", FIELD_PRIORITY},
                {"duration", FIELD_LENGTH},
                {"estimate", FIELD_LENGTH},
                {"length", FIELD_LENGTH},
                {"time", FIELD_CLOCK},
                {"starttime", FIELD_CLOCK},
                {"endtime", FIELD_END},
                {"end", FIELD_END},
                {"repeat", FIELD_REPEAT},
                {"recurrence", FIELD_REPEAT},
                {"id", FIELD_NAME},
                {"dependson", FIELD_AFTER},
                {"created", FIELD_NOTHING},
                {"completion", FIELD_NOTHING},
                {"cancelled", FIELD_NOTHING}};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (msched__slice_is(key, keys[i].name))
            return keys[i].field;
    return FIELD_NONE;
}

static const char *priority_of(msched__slice value)
{
    static const char *const names[][2] = {{"highest", "!1"}, {"high", "!1"}, {"medium", "!2"},
                                           {"normal", "!2"},  {"low", "!3"},  {"lowest", "!4"},
                                           {"none", "!4"},    {"1", "!1"},    {"2", "!2"},
                                           {"3", "!3"},       {"4", "!4"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (msched__slice_is(value, names[i][0]))
            return names[i][1];
    return NULL;
}

/* The plan text before the value; NULL: keep the field as it is. */
static const char *before_value(enum field field, msched__slice value)
{
    msched__date date;
    size_t end = 0;
    int is_date = date_at(value, 0, &date) && value.size == DATE_BYTES;
    switch (field) {
    case FIELD_DUE:
        return is_date ? "due:" : NULL;
    case FIELD_FROM:
        return is_date ? "t:" : msched__colon_clock(value, 0) > 0 ? "" : NULL;
    case FIELD_CLOCK:
        return msched__colon_clock(value, 0) > 0 ? "" : NULL;
    case FIELD_END:
        return msched__colon_clock(value, 0) > 0 ? "until " : NULL;
    case FIELD_REPEAT:
    case FIELD_LENGTH:
        return "";
    case FIELD_NAME:
    case FIELD_AFTER:
        while (end < value.size && value.data[end] != ' ')
            end++;
        return end < value.size ? NULL : field == FIELD_NAME ? "id:" : "after:";
    default:
        return NULL;
    }
}

/* "[due:: 2026-11-24]", "(priority:: high)". */
static size_t take_dataview(msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    char close = s.data[at] == '[' ? ']' : ')';
    size_t key = at + 1, colon = key;
    while (msched__letter_at(s, colon))
        colon++;
    if (colon == key || msched__byte_at(s, colon) != ':' || msched__byte_at(s, colon + 1) != ':')
        return 0;
    size_t value = msched__after_blanks(s, colon + 2), end = value;
    while (end < s.size && s.data[end] != close && end - at < FIELDS_BYTES)
        end++;
    if (end >= s.size || s.data[end] != close || end - value > FIELD_BYTES)
        return 0;
    msched__slice text = {s.data + value, end - value};
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    enum field field = field_of((msched__slice){s.data + key, colon - key});
    const char *priority = field == FIELD_PRIORITY ? priority_of(text) : NULL;
    const char *before = priority != NULL         ? priority
                         : field == FIELD_NOTHING ? ""
                                                  : before_value(field, text);
    if (before == NULL || text.size == 0)
        return 0;
    msched__write_text(w, before, at);
    if (priority == NULL && field != FIELD_NOTHING)
        msched__write_bytes(w, value, text.size);
    w->changed = 1;
    return end + 1 - at;
}

/* The dates of Obsidian tasks: due, start, and dates that are not used. */
static size_t take_marked_date(msched__writer *w, size_t at)
{
    static const struct {
        const char *mark, *plain;              /* NULL: the date goes, too */
    } marks[] = {{"\xF0\x9F\x93\x85", "due:"}, /* calendar */
                 {"\xF0\x9F\x93\x86", "due:"}, {"\xF0\x9F\x97\x93", "due:"},
                 {"\xE2\x8F\xB3", "t:"},     /* hourglass: scheduled */
                 {"\xF0\x9F\x9B\xAB", "t:"}, /* departure: start */
                 {"\xE2\x9E\x95", NULL},     /* created */
                 {"\xE2\x9C\x85", NULL},     /* done */
                 {"\xE2\x9D\x8C", NULL}};    /* canceled */
    msched__date day;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t size = msched__phrase_at(w->from, at, marks[i].mark),
               date = msched__after_blanks(w->from, at + size);
        if (size == 0 || !date_at(w->from, date, &day))
            continue;
        /* of a start and the scheduled date, the latter counts */
        const int is_start = marks[i].mark[0] == '\xF0' && marks[i].mark[2] == '\x9B';
        if (marks[i].plain != NULL && !(is_start && has_mark(w->from, "\xE2\x8F\xB3"))) {
            msched__write_text(w, marks[i].plain, at);
            msched__write_bytes(w, date, DATE_BYTES);
        }
        w->changed = 1;
        return date + DATE_BYTES - at;
    }
    return 0;
}

/* "45m", "1h30m", "90min" with a unit, to the end of a word. */
static size_t length_at(msched__slice s, size_t at)
{
    int32_t seconds;
    uint32_t doubt;
    size_t end = at;
    while (!msched__blank_at(s, end))
        end++;
    msched__slice word = {s.data + at, end - at};
    return word.size > 1 && msched__digit_at(word, 0) &&
                   msched__scan_length(word, 0, &seconds, &doubt) && (doubt & MSCHED__COMPACT) != 0
               ? word.size
               : 0;
}

/* "dur:45m", "est:1h" of todo.txt, and "@45m" of TaskPaper: the length. */
static size_t take_length_field(msched__writer *w, size_t at)
{
    static const char *const keys[] = {
        "dur:", "duration:", "est:", "estimate:", "len:", "length:", "effort:", "time:", "@"};
    msched__slice s = w->from;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t size = msched__phrase_at(s, at, keys[i]),
               length = size > 0 ? length_at(s, at + size) : 0;
        const char last = length > 0 ? msched__lower(s.data[at + size + length - 1]) : '\0';
        if (length == 0 || (keys[i][0] == '@' && (last == 'h' || (last >= '0' && last <= '9'))))
            continue; /* "@9h" and "@9h30" are times */
        msched__write_bytes(w, at + size, length);
        w->changed = 1;
        return size + length;
    }
    return 0;
}

/* "due:14:00", "at:10am", "start:10:00 end:11:30" of todo.txt: a word before the time. */
static size_t take_clock_field(msched__writer *w, size_t at)
{
    static const char *const keys[][2] = {
        {"due:", "by "},   {"deadline:", "by "}, {"at:", "at "},      {"time:", "at "},
        {"start:", "at "}, {"end:", "until "},   {"until:", "until "}};
    msched__slice s = w->from;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const size_t size = msched__phrase_at(s, at, keys[i][0]);
        size_t clock = size > 0 && msched__digit_at(s, at + size)
                           ? msched__clock_at(s, at + size, 0)
                           : 0;
        if (clock == 0)
            continue;
        msched__write_text(w, keys[i][1], at);
        w->changed = 1;
        return size;
    }
    return 0;
}

/* "PT45M", "PT1H30M" of ISO 8601 */
static size_t take_iso_length(msched__writer *w, size_t at)
{
    const size_t size = msched__phrase_at(w->from, at, "pt");
    if (size == 0 || length_at(w->from, at + size) == 0)
        return 0;
    w->changed = 1;
    return size;
}

/* "@due(2026-11-28)", "@start(2026-11-28 9:00)" of TaskPaper */
static size_t take_tagged_date(msched__writer *w, size_t at)
{
    static const char *const tags[][3] = {
        {"@due(", "due:", "by "}, {"@start(", "t:", "from "}, {"@defer(", "t:", "from "}};
    msched__date day;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        size_t size = msched__phrase_at(w->from, at, tags[i][0]), date = at + size;
        if (size == 0 || !date_at(w->from, date, &day))
            continue;
        size_t end = date + DATE_BYTES;
        const size_t clock = msched__colon_clock(w->from, msched__after_blanks(w->from, end));
        if (clock > 0)
            end = msched__after_blanks(w->from, end) + clock;
        if (msched__byte_at(w->from, end) != ')')
            continue;
        msched__write_text(w, tags[i][clock > 0 ? 2 : 1], at);
        msched__write_bytes(w, date, end - date);
        w->changed = 1;
        return end + 1 - at;
    }
    return 0;
}

size_t msched__take_field(msched__writer *w, size_t at)
{
    size_t done = take_length_field(w, at);
    done = done == 0 ? take_clock_field(w, at) : done;
    done = done == 0 ? take_iso_length(w, at) : done;
    if (done == 0 && w->from.data[at] == '@')
        done = take_tagged_date(w, at);
    if (done > 0)
        return done;
    switch (msched__lower(w->from.data[at])) {
    case 's':
    case 'd':
    case 'c':
    case '<':
        return take_stamp(w, at);
    case ':':
        return take_org_labels(w, at);
    case '[':
    case '(':
        return take_dataview(w, at);
    case '\xF0':
    case '\xE2':
        return take_marked_date(w, at);
    default:
        return 0;
    }
}

size_t msched__take_half_day(msched__writer *w, size_t at)
{
    static const struct {
        const char *word;
        int add;
    } halves[] = {{"\xE4\xB8\x8A\xE5\x8D\x88", 0},   /* 上午 */
                  {"\xE6\x97\xA9\xE4\xB8\x8A", 0},   /* 早上 */
                  {"\xE5\x8D\x88\xE5\x89\x8D", 0},   /* 午前 */
                  {"\xEC\x98\xA4\xEC\xA0\x84", 0},   /* 오전 */
                  {"\xE4\xB8\x8B\xE5\x8D\x88", 12},  /* 下午 */
                  {"\xE6\x99\x9A\xE4\xB8\x8A", 12},  /* 晚上 */
                  {"\xE5\x8D\x88\xE5\xBE\x8C", 12},  /* 午後 */
                  {"\xEC\x98\xA4\xED\x9B\x84", 12}}; /* 오후 */
    static const char *const hours[] = {"\xE7\x82\xB9", "\xE9\xBB\x9E", "\xE6\x99\x82",
                                        "\xE6\x97\xB6", "\xEC\x8B\x9C", ":"};
    static const char *const halfs[] = {"\xE5\x8D\x8A", "\xEB\xB0\x98"}, *const ends[] = {
                                                                             "\xE5\x88\x86",
                                                                             "\xEB\xB6\x84"};
    msched__slice s = w->from;
    size_t word = 0, mark = 0;
    int add = 0, hour = 0, minute = 0;
    for (size_t i = 0; word == 0 && i < sizeof halves / sizeof halves[0]; i++) {
        word = msched__phrase_at(s, at, halves[i].word);
        add = halves[i].add;
    }
    size_t p = msched__after_blanks(s, at + word), digits = msched__short_number(s, p);
    for (size_t i = 0; i < digits; i++)
        hour = 10 * hour + s.data[p + i] - '0';
    p += digits;
    for (size_t i = 0; mark == 0 && i < sizeof hours / sizeof hours[0]; i++)
        mark = msched__phrase_at(s, p, hours[i]);
    if (word == 0 || digits == 0 || mark == 0 || hour > 12)
        return 0;
    p += mark;
    for (size_t i = 0; i < 2; i++)
        if (msched__phrase_at(s, p, halfs[i]) > 0) {
            minute = 30;
            p += strlen(halfs[i]);
        }
    size_t after = msched__after_blanks(s, p);
    if (msched__short_number(s, after) == 2 && minute == 0) {
        minute = 10 * (s.data[after] - '0') + s.data[after + 1] - '0';
        p = after + 2;
        for (size_t i = 0; i < 2; i++)
            p += msched__phrase_at(s, p, ends[i]);
    }
    if (minute > 59)
        return 0;
    char clock[32];
    snprintf(clock, sizeof clock, " %d:%02d ", hour % 12 + add, minute);
    msched__write_text(w, clock, at);
    w->changed = 1;
    return p - at;
}
