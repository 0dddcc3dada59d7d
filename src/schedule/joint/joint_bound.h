/* schedule/joint/joint_bound.h: bounds of the songs' levels over all timetables. */
#ifndef MSCHED_JOINT_BOUND_H
#define MSCHED_JOINT_BOUND_H

#include "schedule/model/solver.h"

/*
 * Seconds of listening that silent events and tasks of priority 1 .. `last` leave at most where as
 * many of these are placed as in the incumbent. -1 when out of memory.
 */
int64_t msched__quiet_capacity(const msched__solver *s, int last);

/* Bounds of the songs' levels by the songs alone: all of them. */
void msched__bound_easy(msched__solver *s);
/*
 * Bounds of the songs' levels over all timetables with the values that the levels before have:
 * quick ones; close ones, with a part of the work, of which as much is kept back (s->kept); and
 * close ones again with what was kept. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__bound_quick(msched__solver *s);
msched_result msched__bound_close(msched__solver *s);
msched_result msched__bound_again(msched__solver *s);
/*
 * Where the incumbent has fewer tasks of a priority than when they were bounded, those after it may
 * have more.
 */
msched_result msched__bound_tasks(msched__solver *s);
/*
 * Bounds of the tasks after the first priority by the silence that the must plays placed leave:
 * silent tasks and songs share the time of the day.
 */
msched_result msched__bound_beside_musts(msched__solver *s);

#endif
