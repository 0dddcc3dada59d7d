/* span/span_improve.h: solve the dates, and move unscheduled items to other dates. */
#ifndef MSCHED_SPAN_IMPROVE_H
#define MSCHED_SPAN_IMPROVE_H

#include "span/span_day.h"

/* 1 if all predecessors of the task are whole. */
int msched__span_has_others(const msched__span *span, const msched__span_task *task);
/*
 * Solve the dates given by bits, in `mode`. Then remove tasks that are not whole or lost a
 * predecessor, until no date has a part of one.
 */
msched_result msched__span_settle(msched__span *span, uint32_t dates, enum msched__span_mode mode);
/* Try other dates for unscheduled tasks and songs, as long as levels grow. */
msched_result msched__span_improve(msched__span *span);
/* Order the songs of dates solved without ordering, except dates that will be explained anyway. */
msched_result msched__span_put_in_order(msched__span *span);

#endif
