/*
 * schedule/model/tasks.h: the tasks of a day as the solver sees them: each with the rooms it may run in, which already
 * hold its window, `now`, the events and the buffers towards them. What is left between tasks: no overlap, their
 * buffers, and `after`.
 */
#ifndef MSCHED_TASKS_H
#define MSCHED_TASKS_H

#include "base/arena.h"
#include "plan/plan_data.h"
#include "time/span.h"

typedef struct msched__task {
    uint32_t todo;         /* index in the plan */
    int32_t length;        /* seconds to place */
    int32_t before, after; /* buffers */
    int32_t piece_min;     /* 0: in one piece */
    uint8_t priority;      /* 1..4 */
    uint8_t silent;        /* no music meanwhile */
    uint8_t hopeless;      /* fits nowhere even alone, or must follow such a one */
    uint32_t room_count;
    const msched__span *rooms; /* ascending, disjoint; only those long enough */
    uint32_t pred_count;
    const uint32_t *preds;      /* tasks that must end before it; events are already in the rooms */
    uint32_t rank;              /* place in a topological order by `after` */
    int32_t deadline;           /* end of the last room */
    int32_t due;                /* the deadline, or sooner where tasks after it need the time; only a hint */
    int32_t wished_s;           /* start in the previous schedule, or MSCHED_UNSET */
    const msched__span *wished; /* and all pieces there, ascending */
    uint32_t wished_count;
} msched__task;

typedef struct msched__piece {
    uint32_t task;
    int32_t start, end;
} msched__piece;

/* Something that stands fast: an event, or a piece of a task that began before `now`. */
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
    msched__fixed *fixed;             /* by start */
    uint32_t *task_of;                /* per to-do: index in tasks, or UINT32_MAX for events and what is frozen whole */
    uint32_t *topological;            /* task indices, predecessors first */
    int32_t window_start, window_end; /* of the day, cut to `now` */
    int32_t base[5];                  /* per priority: tasks that are placed already, frozen */
    int32_t wanted[5];                /* per priority: tasks in `tasks` */
    uint32_t piece_limit;             /* pieces that an arrangement has room for */
    uint8_t has_split;                /* a task that can really be cut */
    uint32_t song_count;
    const msched__span *songs; /* time kept for songs */
} msched__tasks;

/* Which pieces stand where. */
typedef struct msched__arrangement {
    uint32_t piece_count;
    msched__piece *pieces; /* by start */
    uint8_t *placed;       /* per task */
    int32_t count[5];      /* per priority, of `tasks`, without the frozen */
} msched__arrangement;

/* A piece of a previous schedule that has begun and stays. */
typedef struct msched__frozen {
    uint32_t todo;
    int32_t start, end;
} msched__frozen;

/*
 * `frozen` are pieces that stay; `songs`, any spans, is time kept for songs, in which no task without music runs.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__tasks_make(msched__arena *arena, msched__tasks *out, const msched_plan *plan, const msched__frozen *frozen,
                                 uint32_t frozen_count, const msched__span *songs, uint32_t song_count);

/* Room to work in for msched__tasks_dispatch, per task. */
typedef struct msched__dispatch {
    int32_t *rest;  /* seconds left to place; 0: done or not wanted */
    int32_t *ended; /* end of its last piece */
    uint32_t *room; /* the first room that can still hold it */
    int32_t *start; /* where its next piece could start */
} msched__dispatch;

/* 0 when out of memory. */
int msched__dispatch_make(msched__arena *arena, const msched__tasks *tasks, msched__dispatch *out);
/*
 * Arrange the tasks of `wanted` (per task) anew, one after the other in time: of those that can start before any other
 * could end (eager: of those that can start first), the one due first. What does not fit then is inserted where it does.
 * Returns how many of `wanted` are not placed.
 */
uint32_t msched__tasks_dispatch(msched__dispatch *scratch, const msched__tasks *tasks, const uint8_t *wanted, int eager,
                                msched__arrangement *out);

/* An empty arrangement for these tasks. 0 when out of memory. */
int msched__arrangement_make(msched__arena *arena, const msched__tasks *tasks, msched__arrangement *out);
void msched__arrangement_clear(const msched__tasks *tasks, msched__arrangement *out);
void msched__arrangement_copy(const msched__tasks *tasks, msched__arrangement *to, const msched__arrangement *from);
/* Place one task at the earliest it fits beside the others, in pieces where it may and must be cut. 1 where it fits. */
int msched__arrangement_insert(const msched__tasks *tasks, msched__arrangement *arrangement, uint32_t task);
/* As insert, with exactly these pieces, ascending and together as long as the task. */
int msched__arrangement_insert_at(const msched__tasks *tasks, msched__arrangement *arrangement, uint32_t task,
                                  const msched__span *pieces, uint32_t count);
/* Take a task out. */
void msched__arrangement_remove(const msched__tasks *tasks, msched__arrangement *arrangement, uint32_t task);
/* Lexicographic by priority: < 0, 0, > 0. */
int msched__arrangement_compare(const msched__arrangement *a, const msched__arrangement *b);

/* The gap that must lie between x and then y. */
static inline int32_t msched__tasks_gap(const msched__task *x, const msched__task *y)
{
    return x->after > y->before ? x->after : y->before;
}

/* 1 where a task may stand in more than one piece. */
static inline int msched__task_can_be_cut(const msched__task *task)
{
    return task->piece_min > 0 && task->length >= 2 * (int64_t)task->piece_min;
}

#endif
