/*
 * schedule/joint/joint_beside.h: the songs beside a timetable: their problem, their placing, the
 * fill.
 */
#ifndef MSCHED_JOINT_BESIDE_H
#define MSCHED_JOINT_BESIDE_H

#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"
#include "schedule/model/timetable.h"

/*
 * The songs' problem beside a timetable. Without one (NULL): beside no task at all, and songs
 * during a task anywhere it could stand, which no timetable betters. 0 when out of memory.
 */
int msched__songs_beside(msched__arena *arena, const msched__model *model,
                         const msched__arrangement *timetable, msched__songs_problem *out);
/*
 * Beside no task, but without the time of `sure`, pieces in which silent tasks surely stand. 0 when
 * out of memory.
 */
int msched__songs_relaxed(msched__arena *arena, const msched__model *model,
                          const msched__arrangement *sure, msched__songs_problem *out);
/*
 * Place the wanted songs beside a candidate's timetable, with at most `limit` units of work.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__place_songs(msched__solver *s, msched__solution *day, uint64_t limit);
/* Fill what is left of a candidate and put all songs together. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__fill_rest(msched__solver *s, msched__solution *day);

#endif
