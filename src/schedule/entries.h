/* schedule/entries.h: the solver's day as the entries and the objective of a schedule. */
#ifndef MSCHED_ENTRIES_H
#define MSCHED_ENTRIES_H

#include "schedule/model/solver.h"

/*
 * Write the entries and the objective; texts stay those of the plan and the catalog. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__entries_write(const msched__solver *solver, msched_schedule *schedule);

#endif
