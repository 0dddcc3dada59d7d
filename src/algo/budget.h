/* algo/budget.h: the work that a call may do. */
#ifndef MSCHED_BUDGET_H
#define MSCHED_BUDGET_H

#include <musicsched/schedule.h>

/* Work done and allowed. A unit is about one look at one task. */
typedef struct msched__budget {
    uint64_t used, limit;
    uint64_t give_up_at; /* the search ends here as at `limit`, but parts of the limit are dealt out as if it went on; 0: never */
    uint64_t next_look;  /* at this much work ask the clock and the caller */
    int64_t deadline_ns; /* 0: none */
    msched_cancel_fn cancel;
    void *cancel_ctx;
    uint32_t stop; /* enum msched_schedule_stop */
} msched__budget;

void msched__budget_init(msched__budget *budget, const msched_schedule_options *options);
/* Count work; 1 where the search must end. */
int msched__budget_spend(msched__budget *budget, uint64_t units);
/* Work that may still be done. */
uint64_t msched__budget_left(const msched__budget *budget);

#endif
