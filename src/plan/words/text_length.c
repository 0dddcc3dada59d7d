/* Lengths of plan text: "45m", "1h30", "1.5 hours", "half an hour", "1 hour and 30 minutes". */
#include "plan/words/text_length.h"

#include "plan/words/text_scan.h"

#include <string.h>

static const char *const hour_names[] = {"h",       "hr.",   "hrs.",   "hr",  "hrs",
                                         "hour",    "hours", "std.",   "std", "stunde",
                                         "stunden", "heure", "heures", NULL};
static const char *const minute_names[] = {"m",      "min.",    "mins.",   "min", "mins",
                                           "minute", "minutes", "minuten", NULL};
static const char *const second_names[] = {"s", "sec", "secs", "second", "seconds", NULL};
static const char *const abouts[] = {"about", "around", "approx.", "approx", "approximately", "ca.",
                                     "ca",    "circa",  "roughly", "max.",   "max",           NULL};

/* Complete lengths in words. */
static const struct {
    const char *words;
    int32_t minutes;
} phrases[] = {
    {"half an hour", 30},
    {"half an hr", 30},
    {"half-hour", 30},
    {"an hr", 60},
    {"half a hour", 30},
    {"half hour", 30},
    {"a half hour", 30},
    {"one half hour", 30},
    {"an hour", 60},
    {"a hour", 60},
    {"one hour", 60},
    {"an hour and a half", 90},
    {"hour and a half", 90},
    {"one hour and a half", 90},
    {"one and a half hours", 90},
    {"quarter of an hour", 15},
    {"a quarter of an hour", 15},
    {"quarter hour", 15},
    {"a quarter hour", 15},
    {"three quarters of an hour", 45},
    {"three quarter hour", 45},
    {"two and a half hours", 150},
    {"a couple of hours", 120},
    {"couple of hours", 120},
    {"a couple hours", 120},
    {"an hour and half", 90},
    {"hour and half", 90},
    {"an hour & a half", 90},
};

static const struct {
    const char *word;
    int32_t value;
} numbers[] = {{"one", 1},     {"two", 2},     {"three", 3},    {"four", 4},     {"five", 5},
               {"six", 6},     {"seven", 7},   {"eight", 8},    {"nine", 9},     {"ten", 10},
               {"eleven", 11}, {"twelve", 12}, {"fifteen", 15}, {"twenty", 20},  {"thirty", 30},
               {"forty", 40},  {"fifty", 50},  {"sixty", 60},   {"seventy", 70}, {"eighty", 80},
               {"ninety", 90}};

/* Whole and hundredths of a number. */
typedef struct amount {
    int32_t whole, hundredths; /* hundredths -1: no decimals */
    int worded, two_digits;
} amount;

static int take_phrase(msched__slice s, int32_t *seconds)
{
    if (s.size < 5 || !msched__letter_at(s, 0))
        return 0;
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (msched__slice_is(s, phrases[i].words)) {
            *seconds = phrases[i].minutes * 60;
            return 1;
        }
    return 0;
}

/* Hundredths of "1/2", "1/4", "3/4", ".5", ".25" and ".75"; 0: none. Moves past what it reads. */
static int32_t take_fraction(msched__slice s, size_t *at)
{
    static const struct {
        const char *text;
        int32_t hundredths;
    } fractions[] = {{"1/2", 50}, {"1/4", 25}, {"3/4", 75}, {".5", 50}, {".25", 25}, {".75", 75}};
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++) {
        const size_t size = strlen(fractions[i].text);
        if (*at + size <= s.size && memcmp(s.data + *at, fractions[i].text, size) == 0 &&
            !msched__digit_at(s, *at + size)) {
            *at += size;
            return fractions[i].hundredths;
        }
    }
    return 0;
}

/* " 1/2", " ½" (written ".5"), " and a half" after a whole number. */
static void take_half(msched__slice s, size_t *at, amount *a)
{
    size_t p = *at;
    msched__skip_spaces(s, &p);
    const int32_t fraction = p > *at ? take_fraction(s, &p) : 0;
    if (fraction > 0) {
        a->hundredths = fraction;
        *at = p;
        return;
    }
    size_t half = p;
    if (msched__take_word(s, &half, "and")) {
        msched__skip_spaces(s, &half);
        if (msched__take_word(s, &half, "a"))
            msched__skip_spaces(s, &half);
        if (msched__take_word(s, &half, "half")) {
            a->hundredths = 50;
            *at = half;
        }
    }
}

/* The number of a word: 1 to 9 only, with `ones`. 0: none. */
static int32_t take_named(msched__slice s, size_t *at, int ones)
{
    const size_t count = ones ? 9 : sizeof numbers / sizeof numbers[0];
    for (size_t i = 0; msched__letter_at(s, *at) && i < count; i++)
        if (msched__take_word(s, at, numbers[i].word))
            return numbers[i].value;
    return 0;
}

