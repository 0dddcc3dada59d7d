/*
 * span/span_previous.h: what a previous schedule says about a plan of several dates: what has begun
 * keeps its date, what was to come stays where it was if it can, the rest is planned again.
 */
#ifndef MSCHED_SPAN_PREVIOUS_H
#define MSCHED_SPAN_PREVIOUS_H

#include "span/span_model.h"

/*
 * Match the entries of span->previous (NULL: none) with tasks and songs, and cut them into a
 * schedule of each date. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_read_previous(msched__span *span);
/*
 * Tasks that were to keep their date, but which the rules of the plan no longer leave there, may be
 * on all of theirs again. Once, when all dates have been solved.
 */
void msched__span_free_kept(msched__span *span);
/* Tasks of the previous schedule that have got another date, or none. */
uint32_t msched__span_moved(const msched__span *span);
/*
 * To-dos that are done stay where the previous schedule had them before `now`: add their entries
 * to those of `out` and count them among the tasks. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_write_done(msched__span *span, msched_schedule *out);
/* Seconds that a task had on dates where it may still be; not set: it had no time. */
static inline int32_t msched__span_was(const msched__span_task *task, uint32_t day)
{
    return task->was == NULL ? 0 : task->was[day];
}

#endif
