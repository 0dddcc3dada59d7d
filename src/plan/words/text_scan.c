/* The basic elements of plan text, and a time of day. */
#include "plan/words/text_scan.h"

#include "base/fold.h"

#include <musicsched/plan.h>

#include <string.h>

#define LIST_WORD_MAX 40 /* bytes of a word in a list */

int msched__attr_bad(msched__attr *attr, const char *code)
{
    attr->kind = MSCHED__ATTR_BAD;
    attr->code = code;
    return 1;
}

void msched__attr_clear(msched__attr *attr, msched__slice s)
{
    attr->kind = MSCHED__ATTR_BAD;
    attr->doubt = 0;
    attr->a = attr->b = 0;
    attr->name = (msched__slice){s.data, 0};
    attr->code = NULL;
    attr->message[0] = attr->repair[0] = '\0';
}

int msched__attr_set(msched__attr *attr, enum msched__attr_kind kind, int32_t value)
{
    attr->kind = kind;
    attr->a = attr->b = value;
    return 1;
}

int msched__attr_shown(size_t size)
{
    return (int)(size > 40 ? 40 : size);
}

int msched__digit_at(msched__slice s, size_t at)
{
    return at < s.size && s.data[at] >= '0' && s.data[at] <= '9';
}

int msched__letter_at(msched__slice s, size_t at)
{
    return at < s.size && ((msched__lower(s.data[at]) >= 'a' && msched__lower(s.data[at]) <= 'z') ||
                           (unsigned char)s.data[at] >= 0x80);
}

