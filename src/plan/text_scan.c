#include "plan/text_scan.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <string.h>

static int digit_at(msched__slice s, size_t at)
{
    return at < s.size && s.data[at] >= '0' && s.data[at] <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static int letter_at(msched__slice s, size_t at)
{
    return at < s.size && ((lower(s.data[at]) >= 'a' && lower(s.data[at]) <= 'z') || (unsigned char)s.data[at] >= 0x80);
}

static void skip_spaces(msched__slice s, size_t *at)
{
    while (*at < s.size && (s.data[*at] == ' ' || s.data[*at] == '\t'))
        (*at)++;
}

int msched__slice_is(msched__slice s, const char *word)
{
    size_t i = 0;
    for (; i < s.size && word[i] != '\0'; i++)
        if (lower(s.data[i]) != word[i])
            return 0;
    return i == s.size && word[i] == '\0';
}

/* A word in lower case at *at, ended by no letter or digit; steps past it. */
static int take_word(msched__slice s, size_t *at, const char *word)
{
    size_t i = 0;
    while (word[i] != '\0' && *at + i < s.size && lower(s.data[*at + i]) == word[i])
        i++;
    if (word[i] != '\0' || letter_at(s, *at + i) || digit_at(s, *at + i))
        return 0;
    *at += i;
    return 1;
}

/* Up to `max` digits as a number; -1 when there are none or more. */
static int32_t take_number(msched__slice s, size_t *at, size_t max)
{
    int32_t value = 0;
    size_t start = *at;
    while (digit_at(s, *at) && *at - start <= max)
        value = value * 10 + (s.data[(*at)++] - '0');
    return *at == start || *at - start > max ? -1 : value;
}

enum msched__time_form msched__scan_time(msched__slice s, size_t *at, int32_t *seconds)
{
    size_t p = *at;
    if (take_word(s, &p, "noon") || take_word(s, &p, "midnight")) {
        *seconds = lower(s.data[*at]) == 'n' ? 12 * 3600 : 24 * 3600;
        *at = p;
        return MSCHED__TIME_OK;
    }
    int32_t hour = take_number(s, &p, 2), minute = 0;
    if (hour < 0)
        return MSCHED__TIME_NONE;
    int has_minutes = p < s.size && s.data[p] == ':' && digit_at(s, p + 1) && digit_at(s, p + 2) && !digit_at(s, p + 3);
    if (has_minutes) {
        p++;
        minute = take_number(s, &p, 2);
    }
    size_t half = p;
    skip_spaces(s, &half);
    int pm = take_word(s, &half, "pm"), am = !pm && take_word(s, &half, "am");
    if (pm || am)
        p = half;
    if (letter_at(s, p) || digit_at(s, p) || (p < s.size && (s.data[p] == ':' || s.data[p] == '.')))
        return MSCHED__TIME_NONE;
    *at = p;
    if (!has_minutes && !pm && !am)
        *seconds = hour * 3600;
    if (!has_minutes && !pm && !am)
        return MSCHED__TIME_BARE;
    if (minute > 59 || ((pm || am) && (hour < 1 || hour > 12)))
        return MSCHED__TIME_BAD;
    if (pm || am)
        hour = hour % 12 + (pm ? 12 : 0);
    *seconds = hour * 3600 + minute * 60;
    return *seconds <= MSCHED_DAY_END_S ? MSCHED__TIME_OK : MSCHED__TIME_BAD;
}

static int take_unit(msched__slice s, size_t *at, const char *const *names)
{
    for (; *names != NULL; names++)
        if (take_word(s, at, *names))
            return 1;
    return 0;
}

static const char *const hour_names[] = {"h", "hr", "hrs", "hour", "hours", NULL};
static const char *const minute_names[] = {"m", "min", "mins", "minute", "minutes", NULL};
static const char *const second_names[] = {"s", "sec", "secs", "second", "seconds", NULL};

/* After the hours of "1h30", "1h30m", "1h 30m". *minutes stays 0 where none follow; 0: not a length after all. */
static int take_minutes(msched__slice s, size_t *at, int32_t *minutes)
{
    size_t p = *at;
    skip_spaces(s, &p);
    if (!digit_at(s, p))
        return 1;
    int32_t value = take_number(s, &p, 2);
    int close = s.data[*at] != ' ' && s.data[*at] != '\t', has_unit = take_unit(s, &p, minute_names);
    if (value < 0 || (!has_unit && !close) || letter_at(s, p))
        return 0;
    *minutes = value > 59 ? -1 : value;
    *at = p;
    return 1;
}

/* "h" is followed by digits in "1h30", so that it is no word of its own. */
static int take_hours_unit(msched__slice s, size_t *at)
{
    if (take_unit(s, at, hour_names))
        return 1;
    if (*at < s.size && lower(s.data[*at]) == 'h' && digit_at(s, *at + 1)) {
        (*at)++;
        return 1;
    }
    return 0;
}

int msched__scan_duration(msched__slice s, int in_seconds, int32_t *seconds)
{
    size_t p = 0;
    if (take_word(s, &p, "for"))
        skip_spaces(s, &p);
    int bracket = p < s.size && s.data[p] == '[';
    p += (size_t)bracket;
    skip_spaces(s, &p);
    int32_t whole = take_number(s, &p, 5), hundredths = -1, minutes = 0;
    if (whole < 0)
        return 0;
    if (p + 1 < s.size && s.data[p] == '.' && digit_at(s, p + 1)) {
        size_t start = ++p;
        hundredths = take_number(s, &p, 2);
        if (hundredths < 0)
            return 0;
        hundredths *= p - start == 1 ? 10 : 1;
    }
    size_t number_end = p;
    skip_spaces(s, &p);
    if (take_hours_unit(s, &p)) {
        if (hundredths < 0 && !take_minutes(s, &p, &minutes))
            return 0;
        *seconds = minutes < 0 ? 0 : whole * 3600 + (hundredths > 0 ? hundredths * 36 : 0) + minutes * 60;
    } else if (hundredths < 0 && take_unit(s, &p, minute_names)) {
        if (p - number_end == 2 && s.data[number_end] == ' ')
            return 0; /* "50 m" is a distance */
        *seconds = whole * 60;
    } else if (hundredths < 0 && in_seconds && (take_unit(s, &p, second_names) || whole == 0)) {
        *seconds = whole;
    } else {
        return 0;
    }
    skip_spaces(s, &p);
    if (bracket && (p >= s.size || s.data[p++] != ']'))
        return 0;
    return p == s.size;
}

/* A dash of any length, or "to" between spaces. */
static int take_dash(msched__slice s, size_t *at, int *is_word)
{
    size_t p = *at;
    skip_spaces(s, &p);
    *is_word = 0;
    if (p < s.size && s.data[p] == '-') {
        p++;
    } else if (p + 3 <= s.size && (memcmp(s.data + p, "\xE2\x80\x93", 3) == 0 || memcmp(s.data + p, "\xE2\x80\x94", 3) == 0)) {
        p += 3;
    } else if (p > *at && take_word(s, &p, "to")) {
        *is_word = 1;
    } else {
        return 0;
    }
    skip_spaces(s, &p);
    *at = p;
    return 1;
}

static int bad(msched__attr *attr, const char *code)
{
    attr->kind = MSCHED__ATTR_BAD;
    attr->code = code;
    return 1;
}

static int bad_time(msched__attr *attr, msched__slice s)
{
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" is no time of day", (int)(s.size > 40 ? 40 : s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair, "write 0:00 to 36:00, where 24:00 and later is the next day, or 1am to 12pm");
    return bad(attr, "bad_time");
}

/* Bare hours "9-17" are clear only where they can be read in one way. */
static int bare_range(msched__attr *attr, int32_t start, int32_t end)
{
    int32_t from = start / 3600, to = end / 3600;
    if (to > from && to <= 24 && (to > 12 || from >= 6))
        return 1;
    if (to <= from && to + 12 > from && to + 12 <= 24)
        snprintf(attr->repair, sizeof attr->repair, "write %d:00-%d:00, or quote the title", (int)from, (int)to + 12);
    else if (to > from && to <= 12)
        snprintf(attr->repair, sizeof attr->repair, "write %d:00-%d:00 or %d:00-%d:00, or quote the title", (int)from, (int)to,
                 (int)from + 12, (int)to + 12);
    else
        snprintf(attr->repair, sizeof attr->repair, "write both with minutes, as 9:00-17:00, or quote the title");
    snprintf(attr->message, sizeof attr->message, "%d-%d can be meant in more than one way", (int)from, (int)to);
    return bad(attr, "ambiguous_range") && 0;
}

static int end_range(msched__attr *attr, int32_t start, int32_t end)
{
    attr->kind = MSCHED__ATTR_RANGE;
    attr->a = start;
    attr->wrapped = end <= start;
    attr->b = attr->wrapped ? end + 86400 : end;
    return 1;
}

int msched__scan_range(msched__slice s, int bare, msched__attr *attr)
{
    size_t p = 0;
    int32_t start = 0, end = 0;
    int is_word;
    if (take_word(s, &p, "from"))
        skip_spaces(s, &p);
    int plain = p == 0;
    enum msched__time_form first = msched__scan_time(s, &p, &start);
    size_t middle = p;
    if (first == MSCHED__TIME_NONE || !take_dash(s, &p, &is_word))
        return 0;
    size_t dash = p - middle;
    int close = (dash == 1 || dash == 3) && s.data[middle] != ' ' && !is_word;
    enum msched__time_form second = msched__scan_time(s, &p, &end);
    if (second == MSCHED__TIME_NONE || p != s.size)
        return 0;
    if (first == MSCHED__TIME_BARE && second == MSCHED__TIME_BARE) {
        if (!bare || !close || !plain)
            return 0;
        return bare_range(attr, start, end) ? end_range(attr, start, end) : 1;
    }
    if (first == MSCHED__TIME_BAD || second == MSCHED__TIME_BAD)
        return bad_time(attr, s);
    if (first == MSCHED__TIME_BARE || second == MSCHED__TIME_BARE) {
        snprintf(attr->message, sizeof attr->message, "one end of \"%.*s\" is a bare number", (int)(s.size > 40 ? 40 : s.size),
                 s.data);
        snprintf(attr->repair, sizeof attr->repair,
                 "write both with minutes or am/pm, as 9:00-17:00 or 9am-5pm, or quote the title");
        return bad(attr, "ambiguous_range");
    }
    return end_range(attr, start, end);
}
