#include "algo/budget.h"

#include <time.h>

#define DEFAULT_WORK 200000
#define LOOK_EVERY   2000

static int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void msched__budget_init(msched__budget *budget, const msched_schedule_options *options)
{
    *budget = (msched__budget){.limit = options->work_limit == 0 ? DEFAULT_WORK : options->work_limit,
                               .next_look = LOOK_EVERY,
                               .cancel = options->cancel,
                               .cancel_ctx = options->cancel_ctx};
    if (options->time_limit_ms > 0)
        budget->deadline_ns = clock_ns() + (int64_t)options->time_limit_ms * 1000000;
}

int msched__budget_spend(msched__budget *budget, uint64_t units)
{
    budget->used += units;
    if (budget->stop != MSCHED_STOP_NONE)
        return 1;
    if (budget->used > budget->limit || (budget->give_up_at != 0 && budget->used > budget->give_up_at)) {
        budget->stop = MSCHED_STOP_WORK;
        return 1;
    }
    if (budget->used < budget->next_look)
        return 0;
    budget->next_look = budget->used + LOOK_EVERY;
    if (budget->cancel != NULL && budget->cancel(budget->cancel_ctx) != 0)
        budget->stop = MSCHED_STOP_CANCEL;
    else if (budget->deadline_ns != 0 && clock_ns() >= budget->deadline_ns)
        budget->stop = MSCHED_STOP_TIME;
    return budget->stop != MSCHED_STOP_NONE;
}

uint64_t msched__budget_left(const msched__budget *budget)
{
    return budget->used < budget->limit ? budget->limit - budget->used : 0;
}
