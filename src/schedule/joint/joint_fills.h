/* schedule/joint/joint_fills.h: several fills of one day, and fill during a to-do. */
#ifndef MSCHED_JOINT_FILLS_H
#define MSCHED_JOINT_FILLS_H

#include "schedule/model/solver.h"

/* 1 if the plan has more than one fill. */
int msched__has_fills(const msched_plan *plan);

/*
 * Solve the fills of a day one after the other, each around the songs of those before it, and write
 * all their songs to day->fill. Expects the problem of one fill in day->fill_problem. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__fills_solve(msched__solver *s, msched__solution *day);

/*
 * The interval of the to-do in which each fill plays, because the plan asks for it or because all
 * songs of the fill are there; an empty interval: none. NULL when out of memory.
 */
const msched__interval *msched__fill_hosts(msched__arena *arena, const msched__model *model,
                                           const msched__solution *day);

#endif
