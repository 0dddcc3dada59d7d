/* query/popularity/groups.c: group and count. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "catalog/catalog_check.h"
#include "query/popularity/entry_values.h"
#include "query/popularity/filter.h"
#include "query/popularity/group_keys.h"
#include "query/popularity/groups_data.h"

/* The counted rows: those of the keys, sorted or not, and the weight of each. */
typedef struct rows {
    uint32_t count;
    const uint32_t *ids; /* entry or track of each row; NULL: all of them in turn */
    const msched__value *values;
    uint32_t *weights; /* NULL: each counts once, except rows with one of these marks */
    uint32_t skipped;
} rows;

/*
 * Counted entries of counted tracks: all that pass, or one for each group of the track. `seen` has
 * an element for each group.
 */
static void weigh_entries(uint32_t *entry_weights, const msched__filter *filter,
                          const uint32_t *track_weights, const uint32_t *group_of, uint32_t *seen,
                          uint32_t count_unit)
{
    const msched__index *entries = &filter->catalog->track_entries;
    for (uint32_t track = 0; track < filter->catalog->track_count; track++)
        for (uint32_t i = entries->starts[track]; i < entries->starts[track + 1]; i++) {
            uint32_t entry = entries->rows[i], group = group_of[entry];
            entry_weights[entry] = 0;
            if (track_weights[track] == 0 || group == MSCHED__NONE ||
                !msched__filter_entry(filter, entry))
                continue;
            entry_weights[entry] = count_unit == MSCHED_COUNT_ENTRIES || seen[group] != track + 1;
            seen[group] = track + 1;
        }
}

/*
 * Weights of all entries or tracks by a filter, or NULL when out of memory; the caller frees them.
 */
static uint32_t *weigh_filtered(const msched__filter *filter, const msched__group_keys *keys,
                                uint32_t count_unit, const msched_allocator *allocator)
{
    uint32_t *of_tracks = msched__alloc_array(allocator, filter->catalog->track_count,
                                              sizeof *of_tracks);
    if (of_tracks == NULL)
        return NULL;
    msched__filter_weigh(filter, count_unit, of_tracks);
    if (!keys->of_entries)
        return of_tracks;
    uint32_t *of_entries = msched__alloc_array(allocator, filter->catalog->entry_count,
                                               sizeof *of_entries);
    uint32_t *seen = msched__alloc_zero(allocator, keys->count, sizeof *seen);
    if (of_entries != NULL && seen != NULL)
        weigh_entries(of_entries, filter, of_tracks, keys->of_row, seen, count_unit);
    msched__free(allocator, of_tracks);
    if (seen == NULL) {
        msched__free(allocator, of_entries);
        of_entries = NULL;
    }
    msched__free(allocator, seen);
    return of_entries;
}

static msched_result weigh_by_filter(rows *r, const msched__filter *filter,
                                     const msched__group_keys *keys, uint32_t count_unit,
                                     const msched_allocator *allocator, msched_error *err)
{
    uint32_t *by_id = weigh_filtered(filter, keys, count_unit, allocator);
    if (by_id == NULL)
        return msched__fail_memory(err);
    if (r->ids == NULL) {
        r->weights = by_id;
        return MSCHED_OK;
    }
    r->weights = msched__alloc_array(allocator, r->count, sizeof *r->weights);
    for (uint32_t i = 0; r->weights != NULL && i < r->count; i++)
        r->weights[i] = by_id[r->ids[i]];
    msched__free(allocator, by_id);
    return r->weights == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

/* Tracks count as often as they have entries. */
static msched_result weigh_by_entries(rows *r, const msched_catalog *catalog,
                                      const msched_allocator *allocator, msched_error *err)
{
    const uint32_t *starts = catalog->track_entries.starts;
    r->weights = msched__alloc_array(allocator, r->count, sizeof *r->weights);
    if (r->weights == NULL)
        return msched__fail_memory(err);
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t track = r->ids == NULL ? i : r->ids[i];
        r->weights[i] = starts[track + 1] - starts[track];
    }
    return MSCHED_OK;
}

/* The caller frees r->weights. */
static msched_result collect(rows *r, const msched__filter *filter, const msched__group_keys *keys,
                             uint32_t count_unit, const msched_allocator *allocator,
                             msched_error *err)
{
    const msched_catalog *catalog = filter->catalog;
    if (keys->sorted != NULL)
        *r = (rows){keys->sorted->row_count, keys->sorted->rows, keys->sorted->values, NULL, 0};
    else if (keys->of_entries)
        *r = (rows){catalog->entry_count, NULL, keys->index->of_entry, NULL, 0};
    else
        *r = (rows){catalog->track_count, NULL, keys->index->of_track, NULL, 0};
    if (filter->on_tracks || filter->on_entries)
        return weigh_by_filter(r, filter, keys, count_unit, allocator, err);
    if (!keys->of_entries && count_unit == MSCHED_COUNT_ENTRIES)
        return weigh_by_entries(r, catalog, allocator, err);
    r->skipped = (count_unit == MSCHED_COUNT_ENTRIES ? 0 : keys->repeats) |
                 (count_unit == MSCHED_COUNT_RECORDINGS ? MSCHED__VALUE_OUTDONE : 0);
    return MSCHED_OK;
}

