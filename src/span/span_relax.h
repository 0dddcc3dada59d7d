/*
 * span/span_relax.h: how many tasks of a priority fit on the dates.
 *
 * The tasks of a date, of the dates up to each one, and of the dates from each one on take no more
 * time than events leave on these dates. These sets of dates are nested or disjoint, so a greedy
 * rule finds the most tasks: from the smallest set to the largest, leave out the longest task while
 * the tasks take too long (Moore and Hodgson's rule on a tree). Each range of dates to which a task
 * is limited gives another tree, in which the range replaces the sets that end within it. The
 * relaxation ignores all other constraints of a task.
 */
#ifndef MSCHED_SPAN_RELAX_H
#define MSCHED_SPAN_RELAX_H

#include "span/span_model.h"

/*
 * Lower the bounds of the levels of tasks, for schedules with `value` on the levels before.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_relax(msched__span *span, const int64_t *value, int64_t *bound);
/*
 * Set 1 for each task of a set whose lengths fit: of each priority, the most that fit together with
 * the higher ones. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_choose(msched__span *span, uint8_t *keeps);

#endif
