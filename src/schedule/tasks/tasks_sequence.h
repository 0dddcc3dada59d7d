/* schedule/tasks/tasks_sequence.h: branch and bound over the next task. */
#ifndef MSCHED_TASKS_SEQUENCE_H
#define MSCHED_TASKS_SEQUENCE_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__SEARCH_TASKS 64

/*
 * The goal: a timetable of the tasks of priority 1 .. `priority` that is lexicographically better
 * than `best`.
 */
typedef struct msched__task_goal {
    int priority;
    const int32_t *target; /* per priority: bounds, at which the search ends */
    uint64_t limit;        /* units of work, out of the budget */
    msched__arrangement *best;
    int complete; /* becomes 1 if none better exists */
} msched__task_goal;

/*
 * Search for it. Does nothing for more than MSCHED__SEARCH_TASKS tasks. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__task_search(msched__arena *arena, msched__task_bound *bound,
                                  msched__budget *budget, msched__task_goal *goal);

#endif
