/* Numbers: popularity, lengths and features. */
#include "catalog/cells.h"

#include "base/number.h"
#include "catalog/header.h"

#include <math.h>
#include <string.h>

#define DAY_MS 86400000.0

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Equal to an ASCII text in lower case, whatever the case. */
static int is_word(msched__slice text, const char *word)
{
    for (size_t i = 0; i < text.size; i++)
        if (word[i] == '\0' || lower(text.data[i]) != word[i])
            return 0;
    return word[text.size] == '\0';
}

int msched__cell_is_unknown(msched__slice text)
{
    static const char *const words[] = {"na",  "n/a",       "nan",     "none", "null",
                                        "nil", "undefined", "unknown", "<na>", "#n/a",
                                        "nat", "-",         "--",      "?",    "[]"};
    text = msched__trim(text);
    if (text.size == 0)
        return 1;
    for (size_t i = 0; text.size <= 9 && i < sizeof words / sizeof words[0]; i++)
        if (is_word(text, words[i]))
            return 1;
    return 0;
}

static size_t count_digits(msched__slice text, size_t at)
{
    size_t count = 0;
    while (at + count < text.size && text.data[at + count] >= '0' && text.data[at + count] <= '9')
        count++;
    return count;
}

/* "1,412" and "1,234,567": groups of three digits behind commas, and no point. */
static int has_thousands(msched__slice text)
{
    size_t at = text.size > 0 && text.data[0] == '-', digits = count_digits(text, at);
    if (digits < 1 || digits > 3)
        return 0;
    for (at += digits; at < text.size; at += 4)
        if (text.data[at] != ',' || count_digits(text, at + 1) != 3)
            return 0;
    return 1;
}

int msched__cell_number(msched__slice text, double *value, int *percent)
{
    char plain[64];
    size_t used = 0;
    text = msched__trim(text);
    *percent = text.size > 1 && text.data[text.size - 1] == '%';
    if (*percent)
        text = msched__trim((msched__slice){text.data, text.size - 1});
    if (text.size == 0 || text.size > sizeof plain)
        return 0;
    if (memchr(text.data, ',', text.size) == NULL)
        return msched__parse_double(text.data, text.size, value);
    int thousands = has_thousands(text) && text.data[0] != '0';
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '.')
            return 0;
        if (text.data[i] != ',')
            plain[used++] = text.data[i];
        else if (!thousands)
            plain[used++] = '.';
    }
    return msched__parse_double(plain, used, value);
}

enum msched__cell msched__number_popularity(double number, uint32_t *popularity, int *rounded)
{
    *popularity = MSCHED__POPULARITY_UNKNOWN;
    if (isnan(number))
        return MSCHED__CELL_EMPTY;
    if (!(number >= 0 && number <= 100) || (number > 0 && number < 1))
        return MSCHED__CELL_UNREADABLE;
    double whole = floor(number + 0.5);
    *rounded = whole != number;
    *popularity = (uint32_t)whole;
    return MSCHED__CELL_READ;
}

enum msched__cell msched__cell_popularity(msched__slice text, uint32_t *popularity, int *rounded)
{
    int64_t whole;
    double number;
    int percent;
    if (msched__parse_int(text.data, text.size, &whole) && whole >= 0 && whole <= 100) {
        *popularity = (uint32_t)whole;
        return MSCHED__CELL_READ;
    }
    *popularity = MSCHED__POPULARITY_UNKNOWN;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    if (!msched__cell_number(text, &number, &percent))
        return MSCHED__CELL_UNREADABLE;
    return msched__number_popularity(number, popularity, rounded);
}

