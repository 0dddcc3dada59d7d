/*
 * schedule/songs/songs_capacity.h: upper bounds on the songs that can be placed, from the time for
 * them.
 */
#ifndef MSCHED_SONGS_CAPACITY_H
#define MSCHED_SONGS_CAPACITY_H

#include "schedule/model/plays.h"
#include "schedule/songs/songs_sequence.h"

/*
 * Upper bounds over all placements with at most `most` must plays, by capacity. `weight` holds for
 * placements with at least `*must` must plays; it may be NULL.
 */
int msched__pack_bound(const msched__pack *pack, int64_t most, int64_t *must, int64_t *weight);

/*
 * Upper bound on the weight with the `musts` shortest must plays, by an exact knapsack over the
 * whole day (locked songs left out). 0 when out of memory.
 */
int msched__pack_sack_bound(msched__pack *pack, int64_t musts, int64_t *weight);

/* Seconds, with a gap for each song, that songs can use in [from, to]. */
int64_t msched__pack_capacity(const msched__pack *pack, int32_t from, int32_t to);

/*
 * Only the upper bounds, cheaply: for a relaxed day (with more listenable time than any real one),
 * to stop the search of tasks early. They cover placements with at most `most` must plays; the
 * weight bound holds for those with `must_bound` must plays, and may be NULL. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_bound(msched__arena *arena, const msched__songs_problem *problem,
                                  int64_t most, int64_t *must_bound, int64_t *weight_bound);

#endif
