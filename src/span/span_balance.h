/* span/span_balance.h: level 8 of several dates: an even load, on few dates a task. */
#ifndef MSCHED_SPAN_BALANCE_H
#define MSCHED_SPAN_BALANCE_H

#include "span/span_model.h"

/*
 * Spread tasks that may be split over their dates, before any date is solved: so that the dates
 * have as little to do as they can beyond two hours, in steps of half an hour, and each task has
 * few dates. Tasks that a previous schedule had stay. Returns how many tasks it changes. Where
 * tasks lack dates, it changes only what fits for certain, and returns 0, because there is no need
 * to try the dates without it.
 */
uint32_t msched__span_spread(msched__span *span);
/*
 * The same of solved dates: they are solved again, and the result stays if nothing of the first
 * seven levels gets worse. MSCHED_OK, MSCHED_ERROR_MEMORY or CANCELLED.
 */
msched_result msched__span_balance(msched__span *span);

#endif
