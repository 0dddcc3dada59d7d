/* schedule/level_eight.h: the shortfalls of a finished day on the terms of level 8. */
#ifndef MSCHED_LEVEL_EIGHT_H
#define MSCHED_LEVEL_EIGHT_H

#include "schedule/model/solver.h"

/* Write the terms of level 8 into an objective. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__level_eight(const msched__solver *solver, msched_objective *out);

#endif
