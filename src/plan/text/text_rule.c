/*
 * Repeats by weeks, months and years. Dates of repeats in words are counted here; libical expands
 * what is written as a rule.
 */
#include "plan/text/text_rule.h"

#include "base/civil.h"
#include "plan/plan_rule.h"
#include "plan/text/plan_text.h"
#include "plan/words/text_date_words.h"

#include <stdio.h>
#include <string.h>

enum unit { NO_UNIT, WEEKS, MONTHS, YEARS };

typedef struct repeat {
    enum unit unit;
    int32_t interval;
    uint32_t weekdays; /* bits; 0: that of the start */
    int32_t nth;       /* of the month's weekdays: 1 to 4, -1 the last; 0: not given */
    int32_t day;       /* of the month; 0: that of the start */
} repeat;

static msched__slice rest_of(msched__slice s, size_t at)
{
    return (msched__slice){s.data + at, s.size - at};
}

static int take(msched__slice s, size_t *at, const char *word)
{
    if (!msched__take_word(s, at, word))
        return 0;
    msched__skip_spaces(s, at);
    return 1;
}

/* "2", "other", "second", "15th", "last" (-1); 0: none. *ordinal: not a number of weeks. */
static int32_t take_order(msched__slice s, size_t *at, int *ordinal)
{
    static const char *const words[] = {"first", "second", "third", "fourth"},
                             *const numbers[] = {"two", "three", "four", "five", "six"},
                             *const ends[] = {"st", "nd", "rd", "th"};
    *ordinal = 1;
    for (int32_t i = 0; i < 4; i++)
        if (take(s, at, words[i]))
            return i + 1;
    if (take(s, at, "last"))
        return -1;
    *ordinal = 0;
    if (take(s, at, "other"))
        return 2;
    for (int32_t i = 0; i < 5; i++)
        if (take(s, at, numbers[i]))
            return i + 2;
    size_t p = *at;
    int32_t number = msched__take_number(s, &p, 2);
    if (number < 1)
        return 0;
    for (size_t i = 0; i < 4; i++)
        if (msched__take_word(s, &p, ends[i]))
            *ordinal = 1;
    msched__skip_spaces(s, &p);
    *at = p;
    return number;
}

static enum unit take_unit(msched__slice s, size_t *at)
{
    if (take(s, at, "week") || take(s, at, "weeks"))
        return WEEKS;
    if (take(s, at, "month") || take(s, at, "months"))
        return MONTHS;
    return take(s, at, "year") || take(s, at, "years") ? YEARS : NO_UNIT;
}

static int take_of_month(msched__slice s, size_t *at)
{
    size_t p = *at;
    if (!take(s, &p, "of") && !take(s, &p, "in"))
        return 0;
    int named = take(s, &p, "the") || take(s, &p, "each") || take(s, &p, "every");
    if (!take(s, &p, "month") && !(named && take(s, &p, "months")))
        return 0;
    *at = p;
    return 1;
}

/* "monday", "mon and wed" from a place to the end, weekdays only; as bits. */
static uint32_t weekdays_of(msched__slice s)
{
    msched__date_list list;
    return s.size > 0 && msched__scan_date_list(s, &list) && list.date_count == 0 &&
                   list.relative == 0
               ? list.weekdays
               : 0;
}

/* "15th", "first monday" of a month. */
static int take_month_day(msched__slice s, size_t *at, repeat *r)
{
    int ordinal;
    msched__date_word word;
    int32_t order = take_order(s, at, &ordinal);
    if (order == 0 || !ordinal)
        return 0;
    if (order >= -1 && order <= 4 && msched__take_date_word(s, at, &word)) {
        if (word.weekday < 0)
            return 0;
        msched__skip_spaces(s, at);
        r->weekdays = 1u << word.weekday;
        r->nth = order;
        return 1;
    }
    if (order == -1 && take(s, at, "day"))
        order = 31;
    r->day = order;
    return order >= 1 && order <= 31;
}

/* "on Tue", "on the 15th" after the unit. */
static int take_on(msched__slice s, size_t at, repeat *r)
{
    if (at == s.size)
        return 1;
    if (!take(s, &at, "on") && r->unit != WEEKS)
        return 0;
    if (r->unit == WEEKS)
        return (r->weekdays = weekdays_of(rest_of(s, at))) != 0;
    return r->unit == MONTHS && take(s, &at, "the") && take_month_day(s, &at, r) && at == s.size;
}

