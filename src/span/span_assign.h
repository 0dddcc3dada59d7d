/* span/span_assign.h: on which dates tasks and songs are, before any date is solved. */
#ifndef MSCHED_SPAN_ASSIGN_H
#define MSCHED_SPAN_ASSIGN_H

#include "span/span_model.h"

/*
 * Dates on which a task may be beside the other occurrences of its to-do, after what it follows and
 * before what follows it, as these now lie.
 */
uint32_t msched__span_allowed(const msched__span *span, const msched__span_task *task);
/* Give a task a part on a date, or take it away (0). */
void msched__span_give(msched__span *span, msched__span_task *task, uint32_t day, int32_t seconds);
/* Take all parts of a task away. Returns the dates that had one. */
uint32_t msched__span_take(msched__span *span, msched__span_task *task);
/* 1 where a date may take so many seconds more of tasks by the limit a date. */
int msched__span_has_room(const msched__span *span, uint32_t day, int32_t seconds);
/*
 * Cut a task into parts by date, no more on a date than `room` says. Returns the dates; 0 where it
 * does not fit, and nothing has changed.
 */
uint32_t msched__span_cut(msched__span *span, msched__span_task *task, uint32_t allowed,
                          const int64_t *room);
/* Dates on which the to-do that a song plays in is; all where it plays in none. */
uint32_t msched__span_host_dates(const msched__span *span, uint32_t song);
/*
 * Give dates to all tasks that fit by their lengths, then to the songs. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_assign(msched__span *span);
/* Give the tasks of one date that have none the date, so that its schedule explains them. */
void msched__span_assign_rest(msched__span *span);

#endif
