/*
 * span/span_pack.h: large neighborhood search over the dates of tasks, before any date is solved.
 *
 * A step removes the tasks of one to three dates and inserts them, and tasks without a date, in
 * another order. The result is kept if it is not worse: first the tasks count, then the time that
 * they leave for music. Some worse results are kept for a while, too. Half of the steps insert
 * tasks without music first, and split them so that they leave the time that music needs. Dates are
 * not solved: a step only checks the time between their events (span_gaps.h), which takes a
 * thousandth of the time.
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

#endif
