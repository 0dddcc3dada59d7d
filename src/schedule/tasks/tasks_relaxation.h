/*
 * schedule/tasks/tasks_relaxation.h: how many tasks could at most be placed.
 *
 * The relaxation: tasks may be cut anywhere; all may start at `from`; each must be done by its
 * deadline within the time that events leave free; or, read backwards, tasks have no deadline but
 * start no sooner than their first window. The lesser count holds. Of the buffers either those
 * after or those before are kept, whichever are longer together: a task then takes its buffer with
 * it, which no other task or event may enter, so that the lengths add up. For one priority Moore
 * and Hodgson's rule is exact there: take tasks by deadline, and whenever they no longer fit leave
 * out the longest taken (J. M. Moore, Management Science 15, 1968). Tasks that must be placed are
 * never left out (J. B. Sidney, Operations Research 21, 1973). Where of a higher priority only
 * `need` of more are placed, their least demand stands in: the `need` shortest, all with the latest
 * deadline among them.
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
    int32_t *taken; /* heap of lengths, for one question */
    uint32_t taken_count;
} msched__task_bound;

/* 0 when out of memory. */
int msched__task_bound_make(msched__arena *arena, const msched__tasks *tasks,
                            msched__task_bound *out);
/* What is asked of the relaxation. */
typedef struct msched__task_question {
    const uint8_t *open; /* per task: could still be placed */
    int32_t from, clear; /* end of the last task, without and with its buffer; INT32_MIN: none */
    /* per priority before the one asked for: so many of `open` are placed as well */
    const int32_t *need;
} msched__task_question;

/* The most tasks of `priority` that could be placed; -1 if those needed do not fit alone. */
int32_t msched__task_bound_count(msched__task_bound *bound, const msched__task_question *asked,
                                 int priority);

#endif
