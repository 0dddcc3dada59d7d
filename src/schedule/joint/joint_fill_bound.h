/* schedule/joint/joint_fill_bound.h: the most fill that any day with the values of this one could have. */
#ifndef MSCHED_JOINT_FILL_BOUND_H
#define MSCHED_JOINT_FILL_BOUND_H

#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

/* Lower the bound of the fill's level. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__day_bound_fill(msched__arena *arena, const msched__request *request, msched__day *day);

#endif
