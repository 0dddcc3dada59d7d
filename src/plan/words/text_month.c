/* Dates with the name or the number of a month: "24 Nov", "November 24th, 2026", "Sa. 28.11.". */
#include "plan/words/text_month.h"

#include "base/civil.h"
#include "plan/words/text_time.h"
#include "plan/words/text_title_words.h"
#include "plan/words/text_beside.h"
#include "plan/words/text_weekdays.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 1 to 12 for the name of a month or its beginning; 0: not a month. */
static uint32_t month_of(msched__slice word, int is_after_day)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    /* German, French, Spanish and Italian names that differ, each followed by its number */
    static const char others[] =
        " januar1 janvier1 enero1 februar2 f\303\251vrier2 fevrier2 f\303\251vr2 febrero2 "
        "m\303\244rz3 maerz3 mars3 marzo3 avril4 avr4 abril4 abr4 mai5 mayo5 juni6 juin6 junio6 "
        "juli7 juillet7 juil7 julio7 ao\303\273t8 aout8 agosto8 ago8 septembre9 septiembre9 "
        "oktober:  okt:  octobre:  octubre:  novembre; noviembre; dezember< dez< d\303\251cembre< "
        "decembre< d\303\251c< diciembre< dic< ene1 gennaio1 febbraio2 aprile4 maggio5 giugno6 "
        "luglio7 settembre9 ottobre:  dicembre< ";
    /* Portuguese, Dutch, Scandinavian and Polish names; "Call Maja" and "Call 2 Mei" are people */
    static const char after_day[] =
        " janeiro1 fevereiro2 mar\303\247o3 maio5 junho6 julho7 setembro9 outubro: novembro; "
        "dezembro< januari1 februari2 maart3 mei5 augustus8 maj5 augusti8 marts3 desember< "
        "stycznia1 lutego2 marca3 kwietnia4 maja5 czerwca6 lipca7 sierpnia8 wrze\305\233nia9 "
        "wrzesnia9 pa\305\272dziernika: pazdziernika: listopada; grudnia< ";
    if (word.size < 3)
        return 0;
    is_after_day &= word.data[0] != 'M' || !msched__word_among(word, " maja mei ");
    char key[16] = " "; /* a space, the word, zeros */
    const char *place = NULL;
    if (word.size < sizeof key - 2)
        msched__lower_all(word.data, word.size, key + 1);
    for (int turn = 0; turn < 1 + is_after_day && key[1] != '\0'; turn++)
        for (const char *at = turn == 0 ? others : after_day; (at = strstr(at, key)) != NULL; at++)
            if (!msched__letter_at((msched__slice){at, strlen(at)}, strlen(key)))
                place = at + strlen(key);
    if (place != NULL)
        return (uint32_t)(*place - '0');
    for (uint32_t m = 0; m < 12; m++)
        if ((word.size <= strlen(months[m]) &&
             msched__same_letters(word.data, months[m], word.size)) ||
            (m == 8 && msched__slice_is(word, "sept")))
            return m + 1;
    return 0;
}

int msched__take_date_part(msched__slice word, msched__date_parts *out)
{
    /* the Romance languages count only the first: "1er décembre", "1º de dezembro" */
    static const char *const ends[] = {"st", "nd", "rd", "th", "er", "\302\272", "\302\260"};
    size_t at = 0;
    uint32_t month = month_of(word, out->day > 0);
    int32_t number = msched__take_number(word, &at, 4);
    int is_ordinal = 0;
    for (size_t i = 0; i < (number == 1 ? 7 : 4); i++)
        is_ordinal |= at + 2 == word.size &&
                      msched__slice_is((msched__slice){word.data + at, 2}, ends[i]);
    if (month > 0)
        out->month = month;
    else if (number >= 1 && number <= 31 && (at == word.size || is_ordinal))
        out->day = (uint32_t)number;
    else if (number >= 1970 && number <= 2999 && at == word.size)
        out->year = (uint32_t)number;
    else
        return 0;
    return 1;
}

