/*
 * The POSIX TZ text at the end of a TZif file: POSIX.1-2008 chapter 8.3, with the wider hours of
 * RFC 8536 section 3.3.1.
 */
#include "time/tzif.h"

#include <string.h>

typedef struct cursor {
    const char *at, *end;
} cursor;

static int take(cursor *c, char wanted)
{
    if (c->at == c->end || *c->at != wanted)
        return 0;
    c->at++;
    return 1;
}

static int is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "CET" or "<+03>". */
static int take_name(cursor *c, char name[MSCHED__TZ_NAME_BYTES])
{
    int quoted = take(c, '<');
    const char *start = c->at;
    while (c->at < c->end &&
           (is_letter(*c->at) || (quoted && (is_digit(*c->at) || *c->at == '+' || *c->at == '-'))))
        c->at++;
    size_t length = (size_t)(c->at - start);
    if (length < 3 || length >= MSCHED__TZ_NAME_BYTES || (quoted && !take(c, '>')))
        return 0;
    memcpy(name, start, length);
    name[length] = '\0';
    return 1;
}

static int take_number(cursor *c, int32_t max, int32_t *value)
{
    const char *start = c->at;
    for (*value = 0; c->at < c->end && is_digit(*c->at); c->at++) {
        *value = *value * 10 + (*c->at - '0');
        if (*value > max)
            return 0;
    }
    return c->at > start;
}

/* "[+-]h[:mm[:ss]]" in seconds. */
static int take_time(cursor *c, int32_t max_hours, int32_t *seconds)
{
    int negative = take(c, '-');
    if (!negative)
        take(c, '+');
    int32_t hours, minutes = 0, rest = 0;
    if (!take_number(c, max_hours, &hours))
        return 0;
    if (take(c, ':')) {
        if (!take_number(c, 59, &minutes))
            return 0;
        if (take(c, ':') && !take_number(c, 59, &rest))
            return 0;
    }
    *seconds = hours * 3600 + minutes * 60 + rest;
    if (negative)
        *seconds = -*seconds;
    return 1;
}

static int take_rule(cursor *c, msched__tz_rule *rule)
{
    int32_t a, b, d;
    if (!take(c, ','))
        return 0;
    if (take(c, 'M')) {
        if (!take_number(c, 12, &a) || !take(c, '.') || !take_number(c, 5, &b) || !take(c, '.') ||
            !take_number(c, 6, &d) || a < 1 || b < 1)
            return 0;
        *rule = (msched__tz_rule){MSCHED__TZ_WEEKDAY, (uint8_t)a, (uint8_t)b, (uint8_t)d, 0, 0};
    } else {
        int julian = take(c, 'J');
        if (!take_number(c, 365, &d) || (julian && d < 1))
            return 0;
        *rule = (msched__tz_rule){
            (uint8_t)(julian ? MSCHED__TZ_JULIAN : MSCHED__TZ_DAY), 0, 0, 0, (int16_t)d, 0};
    }
    rule->time_s = 7200;
    return !take(c, '/') || take_time(c, 167, &rule->time_s);
}

int msched__tz_tail_parse(msched__tz_tail *tail, const char *text, size_t size)
{
    memset(tail, 0, sizeof *tail);
    cursor c = {text, text + size};
    if (!take_name(&c, tail->standard.name) || !take_time(&c, 24, &tail->standard.offset_s))
        return 0;
    /* POSIX counts west of Greenwich as positive */
    tail->standard.offset_s = -tail->standard.offset_s;
    if (c.at < c.end) {
        tail->has_dst = 1;
        tail->dst.is_dst = 1;
        tail->dst.offset_s = tail->standard.offset_s + 3600;
        if (!take_name(&c, tail->dst.name))
            return 0;
        if (c.at < c.end && *c.at != ',') {
            if (!take_time(&c, 24, &tail->dst.offset_s))
                return 0;
            tail->dst.offset_s = -tail->dst.offset_s;
        }
        if (!take_rule(&c, &tail->start) || !take_rule(&c, &tail->end))
            return 0;
    }
    tail->present = c.at == c.end;
    return tail->present;
}
