/* schedule/fill/fill_solve.h: the rest of the listenable time filled with songs, to the second. */
#ifndef MSCHED_FILL_SOLVE_H
#define MSCHED_FILL_SOLVE_H

#include "algo/budget.h"
#include "schedule/model/playlist.h"

/* Fill the rest of the listenable time. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_fill(msched__arena *arena, const msched__fill_problem *problem,
                                 msched__budget *budget, msched__fill *out);

#endif
