/* span/span_fix.h: other dates on which unscheduled to-dos have time. */
#ifndef MSCHED_SPAN_FIX_H
#define MSCHED_SPAN_FIX_H

#include "span/span_model.h"

/*
 * For each unscheduled to-do that occurs once, offer a date that is not one of its own, if the date
 * has time for it and everything planned there stays scheduled. Call this after the schedule is
 * written.
 */
msched_result msched__span_fix_dates(msched__span *span, msched_schedule *out);
/* Seconds of all dates that tasks leave. */
int64_t msched__span_free(const msched__span *span);
/*
 * Offer a date (0 is the first) for an item, before its fixes that cost more; `rest` says what
 * becomes of the rest. 0 when out of memory.
 */
int msched__span_add_date(msched_schedule *out, uint32_t day, const char *rest,
                          msched_unplaced *item);

#endif
