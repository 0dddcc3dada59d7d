/*
 * schedule/model/tasks.h: the tasks of a day as the solver sees them: each with its time windows,
 * which already account for its window, `now`, the events and the buffers to them. The rules
 * between tasks remain: no overlap, their buffers, and `after`.
 */
#ifndef MSCHED_TASKS_H
#define MSCHED_TASKS_H

#include "base/arena.h"
#include "plan/plan_data.h"
#include "time/interval.h"

typedef struct msched__task {
    uint32_t todo;         /* index in the plan */
    int32_t length;        /* seconds to place */
    int32_t before, after; /* buffers */
    int32_t piece_min;     /* 0: in one piece */
    uint8_t priority;      /* 1..4 */
    uint8_t silent;        /* no music meanwhile */
    uint8_t hopeless;      /* fits nowhere, even alone, or must follow such a task */
    uint32_t window_count;
    const msched__interval *windows; /* ascending, disjoint; only those long enough */
    uint32_t pred_count;
    const uint32_t
        *preds;       /* tasks that must end before it; the windows already account for events */
    uint32_t rank;    /* position in a topological order by `after` */
    int32_t deadline; /* end of the last window */
    /* the deadline, or earlier if its successors need the time; only a hint */
    int32_t due;
    int32_t wished_s;               /* start in the previous schedule, or MSCHED_UNSET */
    const msched__interval *wished; /* and all pieces there, ascending */
    uint32_t wished_count;
} msched__task;

typedef struct msched__piece {
    uint32_t task;
    int32_t start, end;
} msched__piece;

/* A fixed item: an event, or a piece of a task that began before `now`. */
typedef struct msched__fixed {
    uint32_t todo;
    int32_t start, end;
    int32_t before, after;
    uint8_t silent;
    uint8_t event;
} msched__fixed;

typedef struct msched__tasks {
    const msched_plan *plan;
    uint32_t count;
    msched__task *tasks; /* in order of the plan */
    uint32_t fixed_count;
    msched__fixed *fixed; /* by start */
    /* per to-do: index in tasks, or UINT32_MAX for events and completely frozen tasks */
    uint32_t *task_of;
    uint32_t *topological;            /* task indices, predecessors first */
    int32_t window_start, window_end; /* of the day, clipped to `now` */
    int32_t base[5];                  /* per priority: tasks that are placed already, frozen */
    int32_t wanted[5];                /* per priority: tasks in `tasks` */
    uint32_t piece_limit;             /* maximum number of pieces of an arrangement */
    uint8_t has_split;                /* there is a task that can really be split */
    uint32_t song_count;
    const msched__interval *songs; /* time reserved for songs */
} msched__tasks;

/* A piece of a task that has begun and stays. */
typedef struct msched__frozen {
    uint32_t todo;
    int32_t start, end;
    uint8_t state; /* enum msched_state */
} msched__frozen;

/*
 * The fixed items besides events: pieces of tasks that stay, and time reserved for songs, in which
 * no silent task runs.
 */
typedef struct msched__held_time {
    const msched__frozen *frozen;
    uint32_t frozen_count;
    const msched__interval *songs; /* any spans */
    uint32_t song_count;
} msched__held_time;

/* MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__tasks_make(msched__arena *arena, msched__tasks *out, const msched_plan *plan,
                                 const msched__held_time *held);

/* 1 if the task must follow the other one. */
static inline int msched__task_follows(const msched__task *task, uint32_t other)
{
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (task->preds[k] == other)
            return 1;
    return 0;
}

/* The required gap between x and a following y. */
static inline int32_t msched__tasks_gap(const msched__task *x, const msched__task *y)
{
    return x->after > y->before ? x->after : y->before;
}

/* 1 if a task is scheduled as late as possible. */
static inline int msched__task_is_late(const msched__tasks *tasks, uint32_t index)
{
    return msched__plan_is_late(&tasks->plan->todos[tasks->tasks[index].todo]);
}

/* 1 if a piece is a whole task, which replanning does not keep at its start. */
static inline int msched__piece_may_move(const msched__tasks *tasks, const msched__piece *piece)
{
    const msched__task *task = &tasks->tasks[piece->task];
    return piece->end - piece->start == task->length && task->wished_s != piece->start;
}

/* The shortest time in which a task can continue that has `rest` seconds left to place. */
static inline int32_t msched__task_shortest(const msched__task *task, int32_t rest)
{
    return task->piece_min > 0 && rest >= 2 * (int64_t)task->piece_min ? task->piece_min : rest;
}

/* 1 if a task may be in more than one piece. */
static inline int msched__task_can_be_cut(const msched__task *task)
{
    return task->piece_min > 0 && task->length >= 2 * (int64_t)task->piece_min;
}

#endif
