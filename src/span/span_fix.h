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

#endif
