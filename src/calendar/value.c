#include "calendar/value.h"

#include "base/civil.h"
#include "base/cp1252.h"
#include "base/number.h"
#include "base/utf8.h"
#include "calendar/content_line.h"
#include "format/recurrence.h"

#include <string.h>

#define DAY_S          86400
#define RULE_MAX_BYTES 1000
#define LENGTH_MAX_S   (INT64_C(400) * 366 * DAY_S) /* the longest plausible length */

/* `count` digits; -1 if one is not a digit. */
static int32_t digits(const char *data, size_t count)
{
    int32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        if (data[i] < '0' || data[i] > '9')
            return -1;
        value = value * 10 + (data[i] - '0');
    }
    return value;
}

static int read_date(const char *data, int64_t *days)
{
    char text[11] = {data[0], data[1], data[2], data[3], '-', data[4],
                     data[5], '-',     data[6], data[7], '\0'};
    msched__date date;
    if (!msched__date_parse(text, 10, &date))
        return 0;
    *days = msched__date_to_days(date);
    return 1;
}

/* "2026-11-24T10:00:00Z", as some programs write it, without the marks that it must not have. */
static msched__slice without_marks(msched__slice text, char *out, size_t size)
{
    size_t count = 0;
    if (text.size < 10 || text.size > size || text.data[4] != '-' || text.data[7] != '-')
        return text;
    for (size_t i = 0; i < text.size; i++)
        if (i < 10 ? text.data[i] != '-' : text.data[i] != ':')
            out[count++] = text.data[i];
    return (msched__slice){out, count};
}

int msched__calendar_read_time(msched__slice text, msched__calendar_time *out)
{
    char plain[24];
    int64_t days;
    text = without_marks(text, plain, sizeof plain);
    int utc = text.size > 13 && (text.data[text.size - 1] | 0x20) == 'z';
    text.size -= (size_t)utc;
    /* 13: some programs leave the seconds out */
    if ((text.size != 8 && text.size != 13 && text.size != 15) || !read_date(text.data, &days))
        return 0;
    out->present = 1;
    out->is_date = text.size == 8;
    out->local = days * DAY_S;
    if (out->is_date)
        return 1;
    int32_t hour = digits(text.data + 9, 2), minute = digits(text.data + 11, 2),
            second = text.size == 13 ? 0 : digits(text.data + 13, 2);
    if ((text.data[8] != 'T' && text.data[8] != 't') || hour < 0 || hour > 24 || minute < 0 ||
        minute > 59 || second < 0 || second > 60 || (hour == 24 && minute + second > 0))
        return 0;
    out->local += hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
    if (utc)
        out->zone = MSCHED__ZONE_UTC;
    return 1;
}

int msched__calendar_read_length(msched__slice text, msched__calendar_length *out)
{
    const char *at = text.data, *end = at + text.size;
    int in_time = 0, parts = 0;
    *out = (msched__calendar_length){0};
    if (at < end && *at == '+')
        at++;
    if (at == end || (*at != 'P' && *at != 'p'))
        return 0;
    for (at++; at < end; at++) {
        if (*at == 'T' || *at == 't') {
            in_time = 1;
            continue;
        }
        const char *begin = at;
        while (at < end && *at >= '0' && *at <= '9')
            at++;
        if (at == begin || at - begin > 9 || at == end)
            return 0;
        int64_t value = digits(begin, (size_t)(at - begin));
        switch (*at | 0x20) {
        case 'w':
            out->days += 7 * value;
            break;
        case 'd':
            out->days += value;
            break;
        case 'h':
            out->seconds += 3600 * value;
            break;
        case 'm':
            out->seconds += 60 * value;
            break;
        case 's':
            out->seconds += value;
            break;
        default:
            return 0;
        }
        if (((*at | 0x20) == 'w' || (*at | 0x20) == 'd') == in_time)
            return 0;
        parts++;
    }
    out->present = 1;
    return parts > 0 && out->days <= LENGTH_MAX_S / DAY_S && out->seconds <= LENGTH_MAX_S;
}

int msched__calendar_read_offset(msched__slice text, int32_t *seconds)
{
    if ((text.size != 5 && text.size != 7) || (text.data[0] != '+' && text.data[0] != '-'))
        return 0;
    int32_t hour = digits(text.data + 1, 2), minute = digits(text.data + 3, 2);
    int32_t second = text.size == 7 ? digits(text.data + 5, 2) : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return 0;
    *seconds = (hour * 3600 + minute * 60 + second) * (text.data[0] == '-' ? -1 : 1);
    return 1;
}

/* 1 for a COUNT of 0 or less, which some programs write for "without end". */
static int is_no_count(const char *part, size_t size)
{
    return size > 6 && msched__content_equals((msched__slice){part, 6}, "COUNT=") &&
           (part[6] == '-' || part[6] == '0');
}

