/*
 * algo/budget.h: the work that a call may do; the clock or the caller may end it sooner.
 *
 * Work is counted, so that the same question ends at the same step on every machine. A unit is
 * about one visit of one task. A search that may use only a part of the work counts in a budget of
 * its own (msched__budget_part) and returns it (msched__budget_join). The time limit and the caller
 * still end it.
 */
#ifndef MSCHED_BUDGET_H
#define MSCHED_BUDGET_H

#include <musicsched/schedule.h>

typedef struct msched__budget {
    uint64_t used, limit;
    uint64_t aside; /* work that the limit does not bound */
    /*
     * the search ends here as at `limit`, but shares of the limit are computed as if it continued
     */
    uint64_t give_up_at;
    uint64_t next_look;  /* at this much work, check the clock and ask the caller */
    int64_t deadline_ns; /* 0: none */
    msched_cancel_fn cancel;
    void *cancel_ctx;
    uint32_t stop; /* enum msched_schedule_stop: the limit that was reached first */
    /* the time is over or the caller canceled: do only what is required */
    uint8_t interrupted;
} msched__budget;

void msched__budget_init(msched__budget *budget, const msched_schedule_options *options);
/* Count work; 1 if the search must end. */
int msched__budget_spend(msched__budget *budget, uint64_t units);
/* 1 if the search must end because all work is used or the time is over. */
int msched__budget_over(msched__budget *budget);
/* Check the clock and ask the caller now, whatever the work; 1 if the time is over. */
int msched__budget_look(msched__budget *budget);
/* 1 if the time is over; checks the clock and asks the caller when that is due. */
int msched__budget_interrupted(msched__budget *budget);
/* The work that is left. */
uint64_t msched__budget_left(const msched__budget *budget);

/* A budget for a part of the work, at most `limit` units and what is left. */
msched__budget msched__budget_part(const msched__budget *whole, uint64_t limit);
/* Count the work of a part, as msched__budget_count does, and take over that the time is over. */
void msched__budget_join(msched__budget *whole, const msched__budget *part);

/* Count the work of a step that is never interrupted. */
static inline void msched__budget_count(msched__budget *budget, uint64_t units)
{
    budget->used += units;
}

#endif
