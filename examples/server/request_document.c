#include "request_document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 64

typedef struct scanner {
    const char *at;
    const char *end;
    const char *begin;
    document_error *error;
} scanner;

/* Line and column of `place`, both from 1, the column in characters. */
static void locate(const scanner *s, const char *place, uint64_t *line, uint32_t *column)
{
    *line = 1;
    *column = 1;
    for (const char *p = s->begin; p < place; p++) {
        if (*p == '\n') {
            *line += 1;
            *column = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80) {
            *column += 1;
        }
    }
}

static int refuse(scanner *s, const char *place, const char *message)
{
    locate(s, place, &s->error->line, &s->error->column);
    snprintf(s->error->message, sizeof s->error->message, "%s", message);
    return 0;
}

static void skip_space(scanner *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r'))
        s->at++;
}

static int take(scanner *s, char c)
{
    skip_space(s);
    if (s->at == s->end || *s->at != c)
        return 0;
    s->at++;
    return 1;
}

/* Step over a string; its inner bytes are [*from, *from + *size), still escaped. */
static int scan_string(scanner *s, const char **from, size_t *size)
{
    const char *opening = s->at;
    if (!take(s, '"'))
        return refuse(s, s->at, "expected a string in double quotes here");
    *from = s->at;
    while (s->at < s->end && *s->at != '"') {
        if ((unsigned char)*s->at < 0x20)
            return refuse(s, s->at, "a control character in a string: write it as \\u00XX");
        if (*s->at == '\\' && ++s->at == s->end)
            break;
        s->at++;
    }
    if (s->at == s->end)
        return refuse(s, opening, "this string is not closed");
    *size = (size_t)(s->at - *from);
    s->at++;
    return 1;
}

/*
 * Step over an object with everything in it: strings and brackets are matched, the rest is the
 * library's to judge.
 */
static int scan_object(scanner *s, document_part *part)
{
    char stack[MAX_DEPTH];
    int depth = 0;
    skip_space(s);
    if (s->at == s->end || *s->at != '{')
        return refuse(s, s->at, "expected an object here");
    part->data = s->at;
    locate(s, s->at, &part->line, &part->column);
    do {
        char c = *s->at;
        if (c == '"') {
            const char *from;
            size_t size;
            if (!scan_string(s, &from, &size))
                return 0;
            continue;
        }
        if (c == '{' || c == '[') {
            if (depth == MAX_DEPTH)
                return refuse(s, s->at, "nested too deeply");
            stack[depth++] = c == '{' ? '}' : ']';
        } else if ((c == '}' || c == ']') && stack[--depth] != c) {
            return refuse(s, s->at, "this bracket closes another kind of bracket");
        }
        s->at++;
    } while (depth > 0 && s->at < s->end);
    if (depth > 0)
        return refuse(s, part->data, "this object is not closed");
    part->size = (size_t)(s->at - part->data);
    return 1;
}

static int hex4(const char *p, const char *end, unsigned *value)
{
    *value = 0;
    if (end - p < 4)
        return 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF";
        const char *found = p[i] == '\0' ? NULL : strchr(digits, p[i]);
        if (found == NULL)
            return 0;
        *value = *value * 16 + (unsigned)(found - digits) % 16;
    }
    return 1;
}

static size_t put_utf8(char *to, unsigned c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* Read the escape after a backslash at *p, and move past it; 0 if there is none. */
static int unescape_one(const char **p, const char *end, char *to, size_t *size)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    unsigned code, low;
    const char *name = **p == '\0' ? NULL : strchr(names, **p);
    if (name != NULL) {
        *to = values[name - names];
        *size = 1;
        *p += 1;
        return 1;
    }
    if (**p != 'u' || !hex4(*p + 1, end, &code) || code == 0)
        return 0;
    *p += 5;
    if (code >= 0xD800 && code <= 0xDFFF) {
        if (code >= 0xDC00 || end - *p < 6 || (*p)[0] != '\\' || (*p)[1] != 'u' ||
            !hex4(*p + 2, end, &low) || low < 0xDC00 || low > 0xDFFF)
            return 0;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        *p += 6;
    }
    *size = put_utf8(to, code);
    return 1;
}