/* "forty", "forty five", "forty-five" */
static int32_t take_worded(msched__slice s, size_t *at)
{
    const int32_t tens = take_named(s, at, 0);
    if (tens < 20 || *at >= s.size || strchr(" -", s.data[*at]) == NULL)
        return tens;
    size_t p = *at + 1;
    const int32_t ones = take_named(s, &p, 1);
    *at = ones > 0 ? p : *at;
    return tens + ones;
}

static int take_amount(msched__slice s, size_t *at, amount *a)
{
    *a = (amount){.hundredths = -1};
    a->whole = take_worded(s, at);
    if (a->whole > 0) {
        a->worded = 1;
        take_half(s, at, a);
        return 1;
    }
    if (*at + 3 < s.size && s.data[*at + 1] == '/' && !msched__digit_at(s, *at + 3) &&
        (memcmp(s.data + *at, "1/2", 3) == 0 || memcmp(s.data + *at, "1/4", 3) == 0 ||
         memcmp(s.data + *at, "3/4", 3) == 0)) {
        a->hundredths = take_fraction(s, at);
        return 1;
    }
    if (*at + 3 < s.size && s.data[*at + 1] == '/' && s.data[*at] >= '3' && s.data[*at] <= '9' &&
        (s.data[*at + 2] == '2' || s.data[*at + 2] == '4') && !msched__digit_at(s, *at + 3)) {
        const int32_t parts = (s.data[*at] - '0') * (s.data[*at + 2] == '2' ? 50 : 25);
        a->whole = parts / 100; /* 5/4 h */
        a->hundredths = parts % 100;
        *at += 3;
        return 1;
    }
    int fraction_only = *at + 1 < s.size && s.data[*at] == '.' && msched__digit_at(s, *at + 1);
    a->whole = fraction_only ? 0 : msched__take_number(s, at, 5);
    if (a->whole < 0)
        return 0;
    if (*at + 1 < s.size && (s.data[*at] == '.' || s.data[*at] == ',') &&
        msched__digit_at(s, *at + 1)) {
        size_t start = ++*at;
        a->hundredths = msched__take_number(s, at, 2);
        if (a->hundredths < 0)
            return 0;
        a->two_digits = *at - start == 2;
        a->hundredths *= a->two_digits ? 1 : 10;
        return 1;
    }
    take_half(s, at, a);
    return 1;
}

/*
 * After the hours: "30", "30m", " 30 min", " and 30 minutes", ":30m". *minutes -1: too many. 0: it
 * is not a length.
 */
static int take_more_minutes(msched__slice s, size_t *at, int32_t *minutes)
{
    size_t p = *at;
    msched__skip_spaces(s, &p);
    int joined = 0;
    if (p + 1 == s.size && s.data[p] == '+') /* "1h+" */
        return 1;
    if (msched__take_word(s, &p, "and") || (p < s.size && (s.data[p] == ',' || s.data[p] == '&' ||
                                                           s.data[p] == '+' || s.data[p] == ':'))) {
        p += p < s.size &&
             (s.data[p] == ',' || s.data[p] == '&' || s.data[p] == '+' || s.data[p] == ':');
        joined = 1;
    }
    msched__skip_spaces(s, &p);
    size_t half = p;
    if (joined && msched__take_word(s, &half, "a"))
        msched__skip_spaces(s, &half);
    if (joined && msched__take_word(s, &half, "half")) {
        *minutes = 30;
        *at = half;
        return 1;
    }
    if (!msched__digit_at(s, p))
        return !joined;
    int close = p == *at;
    int32_t value = msched__take_number(s, &p, 3);
    size_t unit = p;
    msched__skip_spaces(s, &unit);
    int has_unit = msched__take_any(s, &unit, minute_names);
    if (!has_unit && close && p < s.size && s.data[p] == '\'') { /* 1h30' */
        has_unit = 1;
        unit = p + 1;
    }
    if (value < 0 || (!has_unit && !close && (joined || p != s.size || value > 99)) ||
        (!has_unit && msched__letter_at(s, p)))
        return 0;
    *minutes = value > 59 ? -1 : value;
    *at = has_unit ? unit : p;
    return 1;
}

/*
 * "1h½" (written "1h.5"), and "1 h 1/2", which may be a number of something else: minutes after the
 * hours; 0: none.
 */
static int32_t take_part_of_hour(msched__slice s, size_t *at, uint32_t *doubt)
{
    size_t p = *at;
    msched__skip_spaces(s, &p);
    const int is_slash = p < s.size && s.data[p] != '.';
    const int32_t minutes = take_fraction(s, &p) * 60 / 100;
    if (minutes == 0 || (is_slash && minutes != 30))
        return 0;
    *doubt |= is_slash ? MSCHED__MULTIPLE : 0;
    *at = p;
    return minutes;
}

