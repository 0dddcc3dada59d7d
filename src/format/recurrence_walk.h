/*
 * format/recurrence_walk.h: instances of rules of hours, minutes and seconds. libical steps through
 * every second between two of them, for centuries if there is none; this file goes through the
 * dates asked for and tests each.
 */
#ifndef MSCHED_FORMAT_RECURRENCE_WALK_H
#define MSCHED_FORMAT_RECURRENCE_WALK_H

#include "format/recurrence_end.h"

#include <libical/ical.h>

/* 1 if a list of a rule, such as its months, has values. */
static inline int msched__recurrence_uses(const short *list)
{
    return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* 1 for a rule of hours, minutes or seconds. */
static inline int msched__recurrence_is_of_time(const struct icalrecurrencetype *rule)
{
    return rule->freq == ICAL_SECONDLY_RECURRENCE || rule->freq == ICAL_MINUTELY_RECURRENCE ||
           rule->freq == ICAL_HOURLY_RECURRENCE;
}

/* 1 if this file can expand a rule, whose series is not of dates. */
int msched__recurrence_can_walk(const struct icalrecurrencetype *rule);

/* 1 if no month of the rule has one of its days, such as 30 February. */
int msched__recurrence_is_never(const struct icalrecurrencetype *rule);

/*
 * msched__recurrence_expand for such a rule. Each instance, and each date, hour or minute that is
 * tested, subtracts one from *budget.
 */
enum msched__recurrence_end msched__recurrence_walk(const struct icalrecurrencetype *rule,
                                                    int64_t start, int64_t from, int64_t to,
                                                    uint64_t *budget, msched__recurrence_fn tell,
                                                    void *ctx);

#endif
