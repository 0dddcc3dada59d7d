/*
 * algo/budget.h: the work that a call may do, and the clock and the caller that may end it sooner.
 *
 * Work is counted, so that the same question ends at the same step on every machine; a unit is
 * about one look at one task. A search that may use a part of the work only counts in a budget of
 * its own (msched__budget_part) and hands it back (msched__budget_join): the time limit and the
 * caller end it all the same.
 */
#ifndef MSCHED_BUDGET_H
#define MSCHED_BUDGET_H

#include <musicsched/schedule.h>

typedef struct msched__budget {
    uint64_t used, limit;
    uint64_t aside; /* work that the limit does not bound */
    /* the search ends here as at `limit`, but parts of the limit are dealt out as if it went on */
    uint64_t give_up_at;
    uint64_t next_look;  /* at this much work ask the clock and the caller */
    int64_t deadline_ns; /* 0: none */
    msched_cancel_fn cancel;
    void *cancel_ctx;
    uint32_t stop; /* enum msched_schedule_stop: the limit that was reached first */
    /* the time is over, or the caller wants no more: nothing but what must be done is done */
    uint8_t interrupted;
} msched__budget;

void msched__budget_init(msched__budget *budget, const msched_schedule_options *options);
/* Count work; 1 where the search must end. */
int msched__budget_spend(msched__budget *budget, uint64_t units);
/* 1 where the search must end, as all work is used up or the time is over. */
int msched__budget_over(msched__budget *budget);
/* Ask the clock and the caller now, whatever the work; 1 where the time is over. */
int msched__budget_look(msched__budget *budget);
/* 1 where the time is over; asks the clock and the caller where it is their turn. */
int msched__budget_interrupted(msched__budget *budget);
/* Work that may still be done. */
uint64_t msched__budget_left(const msched__budget *budget);

/* A budget for a part of the work, at most `limit` units and what is left. */
msched__budget msched__budget_part(const msched__budget *whole, uint64_t limit);
/* Count what a part used, as msched__budget_count does, and learn from it that the time is over. */
void msched__budget_join(msched__budget *whole, const msched__budget *part);

/* Count work of a step that always comes to its end. */
static inline void msched__budget_count(msched__budget *budget, uint64_t units)
{
    budget->used += units;
}

#endif
