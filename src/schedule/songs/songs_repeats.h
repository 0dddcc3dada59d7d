/*
 * schedule/songs/songs_repeats.h: time between two plays of one recording, where that costs nothing
 * else.
 *
 * The songs of the day stay the same, so levels 1 to 7 do. The shortfall is level 8: the squares of
 * the seconds by which neighboring plays of a recording are too close, added up. Squares spread
 * three plays evenly if there is too little time for all of them.
 */
#ifndef MSCHED_SONGS_REPEATS_H
#define MSCHED_SONGS_REPEATS_H

#include "algo/budget.h"
#include "schedule/model/playlist.h"

/*
 * Move and exchange songs within their windows until the shortfall no longer falls. `songs` comes
 * from msched__songs_merge, and is ascending again afterward. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_repeats(msched__arena *arena, const msched__fill_problem *problem,
                                    msched__timed_song *songs, uint32_t count,
                                    msched__budget *budget);
/*
 * The next play of the recording of songs[index] if it is too close to it; `count`: there is none.
 */
uint32_t msched__songs_repeats_next(const msched__songs_problem *problem,
                                    const msched__timed_song *songs, uint32_t count,
                                    uint32_t index);

/*
 * The wished time between two of so many plays of a recording: that of the plan, else an hour, or
 * less if the listenable time is short.
 */
int32_t msched__repeats_wish(const msched__songs_problem *problem, uint32_t plays);

/* The sum over neighboring plays of a recording of what they lack of that time. */
int64_t msched__songs_repeats_lacking(const msched__songs_problem *problem,
                                      const msched__timed_song *songs, uint32_t count);

#endif
