/*
 * schedule/explain/explain_alternatives.h: more changes that schedule a task that already has a
 * fix.
 */
#ifndef MSCHED_EXPLAIN_ALTERNATIVES_H
#define MSCHED_EXPLAIN_ALTERNATIVES_H

#include "schedule/explain/explain_change.h"

/* What the search for the first fix leaves for that of the others. */
typedef struct msched__first_fix {
    uint32_t tried; /* kinds with an amount */
    msched__fix_rank rank;
    msched__doubts doubts;
    uint8_t visited, confirmed;
} msched__first_fix;

/*
 * Give each task that has a fix up to two more, the one with the least cost to a person first.
 * `first` has an element for each unplaced item.
 */
void msched__explain_alternatives(msched__fixer *f, const msched__first_fix *first);

#endif
