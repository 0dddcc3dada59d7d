/*
 * plan/text/text_rule.h: repeats by weeks, months and years: "every 2 weeks on Tue",
 * "every first Monday of the month", "rrule:FREQ=WEEKLY;INTERVAL=2".
 */
#ifndef MSCHED_PLAN_TEXT_TEXT_RULE_H
#define MSCHED_PLAN_TEXT_TEXT_RULE_H

#include "plan/words/text_scan.h"

struct msched__text_reader;
struct msched__text_values;
struct msched__text_dates;

/* A repeat, or the date from which it counts ("since:2026-11-10"). 1 if the slice is one. */
int msched__match_rule(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

/* Keep the text of the repeat until the dates are known. 0 when out of memory. */
int msched__text_keep_rule(struct msched__text_reader *in, struct msched__text_values *values);
/*
 * The dates of the plan on which a line with a repeat is, as its dates; an error of the repeat or,
 * where it has none of them, a note. 0: the line is left out.
 */
int msched__text_use_rule(struct msched__text_reader *in, const struct msched__text_values *values,
                          struct msched__text_dates *dates, uint32_t line);

#endif
