/* Popularity and features. */
#include "catalog/cells/cells.h"

#include "base/number.h"
#include "base/slice.h"
#include "catalog/catalog_data.h"
#include "catalog/cells/cell_number.h"
#include "catalog/cells/row.h"

#include <math.h>
#include <string.h>

int msched__cell_names_unknown(msched__slice text)
{
    static const char *const words[] = {"na",        "n/a",     "nan",  "none",  "null", "nil",
                                        "undefined", "unknown", "<na>", "#n/a",  "nat",  "-",
                                        "--",        "?",       "[]",   "set()", "{}"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__is_word(text, words[i]))
            return 1;
    return 0;
}

enum msched__cell msched__number_popularity(double number, uint8_t unit, uint32_t *popularity,
                                            int *rounded)
{
    *popularity = MSCHED__POPULARITY_UNKNOWN;
    if (isnan(number))
        return MSCHED__CELL_EMPTY;
    if (unit == MSCHED__UNIT_SHARE)
        number = number <= 1 ? 100 * number : -1;
    else if (unit == MSCHED__UNIT_TENTH)
        number = number <= 10 ? 10 * number : -1;
    else if (number > 0 && number < 1)
        return MSCHED__CELL_UNREADABLE;
    if (!(number >= 0 && number <= 100))
        return MSCHED__CELL_UNREADABLE;
    double whole = floor(number + 0.5);
    *rounded = whole != number;
    *popularity = (uint32_t)whole;
    return MSCHED__CELL_READ;
}

enum msched__cell msched__cell_popularity(msched__slice text, uint8_t unit, uint32_t *popularity,
                                          int *rounded)
{
    int64_t whole;
    double number;
    int percent;
    if (unit == MSCHED__UNIT_NONE && (text.size == 1 || text.size == 2)) { /* as most are */
        const unsigned ones = (unsigned char)text.data[text.size - 1] - (unsigned)'0',
                       tens = text.size == 1 ? 0 : (unsigned char)text.data[0] - (unsigned)'0';
        if (ones <= 9 && tens <= 9) {
            *popularity = 10 * tens + ones;
            return MSCHED__CELL_READ;
        }
    }
    if (unit == MSCHED__UNIT_NONE && msched__parse_int(text.data, text.size, &whole) &&
        whole >= 0 && whole <= 100) {
        *popularity = (uint32_t)whole;
        return MSCHED__CELL_READ;
    }
    *popularity = MSCHED__POPULARITY_UNKNOWN;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    if (!msched__cell_number(text, &number, &percent))
        return MSCHED__CELL_UNREADABLE;
    return msched__number_popularity(number, percent ? (uint8_t)MSCHED__UNIT_PERCENT : unit,
                                     popularity, rounded);
}

/* "8B" of Camelot and "1d" of Open Key: the pitch class, or -1. */
static int pitch_of_wheel(msched__slice text)
{
    int number = 0;
    size_t at = 0;
    for (; at < text.size && at < 2 && text.data[at] >= '0' && text.data[at] <= '9'; at++)
        number = number * 10 + (text.data[at] - '0');
    if (number < 1 || number > 12 || at + 1 != text.size)
        return -1;
    const char kind = msched__lower(text.data[at]);
    if (kind != 'a' && kind != 'b' && kind != 'd' && kind != 'm')
        return -1;
    const int fifths = kind == 'a' || kind == 'b' ? number + 4 : number - 1;
    return (7 * fifths + (kind == 'a' || kind == 'm' ? 9 : 0)) % 12;
}

/* "C#", "Db", "F♯ minor", "Am", "8A": the pitch class, or -1. */
static int pitch_of(msched__slice text)
{
    static const int naturals[7] = {9, 11, 0, 2, 4, 5, 7}; /* a .. g */
    char letter = text.size > 0 ? msched__lower(text.data[0]) : 0;
    if (letter < 'a' || letter > 'g')
        return pitch_of_wheel(text);
    int pitch = naturals[letter - 'a'];
    msched__slice rest = {text.data + 1, text.size - 1};
    if (rest.size > 0 && (rest.data[0] == '#' || rest.data[0] == 'b')) {
        pitch += rest.data[0] == '#' ? 1 : -1;
        rest = (msched__slice){rest.data + 1, rest.size - 1};
    } else if (rest.size >= 3 && (memcmp(rest.data, "\xE2\x99\xAF", 3) == 0 ||
                                  memcmp(rest.data, "\xE2\x99\xAD", 3) == 0)) {
        pitch += rest.data[2] == '\xAF' ? 1 : -1;
        rest = (msched__slice){rest.data + 3, rest.size - 3};
    }
    if (rest.size > 0 && rest.data[0] == '/') /* "C#/Db": both names of one pitch */
        rest = (msched__slice){"", 0};
    rest = msched__trim(rest);
    if (rest.size > 0 && !msched__is_word(rest, "major") && !msched__is_word(rest, "minor") &&
        !msched__is_word(rest, "maj") && !msched__is_word(rest, "min") &&
        !msched__is_word(rest, "m") && !msched__is_word(rest, "dur") &&
        !msched__is_word(rest, "moll"))
        return -1;
    return (pitch + 12) % 12;
}