/* Read a string into new memory, ended by a NUL. */
static int read_string(scanner *s, char **out, size_t *out_size)
{
    const char *from;
    size_t size;
    skip_space(s);
    if (!scan_string(s, &from, &size))
        return 0;
    char *text = malloc(size + 1), *to = text;
    if (text == NULL)
        return refuse(s, from, "out of memory");
    for (const char *p = from, *end = from + size; p < end;) {
        if (*p != '\\') {
            *to++ = *p++;
            continue;
        }
        size_t length;
        const char *escape = p++;
        if (!unescape_one(&p, end, to, &length)) {
            free(text);
            return refuse(s, escape,
                          "this escape is not valid JSON, or is half of a surrogate pair or a NUL");
        }
        to += length;
    }
    *to = '\0';
    *out = text;
    *out_size = (size_t)(to - text);
    return 1;
}

static int read_short(scanner *s, char *out, size_t capacity, const char *too_long)
{
    char *text;
    size_t size;
    skip_space(s);
    const char *place = s->at;
    if (!read_string(s, &text, &size))
        return 0;
    int fits = size < capacity && strlen(text) == size;
    if (fits)
        memcpy(out, text, size + 1);
    free(text);
    return fits ? 1 : refuse(s, place, too_long);
}

#define SECOND_TIME 0x1000000 /* MSCHED_TIME_SECOND of the library, which this file does without */

int32_t parse_time_of_day(const char *text)
{
    int32_t part[3] = {0, 0, 0};
    int32_t second = 0;
    int count = 0;
    for (const char *p = text; count < 3; count++) {
        if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
            return -1;
        part[count] = (p[0] - '0') * 10 + (p[1] - '0');
        p += 2;
        second = strcmp(p, " (second)") == 0 ? SECOND_TIME : 0;
        if (*p == '\0' || second != 0) {
            count++;
            break;
        }
        if (*p++ != ':' || count == 2)
            return -1;
    }
    int32_t seconds = part[0] * 3600 + part[1] * 60 + part[2];
    if (count < 2 || part[1] > 59 || part[2] > 59 || seconds > 129600)
        return -1;
    return seconds | second;
}

/* 1 if the text begins like `form`, in which d is any digit. */
static int has_form(const char *text, const char *form)
{
    size_t i = 0;
    while (form[i] != '\0' &&
           (form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i]))
        i++;
    return form[i] == '\0';
}

/* 1 if the date, in the form YYYY-MM-DD, exists in the calendar. */
static int date_exists(const char *date)
{
    static const char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = atoi(date), month = atoi(date + 5), day = atoi(date + 8);
    const int leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + leap;
}

int date_is_missing(const char *date)
{
    return strlen(date) == 10 && has_form(date, "dddd-dd-dd") && !date_exists(date);
}

int32_t parse_moment(const char *text, char date[11])
{
    date[0] = '\0';
    if (!has_form(text, "dddd-dd-ddT"))
        return parse_time_of_day(text);
    memcpy(date, text, 10);
    date[10] = '\0';
    return date_exists(date) ? parse_time_of_day(text + 11) : -1;
}

static int read_now(scanner *s, request_document *out)
{
    char text[32];
    skip_space(s);
    const char *place = s->at;
    if (!read_short(s, text, sizeof text, "now: write a time such as \"14:10\""))
        return 0;
    out->now_s = parse_moment(text, out->now_date);
    return out->now_s >= 0 ? 1
                           : refuse(s, place,
                                    "now: write a time such as \"14:10\", up to \"36:00\", "
                                    "or \"2026-11-24T14:10\"");
}

