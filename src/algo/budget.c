#include "algo/budget.h"

#include <time.h>

#define DEFAULT_WORK 200000
/* units of work between two checks of the clock: well below a millisecond */
#define LOOK_EVERY 2000

static int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void msched__budget_init(msched__budget *budget, const msched_schedule_options *options)
{
    *budget = (msched__budget){.limit = options->work_limit == 0 ? DEFAULT_WORK
                                                                 : options->work_limit,
                               .give_up_at = UINT64_MAX,
                               .next_look = LOOK_EVERY,
                               .cancel = options->cancel,
                               .cancel_ctx = options->cancel_ctx};
    if (options->time_limit_ms > 0)
        budget->deadline_ns = clock_ns() + (int64_t)options->time_limit_ms * 1000000;
}

static void interrupt(msched__budget *budget, uint32_t stop)
{
    budget->interrupted = 1;
    if (budget->stop == MSCHED_STOP_NONE)
        budget->stop = stop;
}

int msched__budget_look(msched__budget *budget)
{
    budget->next_look = budget->used + LOOK_EVERY;
    if (budget->interrupted)
        return 1;
    if (budget->cancel != NULL && budget->cancel(budget->cancel_ctx) != 0)
        interrupt(budget, MSCHED_STOP_CANCEL);
    else if (budget->deadline_ns != 0 && clock_ns() >= budget->deadline_ns)
        interrupt(budget, MSCHED_STOP_TIME);
    return budget->interrupted;
}

int msched__budget_spend(msched__budget *budget, uint64_t units)
{
    budget->used += units;
    if (budget->stop == MSCHED_STOP_NONE &&
        (budget->used > budget->limit || budget->used > budget->give_up_at))
        budget->stop = MSCHED_STOP_WORK;
    if (budget->used >= budget->next_look)
        msched__budget_look(budget);
    return budget->stop != MSCHED_STOP_NONE;
}

int msched__budget_interrupted(msched__budget *budget)
{
    return budget->interrupted ||
           (budget->used >= budget->next_look && msched__budget_look(budget));
}

int msched__budget_over(msched__budget *budget)
{
    return budget->used >= budget->limit || budget->used >= budget->give_up_at ||
           msched__budget_interrupted(budget);
}

uint64_t msched__budget_left(const msched__budget *budget)
{
    return budget->used < budget->limit ? budget->limit - budget->used : 0;
}

/* Units until a mark is reached. */
static uint64_t from_here(const msched__budget *budget, uint64_t mark)
{
    return mark > budget->used ? mark - budget->used : 0;
}

msched__budget msched__budget_part(const msched__budget *whole, uint64_t limit)
{
    msched__budget part = *whole;
    uint64_t left = msched__budget_left(whole);
    part.used = 0;
    part.limit = limit < left ? limit : left;
    part.give_up_at = whole->give_up_at == UINT64_MAX ? UINT64_MAX
                                                      : from_here(whole, whole->give_up_at);
    part.next_look = from_here(whole, whole->next_look);
    part.stop = whole->interrupted ? whole->stop : MSCHED_STOP_NONE;
    return part;
}

void msched__budget_join(msched__budget *whole, const msched__budget *part)
{
    if (part->interrupted && !whole->interrupted)
        interrupt(whole, part->stop);
    whole->used += part->used;
    whole->next_look = whole->used + from_here(part, part->next_look);
}
