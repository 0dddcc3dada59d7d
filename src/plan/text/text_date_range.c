/*
 * The dates that a line or heading names, as "Wed 25 Nov", and a week or a range of dates, as "Week
 * of Nov 30", "KW 49", "27-28 Nov" and "30 Nov - 6 Dec".
 */
#include "base/civil.h"
#include "plan/text/plan_text.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_month.h"
#include "plan/words/text_weekdays.h"
#include "plan/words/text_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_WEEK INT64_MIN /* the Monday of a week 53 that the year lacks */

/* names until the date of the plan is known (msched__text_settle_names) */
static const char *const relatives[] = {"yesterday", "today", "tomorrow", "day after tomorrow"};

/* A date in the arena. NULL when out of memory. */
static const char *copy_date(msched__text_reader *in, int64_t days)
{
    char text[11];
    msched__date_write(days, text);
    const char *name = msched__arena_copy(&in->arena, text, 10);
    in->failed |= name == NULL;
    return name;
}

/* Names of weekdays, then "!" with each date that is left out: as the dates of the plan. */
static void expand(msched__text_reader *in, int64_t start, msched__text_on *on)
{
    const uint32_t days = in->days > 0 ? in->days : 1, count = on->count;
    const char *const *old = on->names;
    if (count == 0 || old[count - 1][0] != '!')
        return;
    *on = (msched__text_on){msched__arena_alloc(&in->arena, days, sizeof *on->names), 0};
    in->failed |= on->names == NULL;
    for (uint32_t d = 0; d < days && !in->failed; d++) {
        const char *date = copy_date(in, start + d);
        int is_named = 0;
        for (uint32_t i = 0; i < count && date != NULL; i++)
            if (old[i][0] != '!')
                is_named |= old[i] == msched__weekday_keys[msched__days_weekday(start + d)];
            else
                is_named &= strcmp(old[i] + 1, date) != 0;
        if (is_named && date != NULL)
            on->names[on->count++] = date;
    }
    if (on->count == 0 && !in->failed) /* none is left: a date before the plan */
        on->names[on->count++] = copy_date(in, start - 1);
}

void msched__text_settle_names(msched__text_reader *in, msched__text_on *on)
{
    msched__date plan;
    if (in->day.date == NULL || !msched__date_parse(in->day.date, 10, &plan))
        return;
    for (uint32_t i = 0; i < on->count; i++)
        for (int r = 0; r < 4 && !in->failed; r++)
            if (on->names[i] == relatives[r])
                on->names[i] = copy_date(in, msched__date_to_days(plan) + r - 1);
    if (!in->failed)
        expand(in, msched__date_to_days(plan), on);
}

/* A date that is left out, as a name. */
static const char *except_name(msched__text_reader *in, int64_t days)
{
    char text[12] = "!";
    msched__date_write(days, text + 1);
    const char *name = msched__arena_copy(&in->arena, text, 11);
    in->failed |= name == NULL;
    return name;
}

int msched__text_keep_dates(msched__text_reader *in, const msched__date_list *list,
                            msched__text_on *out)
{
    *out = (msched__text_on){msched__arena_alloc(&in->arena,
                                                 11 + (size_t)list->date_count + list->except_count,
                                                 sizeof *out->names),
                             0};
    if (out->names == NULL) {
        in->failed = 1;
        return 0;
    }
    for (int w = 1; w <= 7; w++) /* from Monday on */
        if ((list->weekdays >> (w % 7) & 1) != 0)
            out->names[out->count++] = msched__weekday_keys[w % 7];
    for (size_t r = 0; r < 4; r++)
        if ((list->relative >> r & 1) != 0)
            out->names[out->count++] = relatives[r];
    for (uint32_t i = 0; i < list->date_count && !in->failed; i++)
        out->names[out->count++] = copy_date(in, list->dates[i]);
    for (uint32_t i = 0; i < list->except_count && !in->failed; i++)
        out->names[out->count++] = except_name(in, list->excepts[i]);
    return !in->failed;
}

/* The next word, without the punctuation after it; *colon receives 1 if it had a colon. */
static msched__slice next_word(msched__slice *rest, int *colon)
{
    size_t size = 0;
    while (size < rest->size && rest->data[size] != ' ')
        size++;
    msched__slice word = {rest->data, size};
    *rest = msched__slice_trim((msched__slice){rest->data + size, rest->size - size});
    *colon = 0;
    while (word.size > 0 && strchr(",:.", word.data[word.size - 1]) != NULL)
        *colon |= word.data[--word.size] == ':';
    return word;
}

