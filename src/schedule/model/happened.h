/*
 * schedule/model/happened.h: what has happened: to-dos that the user marks as done, started, paused
 * or skipped get their real times.
 */
#ifndef MSCHED_HAPPENED_H
#define MSCHED_HAPPENED_H

#include "schedule/model/tasks.h"
#include "schedule/output/schedule.h"

/* A plan after the states of its to-dos are applied. */
typedef struct msched__happened {
    /* as given, but: events at their real times, what is left of paused tasks, closed to-dos */
    msched_plan plan;
    /* when tasks really ran, by to-do; they stay there despite the plan's rules */
    msched__frozen *facts;
    uint32_t fact_count;
} msched__happened;

/*
 * `previous` (NULL: none) provides times that the user does not give. In the arena. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__happened_make(msched__arena *arena, const msched_plan *plan,
                                    const msched_schedule *previous, msched__happened *out);

#endif
