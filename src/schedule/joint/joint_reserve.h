/* schedule/joint/joint_reserve.h: time kept free for missing songs before the tasks are placed. */
#ifndef MSCHED_JOINT_RESERVE_H
#define MSCHED_JOINT_RESERVE_H

#include "schedule/model/solver.h"

/*
 * The songs do not all fit beside the tasks as they stand: keep time for the missing ones, solve
 * the tasks again beside it, and take the better day.
 */
msched_result msched__reserve(msched__solver *s);

#endif
