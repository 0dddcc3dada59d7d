/* schedule/tasks/tasks_preempt.h: whether all tasks of a set fit into the day. */
#ifndef MSCHED_TASKS_PREEMPT_H
#define MSCHED_TASKS_PREEMPT_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_layers.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__FIT_TASKS 64

/*
 * A no-good: a set of remaining tasks that does not fit after this end, with and without the last
 * buffer.
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
     * The items to arrange: the tasks, then the compulsory parts of those that may be split (see
     * tasks_preempt.c).
     */
    msched__task *parts;
    uint32_t part_count;
    uint32_t *topological; /* parts, predecessors first */
    uint32_t *whole;       /* per part: the task */
    /* per part: with the buffer, which only one part of a task has */
    int32_t *length;
    uint64_t *parts_of;      /* per task: its parts; 0 if it cannot be split */
    msched__fit_step *steps; /* one row of part_count for each depth */
    int32_t *latest;         /* per part: its latest end, given its successors */
    int64_t *until;          /* per part: free seconds of the day up to then */
    uint32_t *order;         /* parts by `latest` */
    uint64_t can_be_cut;     /* tasks that may be in more than one piece */
    msched__arrangement found;
    msched__layers layers;
    /* of the current query */
    uint32_t order_count;
    int32_t unit;   /* all lengths are multiples of it */
    uint64_t set;   /* tasks */
    uint64_t aside; /* those of them that are inserted after the search */
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
 * Whether all tasks of `set` (bits), which includes their predecessors, fit together, with at most
 * `limit` units of work. If they do, fit->found is an arrangement of them.
 */
enum msched__fit_verdict msched__task_fit_all(msched__task_fit *fit, uint64_t set, uint64_t limit);

#endif
