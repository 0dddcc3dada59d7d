/* schedule/joint/joint_previous.h: the previous schedule as a candidate for the day. */
#ifndef MSCHED_JOINT_PREVIOUS_H
#define MSCHED_JOINT_PREVIOUS_H

#include "schedule/model/solver.h"

/*
 * If the previous schedule, as far as the plan still allows it, is better than the day found on the
 * levels 1 to 7, continue with it: a plan that is scheduled again loses nothing. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__keep_previous(msched__solver *s);

#endif
