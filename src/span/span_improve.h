/* span/span_improve.h: solve the dates, and move what has found no time to other dates. */
#ifndef MSCHED_SPAN_IMPROVE_H
#define MSCHED_SPAN_IMPROVE_H

#include "span/span_day.h"

/* 1 where every task that this one follows is whole. */
int msched__span_has_others(const msched__span *span, const msched__span_task *task);
/* The levels that the dates' schedules reach together. */
void msched__span_value(const msched__span *span, int64_t *value);
/*
 * Solve the dates given by bits, as `mode` says; take tasks away that then are not whole or have
 * lost what they follow, until no date has a part of such a task.
 */
msched_result msched__span_settle(msched__span *span, uint32_t dates, enum msched__span_mode mode);
/* Try other dates for tasks and songs without time, as long as levels grow. */
msched_result msched__span_improve(msched__span *span);

#endif