int msched__calendar_read_rule(msched__arena *arena, msched__slice value,
                               msched__calendar_rule *rule)
{
    char kept[RULE_MAX_BYTES + 1];
    size_t size = 0;
    const char *at = value.data, *end = at + value.size;
    *rule = (msched__calendar_rule){.until = {.zone = MSCHED__ZONE_FLOATING}};
    if (value.size > RULE_MAX_BYTES || memchr(value.data, '\0', value.size) != NULL)
        return 0;
    if (value.size > 6 && msched__content_equals((msched__slice){at, 6}, "RRULE:"))
        at += 6; /* "RRULE:RRULE:FREQ=DAILY" */
    while (at < end) {
        while (at < end && *at == ' ')
            at++;
        const char *semicolon = memchr(at, ';', (size_t)(end - at));
        size_t part = (size_t)((semicolon == NULL ? end : semicolon) - at);
        if (part > 6 && msched__content_equals((msched__slice){at, 6}, "UNTIL=")) {
            if (!msched__calendar_read_time((msched__slice){at + 6, part - 6}, &rule->until))
                return 0;
        } else if (part > 0 && !is_no_count(at, part)) {
            if (size > 0)
                kept[size++] = ';';
            memcpy(kept + size, at, part);
            size += part;
        }
        at = semicolon == NULL ? end : semicolon + 1;
    }
    kept[size] = '\0';
    if (!msched__recurrence_valid(kept))
        return 0;
    rule->text = msched__arena_copy(arena, kept, size);
    return 1;
}

/* One character of a TEXT value, its escape resolved; *at steps past it. */
static char unescape(msched__slice text, size_t *at)
{
    char c = text.data[(*at)++];
    if (c == '\\' && *at < text.size) {
        c = text.data[(*at)++];
        if (c == 'n' || c == 'N')
            c = ' ';
    }
    return (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c;
}

/* Length of the UTF-8 character that begins at text[at], or 0 if none does. */
static size_t character_size(const char *text, size_t size)
{
    for (size_t n = 1; n <= 4 && n <= size; n++)
        if (msched__utf8_check(text, n) == n)
            return n;
    return 0;
}

const char *msched__calendar_copy_text(msched__arena *arena, msched__slice text, size_t max_bytes)
{
    while (text.size > 0 && text.data[0] == ' ')
        text = (msched__slice){text.data + 1, text.size - 1};
    size_t plain_size = text.size < 4 * max_bytes ? text.size : 4 * max_bytes, size = 0, at = 0;
    char *plain = msched__arena_alloc(arena, plain_size + 1, 1);
    char *out = plain == NULL
                    ? NULL
                    : msched__arena_alloc(
                          arena, max_bytes < 3 * plain_size ? max_bytes + 1 : 3 * plain_size + 1,
                          1);
    if (out == NULL)
        return NULL;
    while (at < text.size && size < plain_size)
        plain[size++] = unescape(text, &at);
    size_t written = 0;
    for (at = 0; at < size;) {
        char other[4];
        size_t n = character_size(plain + at, size - at);
        const char *from = n == 0 ? other : plain + at;
        size_t bytes = n == 0 ? msched__cp1252_put(other, plain[at]) : n;
        if (written + bytes > max_bytes)
            break;
        memcpy(out + written, from, bytes);
        written += bytes;
        at += n == 0 ? 1 : n;
    }
    while (written > 0 && out[written - 1] == ' ')
        written--;
    out[written] = '\0';
    return out;
}

int msched__calendar_next_part(msched__slice *rest, msched__slice *part)
{
    if (rest->data == NULL)
        return 0;
    const char *comma = memchr(rest->data, ',', rest->size);
    part->data = rest->data;
    part->size = comma == NULL ? rest->size : (size_t)(comma - rest->data);
    *rest = comma == NULL ? (msched__slice){NULL, 0}
                          : (msched__slice){comma + 1, rest->size - part->size - 1};
    return 1;
}

int msched__calendar_split_zone(msched__slice *tzid, msched__slice *value)
{
    const char *end = value->data + value->size, *at = end;
    while (at > value->data && at[-1] != ':')
        at--;
    if (at == value->data || tzid->size == 0 || tzid->data + tzid->size + 1 != value->data)
        return 0;
    *tzid = (msched__slice){tzid->data, (size_t)(at - tzid->data) - 1};
    *value = (msched__slice){at, (size_t)(end - at)};
    return 1;
}

uint8_t msched__calendar_read_small(msched__slice value, int64_t max)
{
    int64_t number;
    return msched__parse_int(value.data, value.size, &number) && number >= 0 && number <= max
               ? (uint8_t)number
               : 0;
}