int msched__take_numeric_date(msched__slice word, int is_dotted, msched__date_parts *out)
{
    size_t at = 0;
    const int32_t first = msched__take_number(word, &at, 2);
    const char sign = msched__byte_at(word, at++);
    const int32_t second = msched__take_number(word, &at, 2);
    int32_t year = 0;
    if (first < 1 || second < 1 || (sign != '.' && sign != '/'))
        return 0;
    if (at < word.size) {
        if (word.data[at++] != sign || (year = msched__take_number(word, &at, 4)) < 1970)
            return 0;
    } else if (sign == '.' && !is_dotted) {
        return 0; /* "10.30" is a time */
    }
    const int month_first = sign == '/' && second > 12;
    if (at < word.size || (sign == '/' && first <= 12 && second <= 12 && first != second))
        return 0;
    out->year = (uint32_t)year;
    out->day = (uint32_t)(month_first ? second : first);
    out->month = (uint32_t)(month_first ? first : second);
    return out->day <= 31 && out->month <= 12;
}

int msched__date_of_parts(const char *plan_date, const msched__date_parts *part, int64_t *days)
{
    msched__date plan, date;
    char text[32];
    int found = 0;
    *days = 0;
    if (part->month == 0 || part->day == 0 || plan_date == NULL ||
        !msched__date_parse(plan_date, 10, &plan))
        return 0;
    int64_t today = msched__date_to_days(plan);
    for (int year = plan.year - 1; year <= plan.year + 1; year++) {
        snprintf(text, sizeof text, "%04d-%02u-%02u", part->year > 0 ? (int)part->year : year,
                 (unsigned)part->month, (unsigned)part->day);
        if (!msched__date_parse(text, 10, &date))
            continue;
        int64_t at = msched__date_to_days(date);
        if (!found || llabs(at - today) < llabs(*days - today))
            *days = at;
        found = 1;
    }
    return found;
}

/* "on", "am", "le" before an offset. */
static int follows_on(msched__slice s, size_t at)
{
    static const char *const words[] = {"on", "am", "den", "le", "el", "il", "op", "em", NULL};
    return msched__follows_word(s, at, words);
}

/*
 * "24/11" and "11/24" beside a time or after "on": unambiguous if the day is above 12. "24/7" is no
 * date.
 */
static size_t numeric_date(msched__slice s, size_t at, msched__date_parts *out)
{
    size_t p = at;
    int32_t first = msched__take_number(s, &p, 2);
    if (first < 1 || msched__byte_at(s, p++) != '/')
        return 0;
    int32_t second = msched__take_number(s, &p, 2);
    if (second < 1 || (first > 12) == (second > 12) || (first == 24 && second == 7) ||
        (!msched__blank_at(s, p) && s.data[p] != ',') ||
        (!msched__is_beside_time(s, at, p) && !follows_on(s, at)))
        return 0;
    out->day = (uint32_t)(first > 12 ? first : second);
    out->month = (uint32_t)(first > 12 ? second : first);
    return p - at;
}

static int has_time_after(msched__slice s, size_t at)
{
    for (; at < s.size; at++)
        if (s.data[at] == ' ' && msched__time_follows(s, at))
            return 1;
    return 0;
}

