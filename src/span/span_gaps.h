/* span/span_gaps.h: the free intervals of a date, and whether a set of tasks fits into them. */
#ifndef MSCHED_SPAN_GAPS_H
#define MSCHED_SPAN_GAPS_H

#include "span/span_model.h"

#define MSCHED__SPAN_SET_MAX 32 /* tasks of a set; larger sets are not checked */

/* A set of tasks for a date, each with its seconds there. */
typedef struct msched__span_set {
    uint32_t count;
    uint32_t task[MSCHED__SPAN_SET_MAX];
    int32_t seconds[MSCHED__SPAN_SET_MAX];
} msched__span_set;

/* Precompute the windows of all to-dos on all dates. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__span_measure_windows(msched__span *span);
/* The window of a to-do on a date; empty if it cannot be there. */
static inline const msched__span_bounds *msched__span_bounds_on(const msched__span *span,
                                                                uint32_t todo, uint32_t day)
{
    return &span->windows[(size_t)todo * span->days + day];
}
/*
 * 0 if the date cannot have all tasks: they exceed its capacity, or those in one piece do not fit
 * between the events, or the remaining intervals are too short for the pieces of the others. 1
 * proves nothing.
 */
int msched__span_fits(const msched__span *span, uint32_t day, const msched__span_set *set);
/*
 * An upper bound of the seconds that a set of tasks leaves on a date for other tasks with pieces of
 * at least `least_s`. -1: the set does not fit.
 */
int64_t msched__span_leaves(const msched__span *span, uint32_t day, const msched__span_set *set,
                            int32_t least_s);

#endif
