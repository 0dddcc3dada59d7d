/* schedule/fill/fill_bound.h: upper bounds on the fill. */
#ifndef MSCHED_FILL_BOUND_H
#define MSCHED_FILL_BOUND_H

#include "schedule/fill/fill_state.h"
#include "schedule/model/playlist.h"

/*
 * Lower `*bound` to the maximum that the songs that pass the filter allow in the slots of a day. 0
 * when out of memory.
 */
int msched__fill_day_bound(msched__fill_day *day, int64_t *bound);

/*
 * Seconds of songs that pass the filter, one track of each recording, up to the requested length:
 * no fill on any day is longer. Does not read the placement or the windows. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_supply(msched__arena *arena, const msched__fill_problem *problem,
                                   int64_t *seconds);

/* Total length of the k longest of these songs, in sums[k], for k up to count. */
typedef struct msched__longest_songs {
    const int64_t *sums;
    uint32_t count;
} msched__longest_songs;

/* MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_longest(msched__arena *arena, const msched__fill_problem *problem,
                                    msched__longest_songs *out);

/*
 * Lower `*seconds`, if it is at most MSCHED__REACH_MAX_S, to the largest sum that such songs reach.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
#define MSCHED__REACH_MAX_S 900
msched_result msched__songs_reach(msched__arena *arena, const msched__fill_problem *problem,
                                  int64_t *seconds);

#endif