/* "24 Nov", "November 24th, 2026", "24th of November" in at most five words; 0: no match. */
static size_t worded_date(msched__slice s, size_t at, msched__date_parts *out)
{
    size_t end = 0, p = at;
    int is_day_last = 0;
    for (int words = 0; words < 5 && p < s.size; words++) {
        size_t size = 0;
        msched__date_parts before = *out;
        while (p + size < s.size && s.data[p + size] != ' ')
            size++;
        msched__slice word = {s.data + p, size};
        while (word.size > 0 && strchr(",:.", word.data[word.size - 1]) != NULL)
            word.size--;
        int is_of = before.day > 0 && before.year == 0 &&
                    (msched__slice_is(word, "of") || msched__slice_is(word, "de"));
        if (!is_of && !msched__take_date_part(word, out))
            break;
        int again = (before.day > 0 && out->day != before.day) ||
                    (before.month > 0 && out->month != before.month) ||
                    (out->year > 0 && (before.day == 0 || before.month == 0));
        if (again) {
            *out = before;
            break;
        }
        is_day_last = out->day != before.day && before.month > 0 &&
                      msched__digit_at(word, word.size - 1);
        if (!is_of)
            end = p + word.size;
        p = msched__after_blanks(s, p + size);
        if (word.size < size && word.data[word.size] == ':')
            break;
    }
    if (out->day == 0 || out->month == 0)
        return 0;
    const char next = msched__byte_at(s, msched__after_blanks(s, end));
    if (is_day_last && next >= 'a' && next <= 'z' &&
        !msched__word_ahead(s, msched__after_blanks(s, end), "at") &&
        !(at == 0 && has_time_after(s, end) &&
          !msched__word_ahead(s, msched__after_blanks(s, end), "km") &&
          !msched__word_ahead(s, msched__after_blanks(s, end), "miles")))
        return 0; /* "March 10 km" */
    return end - at;
}

/* Bytes of "28.11.2026"; 0: no match. */
static size_t local_date(msched__slice s, size_t at)
{
    size_t p = at;
    return msched__take_number(s, &p, 2) > 0 && msched__byte_at(s, p++) == '.' &&
                   msched__take_number(s, &p, 2) > 0 && msched__byte_at(s, p++) == '.' &&
                   msched__take_number(s, &p, 4) > 0
               ? p - at
               : 0;
}

/*
 * "28.11.", "28.11" or "28/11" after a weekday: the reading in which the date falls on that
 * weekday. Returns its bytes; 0: no match.
 */
static size_t date_of_weekday(const char *plan_date, msched__slice s, size_t at, int weekday,
                              msched__date_parts *out)
{
    size_t p = at;
    int64_t days;
    const int32_t first = msched__take_number(s, &p, 2);
    const char sign = msched__byte_at(s, p++);
    const int32_t second = msched__take_number(s, &p, 2);
    if (first < 1 || second < 1 || (sign != '.' && sign != '/'))
        return 0;
    p += sign == '.' && msched__byte_at(s, p) == '.';
    if (p < s.size && strchr(" ,:", s.data[p]) == NULL)
        return 0;
    for (int turn = 0; turn < 1 + (sign == '/'); turn++) {
        const msched__date_parts part = {.day = (uint32_t)(turn == 0 ? first : second),
                                         .month = (uint32_t)(turn == 0 ? second : first)};
        if (part.month <= 12 && msched__date_of_parts(plan_date, &part, &days) &&
            msched__days_weekday(days) == (uint32_t)weekday) {
            *out = part;
            return p - at;
        }
    }
    return 0;
}

static msched__slice word_before(msched__slice s, size_t at)
{
    while (at > 0 && msched__blank_at(s, at - 1))
        at--;
    size_t start = at;
    while (start > 0 && !msched__blank_at(s, start - 1))
        start--;
    return (msched__slice){s.data + start, at - start};
}

/* "at 9.12." is a time. */
static int follows_at(msched__slice s, size_t at)
{
    static const char *const words[] = {"at", "um", "gegen", "@", "alle", "las", "kl", "kl."};
    const msched__slice word = word_before(s, at);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__slice_is(word, words[i]))
            return 1;
    return 0;
}

/* "28.11." as a word; 0: no match. */
static size_t dotted_date(msched__slice s, size_t at, msched__date_parts *out)
{
    size_t end = at;
    while (end < s.size && strchr(" ,:;)", s.data[end]) == NULL)
        end++;
    if (end - at < 4 || s.data[end - 1] != '.' || !msched__digit_at(s, at) || follows_at(s, at))
        return 0;
    return msched__take_numeric_date((msched__slice){s.data + at, end - 1 - at}, 1, out) ? end - at
                                                                                         : 0;
}

