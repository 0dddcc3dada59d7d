/* schedule/tasks/tasks_preempt.h: whether a set of tasks fits into the day, all of them. */
#ifndef MSCHED_TASKS_PREEMPT_H
#define MSCHED_TASKS_PREEMPT_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__FIT_TASKS 64

enum msched__fit_verdict { MSCHED__FIT_NO, MSCHED__FIT_YES, MSCHED__FIT_UNKNOWN };

/*
 * What is known of a set of tasks left to place: behind this end, with and without the last buffer,
 * they do not fit.
 */
typedef struct msched__fit_memo {
    uint64_t rest;
    int32_t end, clear;
} msched__fit_memo;

typedef struct msched__fit_step {
    uint32_t task;
    int32_t start;
} msched__fit_step;

typedef struct msched__task_fit {
    const msched__tasks *tasks;
    const msched__task_bound *bound;
    msched__budget *budget;
    msched__fit_memo *memo;
    /*
     * What is arranged: the tasks, and behind them the parts that those that may be cut have at
     * least (see tasks_preempt.c).
     */
    msched__task *parts;
    uint32_t part_count;
    uint32_t *topological; /* parts, predecessors first */
    uint32_t *whole;       /* per part: the task */
    /* per part: with the buffer, of which only one part of a task has one */
    int32_t *length;
    uint64_t *parts_of;      /* per task: its parts; 0 for one that is not cut */
    msched__fit_step *steps; /* one row of part_count for each depth */
    int32_t *latest;         /* per part: when it must end, for those that follow it */
    int64_t *until;          /* per part: free seconds of the day up to then */
    uint32_t *order;         /* parts by `latest` */
    uint64_t can_be_cut;     /* tasks that may stand in more than one piece */
    msched__arrangement found;
    /* of one question */
    uint32_t order_count;
    int32_t unit;   /* all lengths are multiples of it */
    uint64_t set;   /* tasks */
    uint64_t aside; /* those of them that are not in the search, but put in at the end */
    uint64_t stop_at;
    msched__piece pieces[MSCHED__FIT_TASKS];
    uint32_t piece_count;
    uint32_t tries;
    uint8_t stopped, yes, unproved;
} msched__task_fit;

/* For up to MSCHED__FIT_TASKS tasks. 0 when out of memory. */
int msched__task_fit_make(msched__arena *arena, const msched__tasks *tasks,
                          const msched__task_bound *bound, msched__budget *budget,
                          msched__task_fit *out);
/*
 * Whether all tasks of `set` (bits), which holds all that its tasks must follow, fit together, with
 * at most `limit` units of work. Where they do fit->found is an arrangement of them.
 */
enum msched__fit_verdict msched__task_fit_all(msched__task_fit *fit, uint64_t set, uint64_t limit);

#endif
