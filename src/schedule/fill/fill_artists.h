/* schedule/fill/fill_artists.h: fill with artist separation. */
#ifndef MSCHED_FILL_ARTISTS_H
#define MSCHED_FILL_ARTISTS_H

#include "base/arena.h"
#include "schedule/fill/fill_pool.h"
#include "schedule/model/playlist.h"

/*
 * Lower `*seconds` to the most that songs that pass the filter can play within `horizon` seconds,
 * from the first to the last, with the artist separation between songs of an artist. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__songs_apart(msched__arena *arena, const msched__fill_problem *problem,
                                  int64_t horizon, int64_t *seconds);

/*
 * A pool of the longest songs instead of the best-ranked, `each` of each artist first, longest
 * first. 0 when out of memory.
 */
int msched__fill_pool_apart(msched__fill_pool *pool, msched__arena *arena,
                            const msched__pool_question *asked, uint32_t each);

#endif
