#include "catalog/cells/cell_plays.h"

#include "base/slice.h"
#include "catalog/cells/cell_number.h"

#include <math.h>

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
    const size_t before = msched__count_digits(text, 0);
    return before > 0 && before < 4 && text.data[0] != '0' && text.size == before + 4 &&
           text.data[before] == '.' && msched__count_digits(text, before + 1) == 3;
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
