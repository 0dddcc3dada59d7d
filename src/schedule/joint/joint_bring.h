/* schedule/joint/joint_bring.h: bring in tasks during which wanted songs play. */
#ifndef MSCHED_JOINT_BRING_H
#define MSCHED_JOINT_BRING_H

#include "schedule/model/solver.h"

/*
 * For each unscheduled task during which songs are wanted, search for as many tasks with it, and
 * take that day over if its songs weigh more. Tasks that cannot be among as many are remembered for
 * the bound of the weight. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__bring_hosts(msched__solver *s);

#endif
