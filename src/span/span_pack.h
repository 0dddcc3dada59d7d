/*
 * span/span_pack.h: large neighborhood search over the dates of tasks, before any date is solved.
 *
 * A step removes the tasks of one to three dates and inserts them, and tasks without a date, in
 * another order. The result is kept if it is not worse: first the tasks count, then the time that
 * they leave for music. Dates are not solved: a step only checks the time between their events
 * (span_gaps.h), which takes a thousandth of the time.
 */
#ifndef MSCHED_SPAN_PACK_H
#define MSCHED_SPAN_PACK_H

#include "span/span_model.h"

/*
 * Improve the dates of tasks until they are those of the best set (span_knapsack.h) or the steps
 * are used, `steps` for each date. With more than MSCHED__SPAN_KNAPSACK_TASKS tasks, nothing
 * changes. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_pack(msched__span *span, uint32_t steps);
/*
 * Find the tasks that steps move: those that no rule ties to other tasks or to a previous schedule,
 * and that are on dates of tasks with a choice. Sets `is_free` per task.
 */
void msched__span_find_free(const msched__span *span, uint8_t *is_free);
/* Remember that the tasks of a date could not all be scheduled, so that steps avoid this set. */
void msched__span_refuse(msched__span *span, uint32_t day);

#endif
