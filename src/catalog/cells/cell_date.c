/* Release dates as people and programs write them. */
#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/cells.h"
#include "catalog/cells/row.h"

#include <string.h>

#define MAX_PARTS 3

/* The numbers and names of months of a date, in order. */
typedef struct date_parts {
    int32_t value[MAX_PARTS];
    size_t digits[MAX_PARTS]; /* 0: the name of a month */
    size_t count;
} date_parts;

static int month_by_name(msched__slice word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word.size < 3 || word.size > 9)
        return 0;
    for (int month = 0; month < 12; month++)
        if (msched__same_letters(names + 3 * (size_t)month, word.data, 3))
            return month + 1;
    return 0;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Split at punctuation and blanks; 0 if there are more than three parts. */
static int split(msched__slice text, date_parts *parts)
{
    size_t at = 0;
    parts->count = 0;
    while (at < text.size) {
        size_t from = at;
        if (is_digit(text.data[at])) {
            int64_t value;
            while (at < text.size && is_digit(text.data[at]))
                at++;
            if (parts->count == MAX_PARTS || at - from > 4 ||
                !msched__parse_int(text.data + from, at - from, &value))
                return 0;
            parts->value[parts->count] = (int32_t)value;
            parts->digits[parts->count++] = at - from;
        } else if (is_ascii_letter(text.data[at])) {
            while (at < text.size && is_ascii_letter(text.data[at]))
                at++;
            int month = month_by_name((msched__slice){text.data + from, at - from});
            if (parts->count == MAX_PARTS || month == 0)
                return 0;
            parts->value[parts->count] = month;
            parts->digits[parts->count++] = 0;
        } else if (strchr("-/., ", text.data[at++]) == NULL) {
            return 0;
        }
    }
    return parts->count > 0;
}

/* Year, month and day, each 0 if unknown; 1 if the date exists. */
static int make_date(int32_t year, int32_t month, int32_t day, msched__date *date)
{
    char text[11];
    if (year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31)
        return 0;
    if (month == 0)
        day = 0;
    const int32_t digits[10] = {year / 1000, year / 100, year / 10, year,     -1,
                                month / 10,  month,      -1,        day / 10, day};
    for (size_t i = 0; i < 10; i++)
        text[i] = digits[i] < 0 ? '-' : (char)('0' + digits[i] % 10);
    return msched__date_parse(text, month == 0 ? 4 : day == 0 ? 7 : 10, date);
}

/*
 * 14/06/2019 or 06/14/2019: decided by the numbers if one is above 12, otherwise by the whole
 * column.
 */
static enum msched__cell numbers_then_year(int32_t first, int32_t second, int32_t year,
                                           msched__values *values, msched__evidence *evidence)
{
    if (first > 12 && make_date(year, second, first, &values->date)) {
        evidence->day_first++;
        return MSCHED__CELL_READ;
    }
    if (second > 12 && make_date(year, first, second, &values->date)) {
        evidence->month_first++;
        return MSCHED__CELL_READ;
    }
    if (first < 1 || first > 12 || second < 1 || second > 12 || year < 1)
        return MSCHED__CELL_UNREADABLE;
    /* as if the day were first */
    values->date = (msched__date){year, (uint8_t)second, (uint8_t)first};
    values->date_undecided = first != second;
    evidence->undecided_dates += values->date_undecided;
    return MSCHED__CELL_READ;
}

