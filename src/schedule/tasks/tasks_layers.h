/*
 * schedule/tasks/tasks_layers.h: dynamic programming over sets of tasks: whether all of a set fit.
 */
#ifndef MSCHED_TASKS_LAYERS_H
#define MSCHED_TASKS_LAYERS_H

#include "algo/budget.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__LAYER_TASKS 64
#define MSCHED__LAYER_OPEN  3   /* begun tasks of a state */
#define MSCHED__LAYERS      160 /* pieces of an arrangement, at most */

enum msched__fit_verdict { MSCHED__FIT_NO, MSCHED__FIT_YES, MSCHED__FIT_UNKNOWN };

/*
 * A task of which some pieces are placed, each as short as possible. If they are x seconds longer,
 * the state ends max(0, x - idle) later; x is at most `room`.
 */
typedef struct msched__layer_open {
    int32_t idle, room;
    uint8_t task, count;
} msched__layer_open;

/* A sequence of pieces. */
typedef struct msched__layer_state {
    uint64_t done, begun; /* tasks */
    int32_t start, end;   /* of the last piece */
    uint32_t parent;      /* the state without the last piece */
    uint32_t chain, next; /* the next state with the same hash; of the same layer */
    uint8_t last;         /* task */
    uint8_t open_count;
    uint8_t layer;
    uint8_t closes : 1; /* the last piece completes its task */
    uint8_t dead : 1;   /* dominated */
    msched__layer_open open[MSCHED__LAYER_OPEN];
} msched__layer_state;

typedef struct msched__layers {
    msched__arena *arena;
    const msched__tasks *tasks;
    const msched__task_bound *bound;
    msched__budget *budget;
    msched__layer_state *states; /* allocated when first used */
    uint32_t state_count, capacity;
    uint32_t *heads; /* of the hash chains */
    uint32_t steps;  /* in them, not yet counted as work */
    uint32_t layer[MSCHED__LAYERS];
    msched__arrangement found;
    uint8_t failed; /* out of memory */
    /* of the current query */
    uint64_t set;
    int32_t latest[MSCHED__LAYER_TASKS]; /* per task: its latest end, given its successors */
    int64_t until[MSCHED__LAYER_TASKS];  /* and the free seconds of the day up to then */
    uint32_t order[MSCHED__LAYER_TASKS]; /* the tasks of the set by `latest` */
    uint32_t order_count, layer_count;
    uint8_t unproved, full;
} msched__layers;

/* For up to MSCHED__LAYER_TASKS tasks; the first query takes the memory from the arena. */
void msched__layers_make(msched__arena *arena, const msched__tasks *tasks,
                         const msched__task_bound *bound, msched__budget *budget,
                         msched__layers *out);
/*
 * Whether all tasks of `set` (bits), which includes their predecessors, fit together, with at most
 * `limit` units of work. If they do, layers->found is an arrangement of them. When out of memory,
 * layers->failed is set, and the verdict is UNKNOWN.
 */
enum msched__fit_verdict msched__layers_fit(msched__layers *layers, uint64_t set, uint64_t limit);

#endif
