/* schedule/tasks/tasks_solve.h: the most tasks by priority; knows no song. */
#ifndef MSCHED_TASKS_SOLVE_H
#define MSCHED_TASKS_SOLVE_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_layers.h"

/* The result for the tasks. */
typedef struct msched__task_answer {
    msched__arrangement best;
    int32_t bound[5]; /* per priority: no arrangement as good on the priorities before has more */
    int proved;       /* best meets the bound on all priorities */
} msched__task_answer;

/* Whether a task is among as many tasks of each priority. */
typedef struct msched__task_wish {
    const int32_t *count;
    uint32_t forced;
    uint64_t limit; /* units of work */
    /* the answer; if it is YES, `found`, which the caller made, is an arrangement */
    enum msched__fit_verdict verdict;
    msched__arrangement *found;
} msched__task_wish;

msched_result msched__solve_tasks(msched__arena *arena, const msched__tasks *tasks,
                                  msched__budget *budget, msched__task_answer *out);
/*
 * Bounds for arrangements with `count` tasks of each priority before, found without a search. 0
 * when out of memory.
 */
int msched__solve_tasks_bound(msched__arena *arena, const msched__tasks *tasks,
                              const int32_t *count, int32_t *bound);
/*
 * Whether exactly wish->count tasks of each priority fit together, task wish->forced among them.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__solve_tasks_with(msched__arena *arena, const msched__tasks *tasks,
                                       msched__budget *budget, msched__task_wish *wish);

#endif
