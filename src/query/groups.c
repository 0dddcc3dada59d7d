/* query/groups.c: group and count. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "query/filter.h"
#include "query/group_keys.h"
#include "query/groups_data.h"

#include <string.h>

/* What is counted: row i adds weight[i] times value[i] to group[i]. Some arrays are borrowed from the catalog. */
typedef struct rows {
    uint32_t count;
    const uint32_t *group; /* MSCHED__NONE: in no group; NULL: all in group 0 */
    const uint8_t *value;
    const uint32_t *weight; /* NULL: 1 each */
    uint32_t *own_group, *own_weight;
    uint8_t *own_value;
} rows;

static void free_rows(rows *r, const msched_allocator *allocator)
{
    msched__free(allocator, r->own_group);
    msched__free(allocator, r->own_weight);
    msched__free(allocator, r->own_value);
}

/* Entries one by one, grouped by what an entry has. */
static void rows_of_entries(rows *r, const msched__filter *filter, const msched__group_keys *keys)
{
    const msched_catalog *catalog = filter->catalog;
    uint32_t at = 0;
    if (!filter->on_tracks && !filter->on_entries) {
        for (uint32_t e = 0; e < catalog->entry_count; e++)
            r->own_value[e] = catalog->popularity[catalog->entry_track[e]];
        r->group = keys->of_entry;
        at = catalog->entry_count;
    } else {
        for (uint32_t e = 0; e < catalog->entry_count; e++) {
            uint32_t track = catalog->entry_track[e];
            if (r->own_weight[track] == 0 || !msched__filter_entry(filter, e))
                continue;
            r->own_group[at] = keys->of_entry[e];
            r->own_value[at++] = catalog->popularity[track];
        }
        r->group = r->own_group;
    }
    r->count = at;
    r->value = r->own_value;
}

/* Tracks of weight 1, once in each group that one of their passing entries is in. `seen` has a place for each group. */
static void rows_of_tracks(rows *r, const msched__filter *filter, const msched__group_keys *keys, uint32_t *seen)
{
    const msched_catalog *catalog = filter->catalog;
    const msched__index *entries = &catalog->track_entries;
    uint32_t at = 0;
    for (uint32_t track = 0; track < catalog->track_count; track++) {
        if (r->own_weight[track] == 0)
            continue;
        for (uint32_t i = entries->starts[track]; i < entries->starts[track + 1]; i++) {
            uint32_t entry = entries->rows[i], group = keys->of_entry[entry];
            if (group == MSCHED__NONE || seen[group] == track + 1 || (filter->on_entries && !msched__filter_entry(filter, entry)))
                continue;
            seen[group] = track + 1;
            r->own_group[at] = group;
            r->own_value[at++] = catalog->popularity[track];
        }
    }
    r->count = at;
    r->group = r->own_group;
    r->value = r->own_value;
}

static msched_result collect(rows *r, const msched__filter *filter, const msched__group_keys *keys, uint32_t count_unit,
                             const msched_allocator *allocator, msched_error *err)
{
    const msched_catalog *catalog = filter->catalog;
    *r = (rows){.count = catalog->track_count, .group = keys->of_track, .value = catalog->popularity};
    int whole = keys->of_entry != NULL && count_unit == MSCHED_COUNT_ENTRIES && !filter->on_tracks && !filter->on_entries;
    if (!whole) {
        r->own_weight = msched__alloc_array(allocator, catalog->track_count, sizeof *r->own_weight);
        if (r->own_weight == NULL)
            return msched__fail_memory(err);
        msched__filter_weigh(filter, count_unit, r->own_weight);
    }
    r->weight = r->own_weight;
    if (keys->of_entry == NULL)
        return MSCHED_OK;

    r->weight = NULL;
    r->own_value = msched__alloc_array(allocator, catalog->entry_count, 1);
    r->own_group = whole ? NULL : msched__alloc_array(allocator, catalog->entry_count, sizeof *r->own_group);
    uint32_t *seen = count_unit == MSCHED_COUNT_ENTRIES ? NULL : msched__alloc_zero(allocator, keys->count, sizeof *seen);
    msched_result result = MSCHED_OK;
    if (r->own_value == NULL || (!whole && r->own_group == NULL) || (count_unit != MSCHED_COUNT_ENTRIES && seen == NULL))
        result = msched__fail_memory(err);
    else if (count_unit == MSCHED_COUNT_ENTRIES)
        rows_of_entries(r, filter, keys);
    else
        rows_of_tracks(r, filter, keys, seen);
    msched__free(allocator, seen);
    return result;
}

