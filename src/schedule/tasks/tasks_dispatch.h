/*
 * schedule/tasks/tasks_dispatch.h: a timetable by a single rule: among the tasks that can start,
 * the one due first.
 */
#ifndef MSCHED_TASKS_DISPATCH_H
#define MSCHED_TASKS_DISPATCH_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/* Working memory of msched__tasks_dispatch, per task; `start` in the order of `open`. */
typedef struct msched__dispatch {
    int32_t *rest;    /* seconds left to place; 0: done or not wanted */
    int32_t *ended;   /* end of its last piece */
    uint32_t *window; /* the first window that can still hold it */
    uint32_t *open;   /* tasks that are left, in the plan's order */
    int32_t *start;   /* where its next piece could start */
    uint32_t *seen;   /* the first of its predecessors that are placed, which need no second look */
    int32_t *ready;   /* the last end of those */
} msched__dispatch;

/* 0 when out of memory. */
int msched__dispatch_make(msched__arena *arena, const msched__tasks *tasks, msched__dispatch *out);
/*
 * Arrange the tasks of `wanted` (per task) again, one after the other in time: among those that can
 * start before any other could end (eager: that can start first), the one due first. Tasks that do
 * not fit are then inserted where they do. Returns how many of `wanted` are not placed.
 */
uint32_t msched__tasks_dispatch(msched__dispatch *scratch, const msched__tasks *tasks,
                                const uint8_t *wanted, int eager, msched__arrangement *out);

#endif
