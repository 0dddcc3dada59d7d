/* plan/text/text_happened.h: what happened on single dates. */
#ifndef MSCHED_PLAN_TEXT_TEXT_HAPPENED_H
#define MSCHED_PLAN_TEXT_TEXT_HAPPENED_H

#include "plan/text/plan_text.h"

/* "done:mon,tue 18:30" and the like. 1 if the slice is one. */
int msched__match_happened(msched__slice slice, msched__attr *attr);
/* Keep the attribute in the values of the line. */
void msched__text_keep_happened(msched__text_values *values, const msched__attr *attr);
/* Read these attributes of a line. 0 when out of memory. */
int msched__text_read_happened(msched__text_reader *in, const msched__text_values *values,
                               msched__text_dates *dates);
/*
 * Once a plan of several days is read, make them occurrences; `first` is its first date since 1970.
 * 0 after an error.
 */
int msched__text_settle_happened(msched__text_reader *in, msched__text_todo *todo, int64_t first);

#endif
