/* schedule/fill/fill_pool.h: the best-ranked songs that pass the filter of a fill. */
#ifndef MSCHED_FILL_POOL_H
#define MSCHED_FILL_POOL_H

#include "schedule/fill/fill_filter.h"

/* What already plays on the day: one bit for each recording and artist. */
typedef struct msched__fill_used {
    uint64_t *recordings; /* may not be repeated */
    uint64_t *wished;     /* wanted but not placed: taken last */
    uint64_t *artists;    /* have a song on the day or in the pool */
} msched__fill_used;

typedef struct msched__fill_candidate {
    uint32_t track, artist;
    int32_t length;
    uint8_t spread; /* the only song of its artist in the pool and on the day */
    uint8_t taken;
} msched__fill_candidate;

typedef struct msched__fill_pool {
    msched__fill_candidate *items; /* those with `spread` first; each part best first */
    uint32_t count, spread_count;
    uint8_t complete; /* it contains every recording that passes */
} msched__fill_pool;

#define MSCHED__FILL_POOL_MAX 1024 /* `want` of a pool; it holds up to twice as many */

/* The request for a pool. */
typedef struct msched__pool_question {
    const msched__fill_filter *filter;
    const msched__fill_used *used;
    uint32_t mood, want; /* songs */
    int32_t longest_s;   /* no song is longer */
    uint64_t seed;       /* varies songs of similar rank */
} msched__pool_question;

/*
 * The best songs for a mood: one of each recording, and one of each artist if there are enough. 0
 * when out of memory.
 */
int msched__fill_pool_build(msched__fill_pool *pool, msched__arena *arena,
                            const msched__pool_question *asked);

#endif
