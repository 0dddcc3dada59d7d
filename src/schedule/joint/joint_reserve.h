/* schedule/joint/joint_reserve.h: reserve time for missing songs before the tasks are placed. */
#ifndef MSCHED_JOINT_RESERVE_H
#define MSCHED_JOINT_RESERVE_H

#include "schedule/model/solver.h"

/*
 * If the songs do not all fit around the tasks: reserve time for the missing ones, solve the tasks
 * again around it, and keep the better day.
 */
msched_result msched__reserve(msched__solver *s);

#endif
