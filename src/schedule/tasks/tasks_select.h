/* schedule/tasks/tasks_select.h: search over sets of tasks: which to place if not all can be. */
#ifndef MSCHED_TASKS_SELECT_H
#define MSCHED_TASKS_SELECT_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/tasks/tasks_preempt.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__SETS_BAD 32

typedef struct msched__task_sets {
    const msched__tasks *tasks;
    const msched__task_bound *bound;
    msched__budget *budget;
    msched__task_fit *fit; /* set before msched__task_sets_find */
    uint64_t all;          /* tasks that fit alone */
    uint64_t of[5];        /* per priority */
    /* per task: tasks that are placed if it is; tasks that are not placed if it is not */
    uint64_t *needs, *bars;
    uint64_t *needs_strict;         /* `needs` from precedence only */
    int across;                     /* how `needs` were made; -1: not yet */
    uint64_t followed;              /* tasks that others follow, or that no other may replace */
    uint64_t forced;                /* tasks that are in every set; 0 at first */
    int64_t *opens;                 /* per task: free seconds of the day up to its first window */
    int64_t *closes;                /* and up to its deadline, with its buffer */
    uint32_t *by_end;               /* task indices by deadline */
    uint64_t bad[MSCHED__SETS_BAD]; /* sets that do not fit */
    uint32_t bad_count;
    /* of the current query */
    int priority;
    int32_t count[5];
    uint64_t limit, stop_at;
    uint8_t yes, unproved, stopped;
} msched__task_sets;

/* For up to MSCHED__FIT_TASKS tasks. 0 when out of memory. */
int msched__task_sets_make(msched__arena *arena, const msched__task_bound *bound,
                           msched__budget *budget, msched__task_fit *fit, msched__task_sets *out);
/*
 * Whether a set with exactly count[q] tasks of each priority q = 1 .. priority, with their
 * predecessors, fits. `proved`: on the priorities before, no arrangement is better than `count`. If
 * one does, fit->found is an arrangement of it.
 */
enum msched__fit_verdict msched__task_sets_find(msched__task_sets *sets, int priority,
                                                const int32_t *count, int proved, uint64_t limit);
/* 0 if no set with these counts fits, even if tasks may be split anywhere. */
int msched__task_sets_possible(msched__task_sets *sets, int priority, const int32_t *count,
                               int proved);
/* 0 if an interval of the day is too short for the tasks of `set` (bits) within it. */
int msched__task_sets_hold(msched__task_sets *sets, uint64_t set);

#endif