static int mode_of(msched__slice text)
{
    if (msched__is_word(text, "major") || msched__is_word(text, "maj") ||
        msched__is_word(text, "dur"))
        return 1;
    return msched__is_word(text, "minor") || msched__is_word(text, "min") ||
                   msched__is_word(text, "moll")
               ? 0
               : -1;
}

/* A feature with the range 0 to 1. */
static int is_share(uint32_t feature)
{
    return feature != MSCHED_FEATURE_KEY && feature != MSCHED_FEATURE_LOUDNESS &&
           feature != MSCHED_FEATURE_MODE && feature != MSCHED_FEATURE_TEMPO;
}

enum msched__cell msched__number_feature(uint32_t feature, double number, uint8_t unit,
                                         double *value, msched__evidence *evidence)
{
    *value = number;
    if (isnan(number))
        return MSCHED__CELL_EMPTY;
    if (is_share(feature) && unit == MSCHED__UNIT_PERCENT)
        *value = number / 100;
    else if (is_share(feature) && number > 1 && number <= 100) {
        evidence->over_one |= UINT32_C(1) << feature;
        return MSCHED__CELL_READ;
    }
    if (feature == MSCHED_FEATURE_KEY && number == -1) {
        *value = NAN;
        return MSCHED__CELL_EMPTY;
    }
    if (msched__feature_in_range(feature, *value))
        return MSCHED__CELL_READ;
    if ((is_share(feature) && number < 0 && number != -1) ||
        (feature == MSCHED_FEATURE_KEY && number > 11 && number == floor(number)))
        evidence->off_scale[feature]++;
    *value = NAN;
    return MSCHED__CELL_UNREADABLE;
}

/* The only item of a list, such as "[120.5]" and "['8A']". */
static msched__slice without_brackets(msched__slice text)
{
    if (text.size < 3 || text.data[0] != '[' || text.data[text.size - 1] != ']')
        return text;
    text = msched__trim((msched__slice){text.data + 1, text.size - 2});
    const char quote = text.size > 2 ? text.data[0] : '\0';
    return (quote == '\'' || quote == '"') && text.data[text.size - 1] == quote
               ? (msched__slice){text.data + 1, text.size - 2}
               : text;
}

enum msched__cell msched__cell_feature(uint32_t feature, msched__slice text, uint8_t unit,
                                       double *value, msched__evidence *evidence)
{
    int percent, named = -1;
    double number;
    text = without_brackets(msched__trim(text));
    *value = NAN;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    if (feature == MSCHED_FEATURE_KEY)
        named = pitch_of(text);
    else if (feature == MSCHED_FEATURE_MODE)
        named = mode_of(text);
    if (feature == MSCHED_FEATURE_MODE && named < 0 &&
        (msched__is_word(text, "true") || msched__is_word(text, "false")))
        named = msched__is_word(text, "true");
    if (named >= 0) {
        *value = named;
        return MSCHED__CELL_READ;
    }
    size_t unit_at = text.size;
    /* "-5.4 dB", "120 BPM" */
    if (feature == MSCHED_FEATURE_LOUDNESS || feature == MSCHED_FEATURE_TEMPO)
        while (unit_at > 0 && msched__lower(text.data[unit_at - 1]) >= 'a' &&
               msched__lower(text.data[unit_at - 1]) <= 'z')
            unit_at--;
    const msched__slice rest = {text.data + unit_at, text.size - unit_at};
    if (rest.size > 0 && (msched__is_word(rest, "db") || msched__is_word(rest, "bpm")))
        text.size = unit_at;
    if (!msched__cell_small_number(text, &number, &percent))
        return MSCHED__CELL_UNREADABLE;
    return msched__number_feature(feature, number, percent ? MSCHED__UNIT_PERCENT : unit, value,
                                  evidence);
}

enum msched__cell msched__cell_part(msched__slice text, int64_t min, int64_t max, int32_t *value)
{
    double number;
    int percent;
    *value = 0;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    if (!msched__cell_number(text, &number, &percent) || percent || number != floor(number) ||
        number < 0)
        return MSCHED__CELL_UNREADABLE;
    if (number == 0)
        return MSCHED__CELL_EMPTY;
    if (number < (double)min || number > (double)max)
        return MSCHED__CELL_UNREADABLE;
    *value = (int32_t)number;
    return MSCHED__CELL_READ;
}