/*
 * "h" is followed by digits in "1h30", so it is not a separate word. *adjective: "hour" after a
 * number other than 1.
 */
static int take_hours_unit(msched__slice s, size_t *at, int *singular)
{
    size_t start = *at;
    if (msched__take_any(s, at, hour_names)) {
        *singular = *at - start == 4 && (s.data[start + 3] == 'r' || s.data[start + 3] == 'R');
        return 1;
    }
    if (*at < s.size && (s.data[*at] == 'h' || s.data[*at] == 'H') &&
        msched__digit_at(s, *at + 1)) {
        (*at)++;
        return 1;
    }
    return 0;
}

/* "1:30h", "0:45 hours". */
static int take_clock_length(msched__slice s, size_t *at, int32_t *seconds)
{
    size_t p = *at;
    int singular = 0;
    int32_t hours = msched__take_number(s, &p, 2);
    if (hours < 0 || p >= s.size || s.data[p] != ':')
        return 0;
    size_t start = ++p;
    int32_t minutes = msched__take_number(s, &p, 2);
    if (minutes < 0 || p - start != 2 || minutes > 59)
        return 0;
    msched__skip_spaces(s, &p);
    if (!take_hours_unit(s, &p, &singular))
        return 0;
    *seconds = hours * 3600 + minutes * 60;
    *at = p;
    return 1;
}

/* A number with its unit, and the minutes that follow hours. */
static int take_length(msched__slice s, size_t *at, int in_seconds, int32_t *seconds,
                       uint32_t *doubt)
{
    if (take_clock_length(s, at, seconds))
        return 1;
    amount a;
    size_t p = *at;
    int32_t minutes = 0;
    int singular = 0;
    if (!take_amount(s, &p, &a))
        return 0;
    size_t number_end = p;
    int hyphen = p < s.size && s.data[p] == '-' && msched__letter_at(s, p + 1);
    p += (size_t)hyphen;
    msched__skip_spaces(s, &p);
    size_t unit = p;
    int32_t part = a.hundredths > 0 ? a.hundredths : 0;
    if (take_hours_unit(s, &p, &singular)) {
        const int is_whole = a.hundredths < 0 && !hyphen;
        minutes = is_whole ? take_part_of_hour(s, &p, doubt) : 0;
        if (is_whole && minutes == 0 && !take_more_minutes(s, &p, &minutes))
            return 0;
        *seconds = minutes < 0 ? 0 : a.whole * 3600 + part * 36 + minutes * 60;
        if (minutes > 0 && minutes < 10 && s.data[p - 2] == ' ' && msched__digit_at(s, p - 1))
            *doubt |= MSCHED__UNITLESS;                    /* "1 h 5" */
        if (a.two_digits && part < 60 && part % 25 != 0) { /* 1.30h is not 78 minutes */
            *seconds = a.whole * 3600 + part * 60;
            *doubt |= MSCHED__MULTIPLE;
        }
    } else if (msched__take_any(s, &p, minute_names)) {
        if (p - unit == 1 && unit > number_end)
            return 0; /* "50 m" is a distance */
        singular = p - unit == 6 && s.data[p - 1] != 's';
        *seconds = a.whole * 60 + part * 60 / 100;
    } else if (a.hundredths < 0 && !a.worded && p < s.size &&
               (s.data[p] == '\'' || s.data[p] == '`') && unit == number_end) {
        p++;
        *seconds = a.whole * 60;
    } else if (a.hundredths < 0 && in_seconds &&
               (msched__take_any(s, &p, second_names) || a.whole == 0)) {
        *seconds = a.whole;
    } else {
        return 0;
    }
    if (hyphen || (singular && minutes == 0 && (a.whole != 1 || a.hundredths > 0)))
        *doubt |= MSCHED__ADJECTIVE;
    else if (unit == number_end && !a.worded)
        *doubt |= MSCHED__COMPACT;
    *at = p;
    return 1;
}

/* "30-45 min", "1-2h": the first number has its own unit or that of the second. */
static int take_length_range(msched__slice s, size_t *at, int32_t *seconds, uint32_t *doubt)
{
    size_t p = *at;
    int32_t first = 0, low = msched__take_number(s, &p, 3);
    uint32_t ignored = 0;
    if (low < 0) {
        return 0;
    }
    if (p < s.size && msched__letter_at(s, p)) {
        p = *at;
        if (!take_length(s, &p, 0, &first, &ignored))
            return 0;
    }
    msched__skip_spaces(s, &p);
    if (p < s.size && s.data[p] == '-')
        p++;
    else if (!msched__take_word(s, &p, "to") && !msched__take_word(s, &p, "or"))
        return 0;
    msched__skip_spaces(s, &p);
    size_t start = p;
    int32_t high = msched__take_number(s, &p, 3);
    p = start;
    if (high <= low && first == 0)
        return 0;
    if (!take_length(s, &p, 0, seconds, doubt) || *seconds <= first)
        return 0;
    *doubt = (*doubt & ~(uint32_t)MSCHED__COMPACT) | MSCHED__LENGTH_RANGE;
    *at = p;
    return 1;
}