/* "every second Tuesday", "every first Monday of the month", "every 15th of the month". */
static int read_ordinal(msched__slice s, size_t at, int32_t order, repeat *r)
{
    msched__date_word word;
    size_t p = at;
    if (msched__take_date_word(s, &p, &word) && word.weekday >= 0) {
        msched__skip_spaces(s, &p);
        int of_month = take_of_month(s, &p);
        *r = (repeat){.unit = MONTHS, .interval = 1, .weekdays = 1u << word.weekday, .nth = order};
        if (!of_month && order > 1) /* every other Tuesday */
            *r = (repeat){.unit = WEEKS, .interval = order, .weekdays = 1u << word.weekday};
        return p == s.size && order <= 4;
    }
    *r = (repeat){.unit = MONTHS, .interval = 1, .day = order > 0 ? order : 31};
    if (order < 0 && !take(s, &at, "day"))
        return 0;
    /* "every 15th": of the month */
    const int digits = order > 0 && at == s.size && msched__digit_at(s, at - 3);
    return (digits || take_of_month(s, &at)) && at == s.size && order <= 31;
}

static int read_every(msched__slice s, size_t at, repeat *r)
{
    int ordinal;
    size_t start = at;
    if (take(s, &at, "fortnight")) {
        *r = (repeat){.unit = WEEKS, .interval = 2};
        return take_on(s, at, r);
    }
    int32_t order = take_order(s, &at, &ordinal);
    size_t unit = at;
    *r = (repeat){.unit = take_unit(s, &unit), .interval = order > 0 ? order : 1};
    if (order < 0 || (order > 0 && r->unit == NO_UNIT))
        return (ordinal || order == 2) && read_ordinal(s, at, order, r);
    if (order == 0 && at != start)
        return 0;
    /* "every week" is once a week */
    return r->unit != NO_UNIT && take_on(s, unit, r) &&
           (order > 0 || r->unit != WEEKS || r->weekdays != 0);
}

static int read_repeat(msched__slice s, repeat *r)
{
    size_t at = 0;
    if (take(s, &at, "every") || take(s, &at, "each"))
        return at < s.size && read_every(s, at, r);
    if (take(s, &at, "on")) { /* "on the first Monday of each month" */
        *r = (repeat){.unit = MONTHS, .interval = 1};
        return take(s, &at, "the") && take_month_day(s, &at, r) && take_of_month(s, &at) &&
               at == s.size;
    }
    if ((s.data[0] | 32) != 'b' && (s.data[0] | 32) != 'm') { /* "last Friday of the month" */
        *r = (repeat){.unit = MONTHS, .interval = 1};
        size_t p = 0;
        if (take_month_day(s, &p, r))
            return take_of_month(s, &p) && p == s.size;
    }
    if (take(s, &at, "biweekly") || take(s, &at, "fortnightly"))
        *r = (repeat){.unit = WEEKS, .interval = 2};
    else if (take(s, &at, "monthly"))
        *r = (repeat){.unit = MONTHS, .interval = 1};
    else if (take(s, &at, "yearly") || take(s, &at, "annually"))
        *r = (repeat){.unit = YEARS, .interval = 1};
    else
        return 0;
    return take_on(s, at, r);
}

static int is_rule(msched__slice s)
{
    return s.size > 6 && msched__slice_is((msched__slice){s.data, 6}, "rrule:") &&
           memchr(s.data, ' ', s.size) == NULL;
}

int msched__match_rule(msched__slice s, enum msched__attr_place place, msched__attr *attr)
{
    repeat r;
    if (s.size < 6 || strchr("efbmyaosrlt", s.data[0] | 32) == NULL || place == MSCHED__PLACE_FILL)
        return 0;
    if (is_rule(s) || (((s.data[0] | 32) == 'e' || place != MSCHED__PLACE_LEAD) &&
                       !(s.size > 5 && msched__slice_is((msched__slice){s.data, 5}, "since")) &&
                       read_repeat(s, &r))) {
        msched__attr_clear(attr, s);
        attr->name = s;
        return msched__attr_set(attr, MSCHED__ATTR_RULE, 0);
    }
    msched__date date;
    size_t at = 6;
    if (!msched__slice_is((msched__slice){s.data, 6}, "since:") &&
        !msched__slice_is((msched__slice){s.data, 6}, "since "))
        return 0;
    msched__skip_spaces(s, &at);
    if (s.size - at != 10 || !msched__date_parse(s.data + at, 10, &date))
        return 0;
    msched__attr_clear(attr, s);
    attr->name = rest_of(s, at);
    return msched__attr_set(attr, MSCHED__ATTR_SINCE, (int32_t)msched__date_to_days(date));
}

