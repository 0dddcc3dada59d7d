/* Lengths of songs: clock times, numbers with units, and plain numbers. */
#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/cell_number.h"
#include "catalog/cells/cells.h"
#include "catalog/cells/row.h"

#include <math.h>
#include <string.h>

#define DAY_MS 86400000.0

enum msched__cell msched__number_duration(double number, uint8_t unit, msched__values *values,
                                          msched__evidence *evidence)
{
    values->duration = 0;
    values->plain_duration = 0;
    if (isnan(number))
        return MSCHED__CELL_EMPTY;
    if (unit == MSCHED__UNIT_MIN)
        number = floor(number * 60000 + 0.5);
    evidence->negative_durations += number < 0;
    if (!(number > 0 && number <= DAY_MS))
        return MSCHED__CELL_UNREADABLE;
    values->duration = number;
    values->plain_duration = unit != MSCHED__UNIT_MIN;
    if (!values->plain_duration)
        return MSCHED__CELL_READ;
    evidence->plain_durations++;
    evidence->below_ten_thousand += number < 10000;
    evidence->below_thousand += number < 1000;
    if (number >= MSCHED__LEAST_SECONDS)
        return MSCHED__CELL_READ;
    const double hundredths = (number - floor(number)) * 100;
    evidence->below_least++;
    evidence->below_tenth += number < 0.1;
    evidence->fractions += hundredths > 0;
    evidence->no_seconds += hundredths > 59.5 || fabs(hundredths - floor(hundredths + 0.5)) > 1e-6;
    return MSCHED__CELL_READ;
}

static size_t count_digits(msched__slice text)
{
    size_t count = 0;
    while (count < text.size && text.data[count] >= '0' && text.data[count] <= '9')
        count++;
    return count;
}

/* "3:27", "0:03:27" and "3:27.5" as milliseconds; 0: anything else. */
static double clock_ms(msched__slice text)
{
    double parts[3] = {0, 0, 0};
    size_t count = 0, from = 0;
    for (size_t at = 0; at <= text.size; at++) {
        if (at < text.size && text.data[at] != ':')
            continue;
        int percent;
        const msched__slice part = {text.data + from, at - from};
        int whole = count_digits(part) == part.size;
        if (count == 3 || part.size == 0 || !msched__cell_number(part, &parts[count], &percent) ||
            percent || parts[count] < 0 || (!whole && at < text.size) ||
            (count > 0 && parts[count] >= 60))
            return 0;
        count++;
        from = at + 1;
    }
    if (count < 2)
        return 0;
    double seconds = count == 2 ? parts[0] * 60 + parts[1]
                                : parts[0] * 3600 + parts[1] * 60 + parts[2];
    return floor(seconds * 1000 + 0.5);
}

/* "3.27.00", as some spreadsheets write 3:27:00. */
static int has_points(msched__slice text)
{
    uint32_t points = 0;
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++) {
        points += text.data[i] == '.';
        digits = text.data[i] == '.' ? 0 : digits + 1;
        if (digits > 2 || (text.data[i] != '.' && (text.data[i] < '0' || text.data[i] > '9')))
            return 0;
    }
    return points == 2 && digits == 2 && text.size <= 8;
}

/* A text that has_points as milliseconds; 0: it is not a clock time. */
static double points_ms(msched__slice text)
{
    char with_colons[8];
    for (size_t i = 0; i < text.size; i++)
        with_colons[i] = (char)(text.data[i] == '.' ? ':' : text.data[i]);
    return clock_ms((msched__slice){with_colons, text.size});
}

/* The unit that begins at the text, as milliseconds; 0: none. *size: its bytes. */
static double unit_of(msched__slice text, size_t *size)
{
    static const struct {
        const char *name;
        double ms;
    } units[] = {{"milliseconds", 1},
                 {"msec", 1},
                 {"ms", 1},
                 {"seconds", 1000},
                 {"second", 1000},
                 {"secs", 1000},
                 {"sec", 1000},
                 {"s", 1000},
                 {"\"", 1000},
                 {"\xE2\x80\xB3", 1000},
                 {"\xE2\x80\x9D", 1000},
                 {"''", 1000},
                 {"minutes", 60000},
                 {"minute", 60000},
                 {"mins", 60000},
                 {"min", 60000},
                 {"m", 60000},
                 {"'", 60000},
                 {"\xE2\x80\xB2", 60000},
                 {"\xE2\x80\x99", 60000},
                 {"hours", 3600000},
                 {"hour", 3600000},
                 {"hrs", 3600000},
                 {"hr", 3600000},
                 {"h", 3600000}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (!msched__begins_with_word(text, units[i].name))
            continue;
        *size = strlen(units[i].name);
        return units[i].ms;
    }
    return 0;
}

