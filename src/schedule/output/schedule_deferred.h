/*
 * schedule/output/schedule_deferred.h: the part of a schedule that is computed when it is first
 * read.
 *
 * The first reader computes it while others wait; afterward, no reader takes the lock. The
 * computation writes only fields that are read after msched__deferred_complete.
 */
#ifndef MSCHED_SCHEDULE_DEFERRED_H
#define MSCHED_SCHEDULE_DEFERRED_H

#include <musicsched/base.h>

typedef struct msched__deferred msched__deferred;

/*
 * If `compute` fails, the next reader calls it again; `release` receives the context when it is
 * done or dropped.
 */
typedef struct msched__computation {
    msched_result (*compute)(void *context);
    void (*release)(void *context);
    void *context;
} msched__computation;

/*
 * Leave a computation to the first reader. NULL when out of memory; then the caller keeps the
 * context.
 */
msched__deferred *msched__deferred_create(const msched_allocator *allocator,
                                          const msched__computation *computation);
/* Do the deferred computation (NULL: none). MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__deferred_complete(msched__deferred *left);
/* Drop the deferred computation (NULL: none); for the last owner. */
void msched__deferred_free(msched__deferred *left);

#endif