/* Days in the month of a date. */
static int month_length(msched__date date)
{
    date.day = 28;
    int64_t day = msched__date_to_days(date);
    while (msched__date_from_days(day + 1).month == date.month)
        day++;
    return msched__date_from_days(day).day;
}

static int is_in_month(const repeat *r, int64_t start, int64_t day)
{
    msched__date date = msched__date_from_days(day);
    int last = month_length(date);
    if (r->nth != 0)
        return (r->weekdays >> msched__days_weekday(day) & 1) != 0 &&
               (r->nth > 0 ? (date.day - 1) / 7 == r->nth - 1 : date.day + 7 > last);
    int wanted = r->day > 0 ? r->day : msched__date_from_days(start).day;
    return date.day == wanted || (wanted > last && date.day == last && r->day == 31);
}

static int is_on(const repeat *r, int64_t start, int64_t day)
{
    msched__date from = msched__date_from_days(start), date = msched__date_from_days(day);
    int64_t months = (int64_t)(date.year - from.year) * 12 + date.month - from.month;
    if (day < start)
        return 0;
    if (r->unit == WEEKS) {
        int64_t monday = start - (msched__days_weekday(start) + 6) % 7;
        uint32_t wanted = r->weekdays != 0 ? r->weekdays : 1u << msched__days_weekday(start);
        return (day - monday) / 7 % r->interval == 0 &&
               (wanted >> msched__days_weekday(day) & 1) != 0;
    }
    if (r->unit == MONTHS)
        return months % r->interval == 0 && is_in_month(r, start, day);
    return date.month == from.month && date.day == from.day && months / 12 % r->interval == 0;
}

static void fail_at(msched__text_reader *in, uint32_t line, uint32_t column, msched__slice text,
                    const char *problem)
{
    msched__diag_add(
        in->diag, MSCHED_SEVERITY_ERROR, line, column, MSCHED_ERROR_VALUE, "bad_repeat",
        "write every 2 weeks on Tue since:2026-11-10, or list the dates with on:", "\"%.*s\" %s",
        (int)(text.size > 60 ? 60 : text.size), text.data, problem);
}

/* The dates of a rule as bits; 0 after an error. */
static int expand_rule(msched__text_reader *in, msched__slice text, int64_t start,
                       msched__dated_rule *rule, const char **problem)
{
    char copy[MSCHED__RULE_BYTES + 8];
    if (text.size - 6 >= sizeof copy) {
        *problem = "is too long for a rule";
        return 0;
    }
    memcpy(copy, text.data + 6, text.size - 6);
    copy[text.size - 6] = '\0';
    rule->start = start;
    rule->until = INT64_MAX;
    *problem = msched__rule_split(copy, rule);
    if (*problem != NULL)
        return 0;
    uint64_t budget = MSCHED__RULE_BUDGET - in->rule_cost, left = budget;
    msched_result result = msched__rule_expand(rule, &left);
    in->rule_cost += budget - left;
    if (result != MSCHED_OK)
        *problem = result == MSCHED_ERROR_LIMIT ? "takes too long" : "is not a rule";
    return result == MSCHED_OK;
}

/* "every 2 weeks" without a start counts from the plan's date. */
static void tell_start(msched__text_reader *in, uint32_t line, uint32_t column, msched__slice text)
{
    char since[32];
    const char *const texts[] = {since};
    uint32_t end = column + (uint32_t)text.size;
    snprintf(since, sizeof since, " since:%s", in->day.date);
    msched__diag_add(in->diag, MSCHED_SEVERITY_WARNING, line, column, MSCHED_OK, "assumed_start",
                     "add the date of one of them, for example since:2026-11-10",
                     "\"%.*s\" is counted from %s", (int)text.size, text.data, in->day.date);
    msched__diag_edit(in->diag, line, end, end, texts, 1);
}

