/*
 * schedule/songs/songs_spread.h: level 8 of scheduled songs: wanted songs in sessions over the day,
 * fill outside to-dos of another mood, and no long silence at the end of a to-do with fill.
 *
 * The songs of the day stay the same, so levels 1 to 7 do not change.
 */
#ifndef MSCHED_SONGS_SPREAD_H
#define MSCHED_SONGS_SPREAD_H

#include "algo/budget.h"
#include "base/arena.h"
#include "schedule/model/playlist.h"

#define MSCHED__SESSION_SONGS 5   /* wanted songs in a session */
#define MSCHED__SILENCE_S     300 /* after the last song of fill in a to-do */

/* The shortfalls of these terms, in seconds; 0: none. */
typedef struct msched__spread {
    /* with three or more free wishes: from the end of the last one to half of the time */
    int32_t spread_s;
    int32_t mood_s; /* fill in to-dos of another mood, beyond half of the fill */
    /*
     * silence at the end of a to-do with fill, beyond MSCHED__SILENCE_S; 0 if it is no longer than
     * the longest silence before a song there
     */
    int32_t silence_s;
} msched__spread;

msched__spread msched__songs_spread_rate(const msched__fill_problem *problem,
                                         const msched__timed_song *songs, uint32_t count);
/*
 * The index of the last free wish, which decides spread_s; UINT32_MAX: nothing does. *half is the
 * half of the listenable time.
 */
uint32_t msched__songs_last_wish(const msched__fill_problem *problem,
                                 const msched__timed_song *songs, uint32_t count, int32_t *half);
/*
 * Move the songs of a day, and keep the array in order of start. The problem must have its `hosts`.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_spread(msched__arena *arena, const msched__fill_problem *problem,
                                   msched__timed_song *songs, uint32_t count,
                                   msched__budget *budget);

#endif