static enum msched__cell read_parts(const date_parts *p, msched__values *values,
                                    msched__evidence *evidence)
{
    const int32_t *v = p->value;
    const size_t *d = p->digits;
    int good = 0;
    if (p->count == 3 && d[0] == 4)
        good = make_date(v[0], v[1], v[2], &values->date);
    else if (p->count == 3 && d[2] == 4 && d[0] > 0 && d[1] > 0)
        return numbers_then_year(v[0], v[1], v[2], values, evidence);
    else if (p->count == 3 && d[2] == 4)
        good = d[0] == 0 ? d[1] > 0 && make_date(v[2], v[0], v[1], &values->date)
                         : make_date(v[2], v[1], v[0], &values->date);
    else if (p->count == 2 && d[0] == 4)
        good = make_date(v[0], v[1], 0, &values->date);
    else if (p->count == 2 && d[1] == 4)
        good = make_date(v[1], v[0], 0, &values->date);
    else if (p->count == 1 && d[0] == 4)
        good = make_date(v[0], 0, 0, &values->date);
    return good ? MSCHED__CELL_READ : MSCHED__CELL_UNREADABLE;
}

/* The date of "2019-06-14 00:00:00" and "2019-06-14T00:00:00Z". */
static msched__slice without_time(msched__slice text)
{
    const char *colon = text.size > 11 ? memchr(text.data, ':', text.size) : NULL;
    if (colon == NULL)
        return text;
    size_t end = (size_t)(colon - text.data);
    while (end > 0 && is_digit(text.data[end - 1]))
        end--;
    if (end == 0 || (text.data[end - 1] != ' ' && text.data[end - 1] != 'T'))
        return text;
    return msched__trim((msched__slice){text.data, end - 1});
}

#define FIRST_UNIX  INT64_C(-2208988800) /* 1900 */
#define LAST_UNIX   INT64_C(4102444800)  /* 2100 */
#define UNIX_DIGITS 9                    /* fewer may be another kind of number */

/* Unix time in seconds, or in smaller units, as data frames write dates. */
static int read_unix(msched__slice text, msched__date *date)
{
    int64_t number;
    const size_t sign = text.size > 0 && text.data[0] == '-';
    if (text.size > 2 && memcmp(text.data + text.size - 2, ".0", 2) == 0)
        text.size -= 2;
    if (text.size < UNIX_DIGITS + sign || !msched__parse_int(text.data, text.size, &number))
        return 0;
    while (number < FIRST_UNIX || number > LAST_UNIX)
        number /= 1000;
    *date = msched__date_from_days(msched__days_of(number));
    return 1;
}

enum msched__cell msched__cell_date(msched__slice text, msched__values *values,
                                    msched__evidence *evidence)
{
    date_parts parts;
    values->date = (msched__date){0, 0, 0};
    values->date_undecided = 0;
    if (msched__date_parse(text.data, text.size, &values->date))
        return MSCHED__CELL_READ;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    text = without_time(msched__trim(text));
    if (text.size == 6 && memcmp(text.data + 4, ".0", 2) == 0) /* a year as pandas writes it */
        text.size -= 2;
    size_t zeros = 0;
    while (zeros < text.size &&
           (text.data[zeros] == '0' || strchr("-/.", text.data[zeros]) != NULL))
        zeros++;
    if (zeros == text.size)
        return MSCHED__CELL_EMPTY; /* 0000-00-00 */
    size_t digit_count = 0;
    while (digit_count < text.size && is_digit(text.data[digit_count]))
        digit_count++;
    if (text.size == 8 && digit_count == 8) { /* 20190614 */
        const char digits[10] = {text.data[0], text.data[1], text.data[2], text.data[3],
                                 '-',          text.data[4], text.data[5], '-',
                                 text.data[6], text.data[7]};
        return msched__date_parse(digits, 10, &values->date) ? MSCHED__CELL_READ
                                                             : MSCHED__CELL_UNREADABLE;
    }
    if (read_unix(text, &values->date))
        return MSCHED__CELL_READ;
    return split(text, &parts) ? read_parts(&parts, values, evidence) : MSCHED__CELL_UNREADABLE;
}

msched__date msched__cell_date_of(int32_t year, int32_t month, int32_t day)
{
    msched__date date = {0, 0, 0};
    if (!make_date(year, month, day, &date) && !make_date(year, month, 0, &date))
        make_date(year, 0, 0, &date);
    return date;
}
