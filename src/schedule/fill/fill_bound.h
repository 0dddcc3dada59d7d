/* schedule/fill/fill_bound.h: upper bounds on the fill. */
#ifndef MSCHED_FILL_BOUND_H
#define MSCHED_FILL_BOUND_H

#include "schedule/fill/fill_state.h"
#include "schedule/model/playlist.h"

/*
 * Lower `*bound` to what the songs that pass the filter allow in the slots of a day. 0 when out of
 * memory.
 */
int msched__fill_day_bound(msched__fill_day *day, int64_t *bound);

/*
 * Seconds of songs that pass the filter, one track of each recording, up to what is asked: no fill
 * of any placement, in any day, is longer. Reads neither the placement nor the windows. MSCHED_OK
 * or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_supply(msched__arena *arena, const msched__fill_problem *problem,
                                   int64_t *seconds);

/* How long the longest of these songs are together: sums[k], k up to count, for k of them. */
typedef struct msched__longest_songs {
    const int64_t *sums;
    uint32_t count;
} msched__longest_songs;

/* MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__songs_longest(msched__arena *arena, const msched__fill_problem *problem,
                                    msched__longest_songs *out);

/*
 * Lower `*seconds`, where no more than MSCHED__REACH_MAX_S, to the largest sum that such songs
 * reach. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
#define MSCHED__REACH_MAX_S 900
msched_result msched__songs_reach(msched__arena *arena, const msched__fill_problem *problem,
                                  int64_t *seconds);

#endif