void msched__skip_spaces(msched__slice s, size_t *at)
{
    while (*at < s.size && (s.data[*at] == ' ' || s.data[*at] == '\t'))
        (*at)++;
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

msched__slice msched__slice_trim(msched__slice s)
{
    while (s.size > 0 && is_blank(s.data[0]))
        s = (msched__slice){s.data + 1, s.size - 1};
    while (s.size > 0 && is_blank(s.data[s.size - 1]))
        s.size--;
    return s;
}

int msched__slice_is(msched__slice s, const char *word)
{
    size_t i = 0;
    for (; i < s.size && word[i] != '\0'; i++)
        if (msched__lower(s.data[i]) != word[i])
            return 0;
    return i == s.size && word[i] == '\0';
}

int msched__word_among(msched__slice word, const char *list)
{
    char key[3 * LIST_WORD_MAX + 3] = " ";
    while (word.size > 0 && strchr(":,;.-!?)", word.data[word.size - 1]) != NULL)
        word.size--;
    if (word.size == 0 || word.size > LIST_WORD_MAX)
        return 0;
    size_t size = msched__fold_search(key + 1, word.data, word.size);
    key[size + 1] = ' ';
    key[size + 2] = '\0';
    return strstr(list, key) != NULL;
}

int msched__take_word(msched__slice s, size_t *at, const char *word)
{
    size_t i = 0;
    while (word[i] != '\0' && *at + i < s.size && msched__lower(s.data[*at + i]) == word[i])
        i++;
    if (word[i] != '\0' || msched__letter_at(s, *at + i) || msched__digit_at(s, *at + i))
        return 0;
    *at += i;
    return 1;
}

int msched__take_any(msched__slice s, size_t *at, const char *const *words)
{
    const char first = *at < s.size ? msched__lower(s.data[*at]) : '\0';
    for (; *words != NULL; words++)
        if (**words == first && msched__take_word(s, at, *words))
            return 1;
    return 0;
}

int32_t msched__take_number(msched__slice s, size_t *at, size_t max)
{
    int32_t value = 0;
    size_t start = *at;
    while (msched__digit_at(s, *at) && *at - start <= max)
        value = value * 10 + (s.data[(*at)++] - '0');
    return *at == start || *at - start > max ? -1 : value;
}

/* "am", "pm", "a.m.", "p.m.", and directly after the number also "a" and "p". */
static char take_half(msched__slice s, size_t *at)
{
    static const char *const am[] = {"a.m.", "a.m", "am", NULL}, *const pm[] = {"p.m.", "p.m", "pm",
                                                                                NULL};
    size_t p = *at;
    if (msched__take_word(s, &p, "a") && (p == s.size || s.data[p] != '.')) {
        *at = p;
        return 'a';
    }
    p = *at;
    if (msched__take_word(s, &p, "p") && (p == s.size || s.data[p] != '.')) {
        *at = p;
        return 'p';
    }
    msched__skip_spaces(s, &p);
    char half = msched__take_any(s, &p, pm) ? 'p' : msched__take_any(s, &p, am) ? 'a' : '\0';
    if (half != '\0')
        *at = p;
    return half;
}

/*
 * ":30", ":30:15", ".30" or "h30" after the hour, or the minutes of "0930". 0 if none follow, -1
 * when it is not a time.
 */
static int take_minutes(msched__slice s, size_t *at, size_t hour_digits, msched__clock *clock,
                        int32_t *minute, int32_t *second)
{
    size_t p = *at;
    char mark = p < s.size ? msched__lower(s.data[p]) : '\0';
    if (hour_digits == 4)
        return 1;
    if (mark == 'h' && !msched__letter_at(s, p + 1)) {
        clock->lettered = 1;
        *at = ++p;
        if (!msched__digit_at(s, p))
            return 0;
    } else if (mark == ':' || mark == '.') {
        clock->doubt |= mark == '.' ? MSCHED__DOTTED : 0;
        p++;
    } else {
        return 0;
    }
    if (mark == ':' && p + 2 < s.size && s.data[p] == ' ' && msched__digit_at(s, p + 1) &&
        msched__digit_at(s, p + 2))
        p++; /* "1: 30 pm" */
    if (!msched__digit_at(s, p) || !msched__digit_at(s, p + 1) || msched__digit_at(s, p + 2))
        return mark == 'h' ? -1 : 0;
    *minute = msched__take_number(s, &p, 2);
    if (mark == ':' && p < s.size && s.data[p] == ':' && msched__digit_at(s, p + 1) &&
        msched__digit_at(s, p + 2)) {
        p++;
        *second = msched__take_number(s, &p, 2);
    }
    *at = p;
    return 1;
}

static enum msched__time_form end_time(msched__clock *clock, int32_t hour, int32_t minute,
                                       int32_t second)
{
    if (minute > 59 || second > 59 || (clock->half != 0 && (hour < 1 || hour > 12)))
        return clock->doubt != 0 || clock->lettered ? MSCHED__TIME_NONE : MSCHED__TIME_BAD;
    if (clock->half != 0)
        hour = hour % 12 + (clock->half == 'p' ? 12 : 0);
    clock->seconds = hour * 3600 + minute * 60 + second;
    if (clock->seconds <= MSCHED_DAY_END_S)
        return MSCHED__TIME_OK;
    return clock->doubt != 0 || clock->lettered ? MSCHED__TIME_NONE : MSCHED__TIME_BAD;
}

/* 0 if what follows makes it something other than a time: another number, a price, a percentage. */
static int ends_time(msched__slice s, size_t at)
{
    if (msched__letter_at(s, at) || msched__digit_at(s, at))
        return 0;
    if (at < s.size && (s.data[at] == '.' || s.data[at] == ':' || s.data[at] == ','))
        return 0;
    return at >= s.size || (s.data[at] != '%' && s.data[at] != '$');
}

/* "(second)" after a time: its second occurrence in a repeated hour. */
static int take_second(msched__slice s, size_t *at)
{
    static const char mark[] = "(second)";
    const size_t size = sizeof mark - 1;
    size_t p = *at;
    msched__skip_spaces(s, &p);
    if (p == *at || p + size > s.size || !msched__slice_is((msched__slice){s.data + p, size}, mark))
        return 0;
    *at = p + size;
    return 1;
}

/* An hour of 1 to 12 in digits or as a word; -1: none. */
static int32_t take_hour_of_12(msched__slice s, size_t *at)
{
    static const char *const names[] = {"one",   "two",   "three", "four", "five",   "six",
                                        "seven", "eight", "nine",  "ten",  "eleven", "twelve"};
    for (int32_t i = 0; i < 12; i++)
        if (msched__take_word(s, at, names[i]))
            return i + 1;
    size_t p = *at;
    int32_t hour = msched__take_number(s, &p, 2);
    size_t half = p;
    if (hour < 1 || hour > 12 || (msched__letter_at(s, p) && take_half(s, &half) == 0) ||
        (p < s.size && s.data[p] == ':'))
        return -1;
    *at = p;
    return hour;
}

/* "ten past", "20 minutes to": the minutes from the hour that follows; 0: none. */
static int32_t take_minutes_beside(msched__slice s, size_t *at)
{
    static const struct {
        const char *word;
        int32_t minutes;
    } names[] = {{"twenty-five", 25}, {"twenty five", 25}, {"twenty", 20},  {"ten", 10},
                 {"five", 5},         {"a quarter", 15},   {"quarter", 15}, {"half", 30}};
    static const char *const units[] = {"minutes", "mins", "min", NULL};
    size_t p = *at, i = 0, count = sizeof names / sizeof names[0];
    while (i < count && !msched__take_word(s, &p, names[i].word))
        i++;
    int32_t minutes = i < count ? names[i].minutes : msched__take_number(s, &p, 2);
    if (minutes < 5 || minutes > 30 || minutes % 5 != 0)
        return 0;
    msched__skip_spaces(s, &p);
    int unit = minutes % 15 != 0 && msched__take_any(s, &p, units);
    msched__skip_spaces(s, &p);
    int past = msched__take_word(s, &p, "past") ||
               ((unit || i < count) && msched__take_word(s, &p, "after"));
    int before = !past && minutes < 30 && (unit || i < count) && msched__take_word(s, &p, "to");
    if (!past && !before)
        return 0; /* "10 to 4" is a range */
    *at = p;
    return past ? minutes : -minutes;
}

/* British "half 12" is half past 12. */
static int take_british_half(msched__slice s, size_t *at)
{
    size_t p = *at;
    if (!msched__take_word(s, &p, "half") || p >= s.size || s.data[p] != ' ')
        return 0;
    *at = p;
    return 1;
}

/* "half past 4", "quarter to five": an hour that may be in the morning or the evening. */
static int take_spoken(msched__slice s, size_t *at, msched__clock *clock)
{
    size_t p = *at;
    int32_t minutes = take_minutes_beside(s, &p);
    int british = minutes == 0 && take_british_half(s, &p);
    if (minutes == 0 && !british)
        return 0;
    msched__skip_spaces(s, &p);
    int32_t hour = take_hour_of_12(s, &p);
    if (hour < 0)
        return 0;
    *at = p;
    clock->seconds = hour % 12 * 3600 + (british ? 30 : minutes) * 60;
    clock->seconds += clock->seconds <= 0 ? 43200 : 0;
    clock->half = take_half(s, at);
    clock->spoken = 1;
    clock->doubt = british ? MSCHED__HALF : 0;
    if (clock->half == 'p' && clock->seconds < 43200)
        clock->seconds += 43200;
    clock->form = clock->half != 0 ? MSCHED__TIME_OK : MSCHED__TIME_BARE;
    return 1;
}

enum msched__time_form msched__scan_time(msched__slice s, size_t *at, msched__clock *clock)
{
    static const char *const noons[] = {"noon", "midday", NULL}, *const clocks[] = {"uhr", NULL},
                             *const oclocks[] = {"o'clock", "oclock", NULL};
    *clock = (msched__clock){.form = MSCHED__TIME_NONE};
    if (take_spoken(s, at, clock))
        return clock->form;
    size_t p = *at;
    int noon = msched__take_any(s, &p, noons);
    if (noon || msched__take_word(s, &p, "midnight")) {
        *at = p;
        clock->seconds = noon ? 12 * 3600 : 24 * 3600;
        clock->sure = 1;
        return clock->form = MSCHED__TIME_OK;
    }
    size_t start = p;
    int32_t hour = msched__take_number(s, &p, 4), minute = 0, second = 0;
    size_t digits = p - start;
    if (hour < 0 || digits == 3)
        return MSCHED__TIME_NONE;
    clock->sure = s.data[start] == '0' || hour > 12;
    if (digits == 4) {
        clock->doubt = MSCHED__PACKED;
        clock->sure = 1;
        minute = hour % 100;
        hour /= 100;
    }
    int has_minutes = take_minutes(s, &p, digits, clock, &minute, &second);
    if (has_minutes < 0)
        return MSCHED__TIME_NONE;
    clock->half = clock->lettered ? 0 : take_half(s, &p);
    size_t word = p;
    msched__skip_spaces(s, &word);
    int uhr = clock->half == 0 && !clock->lettered && msched__take_any(s, &word, clocks);
    clock->spoken = clock->half == 0 && !uhr && !has_minutes && msched__take_any(s, &word, oclocks);
    if (uhr || clock->spoken)
        p = word;
    if (!ends_time(s, p))
        return MSCHED__TIME_NONE;
    *at = p;
    clock->sure |= uhr || clock->lettered;
    clock->form = end_time(clock, hour, minute, second);
    if (!has_minutes && clock->half == 0 && !uhr && !clock->lettered) {
        clock->seconds = hour * 3600;
        clock->form = MSCHED__TIME_BARE;
    }
    if (clock->form == MSCHED__TIME_OK && take_second(s, at))
        clock->seconds |= MSCHED_TIME_SECOND;
    return clock->form;
}