static int read_seed(scanner *s, uint64_t *seed)
{
    skip_space(s);
    const char *place = s->at;
    *seed = 0;
    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') {
        if (*seed > (UINT64_C(1) << 53) / 10 || s->at - place > 16)
            return refuse(s, place, "seed: a whole number from 0 to 9007199254740991");
        *seed = *seed * 10 + (uint64_t)(*s->at++ - '0');
    }
    if (s->at == place || (*place == '0' && s->at - place > 1) || *seed > (UINT64_C(1) << 53) - 1)
        return refuse(s, place, "seed: a whole number from 0 to 9007199254740991");
    return 1;
}

static int read_days(scanner *s, uint32_t *days)
{
    uint64_t value;
    skip_space(s);
    const char *place = s->at;
    *days = 0;
    if (!read_seed(s, &value) || value < 1 || value > 36500)
        return refuse(s, place, "avoid_days: a whole number from 1 to 36500");
    *days = (uint32_t)value;
    return 1;
}

static int read_bool(scanner *s, int *value)
{
    skip_space(s);
    size_t left = (size_t)(s->end - s->at);
    *value = left >= 4 && memcmp(s->at, "true", 4) == 0;
    if (!*value && (left < 5 || memcmp(s->at, "false", 5) != 0))
        return refuse(s, s->at, "expected true or false here");
    s->at += *value ? 4 : 5;
    return 1;
}

/*
 * The index of the next key among the names, `count` if it is not one of them; moves past it. -1:
 * refused.
 */
static int take_key(scanner *s, const char *const *names, int count)
{
    const char *name;
    size_t size;
    int i = 0;
    if (!scan_string(s, &name, &size))
        return -1;
    while (i < count && (strlen(names[i]) != size || memcmp(names[i], name, size) != 0))
        i++;
    return i;
}

/* What an object's members have in common: a known key, once, and a colon. -1: refused. */
static int begin_member(scanner *s, const char *const *names, int count, unsigned *seen,
                        const char *unknown)
{
    skip_space(s);
    const char *place = s->at;
    int which = take_key(s, names, count);
    if (which < 0)
        return -1;
    if (which == count)
        return refuse(s, place, unknown) - 1;
    if (*seen & 1u << which)
        return refuse(s, place, "this key is given twice") - 1;
    *seen |= 1u << which;
    return take(s, ':') ? which : refuse(s, s->at, "expected a colon here") - 1;
}

static int read_name(scanner *s, document_calendar *out)
{
    static const char too_long[] = "name: at most 127 characters";
    int characters = 0;
    skip_space(s);
    const char *place = s->at;
    if (!read_short(s, out->name, sizeof out->name, too_long))
        return 0;
    for (const char *p = out->name; *p != '\0'; p++)
        characters += ((unsigned char)*p & 0xC0) != 0x80;
    return characters <= 127 ? 1 : refuse(s, place, too_long);
}

static int read_calendar_member(scanner *s, int which, document_calendar *out)
{
    int tasks;
    switch (which) {
    case 0:
        return read_name(s, out);
    case 1:
        return read_string(s, &out->ics, &out->ics_size);
    case 2:
        return read_bool(s, &out->music);
    case 3:
        return read_bool(s, &out->block_all_day);
    default:
        if (!read_bool(s, &tasks))
            return 0;
        out->no_tasks = !tasks;
        return 1;
    }
}

static int read_calendar(scanner *s, document_calendar *out)
{
    static const char *const names[] = {"name", "ics", "music", "block_all_day", "tasks"};
    unsigned seen = 0;
    skip_space(s);
    const char *place = s->at;
    if (!take(s, '{'))
        return refuse(s, s->at, "a calendar is an object with the key ics");
    if (!take(s, '}')) {
        do {
            int which = begin_member(
                s, names, 5, &seen,
                "unknown key in a calendar; expected name, ics, music, block_all_day or tasks");
            if (which < 0 || !read_calendar_member(s, which, out))
                return 0;
        } while (take(s, ','));
        if (!take(s, '}'))
            return refuse(s, s->at, "expected a comma or } here");
    }
    return out->ics != NULL ? 1 : refuse(s, place, "ics, the text of the calendar, is missing");
}