/* Begin a group and remember its number until the names are set. */
static void begin_group(msched_groups *groups, uint32_t *ids, uint32_t id)
{
    ids[groups->item_count] = id;
    msched__groups_begin(groups);
}

/* Few groups: a table of counts. */
static msched_result tally_dense(msched_groups *groups, uint32_t *ids, const rows *r, const msched__group_keys *keys,
                                 msched_error *err)
{
    uint64_t cells = (uint64_t)keys->count * MSCHED__VALUE_COUNT;
    uint32_t *table =
        cells > SIZE_MAX / sizeof *table ? NULL : msched__alloc_zero(&groups->allocator, (size_t)cells, sizeof *table);
    if (table == NULL)
        return msched__fail_memory(err);
    if (r->group == NULL) {
        for (uint32_t i = 0; i < r->count; i++)
            table[r->value[i]] += r->weight == NULL ? 1 : r->weight[i];
    } else if (r->weight == NULL) {
        for (uint32_t i = 0; i < r->count; i++)
            if (r->group[i] != MSCHED__NONE)
                table[(size_t)r->group[i] * MSCHED__VALUE_COUNT + r->value[i]]++;
    } else {
        for (uint32_t i = 0; i < r->count; i++)
            if (r->group[i] != MSCHED__NONE)
                table[(size_t)r->group[i] * MSCHED__VALUE_COUNT + r->value[i]] += r->weight[i];
    }
    for (uint32_t k = 0; k < keys->count; k++) {
        uint32_t id = keys->order == NULL ? k : keys->order[k];
        const uint32_t *counts = table + (size_t)id * MSCHED__VALUE_COUNT;
        uint32_t begun = 0;
        for (uint32_t value = 0; value < MSCHED__VALUE_COUNT; value++) {
            if (counts[value] == 0)
                continue;
            if (!begun)
                begin_group(groups, ids, id);
            begun = 1;
            msched__groups_add_run(groups, value, counts[value]);
        }
    }
    msched__free(&groups->allocator, table);
    return MSCHED_OK;
}

/* Rows that are sorted by group and value. */
static void tally_sorted(msched_groups *groups, uint32_t *ids, const rows *r, const uint32_t *sorted, uint32_t count)
{
    uint32_t group = MSCHED__NONE, value = 0;
    uint64_t weight = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = sorted[i], row_weight = r->weight == NULL ? 1 : r->weight[row];
        if (row_weight == 0)
            continue;
        if (r->group[row] == group && r->value[row] == value) {
            weight += row_weight;
            continue;
        }
        if (weight > 0)
            msched__groups_add_run(groups, value, weight);
        if (r->group[row] != group)
            begin_group(groups, ids, r->group[row]);
        group = r->group[row];
        value = r->value[row];
        weight = row_weight;
    }
    if (weight > 0)
        msched__groups_add_run(groups, value, weight);
}

/*
 * Tracks that the catalog has sorted by group and value. Most groups are small, so that a processor guesses their ends wrong:
 * every step writes the current run and group again instead of asking whether they ended.
 */
static void tally_indexed(msched_groups *groups, const uint32_t *weights, const msched__group_keys *keys, uint32_t count)
{
    uint32_t last = UINT32_MAX, item_end = 0, run_end = 0, group_weight = 0, group_sum = 0, run_weight = 0, run_start = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t packed = keys->sorted_values[i], weight = weights[keys->sorted_tracks[i]];
        if (weight == 0)
            continue;
        uint32_t same_group = packed >> 7 == last >> 7, same_run = packed == last;
        run_start = same_group ? run_start : run_end;
        run_weight = (same_run ? run_weight : 0) + weight;
        group_weight = (same_group ? group_weight : 0) + weight;
        group_sum = (same_group ? group_sum : 0) + weight * (packed & 127);
        run_end += !same_run;
        item_end += !same_group;
        groups->runs[run_end - 1] = msched__run_make(packed & 127, run_weight);
        msched__group_item *item = &groups->items[item_end - 1];
        item->run_start = run_start;
        item->run_count = run_end - run_start;
        item->n = group_weight;
        item->sum = group_sum;
        item->key = item->label = msched__catalog_text(keys->catalog, keys->sorted_names[packed >> 7]);
        last = packed;
    }
    groups->item_count = item_end;
    groups->run_count = run_end;
}

