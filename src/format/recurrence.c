#include "format/recurrence.h"

#ifdef MSCHED_WITH_ICAL

#include "base/civil.h"
#include "format/recurrence_walk.h"

#include <libical/ical.h>
#include <stdlib.h>

#define DAY_S 86400

int msched__recurrence_available(void)
{
    return 1;
}

static struct icaltimetype to_ical(int64_t local, int is_date)
{
    int64_t days = msched__days_of(local), second = local - days * DAY_S;
    msched__date date = msched__date_from_days(days);
    struct icaltimetype time = icaltime_null_time();
    time.year = date.year;
    time.month = date.month;
    time.day = date.day;
    time.is_date = is_date;
    if (!is_date) {
        time.hour = (int)(second / 3600);
        time.minute = (int)(second / 60 % 60);
        time.second = (int)(second % 60);
    }
    return time;
}

static int64_t from_ical(struct icaltimetype time)
{
    msched__date date = {time.year, (uint8_t)time.month, (uint8_t)time.day};
    int64_t seconds = time.is_date ? 0 : time.hour * 3600 + time.minute * 60 + time.second;
    return msched__date_to_days(date) * DAY_S + seconds;
}

/* Seconds after which the rule visits the same days and times again; 0 if unknown. */
static int64_t period_of(const struct icalrecurrencetype *rule)
{
    int64_t interval = rule->interval > 0 ? rule->interval : 1;
    switch (rule->freq) {
    case ICAL_SECONDLY_RECURRENCE:
        return interval;
    case ICAL_MINUTELY_RECURRENCE:
        return 60 * interval;
    case ICAL_HOURLY_RECURRENCE:
        return 3600 * interval;
    case ICAL_DAILY_RECURRENCE:
        return DAY_S * interval;
    case ICAL_WEEKLY_RECURRENCE:
        return 7 * DAY_S * interval;
    default:
        return 0;
    }
}

/*
 * Rules of hours and less that are filtered by days, and that recurrence_walk.c leaves to libical:
 * it steps through every second, minute or hour between two instances, for centuries if there are
 * none.
 */
static int is_expensive(const struct icalrecurrencetype *rule)
{
    int by_day = msched__recurrence_uses(rule->by_month) ||
                 msched__recurrence_uses(rule->by_month_day) ||
                 msched__recurrence_uses(rule->by_year_day) ||
                 msched__recurrence_uses(rule->by_week_no) || msched__recurrence_uses(rule->by_day);
    int by_time = msched__recurrence_uses(rule->by_hour) ||
                  msched__recurrence_uses(rule->by_minute) ||
                  msched__recurrence_uses(rule->by_second);
    if (rule->freq == ICAL_SECONDLY_RECURRENCE)
        return by_day || by_time;
    if (rule->freq == ICAL_HOURLY_RECURRENCE)
        return by_day;
    return rule->freq == ICAL_MINUTELY_RECURRENCE &&
           (by_day || msched__recurrence_uses(rule->by_hour));
}

/*
 * 1 for "BYMONTHDAY=15,16,17,18,19,20,21;BYDAY=1SU", as Horde writes the changes of clocks: the
 * first Sunday of the month is not one of these days, but one of them is a Sunday. libical tells
 * the same date of such a rule again and again.
 */
static int has_no_such_day(const struct icalrecurrencetype *rule)
{
    if (!msched__recurrence_uses(rule->by_month_day) ||
        (rule->freq != ICAL_MONTHLY_RECURRENCE &&
         (rule->freq != ICAL_YEARLY_RECURRENCE || !msched__recurrence_uses(rule->by_month))))
        return 0;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
        int number = icalrecurrencetype_day_position(rule->by_day[i]);
        for (int k = 0; rule->by_month_day[k] != ICAL_RECURRENCE_ARRAY_MAX; k++)
            if (number <= 0 || rule->by_month_day[k] <= 0 ||
                (rule->by_month_day[k] - 1) / 7 == number - 1)
                return 0;
    }
    return 1;
}

/* "FREQ=WEEKLY;BYDAY=1MO": a number counts weekdays of a month or year, and has no meaning here. */
static void drop_numbers(struct icalrecurrencetype *rule)
{
    if (rule->freq != ICAL_WEEKLY_RECURRENCE && rule->freq != ICAL_DAILY_RECURRENCE &&
        !has_no_such_day(rule))
        return;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        rule->by_day[i] = (short)icalrecurrencetype_day_day_of_week(rule->by_day[i]);
}

/*
 * A rule of weeks without days is on the weekday of its start (RFC 5545 section 3.3.10). libical
 * 3.0.16 finds no instance of it, or reads and writes outside of its arrays.
 */
static void add_weekday(struct icalrecurrencetype *rule, int64_t start)
{
    if (!msched__recurrence_uses(rule->by_week_no) || msched__recurrence_uses(rule->by_day) ||
        msched__recurrence_uses(rule->by_month_day) || msched__recurrence_uses(rule->by_year_day))
        return;
    int64_t days = msched__days_of(start);
    rule->by_day[0] = (short)(msched__days_weekday(days) + 1); /* 1: Sunday */
    rule->by_day[1] = ICAL_RECURRENCE_ARRAY_MAX;
}

static int compare_values(const void *a, const void *b)
{
    return *(const short *)a - *(const short *)b;
}

static void sort_values(short *list)
{
    size_t count = 0;
    while (list[count] != ICAL_RECURRENCE_ARRAY_MAX)
        count++;
    qsort(list, count, sizeof *list, compare_values);
}