/* A calendar date takes precedence over a weekday. */
int msched__text_name_dates(const msched__text_reader *in, msched__slice *rest,
                            msched__date_list *list, int *other)
{
    msched__date_parts part = {0};
    int64_t date = 0;
    int colon = 0, words = 0;
    *other = 0;
    *list = (msched__date_list){0};
    for (; rest->size > 0 && !colon; words++) {
        msched__slice before = *rest, word = next_word(rest, &colon);
        msched__date_list more;
        if (words > 0 && (word.size == 0 || msched__is_separator(word)))
            break;
        if (words > 0 && rest->size > 0 && msched__slice_is(word, "and"))
            continue;
        if (msched__scan_date_list(word, &more)) {
            list->weekdays |= more.weekdays;
            list->relative |= more.relative;
            for (uint32_t i = 0; i < more.date_count; i++)
                if (list->date_count < MSCHED__DATE_LIST_MAX)
                    list->dates[list->date_count++] = more.dates[i];
        } else if (!msched__take_date_part(word, &part) &&
                   !msched__take_numeric_date(word, msched__byte_at(before, word.size) == '.',
                                              &part)) {
            *rest = before;
            *other = words > 0;
            break;
        }
    }
    if (list->date_count == 0 && msched__date_of_parts(in->day.date, &part, &date))
        list->dates[list->date_count++] = date;
    if (list->date_count > 0)
        list->weekdays = list->relative = 0;
    return list->date_count > 0 || list->relative != 0 ||
           (list->weekdays != 0 && !(part.day > 0 && in->days > 7));
}

msched__slice msched__text_without_on(msched__slice s)
{
    static const char *const words[] = {"on:", "on ", "am ", "an ", "le ", "el ",
                                        "il ", "op ", "na ", "em ", "w ",  "we "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t size = strlen(words[i]);
        if (s.size > size && msched__slice_is((msched__slice){s.data, size}, words[i]))
            return msched__slice_trim((msched__slice){s.data + size, s.size - size});
    }
    return s;
}

/* "week of", "KW": the words before the date or the number of a week. Returns the bytes. */
static size_t week_words(msched__slice s, const char *const *words)
{
    for (; *words != NULL; words++) {
        size_t at = msched__phrase_at(s, 0, *words);
        if (at > 0 && !msched__letter_at(s, at))
            return msched__after_blanks(s, at);
    }
    return 0;
}

static int64_t first_monday(int year)
{
    const int64_t fourth = msched__date_to_days((msched__date){year, 1, 4});
    return fourth - (int64_t)((msched__days_weekday(fourth) + 6) % 7);
}

/*
 * The Monday of a week of ISO 8601 in the year of the plan or, if nearer, the next or last one.
 * *in_year: that year.
 */
static int64_t monday_of_week(int32_t week, msched__date plan, int *in_year)
{
    const int64_t today = msched__date_to_days(plan);
    int64_t best = NO_WEEK;
    *in_year = plan.year;
    for (int year = plan.year - 1; year <= plan.year + 1; year++) {
        const int64_t monday = first_monday(year) + 7 * (int64_t)(week - 1);
        if (best == NO_WEEK || llabs(monday + 3 - today) < llabs(best + 3 - today)) {
            best = monday;
            *in_year = year;
        }
    }
    return best < first_monday(*in_year + 1) ? best : NO_WEEK;
}

/*
 * "6 Dec" and "29" after a dash, or "bis 6.12.": the last date of a range, which ends the text.
 */
static int has_end_of_range(const msched__text_reader *in, msched__slice *rest, int is_joined,
                            int64_t first, int64_t *last)
{
    msched__date_list list;
    size_t at = 0;
    int other;
    if (is_joined && !msched__take_any(*rest, &at, msched__range_words))
        return 0;
    *rest = msched__slice_trim((msched__slice){rest->data + at, rest->size - at});
    at = 0;
    const int32_t day = msched__take_number(*rest, &at, 2);
    if (day > 0 && day <= 31 && at == rest->size) {
        const msched__date from = msched__date_from_days(first);
        *last = first + day - from.day; /* "Nov 28 - 31" is not a range */
        return day > from.day && (int32_t)msched__date_from_days(*last).day == day;
    }
    if (rest->size == 0 || !msched__text_name_dates(in, rest, &list, &other) ||
        list.date_count != 1 || rest->size > 0)
        return 0;
    *last = list.dates[0];
    return 1;
}