/* Many groups: sort the rows first. */
static msched_result tally_sparse(msched_groups *groups, uint32_t *ids, const rows *r, const msched__group_keys *keys,
                                  msched_error *err)
{
    const msched_allocator *allocator = &groups->allocator;
    uint32_t *sorted = msched__alloc_array(allocator, r->count, sizeof *sorted);
    uint32_t *scratch = msched__alloc_array(allocator, r->count, sizeof *scratch);
    uint32_t *starts = msched__alloc_array(allocator, (size_t)keys->count + MSCHED__VALUE_COUNT + 1, sizeof *starts);
    msched_result result = MSCHED_OK;
    if (sorted == NULL || scratch == NULL || starts == NULL)
        result = msched__fail_memory(err);
    else
        tally_sorted(groups, ids, r, sorted,
                     msched__arrange_rows(sorted, scratch, starts, r->group, r->value, r->count, keys->order, keys->count));
    msched__free(allocator, sorted);
    msched__free(allocator, scratch);
    msched__free(allocator, starts);
    return result;
}

static msched_result set_names(msched_groups *groups, const uint32_t *ids, const msched__group_keys *keys, msched_error *err)
{
    if (keys->by >= MSCHED_BY_YEAR) {
        groups->text = msched__alloc_array(&groups->allocator, groups->item_count, MSCHED__KEY_TEXT_SIZE);
        if (groups->text == NULL)
            return msched__fail_memory(err);
    }
    for (uint32_t i = 0; i < groups->item_count; i++) {
        char *text = groups->text == NULL ? NULL : groups->text + (size_t)i * MSCHED__KEY_TEXT_SIZE;
        msched__group_keys_name(keys, ids[i], text, &groups->items[i].key, &groups->items[i].label);
    }
    return MSCHED_OK;
}

static msched_result tally(msched_groups *groups, const rows *r, const msched__group_keys *keys, msched_error *err)
{
    if (keys->sorted_tracks != NULL && keys->catalog->entry_count <= UINT32_MAX / 100) { /* sums fit into 32 bits */
        tally_indexed(groups, r->weight, keys, r->count);
        return MSCHED_OK;
    }
    uint32_t *ids = msched__alloc_array(&groups->allocator, groups->item_room, sizeof *ids);
    if (ids == NULL)
        return msched__fail_memory(err);
    int few = r->group == NULL || keys->count <= 64 || (uint64_t)keys->count * MSCHED__VALUE_COUNT <= 4 * (uint64_t)r->count;
    msched_result result = few ? tally_dense(groups, ids, r, keys, err) : tally_sparse(groups, ids, r, keys, err);
    if (result == MSCHED_OK && groups->item_count == 0 && keys->by == MSCHED_BY_NOTHING)
        begin_group(groups, ids, 0); /* the summary of nothing is still a summary */
    if (result == MSCHED_OK)
        result = set_names(groups, ids, keys, err);
    msched__free(&groups->allocator, ids);
    return result;
}

static msched_result compute(msched_groups **out, const msched__filter *filter, const msched_groups_options *options,
                             const msched_allocator *allocator, msched_error *err)
{
    msched__group_keys keys;
    rows r = {0};
    msched_groups *groups = NULL;
    msched_result result = msched__group_keys_create(&keys, filter->catalog, options->by, allocator, err);
    if (result == MSCHED_OK)
        result = collect(&r, filter, &keys, options->count, allocator, err);
    if (result == MSCHED_OK) {
        uint64_t most = (uint64_t)keys.count * MSCHED__VALUE_COUNT;
        groups =
            msched__groups_new(allocator, options->by, options->count, keys.count, most < r.count ? (size_t)most : r.count, err);
        result = groups == NULL ? MSCHED_ERROR_MEMORY : tally(groups, &r, &keys, err);
    }
    if (result == MSCHED_OK)
        result = msched__groups_arrange(groups, options->order, options->min_n, options->limit, err);
    if (result == MSCHED_OK) {
        groups->catalog = msched_catalog_ref((msched_catalog *)filter->catalog);
        *out = groups;
    } else {
        msched_groups_unref(groups);
    }
    free_rows(&r, allocator);
    msched__group_keys_free(&keys, allocator);
    return result;
}

msched_result msched_groups_compute(msched_groups **out, const msched_catalog *catalog, const msched_groups_options *options,
                                    msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched_groups_options known;
    msched_result result = msched__groups_options(&known, options, err);
    if (result != MSCHED_OK)
        return result;
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched__filter filter;
    result = msched__filter_create(&filter, catalog, known.filter, &allocator, err);
    if (result != MSCHED_OK)
        return result;
    result = compute(out, &filter, &known, &allocator, err);
    msched__filter_free(&filter);
    return result;
}