int msched__follows_noun(msched__slice s, size_t at)
{
    return msched__counts_things(word_before(s, at));
}

/*
 * "next Tuesday", "this Thursday", "mardi prochain": the first such date after that of the plan or,
 * for "this", from it on. Returns its bytes; 0: no match.
 */
static size_t next_weekday(const char *plan_date, msched__slice s, size_t at, int64_t *days)
{
    static const struct {
        const char *word;
        int is_this;
    } words[] = {{"this coming", 0},
                 {"next", 0},
                 {"coming", 0},
                 {"this", 1},
                 {"am n\xC3\xA4"
                  "chsten",
                  0},
                 {"n\xC3\xA4"
                  "chsten",
                  0},
                 {"am kommenden", 0},
                 {"kommenden", 0},
                 {"diesen", 1},
                 {"el pr\xC3\xB3ximo", 0},
                 {"pr\xC3\xB3ximo", 0},
                 {"el proximo", 0},
                 {"este", 1},
                 {"n\303\244sta", 0},
                 {"n\303\246ste", 0},
                 {"ce", 1}};
    static const char *const ends[] = {"prochain", "pr\xC3\xB3ximo", "proximo", "que viene",
                                       "prossimo"};
    msched__date plan;
    size_t start = at, end;
    int is_this = 0, is_named = 0;
    if (plan_date == NULL || !msched__date_parse(plan_date, 10, &plan))
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0] && start == at; i++)
        if (msched__word_ahead(s, at, words[i].word)) {
            start = msched__after_blanks(s, at + strlen(words[i].word));
            is_this = words[i].is_this;
            is_named = 1;
        }
    end = start;
    if (start >= s.size || !msched__weekday_ahead(s, start))
        return 0;
    const int weekday = msched__take_weekday(s, &end);
    const size_t next = msched__after_blanks(s, end);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && !is_named; i++)
        if (next > end && msched__word_ahead(s, next, ends[i])) {
            end = next + strlen(ends[i]);
            is_named = 1;
        }
    if (weekday < 0 || !is_named ||
        (!msched__blank_at(s, end) && strchr(",:;.)", s.data[end]) == NULL))
        return 0;
    const int64_t today = msched__date_to_days(plan);
    const int64_t ahead = (weekday + 7 - (int64_t)msched__days_weekday(today)) % 7;
    *days = today + (ahead == 0 && !is_this ? 7 : ahead);
    return end - at;
}

/* "27th", "27." or, with `bare`, "27" as a day of the month. Returns its bytes; 0: no match. */
static size_t day_at(msched__slice s, size_t at, int bare, int32_t *day)
{
    static const char *const ends[] = {"st", "nd", "rd", "th"};
    size_t p = at;
    *day = msched__take_number(s, &p, 2);
    if (*day < 1 || *day > 31)
        return 0;
    size_t end = p;
    for (size_t i = 0; i < 4; i++)
        if (msched__word_ahead(s, p, ends[i]))
            end = p + 2;
    if (end == p && msched__byte_at(s, p) == '.' && msched__blank_at(s, p + 1))
        end = p + 1;
    if ((end == p && !bare) || (!msched__blank_at(s, end) && strchr(",:;)", s.data[end]) == NULL))
        return 0;
    return end - at;
}

/* "monthly on the 1st" */
static int follows_repeat(msched__slice s, size_t at)
{
    static const char *const words[] = {"monthly", "month", "months", "year",  "years",
                                        "yearly",  "every", "each",   "monat", "mois"};
    msched__slice word = word_before(s, at);
    if (msched__slice_is(word, "on"))
        word = word_before(s, (size_t)(word.data - s.data));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__slice_is(word, words[i]))
            return 1;
    return 0;
}

