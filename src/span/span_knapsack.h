/*
 * span/span_knapsack.h: the most tasks that have time on the dates.
 *
 * The tasks that can only be on one date take no more time than it has, and the tasks that can only
 * be on the dates up to some date no more than these dates together. These sets of dates are nested
 * or disjoint, so dynamic programming (Lawler and Moore's, over a tree) finds the best set of tasks
 * in the order of the levels. A state is a total length. It stays only if it has better tasks than
 * every shorter one; and because the values of two sets add, no other state can become the best.
 */
#ifndef MSCHED_SPAN_KNAPSACK_H
#define MSCHED_SPAN_KNAPSACK_H

#include "span/span_model.h"

/*
 * Find the best set of tasks: sets span->most, and 1 in `keeps` for each task of the set. Of equal
 * sets, it takes one that leaves more time in which music may play. With too many tasks,
 * span->most stays unknown and `keeps` unchanged. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_knapsack(msched__span *span, uint8_t *keeps);
/*
 * The least seconds of fills for which the dates have no time beside a best set of tasks, and with
 * `all_songs` beside all songs of a single date. span->most must be known. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_fill_lack(msched__span *span, int all_songs, int64_t *lack_s);
/* Seconds of the fills of a date. */
int64_t msched__span_fill_on(const msched__span *span, uint32_t day);
/* Seconds of music that the fills and the songs of a single date need on it. */
int64_t msched__span_music_on(const msched__span *span, uint32_t day);
/* Seconds of a date's window in which music may play if it has no tasks. */
int64_t msched__span_audible_on(const msched__span *span, uint32_t day);
/* What a task of a priority counts, where a second of missing music counts 1. */
int64_t msched__span_worth(const msched__span *span, uint8_t priority);

#endif
