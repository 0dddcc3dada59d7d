/*
 * span/span_relax.h: how many tasks of a priority the dates have time for.
 *
 * The tasks of a date, of the dates up to each one, and of the dates from each one on take no more
 * time than these dates have beside events. Those sets of dates are nested or apart, which makes
 * "the most tasks" easy: from the smallest set to the largest, leave out the longest task while the
 * tasks take too long (Moore and Hodgson's rule on a tree). Everything else that a task asks for is
 * left out.
 */
#ifndef MSCHED_SPAN_RELAX_H
#define MSCHED_SPAN_RELAX_H

#include "span/span_model.h"

/*
 * Lower the bounds of the levels of tasks, for schedules that have `value` on the levels before.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_relax(const msched__span *span, const int64_t *value, int64_t *bound);
/*
 * 1 for each task of a set that fits by its time: of each priority, the most that the ones before
 * it leave time for. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_choose(const msched__span *span, uint8_t *keeps);

#endif
