/*
 * schedule/songs/songs_moves.h: move the songs of a finished day without breaking a rule.
 */
#ifndef MSCHED_SONGS_MOVES_H
#define MSCHED_SONGS_MOVES_H

#include "algo/budget.h"
#include "schedule/model/playlist.h"

#define MSCHED__NEVER INT32_MAX

/* The songs that may be moved; their times are in arrays of `count` songs. */
typedef struct msched__song_moves {
    const msched__fill_problem *problem;
    const msched__songs_problem *rules;
    uint32_t count;
    msched__budget *budget;
} msched__song_moves;

static inline int32_t msched__song_end(const msched__timed_song *song)
{
    return song->start_s + song->length_s;
}

/* Count the work of visiting all songs once. 1 if the search must end. */
int msched__moves_visit(const msched__song_moves *moves);
/*
 * The earliest start of songs[k] at or after `from`, given the other songs that have a start;
 * MSCHED__NEVER: none.
 */
int32_t msched__moves_earliest(const msched__song_moves *moves, const msched__timed_song *songs,
                               uint32_t k, int32_t from);
/* Sort songs by start. */
void msched__moves_sort(msched__timed_song *songs, uint32_t count);
/*
 * Exchange two songs. With `shift`, the songs between them move by the difference of the lengths,
 * so that no time is lost.
 */
void msched__moves_exchange(msched__timed_song *songs, uint32_t first, uint32_t last, int shift);
/* 1 if the songs that an exchange changed break no rule. */
int msched__moves_allowed(const msched__song_moves *moves, const msched__timed_song *songs,
                          uint32_t first, uint32_t last, int shift);

#endif
