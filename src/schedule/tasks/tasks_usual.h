/*
 * schedule/tasks/tasks_usual.h: the hours at which people usually eat and shop (level 8), for tasks
 * that may be at any time.
 */
#ifndef MSCHED_TASKS_USUAL_H
#define MSCHED_TASKS_USUAL_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/*
 * Where a task should be: its usual hours or, if events leave it too little time in them, the
 * nearest place for it. Both 0: it has no usual hours, or no such place.
 */
msched__interval msched__task_usual(const msched__tasks *tasks, const msched__task *task);
/* 1 if a task has usual hours (plan/plan_usual.h). */
int msched__tasks_have_usual(const msched__tasks *tasks);
/*
 * A copy of the tasks in which those with usual hours may be only then or, if events leave them too
 * little time, as near as possible. A task that must follow a later one keeps its windows. The copy
 * shares all else with `tasks`. 0 when out of memory.
 */
int msched__tasks_keep_usual(msched__arena *arena, const msched__tasks *tasks, msched__tasks *out);
/*
 * Insert the tasks with usual hours, then the others around them, each as early as possible, in the
 * order of their due times. For tasks from msched__tasks_keep_usual. 1 if all have a place.
 */
int msched__tasks_insert_usual(const msched__tasks *tasks, msched__arrangement *out);
/* The sum of the seconds by which tasks would have to move to be within their usual hours. */
int64_t msched__tasks_usual_missed(const msched__tasks *tasks,
                                   const msched__arrangement *timetable);

#endif
