/* span/span_hints.h: where the search for dates has put the tasks of a date, for solving it. */
#ifndef MSCHED_SPAN_HINTS_H
#define MSCHED_SPAN_HINTS_H

#include "span/span_model.h"

/*
 * Add the pieces of a date's tasks in its intervals to its plan, where they can be arranged. 0 when
 * out of memory.
 */
int msched__span_add_hints(const msched__span *span, uint32_t day, msched_plan *plan);
void msched__span_remove_hints(const msched__span *span, msched_plan *plan);

#endif
