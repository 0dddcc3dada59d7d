/*
 * schedule/tasks/tasks_hold.h: a day in which some tasks stay where they are, and the others may be
 * placed again around them.
 */
#ifndef MSCHED_TASKS_HOLD_H
#define MSCHED_TASKS_HOLD_H

#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/*
 * A copy of the tasks in which those of `held` (per task) are fixed where `day` has them, and those
 * that `day` does not place are hopeless. The copy shares all else with `tasks`. 0 when out of
 * memory.
 */
int msched__tasks_hold(msched__arena *arena, const msched__tasks *tasks,
                       const msched__arrangement *day, const uint8_t *held, msched__tasks *out);
/*
 * Add the held tasks to a timetable of the copy, which is then one of `tasks`. A held task is left
 * out if the timetable has no room for its pieces. 0 when out of memory.
 */
int msched__tasks_add_held(msched__arena *arena, const msched__tasks *tasks,
                           const msched__arrangement *day, const uint8_t *held,
                           msched__arrangement *timetable);

#endif
