/* span/span_assign.h: assign dates to tasks and songs, before any date is solved. */
#ifndef MSCHED_SPAN_ASSIGN_H
#define MSCHED_SPAN_ASSIGN_H

#include "span/span_model.h"

/*
 * Dates on which a task may be, given the current dates of the other occurrences of its to-do, of
 * its predecessors and of its successors.
 */
uint32_t msched__span_allowed(const msched__span *span, const msched__span_task *task);
/* Assign a part of a task to a date, or remove it (0). */
void msched__span_give(msched__span *span, msched__span_task *task, uint32_t day, int32_t seconds);
/* Remove all parts of a task. Returns their dates. */
uint32_t msched__span_take(msched__span *span, msched__span_task *task);
/* 1 if the limit of tasks per date allows this many more seconds on a date. */
int msched__span_has_room(const msched__span *span, uint32_t day, int32_t seconds);
/* The maximum seconds of a task on a date with that room; 0: none. */
int64_t msched__span_most_on(const msched__span *span, const msched__span_task *task, uint32_t day,
                             int64_t room);
/*
 * Divide a task among dates, with at most `room` seconds on each. Returns the dates; 0 if it does
 * not fit, and then nothing changes.
 */
uint32_t msched__span_cut(msched__span *span, msched__span_task *task, uint32_t allowed,
                          const int64_t *room);
/* Dates of the to-do during which a song plays; all dates if no to-do is given. */
uint32_t msched__span_host_dates(const msched__span *span, uint32_t song);
/* Choose the tasks that should have dates, and assign them. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__span_assign(msched__span *span);
/*
 * Assign dates to the songs, given the dates of the tasks. Songs whose dates come from a previous
 * schedule or from their own rules keep them.
 */
void msched__span_assign_songs(msched__span *span);
/* Assign only the tasks of the previous schedule, to their dates there as far as they may. */
void msched__span_assign_previous(msched__span *span);
/*
 * Assign each unassigned task with a single possible date to it, so that the date's schedule
 * explains the task.
 */
void msched__span_assign_rest(msched__span *span);
/*
 * Find the tasks that span_pack.h moves: those that no rule ties to other tasks or to a previous
 * schedule, and that are on dates of tasks with a choice. Sets `is_free` per task.
 */
void msched__span_find_free(const msched__span *span, uint8_t *is_free);

#endif
