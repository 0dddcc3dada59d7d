/* schedule/explain/explain_alternatives.h: other changes that schedule a task that has a fix. */
#ifndef MSCHED_EXPLAIN_ALTERNATIVES_H
#define MSCHED_EXPLAIN_ALTERNATIVES_H

#include "schedule/explain/explain_change.h"

/* What the search of the first fix leaves for that of the others. */
typedef struct msched__first_fix {
    uint32_t tried; /* kinds with an amount */
    msched__fix_rank rank;
    msched__doubts doubts;
    uint8_t visited, confirmed;
} msched__first_fix;

/*
 * Give each task that has a fix up to two more, and put the one first that costs a person least.
 * `first` has an element for each unplaced item.
 */
void msched__explain_alternatives(msched__fixer *f, const msched__first_fix *first);

#endif
