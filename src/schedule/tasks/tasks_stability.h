/*
 * schedule/tasks/tasks_stability.h: replanning: tasks stay where they were, where nothing is lost
 * by it.
 */
#ifndef MSCHED_TASKS_STABILITY_H
#define MSCHED_TASKS_STABILITY_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/*
 * Replace an arrangement by one as good that moves less against the starts wished for. 0 when out
 * of memory.
 */
int msched__tasks_settle(msched__arena *arena, const msched__tasks *tasks,
                         msched__arrangement *best);

#endif