/* "27-28 Nov", "30. - 6. Dez.": a number, a dash and a date, which *text moves past. */
static int take_number_to_date(const msched__text_reader *in, msched__slice *text, int64_t *first,
                               int64_t *last)
{
    msched__slice rest = msched__text_without_on(*text);
    msched__date_list list;
    size_t at = 0;
    int other;
    const int32_t day = msched__take_number(rest, &at, 2);
    at += msched__byte_at(rest, at) == '.';
    at = msched__after_blanks(rest, at);
    if (day < 1 || day > 31)
        return 0;
    if (msched__byte_at(rest, at) == '-')
        at++;
    else if (!msched__take_any(rest, &at, msched__range_words))
        return 0;
    rest = msched__slice_trim((msched__slice){rest.data + at, rest.size - at});
    rest = msched__text_without_on(rest);
    if (rest.size == 0 || !msched__text_name_dates(in, &rest, &list, &other) ||
        list.date_count != 1)
        return 0;
    *text = rest;
    *last = list.dates[0];
    for (*first = *last - 1; *last - *first < 31; --*first) /* it may be in the month before */
        if ((int32_t)msched__date_from_days(*first).day == day)
            return 1;
    return 0;
}

int msched__text_begins_with_range(const msched__text_reader *in, msched__slice text)
{
    int64_t first, last;
    size_t at = 0;
    msched__date_parts part = {0};
    while (at < text.size && text.data[at] != ' ')
        at++;
    if (msched__take_date_part((msched__slice){text.data, at}, &part) && part.month > 0) {
        at = msched__after_blanks(text, at); /* "Nov 24-26" */
        return msched__take_number(text, &at, 2) > 0 && msched__byte_at(text, at++) == '-' &&
               msched__take_number(text, &at, 2) > 0 && msched__blank_at(text, at);
    }
    return take_number_to_date(in, &text, &first, &last);
}

/* "27-28 Nov", "30 Nov - 6 Dec". */
static int read_range(const msched__text_reader *in, msched__slice text, int64_t *first,
                      int64_t *last)
{
    msched__date_list list;
    int other;
    const size_t from = week_words(text, msched__from_words);
    text = (msched__slice){text.data + from, text.size - from};
    msched__slice rest = msched__text_without_on(text), tail = text;
    if (take_number_to_date(in, &tail, first, last) && tail.size == 0)
        return 1;
    if (rest.size == 0 || !msched__text_name_dates(in, &rest, &list, &other) ||
        list.date_count != 1)
        return 0;
    *first = list.dates[0];
    return has_end_of_range(in, &rest, other, *first, last) && *last > *first &&
           *last - *first < 31;
}

/*
 * After the number of a week: nothing, or the dates again, as in "KW 48 (23.11. - 29.11.)". Other
 * text is part of a heading, but "Week 48 - prepare report 1h" is a to-do.
 */
static int ends_week(const msched__text_reader *in, msched__slice rest, int is_heading)
{
    msched__date_list list;
    int64_t first, last;
    int other;
    if (rest.size == 0)
        return 1;
    if (strchr("(-", rest.data[0]) == NULL)
        return 0;
    if (is_heading)
        return 1;
    if (rest.data[0] == '(' && rest.data[rest.size - 1] == ')')
        rest.size--;
    rest = msched__slice_trim((msched__slice){rest.data + 1, rest.size - 1});
    if (read_range(in, rest, &first, &last))
        return 1;
    rest = msched__text_without_on(rest);
    return rest.size > 0 && msched__text_name_dates(in, &rest, &list, &other) &&
           list.date_count > 0 && rest.size == 0;
}

static const char *const of_number[] = {"weeks",  "week",  "wk",      "w",      "kws", "kw",
                                        "wochen", "woche", "semaine", "semana", NULL};

int msched__text_begins_with_week(msched__slice text)
{
    size_t at = week_words(text, of_number);
    return at > 0 && msched__take_number(text, &at, 2) > 0;
}

/* "-49" and "/49" after "KW 48", to the end: the last week. 0: there is none. */
static int32_t last_week(msched__slice text, size_t at, int32_t first)
{
    static const char *const joints[] = {"bis", "to", "und", "and", "au", "et", NULL};
    at = msched__after_blanks(text, at);
    if (at < text.size && strchr("-/+&", text.data[at]) != NULL)
        at++;
    else if (!msched__take_any(text, &at, joints))
        return 0;
    at = msched__after_blanks(text, at);
    const int32_t week = msched__take_number(text, &at, 2);
    at += msched__byte_at(text, at) == ':';
    return at == text.size && week > first && week <= 53 && week - first < 9 ? week : 0;
}

