/*
 * schedule/joint/joint_levels.h: days built level by level: songs and tasks in the order in which
 * they count.
 */
#ifndef MSCHED_JOINT_LEVELS_H
#define MSCHED_JOINT_LEVELS_H

#include "schedule/model/solver.h"

/* Must plays beside the tasks of the first priority alone, then the other tasks beside those. */
msched_result msched__build_levels(msched__solver *s);
/* Tasks that are not placed, where they fit beside all that counts more; then songs again. */
msched_result msched__complete_day(msched__solver *s);

#endif
