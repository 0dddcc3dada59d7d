/*
 * schedule/joint/joint_beside.h: the songs of a day with a given timetable: their problem, their
 * placement, and the fill.
 */
#ifndef MSCHED_JOINT_BESIDE_H
#define MSCHED_JOINT_BESIDE_H

#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"
#include "schedule/model/timetable.h"

/*
 * The song problem with a given timetable. With NULL: without any tasks, and with songs during a
 * task anywhere in its windows, which no timetable can beat. 0 when out of memory.
 */
int msched__songs_beside(msched__arena *arena, const msched__model *model,
                         const msched__arrangement *timetable, msched__songs_problem *out);
/*
 * The problem without tasks, minus the time of `sure`, pieces in which silent tasks certainly are.
 * 0 when out of memory.
 */
int msched__songs_relaxed(msched__arena *arena, const msched__model *model,
                          const msched__arrangement *sure, msched__songs_problem *out);
/*
 * Place the wanted songs around a candidate's timetable, with at most `limit` units of work.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__place_songs(msched__solver *s, msched__solution *day, uint64_t limit);
/*
 * Fill the rest of a candidate's listenable time, and merge all songs. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__fill_rest(msched__solver *s, msched__solution *day);
/*
 * Place songs and fill around a candidate's timetable, and adopt the candidate if no level gets
 * worse; *kept is then 1. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__try_timetable(msched__solver *s, msched__solution *trial, int *kept);
/*
 * The search keeps what has begun. If a task among that is left out, days without its begun part
 * may be better, so the bounds become what the plan asks for.
 */
void msched__loosen_begun(msched__solver *s);

#endif
