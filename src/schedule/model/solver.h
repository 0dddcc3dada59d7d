/* schedule/model/solver.h: a question to the solver. */
#ifndef MSCHED_SOLVER_H
#define MSCHED_SOLVER_H

#include "schedule/model/lookup.h"
#include "schedule/model/previous.h"

/* A question to the solver. */
typedef struct msched__request {
    const msched_catalog *catalog; /* NULL: none */
    const msched_plan *plan;
    const msched__wish *wishes; /* per song of the plan */
    const msched__replan *replan;
    uint64_t seed;
    uint8_t no_order, no_fill;
} msched__request;

#endif
