/* The time formats of exports. */
#include "base/civil.h"
#include "base/number.h"
#include "playlist/history_read.h"

#include <string.h>

#define DAY_S 86400

static int digits(const char *at, size_t count, int32_t *value)
{
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return 0;
        *value = *value * 10 + (at[i] - '0');
    }
    return 1;
}

/* "YYYY-MM-DD" as days. */
static int read_date(const char *at, int64_t *days)
{
    int32_t year, month, day;
    static const uint8_t lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (at[4] != '-' || at[7] != '-' || !digits(at, 4, &year) || !digits(at + 5, 2, &month) ||
        !digits(at + 8, 2, &day) || year < 1 || month < 1 || month > 12 || day < 1 ||
        day > lengths[month - 1])
        return 0;
    if (month == 2 && day == 29 && (year % 4 != 0 || (year % 100 == 0 && year % 400 != 0)))
        return 0;
    *days = msched__date_to_days((msched__date){year, (uint8_t)month, (uint8_t)day});
    return 1;
}

/* "HH:MM" or "HH:MM:SS", with a fraction; *used bytes. */
static int read_clock(msched__slice text, int32_t *seconds, size_t *used)
{
    int32_t hour, minute, second = 0;
    if (text.size < 5 || text.data[2] != ':' || !digits(text.data, 2, &hour) ||
        !digits(text.data + 3, 2, &minute) || hour > 23 || minute > 59)
        return 0;
    *used = 5;
    if (text.size >= 8 && text.data[5] == ':' && digits(text.data + 6, 2, &second) && second <= 60)
        *used = 8;
    if (*used == 8 && text.size > 8 && text.data[8] == '.')
        for (++*used; *used < text.size && text.data[*used] >= '0' && text.data[*used] <= '9';)
            ++*used;
    *seconds = hour * 3600 + minute * 60 + second;
    return 1;
}

/* "", "Z", " UTC", "+01:00" or "+0100" after a time. */
static int read_offset(msched__slice text, int32_t *seconds)
{
    int32_t hours, minutes;
    *seconds = 0;
    while (text.size > 0 && text.data[0] == ' ')
        text = (msched__slice){text.data + 1, text.size - 1};
    if (text.size == 0 || (text.size == 1 && text.data[0] == 'Z') ||
        (text.size == 3 && (memcmp(text.data, "UTC", 3) == 0 || memcmp(text.data, "GMT", 3) == 0)))
        return 1;
    size_t colon = text.size == 6 && text.data[3] == ':';
    if (text.size != 5 + colon || (text.data[0] != '+' && text.data[0] != '-') ||
        !digits(text.data + 1, 2, &hours) || !digits(text.data + 3 + colon, 2, &minutes) ||
        hours > 14 || minutes > 59)
        return 0;
    *seconds = (hours * 60 + minutes) * 60 * (text.data[0] == '-' ? -1 : 1);
    return 1;
}

static int read_iso(msched__slice text, int64_t *utc)
{
    int64_t days;
    int32_t clock, offset;
    size_t used;
    if (text.size < 16 || (text.data[10] != 'T' && text.data[10] != ' ') ||
        !read_date(text.data, &days) ||
        !read_clock((msched__slice){text.data + 11, text.size - 11}, &clock, &used) ||
        !read_offset((msched__slice){text.data + 11 + used, text.size - 11 - used}, &offset))
        return 0;
    *utc = days * DAY_S + clock - offset;
    return 1;
}

/* "24 Nov 2026 12:34", "24 Nov 2026, 12:34". */
static int read_named_month(msched__slice text, int64_t *utc)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    char iso[17] = "YYYY-MM-DDT";
    int64_t days;
    int32_t clock, month = 0;
    size_t used;
    if (text.size < 15)
        return 0;
    size_t one = text.data[1] == ' ';
    msched__slice rest = {text.data + 2 - one, text.size - 2 + one};
    if (rest.size < 14 || rest.data[0] != ' ' || rest.data[4] != ' ')
        return 0;
    for (size_t i = 0; i < 12; i++) {
        size_t same = 0;
        while (same < 3 && (rest.data[1 + same] | 0x20) == names[3 * i + same])
            same++;
        month = same == 3 ? (int32_t)i + 1 : month;
    }
    if (month == 0)
        return 0;
    memcpy(iso, rest.data + 5, 4);
    iso[5] = (char)('0' + month / 10);
    iso[6] = (char)('0' + month % 10);
    iso[8] = one ? '0' : text.data[0];
    iso[9] = text.data[1 - one];
    rest = (msched__slice){rest.data + 9, rest.size - 9};
    while (rest.size > 0 && (rest.data[0] == ' ' || rest.data[0] == ','))
        rest = (msched__slice){rest.data + 1, rest.size - 1};
    if (!read_date(iso, &days) || !read_clock(rest, &clock, &used) || used != rest.size)
        return 0;
    *utc = days * DAY_S + clock;
    return 1;
}

int msched__history_time(msched__slice text, int64_t *utc)
{
    int64_t number;
    if (read_iso(text, utc) || read_named_month(text, utc))
        return 1;
    if (text.size < 9 || !msched__parse_int(text.data, text.size, &number) || number <= 0 ||
        number > INT64_C(99999999999999))
        return 0;
    *utc = number > INT64_C(99999999999) ? number / 1000 : number; /* else milliseconds */
    return *utc < INT64_C(253402300800);
}
