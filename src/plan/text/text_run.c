/* Runs of attributes at the start and at the end of a line. */
#include "base/alloc.h"
#include "base/utf8.h"
#include "plan/text/plan_text.h"
#include "plan/text/text_happened.h"
#include "plan/text/text_negation.h"
#include "plan/text/text_rule.h"
#include "plan/words/text_attr.h"
#include "plan/words/text_beside.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_meal_words.h"
#include "plan/words/text_spread.h"
#include "plan/words/text_time.h"

#include <stdio.h>
#include <string.h>

/* Hours with spaces around the dash, and no score or count: up to 10 hours, or to after 12:00. */
static int are_hours(const msched__attr *attr)
{
    enum { HALF_DAY = 12 * 3600 };
    if (attr->b > HALF_DAY)
        return attr->b > attr->a;
    int32_t length = (attr->b - attr->a + 2 * HALF_DAY) % HALF_DAY;
    return length > 0 && length <= 10 * 3600;
}

/*
 * "Swim 400m" is a distance, and so is more than twelve hours in minutes. In a line about sports
 * the minutes are of at least 200.
 */
static int is_distance(const msched__text_reader *in, uint32_t at, const msched__attr *attr)
{
    static const char sports[] = " swim run row jog sprint dash walk track erg ski race freestyle "
                                 "laps sled bike cycle lauf laufen swam ran schwimmen ";
    msched__slice word = in->words[at];
    if (word.size < 4 || (word.data[word.size - 1] | 32) != 'm' ||
        !msched__digit_at(word, word.size - 2) || attr->a < 200 * 60 || attr->a % 3000 != 0 ||
        memchr(word.data, 'h', word.size) != NULL)
        return 0;
    if (attr->a > 12 * 3600)
        return 1;
    for (uint32_t i = 0; i < in->word_count; i++)
        if (msched__word_among(in->words[i], sports))
            return 1;
    return 0;
}

/* "18h", which is a time in "after 18h 15 min" */
static int is_clock(msched__slice word)
{
    msched__clock clock;
    size_t at = 0;
    return msched__scan_time(word, &at, &clock) == MSCHED__TIME_OK && at == word.size &&
           clock.seconds >= 7 * 3600;
}

/* "before 9h, 30 min" has a time and a length; "call in 20 min" is then, "check in 10m" is not */
static int is_bound(const msched__text_reader *in, uint32_t first)
{
    static const char *const markers[] = {"before", "after", "by",  "until", "till", "at",
                                          "from",   "since", "and", "to",    "-",    NULL},
                             *const verbs[] = {"check", "checking", "sign",   "fill",
                                               "move",  "log",      "hand",   "tune",
                                               "turn",  "lie",      "settle", "sleep",
                                               "clock", "dial",     "put",    NULL},
                             *const ins[] = {"in", "within", "dans", NULL};
    const msched__slice word = in->words[first], before = in->words[first - 1];
    size_t at = 0;
    if (msched__take_any(before, &at, markers) && at == before.size &&
        (word.data[word.size - 1] == ',' || (at > 2 && is_clock(word))))
        return 1;
    at = 0;
    if (!msched__take_any(before, &at, ins) || at < before.size)
        return 0;
    at = 0;
    return first == 1 || !msched__take_any(in->words[first - 2], &at, verbs);
}

/* "Flight 5:40": a time before 6:00, which is a pace or a score beside other words. */
static int is_early_line(const msched__text_reader *in)
{
    for (uint32_t i = 0; i < in->word_count && i < 12; i++)
        if (msched__is_early(in->words[i]))
            return 1;
    return 0;
}

