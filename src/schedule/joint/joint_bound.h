/* schedule/joint/joint_bound.h: bounds of the songs' levels over all timetables. */
#ifndef MSCHED_JOINT_BOUND_H
#define MSCHED_JOINT_BOUND_H

#include "schedule/model/solver.h"

/*
 * Maximum listening seconds that silent events and tasks of priority 1 .. `last` leave if as many
 * of these are placed as in the incumbent. -1 when out of memory.
 */
int64_t msched__quiet_capacity(const msched__solver *s, int last);

/*
 * A copy of the solver, with a copy of its model, in which tasks have the windows that they can
 * have on days with the incumbent's tasks before `level`, and one more if it is a level of tasks
 * (tasks_narrow.h). `*possible` is 0 if that rules out every day; the model then is the solver's
 * own. 0 when out of memory.
 */
int msched__narrow_model(const msched__solver *s, uint32_t level, msched__model *model,
                         msched__solver *narrow, int *possible);

/*
 * The songs wherever they could be beside what silent tasks of priority 1 .. `last` occupy on every
 * day with as many of these tasks. 0 when out of memory.
 */
int msched__songs_anywhere(const msched__solver *s, int last, msched__songs_problem *out);

/* Bounds of the song levels from the songs alone: all of them. */
void msched__bound_easy(msched__solver *s);
/*
 * Bounds of the song levels over all timetables with the current values of the levels before: quick
 * bounds; close bounds with a part of the work, while the same amount is reserved (s->kept); and
 * close bounds again with the reserved work. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__bound_quick(msched__solver *s);
msched_result msched__bound_close(msched__solver *s);
msched_result msched__bound_again(msched__solver *s);
/*
 * If the incumbent has fewer tasks of a priority than when the bounds were made, later priorities
 * may have more.
 */
msched_result msched__bound_tasks(msched__solver *s);
/*
 * Bounds of the tasks after the first priority from the time that the placed must plays leave for
 * silent tasks.
 */
msched_result msched__bound_beside_musts(msched__solver *s);

#endif
