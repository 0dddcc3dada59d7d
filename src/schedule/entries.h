/* schedule/entries.h: the solver's day as the entries and the objective of a schedule. */
#ifndef MSCHED_ENTRIES_H
#define MSCHED_ENTRIES_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

typedef struct msched__entries {
    msched_schedule *schedule; /* gets entries and objective; texts stay those of the plan and the catalog */
    msched__arena *arena;      /* scratch */
    const msched__request *request;
    const msched__day *day;
    const msched__budget *budget; /* of the solve */
} msched__entries;

/* MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__entries_write(msched__entries *b);

#endif
