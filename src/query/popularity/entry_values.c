#include "query/popularity/entry_values.h"

#include "base/alloc.h"
#include "base/error.h"
#include "query/popularity/stats.h"

#include <string.h>

/* Pairs while they are counted (out NULL) and then written, by rank of the group. */
typedef struct gatherer {
    const msched__filter *filter;
    const msched__group_keys *keys;
    const uint32_t *rank_of; /* of each group; NULL: its number */
    const uint32_t *weights; /* of tracks if tracks are counted; NULL: entries are counted */
    uint32_t *seen;          /* by group: the last track that was counted in it, from 1 */
    msched__entry_values *out;
    size_t count;
} gatherer;

static void emit_entry(gatherer *g, uint32_t rank, uint32_t entry)
{
    if (!msched__filter_entry(g->filter, entry))
        return;
    if (g->out != NULL) {
        g->out->group[g->count] = rank;
        g->out->value[g->count] =
            (uint8_t)msched__value_of(g->filter->catalog->entry_popularity[entry]);
    }
    g->count++;
}

/* A row of the keys: an entry, or a track with all its entries. */
static void emit_row(gatherer *g, uint32_t rank, uint32_t row)
{
    const msched_catalog *catalog = g->filter->catalog;
    const msched__index *entries = &catalog->track_entries;
    if (g->keys->of_entries) {
        if (msched__filter_track(g->filter, catalog->entry_track[row]))
            emit_entry(g, rank, row);
        return;
    }
    if (!msched__filter_track(g->filter, row))
        return;
    for (uint32_t i = entries->starts[row]; i < entries->starts[row + 1]; i++)
        emit_entry(g, rank, entries->rows[i]);
}

/* Add a track to one of its groups, at most once. */
static void emit_track(gatherer *g, uint32_t group, uint32_t track)
{
    if (g->seen[group] == track + 1)
        return;
    g->seen[group] = track + 1;
    if (g->out != NULL) {
        g->out->group[g->count] = g->rank_of[group];
        g->out->value[g->count] = (uint8_t)msched__value_of(g->filter->catalog->popularity[track]);
    }
    g->count++;
}

/* Add a row to each group in its list. */
static void emit_members(gatherer *g, uint32_t track, uint32_t row)
{
    const uint32_t *members;
    const uint32_t count = msched__members_of(g->keys->lists, &g->keys->of_row[row], &members);
    for (uint32_t i = 0; i < count; i++)
        if (g->weights == NULL)
            emit_row(g, g->rank_of[members[i]], row);
        else
            emit_track(g, members[i], track);
}

static void emit_lists(gatherer *g)
{
    const msched_catalog *catalog = g->filter->catalog;
    const msched__index *entries = &catalog->track_entries;
    if (g->seen != NULL)
        memset(g->seen, 0, g->keys->count * sizeof *g->seen);
    for (uint32_t track = 0; track < catalog->track_count; track++) {
        if (g->weights != NULL && g->weights[track] == 0)
            continue;
        if (!g->keys->of_entries) {
            emit_members(g, track, track);
            continue;
        }
        for (uint32_t i = entries->starts[track]; i < entries->starts[track + 1]; i++)
            if (g->weights == NULL || msched__filter_entry(g->filter, entries->rows[i]))
                emit_members(g, track, entries->rows[i]);
    }
}

static void emit_all(gatherer *g)
{
    if (g->keys->lists != NULL) {
        g->count = 0;
        emit_lists(g);
        return;
    }
    const msched__sorted_rows *sorted = g->keys->sorted;
    const msched_catalog *catalog = g->filter->catalog;
    const uint32_t row_count = g->keys->of_entries ? catalog->entry_count : catalog->track_count;
    g->count = 0;
    if (sorted != NULL) {
        for (uint32_t i = 0, rank = 0; i < sorted->row_count; i++) {
            emit_row(g, rank, sorted->rows[i]);
            rank += (sorted->values[i] & MSCHED__VALUE_LAST) != 0;
        }
        return;
    }
    for (uint32_t row = 0; row < row_count; row++) {
        uint32_t group = g->keys->of_row == NULL ? 0 : g->keys->of_row[row];
        if (group != MSCHED__NONE)
            emit_row(g, g->rank_of == NULL ? group : g->rank_of[group], row);
    }
}

