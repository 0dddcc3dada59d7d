/*
 * A gap is lost between songs, so a full day has the most seconds of music with the fewest songs:
 * in each slot, take the longest songs until they reach its end, then exchange some for shorter
 * ones until they meet it to the second.
 */
#include "schedule/fill/fill_longest.h"

#include "algo/bits.h"
#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/min_max.h"
#include "schedule/fill/fill_filter.h"

#include <string.h>

/* The longest track of each recording that passes, longest first. */
typedef struct supply {
    const uint32_t *tracks;
    const int32_t *lengths;
    uint8_t *taken;
    uint32_t count;
    uint32_t *chosen; /* for the current slot */
    uint32_t chosen_count;
} supply;

static uint32_t longest_of(const msched__fill_day *day, uint32_t recording, int32_t *longest)
{
    const msched__index *index = &day->filter.recordings->tracks;
    uint32_t best = UINT32_MAX;
    *longest = 0;
    for (uint32_t i = index->starts[recording]; i < index->starts[recording + 1]; i++) {
        int32_t length = msched__track_length_s(day->catalog, index->rows[i]);
        if (length > *longest && length <= day->longest &&
            msched__fill_filter_passes(&day->filter, index->rows[i])) {
            *longest = length;
            best = index->rows[i];
        }
    }
    return best;
}

static int gather(msched__fill_day *day, supply *out)
{
    uint32_t most = day->filter.recordings->count, count = 0;
    msched__keyed *keys = msched__arena_alloc(day->arena, most, sizeof *keys);
    uint32_t *tracks = msched__arena_alloc(day->arena, most, sizeof *tracks);
    int32_t *lengths = msched__arena_alloc(day->arena, most, sizeof *lengths), length;
    out->taken = msched__arena_alloc(day->arena, most, 1);
    out->chosen = msched__arena_alloc(day->arena, most, sizeof *out->chosen);
    if (keys == NULL || tracks == NULL || lengths == NULL || out->taken == NULL ||
        out->chosen == NULL)
        return 0;
    for (uint32_t r = 0; r < most; r++) {
        uint32_t track = msched__bit(day->used.recordings, r) ? UINT32_MAX
                                                              : longest_of(day, r, &length);
        if (track != UINT32_MAX)
            keys[count++] = (msched__keyed){UINT64_MAX - (uint64_t)length, track};
    }
    msched__key_sort(keys, count);
    for (uint32_t i = 0; i < count; i++) {
        tracks[i] = keys[i].index;
        lengths[i] = msched__track_length_s(day->catalog, tracks[i]);
    }
    memset(out->taken, 0, most);
    out->tracks = tracks;
    out->lengths = lengths;
    out->count = count;
    return 1;
}

/* The number of songs of at least that length. */
static uint32_t at_least(const supply *s, int32_t length)
{
    uint32_t low = 0, high = s->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->lengths[middle] >= length)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The shortest remaining song of at least that many seconds; UINT32_MAX: none below `limit`. */
static uint32_t shortest_from(const supply *s, int32_t length, int32_t limit)
{
    for (uint32_t i = at_least(s, length); i-- > 0 && s->lengths[i] < limit;)
        if (!s->taken[i])
            return i;
    return UINT32_MAX;
}

/* The longest remaining song of at most that many seconds; UINT32_MAX: none. */
static uint32_t longest_up_to(const supply *s, int32_t length)
{
    for (uint32_t i = at_least(s, length + 1); i < s->count; i++)
        if (!s->taken[i])
            return i;
    return UINT32_MAX;
}

static void exchange(supply *s, uint32_t at, uint32_t with)
{
    s->taken[s->chosen[at]] = 0;
    s->taken[with] = 1;
    s->chosen[at] = with;
}

/* Add the longest songs until they reach the end of a slot; returns the excess. */
static int32_t choose_longest(supply *s, int32_t length, int32_t left, int32_t gap)
{
    int32_t sum = 0, target = smaller(length, left);
    s->chosen_count = 0;
    for (uint32_t i = at_least(s, target + 1); i < s->count && sum < target; i++) {
        if (s->taken[i])
            continue;
        target = smaller(length - (int32_t)s->chosen_count * gap, left);
        if (sum >= target) /* at most a gap is left */
            return 0;
        s->taken[i] = 1;
        s->chosen[s->chosen_count++] = i;
        sum += s->lengths[i];
    }
    return sum - target;
}

/*
 * Exchange songs for shorter ones until they are at least `excess` seconds shorter, by as little as
 * possible more.
 */
static void shorten(supply *s, int32_t excess)
{
    for (uint32_t c = s->chosen_count; c-- > 0 && excess > 0;) {
        int32_t length = s->lengths[s->chosen[c]];
        uint32_t other = shortest_from(s, larger(length - excess, 1), length);
        if (other == UINT32_MAX)
            continue;
        excess -= length - s->lengths[other];
        exchange(s, c, other);
    }
    for (uint32_t c = s->chosen_count; c-- > 0 && excess > 0;) {
        uint32_t other = longest_up_to(s, s->lengths[s->chosen[c]] - excess);
        if (other == UINT32_MAX)
            continue;
        exchange(s, c, other);
        return;
    }
    if (excess > 0)
        s->taken[s->chosen[--s->chosen_count]] = 0;
}

int msched__fill_longest(msched__fill_day *day)
{
    supply s = {0};
    if (!gather(day, &s))
        return 0;
    uint32_t count = msched__fill_day_slots(day, 0);
    for (uint32_t h = 0; h < count && !msched__budget_interrupted(day->budget); h++) {
        msched__interval slot = msched__fill_day_slot(day, h);
        int32_t left = (int32_t)(day->asked - day->seconds), time = slot.start;
        if (left <= 0 || slot.end <= slot.start)
            continue;
        int32_t excess = choose_longest(&s, slot.end - slot.start, left, day->gap);
        msched__budget_count(day->budget, s.chosen_count);
        if (excess > 0 && s.chosen_count > 0)
            shorten(&s, excess);
        for (uint32_t c = 0; c < s.chosen_count; c++) {
            msched__fill_day_add(day, s.tracks[s.chosen[c]], time, 0);
            time += s.lengths[s.chosen[c]] + day->gap;
        }
    }
    return 1;
}
