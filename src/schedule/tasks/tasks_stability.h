/*
 * schedule/tasks/tasks_stability.h: replanning: tasks keep their previous times if nothing is lost.
 */
#ifndef MSCHED_TASKS_STABILITY_H
#define MSCHED_TASKS_STABILITY_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/*
 * Replace an arrangement by an equally good one that moves less from the preferred starts. 0 when
 * out of memory.
 */
int msched__tasks_settle(msched__arena *arena, const msched__tasks *tasks,
                         msched__arrangement *best);

#endif
