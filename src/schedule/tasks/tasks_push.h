/* schedule/tasks/tasks_push.h: insert a task between others, which move later. */
#ifndef MSCHED_TASKS_PUSH_H
#define MSCHED_TASKS_PUSH_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/* How late the pieces from a piece on may be, for msched__tasks_push. */
typedef struct msched__push {
    int32_t *start; /* per piece: its latest start */
    int32_t *clear; /* the earliest of these minus their buffers before, of it and all after it */
} msched__push;

/* 0 when out of memory. */
int msched__push_make(msched__arena *arena, const msched__tasks *tasks, msched__push *out);
/*
 * Insert a task in one piece where the tasks after it, in the same order, can be later within their
 * windows: where the next one is delayed least. Tasks in several pieces stay. 1 if it fits.
 */
int msched__tasks_push(msched__push *scratch, const msched__tasks *tasks,
                       msched__arrangement *arrangement, uint32_t task);

#endif