/* "bis Mi" after "Mo 23." */
static int begins_range(msched__slice s, size_t at)
{
    size_t size = msched__byte_at(s, at) == '-';
    for (const char *const *to = msched__range_words; *to != NULL && size == 0; to++)
        size = msched__word_ahead(s, at, *to) ? strlen(*to) : 0;
    const size_t next = msched__after_blanks(s, at + size);
    return size > 0 && next > at + size &&
           (msched__weekday_ahead(s, next) || msched__short_weekday_ahead(s, next));
}

/* Is a date complete here, rather than a number of the noun that follows, as in "The 4th wall"? */
static int ends_day(msched__slice s, size_t at)
{
    static const char *const words[] = {
        "at",    "from", "by",    "before", "after",   "until",  "till",     "between",
        "noon",  "for",  "in",    "and",    "or",      "to",     "um",       "von",
        "ab",    "bis",  "gegen", "und",    "oder",    "de",     "\303\240", "a las",
        "a la",  "a",    "au",    "et",     "ou",      "y",      "o",        "alle",
        "dalle", "al",   "e",     "om",     "morning", "@",      "every",    "with",
        "early", "late", "split", "pad",    "dans",    "midday", "mittags"};
    const size_t next = msched__after_blanks(s, at);
    if (next >= s.size || !msched__letter_at(s, next) || strchr(",;:)", s.data[at]) != NULL)
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (msched__word_ahead(s, next, words[i]))
            return 1;
    return msched__phrase_at(s, next, "l'") > 0;
}

/* "on 5th", "at 5th": a street. */
static int follows_place(msched__slice s, size_t at)
{
    static const char *const words[] = {"on", "at", "in", "and", "&", "the", "of", NULL};
    return msched__follows_word(s, at, words);
}

/* Is "23" after a weekday the day of the month? Not in "Mon 23 emails" or "Mon 9-10". */
static int ends_number(msched__slice s, size_t at)
{
    const size_t end = at + msched__short_number(s, at), next = msched__after_blanks(s, end);
    return end > at && (msched__blank_at(s, end) || s.data[end] == ',') &&
           (next >= s.size || s.data[end] == ',' || msched__time_follows(s, end));
}

/* "on the 27th", "am 27.", "le 27" and, after a weekday, "27th": the next such date. */
static size_t day_of_month(const char *plan_date, msched__slice s, size_t at, size_t start,
                           int weekday, int64_t *days)
{
    static const char *const words[] = {"on the", "the", "am", "le", "el", "il"};
    msched__date plan;
    int32_t day;
    size_t p = start;
    if (plan_date == NULL || !msched__date_parse(plan_date, 10, &plan))
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof words[0] && p == at && weekday < 0; i++)
        if (msched__word_ahead(s, at, words[i]))
            p = msched__after_blanks(s, at + strlen(words[i]));
    const int is_on = p == at && weekday < 0 && msched__word_ahead(s, at, "on");
    p = is_on ? msched__after_blanks(s, at + 2) : p;
    const int is_alone = p == at; /* "24th 3pm" */
    if ((is_alone && (!msched__digit_at(s, at) || follows_place(s, at))) ||
        (weekday < 0 && follows_repeat(s, at)))
        return 0;
    const int is_romance = weekday < 0 && strchr("lLeEiI", s.data[at]) != NULL; /* "le 27" */
    const int is_bare = is_romance || (weekday >= 0 && ends_number(s, p));
    const size_t size = day_at(s, p, is_bare, &day);
    if (is_alone && (size < 3 || !msched__is_beside_time(s, at, at + size)))
        return 0;
    if (is_on && !msched__time_follows(s, p + size)) /* "on 5th" is a street */
        return 0;
    const size_t next = msched__after_blanks(s, p + size);
    msched__date_parts part = {0};
    if (size == 0 || msched__word_ahead(s, next, "of") || msched__word_ahead(s, next, "de") ||
        (next < s.size && msched__letter_at(s, next) && worded_date(s, p, &part) > 0) ||
        (weekday < 0 && !ends_day(s, p + size)))
        return 0;
    if (weekday >= 0 && begins_range(s, next))
        return 0;
    *days = msched__date_to_days(plan);
    *days -= weekday >= 0 ? 7 : 0;                                   /* "Mon 23" may be yesterday */
    const int near = weekday >= 0 && day <= 12 && is_bare ? 38 : 69; /* "Fri 8" is an hour */
    for (int i = 0; i < near; i++, ++*days)
        if ((int32_t)msched__date_from_days(*days).day == day &&
            (weekday < 0 || msched__days_weekday(*days) == (uint32_t)weekday))
            return p + size - at;
    return 0;
}