/* A pass of a stable counting sort of the pairs: by value if `by_value`, else by rank. */
static int sort_pairs(msched__entry_values *pairs, int by_value, uint32_t key_count,
                      const msched_allocator *allocator)
{
    uint32_t *group = msched__alloc_array(allocator, pairs->count, sizeof *group);
    uint8_t *value = msched__alloc_array(allocator, pairs->count, 1);
    size_t *starts = msched__alloc_zero(allocator, (size_t)key_count + 1, sizeof *starts);
    int made = group != NULL && value != NULL && starts != NULL;
    for (size_t i = 0; made && i < pairs->count; i++)
        starts[(by_value ? pairs->value[i] : pairs->group[i]) + 1]++;
    for (uint32_t k = 0; made && k < key_count; k++)
        starts[k + 1] += starts[k];
    for (size_t i = 0; made && i < pairs->count; i++) {
        size_t at = starts[by_value ? pairs->value[i] : pairs->group[i]]++;
        group[at] = pairs->group[i];
        value[at] = pairs->value[i];
    }
    msched__free(allocator, starts);
    if (!made) {
        msched__free(allocator, group);
        msched__free(allocator, value);
        return 0;
    }
    msched__free(allocator, pairs->group);
    msched__free(allocator, pairs->value);
    pairs->group = group;
    pairs->value = value;
    return 1;
}

static int gather(msched__entry_values *out, gatherer *g, const msched_allocator *allocator)
{
    emit_all(g);
    out->count = g->count;
    out->group = msched__alloc_array(allocator, g->count, sizeof *out->group);
    out->value = msched__alloc_array(allocator, g->count, 1);
    if (out->group == NULL || out->value == NULL)
        return 0;
    g->out = out;
    emit_all(g);
    return sort_pairs(out, 1, MSCHED__VALUE_COUNT, allocator) &&
           sort_pairs(out, 0, out->group_count, allocator);
}

/* Allocate the arrays for counting tracks. 0 when out of memory. */
static int weigh(gatherer *g, uint32_t **weights, uint32_t count_unit)
{
    const msched_allocator *allocator = &g->filter->allocator;
    if (count_unit == MSCHED_COUNT_ENTRIES)
        return 1;
    *weights = msched__alloc_array(allocator, g->filter->catalog->track_count, sizeof **weights);
    g->seen = msched__alloc_array(allocator, g->keys->count, sizeof *g->seen);
    if (*weights == NULL || g->seen == NULL)
        return 0;
    msched__filter_weigh(g->filter, count_unit, *weights);
    g->weights = *weights;
    return 1;
}

msched_result msched__entry_values_gather(msched__entry_values *out, const msched__filter *filter,
                                          const msched__group_keys *keys, uint32_t count_unit,
                                          msched_error *err)
{
    const msched_allocator *allocator = &filter->allocator;
    memset(out, 0, sizeof *out);
    out->group_count = keys->sorted == NULL ? keys->count : keys->sorted->group_count;
    uint32_t *rank_of = NULL, *weights = NULL;
    if (keys->sorted == NULL && keys->order != NULL) {
        rank_of = msched__alloc_array(allocator, keys->count, sizeof *rank_of);
        if (rank_of == NULL)
            return msched__fail_memory(err);
        for (uint32_t k = 0; k < keys->count; k++)
            rank_of[keys->order[k]] = k;
    }
    gatherer g = {.filter = filter, .keys = keys, .rank_of = rank_of};
    int made = weigh(&g, &weights, count_unit) && gather(out, &g, allocator);
    for (size_t i = 0; made && rank_of != NULL && i < out->count; i++)
        out->group[i] = keys->order[out->group[i]];
    msched__free(allocator, rank_of);
    msched__free(allocator, weights);
    msched__free(allocator, g.seen);
    return made ? MSCHED_OK : msched__fail_memory(err);
}

void msched__entry_values_free(msched__entry_values *values, const msched_allocator *allocator)
{
    msched__free(allocator, values->group);
    msched__free(allocator, values->value);
    values->group = NULL;
    values->value = NULL;
}
