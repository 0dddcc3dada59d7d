/* schedule/tasks/tasks_solve.h: the most tasks by priority; knows no song. */
#ifndef MSCHED_TASKS_SOLVE_H
#define MSCHED_TASKS_SOLVE_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"

msched_result msched__solve_tasks(msched__arena *arena, const msched__tasks *tasks, msched__budget *budget,
                                  msched__task_answer *out);
/* Bounds for arrangements with `count` of each priority before, found without a search. 0 when out of memory. */
int msched__solve_tasks_bound(msched__arena *arena, const msched__tasks *tasks, const int32_t *count, int32_t *bound);

#endif
