/* schedule/tasks/tasks_sequence.h: branch and bound over which task comes next. */
#ifndef MSCHED_TASKS_SEQUENCE_H
#define MSCHED_TASKS_SEQUENCE_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__SEARCH_TASKS 64

/*
 * Look for an arrangement of the tasks of priority 1 .. `priority` with more than `best` has, lexicographically, and put it
 * there. target[p] are bounds: nothing better is sought once they are met. At most `limit` units of work, out of the budget.
 * *complete is 1 where none better exists. More than MSCHED__SEARCH_TASKS tasks are not searched. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__task_search(msched__arena *arena, const msched__tasks *tasks, msched__task_bound *bound, int priority,
                                  const int32_t *target, uint64_t limit, msched__budget *budget, msched__arrangement *best,
                                  int *complete);

#endif
