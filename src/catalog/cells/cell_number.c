/* Numbers as people write them: decimal points and commas, and separators of thousands. */
#include "base/number.h"
#include "base/slice.h"
#include "catalog/cells/cells.h"

#include <math.h>
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

static size_t count_digits(msched__slice text, size_t at)
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
            is_digit(text.data[at - 1]) && count_digits(text, at + size) == 3)
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
    const size_t first = count_digits(text, at);
    if (first < 1 || first > 3 || text.data[at] == '0')
        return 0;
    for (at += first; at < text.size && text.data[at] == sign; at += 4)
        if (count_digits(text, at + 1) != 3)
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

/* What the text after a number multiplies it by; 0: it is something else. */
static double factor_of(msched__slice text)
{
    static const struct {
        const char *name;
        double factor;
    } words[] = {{"", 1},        {"k", 1e3},       {"thousand", 1e3}, {"m", 1e6},
                 {"mn", 1e6},    {"mio", 1e6},     {"million", 1e6},  {"b", 1e9},
                 {"bn", 1e9},    {"billion", 1e9}, {"plays", 1},      {"play", 1},
                 {"streams", 1}, {"views", 1},     {"scrobbles", 1},  {"scrobble", 1},
                 {"listens", 1}, {"listeners", 1}, {"times", 1},      {"x", 1}};
    text = msched__trim(text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__is_word(text, words[i].name))
            return words[i].factor;
    return 0;
}

/* "1.234" and "12.345", but not "1.5". */
static int may_be_thousands(msched__slice text)
{
    const size_t before = count_digits(text, 0);
    return before > 0 && before < 4 && text.data[0] != '0' && text.size == before + 4 &&
           text.data[before] == '.' && count_digits(text, before + 1) == 3;
}

enum msched__cell msched__number_plays(double number, double *plays)
{
    *plays = number >= 0 && number <= 1e15 ? number : NAN;
    return isnan(number)   ? MSCHED__CELL_EMPTY
           : isnan(*plays) ? MSCHED__CELL_UNREADABLE
                           : MSCHED__CELL_READ;
}

enum msched__cell msched__cell_plays(msched__slice text, double *plays)
{
    size_t end = 0;
    double number;
    int percent;
    text = msched__trim(text);
    *plays = NAN;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    while (end < text.size && (text.data[end] | 0x20) < 'a')
        end++;
    const msched__slice count = msched__trim((msched__slice){text.data, end}),
                        rest = {text.data + end, text.size - end};
    const double factor = factor_of(rest);
    if (factor == 0 || !msched__cell_number(count, &number, &percent) || percent)
        return MSCHED__CELL_UNREADABLE;
    if (factor == 1 && may_be_thousands(count)) {
        *plays = -number;
        return MSCHED__CELL_READ;
    }
    return msched__number_plays(number * factor, plays);
}
