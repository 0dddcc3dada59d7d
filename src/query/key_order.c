#include "query/key_order.h"

#include "base/alloc.h"
#include "base/error.h"
#include "query/sort_ids.h"

#include <string.h>

#define VALUES 101

uint32_t msched__arrange_rows(uint32_t *out, uint32_t *scratch, uint32_t *starts, const uint32_t *group, const uint8_t *value,
                              uint32_t row_count, const uint32_t *order, uint32_t group_count)
{
    /* Two passes of a stable counting sort: by value, then by group. */
    memset(starts, 0, (VALUES + 1) * sizeof *starts);
    for (uint32_t row = 0; row < row_count; row++)
        starts[value[row] + 1]++;
    for (uint32_t v = 0; v < VALUES; v++)
        starts[v + 1] += starts[v];
    for (uint32_t row = 0; row < row_count; row++)
        scratch[starts[value[row]]++] = row;

    memset(starts, 0, ((size_t)group_count + 1) * sizeof *starts);
    for (uint32_t row = 0; row < row_count; row++)
        if (group[row] != MSCHED__NONE)
            starts[group[row]]++;
    uint32_t total = 0;
    for (uint32_t i = 0; i < group_count; i++) {
        uint32_t id = order == NULL ? i : order[i], count = starts[id];
        starts[id] = total;
        total += count;
    }
    for (uint32_t i = 0; i < row_count; i++) {
        uint32_t row = scratch[i];
        if (group[row] != MSCHED__NONE)
            out[starts[group[row]]++] = row;
    }
    return total;
}

typedef struct texts {
    const msched_catalog *catalog;
    const uint32_t *offsets;
} texts;

static int compare_texts(const void *ctx, uint32_t a, uint32_t b)
{
    const texts *names = ctx;
    return strcmp(msched__catalog_text(names->catalog, names->offsets[a]), msched__catalog_text(names->catalog, names->offsets[b]));
}

static uint32_t *order_texts(const msched_catalog *catalog, const uint32_t *offsets, uint32_t count, uint32_t *scratch)
{
    uint32_t *ids = msched__alloc_array(&catalog->allocator, count, sizeof *ids);
    if (ids == NULL)
        return NULL;
    for (uint32_t i = 0; i < count; i++)
        ids[i] = i;
    texts names = {catalog, offsets};
    msched__sort_ids(ids, scratch, count, compare_texts, &names);
    return ids;
}

static void destroy(msched__attached *attached)
{
    msched__key_order *self = (msched__key_order *)attached;
    msched_allocator allocator = attached->allocator;
    msched__free(&allocator, self->genres);
    msched__free(&allocator, self->subgenres);
    msched__free(&allocator, self->artists);
    msched__free(&allocator, self->playlists);
    msched__free(&allocator, self->artist_tracks);
    msched__free(&allocator, self->artist_values);
    msched__free(&allocator, self->artist_names);
    msched__free(&allocator, self);
}

/* Group and value of every track of artist_tracks, side by side, and the names in order. */
static int pack_artist_values(msched__key_order *self, const msched_catalog *catalog)
{
    if (catalog->artist_count >= UINT32_MAX >> 7)
        return 1;
    self->artist_values = msched__alloc_array(&catalog->allocator, catalog->track_count, sizeof *self->artist_values);
    self->artist_names = msched__alloc_array(&catalog->allocator, catalog->artist_count, sizeof *self->artist_names);
    if (self->artist_values == NULL || self->artist_names == NULL)
        return 0;
    for (uint32_t i = 0; i < catalog->artist_count; i++)
        self->artist_names[i] = catalog->artist_name[self->artists[i]];
    uint32_t place = 0;
    for (uint32_t i = 0; i < catalog->track_count; i++) {
        uint32_t track = self->artist_tracks[i];
        while (self->artists[place] != catalog->track_artist[track])
            place++;
        self->artist_values[i] = place << 7 | catalog->popularity[track];
    }
    return 1;
}

static uint32_t largest(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static msched__attached *build(const msched_catalog *catalog)
{
    const msched_allocator *allocator = &catalog->allocator;
    msched__key_order *self = msched__alloc_zero(allocator, 1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->attached.destroy = destroy;
    self->attached.allocator = *allocator;
    self->attached.memory_bytes =
        sizeof *self + ((size_t)catalog->genre_count + catalog->subgenre_count + 2 * (size_t)catalog->artist_count +
                        catalog->playlist_count + 2 * (size_t)catalog->track_count) *
                           sizeof(uint32_t);
    size_t room =
        largest(largest(catalog->track_count, catalog->playlist_count), largest(catalog->genre_count, catalog->subgenre_count));
    uint32_t *scratch = msched__alloc_array(allocator, room, sizeof *scratch);
    uint32_t *starts = msched__alloc_array(allocator, (size_t)catalog->artist_count + VALUES + 1, sizeof *starts);
    self->artist_tracks = msched__alloc_array(allocator, catalog->track_count, sizeof *self->artist_tracks);
    int done = 0;
    if (scratch == NULL || starts == NULL || self->artist_tracks == NULL)
        goto out;
    self->genres = order_texts(catalog, catalog->genre_name, catalog->genre_count, scratch);
    self->subgenres = order_texts(catalog, catalog->subgenre_name, catalog->subgenre_count, scratch);
    self->artists = order_texts(catalog, catalog->artist_name, catalog->artist_count, scratch);
    self->playlists = order_texts(catalog, catalog->playlist_id, catalog->playlist_count, scratch);
    done = self->genres != NULL && self->subgenres != NULL && self->artists != NULL && self->playlists != NULL;
    if (done) {
        msched__arrange_rows(self->artist_tracks, scratch, starts, catalog->track_artist, catalog->popularity, catalog->track_count,
                             self->artists, catalog->artist_count);
        done = pack_artist_values(self, catalog);
    }
out:
    msched__free(allocator, scratch);
    msched__free(allocator, starts);
    if (!done) {
        destroy(&self->attached);
        return NULL;
    }
    return &self->attached;
}

const msched__key_order *msched__key_order_of(const msched_catalog *catalog, msched_error *err)
{
    return (const msched__key_order *)msched__catalog_attach(catalog, MSCHED__ATTACH_KEY_ORDER, build, err);
}

uint32_t msched__key_find(const msched_catalog *catalog, const uint32_t *ordered, const uint32_t *offsets, uint32_t count,
                          const char *key)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(msched__catalog_text(catalog, offsets[ordered[middle]]), key);
        if (order == 0)
            return ordered[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return MSCHED__NONE;
}
