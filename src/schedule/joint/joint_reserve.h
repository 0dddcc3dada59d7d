/* schedule/joint/joint_reserve.h: time kept free for missing songs before the tasks are placed. */
#ifndef MSCHED_JOINT_RESERVE_H
#define MSCHED_JOINT_RESERVE_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

/*
 * The songs do not all fit beside the tasks as they stand: look for a better day on levels 0 to 5, first by keeping time
 * for the missing songs, then by searching tasks and songs together (day->exact where that came to its end).
 */
msched_result msched__day_improve(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day);

#endif