/* May the attribute follow the word before it? */
static int fits_before(const msched__text_reader *in, uint32_t first, const msched__attr *attr)
{
    static const char *const bound[] = {"for",  "about", "of",   "the",  "until", "till",
                                        "from", "and",   "than", "read", "after", "but"};
    static const char *const of_week[] = {"plan",    "planning", "prepare", "prep",    "preview",
                                          "discuss", "schedule", "review",  "organize"};
    static const char *const of_weekend[] = {"long",   "plan",     "book",    "ski",  "spa",
                                             "family", "festival", "wedding", "city", "whole",
                                             "a",      "every",    "each",    "my",   "our"};
    int alone = (attr->doubt & MSCHED__MARKED) == 0;
    if (alone && (attr->doubt & MSCHED__SPACED) != 0 && (attr->doubt & MSCHED__BARE) != 0 &&
        !are_hours(attr))
        return 0;
    if (attr->kind == MSCHED__ATTR_AT && alone && attr->doubt == 0 && attr->a < 6 * 3600)
        return in->words[first].data[0] == '0' || is_early_line(in) ||
               msched__letter_at(in->words[first], in->words[first].size - 1);
    if (attr->kind == MSCHED__ATTR_DURATION && is_distance(in, first, attr))
        return 0;
    if (first == 0)
        return 1;
    msched__slice before = in->words[first - 1];
    if (attr->kind == MSCHED__ATTR_RELEASE_AT && msched__slice_is(before, "day") &&
        msched__slice_is(in->words[first], "after"))
        return 0; /* "day after tomorrow" */
    if (attr->kind == MSCHED__ATTR_DURATION && is_bound(in, first))
        return 0;
    if (attr->kind == MSCHED__ATTR_PRIORITY && (in->words[first].data[0] | 0x20) == 'p' &&
        (msched__slice_is(before, "before") || msched__slice_is(before, "after")))
        return 0; /* "before P3", the third period */
    if (attr->kind == MSCHED__ATTR_DATE ||
        (attr->kind == MSCHED__ATTR_ON && (attr->doubt & MSCHED__BARE) != 0))
        for (size_t i = 0; i < sizeof bound / sizeof bound[0]; i++)
            if (msched__slice_is(before, bound[i]))
                return 0;
    if (attr->kind == MSCHED__ATTR_DATE && attr->a == MSCHED__NEXT_WEEK)
        for (size_t i = 0; i < sizeof of_week / sizeof of_week[0]; i++)
            if (msched__slice_is(before, of_week[i]))
                return 0; /* done today, for that week */
    for (size_t i = 0; i < sizeof of_weekend / sizeof of_weekend[0]; i++)
        if (msched__slice_is(in->words[first], "weekend") &&
            msched__slice_is(before, of_weekend[i]))
            return 0;
    if (attr->kind == MSCHED__ATTR_ON &&
        (msched__is_sun_or_sat(in->words[first], before) ||
         (msched__slice_is(in->words[first], "am") && msched__digit_at(before, before.size - 1))))
        return 0; /* "at 10 am 25.11." */
    if (attr->kind != MSCHED__ATTR_ON && alone &&
        (attr->doubt & (MSCHED__BARE | MSCHED__DOTTED | MSCHED__PACKED)) != 0)
        return !msched__counts_things(before) || msched__is_company(in->words, first) ||
               (first + 1 < in->word_count && /* "2nd round 13.15 Uhr" */
                msched__word_among(in->words[first + 1], " uhr uur am pm hrs "));
    return 1;
}