static int read_calendars(scanner *s, request_document *out)
{
    if (!take(s, '['))
        return refuse(s, s->at, "calendars: expected a list of objects");
    if (take(s, ']'))
        return 1;
    out->calendars = calloc(REQUEST_MAX_CALENDARS, sizeof *out->calendars);
    if (out->calendars == NULL)
        return refuse(s, s->at, "out of memory");
    do {
        if (out->calendar_count == REQUEST_MAX_CALENDARS)
            return refuse(s, s->at, "calendars: at most 32 are allowed");
        out->calendar_count++;
        if (!read_calendar(s, &out->calendars[out->calendar_count - 1]))
            return 0;
    } while (take(s, ','));
    return take(s, ']') ? 1 : refuse(s, s->at, "expected a comma or ] here");
}

enum member {
    PLAN,
    TEXT,
    PREVIOUS,
    NOW,
    DATE,
    TIMEZONE,
    SEED,
    ASSUME_DONE,
    CALENDARS,
    HISTORY,
    AVOID_DAYS,
    MEMBER_COUNT
};

static int read_member(scanner *s, enum member which, request_document *out)
{
    switch (which) {
    case PLAN:
        return scan_object(s, &out->plan);
    case TEXT:
        return read_string(s, &out->text, &out->text_size);
    case PREVIOUS:
        return scan_object(s, &out->previous);
    case NOW:
        return read_now(s, out);
    case DATE:
        return read_short(s, out->date, sizeof out->date, "date: write YYYY-MM-DD");
    case TIMEZONE:
        return read_short(s, out->timezone, sizeof out->timezone,
                          "timezone: write a name such as \"Europe/Berlin\"");
    case SEED:
        return read_seed(s, &out->seed);
    case ASSUME_DONE:
        return read_bool(s, &out->assume_done);
    case CALENDARS:
        return read_calendars(s, out);
    case HISTORY:
        return read_string(s, &out->history, &out->history_size);
    case AVOID_DAYS:
        return read_days(s, &out->avoid_days);
    default:
        return 0;
    }
}

static int read_members(scanner *s, request_document *out, unsigned *seen)
{
    static const char *const names[] = {"plan",      "text",     "previous",  "now",
                                        "date",      "timezone", "seed",      "assume_done",
                                        "calendars", "history",  "avoid_days"};
    if (take(s, '}'))
        return 1;
    do {
        int which =
            begin_member(s, names, MEMBER_COUNT, seen,
                         "unknown key; expected plan, text, previous, now, date, timezone, seed, "
                         "assume_done, calendars, history or avoid_days");
        if (which < 0 || !read_member(s, (enum member)which, out))
            return 0;
    } while (take(s, ','));
    return take(s, '}') ? 1 : refuse(s, s->at, "expected a comma or } here");
}

int request_document_parse(request_document *out, const char *data, size_t size,
                           document_error *error)
{
    scanner s = {data, data + size, data, error};
    unsigned seen = 0;
    *out = (request_document){.now_s = -1};
    if (!take(&s, '{'))
        return refuse(&s, s.at, "expected an object");
    if (!read_members(&s, out, &seen))
        return 0;
    skip_space(&s);
    if (s.at < s.end)
        return refuse(&s, s.at, "unexpected text after the object");
    if ((out->plan.data == NULL) == (out->text == NULL))
        return refuse(&s, s.begin, "give either plan (an object) or text (plan text), not both");
    if (out->plan.data != NULL && (seen & (1u << DATE | 1u << TIMEZONE | 1u << NOW)))
        return refuse(&s, s.begin, "date, timezone and now apply to text; a plan contains its own");
    if (out->avoid_days != 0 && out->history == NULL)
        return refuse(&s, s.begin,
                      "avoid_days applies to history, the text of a listening history");
    return 1;
}

void request_document_free(request_document *document)
{
    for (uint32_t i = 0; i < document->calendar_count; i++)
        free(document->calendars[i].ics);
    free(document->calendars);
    free(document->history);
    free(document->text);
    document->text = NULL;
    document->calendars = NULL;
    document->calendar_count = 0;
}