/* "in 2 days", "in a week", "in zwei Tagen", "3 days from now": returns its bytes; 0: no match. */
static size_t in_days(const char *plan_date, msched__slice s, size_t at, int64_t *days)
{
    static const char *const ins[] = {"in", "dans", "en"};
    static const struct {
        const char *word;
        int count;
    } counts[] = {{"a", 1},    {"one", 1},   {"einer", 1}, {"einem", 1}, {"une", 1}, {"un", 1},
                  {"una", 1},  {"two", 2},   {"zwei", 2},  {"deux", 2},  {"dos", 2}, {"three", 3},
                  {"drei", 3}, {"trois", 3}, {"tres", 3},  {"four", 4},  {"vier", 4}};
    static const struct {
        const char *word;
        int days;
    } units[] = {{"days", 1},     {"day", 1},     {"tagen", 1},       {"tag", 1},
                 {"jours", 1},    {"jour", 1},    {"d\303\255as", 1}, {"dias", 1},
                 {"weeks", 7},    {"week", 7},    {"wochen", 7},      {"woche", 7},
                 {"semaines", 7}, {"semaine", 7}, {"semanas", 7},     {"semana", 7}};
    msched__date plan;
    size_t p = at;
    int32_t count = 0;
    if (plan_date == NULL || !msched__date_parse(plan_date, 10, &plan))
        return 0;
    for (size_t i = 0; i < sizeof ins / sizeof ins[0] && p == at; i++)
        if (msched__word_ahead(s, at, ins[i]))
            p = msched__after_blanks(s, at + strlen(ins[i]));
    const int is_after = p == at; /* the words after it */
    size_t end = p;
    count = msched__take_number(s, &end, 2);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0] && count < 1; i++)
        if (msched__word_ahead(s, p, counts[i].word)) {
            count = counts[i].count;
            end = p + strlen(counts[i].word);
        }
    const size_t unit = msched__after_blanks(s, end);
    for (size_t i = 0; i < sizeof units / sizeof units[0] && count > 0 && unit > end; i++)
        if (msched__word_ahead(s, unit, units[i].word)) {
            end = unit + strlen(units[i].word);
            const size_t from = msched__after_blanks(s, end);
            const size_t now = msched__phrase_at(s, from, "from now") +
                               msched__phrase_at(s, from, "from today");
            if (is_after && now == 0)
                return 0;
            end = is_after ? from + now : end;
            if (!is_after && count * units[i].days == 1 && msched__letter_at(s, p))
                return 0; /* "Run 5k in one day" is a length */
            *days = msched__date_to_days(plan) + (int64_t)count * units[i].days;
            return msched__blank_at(s, end) || strchr(",:;.)", s.data[end]) != NULL ? end - at : 0;
        }
    return 0;
}

