/*
 * schedule/songs/songs_repeats.h: keep plays of one recording apart, without a loss on any other
 * level.
 *
 * The songs of the day stay the same, so levels 1 to 7 do not change. Level 8 minimizes the
 * shortfall: the sum of the squares of the seconds by which neighboring plays of a recording are
 * too close. Squares spread
 * three plays evenly if there is too little time for all of them.
 */
#ifndef MSCHED_SONGS_REPEATS_H
#define MSCHED_SONGS_REPEATS_H

#include "algo/budget.h"
#include "schedule/model/playlist.h"

/*
 * Move and exchange songs within their windows until the shortfall stops decreasing. `songs` comes
 * from msched__songs_merge and is in order of start before and after. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
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
 * The wished time between two plays of a recording that has `plays` plays: that of the plan;
 * without one, an hour, or less if the listenable time is short.
 */
int32_t msched__repeats_wish(const msched__songs_problem *problem, uint32_t plays);

/* The sum of the seconds by which neighboring plays of a recording miss that time. */
int64_t msched__songs_repeats_lacking(const msched__songs_problem *problem,
                                      const msched__timed_song *songs, uint32_t count);

#endif
