/* Rules of hours, minutes and seconds (RFC 5545 section 3.3.10), date by date. */
#include "format/recurrence_end.h" /* also in a build without libical, which needs nothing else */

#ifdef MSCHED_WITH_ICAL

#include "base/civil.h"
#include "format/recurrence_walk.h"

#define DAY_S      86400
#define TESTED_MAX 1000000 /* dates, hours and minutes that are tested for one rule */

/* 1 if a list has a value, or its negative counterpart, and if it is empty. */
static int allows(const short *list, int value, int from_end)
{
    if (!msched__recurrence_uses(list))
        return 1;
    for (int i = 0; list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        if (list[i] == value || (from_end != 0 && list[i] == from_end))
            return 1;
    return 0;
}

int msched__recurrence_can_walk(const struct icalrecurrencetype *rule)
{
    return msched__recurrence_is_of_time(rule) && !msched__recurrence_uses(rule->by_set_pos) &&
           !msched__recurrence_uses(rule->by_week_no) && rule->rscale == NULL;
}

static int days_of_month(int32_t year, int month)
{
    const msched__date first = {year, (uint8_t)month, 1},
                       next = {year + month / 12, (uint8_t)(month % 12 + 1), 1};
    return (int)(msched__date_to_days(next) - msched__date_to_days(first));
}

int msched__recurrence_is_never(const struct icalrecurrencetype *rule)
{
    if (!msched__recurrence_uses(rule->by_month) || !msched__recurrence_uses(rule->by_month_day) ||
        rule->rscale != NULL)
        return 0;
    for (int m = 1; m <= 12; m++) {
        const int days = days_of_month(2000, m); /* a leap year */
        for (int d = 1; d <= days && allows(rule->by_month, m, 0); d++)
            if (allows(rule->by_month_day, d, d - days - 1))
                return 0;
    }
    return 1;
}

static int allows_date(const struct icalrecurrencetype *rule, int64_t day)
{
    const msched__date date = msched__date_from_days(day), new_year = {date.year, 1, 1};
    const int weekday = (int)msched__days_weekday(day) + 1,
              in_year = (int)(day - msched__date_to_days(new_year)) + 1,
              year = days_of_month(date.year, 2) + 337;
    int is_weekday = !msched__recurrence_uses(rule->by_day);
    for (int i = 0; rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
        is_weekday |= (int)icalrecurrencetype_day_day_of_week(rule->by_day[i]) == weekday;
    return is_weekday && allows(rule->by_month, date.month, 0) &&
           allows(rule->by_month_day, date.day,
                  date.day - days_of_month(date.year, date.month) - 1) &&
           allows(rule->by_year_day, in_year, in_year - year - 1);
}

/* A walk in progress. */
typedef struct walk {
    const struct icalrecurrencetype *rule;
    int64_t start, from, to;
    int count; /* instances of the rule that are left; 0: no limit */
    uint32_t tested, told;
    uint64_t *budget;
    msched__recurrence_fn tell;
    void *ctx;
} walk;

#define GO_ON (-1)

static int test(walk *w)
{
    if (w->tested++ == TESTED_MAX || *w->budget == 0)
        return MSCHED__RECURRENCE_EXPENSIVE;
    *w->budget -= 1;
    return GO_ON;
}

/* 1 if a time is a whole number of the rule's intervals from the start. */
static int is_in_step(const walk *w, int64_t local, int64_t unit)
{
    const int64_t interval = w->rule->interval > 0 ? w->rule->interval : 1;
    const int64_t at = local / unit - (local % unit < 0),
                  first = w->start / unit - (w->start % unit < 0);
    return (at - first) % interval == 0;
}

static int tell_instance(walk *w, int64_t local)
{
    if (local < w->start)
        return GO_ON;
    if (local >= w->to)
        return MSCHED__RECURRENCE_DONE;
    if (w->told++ == MSCHED__RECURRENCE_MAX_STEPS || *w->budget == 0)
        return MSCHED__RECURRENCE_EXPENSIVE;
    *w->budget -= 1;
    if (local >= w->from && w->tell(w->ctx, local))
        return MSCHED__RECURRENCE_STOPPED;
    return w->count > 0 && --w->count == 0 ? MSCHED__RECURRENCE_DONE : GO_ON;
}

/* The parts of a time that a rule of longer intervals does not give are those of the start. */
static int allows_part(const walk *w, const short *list, int value, int64_t unit, int is_stepped)
{
    const int64_t second = w->start - msched__days_of(w->start) * DAY_S;
    return msched__recurrence_uses(list) || is_stepped ? allows(list, value, 0)
                                                       : value == (int)(second / unit % 60);
}

static int walk_minute(walk *w, int64_t minute)
{
    const int steps = w->rule->freq == ICAL_SECONDLY_RECURRENCE;
    int end = steps ? test(w) : GO_ON;
    for (int s = 0; s < 60 && end == GO_ON; s++)
        if (allows_part(w, w->rule->by_second, s, 1, steps) &&
            (!steps || is_in_step(w, minute + s, 1)))
            end = tell_instance(w, minute + s);
    return end;
}

static int walk_hour(walk *w, int64_t hour)
{
    const int steps = w->rule->freq != ICAL_HOURLY_RECURRENCE,
              is_own = w->rule->freq == ICAL_MINUTELY_RECURRENCE;
    int end = steps ? test(w) : GO_ON;
    for (int m = 0; m < 60 && end == GO_ON; m++)
        if (allows_part(w, w->rule->by_minute, m, 60, steps) &&
            (!is_own || is_in_step(w, hour + 60 * m, 60)))
            end = walk_minute(w, hour + 60 * m);
    return end;
}

enum msched__recurrence_end msched__recurrence_walk(const struct icalrecurrencetype *rule,
                                                    int64_t start, int64_t from, int64_t to,
                                                    uint64_t *budget, msched__recurrence_fn tell,
                                                    void *ctx)
{
    walk w = {.rule = rule,
              .start = start,
              .from = from,
              .to = to,
              .count = rule->count,
              .budget = budget,
              .tell = tell,
              .ctx = ctx};
    const int is_own = rule->freq == ICAL_HOURLY_RECURRENCE;
    int end = GO_ON;
    /* without COUNT, what is before the time asked for does not matter */
    for (int64_t day = msched__days_of(rule->count > 0 || start > from ? start : from);
         day * DAY_S < to && end == GO_ON; day++) {
        end = test(&w);
        if (end != GO_ON || !allows_date(rule, day))
            continue;
        for (int h = 0; h < 24 && end == GO_ON; h++)
            if (allows(rule->by_hour, h, 0) &&
                (!is_own || is_in_step(&w, day * DAY_S + 3600 * h, 3600)))
                end = walk_hour(&w, day * DAY_S + 3600 * h);
    }
    return end == GO_ON ? MSCHED__RECURRENCE_DONE : (enum msched__recurrence_end)end;
}

#endif