/* Past the article of "Tuesday, the 1st of December", "Dienstag, den 1.12.", if a date follows. */
static size_t past_article(msched__slice s, size_t at)
{
    static const char *const articles[] = {"the", "den", "der", "d.", "le", "el"};
    for (size_t i = 0; i < sizeof articles / sizeof articles[0]; i++) {
        const size_t next = msched__after_blanks(s, at + msched__phrase_at(s, at, articles[i]));
        msched__date_parts part = {0};
        if (next > at + strlen(articles[i]) && msched__digit_at(s, next) &&
            local_date(s, next) + dotted_date(s, next, &part) + worded_date(s, next, &part) > 0)
            return next;
    }
    return at;
}

size_t msched__take_month_date(const char *plan_date, msched__writer *w, size_t at)
{
    msched__slice s = w->from;
    msched__date_parts part = {0};
    int64_t days = 0;
    char text[24];
    const int is_mention = s.data[at] == '@' && msched__letter_at(s, at + 1); /* of Notion */
    size_t start = at + (size_t)is_mention;
    int weekday = -1;
    if (!msched__digit_at(s, at) && !msched__letter_at(s, at) && !is_mention)
        return 0;
    if (!is_mention && !msched__digit_at(s, at) &&
        (weekday = msched__take_weekday(s, &start)) >= 0) {
        start += start < s.size && s.data[start] == '.';
        start += start < s.size && s.data[start] == ',';
        start = past_article(s, msched__after_blanks(s, start));
    }
    size_t local = local_date(s, start);
    if (local > 0 && start > at) { /* "Sa, 28.11.2026," */
        msched__write_bytes(w, start, local);
        w->changed = 1;
        return start + local + (msched__byte_at(s, start + local) == ',') - at;
    }
    size_t size = weekday < 0 ? 0 : date_of_weekday(plan_date, s, start, weekday, &part);
    size = size == 0 ? numeric_date(s, start, &part) : size;
    size = size == 0 ? dotted_date(s, start, &part) : size;
    size = size == 0 ? worded_date(s, start, &part) : size;
    if (size == 0 || !msched__date_of_parts(plan_date, &part, &days)) {
        size = day_of_month(plan_date, s, at, start, weekday, &days);
        size = size == 0 ? next_weekday(plan_date, s, at, &days) : size;
        size = size == 0 ? in_days(plan_date, s, at, &days) : size;
        start = at;
    }
    if (size == 0 || msched__follows_noun(s, at))
        return 0;
    msched__date date = msched__date_from_days(days);
    size += msched__byte_at(s, start + size) == '.' || msched__byte_at(s, start + size) == ',';
    int colon = msched__byte_at(s, start + size) == ':';
    int leads = at == 0 && msched__after_blanks(s, start + size + (size_t)colon) < s.size;
    snprintf(text, sizeof text, "%s%04d-%02u-%02u", leads ? "on:" : "", date.year,
             (unsigned)date.month, (unsigned)date.day);
    msched__write_text(w, text, at);
    w->changed = 1;
    colon &= leads; /* it is not part of "on:" */
    return start + size + (size_t)colon - at;
}

size_t msched__take_day_or_date(const char *plan_date, msched__slice s, size_t at,
                                msched__date_parts *out, int64_t *days)
{
    size_t end = at;
    *out = (msched__date_parts){0};
    *days = MSCHED__NO_DATE;
    if (!msched__digit_at(s, at) && !msched__letter_at(s, at))
        return 0;
    if (msched__take_local_date(s, &end, days))
        return end - at;
    size_t size = dotted_date(s, at, out);
    size = size == 0 ? worded_date(s, at, out) : size;
    if (size > 0 && msched__date_of_parts(plan_date, out, days))
        return size;
    const int32_t day = msched__take_number(s, &end, 2);
    *days = MSCHED__NO_DATE;
    *out = (msched__date_parts){.day = day > 0 ? (uint32_t)day : 0};
    end += msched__byte_at(s, end) == '.';
    return day > 0 && day <= 31 && !msched__letter_at(s, end) && !msched__digit_at(s, end)
               ? end - at
               : 0;
}
