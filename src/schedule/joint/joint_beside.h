/* schedule/joint/joint_beside.h: the songs beside a timetable: their problem, their placing, the fill. */
#ifndef MSCHED_JOINT_BESIDE_H
#define MSCHED_JOINT_BESIDE_H

#include "algo/budget.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

/* Listenable time beside an arrangement, from `from` on; NULL when out of memory. */
msched__span *msched__day_listenable(msched__arena *arena, const msched__tasks *tasks, const msched__arrangement *arrangement,
                                     int32_t from, uint32_t *count);
/*
 * The songs' problem beside an arrangement. Without one (NULL): beside no task at all, and songs during a task anywhere it
 * could stand, which no arrangement betters. 0 when out of memory.
 */
int msched__day_songs(msched__arena *arena, const msched__request *request, const msched__tasks *tasks,
                      const msched__arrangement *arrangement, msched__songs_problem *out);
/* Place the wanted songs beside day->answer.best, with at most `limit` units of work. */
msched_result msched__day_place(msched__arena *arena, const msched__request *request, uint64_t limit, msched__budget *budget,
                                msched__day *day);
/* Fill what is left and put all songs together. */
msched_result msched__day_fill(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day);
/* Beside no task, but without the time of `sure`, pieces in which silent tasks surely stand. 0 when out of memory. */
int msched__day_songs_wide(msched__arena *arena, const msched__request *request, const msched__tasks *tasks,
                           const msched__arrangement *sure, msched__songs_problem *out);

#endif
