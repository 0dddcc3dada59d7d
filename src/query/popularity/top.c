/* query/popularity/top.c: the most popular tracks, entries or recordings. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/refcount.h"
#include "catalog/catalog_check.h"
#include "query/lookup/search_index.h"
#include "query/popularity/filter.h"
#include "query/popularity/stats.h"
#include "query/sort_ids.h"

#include <string.h>

struct msched_top {
    msched__refcount refs;
    msched_allocator allocator;
    uint32_t count;
    uint32_t *tracks;
    uint32_t *entries; /* NULL if no entries were counted */
};

void msched_top_options_init(msched_top_options *options, uint32_t struct_size)
{
    msched_top_options defaults = {
        .struct_size = sizeof defaults, .count = MSCHED_COUNT_RECORDINGS, .limit = 10};
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/*
 * The first tracks of a ranking are few, so each is checked here and not the whole ranking of a
 * saved catalog before.
 */
static msched_result pick_tracks(msched_top *top, const msched__filter *filter, uint32_t limit,
                                 uint8_t *recording_seen, msched_error *err)
{
    const msched_catalog *catalog = filter->catalog;
    for (uint32_t i = 0; i < catalog->track_count && top->count < limit; i++) {
        uint32_t track = catalog->tracks_by_popularity[i];
        if (track >= catalog->track_count ||
            catalog->track_recording[track] >= catalog->recording_count)
            return msched__catalog_fail(catalog, err);
        uint8_t *seen = recording_seen == NULL ? NULL
                                               : &recording_seen[catalog->track_recording[track]];
        if ((seen != NULL && *seen) || !msched__filter_track(filter, track))
            continue;
        if (seen != NULL)
            *seen = 1;
        top->tracks[top->count++] = track;
    }
    return MSCHED_OK;
}

/*
 * The search index lists the most popular track of each recording by popularity. The ranking names
 * all tracks of a recording, and finding out which they are would read many pages of a large
 * catalog.
 */
static msched_result pick_listed(msched_top *top, const msched__search *search, uint32_t limit,
                                 msched_error *err)
{
    const msched_catalog *catalog = search->catalog;
    const uint32_t count = limit < search->doc_count ? limit : search->doc_count;
    for (uint32_t doc = 0; doc < count; doc++) {
        if (search->doc_track[doc] >= catalog->track_count)
            return msched__catalog_fail(catalog, err);
        top->tracks[top->count++] = search->doc_track[doc];
    }
    return MSCHED_OK;
}

static int compare_numbers(const void *ctx, uint32_t a, uint32_t b)
{
    (void)ctx;
    return (a > b) - (a < b);
}

/*
 * Add the passing entries of tracks_by_popularity[from..to), all of one popularity, in input order.
 */
static void pick_class(msched_top *top, const msched__filter *filter, uint32_t from, uint32_t to,
                       uint32_t limit, uint32_t *found, uint32_t *scratch)
{
    const msched_catalog *catalog = filter->catalog;
    const msched__index *entries = &catalog->track_entries;
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t track = catalog->tracks_by_popularity[i];
        if (!msched__filter_track(filter, track))
            continue;
        for (uint32_t e = entries->starts[track]; e < entries->starts[track + 1]; e++)
            if (msched__filter_entry(filter, entries->rows[e]))
                found[count++] = entries->rows[e];
    }
    msched__sort_ids(found, scratch, count, compare_numbers, NULL);
    for (uint32_t i = 0; i < count && top->count < limit; i++) {
        top->tracks[top->count] = catalog->entry_track[found[i]];
        top->entries[top->count++] = found[i];
    }
}

/* 0: the most popular. */
static uint32_t rank_of(const msched_catalog *catalog, uint32_t entry)
{
    const uint32_t popularity = catalog->entry_popularity[entry];
    return popularity <= 100 ? 100 - popularity : MSCHED__VALUE_UNKNOWN;
}

/*
 * Entries by their own popularity, which can differ from that of their track; unknown values last.
 */
static void pick_varied(msched_top *top, const msched__filter *filter, uint32_t limit,
                        uint32_t *sorted)
{
    const msched_catalog *catalog = filter->catalog;
    uint32_t next[MSCHED__VALUE_COUNT + 1] = {0};
    for (uint32_t e = 0; e < catalog->entry_count; e++)
        next[rank_of(catalog, e) + 1]++;
    for (uint32_t r = 0; r < MSCHED__VALUE_COUNT; r++)
        next[r + 1] += next[r];
    for (uint32_t e = 0; e < catalog->entry_count; e++)
        sorted[next[rank_of(catalog, e)]++] = e;
    for (uint32_t i = 0; i < catalog->entry_count && top->count < limit; i++) {
        const uint32_t entry = sorted[i], track = catalog->entry_track[entry];
        if (!msched__filter_track(filter, track) || !msched__filter_entry(filter, entry))
            continue;
        top->tracks[top->count] = track;
        top->entries[top->count++] = entry;
    }
}

