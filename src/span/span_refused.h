/*
 * span/span_refused.h: sets of tasks that could not all be scheduled on a date.
 *
 * A set is the hash of its tasks with their seconds on the date.
 */
#ifndef MSCHED_SPAN_REFUSED_H
#define MSCHED_SPAN_REFUSED_H

#include "span/span_model.h"

/* The hash of a part of a task on a date, 0 if it has no seconds; a set is the xor of its parts. */
uint64_t msched__span_hash_part(uint32_t task, int32_t seconds);
/* The set of the tasks of a date. */
uint64_t msched__span_hash_date(const msched__span *span, uint32_t day);
/* Remember that the tasks of a date could not all be scheduled, so that steps avoid this set. */
void msched__span_refuse(msched__span *span, uint32_t day);
int msched__span_is_refused(const msched__span *span, uint32_t day, uint64_t set);

#endif
