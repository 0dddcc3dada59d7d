/*
 * schedule/tasks/tasks_usual.h: the hours at which people usually eat and shop (level 8), for tasks
 * that may be at any time.
 */
#ifndef MSCHED_TASKS_USUAL_H
#define MSCHED_TASKS_USUAL_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/* The usual hours of a task; both 0: none. */
msched__interval msched__task_usual(const msched__tasks *tasks, const msched__task *task);
/* 1 if a task has usual hours (plan/plan_usual.h). */
int msched__tasks_have_usual(const msched__tasks *tasks);
/*
 * A copy of the tasks in which those with usual hours may be only then or, where events leave
 * them too little time, as near as possible. It shares all else with `tasks`. 0 when out of memory.
 */
int msched__tasks_keep_usual(msched__arena *arena, const msched__tasks *tasks, msched__tasks *out);
/* The sum of the seconds by which tasks would have to move to be within their usual hours. */
int64_t msched__tasks_usual_missed(const msched__tasks *tasks,
                                   const msched__arrangement *timetable);

#endif
