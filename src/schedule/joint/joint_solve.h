/* schedule/joint/joint_solve.h: the search for the best day. Levels are those of enum msched_level. */
#ifndef MSCHED_JOINT_SOLVE_H
#define MSCHED_JOINT_SOLVE_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

msched_result msched__solve_day(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *out);

#endif
