#include "schedule/fill/fill_pool.h"

#include "algo/bits.h"
#include "algo/index_sort.h"
#include "base/hash.h"
#include "sound/mood.h"

#include <string.h>

#define SHORTEST_S      60 /* shorter tracks are interludes: taken last */
#define POPULARITY_STEP 5  /* songs this close in popularity are alike */

/* Like songs get the same upper half; the seed orders them. */
static uint64_t rank_key(const msched__fill_filter *filter, uint32_t mood, uint32_t track, uint64_t seed)
{
    uint64_t band = mood == MSCHED_MOOD_NONE ? 0 : filter->moods->fit[mood][track] / MSCHED__FIT_BAND;
    uint64_t step = (uint64_t)msched__popularity_or_0(filter->catalog, track) / POPULARITY_STEP;
    uint64_t mixed = msched__hash_mix(seed + (track + 1) * UINT64_C(0x9E3779B97F4A7C15)) >> 32;
    return (0xFFFF - band) << 48 | (0xFFFF - step) << 32 | mixed;
}

/* Tracks in rank order into `first` (spread over artists) and `rest`; both have room for `want`. 1: all were looked at. */
static int gather(msched__arena *arena, const msched__fill_filter *filter, const msched__fill_used *used, uint32_t mood,
                  uint32_t want, int32_t longest_s, uint32_t *first, uint32_t *first_count, uint32_t *rest, uint32_t *rest_count)
{
    const msched_catalog *catalog = filter->catalog;
    const uint32_t *ranked = filter->moods->ranked[mood];
    uint64_t *recordings = msched__bits_alloc(arena, catalog->recording_count);
    uint64_t *artists = msched__bits_alloc(arena, catalog->artist_count);
    int dropped = 0;
    if (recordings == NULL || artists == NULL)
        return -1;
    *first_count = *rest_count = 0;
    for (uint32_t i = 0; i < catalog->track_count; i++) {
        uint32_t track = ranked[i], recording = catalog->track_recording[track], artist = catalog->track_artist[track];
        if (*first_count == want)
            return 0;
        if (mood == MSCHED_MOOD_NONE && (uint32_t)msched__popularity_or_0(catalog, track) < filter->min_popularity)
            break;
        int32_t length = msched__track_length_s(catalog, track);
        if (length > longest_s || msched__bit(used->recordings, recording) || msched__bit(recordings, recording) ||
            !msched__fill_filter_passes(filter, track))
            continue;
        int spread = !msched__bit(artists, artist) && !msched__bit(used->artists, artist) &&
                     !msched__bit(used->wished, recording) && length >= SHORTEST_S;
        if (!spread && *rest_count == want) {
            dropped = 1;
            continue;
        }
        msched__bit_set(recordings, recording);
        if (spread)
            msched__bit_set(artists, artist);
        *(spread ? &first[(*first_count)++] : &rest[(*rest_count)++]) = track;
    }
    return !dropped;
}

static void append(msched__fill_pool *pool, const msched__fill_filter *filter, const uint32_t *tracks, uint32_t count,
                   msched__keyed *keys, uint32_t mood, uint64_t seed, uint8_t spread)
{
    const msched_catalog *catalog = filter->catalog;
    for (uint32_t i = 0; i < count; i++)
        keys[i] = (msched__keyed){rank_key(filter, mood, tracks[i], seed), tracks[i]};
    msched__key_sort(keys, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = keys[i].index;
        pool->items[pool->count++] =
            (msched__fill_candidate){track, catalog->track_artist[track], msched__track_length_s(catalog, track), spread, 0};
    }
}

/* A song is spread only if no other song of its artist is in the pool. */
static void correct_spread(msched__fill_pool *pool, uint64_t *rest_artists)
{
    for (uint32_t i = pool->spread_count; i < pool->count; i++)
        msched__bit_set(rest_artists, pool->items[i].artist);
    for (uint32_t i = 0; i < pool->spread_count; i++)
        pool->items[i].spread = !msched__bit(rest_artists, pool->items[i].artist);
}

int msched__fill_pool_build(msched__fill_pool *pool, msched__arena *arena, const msched__fill_filter *filter,
                            const msched__fill_used *used, uint32_t mood, uint32_t want, int32_t longest_s, uint64_t seed)
{
    uint32_t first_count, rest_count;
    memset(pool, 0, sizeof *pool);
    uint32_t *first = msched__arena_alloc(arena, want, sizeof *first), *rest = msched__arena_alloc(arena, want, sizeof *rest);
    msched__keyed *keys = msched__arena_alloc(arena, want, sizeof *keys);
    if (first == NULL || rest == NULL || keys == NULL)
        return 0;
    int complete = gather(arena, filter, used, mood, want, longest_s, first, &first_count, rest, &rest_count);
    if (complete < 0)
        return 0;
    if (first_count == want)
        rest_count = 0;
    pool->items = msched__arena_alloc(arena, (size_t)first_count + rest_count, sizeof *pool->items);
    if (pool->items == NULL)
        return 0;
    append(pool, filter, first, first_count, keys, mood, seed, 1);
    pool->spread_count = first_count;
    append(pool, filter, rest, rest_count, keys, mood, seed, 0);
    pool->complete = (uint8_t)complete;
    if (rest_count > 0) {
        uint64_t *artists = msched__bits_alloc(arena, filter->catalog->artist_count);
        if (artists == NULL)
            return 0;
        correct_spread(pool, artists);
    }
    return 1;
}
