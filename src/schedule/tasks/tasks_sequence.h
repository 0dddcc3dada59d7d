/* schedule/tasks/tasks_sequence.h: branch and bound over which task comes next. */
#ifndef MSCHED_TASKS_SEQUENCE_H
#define MSCHED_TASKS_SEQUENCE_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__SEARCH_TASKS 64

/*
 * What is sought: a timetable of the tasks of priority 1 .. `priority` with more than `best` has,
 * lexicographically.
 */
typedef struct msched__task_goal {
    int priority;
    const int32_t *target; /* per priority, bounds: nothing better is sought once they are met */
    uint64_t limit;        /* units of work, out of the budget */
    msched__arrangement *best;
    int complete; /* becomes 1 if none better exists */
} msched__task_goal;

/*
 * Search for it. More than MSCHED__SEARCH_TASKS tasks are not searched. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__task_search(msched__arena *arena, msched__task_bound *bound,
                                  msched__budget *budget, msched__task_goal *goal);

#endif
