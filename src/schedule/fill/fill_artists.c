/*
 * Of n songs by one artist, all but the last are followed by the separation. So together they are
 * at most the horizon minus n - 1 separations, and at most the n longest songs of the artist. A
 * song by several artists counts for the first of them.
 */
#include "schedule/fill/fill_artists.h"

#include "algo/bits.h"
#include "algo/index_sort.h"
#include "algo/min_max.h"
#include "schedule/fill/fill_filter.h"
#include "sound/mood.h"

/* The artist for whom a track counts. */
static uint32_t first_artist(const msched_catalog *catalog, uint32_t track)
{
    const uint32_t *members;
    uint32_t artist = catalog->track_artist[track];
    return msched__members_of(&catalog->artist_members, &artist, &members) > 0 ? members[0]
                                                                               : artist;
}

/* 1 if another track of the recording counts for the same artist and is used instead. */
static int is_replaced(const msched_catalog *catalog, const msched__fill_filter *filter,
                       uint32_t recording, uint32_t track)
{
    const msched__index *index = &filter->recordings->tracks;
    int32_t length = msched__track_length_s(catalog, track);
    for (uint32_t i = index->starts[recording]; i < index->starts[recording + 1]; i++) {
        uint32_t other = index->rows[i];
        int32_t more = msched__track_length_s(catalog, other) - length;
        if (other != track && (more > 0 || (more == 0 && other < track)) &&
            first_artist(catalog, other) == first_artist(catalog, track) &&
            msched__fill_filter_passes(filter, other))
            return 1;
    }
    return 0;
}

/* The tracks that pass, by artist, longest first; returns their number. */
static uint32_t list_tracks(const msched_catalog *catalog, const msched__fill_filter *filter,
                            msched__keyed *keys)
{
    uint32_t count = 0;
    for (uint32_t track = 0; track < catalog->track_count; track++) {
        if (!msched__fill_filter_passes(filter, track) ||
            is_replaced(catalog, filter, filter->recordings->of_track[track], track))
            continue;
        uint32_t length = (uint32_t)msched__track_length_s(catalog, track);
        keys[count++] = (msched__keyed){
            (uint64_t)first_artist(catalog, track) << 32 | (UINT32_MAX - length), track};
    }
    msched__key_sort(keys, count);
    return count;
}

/* Most seconds of one artist, whose tracks are `keys`. */
static int64_t most_of_artist(const msched__keyed *keys, uint32_t count, int64_t horizon,
                              int64_t apart)
{
    int64_t best = 0, sum = 0;
    for (uint32_t n = 0; n < count && n * apart < horizon; n++) {
        sum += UINT32_MAX - (uint32_t)keys[n].key;
        int64_t most = smaller64(sum, horizon - n * apart);
        best = most > best ? most : best;
    }
    return best;
}

msched_result msched__songs_apart(msched__arena *arena, const msched__fill_problem *problem,
                                  int64_t horizon, int64_t *seconds)
{
    const msched_catalog *catalog = problem->songs->catalog;
    const msched__moods *moods = msched__moods_of(catalog, NULL);
    int64_t apart = problem->songs->artist_separation_s, most = 0;
    msched__fill_filter filter;
    msched__keyed *keys = msched__arena_alloc(arena, catalog->track_count, sizeof *keys);
    if (keys == NULL || moods == NULL ||
        !msched__fill_filter_init(&filter, arena, catalog, moods, msched__fill_rules(problem)))
        return MSCHED_ERROR_MEMORY;
    uint32_t count = list_tracks(catalog, &filter, keys), next;
    for (uint32_t first = 0; first < count; first = next) {
        for (next = first + 1; next < count && keys[next].key >> 32 == keys[first].key >> 32;)
            next++;
        most += most_of_artist(&keys[first], next - first, horizon, apart);
    }
    *seconds = smaller64(*seconds, most);
    return MSCHED_OK;
}

/* Move the first `each` songs of each artist to the front, in order; returns their number. */
static uint32_t part_longest(msched__keyed *keys, msched__keyed *others, uint32_t count,
                             uint32_t each)
{
    uint32_t kept = 0, rest = 0, of_artist = 0;
    uint64_t artist = UINT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        of_artist = keys[i].key >> 32 == artist ? of_artist + 1 : 1;
        artist = keys[i].key >> 32;
        if (of_artist <= each)
            keys[kept++] = keys[i];
        else
            others[rest++] = keys[i];
    }
    for (uint32_t i = 0; i < rest; i++)
        keys[kept + i] = others[i];
    return kept;
}

int msched__fill_pool_apart(msched__fill_pool *pool, msched__arena *arena,
                            const msched__pool_question *asked, uint32_t each)
{
    const msched_catalog *catalog = asked->filter->catalog;
    msched__keyed *keys = msched__arena_alloc(arena, catalog->track_count, sizeof *keys);
    msched__keyed *others = msched__arena_alloc(arena, catalog->track_count, sizeof *others);
    uint32_t most = 2 * asked->want, count = 0, listed;
    *pool = (msched__fill_pool){0};
    pool->items = msched__arena_alloc(arena, most, sizeof *pool->items);
    if (keys == NULL || others == NULL || pool->items == NULL)
        return 0;
    listed = list_tracks(catalog, asked->filter, keys);
    for (uint32_t i = 0; i < listed; i++)
        if (UINT32_MAX - (uint32_t)keys[i].key <= (uint32_t)asked->longest_s &&
            !msched__bit(asked->used->recordings,
                         asked->filter->recordings->of_track[keys[i].index]))
            keys[count++] = keys[i];
    uint32_t kept = part_longest(keys, others, count, each);
    for (uint32_t i = 0; i < count; i++)
        keys[i].key &= UINT32_MAX; /* by length alone */
    msched__key_sort(keys, kept);
    /* of the others, an even selection, because shorter songs meet the end of a day */
    uint32_t room = kept < most ? most - kept : 0, rest = count - kept,
             step = room == 0 ? 1 : rest / room + 1;
    for (uint32_t i = 0; room > 0 && i * step < rest; i++)
        keys[kept + i] = keys[kept + i * step];
    count = room == 0 ? most : kept + (rest + step - 1) / step;
    msched__key_sort(keys, count);
    for (uint32_t i = 0; i < count; i++)
        pool->items[pool->count++] =
            (msched__fill_candidate){keys[i].index, catalog->track_artist[keys[i].index],
                                     (int32_t)(UINT32_MAX - (uint32_t)keys[i].key), 0, 0};
    return 1;
}