static msched__slice skip_blanks(msched__slice text, size_t bytes)
{
    text = (msched__slice){text.data + bytes, text.size - bytes};
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '.'))
        text = (msched__slice){text.data + 1, text.size - 1};
    return text;
}

/* "201 s", "3m 21s", "3 min. 21 sec.", "3'21\"", "PT3M21S" as milliseconds; 0: anything else. */
static double with_units_ms(msched__slice text)
{
    double sum = 0, largest = 4e6;
    if (text.size > 2 && msched__lower(text.data[0]) == 'p' && msched__lower(text.data[1]) == 't')
        text = skip_blanks(text, 2);
    while (text.size > 0) {
        size_t end = 0, size = 0;
        double number;
        int percent;
        while (end < text.size && ((text.data[end] >= '0' && text.data[end] <= '9') ||
                                   text.data[end] == '.' || text.data[end] == ','))
            end++;
        if (end == 0 || !msched__cell_number((msched__slice){text.data, end}, &number, &percent))
            return 0;
        text = skip_blanks(text, end);
        /* seconds after minutes need no unit: "3m21" */
        const double ms = text.size == 0 && largest == 60000 && number < 60 ? 1000
                                                                            : unit_of(text, &size);
        if (ms == 0 || ms >= largest)
            return 0;
        sum += number * ms;
        largest = ms;
        text = skip_blanks(text, size);
    }
    return floor(sum + 0.5);
}

/* "1899-12-30 00:03:25" and "12:03:25 AM", as spreadsheets show 0:03:25: without what is more. */
static msched__slice without_zero_date(msched__slice text, int *is_midnight)
{
    static const char day[] = "1899-12-30";
    const size_t size = sizeof day - 1;
    *is_midnight = 0;
    if (text.size == size + 9 && memcmp(text.data, day, size) == 0 &&
        (text.data[size] == ' ' || text.data[size] == 'T'))
        return (msched__slice){text.data + size + 1, 8};
    if (text.size != 11 || memcmp(text.data, "12:", 3) != 0 ||
        !msched__is_word((msched__slice){text.data + 8, 3}, " am"))
        return text;
    *is_midnight = 1;
    return (msched__slice){text.data, 8};
}

enum msched__cell msched__cell_duration(msched__slice text, uint8_t unit, msched__values *values,
                                        msched__evidence *evidence)
{
    int64_t whole;
    double number;
    int percent;
    text = msched__trim(text);
    if (msched__parse_int(text.data, text.size, &whole))
        return msched__number_duration((double)whole, unit, values, evidence);
    values->duration = 0;
    values->plain_duration = 0;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    if (msched__cell_number(text, &number, &percent))
        return percent ? MSCHED__CELL_UNREADABLE
                       : msched__number_duration(number, unit, values, evidence);
    int is_midnight;
    text = without_zero_date(text, &is_midnight);
    double ms = has_points(text)                            ? points_ms(text)
                : memchr(text.data, ':', text.size) != NULL ? clock_ms(text)
                                                            : with_units_ms(text);
    ms -= is_midnight && ms > 0 ? DAY_MS / 2 : 0;
    if (!(ms > 0 && ms <= DAY_MS))
        return MSCHED__CELL_UNREADABLE;
    values->duration = ms;
    evidence->timed++;
    evidence->even_hours += ms >= 3600000 && fmod(ms, 60000) == 0 && text.size > 6 &&
                            memcmp(text.data + text.size - 2, "00", 2) == 0 &&
                            memchr(":.", text.data[text.size - 3], 2) != NULL;
    return MSCHED__CELL_READ;
}
