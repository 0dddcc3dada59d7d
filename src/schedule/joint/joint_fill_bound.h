/* schedule/joint/joint_fill_bound.h: the maximum fill of any day with the values of this one. */
#ifndef MSCHED_JOINT_FILL_BOUND_H
#define MSCHED_JOINT_FILL_BOUND_H

#include "schedule/model/solver.h"

/*
 * Bound the fill's level over all days with the incumbent's values on the levels before. MSCHED_OK
 * or MSCHED_ERROR_MEMORY.
 */
msched_result msched__bound_fill(msched__solver *s);

#endif
