/* Upper bound on the fill from all songs that pass the filter: their number and lengths. */
#include "schedule/fill/fill_bound.h"

#include "algo/bits.h"
#include "algo/index_sort.h"
#include "schedule/fill/fill_filter.h"
#include "sound/mood.h"

#include <string.h>

#define EXACT_TRACKS_MAX 512 /* up to this many, their reachable sums are computed */

typedef struct passing {
    int32_t shortest, longest;
    int64_t total; /* of each recording's longest track */
    uint32_t count;
    int32_t lengths[EXACT_TRACKS_MAX]; /* recording by recording, each terminated by 0 */
    uint32_t length_count;
    int32_t too_many;
} passing;

static void note_length(passing *all, int32_t length)
{
    if (all->length_count == EXACT_TRACKS_MAX)
        all->too_many = 1;
    else
        all->lengths[all->length_count++] = length;
}

/* All tracks that may be fill, given the fixed songs. */
static void scan(const msched__fill_day *day, const uint64_t *recordings, passing *all)
{
    const msched_catalog *catalog = day->catalog;
    const msched__index *index = &day->filter.recordings->tracks;
    all->shortest = INT32_MAX;
    for (uint32_t r = 0; r < day->filter.recordings->count; r++) {
        int32_t longest = 0;
        if (msched__bit(recordings, r))
            continue;
        for (uint32_t i = index->starts[r]; i < index->starts[r + 1]; i++) {
            uint32_t track = index->rows[i];
            int32_t length = msched__track_length_s(catalog, track);
            if (length > day->longest || !msched__fill_filter_passes(&day->filter, track))
                continue;
            longest = length > longest ? length : longest;
            all->shortest = length < all->shortest ? length : all->shortest;
            note_length(all, length);
        }
        if (longest == 0)
            continue;
        note_length(all, 0);
        all->longest = longest > all->longest ? longest : all->longest;
        all->total += longest;
        all->count++;
    }
}

/*
 * Maximum seconds of songs in a slot: k songs lose k - 1 gaps, and each song is at most as long as
 * the longest.
 */
static int64_t slot_bound(const passing *all, int32_t length, int32_t gap)
{
    if (length < all->shortest)
        return 0;
    if (gap == 0)
        return length;
    int64_t best = 0;
    for (int64_t k = 1; k * all->shortest + (k - 1) * gap <= length; k++) {
        int64_t most = length - (k - 1) * gap, songs = k * all->longest;
        most = most < songs ? most : songs;
        best = most > best ? most : best;
    }
    return best;
}

/* Sums that another track reaches from those before its recording. */
static void add_length(uint64_t *reached, const uint64_t *before, size_t words, int32_t length)
{
    size_t shift = (size_t)length / 64;
    uint32_t bits = (uint32_t)length % 64;
    for (size_t w = shift; w < words; w++) {
        reached[w] |= before[w - shift] << bits;
        if (bits > 0 && w > shift)
            reached[w] |= before[w - shift - 1] >> (64 - bits);
    }
}

/* Largest sum up to `bound` with at most one track of each recording. 0 when out of memory. */
static int lower_to_sums(const msched__fill_day *day, const passing *all, int64_t frozen,
                         int64_t *bound)
{
    int64_t target = *bound - frozen;
    size_t words = (size_t)target / 64 + 1;
    uint64_t *reached = msched__arena_alloc(day->arena, words, sizeof *reached);
    uint64_t *before = msched__arena_alloc(day->arena, words, sizeof *before);
    if (reached == NULL || before == NULL)
        return 0;
    memset(reached, 0, words * sizeof *reached);
    reached[0] = 1;
    memcpy(before, reached, words * sizeof *before);
    for (uint32_t i = 0; i < all->length_count; i++) {
        if (all->lengths[i] == 0)
            memcpy(before, reached, words * sizeof *before);
        else
            add_length(reached, before, words, all->lengths[i]);
    }
    while (target > 0 && !msched__bit(reached, (uint32_t)target))
        target--;
    *bound = frozen + target;
    return 1;
}

int msched__fill_day_bound(msched__fill_day *day, int64_t *bound)
{
    const msched_catalog *catalog = day->catalog;
    const msched__fill_problem *problem = day->problem;
    uint64_t *recordings = msched__bits_alloc(day->arena, day->filter.recordings->count);
    passing *all = msched__arena_alloc(day->arena, 1, sizeof *all);
    int64_t frozen = 0, most = 0;
    if (recordings == NULL || all == NULL)
        return 0;
    for (uint32_t i = 0; i < problem->songs->play_count; i++)
        if (problem->placement->start[i] != MSCHED_UNSET)
            msched__bit_set(recordings,
                            day->filter.recordings->of_track[problem->songs->plays[i].track]);
    for (uint32_t i = 0; i < problem->previous_count; i++)
        if (problem->previous[i].frozen) {
            msched__bit_set(recordings,
                            day->filter.recordings->of_track[problem->previous[i].track]);
            frozen += msched__track_length_s(catalog, problem->previous[i].track);
        }
    memset(all, 0, sizeof *all);
    scan(day, recordings, all);
    if (all->count > 0)
        for (uint32_t i = 0; i < day->first_slot_count; i++)
            most += slot_bound(all, day->first_slots[i].end - day->first_slots[i].start, day->gap);
    most = frozen + (most < all->total ? most : all->total);
    if (most < *bound)
        *bound = most;
    return all->too_many || *bound <= frozen || lower_to_sums(day, all, frozen, bound);
}