/* Names that begin like a weekday: "Sun cream", "Sat nav", "Mon chéri". */
static int is_named_so(msched__slice word, msched__slice next)
{
    static const struct {
        const char *word, *next;
    } names[] = {{"sun",
                  " cream screen block lotion hat hats tan salutation salutations bed glasses "
                  "bath spray oil shade protection "},
                 {"sat", " nav phone prep practice dish exam test "},
                 {"mon", " cheri amour ami amie "},
                 {"sunday", " school papers times roast "},
                 {"mardi", " gras "}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (msched__slice_is(word, names[i].word))
            return msched__word_among(next, names[i].next);
    return 0;
}

/* "Midnight snack" is a title, "midnight: snack" is not; "noon lunch" gets a warning. */
static int fits_after(const msched__text_reader *in, uint32_t first, uint32_t n, msched__attr *attr)
{
    msched__slice word = in->words[first];
    if (attr->kind == MSCHED__ATTR_DURATION && is_distance(in, first, attr))
        return 0;
    if (n == 1 && attr->kind == MSCHED__ATTR_ON && (attr->doubt & MSCHED__BARE) != 0 &&
        first + 1 < in->word_count && is_named_so(word, in->words[first + 1]))
        return 0;
    if (n > 1 || attr->kind != MSCHED__ATTR_AT || !msched__letter_at(word, 0) ||
        !msched__letter_at(word, word.size - 1))
        return 1;
    if (first + 1 < in->word_count && msched__is_separator(in->words[first + 1]))
        return 1;
    attr->doubt |= MSCHED__SHOW;
    return msched__plain_time(attr->a) < 86400;
}

/* "3x 1h", "1h x3", "1h twice" */
static int has_count(msched__slice s)
{
    size_t at = 0, last = s.size;
    if (msched__take_number(s, &at, 2) > 0 && msched__take_word(s, &at, "x") && at < s.size)
        return 1;
    while (last > 0 && s.data[last - 1] != ' ')
        last--;
    const msched__slice word = {s.data + last, s.size - last};
    at = 0;
    return last > 0 && word.size > 0 &&
           (msched__slice_is(word, "twice") || (word.data[0] | 32) == 'x' ||
            (msched__take_number(word, &at, 2) > 0 && msched__take_word(word, &at, "x")));
}

/* A time, a number or a part of the day follows. */
static int leads_time(msched__slice s, size_t at)
{
    while (at < s.size && strchr(" ,:", s.data[at]) != NULL)
        at++;
    return at < s.size && (msched__digit_at(s, at) || s.data[at] == '@' ||
                           msched__word_ahead(s, at, "at") || msched__word_ahead(s, at, "from"));
}

/* "every other day" before a time: irrelevant in a plan of one day. */
static int match_every(msched__slice s, msched__attr *attr)
{
    if (memchr(s.data, ' ', s.size) == NULL || !msched__is_repeat(s))
        return 0;
    msched__attr_clear(attr, s);
    attr->name = s;
    return msched__attr_set(attr, MSCHED__ATTR_DATE, -1);
}

/*
 * "Wed Dentist 3pm": a title with a time after a weekday. The short names that are other words, as
 * in "sat in traffic" and "mon cours 18h", need their capital, and Mon a time that is not French.
 */
static int has_time_after(msched__slice s, size_t start, size_t at)
{
    const int is_short = at - start == 3;
    if (is_short && strchr("sm", s.data[start]) != NULL)
        return 0;
    for (; at + 1 < s.size; at++) {
        const size_t hour = at + 1, digits = msched__short_number(s, hour);
        const int is_french = msched__word_ahead(s, hour, "\303\240") ||
                              msched__lower(msched__byte_at(s, hour + digits)) == 'h';
        if (s.data[at] == ' ' && !(is_short && s.data[start] == 'M' && is_french) &&
            msched__time_follows(s, at))
            return 1;
    }
    return 0;
}

/*
 * A date in a plan of one day. A weekday at the start may belong to the title ("Sunday roast"),
 * but not before a time or a colon.
 */
static int match_day(const msched__text_reader *in, msched__slice s, enum msched__attr_place place,
                     msched__attr *attr)
{
    const size_t start = (size_t)(s.data - in->plain.data), last = start + s.size;
    size_t end = last;
    if (in->days > 0)
        return 0;
    if (!msched__match_day(s, place, attr))
        return place == MSCHED__PLACE_LEAD && leads_time(in->plain, end) && match_every(s, attr);
    msched__date_list list;
    int is_before = end < in->plain.size && in->plain.data[end] == ':';
    while (end < in->plain.size && strchr(" ,:", in->plain.data[end]) != NULL)
        end++;
    msched__clock clock;
    is_before |= msched__scan_time(in->plain, &end, &clock) == MSCHED__TIME_OK &&
                 !msched__letter_at(in->plain, end);
    if (attr->kind != MSCHED__ATTR_ON || (attr->doubt & MSCHED__BARE) == 0)
        return 1;
    if (!msched__scan_date_list(attr->name, &list))
        return place == MSCHED__PLACE_LEAD && is_before;
    if (place == MSCHED__PLACE_TRAIL && msched__is_beside_time(in->plain, start, last))
        return 1;                                                   /* "Dentist Wed 3pm" */
    const int several = (list.weekdays & (list.weekdays - 1)) != 0; /* no title has two */
    if (place == MSCHED__PLACE_LEAD && list.date_count == 0 && list.relative == 0 &&
        has_time_after(in->plain, start, last))
        return 1;
    return (place == MSCHED__PLACE_LEAD && (is_before || several)) || list.relative != 0;
}

/* "3/4/2026" where the date matters */
static int two_dates(msched__slice s, msched__attr *attr)
{
    snprintf(attr->message, sizeof attr->message, "\"%.*s\" may be two dates",
             msched__attr_shown(s.size), s.data);
    snprintf(attr->repair, sizeof attr->repair,
             "write the year first, as in on:2026-11-24, or quote the title");
    return msched__attr_bad(attr, "bad_date");
}

/* A length, or another number, before the text. */
static int has_digit_before(const msched__text_reader *in, msched__slice s)
{
    for (const char *at = in->plain.data; at < s.data; at++)
        if (*at >= '0' && *at <= '9')
            return 1;
    return 0;
}

static int match_whole(const msched__text_reader *in, msched__slice s,
                       enum msched__attr_place place, msched__attr *attr)
{
    size_t end = (size_t)(s.data - in->plain.data) + s.size;
    if (msched__match_rule(s, place, attr))
        return in->days > 0 || place != MSCHED__PLACE_LEAD || leads_time(in->plain, end);
    if (in->days > 0                   ? msched__match_span(s, place, attr)
        : place == MSCHED__PLACE_TRAIL ? msched__match_spread(s, attr)
                                       : 0)
        return 1;
    if (match_day(in, s, place, attr))
        return 1;
    if (place == MSCHED__PLACE_TRAIL && has_digit_before(in, s) && msched__match_pieces(s, attr))
        return 1;
    if (!msched__attr_match(s, place, attr))
        return 0;
    if (in->days > 0 && attr->kind == MSCHED__ATTR_DATE && attr->a < 0 && msched__digit_at(s, 0) &&
        memchr(s.data, '/', s.size) != NULL)
        return two_dates(s, attr);
    /* there, "3x 1h" is an hour on each of three dates, not three hours */
    return !(in->days > 0 && attr->kind == MSCHED__ATTR_DURATION && has_count(s));
}

/* One attribute, also with punctuation after it. */
static int match_one(const msched__text_reader *in, msched__slice s, enum msched__attr_place place,
                     msched__attr *attr)
{
    if (match_whole(in, s, place, attr))
        return 1;
    const char *marks = place == MSCHED__PLACE_LEAD    ? ",;:.-)"
                        : place == MSCHED__PLACE_TRAIL ? ",;.!?-"
                                                       : ",;.!?";
    size_t size = s.size;
    int asks = 0,
        open = s.size > 2 && s.data[s.size - 1] == '-' && (s.data[s.size - 2] | 32) != 'm';
    if (open && place == MSCHED__PLACE_TRAIL)
        return 0; /* "9pm-" begins then, but "Vitamin B-" is a title */
    while (s.size > 1 && strchr(marks, s.data[s.size - 1]) != NULL)
        asks |= strchr("!?", s.data[--s.size]) != NULL;
    while (s.size > 1 && s.size < size && s.data[s.size - 1] == ' ')
        s.size--;
    /* "From 10: slides" starts no title, as "From 10 people" may */
    if (s.size < size && place == MSCHED__PLACE_LEAD && s.data[s.size] == ':' &&
        match_whole(in, s, MSCHED__PLACE_TRAIL, attr) && (attr->doubt & MSCHED__MARKED) != 0 &&
        (attr->kind == MSCHED__ATTR_AT || attr->kind == MSCHED__ATTR_EARLIEST ||
         attr->kind == MSCHED__ATTR_LATEST))
        return 1;
    return s.size < size && match_whole(in, s, place, attr) &&
           !(asks && ((attr->doubt & MSCHED__BARE) != 0 || attr->kind == MSCHED__ATTR_BAD));
}

/* The text within brackets around the whole; an empty slice without them. */
static msched__slice inside_brackets(msched__slice s)
{
    while (s.size > 0 &&
           (s.data[s.size - 1] == ',' || s.data[s.size - 1] == ':' || s.data[s.size - 1] == '.'))
        s.size--;
    if (s.size < 3)
        return (msched__slice){s.data, 0};
    char open = s.data[0], close = s.data[s.size - 1];
    int pair = (open == '(' && close == ')') || (open == '[' && close == ']') ||
               (open == '{' && close == '}');
    msched__slice inner = {s.data + 1, s.size - 2};
    if (!pair || memchr(inner.data, open, inner.size) != NULL ||
        memchr(inner.data, close, inner.size) != NULL)
        return (msched__slice){s.data, 0};
    return inner;
}

static uint32_t push(msched__text_reader *in, uint32_t first, uint32_t count)
{
    msched__placed_attr *item = &in->run->items[in->run->count++];
    item->first = first;
    item->count = count;
    item->keep = 0;
    return 1;
}

/* Attributes in brackets, separated by commas: all or none. Returns their number. */
static uint32_t take_bracketed(msched__text_reader *in, uint32_t first, uint32_t n,
                               enum msched__attr_place place, msched__slice s)
{
    uint32_t before = in->run->count;
    while (s.size > 0) {
        size_t size = 0;
        while (size < s.size && !((s.data[size] == ',' || s.data[size] == ';') &&
                                  (size + 1 == s.size || s.data[size + 1] == ' ')))
            size++;
        msched__slice part = {s.data, size};
        s = (msched__slice){s.data + size + (size < s.size), s.size - size - (size < s.size)};
        while (part.size > 0 && part.data[0] == ' ')
            part = (msched__slice){part.data + 1, part.size - 1};
        while (part.size > 0 && part.data[part.size - 1] == ' ')
            part.size--;
        if (in->run->count >= MSCHED__RUN_MAX)
            break;
        msched__attr *attr = &in->run->items[in->run->count].attr;
        int found = match_one(in, part, place, attr) && attr->kind != MSCHED__ATTR_BAD;
        if (!found && place == MSCHED__PLACE_TRAIL)
            found = match_one(in, part, MSCHED__PLACE_LEAD, attr) && attr->kind != MSCHED__ATTR_BAD;
        if (!found) {
            in->run->count = before;
            return 0;
        }
        if ((attr->doubt & (MSCHED__BARE | MSCHED__PACKED)) == 0)
            attr->doubt |= MSCHED__MARKED | MSCHED__FOR;
        push(in, first, n);
    }
    return in->run->count - before;
}

uint32_t msched__run_take(msched__text_reader *in, uint32_t first, uint32_t n,
                          enum msched__attr_place place)
{
    for (uint32_t i = first; i < first + n; i++)
        if (in->quoted[i])
            return 0;
    msched__slice s = msched__text_words(in, first, first + n - 1);
    msched__attr *attr = &in->run->items[in->run->count].attr;
    const int is_match = match_one(in, s, place, attr) &&
                         !(first + n < in->word_count && attr->kind == MSCHED__ATTR_DURATION &&
                           msched__is_fraction_of(in->words[first + n - 1], in->words[first + n]));
    if (is_match && place == MSCHED__PLACE_TRAIL && msched__text_is_negated(in, first, attr)) {
        msched__text_refuse_negation(in, first, n, attr);
        return push(in, first, n);
    }
    if (is_match && (place != MSCHED__PLACE_LEAD || fits_after(in, first, n, attr)))
        return place != MSCHED__PLACE_TRAIL || fits_before(in, first, attr) ? push(in, first, n)
                                                                            : 0;
    msched__slice inner = inside_brackets(s);
    if (inner.size == 0 || place == MSCHED__PLACE_SONG)
        return 0;
    return take_bracketed(in, first, n, place == MSCHED__PLACE_LEAD ? MSCHED__PLACE_TRAIL : place,
                          inner);
}

uint32_t msched__run_lead(msched__text_reader *in, uint32_t first, uint32_t end)
{
    uint32_t at = first;
    while (at < end && in->run->count < MSCHED__RUN_MAX) {
        uint32_t start = at;
        while (at > first && start < end && msched__is_separator(in->words[start]))
            start++;
        uint32_t left = end - start,
                 n = left < MSCHED__ATTR_WORDS_MAX ? left : MSCHED__ATTR_WORDS_MAX;
        while (n > 0 && msched__run_take(in, start, n, MSCHED__PLACE_LEAD) == 0)
            n--;
        if (n == 0)
            break;
        at = start + n;
    }
    return at - first;
}

/* Reverse the items [from, to). */
static void reverse(msched__run *run, uint32_t from, uint32_t to)
{
    for (; from + 1 < to; from++) {
        msched__placed_attr swap = run->items[from];
        run->items[from] = run->items[--to];
        run->items[to] = swap;
    }
}

/* "Lunch with @ana": the label is part of the title. */
static int belongs_to_title(const msched__text_reader *in, uint32_t first, uint32_t at)
{
    static const char company[] = " with w/ and for to from by ";
    return at > first && in->words[at].data[0] == '@' &&
           in->run->items[in->run->count - 1].attr.kind == MSCHED__ATTR_LABEL &&
           msched__word_among(in->words[at - 1], company);
}

static int ends_in_comma(msched__slice word)
{
    return word.size > 0 && word.data[word.size - 1] == ',';
}

/*
 * "Working late 2h", "Parents' evening 2h": the word right after the title belongs to it; "Gym 1h
 * late" is as late as possible. Returns where the attributes begin.
 */
static uint32_t leave_word(msched__text_reader *in, uint32_t first, uint32_t at)
{
    const msched__placed_attr *left = &in->run->items[in->run->count - 1];
    int late = left->attr.kind == MSCHED__ATTR_LATE;
    int daypart = left->attr.kind == MSCHED__ATTR_DAYPART && msched__letter_at(in->words[at], 0) &&
                  !msched__slice_is(in->words[at], "tonight");
    if (!(late || daypart) || left->count > 1 || (late && at == first))
        return at;
    if (at > first && (in->quoted[at - 1] || msched__is_separator(in->words[at - 1]) ||
                       ends_in_comma(in->words[at - 1])))
        return at;
    in->run->count--;
    if (daypart)
        return at + 1;
    msched__text_remark(
        in, MSCHED_SEVERITY_NOTE, in->words[at].data, "late_in_title",
        "to plan the task as late as possible, write late after the length (Gym 1h late)",
        "\"late\" is read as part of the title");
    return at + 1;
}

uint32_t msched__run_trail(msched__text_reader *in, uint32_t first, uint32_t end,
                           enum msched__attr_place place)
{
    uint32_t start_count = in->run->count, at = end;
    while (at > first && in->run->count < MSCHED__RUN_MAX) {
        uint32_t stop = at;
        while (at < end && place == MSCHED__PLACE_TRAIL && stop > first &&
               msched__is_separator(in->words[stop - 1]))
            stop--;
        uint32_t left = stop - first,
                 n = left < MSCHED__ATTR_WORDS_MAX ? left : MSCHED__ATTR_WORDS_MAX;
        while (n > 0 && msched__run_take(in, stop - n, n, place) == 0)
            n--;
        if (n == 0)
            break;
        if (n == 1 && belongs_to_title(in, first, stop - n)) {
            in->run->count--;
            break;
        }
        at = stop - n;
    }
    if (in->run->count > start_count && place == MSCHED__PLACE_TRAIL)
        at = leave_word(in, first, at);
    reverse(in->run, start_count, in->run->count); /* found from the right */
    return at;
}

/* The position of the number to change: after "at" and the like; otherwise the start. */
static const char *blame(const msched__text_reader *in, const msched__placed_attr *item)
{
    int is_time = strcmp(item->attr.code, "ambiguous_time") == 0 ||
                  strcmp(item->attr.code, "bad_time") == 0;
    msched__slice word = in->words[item->first];
    int worded = is_time && item->count > 1 && !(word.data[0] >= '0' && word.data[0] <= '9');
    return in->words[item->first + (worded ? 1 : 0)].data;
}

/* Record the position and spelling of an attribute. 0: it was given before, which is an error. */
static int set_value(msched__text_reader *in, msched__text_values *values,
                     const msched__placed_attr *item, enum msched__attr_kind kind)
{
    const char *at = in->words[item->first].data;
    msched__slice text =
        msched__text_raw(in, msched__text_words(in, item->first, item->first + item->count - 1));
    if (values->column[kind] != 0) {
        msched__text_error(in, at, MSCHED_ERROR_SYNTAX, "duplicate_attribute",
                           "remove one of the two, or quote the title",
                           "\"%.*s\" cannot be combined with \"%.*s\" at column %u",
                           (int)(text.size > 40 ? 40 : text.size), text.data,
                           (int)(values->text[kind].size > 40 ? 40 : values->text[kind].size),
                           values->text[kind].data, (unsigned)values->column[kind]);
        msched__diag_span(in->diag, msched__utf8_length(text.data, text.size));
        return 0;
    }
    values->column[kind] = msched__text_column(in, at);
    values->text[kind] = text;
    values->doubt[kind] = item->attr.doubt;
    values->value[kind] = item->attr.a;
    values->second[kind] = item->attr.b;
    return 1;
}

static void set_name(const msched__text_reader *in, msched__text_values *values,
                     const msched__attr *attr)
{
    if (attr->kind == MSCHED__ATTR_ID)
        values->id = msched__text_raw(in, attr->name);
    else if (attr->kind == MSCHED__ATTR_AFTER)
        values->after = msched__text_raw(in, attr->name);
    else if (attr->kind == MSCHED__ATTR_BEFORE)
        values->before = msched__text_raw(in, attr->name);
    else if (attr->kind == MSCHED__ATTR_DURING)
        values->during = msched__text_raw(in, attr->name);
    else if (attr->kind == MSCHED__ATTR_ON)
        values->on = attr->name;
    else if (attr->kind == MSCHED__ATTR_DUE_AT)
        values->due = attr->name;
    else if (attr->kind == MSCHED__ATTR_RELEASE_AT)
        values->release = attr->name;
    else if (attr->kind == MSCHED__ATTR_RULE)
        values->rule = attr->name;
    else
        msched__text_keep_happened(values, attr);
}

/* "!5" is the lowest priority of other programs, "!0" the highest. */
static void offer_priority(msched__text_reader *in, msched__slice word)
{
    const char *const texts[] = {word.data[1] == '0' ? "!1" : "!4"};
    msched__text_offer(in, word, texts, 1);
}

int msched__run_values(msched__text_reader *in, msched__text_values *values)
{
    int ok = 1;
    memset(values, 0, sizeof *values);
    for (uint32_t i = 0; i < in->run->count; i++) {
        const msched__placed_attr *item = &in->run->items[i];
        enum msched__attr_kind kind = item->attr.kind;
        if (kind == MSCHED__ATTR_BAD) {
            msched__text_error(in, blame(in, item), MSCHED_ERROR_VALUE, item->attr.code,
                               item->attr.repair, "%s", item->attr.message);
            if (strcmp(item->attr.code, "bad_priority") == 0)
                offer_priority(in, in->words[item->first]);
            ok = 0;
        } else if (kind != MSCHED__ATTR_LABEL && kind != MSCHED__ATTR_DATE) {
            ok &= set_value(in, values, item, kind);
            set_name(in, values, &item->attr);
        }
    }
    return ok;
}