static msched_result pick_entries(msched_top *top, const msched__filter *filter, uint32_t limit,
                                  msched_error *err)
{
    const msched_catalog *catalog = filter->catalog;
    uint32_t *found = msched__alloc_array(&top->allocator, catalog->entry_count, sizeof *found);
    uint32_t *scratch = msched__alloc_array(&top->allocator, catalog->entry_count, sizeof *scratch);
    msched_result result = MSCHED_OK;
    if (found == NULL || scratch == NULL)
        result = msched__fail_memory(err);
    if (result == MSCHED_OK && catalog->popularity_varies)
        pick_varied(top, filter, limit, found);
    for (uint32_t from = 0, to; result == MSCHED_OK && !catalog->popularity_varies &&
                                from < catalog->track_count && top->count < limit;
         from = to) {
        uint8_t popularity = catalog->popularity[catalog->tracks_by_popularity[from]];
        for (to = from + 1; to < catalog->track_count; to++)
            if (catalog->popularity[catalog->tracks_by_popularity[to]] != popularity)
                break;
        pick_class(top, filter, from, to, limit, found, scratch);
    }
    msched__free(&top->allocator, found);
    msched__free(&top->allocator, scratch);
    return result;
}

static msched_result pick(msched_top *top, const msched__filter *filter, uint32_t count_unit,
                          uint32_t limit, msched_error *err)
{
    const msched_catalog *catalog = filter->catalog;
    const msched_allocator *allocator = &top->allocator;
    uint32_t most = count_unit == MSCHED_COUNT_ENTRIES ? catalog->entry_count
                                                       : catalog->track_count;
    limit = limit < most ? limit : most;
    top->tracks = msched__alloc_array(allocator, limit, sizeof *top->tracks);
    if (top->tracks == NULL)
        return msched__fail_memory(err);
    if (count_unit == MSCHED_COUNT_ENTRIES) {
        top->entries = msched__alloc_array(allocator, limit, sizeof *top->entries);
        return top->entries == NULL ? msched__fail_memory(err)
                                    : pick_entries(top, filter, limit, err);
    }
    uint8_t *seen = NULL;
    if (count_unit == MSCHED_COUNT_RECORDINGS) {
        const msched__search *search = filter->on_tracks || filter->on_entries
                                           ? NULL
                                           : msched__search_made(catalog);
        if (search != NULL)
            return pick_listed(top, search, limit, err);
        seen = msched__alloc_zero(allocator, catalog->recording_count, 1);
        if (seen == NULL)
            return msched__fail_memory(err);
    }
    const msched_result result = pick_tracks(top, filter, limit, seen, err);
    msched__free(allocator, seen);
    return result;
}

msched_result msched_top_compute(msched_top **out, const msched_catalog *catalog,
                                 const msched_top_options *options, msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    if (catalog == NULL)
        return msched__fail_null(err, "catalog");
    msched_top_options known;
    msched_top_options_init(&known, sizeof known);
    msched_result result = msched__options_read(&known, sizeof known, options, "msched_top_options",
                                                err);
    if (result == MSCHED_OK)
        result = msched__check_count(known.count, err);
    if (result == MSCHED_OK)
        result = known.filter != NULL || known.count == MSCHED_COUNT_ENTRIES
                     ? msched__catalog_need_all(catalog, err)
                     : msched__catalog_need_late(catalog, err);
    if (result != MSCHED_OK)
        return result;
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched__filter filter;
    result = msched__filter_create(&filter, catalog, known.filter, &allocator, err);
    if (result != MSCHED_OK)
        return result;
    msched_top *top = msched__alloc_zero(&allocator, 1, sizeof *top);
    if (top == NULL) {
        result = msched__fail_memory(err);
    } else {
        msched__refcount_init(&top->refs);
        top->allocator = allocator;
        result = pick(top, &filter, known.count, known.limit == 0 ? 10 : known.limit, err);
    }
    msched__filter_free(&filter);
    if (result == MSCHED_OK)
        *out = top;
    else
        msched_top_unref(top);
    return result;
}

uint32_t msched_top_count(const msched_top *top)
{
    return top == NULL ? 0 : top->count;
}

msched_result msched_top_get(const msched_top *top, uint32_t index, uint32_t *track,
                             uint32_t *entry)
{
    if (top == NULL || track == NULL || index >= top->count)
        return MSCHED_ERROR_ARGUMENT;
    *track = top->tracks[index];
    if (entry != NULL)
        *entry = top->entries == NULL ? UINT32_MAX : top->entries[index];
    return MSCHED_OK;
}

msched_top *msched_top_ref(msched_top *top)
{
    if (top != NULL)
        msched__refcount_add(&top->refs);
    return top;
}

void msched_top_unref(msched_top *top)
{
    if (top == NULL || !msched__refcount_drop(&top->refs))
        return;
    msched_allocator allocator = top->allocator;
    msched__free(&allocator, top->tracks);
    msched__free(&allocator, top->entries);
    msched__free(&allocator, top);
}