/* "2 x 45m". */
static int take_multiple(msched__slice s, size_t *at, int32_t *seconds, uint32_t *doubt)
{
    size_t p = *at;
    int32_t times = msched__take_number(s, &p, 2);
    msched__skip_spaces(s, &p);
    size_t mark = p;
    if (p < s.size && (s.data[p] | 32) == 'x')
        p++;
    else if (p + 1 < s.size && memcmp(s.data + p, "\xC3\x97", 2) == 0)
        p += 2;
    msched__skip_spaces(s, &p);
    if (times < 2 || times > 20 || p == mark || !take_length(s, &p, 0, seconds, doubt) ||
        *seconds > 86400)
        return 0;
    *seconds *= times;
    *doubt = (*doubt & ~(uint32_t)MSCHED__ADJECTIVE) | MSCHED__MULTIPLE;
    *at = p;
    return 1;
}

/* " x2", " 2x", " twice" after a length, to the end. *times: 1 if there is none. */
static void take_times(msched__slice s, size_t *at, int32_t *times)
{
    size_t p = *at;
    msched__skip_spaces(s, &p);
    int32_t count = 2;
    *times = 1;
    if (p == 0 || p == s.size || s.data[p - 1] != ' ')
        return;
    if (!msched__take_word(s, &p, "twice")) {
        const int is_first = p < s.size && (s.data[p] | 32) == 'x';
        p += (size_t)is_first;
        if (is_first)
            msched__skip_spaces(s, &p);
        count = msched__take_number(s, &p, 2);
        if (count < 2 || count > 20 || (!is_first && !msched__take_word(s, &p, "x")))
            return;
    }
    if (p != s.size)
        return;
    *times = count;
    *at = p;
}

/* "45 min long", "45 min max". */
static const char *const afters[] = {"long", "lang", "max.", "max", "tops", NULL};

int msched__scan_length(msched__slice s, int in_seconds, int32_t *seconds, uint32_t *doubt)
{
    size_t p = 0;
    *doubt = 0;
    if (msched__take_word(s, &p, "for")) {
        *doubt |= MSCHED__FOR;
        msched__skip_spaces(s, &p);
    }
    int bracket = p < s.size && s.data[p] == '[';
    p += (size_t)bracket;
    msched__skip_spaces(s, &p);
    size_t about = p;
    if (msched__take_any(s, &p, abouts) || (p < s.size && strchr("~<>", s.data[p]) != NULL))
        p += p < s.size && strchr("~<>", s.data[p]) != NULL;
    if (p > about)
        msched__skip_spaces(s, &p);
    msched__slice rest = {s.data + p,
                          s.size - p - (bracket && s.size > p && s.data[s.size - 1] == ']')};
    if (bracket && rest.size + p == s.size)
        return 0;
    size_t at = 0;
    if (take_phrase(rest, seconds))
        return 1;
    if (!take_length_range(rest, &at, seconds, doubt) &&
        !take_multiple(rest, &at, seconds, doubt) &&
        !take_length(rest, &at, in_seconds, seconds, doubt))
        return 0;
    at += at < rest.size && rest.data[at] == '+' && at + 1 == rest.size; /* "1h+" */
    msched__skip_spaces(rest, &at);
    if (msched__take_any(rest, &at, afters))
        *doubt &= ~(uint32_t)MSCHED__ADJECTIVE;
    int32_t times;
    take_times(rest, &at, &times);
    if (times > 1 &&
        ((*doubt & (MSCHED__LENGTH_RANGE | MSCHED__MULTIPLE)) != 0 || *seconds > 86400))
        return 0;
    *seconds *= times;
    *doubt |= times > 1 ? MSCHED__MULTIPLE : 0;
    *doubt &= times > 1 ? ~(uint32_t)(MSCHED__ADJECTIVE | MSCHED__COMPACT) : UINT32_MAX;
    msched__skip_spaces(rest, &at);
    return at == rest.size;
}

int msched__scan_duration(msched__slice s, int in_seconds, int32_t *seconds)
{
    uint32_t doubt;
    return msched__scan_length(s, in_seconds, seconds, &doubt) &&
           (doubt & (MSCHED__LENGTH_RANGE | MSCHED__MULTIPLE | MSCHED__UNITLESS)) == 0;
}
