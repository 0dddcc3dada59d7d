/*
 * schedule/output/schedule_deferred.h: what of a schedule is computed only when it is read.
 *
 * The first reader computes it while others wait; afterwards nobody takes the lock. What is
 * computed writes only fields that are read after msched__deferred_complete.
 */
#ifndef MSCHED_SCHEDULE_DEFERRED_H
#define MSCHED_SCHEDULE_DEFERRED_H

#include <musicsched/base.h>

typedef struct msched__deferred msched__deferred;

/*
 * `compute` may fail and is then called again by the next reader; `release` gets the context when
 * it is done or given up.
 */
typedef struct msched__computation {
    msched_result (*compute)(void *context);
    void (*release)(void *context);
    void *context;
} msched__computation;

/* Leave a computation to the first reader. NULL when out of memory: the context is not taken. */
msched__deferred *msched__deferred_create(const msched_allocator *allocator,
                                          const msched__computation *computation);
/* Compute what was left (NULL: nothing). MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__deferred_complete(msched__deferred *left);
/* Give up what was left (NULL: nothing); for the last owner. */
void msched__deferred_free(msched__deferred *left);

#endif
