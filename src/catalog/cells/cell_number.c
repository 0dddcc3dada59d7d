/* Numbers as people write them: decimal points and commas, and separators of thousands. */
#include "catalog/cells/cell_number.h"

#include "base/number.h"
#include "base/slice.h"

#include <string.h>

#define ROOM 64

/* A decimal number whose thousands may be separated, byte by byte. */
typedef struct digits {
    char text[ROOM];
    size_t size;
    uint32_t points, commas; /* in it */
    char last;               /* of these, the last one */
} digits;

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t msched__count_digits(msched__slice text, size_t at)
{
    size_t count = 0;
    while (at + count < text.size && is_digit(text.data[at + count]))
        count++;
    return count;
}

/* Bytes of a blank or an apostrophe between thousands, 0 for none. */
static size_t gap_at(msched__slice text, size_t at)
{
    static const char *const gaps[] = {"'", " ", "\xC2\xA0", "\xE2\x80\x99", "\xE2\x80\xAF"};
    for (size_t i = 0; i < sizeof gaps / sizeof gaps[0]; i++) {
        const size_t size = strlen(gaps[i]);
        if (at > 0 && text.size - at > size && memcmp(text.data + at, gaps[i], size) == 0 &&
            is_digit(text.data[at - 1]) && msched__count_digits(text, at + size) == 3)
            return size;
    }
    return 0;
}

/* The text without blanks and apostrophes between thousands. */
static void take(digits *out, msched__slice text)
{
    for (size_t at = 0; at < text.size && out->size < ROOM;) {
        const char c = text.data[at];
        const size_t gap = gap_at(text, at);
        if (gap > 0) {
            at += gap;
            continue;
        }
        out->points += c == '.';
        out->commas += c == ',';
        out->last = c == '.' || c == ',' ? c : out->last;
        out->text[out->size++] = c;
        at++;
    }
}

/* Groups of three digits after each `sign`, and one to three digits before the first. */
static int has_groups(const digits *number, char sign)
{
    const msched__slice text = {number->text, number->size};
    size_t at = text.size > 0 && text.data[0] == '-';
    const size_t first = msched__count_digits(text, at);
    if (first < 1 || first > 3 || text.data[at] == '0')
        return 0;
    for (at += first; at < text.size && text.data[at] == sign; at += 4)
        if (msched__count_digits(text, at + 1) != 3)
            return 0;
    return at == text.size || text.data[at] == (sign == '.' ? ',' : '.');
}

/* The separator of thousands, 0 for none, or -1 if the text is not a number. */
static int thousands_of(const digits *number, int is_small)
{
    if (number->points == 0 && number->commas <= (uint32_t)(is_small != 0))
        return 0;
    if (number->points > 0 && number->commas > 0) {
        const char sign = number->last == ',' ? '.' : ',';
        return (number->last == ',' ? number->commas : number->points) == 1 &&
                       has_groups(number, sign)
                   ? sign
                   : -1;
    }
    if (number->commas > 0)
        return has_groups(number, ',') ? ',' : 0;
    return number->points > 1 ? has_groups(number, '.') ? '.' : -1 : 0;
}

static int read_number(msched__slice text, int is_small, double *value, int *percent)
{
    text = msched__trim(text);
    *percent = text.size > 1 && text.data[text.size - 1] == '%';
    if (*percent)
        text = msched__trim((msched__slice){text.data, text.size - 1});
    if (text.size == 0 || text.size > ROOM)
        return 0;
    if (msched__parse_double(text.data, text.size, value))
        return 1;
    digits number = {.size = 0};
    take(&number, text);
    const int sign = thousands_of(&number, is_small);
    size_t used = 0;
    for (size_t i = 0; sign >= 0 && i < number.size; i++)
        if (number.text[i] != sign)
            number.text[used++] = number.text[i] == ',' ? '.' : number.text[i];
    return used > 0 && msched__parse_double(number.text, used, value);
}

int msched__cell_number(msched__slice text, double *value, int *percent)
{
    return read_number(text, 0, value, percent);
}

int msched__cell_small_number(msched__slice text, double *value, int *percent)
{
    return read_number(text, 1, value, percent);
}
