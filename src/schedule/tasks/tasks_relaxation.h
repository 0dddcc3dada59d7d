/*
 * schedule/tasks/tasks_relaxation.h: the maximum number of tasks that could be placed.
 *
 * The relaxation: tasks may be split anywhere; all may start at `from`; each must be done by its
 * deadline in the time that events leave free. Or, backward: tasks have no deadline, but start no
 * earlier than their first window. The smaller count holds. Either the buffers after tasks or those
 * before them are kept, whichever have the larger sum: a task then includes its buffer, which no
 * other task or event may overlap, so the lengths add up. Within one priority, the rule of Moore
 * and Hodgson is exact for the relaxation: take tasks by deadline, and whenever they no longer fit,
 * leave out the longest taken (J. M. Moore, Management Science 15, 1968). Tasks that must be placed
 * are never left out (J. B. Sidney, Operations Research 21, 1973). If only `need` of the tasks of a
 * higher priority are placed, their minimum demand represents them: the `need` shortest, all with
 * the latest deadline among them.
 */
#ifndef MSCHED_TASKS_RELAXATION_H
#define MSCHED_TASKS_RELAXATION_H

#include "schedule/model/tasks.h"

/* One direction of the day. */
typedef struct msched__task_side {
    uint32_t *by_deadline; /* task indices */
    /* per task; in the backward direction the negated start of its first window */
    int32_t *deadline;
    int64_t *capacity; /* per task: free seconds of the day up to its deadline */
} msched__task_side;

typedef struct msched__task_bound {
    const msched__tasks *tasks;
    /* forward: released at once, by deadline; backward: no deadline, by release */
    msched__task_side side[2];
    uint32_t *by_length;    /* task indices */
    int32_t *length;        /* per task, with the buffer */
    int use_after;          /* the buffers after are kept, else those before */
    msched__interval *free; /* time that any task could use */
    uint32_t free_count;
    int64_t total;  /* of it */
    int32_t *taken; /* heap of lengths, for one query */
    uint32_t taken_count;
} msched__task_bound;

/* 0 when out of memory. */
int msched__task_bound_make(msched__arena *arena, const msched__tasks *tasks,
                            msched__task_bound *out);
/* A query of the relaxation. */
typedef struct msched__task_question {
    const uint8_t *open; /* per task: could still be placed */
    int32_t from, clear; /* end of the last task, without and with its buffer; INT32_MIN: none */
    /* per higher priority: how many of `open` are placed, too */
    const int32_t *need;
} msched__task_question;

/*
 * The maximum number of tasks of `priority` that could be placed; -1 if those needed do not fit
 * alone.
 */
int32_t msched__task_bound_count(msched__task_bound *bound, const msched__task_question *asked,
                                 int priority);

#endif
