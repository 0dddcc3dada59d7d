/*
 * span/span_bound.h: upper bounds of the schedules of the span.
 *
 * Without the tasks and songs that may be on several dates, and without the rule that fills repeat
 * no recording, the plan splits into independent dates. Any schedule of the span, restricted to
 * this reduced plan of a date, is a schedule of that reduced plan. So in the order of the levels,
 * no schedule is better than the best schedules of all reduced dates, plus all items that may be on
 * several dates.
 */
#ifndef MSCHED_SPAN_BOUND_H
#define MSCHED_SPAN_BOUND_H

#include "span/span_model.h"

/* Bounds without solving: all items, and the relaxation of the tasks (span_relax.h). */
msched_result msched__span_quick_bound(msched__span *span, const int64_t *value, int64_t *bound,
                                       uint32_t *proved);
/*
 * The bound of each level, for schedules with the same values on the levels before; *proved
 * receives the number of leading levels that meet their bounds.
 */
msched_result msched__span_bound(msched__span *span, const int64_t *value, int64_t *bound,
                                 uint32_t *proved);

#endif
