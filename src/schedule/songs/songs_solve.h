/* schedule/songs/songs_solve.h: the wanted plays placed in the time that there is. */
#ifndef MSCHED_SONGS_SOLVE_H
#define MSCHED_SONGS_SOLVE_H

#include "algo/budget.h"
#include "schedule/model/plays.h"

/* Place the wanted plays: most must plays, then most weight. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_place(msched__arena *arena, const msched__songs_problem *problem,
                                  msched__budget *budget, msched__songs_placement *out);

#endif
