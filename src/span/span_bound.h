/*
 * span/span_bound.h: what no schedule of the span exceeds.
 *
 * The rest of the plan without the tasks and songs that may be on several dates falls apart into
 * dates that share nothing, but for the rule that fills repeat no recording, which is left out.
 * What is left of any schedule of the span on a date is a schedule of that rest. So each schedule
 * is, level by level and in their order, no better than the best schedules of the rest of all dates
 * together, and all that may be on several dates besides.
 */
#ifndef MSCHED_SPAN_BOUND_H
#define MSCHED_SPAN_BOUND_H

#include "span/span_model.h"

/* Bounds that take no solving: all there is, and the relaxation of the tasks (span_relax.h). */
msched_result msched__span_quick_bound(const msched__span *span, const int64_t *value,
                                       int64_t *bound, uint32_t *proved);
/*
 * The bound of each level, which holds for schedules with the same values on the levels before;
 * *proved counts the levels from the first one on that meet it.
 */
msched_result msched__span_bound(msched__span *span, const int64_t *value, int64_t *bound,
                                 uint32_t *proved);

#endif