static int name_dates(msched__text_reader *in, const msched__dated_rule *rule,
                      msched__text_dates *dates)
{
    const char **names = msched__arena_alloc(&in->arena, rule->days, sizeof *names);
    uint32_t count = 0;
    for (uint32_t d = 0; names != NULL && d < rule->days; d++) {
        char text[11];
        if ((rule->dates >> d & 1) == 0)
            continue;
        msched__date_write(rule->first + d, text);
        names[count] = msched__arena_copy(&in->arena, text, 10);
        names = names[count++] == NULL ? NULL : names;
    }
    in->failed |= names == NULL;
    dates->on = (msched__text_on){names, count};
    dates->each = dates->times == 0;
    return names != NULL;
}

/* The rule of a line as dates; 0 after an error. */
static int find_dates(msched__text_reader *in, const msched__text_values *v,
                      const msched__text_on *on, uint32_t line, msched__dated_rule *rule)
{
    repeat r = {0};
    const char *problem = NULL;
    uint32_t column = v->column[MSCHED__ATTR_RULE];
    int counted = v->column[MSCHED__ATTR_SINCE] != 0;
    if (is_rule(v->rule)) {
        if (expand_rule(in, v->rule, rule->start, rule, &problem))
            return 1;
        fail_at(in, line, column, v->rule, problem);
        return 0;
    }
    if (!read_repeat(v->rule, &r) || r.interval < 1)
        return 0;
    if (r.unit == WEEKS && r.weekdays == 0)
        for (uint32_t i = 0; i < on->count; i++) /* "Tue Bins 10m every 2 weeks" */
            r.weekdays |= weekdays_of((msched__slice){on->names[i], strlen(on->names[i])});
    int from_start = r.interval > 1 || r.unit == YEARS ||
                     (r.unit == MONTHS && r.nth == 0 && r.day == 0);
    if (!counted && from_start && in->days > 0)
        tell_start(in, line, column, v->text[MSCHED__ATTR_RULE]);
    for (uint32_t d = 0; d < rule->days; d++)
        rule->dates |= (uint32_t)is_on(&r, rule->start, rule->first + d) << d;
    for (rule->next = rule->first + rule->days; rule->next < rule->first + 8 * 366; rule->next++)
        if (is_on(&r, rule->start, rule->next))
            break;
    if (!counted && from_start && in->days == 0) {
        rule->dates = 1; /* it cannot be known */
        msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, line, column, MSCHED_OK, "date_ignored",
                         "add the date of one of them, for example since:2026-11-10",
                         "\"%.*s\" is ignored: the plan covers only %s", (int)v->rule.size,
                         v->rule.data, in->day.date);
    }
    return 1;
}

int msched__text_keep_rule(msched__text_reader *in, msched__text_values *v)
{
    const char *rule = msched__arena_copy(&in->arena, v->rule.data, v->rule.size);
    in->failed |= rule == NULL;
    v->rule.data = rule;
    return rule != NULL;
}

int msched__text_use_rule(msched__text_reader *in, const msched__text_values *v,
                          msched__text_dates *dates, uint32_t line)
{
    msched__date first, next;
    uint32_t column = v->column[MSCHED__ATTR_RULE];
    if (column == 0 || in->day.date == NULL || !msched__date_parse(in->day.date, 10, &first))
        return 1;
    msched__dated_rule rule = {.first = msched__date_to_days(first),
                               .days = in->days > 0 ? in->days : 1};
    rule.start = v->column[MSCHED__ATTR_SINCE] != 0 ? v->value[MSCHED__ATTR_SINCE] : rule.first;
    if (!find_dates(in, v, &dates->on, line, &rule))
        return 0;
    if (rule.dates != 0)
        return in->days == 0 || name_dates(in, &rule, dates);
    next = msched__date_from_days(rule.next);
    msched__diag_add(in->diag, MSCHED_SEVERITY_NOTE, line, column, MSCHED_OK, "not_yet", "",
                     "left out: it is not on a date of the plan, but next on %04d-%02u-%02u",
                     (int)next.year, (unsigned)next.month, (unsigned)next.day);
    return 0;
}