/* The longest track of a recording that passes the filter and is no longer than the fill. */
static int32_t longest_track(const msched__fill_problem *problem, const msched__fill_filter *filter,
                             uint32_t recording)
{
    const msched_catalog *catalog = problem->songs->catalog;
    const msched__index *index = &filter->recordings->tracks;
    int32_t longest = 0;
    for (uint32_t i = index->starts[recording]; i < index->starts[recording + 1]; i++) {
        int32_t length = msched__track_length_s(catalog, index->rows[i]);
        if (length > longest && length <= problem->fill_s &&
            msched__fill_filter_passes(filter, index->rows[i]))
            longest = length;
    }
    return longest;
}

msched_result msched__songs_supply(msched__arena *arena, const msched__fill_problem *problem,
                                   int64_t *seconds)
{
    const msched_catalog *catalog = problem->songs->catalog;
    msched__fill_filter filter;
    *seconds = 0;
    if (catalog == NULL || problem->fill_s <= 0)
        return MSCHED_OK;
    const msched__moods *moods = msched__moods_of(catalog, NULL);
    if (moods == NULL ||
        !msched__fill_filter_init(&filter, arena, catalog, moods, msched__fill_rules(problem)))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t r = 0; r < filter.recordings->count && *seconds < problem->fill_s; r++)
        *seconds += longest_track(problem, &filter, r);
    if (*seconds > problem->fill_s)
        *seconds = problem->fill_s;
    return MSCHED_OK;
}

msched_result msched__songs_longest(msched__arena *arena, const msched__fill_problem *problem,
                                    msched__longest_songs *out)
{
    const msched_catalog *catalog = problem->songs->catalog;
    const msched__moods *moods = msched__moods_of(catalog, NULL);
    msched__fill_filter filter;
    uint32_t count = 0;
    if (moods == NULL ||
        !msched__fill_filter_init(&filter, arena, catalog, moods, msched__fill_rules(problem)))
        return MSCHED_ERROR_MEMORY;
    const uint32_t most = filter.recordings->count;
    msched__keyed *keys = msched__arena_alloc(arena, most, sizeof *keys);
    int64_t *sums = msched__arena_alloc(arena, (size_t)most + 1, sizeof *sums);
    if (keys == NULL || sums == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t r = 0; r < most; r++) {
        int32_t length = longest_track(problem, &filter, r);
        if (length > 0)
            keys[count++] = (msched__keyed){UINT64_MAX - (uint64_t)length, r};
    }
    msched__key_sort(keys, count);
    sums[0] = 0;
    for (uint32_t k = 0; k < count; k++)
        sums[k + 1] = sums[k] + (int64_t)(UINT64_MAX - keys[k].key);
    *out = (msched__longest_songs){sums, count};
    return MSCHED_OK;
}

msched_result msched__songs_reach(msched__arena *arena, const msched__fill_problem *problem,
                                  int64_t *seconds)
{
    const msched_catalog *catalog = problem->songs->catalog;
    msched__fill_filter filter;
    uint64_t reached[MSCHED__REACH_MAX_S / 64 + 1] = {1}, before[MSCHED__REACH_MAX_S / 64 + 1];
    size_t words = (size_t)*seconds / 64 + 1;
    const msched__moods *moods = msched__moods_of(catalog, NULL);
    if (*seconds <= 0 || *seconds > MSCHED__REACH_MAX_S)
        return MSCHED_OK;
    if (moods == NULL ||
        !msched__fill_filter_init(&filter, arena, catalog, moods, msched__fill_rules(problem)))
        return MSCHED_ERROR_MEMORY;
    const msched__index *index = &filter.recordings->tracks;
    for (uint32_t r = 0; r < filter.recordings->count && !msched__bit(reached, (uint32_t)*seconds);
         r++) {
        memcpy(before, reached, words * sizeof *before);
        for (uint32_t i = index->starts[r]; i < index->starts[r + 1]; i++) {
            int32_t length = msched__track_length_s(catalog, index->rows[i]);
            if (length <= *seconds && msched__fill_filter_passes(&filter, index->rows[i]))
                add_length(reached, before, words, length);
        }
    }
    while (*seconds > 0 && !msched__bit(reached, (uint32_t)*seconds))
        --*seconds;
    return MSCHED_OK;
}
