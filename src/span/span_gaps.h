/* span/span_gaps.h: the free intervals of a date, and whether a set of tasks fits into them. */
#ifndef MSCHED_SPAN_GAPS_H
#define MSCHED_SPAN_GAPS_H

#include "span/span_model.h"

#define MSCHED__SPAN_SET_MAX 32 /* tasks of a set; larger sets are not checked */

/* Tasks that are to be on a date, each with its seconds there. */
typedef struct msched__span_set {
    uint32_t count;
    uint32_t task[MSCHED__SPAN_SET_MAX];
    int32_t seconds[MSCHED__SPAN_SET_MAX];
} msched__span_set;

/* Precompute the windows of all to-dos on all dates. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__span_measure_windows(msched__span *span);
/*
 * 0 if the tasks cannot all be on the date: they take more than its capacity, or those in one piece
 * do not fit between the events, or they leave too few intervals that are long enough for pieces of
 * the others. The opposite proves nothing.
 */
int msched__span_fits(const msched__span *span, uint32_t day, const msched__span_set *set);
/*
 * The most seconds that a set of tasks leaves on a date for pieces of at least `least_s` of other
 * tasks: an upper bound. -1: the set does not fit.
 */
int64_t msched__span_leaves(const msched__span *span, uint32_t day, const msched__span_set *set,
                            int32_t least_s);

#endif
