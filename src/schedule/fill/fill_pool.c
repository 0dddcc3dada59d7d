/*
 * The fill is chosen from a pool of the best-ranked songs instead of the whole catalog: one pass
 * over a precomputed ranking. Songs of artists that play nowhere else come first, for variety. The
 * seed shuffles songs of similar rank.
 */
#include "schedule/fill/fill_pool.h"

#include "algo/bits.h"
#include "algo/index_sort.h"
#include "base/hash.h"
#include "sound/ranking.h"
#include "schedule/model/artists.h"

#include <string.h>

#define SHORTEST_S      60 /* shorter tracks are interludes: taken last */
#define POPULARITY_STEP 5  /* songs this close in popularity count as equal */

/* Equal songs get the same upper half; the seed orders them. */
static uint64_t rank_key(const msched__pool_question *asked, uint32_t band, uint32_t track)
{
    uint64_t seed = asked->seed;
    uint64_t step = (uint64_t)msched__popularity_or_0(asked->filter->catalog, track) /
                    POPULARITY_STEP;
    uint64_t mixed = msched__hash_mix(seed + (track + 1) * UINT64_C(0x9E3779B97F4A7C15)) >> 32;
    return (0xFFFF - (uint64_t)band) << 48 | (0xFFFF - step) << 32 | mixed;
}

/*
 * Tracks in rank order: one part spread over artists, and the rest; each has room for the number
 * wanted.
 */
typedef struct gathered {
    msched__keyed *first, *rest;
    uint32_t first_count, rest_count;
} gathered;

/* 1: all tracks were looked at; -1: out of memory. */
static int gather(msched__arena *arena, const msched__pool_question *asked, gathered *out)
{
    const msched__fill_filter *filter = asked->filter;
    const msched__fill_used *used = asked->used;
    const msched_catalog *catalog = filter->catalog;
    msched__ranking ranking;
    uint64_t *recordings = msched__bits_alloc(arena, filter->recordings->count);
    uint64_t *artists = msched__bits_alloc(arena, catalog->artist_count);
    uint32_t track;
    int dropped = 0;
    if (recordings == NULL || artists == NULL)
        return -1;
    msched__ranking_start(&ranking, catalog, filter->moods, asked->mood);
    while ((track = msched__ranking_next(&ranking)) != MSCHED__NONE) {
        uint32_t recording = filter->recordings->of_track[track],
                 artist = catalog->track_artist[track];
        if (out->first_count == asked->want)
            return 0;
        if (asked->mood == MSCHED_MOOD_NONE &&
            (uint32_t)msched__popularity_or_0(catalog, track) < filter->min_popularity)
            break;
        int32_t length = msched__track_length_s(catalog, track);
        if (length > asked->longest_s || msched__bit(used->recordings, recording) ||
            msched__bit(recordings, recording) || !msched__fill_filter_passes(filter, track))
            continue;
        int spread = !msched__artists_any(catalog, artists, artist) &&
                     !msched__artists_any(catalog, used->artists, artist) &&
                     !msched__bit(used->wished, recording) && length >= SHORTEST_S;
        if (!spread && out->rest_count == asked->want) {
            dropped = 1;
            continue;
        }
        msched__bit_set(recordings, recording);
        if (spread)
            msched__artists_add(catalog, artists, artist);
        *(spread ? &out->first[out->first_count++] : &out->rest[out->rest_count++]) =
            (msched__keyed){rank_key(asked, ranking.band, track), track};
    }
    return !dropped;
}

static void append(msched__fill_pool *pool, const msched_catalog *catalog, msched__keyed *tracks,
                   uint32_t count)
{
    msched__key_sort(tracks, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = tracks[i].index;
        pool->items[pool->count++] = (msched__fill_candidate){
            track, catalog->track_artist[track], msched__track_length_s(catalog, track), 0, 0};
    }
}

/* A song is spread only if no other song of its artist is in the pool. */
static void mark_spread(msched__fill_pool *pool, const msched_catalog *catalog,
                        const uint64_t *rest_artists)
{
    for (uint32_t i = 0; i < pool->spread_count; i++)
        pool->items[i].spread = rest_artists == NULL ||
                                !msched__artists_any(catalog, rest_artists, pool->items[i].artist);
}

int msched__fill_pool_build(msched__fill_pool *pool, msched__arena *arena,
                            const msched__pool_question *asked)
{
    const msched_catalog *catalog = asked->filter->catalog;
    gathered tracks = {0};
    uint64_t *rest_artists = NULL;
    memset(pool, 0, sizeof *pool);
    tracks.first = msched__arena_alloc(arena, asked->want, sizeof *tracks.first);
    tracks.rest = msched__arena_alloc(arena, asked->want, sizeof *tracks.rest);
    if (tracks.first == NULL || tracks.rest == NULL)
        return 0;
    int complete = gather(arena, asked, &tracks);
    if (complete < 0)
        return 0;
    if (tracks.first_count == asked->want)
        tracks.rest_count = 0;
    pool->items = msched__arena_alloc(arena, (size_t)tracks.first_count + tracks.rest_count,
                                      sizeof *pool->items);
    if (pool->items == NULL)
        return 0;
    append(pool, catalog, tracks.first, tracks.first_count);
    pool->spread_count = tracks.first_count;
    append(pool, catalog, tracks.rest, tracks.rest_count);
    pool->complete = (uint8_t)complete;
    if (tracks.rest_count > 0) {
        rest_artists = msched__bits_alloc(arena, catalog->artist_count);
        if (rest_artists == NULL)
            return 0;
    }
    for (uint32_t i = pool->spread_count; i < pool->count; i++)
        msched__artists_add(catalog, rest_artists, pool->items[i].artist);
    mark_spread(pool, catalog, rest_artists);
    return 1;
}
