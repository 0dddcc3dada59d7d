/* schedule/joint/joint_exact.h: tasks and songs searched together. */
#ifndef MSCHED_JOINT_EXACT_H
#define MSCHED_JOINT_EXACT_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

/* The search together, for up to 64 tasks and songs; improves day->answer and day->placement. */
msched_result msched__day_search(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day);

#endif