enum msched__cell msched__number_duration(double number, uint8_t unit, msched__values *values,
                                          msched__evidence *evidence)
{
    values->duration = 0;
    values->plain_duration = 0;
    if (isnan(number))
        return MSCHED__CELL_EMPTY;
    if (unit == MSCHED__UNIT_MIN)
        number = floor(number * 60000 + 0.5);
    if (!(number > 0 && number <= DAY_MS))
        return MSCHED__CELL_UNREADABLE;
    values->duration = number;
    values->plain_duration = unit != MSCHED__UNIT_MIN;
    evidence->plain_durations += values->plain_duration;
    evidence->below_ten_thousand += values->plain_duration && number < 10000;
    evidence->below_thousand += values->plain_duration && number < 1000;
    return MSCHED__CELL_READ;
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
        int whole = count_digits(part, 0) == part.size;
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

/* The number of "201 s" or "201506 ms", as milliseconds; 0: anything else. */
static double with_unit_ms(msched__slice text)
{
    static const struct {
        const char *name;
        double ms;
    } units[] = {{"ms", 1},         {"msec", 1},    {"s", 1000},       {"sec", 1000},
                 {"seconds", 1000}, {"min", 60000}, {"minutes", 60000}};
    size_t end = text.size;
    double number;
    int percent;
    while (end > 0 && lower(text.data[end - 1]) >= 'a' && lower(text.data[end - 1]) <= 'z')
        end--;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (is_word((msched__slice){text.data + end, text.size - end}, units[i].name) &&
            msched__cell_number((msched__slice){text.data, end}, &number, &percent) && !percent)
            return floor(number * units[i].ms + 0.5);
    return 0;
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
    double ms = memchr(text.data, ':', text.size) != NULL ? clock_ms(text) : with_unit_ms(text);
    if (!(ms > 0 && ms <= DAY_MS))
        return MSCHED__CELL_UNREADABLE;
    values->duration = ms;
    return MSCHED__CELL_READ;
}

/* "C#", "Db", "F♯ minor": the pitch class, or -1. */
static int pitch_of(msched__slice text)
{
    static const int naturals[7] = {9, 11, 0, 2, 4, 5, 7}; /* a .. g */
    char letter = text.size > 0 ? lower(text.data[0]) : 0;
    if (letter < 'a' || letter > 'g')
        return -1;
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
    if (rest.size > 0 && !is_word(rest, "major") && !is_word(rest, "minor") &&
        !is_word(rest, "maj") && !is_word(rest, "min"))
        return -1;
    return (pitch + 12) % 12;
}

static int mode_of(msched__slice text)
{
    if (is_word(text, "major") || is_word(text, "maj") || is_word(text, "dur"))
        return 1;
    return is_word(text, "minor") || is_word(text, "min") || is_word(text, "moll") ? 0 : -1;
}

/* A feature that runs from 0 to 1. */
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
    *value = NAN;
    return MSCHED__CELL_UNREADABLE;
}

enum msched__cell msched__cell_feature(uint32_t feature, msched__slice text, uint8_t unit,
                                       double *value, msched__evidence *evidence)
{
    int percent, named = -1;
    double number;
    text = msched__trim(text);
    *value = NAN;
    if (msched__cell_is_unknown(text))
        return MSCHED__CELL_EMPTY;
    if (feature == MSCHED_FEATURE_KEY)
        named = pitch_of(text);
    else if (feature == MSCHED_FEATURE_MODE)
        named = mode_of(text);
    if (feature == MSCHED_FEATURE_MODE && named < 0 &&
        (is_word(text, "true") || is_word(text, "false")))
        named = is_word(text, "true");
    if (named >= 0) {
        *value = named;
        return MSCHED__CELL_READ;
    }
    size_t unit_at = text.size;
    /* "-5.4 dB", "120 BPM" */
    if (feature == MSCHED_FEATURE_LOUDNESS || feature == MSCHED_FEATURE_TEMPO)
        while (unit_at > 0 && lower(text.data[unit_at - 1]) >= 'a' &&
               lower(text.data[unit_at - 1]) <= 'z')
            unit_at--;
    const msched__slice rest = {text.data + unit_at, text.size - unit_at};
    if (rest.size > 0 && (is_word(rest, "db") || is_word(rest, "bpm")))
        text.size = unit_at;
    if (!msched__cell_number(text, &number, &percent))
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

/* Where `text` begins with `start`, what follows. */
static int follows(msched__slice text, const char *start, msched__slice *rest)
{
    size_t size = strlen(start);
    if (text.size <= size || memcmp(text.data, start, size) != 0)
        return 0;
    *rest = (msched__slice){text.data + size, text.size - size};
    return 1;
}

msched__slice msched__track_id_of(msched__slice text)
{
    static const char *const starts[] = {
        "spotify:track:",    "https://open.spotify.com/", "http://open.spotify.com/",
        "open.spotify.com/", "https://play.spotify.com/", "https://api.spotify.com/v1/"};
    msched__slice rest = msched__trim(text);
    if (rest.size < 14 || !memchr("sho", rest.data[0], 3))
        return text;
    if (follows(rest, starts[0], &rest))
        return rest;
    for (size_t i = 1; i < sizeof starts / sizeof starts[0]; i++) {
        if (!follows(rest, starts[i], &rest))
            continue;
        for (size_t at = 0; at + 6 < rest.size; at++) {
            static const char kinds[2][8] = {"track/", "tracks/"};
            size_t size = memcmp(rest.data + at, kinds[0], 6) == 0                         ? 6
                          : at + 7 < rest.size && memcmp(rest.data + at, kinds[1], 7) == 0 ? 7
                                                                                           : 0;
            if (size == 0)
                continue;
            rest = (msched__slice){rest.data + at + size, rest.size - at - size};
            size_t end = 0;
            while (end < rest.size && strchr("?#/&", rest.data[end]) == NULL)
                end++;
            return end > 0 ? (msched__slice){rest.data, end} : text;
        }
        return text;
    }
    return text;
}