/* Name the group of an item: texts of the catalog, or a date in texts that the result owns. */
static void name_item(msched_groups *groups, uint32_t item, const msched__group_keys *keys,
                      uint32_t group)
{
    uint32_t key = 0, label = 0;
    if (keys->are_dates) {
        key = label = item * MSCHED__KEY_TEXT_SIZE;
        msched__group_keys_write_date(keys, group, groups->text + key);
    } else if (keys->keys != NULL) {
        key = keys->keys[group];
        label = keys->labels[group];
    }
    groups->items[item].key = key;
    groups->items[item].label = label;
}

static msched_result prepare_names(msched_groups *groups, const msched__group_keys *keys,
                                   msched_error *err)
{
    groups->names = keys->keys == NULL ? "all" : keys->catalog->text;
    if (!keys->are_dates)
        return MSCHED_OK;
    groups->names = groups->text = msched__alloc_array(&groups->allocator, groups->item_room,
                                                       MSCHED__KEY_TEXT_SIZE);
    return groups->text == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

#define TABLE_WIDTH (MSCHED__VALUE_POPULARITY + 1)

/*
 * Count the rows in a table of groups and values. `weights`, `groups` and `skipped` are those of
 * the rows, or NULL and 0; where they are constants at a call, the compiler makes a loop for it.
 */
static inline void count_rows(uint32_t *table, const rows *r, const uint32_t *weights,
                              const uint32_t *groups, uint32_t skipped)
{
    const msched__value *values = r->values;
    const uint32_t count = r->count;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t group = groups == NULL ? 0 : groups[i], value = values[i];
        if (group == MSCHED__NONE)
            continue;
        table[(size_t)group * TABLE_WIDTH + (value & MSCHED__VALUE_POPULARITY)] +=
            weights == NULL ? (value & skipped) == 0 : weights[i];
    }
}

static void count_all(uint32_t *table, const rows *r, const uint32_t *groups)
{
    if (r->weights != NULL)
        count_rows(table, r, r->weights, groups, 0);
    else if (groups == NULL)
        count_rows(table, r, NULL, NULL, r->skipped);
    else if (r->skipped != 0)
        count_rows(table, r, NULL, groups, r->skipped);
    else
        count_rows(table, r, NULL, groups, 0);
}

/* Few groups: a table of counts. */
static msched_result tally_table(msched_groups *groups, const rows *r,
                                 const msched__group_keys *keys, msched_error *err)
{
    uint32_t *table = msched__alloc_zero(&groups->allocator, keys->count,
                                         TABLE_WIDTH * sizeof *table);
    if (table == NULL)
        return msched__fail_memory(err);
    count_all(table, r, keys->of_row);
    for (uint32_t k = 0; k < keys->count; k++) {
        uint32_t group = keys->order == NULL ? k : keys->order[k], item = groups->item_count;
        const uint32_t *counts = table + (size_t)group * TABLE_WIDTH;
        if (keys->by == MSCHED_BY_NOTHING) /* an empty summary is still a summary */
            msched__groups_begin(groups, 0, 0);
        for (uint32_t value = 0; value < MSCHED__VALUE_COUNT; value++) {
            if (counts[value] == 0)
                continue;
            if (groups->item_count == item)
                msched__groups_begin(groups, 0, 0);
            msched__groups_add_run(groups, value, counts[value]);
        }
        if (groups->item_count > item)
            name_item(groups, item, keys, group);
    }
    msched__free(&groups->allocator, table);
    return MSCHED_OK;
}

/*
 * Many groups: rows that are sorted by them. Most groups are small, so a processor mispredicts
 * their ends. Therefore, every step stores the running sums instead of testing whether the group
 * ended. Each group is then the difference of its sums and the previous ones.
 */
static void tally_sorted(msched_groups *groups, const rows *r, const msched__group_keys *keys)
{
    uint64_t n = 0, sum = 0;
    size_t run_end = 0;
    uint32_t at = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        const uint32_t value = r->values[i] & MSCHED__VALUE_POPULARITY;
        const uint32_t weight = r->weights == NULL ? (r->values[i] & r->skipped) == 0
                                                   : r->weights[i];
        groups->runs[run_end] = msched__run_make(value, weight);
        run_end += weight != 0;
        const uint32_t known = value == MSCHED__VALUE_UNKNOWN ? 0 : weight;
        n += known;
        sum += (uint64_t)known * value;
        msched__group_item *item = &groups->items[at];
        item->n = n;
        item->sum = sum;
        item->run_start = run_end;
        at += (r->values[i] & MSCHED__VALUE_LAST) != 0;
    }
    msched__group_item before = {0};
    for (uint32_t g = 0; g < at; g++) {
        msched__group_item until = groups->items[g];
        groups->items[groups->item_count] = (msched__group_item){
            until.n - before.n, until.sum - before.sum, before.run_start, 0, 0};
        if (until.run_start > before.run_start)
            name_item(groups, groups->item_count++, keys, g);
        before = until;
    }
    groups->run_count = run_end;
}

