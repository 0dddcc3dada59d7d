/* schedule/songs/songs_solve.h: place the wanted plays in the available time. */
#ifndef MSCHED_SONGS_SOLVE_H
#define MSCHED_SONGS_SOLVE_H

#include "algo/budget.h"
#include "schedule/model/plays.h"

/*
 * Place the wanted plays: the most must plays, then the most weight. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_place(msched__arena *arena, const msched__songs_problem *problem,
                                  msched__budget *budget, msched__songs_placement *out);

#endif
