/*
 * schedule/joint/joint_apart.h: songs of artists that are kept apart, in the search of tasks and
 * songs together (joint_search.c).
 */
#ifndef MSCHED_JOINT_APART_H
#define MSCHED_JOINT_APART_H

#include "base/arena.h"
#include "schedule/model/plays.h"

#include <stddef.h>

#define MSCHED__APART_ARTISTS 6

typedef struct msched__apart {
    const msched__songs_problem *songs;
    /* artists with more than one play, where they are kept apart */
    uint32_t artists[MSCHED__APART_ARTISTS];
    uint32_t count;
    uint8_t too_many;    /* there are more of them */
    uint32_t *artist_of; /* per play: index in `artists`, or UINT32_MAX */
    uint32_t *by_length, *by_weight;
    uint32_t *twin; /* per play: one that can always be placed before it, or UINT32_MAX */
    int32_t *start; /* per play: its earliest start in the state at hand */
    int32_t *ends;  /* per slot of a memo and artist: end of its last song */
} msched__apart;

/* The least silent tasks of the rest of a day. */
typedef struct msched__silence {
    int32_t from, until; /* they start and end within this time */
    int32_t length[64];
    uint32_t count;
} msched__silence;

/*
 * For a memo of `slots`; `hosted`: per play, 1 where it plays during a task. 0 when out of memory.
 */
int msched__apart_make(msched__arena *arena, const msched__songs_problem *songs,
                       const uint8_t *hosted, size_t slots, msched__apart *out);
/*
 * Add the most that the `open` plays of these artists can bring, which start no sooner than
 * `start`, beside `silence` (NULL: without tasks): must plays, and weight.
 */
void msched__apart_most(const msched__apart *apart, const uint8_t *open,
                        const msched__silence *silence, int64_t *must, int64_t *weight);

#endif
