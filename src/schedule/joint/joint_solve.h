/* schedule/joint/joint_solve.h: the search for the best day, technique by technique. */
#ifndef MSCHED_JOINT_SOLVE_H
#define MSCHED_JOINT_SOLVE_H

#include "schedule/model/solver.h"

/*
 * Solve the model: s->best is the best day found, and s->bounds limits any better one. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__solve(msched__solver *s);

#endif
