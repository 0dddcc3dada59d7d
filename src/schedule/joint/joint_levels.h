/*
 * schedule/joint/joint_levels.h: days built level by level: songs and tasks in the order in which
 * they count.
 */
#ifndef MSCHED_JOINT_LEVELS_H
#define MSCHED_JOINT_LEVELS_H

#include "schedule/model/solver.h"

/* Place must plays with only the tasks of the first priority, then the other tasks around them. */
msched_result msched__build_levels(msched__solver *s);
/*
 * Insert unplaced tasks that fit without displacing anything that counts more; then place the songs
 * again.
 */
msched_result msched__complete_day(msched__solver *s);

#endif
