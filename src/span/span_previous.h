/*
 * span/span_previous.h: apply a previous schedule to a plan of several dates. Items that have begun
 * keep their dates, later items stay where they were if possible, and the rest is planned again.
 */
#ifndef MSCHED_SPAN_PREVIOUS_H
#define MSCHED_SPAN_PREVIOUS_H

#include "span/span_model.h"

/*
 * Match the entries of span->previous (NULL: none) with tasks and songs, and split them into a
 * schedule for each date. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_read_previous(msched__span *span);
/*
 * Release tasks that were to keep their date if the rules of the plan no longer allow it: all of
 * their dates are possible again. Call this once, after all dates were solved.
 */
void msched__span_free_kept(msched__span *span);
/*
 * *out: the plan with those tasks paused of which pieces are done and the rest found no time, so
 * that what is done stays; NULL: there are none. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_pause_broken(const msched__span *span, const msched_plan **out);
/* Number of tasks of the previous schedule that changed their date or lost it. */
uint32_t msched__span_moved(const msched__span *span);
/*
 * The value that the previous schedule would have now: of the tasks as they are assigned, of its
 * wanted plays, and of its fill, if all of them are still possible.
 */
void msched__span_promise(const msched__span *span, int64_t *value);
/* Seconds that a task had on dates on which it may still be; not set: it had no time. */
static inline int32_t msched__span_was(const msched__span_task *task, uint32_t day)
{
    return task->was == NULL ? 0 : task->was[day];
}

#endif
