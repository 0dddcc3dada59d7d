/*
 * plan/plan_occurrence.h: what happened to a to-do on one of its dates, in a plan of several days.
 */
#ifndef MSCHED_PLAN_PLAN_OCCURRENCE_H
#define MSCHED_PLAN_PLAN_OCCURRENCE_H

#include "plan/plan_data.h"

/*
 * The dates of a span from `date_days` (since 1970) that "mon" or "2026-11-24" means, as bits;
 * *known 0: it is not a name of a date.
 */
uint32_t msched__span_named(int64_t date_days, uint32_t days, const char *name, int *known);
/*
 * Check an occurrence and write its date as "YYYY-MM-DD", which must have room for 11 bytes. NULL,
 * or the problem, which is static.
 */
const char *msched__occurrence_read(int64_t date_days, uint32_t days, msched_occurrence *occurrence,
                                    char *date);
#define MSCHED__OCCURRENCE_AGAIN "a date has two records of what happened"
/* 1 if there is a record of the date of an occurrence that was read. */
int msched__occurrence_is_again(const msched_occurrence *list, uint32_t count,
                                const msched_occurrence *occurrence);
/*
 * Add an occurrence that was read, in place of another one of its date, to an array with room for
 * it; the order is that of the dates. Returns the new count.
 */
uint32_t msched__occurrence_insert(msched_occurrence *list, uint32_t count,
                                   const msched_occurrence *occurrence);
/* A problem of the occurrences of a to-do that is known by itself; NULL: none. Static. */
const char *msched__occurrence_problem(const msched_todo *todo, const msched__span_item *item);
/* The plan's date of an occurrence; UINT32_MAX: it is outside the plan. */
uint32_t msched__occurrence_day(const msched_plan *plan, const msched_occurrence *occurrence);
/* What happened to a to-do on a date of the plan; NULL: nothing was recorded. */
const msched_occurrence *msched__occurrence_on(const msched_plan *plan, uint32_t todo,
                                               uint32_t day);
/*
 * Take the dates of occurrences that need no more time from those on which the to-do may be: each
 * of a to-do with one occurrence per date, and the skipped ones of an event.
 */
void msched__occurrence_close(const msched_plan *plan, uint32_t todo, msched__span_item *item);
/*
 * The to-do and the date that "gym@2026-11-24" names, in a plan of several days; the date is within
 * `id`. UINT32_MAX: none.
 */
uint32_t msched__occurrence_find(const msched_plan *plan, const char *id, const char **date);

#endif
