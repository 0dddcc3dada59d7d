/* span/span_improve.h: solve the dates, and move what has found no time to other dates. */
#ifndef MSCHED_SPAN_IMPROVE_H
#define MSCHED_SPAN_IMPROVE_H

#include "span/span_model.h"

/* The levels that the dates' schedules reach together. */
void msched__span_value(const msched__span *span, int64_t *value);
/*
 * Solve the dates given by bits; take tasks away that then are not whole or have lost what they
 * follow, until no date has a part of such a task.
 */
msched_result msched__span_settle(msched__span *span, uint32_t dates);
/* Try other dates for tasks and songs without time, as long as levels grow. */
msched_result msched__span_improve(msched__span *span);

#endif