static msched_result tally(msched_groups **out, const rows *r, const msched__group_keys *keys,
                           uint32_t count_unit, const msched_allocator *allocator,
                           msched_error *err)
{
    uint64_t most = (uint64_t)keys->count * MSCHED__VALUE_COUNT;
    size_t run_room = keys->sorted == NULL && most < r->count ? (size_t)most : r->count;
    uint32_t group_room = keys->sorted == NULL ? keys->count : keys->sorted->group_count;
    msched_groups *groups = msched__groups_new(allocator, keys->by, count_unit, group_room,
                                               run_room, err);
    if (groups == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = prepare_names(groups, keys, err);
    if (result == MSCHED_OK && keys->sorted == NULL)
        result = tally_table(groups, r, keys, err);
    else if (result == MSCHED_OK)
        tally_sorted(groups, r, keys);
    if (result == MSCHED_OK)
        *out = groups;
    else
        msched_groups_unref(groups);
    return result;
}

/*
 * Rows in several groups, and entries whose popularity can differ from that of their track: add
 * each row to its groups, then sort all by group and value.
 */
static msched_result tally_entries(msched_groups **out, const msched__filter *filter,
                                   const msched__group_keys *keys, uint32_t count_unit,
                                   msched_error *err)
{
    const msched_allocator *allocator = &filter->allocator;
    msched__entry_values pairs;
    msched_groups *groups = NULL;
    msched_result result = msched__entry_values_gather(&pairs, filter, keys, count_unit, err);
    if (result == MSCHED_OK) {
        groups = msched__groups_new(allocator, keys->by, count_unit, pairs.group_count, pairs.count,
                                    err);
        result = groups == NULL ? MSCHED_ERROR_MEMORY : prepare_names(groups, keys, err);
    }
    if (result == MSCHED_OK && keys->by == MSCHED_BY_NOTHING && pairs.count == 0) {
        msched__groups_begin(groups, 0, 0);
        name_item(groups, 0, keys, 0);
    }
    for (size_t i = 0; result == MSCHED_OK && i < pairs.count; i++) {
        const uint32_t group = pairs.group[i];
        if (i == 0 || pairs.group[i - 1] != group) {
            msched__groups_begin(groups, 0, 0);
            name_item(groups, groups->item_count - 1, keys, group);
        }
        msched__groups_add_run(groups, pairs.value[i], 1);
    }
    msched__entry_values_free(&pairs, allocator);
    if (result == MSCHED_OK)
        *out = groups;
    else
        msched_groups_unref(groups);
    return result;
}

static msched_result compute(msched_groups **out, const msched__filter *filter,
                             const msched_groups_options *options,
                             const msched_allocator *allocator, msched_error *err)
{
    msched__group_keys keys;
    rows r = {0};
    msched_groups *groups = NULL;
    msched_result result = msched__group_keys_create(&keys, filter->catalog, options->by, allocator,
                                                     err);
    if (result == MSCHED_OK && (keys.lists != NULL || (options->count == MSCHED_COUNT_ENTRIES &&
                                                       filter->catalog->popularity_varies))) {
        result = tally_entries(&groups, filter, &keys, options->count, err);
    } else if (result == MSCHED_OK) {
        result = collect(&r, filter, &keys, options->count, allocator, err);
        if (result == MSCHED_OK)
            result = tally(&groups, &r, &keys, options->count, allocator, err);
    }
    if (result == MSCHED_OK)
        result = msched__groups_arrange(groups, options->order, options->min_n, options->limit,
                                        err);
    if (result == MSCHED_OK) {
        groups->catalog = msched_catalog_ref((msched_catalog *)filter->catalog);
        *out = groups;
    } else {
        msched_groups_unref(groups);
    }
    msched__free(allocator, r.weights);
    msched__group_keys_free(&keys, allocator);
    return result;
}

/* What is read of a catalog: of the rows by genre of a saved one, hardly anything. */
static uint32_t parts_of(const msched_catalog *catalog, const msched_groups_options *options)
{
    const int by_genre = options->by == MSCHED_BY_GENRE || options->by == MSCHED_BY_SUBGENRE;
    const msched__index *lists = options->by == MSCHED_BY_GENRE ? &catalog->genre_members
                                                                : &catalog->subgenre_members;
    if (catalog->saved.data == NULL || !by_genre || options->filter != NULL ||
        lists->starts != NULL ||
        (options->count == MSCHED_COUNT_ENTRIES && catalog->popularity_varies))
        return MSCHED__ALL_PARTS;
    return UINT32_C(1) << (options->by == MSCHED_BY_GENRE ? MSCHED__PART_GENRES
                                                          : MSCHED__PART_SUBGENRES);
}

msched_result msched_groups_compute(msched_groups **out, const msched_catalog *catalog,
                                    const msched_groups_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched_groups_options known;
    msched_result result = msched__groups_options(&known, options, err);
    if (result == MSCHED_OK)
        result = msched__catalog_need(catalog, parts_of(catalog, &known), err);
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
