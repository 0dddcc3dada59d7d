/*
 * schedule/explain/explain_alternatives.h: more changes that schedule a task that already has a
 * fix.
 */
#ifndef MSCHED_EXPLAIN_ALTERNATIVES_H
#define MSCHED_EXPLAIN_ALTERNATIVES_H

#include "schedule/explain/explain_change.h"

/* A fix with what it costs. */
typedef struct msched__found {
    msched_fix fix;
    msched__fix_rank rank;
} msched__found;

/* What the search for the first fix leaves for that of the others. */
typedef struct msched__first_fix {
    uint32_t tried; /* kinds with an amount */
    msched__fix_rank rank;
    msched__doubts doubts;
    msched__known known;
    uint8_t visited, confirmed;
    msched__found second; /* what was found before the one confirmed */
} msched__first_fix;

/* The fix that an item has. */
msched__found msched__found_fix(const msched_unplaced *item, msched__fix_rank rank);
/*
 * Give each task that has a fix up to two more, the one with the least cost to a person first.
 * `first` has an element for each unplaced item.
 */
void msched__explain_alternatives(msched__fixer *f, msched__first_fix *first);

#endif
