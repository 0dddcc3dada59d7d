/*
 * span/span_knapsack.h: an upper bound of the tasks for which the dates have time.
 *
 * The tasks that can only be on one date take no more time than it has. The tasks that can only be
 * on the dates up to some date take no more time than these dates together. These sets of dates are
 * nested or disjoint, so dynamic programming (Lawler and Moore, over a tree) finds the best set of
 * tasks in the order of the levels. A state is a total length with its best tasks. A state is kept
 * only if its tasks are better than those of every shorter state. The values of two sets add up, so
 * no other state can become the best.
 */
#ifndef MSCHED_SPAN_KNAPSACK_H
#define MSCHED_SPAN_KNAPSACK_H

#include "span/span_model.h"

#define MSCHED__SPAN_KNAPSACK_TASKS 1000 /* most tasks whose values add up to less than 63 bits */

/*
 * Find the best set of tasks. Sets span->most, and 1 in `keeps` for each task of the set. Of equal
 * sets, it chooses one that leaves more time for music. With too many tasks, span->most stays
 * unknown and `keeps` does not change. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_knapsack(msched__span *span, uint8_t *keeps);
/*
 * A lower bound of the seconds of fills that do not fit on the dates together with a best set of
 * tasks and, with `all_songs`, with all songs that can only be on one date. span->most must be
 * known. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_fill_lack(msched__span *span, int all_songs, int64_t *lack_s);
/* Seconds of the fills of a date. */
int64_t msched__span_fill_on(const msched__span *span, uint32_t day);
/* Seconds of music on a date: its fills, and the songs that can only be there. */
int64_t msched__span_music_on(const msched__span *span, uint32_t day);
/* Seconds of music that do not fit into `room_s` seconds, at most 86,400. */
static inline int64_t msched__span_lack(int64_t music_s, int64_t room_s)
{
    int64_t lack = room_s > 0 ? music_s - room_s : music_s;
    return lack < 0 ? 0 : lack < 86400 ? lack : 86400;
}
/* Seconds of a date's window in which music may play if it has no tasks. */
int64_t msched__span_audible_on(const msched__span *span, uint32_t day);
/*
 * The value of a task of a priority; a second of missing music counts 1. Only for plans of at most
 * MSCHED__SPAN_KNAPSACK_TASKS tasks.
 */
int64_t msched__span_worth(const msched__span *span, uint8_t priority);

#endif
