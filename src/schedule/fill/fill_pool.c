#include "schedule/fill/fill_pool.h"

#include "base/hash.h"
#include "algo/index_sort.h"

#include <string.h>

#define SHORTEST_S      60 /* shorter tracks are interludes: taken last */
#define POPULARITY_STEP 5  /* songs this close in popularity are alike */

uint64_t *msched__bits_alloc(msched__arena *arena, uint32_t count)
{
    size_t words = count / 64 + 1;
    uint64_t *bits = msched__arena_alloc(arena, words, sizeof *bits);
    if (bits != NULL)
        memset(bits, 0, words * sizeof *bits);
    return bits;
}

/* A flag for each name of the catalog that is one of `wanted`; NULL when out of memory. */
static uint8_t *name_set(msched__arena *arena, const msched_catalog *catalog, const uint32_t *names, uint32_t name_count,
                         const char *const *wanted, uint32_t wanted_count)
{
    uint8_t *set = msched__arena_alloc(arena, name_count, 1);
    if (set == NULL)
        return NULL;
    for (uint32_t i = 0; i < name_count; i++) {
        const char *name = msched__catalog_text(catalog, names[i]);
        set[i] = 0;
        for (uint32_t k = 0; k < wanted_count; k++)
            set[i] |= name[0] == wanted[k][0] && strcmp(name, wanted[k]) == 0;
    }
    return set;
}

static uint64_t bits_of(const uint8_t *set, uint32_t count)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; set != NULL && i < count && i < 64; i++)
        bits |= (uint64_t)set[i] << i;
    return bits;
}

int msched__fill_filter_init(msched__fill_filter *filter, msched__arena *arena, const msched_catalog *catalog,
                             const msched__moods *moods, const msched_listening *rules)
{
    memset(filter, 0, sizeof *filter);
    filter->catalog = catalog;
    filter->moods = moods;
    if (rules->fill_genre_count > 0 && (filter->genre_set = name_set(arena, catalog, catalog->genre_name, catalog->genre_count,
                                                                     rules->fill_genres, rules->fill_genre_count)) == NULL)
        return 0;
    if (rules->fill_subgenre_count > 0 &&
        (filter->subgenre_set = name_set(arena, catalog, catalog->subgenre_name, catalog->subgenre_count, rules->fill_subgenres,
                                         rules->fill_subgenre_count)) == NULL)
        return 0;
    if (rules->fill_artist_count > 0 && (filter->artist_set = name_set(arena, catalog, catalog->artist_name, catalog->artist_count,
                                                                       rules->fill_artists, rules->fill_artist_count)) == NULL)
        return 0;
    filter->genres = bits_of(filter->genre_set, catalog->genre_count);
    filter->subgenres = bits_of(filter->subgenre_set, catalog->subgenre_count);
    filter->year_min = rules->fill_year_min;
    filter->year_max = rules->fill_year_max;
    filter->min_popularity = rules->fill_min_popularity;
    return 1;
}

/* Whether one of the track's entries has a wanted genre (`values` is the entries' genre or subgenre). */
static int entry_passes(const msched_catalog *catalog, uint32_t track, const uint32_t *values, const uint8_t *set)
{
    const msched__index *index = &catalog->track_entries;
    for (uint32_t i = index->starts[track]; i < index->starts[track + 1]; i++) {
        uint32_t value = values[index->rows[i]];
        if (value != MSCHED__NONE && set[value])
            return 1;
    }
    return 0;
}

int msched__fill_filter_passes(const msched__fill_filter *filter, uint32_t track)
{
    const msched_catalog *catalog = filter->catalog;
    int32_t year = catalog->release_year[track];
    if (catalog->popularity[track] < filter->min_popularity)
        return 0;
    if (filter->artist_set != NULL && !filter->artist_set[catalog->track_artist[track]])
        return 0;
    if ((filter->year_min != 0 || filter->year_max != 0) &&
        (year == 0 || (filter->year_min != 0 && year < filter->year_min) || (filter->year_max != 0 && year > filter->year_max)))
        return 0;
    if (filter->genre_set != NULL) {
        const uint64_t *bits = filter->moods->genres;
        if (bits != NULL ? (bits[track] & filter->genres) == 0
                         : !entry_passes(catalog, track, catalog->entry_genre, filter->genre_set))
            return 0;
    }
    if (filter->subgenre_set != NULL) {
        const uint64_t *bits = filter->moods->subgenres;
        if (bits != NULL ? (bits[track] & filter->subgenres) == 0
                         : !entry_passes(catalog, track, catalog->entry_subgenre, filter->subgenre_set))
            return 0;
    }
    return 1;
}

/* Like songs get the same upper half; the seed orders them. */
static uint64_t rank_key(const msched__fill_filter *filter, uint32_t mood, uint32_t track, uint64_t seed)
{
    uint64_t band = mood == MSCHED_MOOD_NONE ? 0 : filter->moods->fit[mood][track] / MSCHED__FIT_BAND;
    uint64_t step = filter->catalog->popularity[track] / POPULARITY_STEP;
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
        if (mood == MSCHED_MOOD_NONE && catalog->popularity[track] < filter->min_popularity)
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
