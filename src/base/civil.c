#include "base/civil.h"

#include <stdio.h>

#include <musicsched/base.h>

#include <string.h>

const char *const msched__weekday_names[7] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                              "Thursday", "Friday", "Saturday"};
const char *const msched__weekday_keys[7] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

/* `count` digits as a number, or -1. */
static int32_t digits(const char *data, size_t count)
{
    int32_t value = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned digit = (unsigned char)data[i] - (unsigned)'0';
        if (digit > 9)
            return -1;
        value = value * 10 + (int32_t)digit;
    }
    return value;
}

static int32_t days_in_month(int32_t year, int32_t month)
{
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

/* Two digits as a number, or -1; without a loop, as large inputs have a date in each row. */
static inline int32_t two_digits(const char *data)
{
    const unsigned tens = (unsigned char)data[0] - (unsigned)'0',
                   ones = (unsigned char)data[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? -1 : (int32_t)(tens * 10 + ones);
}

/* The year of "YYYY", or -1. */
static inline int32_t year_of(const char *data)
{
    const int32_t century = two_digits(data), rest = two_digits(data + 2);
    return century < 0 || rest < 0 ? -1 : 100 * century + rest;
}

/* Year and month of "YYYY-MM-"; 1 if the text has this form. */
static inline int take_month(const char *data, int32_t *year, int32_t *month)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t text;
    memcpy(&text, data, sizeof text);
    text ^= UINT64_C(0x2D30302D30303030); /* digits as numbers, hyphens as 0 */
    /* a digit over 9 or a hyphen over 0 reaches the highest bit of its byte */
    if (((text + UINT64_C(0x7F76767F76767676)) | text) & UINT64_C(0x8080808080808080))
        return 0;
    text = text * 10 + (text >> 8); /* pairs of digits, in the bytes of the first ones */
    *year = (int32_t)((text & 0xFF) * 100 + (text >> 16 & 0xFF));
    *month = (int32_t)(text >> 40 & 0xFF);
    return 1;
#else
    *year = year_of(data);
    *month = two_digits(data + 5);
    return *year >= 0 && *month >= 0 && data[4] == '-' && data[7] == '-';
#endif
}

int msched__date_parse(const char *data, size_t size, msched__date *date)
{
    int32_t year = 0, month = 0, day = 0;
    if (size == 10) {
        day = two_digits(data + 8);
        if (!take_month(data, &year, &month) || day < 1)
            return 0;
    } else if (size == 4 || size == 7) {
        year = year_of(data);
        month = size == 4 ? 0 : data[4] == '-' ? two_digits(data + 5) : -1;
    }
    if (year < 1 || month > 12 || month < (size > 4) ||
        (day > 28 && day > days_in_month(year, month)))
        return 0;
    *date = (msched__date){year, (uint8_t)month, (uint8_t)day};
    return 1;
}

/*
 * Both directions after H. Hinnant, chrono-compatible low-level date algorithms (2013): years begin
 * on 1 March, eras last 400 years.
 */
int64_t msched__date_to_days(msched__date date)
{
    int64_t year = (int64_t)date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

msched__date msched__date_from_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    month = month < 10 ? month + 3 : month - 9;
    return (msched__date){(int32_t)(year_of_era + era * 400 + (month <= 2)), (uint8_t)month,
                          (uint8_t)day};
}

void msched__date_write(int64_t days, char out[11])
{
    const msched__date date = msched__date_from_days(days);
    snprintf(out, 11, "%04u-%02u-%02u", (unsigned)date.year % 10000, date.month % 100u,
             date.day % 100u);
}

unsigned msched__days_weekday(int64_t days)
{
    return (unsigned)((days % 7 + 11) % 7);
}

static const char second_mark[] = " (second)";

int msched__time_parse(const char *data, size_t size, int32_t *seconds)
{
    const size_t mark = sizeof second_mark - 1;
    int is_second = size > mark && memcmp(data + size - mark, second_mark, mark) == 0;
    size -= is_second ? mark : 0;
    const char *colon = size > 0 ? memchr(data, ':', size) : NULL;
    size_t hours_size = colon == NULL ? 0 : (size_t)(colon - data);
    if (hours_size < 1 || hours_size > 2)
        return 0;
    const char *rest = colon + 1;
    size_t rest_size = size - hours_size - 1;
    if (rest_size != 2 && !(rest_size == 5 && rest[2] == ':'))
        return 0;
    int32_t hour = digits(data, hours_size), minute = digits(rest, 2),
            second = rest_size == 5 ? digits(rest + 3, 2) : 0;
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return 0;
    int32_t total = hour * 3600 + minute * 60 + second;
    if (total > 129600)
        return 0;
    *seconds = total | (is_second ? MSCHED_TIME_SECOND : 0);
    return 1;
}

int msched__utc_parse(const char *data, size_t size, int64_t *utc)
{
    msched__date date;
    int32_t time, offset = 0;
    if (size < 20 || (data[10] != 'T' && data[10] != 't') || !msched__date_parse(data, 10, &date) ||
        !msched__time_parse(data + 11, 8, &time) || time >= 86400)
        return 0;
    if (size == 25 && (data[19] == '+' || data[19] == '-')) {
        if (!msched__time_parse(data + 20, 5, &offset) || offset >= 86400)
            return 0;
        offset = data[19] == '-' ? -offset : offset;
    } else if (size != 20 || (data[19] != 'Z' && data[19] != 'z')) {
        return 0;
    }
    *utc = msched__date_to_days(date) * 86400 + time - offset;
    return 1;
}