/*
 * "Week of Nov 30", "KW 49", "30 Nov - 6 Dec": the first and last date; *first is NO_WEEK if *year
 * lacks the week. 0: it is not a week.
 */
static int read_week(const msched__text_reader *in, msched__slice text, int is_heading,
                     int64_t *first, int64_t *last, int *year)
{
    static const char *const of_date[] = {"week of the",
                                          "week of",
                                          "week commencing",
                                          "week beginning",
                                          "week from",
                                          "week starting",
                                          "w/c",
                                          "w/b",
                                          "woche vom",
                                          "woche ab",
                                          "semaine du",
                                          "semana del",
                                          "semana de",
                                          "settimana del",
                                          "week van",
                                          NULL};
    msched__date_list list;
    msched__date plan;
    int other;
    size_t at = week_words(text, of_date);
    if (in->day.date == NULL || !msched__date_parse(in->day.date, 10, &plan))
        return 0;
    if (at > 0) {
        msched__slice rest = {text.data + at, text.size - at};
        if (rest.size > 0 && msched__text_name_dates(in, &rest, &list, &other) &&
            list.date_count == 1) {
            *first = list.dates[0];
            *last = *first + 6;
            if (rest.size == 0 || has_end_of_range(in, &rest, other, *first, last))
                return 1;
        }
    }
    if (read_range(in, text, first, last))
        return 1;
    at = week_words(text, of_number);
    const size_t number = at;
    const int32_t week = at > 0 ? msched__take_number(text, &at, 2) : -1;
    if (week < 1 || week > 53 || number == at)
        return 0;
    const int32_t until = last_week(text, at, week);
    at += msched__byte_at(text, at) == ':' && at + 1 == text.size;
    at = msched__after_blanks(text, at);
    if (until == 0 && !ends_week(in, (msched__slice){text.data + at, text.size - at}, is_heading))
        return 0;
    *first = monday_of_week(week, plan, year);
    *last = *first == NO_WEEK ? NO_WEEK : *first + 6;
    if (until > 0 && *first != NO_WEEK)
        *last += 7 * (int64_t)(until - week);
    return 1;
}

static void tell_no_week(msched__text_reader *in, msched__slice text, int year)
{
    msched__text_remark(in, MSCHED_SEVERITY_WARNING, text.data, "heading_ignored",
                        in->days > 0 ? "write the dates, as in 28 Dec - 3 Jan; the lines below may "
                                       "be on any date"
                                     : "write the dates, as in 28 Dec - 3 Jan; the lines below are "
                                       "planned",
                        "%d has no week 53", year);
}

/* Those of the dates that the plan covers; if there are none, the first one. */
static void dates_in_plan(const msched__text_reader *in, int64_t first, int64_t last,
                          msched__date_list *list)
{
    msched__date plan;
    *list = (msched__date_list){0};
    if (!msched__date_parse(in->day.date, 10, &plan))
        return;
    const int64_t start = msched__date_to_days(plan);
    const int64_t end = start + (in->days > 0 ? in->days : 1);
    for (int64_t day = first; day <= last && list->date_count < MSCHED__DATE_LIST_MAX; day++)
        if (day >= start && day < end)
            list->dates[list->date_count++] = day;
    if (list->date_count == 0)
        list->dates[list->date_count++] = first;
}

int msched__text_week_dates(const msched__text_reader *in, msched__slice text,
                            msched__date_list *list)
{
    int64_t first, last;
    int year;
    if (!read_week(in, text, 0, &first, &last, &year) || first == NO_WEEK)
        return 0;
    dates_in_plan(in, first, last, list);
    return 1;
}

int msched__text_begin_week(msched__text_reader *in, msched__slice text, size_t level)
{
    int64_t first, last;
    int year = 0;
    msched__date_list list;
    if (!read_week(in, text, level < 7, &first, &last, &year))
        return 0;
    in->above = MSCHED__ABOVE_NOTHING;
    in->part_end = 0;
    in->week.heading_level = level;
    in->week.heading = (msched__text_on){NULL, 0};
    if (first == NO_WEEK) {
        tell_no_week(in, text, year);
        return 1;
    }
    dates_in_plan(in, first, last, &list);
    msched__text_keep_dates(in, &list, &in->week.heading);
    return 1;
}
