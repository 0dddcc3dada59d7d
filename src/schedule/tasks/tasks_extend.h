/*
 * schedule/tasks/tasks_extend.h: make pieces of split tasks longer, and move those after them.
 */
#ifndef MSCHED_TASKS_EXTEND_H
#define MSCHED_TASKS_EXTEND_H

#include "schedule/model/tasks.h"

/* Pieces in order of start, each in one of its time windows. */
typedef struct msched__extender {
    const msched__task *items; /* what the pieces are of: tasks, or parts of tasks */
    const uint32_t *whole;     /* per item: the task; NULL: the items are tasks */
    const int32_t *latest;     /* per item: its latest end */
    msched__piece *pieces;
    int32_t *slack; /* room for as many */
    uint32_t count;
} msched__extender;

/* The required gap between two items. */
int32_t msched__extend_gap(const msched__extender *e, uint32_t x, uint32_t y);
/*
 * Make the pieces of a task longer, by at most `rest` seconds together, the first ones as far as
 * possible. Returns the seconds that remain.
 */
int32_t msched__extend(msched__extender *e, uint32_t task, int32_t rest);

#endif
