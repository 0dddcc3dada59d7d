/* schedule/fill/fill_pool.h: the best-ranked songs that pass the filter of a fill. */
#ifndef MSCHED_FILL_POOL_H
#define MSCHED_FILL_POOL_H

#include "sound/mood.h"
#include "schedule/model/plays.h"

/* What a fill song must be. */
typedef struct msched__fill_filter {
    const msched_catalog *catalog;
    const msched__moods *moods;
    uint64_t genres, subgenres;                           /* bits; used where the catalog has at most 64 */
    const uint8_t *genre_set, *subgenre_set, *artist_set; /* per index; NULL: all pass */
    int32_t year_min, year_max;                           /* 0: no limit */
    uint32_t min_popularity;
} msched__fill_filter;

/* 0 when out of memory. */
int msched__fill_filter_init(msched__fill_filter *filter, msched__arena *arena, const msched_catalog *catalog,
                             const msched__moods *moods, const msched_listening *rules);
int msched__fill_filter_passes(const msched__fill_filter *filter, uint32_t track);

/* What already plays in the day: one bit for each recording and artist. */
typedef struct msched__fill_used {
    uint64_t *recordings; /* may not be repeated */
    uint64_t *wished;     /* wanted but not placed: taken last */
    uint64_t *artists;    /* have a song in the day or the pool */
} msched__fill_used;

typedef struct msched__fill_candidate {
    uint32_t track, artist;
    int32_t length;
    uint8_t spread; /* the only song of its artist in the pool and the day */
    uint8_t taken;
} msched__fill_candidate;

typedef struct msched__fill_pool {
    msched__fill_candidate *items; /* those with `spread` first, each part best first */
    uint32_t count, spread_count;
    uint8_t complete; /* every recording that passes is in it */
} msched__fill_pool;

#define MSCHED__FILL_POOL_MAX 1024 /* `want` of a pool; it holds up to twice as many */

/*
 * The best `want` songs for a mood, one of each recording and artist as far as there are enough; no song is longer than
 * `longest_s`. Songs of like rank are varied by `seed`. 0 when out of memory.
 */
int msched__fill_pool_build(msched__fill_pool *pool, msched__arena *arena, const msched__fill_filter *filter,
                            const msched__fill_used *used, uint32_t mood, uint32_t want, int32_t longest_s, uint64_t seed);

static inline int32_t msched__track_length_s(const msched_catalog *catalog, uint32_t track)
{
    return (int32_t)(catalog->duration_ms[track] / 1000 + (catalog->duration_ms[track] % 1000 != 0));
}

static inline int msched__bit(const uint64_t *bits, uint32_t index)
{
    return (int)(bits[index / 64] >> (index % 64) & 1);
}

static inline void msched__bit_set(uint64_t *bits, uint32_t index)
{
    bits[index / 64] |= UINT64_C(1) << (index % 64);
}

/* A cleared bit set; NULL when out of memory. */
uint64_t *msched__bits_alloc(msched__arena *arena, uint32_t count);

#endif
