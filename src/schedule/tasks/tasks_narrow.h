/*
 * schedule/tasks/tasks_narrow.h: the time windows of tasks on days that have certain tasks.
 *
 * If two tasks can only follow each other in one order, each has to leave time for the other. If
 * all orders are impossible and one of them is certain, the other is not placed. What a certain
 * task occupies wherever it is placed is not free for others. This is repeated until no window
 * changes: the detectable precedences of disjunctive scheduling (P. Vilim, Artificial Intelligence
 * and Symbolic Computation 2004), with buffers, and with windows in place of release and due times.
 */
#ifndef MSCHED_TASKS_NARROW_H
#define MSCHED_TASKS_NARROW_H

#include "schedule/model/tasks.h"

#define MSCHED__NARROW_TASKS 64 /* with more, windows stay as they are */

/*
 * A copy of the tasks with the windows that they can have on days with all tasks of `sure` (per
 * task; it also receives their predecessors). Tasks that no such day has are hopeless in the copy.
 * `*possible` is 0 if there is no such day; the copy is then not to be used. The copy shares all
 * else with `tasks`. 0 when out of memory.
 */
int msched__tasks_narrow(msched__arena *arena, const msched__tasks *tasks, uint8_t *sure,
                         msched__tasks *out, int *possible);

#endif
