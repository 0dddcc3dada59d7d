/*
 * schedule/model/happened.h: what has happened of a plan: to-dos that the user calls done, started,
 * paused or skipped, put into their real places.
 */
#ifndef MSCHED_HAPPENED_H
#define MSCHED_HAPPENED_H

#include "schedule/model/tasks.h"
#include "schedule/output/schedule.h"

/* What a plan comes to once the states of its to-dos are applied. */
typedef struct msched__happened {
    /* as given, but: events at their real times, what is left of paused tasks, closed to-dos */
    msched_plan plan;
    /* where tasks really ran, by to-do; they stay there whatever the plan's rules say */
    msched__frozen *facts;
    uint32_t fact_count;
} msched__happened;

/*
 * `previous` (NULL: none) tells times that the user does not give. In the arena. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__happened_make(msched__arena *arena, const msched_plan *plan,
                                    const msched_schedule *previous, msched__happened *out);

#endif
