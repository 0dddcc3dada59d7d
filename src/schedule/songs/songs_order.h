/*
 * schedule/songs/songs_order.h: the order of the songs of each session, for smooth transitions, and
 * its score.
 *
 * Ordering does not change levels 1 to 7; the score is level 8 of the finished songs.
 */
#ifndef MSCHED_SONGS_ORDER_H
#define MSCHED_SONGS_ORDER_H

#include "schedule/model/playlist.h"

/*
 * Reorder the songs within their sessions for smooth transitions; starts change, the set does not,
 * and every placement rule still holds. `songs` comes from msched__songs_merge, and is ascending
 * again afterward. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_order(msched__arena *arena, const msched__fill_problem *problem,
                                  msched__timed_song *songs, uint32_t count);

/*
 * Level 8 of finished songs, each 0..1000 on average per song or transition, higher is better; 1000
 * if there is none.
 */
typedef struct msched__songs_score {
    int32_t mood_fit;   /* of all songs that play in a mood */
    int32_t smoothness; /* of the transitions within sessions */
    int32_t popularity; /* of the fill, 10 * popularity */
} msched__songs_score;

msched__songs_score msched__songs_rate(const msched__fill_problem *problem,
                                       const msched__timed_song *songs, uint32_t count);

#endif
