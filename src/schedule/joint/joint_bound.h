/* schedule/joint/joint_bound.h: bounds of the songs' levels over all timetables. */
#ifndef MSCHED_JOINT_BOUND_H
#define MSCHED_JOINT_BOUND_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

/*
 * Seconds of listening that silent events and tasks of priority 1 .. `last` leave at most where as many of these are placed as in
 * day->answer.best. -1 when out of memory.
 */
int64_t msched__day_quiet_capacity(msched__arena *arena, const msched__day *day, int last);
#define MSCHED__DAY_CLOSE_MAX 64 /* plays for which the closer bounds are made */
/*
 * Bounds of the songs' levels over all arrangements with the values that the levels before have, with at most `limit`
 * units of work; the quick ones only where it is 0. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__day_bound_songs(msched__arena *arena, const msched__request *request, uint64_t limit, msched__budget *budget,
                                      msched__day *day);

#endif