/* The times of a date in order: libical visits them as the rule lists them. */
static void sort_times(struct icalrecurrencetype *rule)
{
    sort_values(rule->by_hour);
    sort_values(rule->by_minute);
    sort_values(rule->by_second);
}

int msched__recurrence_valid(const char *text)
{
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    int valid = rule.freq != ICAL_NO_RECURRENCE && rule.interval > 0 && rule.count >= 0;
    free(rule.rscale);
    return valid;
}

/*
 * The start of the series that is passed to libical. It loses its place in a rule of every second
 * or third week when the series does not begin on a day of the rule, so such a series begins on the
 * first such day of its week; iterate() leaves out what is too early.
 */
static int64_t first_of_week(const struct icalrecurrencetype *rule, int64_t start)
{
    if (rule->freq != ICAL_WEEKLY_RECURRENCE || rule->interval < 2 ||
        !msched__recurrence_uses(rule->by_day))
        return start;
    int64_t days = msched__days_of(start);
    /* 0: Sunday */
    int week_start = rule->week_start == ICAL_NO_WEEKDAY ? 1 : (int)rule->week_start - 1;
    int from_week_start = ((int)msched__days_weekday(days) - week_start + 7) % 7, first = 7;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
        int weekday = (int)icalrecurrencetype_day_day_of_week(rule->by_day[i]) - 1;
        int place = (weekday - week_start + 7) % 7;
        first = place < first ? place : first;
    }
    return start + (int64_t)(first - from_week_start) * DAY_S;
}

/*
 * Where the iteration begins: without COUNT, all periods are alike, so it begins two periods before
 * `from`.
 */
static int64_t first_start(const struct icalrecurrencetype *rule, int64_t start, int64_t from)
{
    int64_t period = period_of(rule);
    start = first_of_week(rule, start);
    if (rule->count != 0 || period == 0 || from - 2 * period <= start)
        return start;
    return start + (from - start - 2 * period) / period * period;
}

/* An expansion in progress. */
typedef struct expansion {
    icalrecur_iterator *iterator;
    int64_t start, from, to;
    int count; /* instances of the rule that are left; 0: no limit */
    uint64_t *budget;
} expansion;

static enum msched__recurrence_end iterate(expansion *e, msched__recurrence_fn tell, void *ctx)
{
    for (uint32_t step = 0;; step++) {
        struct icaltimetype next = icalrecur_iterator_next(e->iterator);
        if (icaltime_is_null_time(next))
            return MSCHED__RECURRENCE_DONE;
        int64_t local = from_ical(next);
        if (local >= e->to)
            return MSCHED__RECURRENCE_DONE;
        if (step == MSCHED__RECURRENCE_MAX_STEPS || *e->budget == 0)
            return MSCHED__RECURRENCE_EXPENSIVE;
        *e->budget -= 1;
        if (local < e->start)
            continue;
        if (local >= e->from && tell(ctx, local))
            return MSCHED__RECURRENCE_STOPPED;
        if (e->count > 0 && --e->count == 0)
            return MSCHED__RECURRENCE_DONE;
    }
}

enum msched__recurrence_end msched__recurrence_expand(const msched__recurrence *series,
                                                      int64_t from, int64_t to, uint64_t *budget,
                                                      msched__recurrence_fn tell, void *ctx)
{
    if (series->start >= to)
        return MSCHED__RECURRENCE_DONE;
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(series->rule);
    enum msched__recurrence_end end = MSCHED__RECURRENCE_DONE;
    drop_numbers(&rule);
    add_weekday(&rule, series->start);
    sort_times(&rule);
    if (rule.freq == ICAL_NO_RECURRENCE) {
        end = MSCHED__RECURRENCE_INVALID;
    } else if (*budget == 0 || (series->is_date && msched__recurrence_is_of_time(&rule))) {
        /* libical never ends some rules of times in series of dates */
        end = MSCHED__RECURRENCE_EXPENSIVE;
    } else if (msched__recurrence_is_never(&rule)) {
        end = MSCHED__RECURRENCE_DONE;
    } else if (!series->is_date && msched__recurrence_can_walk(&rule)) {
        end = msched__recurrence_walk(&rule, series->start, from, to, budget, tell, ctx);
    } else if (is_expensive(&rule)) {
        end = MSCHED__RECURRENCE_EXPENSIVE;
    } else {
        struct icaltimetype first = to_ical(first_start(&rule, series->start, from),
                                            series->is_date);
        expansion e = {
            .start = series->start, .from = from, .to = to, .count = rule.count, .budget = budget};
        rule.count = 0;
        e.iterator = icalrecur_iterator_new(rule, first);
        if (e.iterator != NULL)
            end = iterate(&e, tell, ctx);
        else /* the rule has no instance, which libical found by searching */
            *budget -= *budget < MSCHED__RECURRENCE_NEVER ? *budget : MSCHED__RECURRENCE_NEVER;
        icalrecur_iterator_free(e.iterator);
    }
    free(rule.rscale);
    return end;
}

#else

int msched__recurrence_available(void)
{
    return 0;
}

int msched__recurrence_valid(const char *text)
{
    (void)text;
    return 0;
}

enum msched__recurrence_end msched__recurrence_expand(const msched__recurrence *series,
                                                      int64_t from, int64_t to, uint64_t *budget,
                                                      msched__recurrence_fn tell, void *ctx)
{
    (void)series, (void)from, (void)to, (void)budget, (void)tell, (void)ctx;
    return MSCHED__RECURRENCE_INVALID;
}

#endif
