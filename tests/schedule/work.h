/* tests/schedule/work.h: a budget of its own for one call, without a clock. */
#ifndef TEST_WORK_H
#define TEST_WORK_H

#include "algo/budget.h"

#define WORK(units)                                                                                \
    (&(msched__budget){.limit = (units), .give_up_at = UINT64_MAX, .next_look = UINT64_MAX})

#endif
