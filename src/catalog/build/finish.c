/*
 * Lay out the contents of a builder as the columns and indexes of a catalog. Texts and the columns
 * of tracks and entries are handed over; smaller ones are in one block of memory.
 */
#include "base/alloc.h"
#include "base/hash.h"
#include "catalog/build/builder_ahead.h"
#include "catalog/build/late.h"
#include "catalog/build/members.h"
#include "catalog/build/report_write.h"
#include "catalog/cells/row.h"

#include <stdalign.h>
#include <string.h>

/* One column of the block. */
typedef struct part {
    void **column;
    size_t count, size;
} part;

#define PART(field, count)                                                                         \
    {                                                                                              \
        (void **)&(field), (count), sizeof *(field)                                                \
    }
#define MAX_PARTS 40

/* How many texts of a kind there are. */
static uint32_t count_of(const msched_catalog *c, size_t kind)
{
    return kind == MSCHED__LIST_ARTISTS  ? c->artist_count
           : kind == MSCHED__LIST_GENRES ? c->genre_count
                                         : c->subgenre_count;
}

/* The columns in descending order of alignment, so that each begins aligned. Returns how many. */
static size_t list_parts(msched_catalog *c, const msched_catalog_builder *builder,
                         part parts[MAX_PARTS])
{
    const size_t reasons = builder->reason_count;
    struct {
        size_t starts, rows;
    } lists[MSCHED__LIST_KINDS];
    for (size_t kind = 0; kind < MSCHED__LIST_KINDS; kind++) {
        lists[kind].starts = builder->lists[kind].starts == NULL ? 0
                                                                 : count_of(c, kind) + (size_t)1;
        lists[kind].rows = builder->lists[kind].row_count;
    }
    size_t used = 0;
    const part eights[] = {PART(c->skip_reasons, reasons)};
    const part fours[] = {
        PART(c->artist_name, c->artist_count),
        PART(c->album_id, c->album_count),
        PART(c->album_name, c->album_count),
        PART(c->playlist_id, c->playlist_count),
        PART(c->playlist_name, c->playlist_count),
        PART(c->genre_name, c->genre_count),
        PART(c->subgenre_name, c->subgenre_count),
        PART(c->artist_members.starts, lists[MSCHED__LIST_ARTISTS].starts),
        PART(c->artist_members.rows, lists[MSCHED__LIST_ARTISTS].rows),
        PART(c->genre_members.starts, lists[MSCHED__LIST_GENRES].starts),
        PART(c->genre_members.rows, lists[MSCHED__LIST_GENRES].rows),
        PART(c->subgenre_members.starts, lists[MSCHED__LIST_SUBGENRES].starts),
        PART(c->subgenre_members.rows, lists[MSCHED__LIST_SUBGENRES].rows),
    };
    memcpy(parts, eights, sizeof eights);
    used += sizeof eights / sizeof eights[0];
    memcpy(parts + used, fours, sizeof fours);
    return used + sizeof fours / sizeof fours[0];
}

/*
 * The allocator of the catalog. The builder's range ends with the builder; a block that is needed
 * late would let the system clear a whole large page.
 */
static msched_allocator lasting_allocator(const msched_catalog_builder *builder)
{
    msched_allocator allocator = builder->allocator;
    if (msched__is_large_allocator(&allocator))
        allocator.ctx = NULL;
    return allocator;
}

/*
 * The catalog and its columns in one block; counts come from the builder. NULL when out of memory.
 */
static msched_catalog *allocate(const msched_catalog_builder *builder)
{
    msched_catalog counts;
    memset(&counts, 0, sizeof counts);
    counts.track_count = builder->ids.count;
    counts.entry_count = (uint32_t)builder->entry_count;
    counts.artist_count = builder->artists.count;
    counts.album_count = builder->albums.count;
    counts.playlist_count = builder->playlists.count;
    counts.genre_count = builder->genres.count;
    counts.subgenre_count = builder->subgenres.count;
    counts.id_slot_count = msched__intern_slots_for(builder->ids.count);
    part parts[MAX_PARTS];
    const size_t align = alignof(max_align_t);
    size_t part_count = list_parts(&counts, builder, parts);
    size_t bytes = (sizeof counts + align - 1) / align * align;
    for (size_t i = 0; i < part_count; i++) {
        if (parts[i].count > (SIZE_MAX - bytes) / parts[i].size)
            return NULL;
        bytes += parts[i].count * parts[i].size;
    }
    const msched_allocator allocator = lasting_allocator(builder);
    msched_catalog *catalog = msched__alloc_array(&allocator, bytes, 1);
    if (catalog == NULL)
        return NULL;
    msched__populate(&allocator, catalog, 0, bytes);
    memcpy(catalog, &counts, sizeof counts);
    catalog->memory_bytes = bytes;
    char *at = (char *)catalog + (sizeof counts + align - 1) / align * align;
    list_parts(catalog, builder, parts);
    for (size_t i = 0; i < part_count; i++) {
        *parts[i].column = at;
        at += parts[i].count * parts[i].size;
    }
    return catalog;
}

/* Text offsets of a table's keys, and of their second parts, which follow the NUL of the first. */
static void fill_names(const msched__intern *table, uint32_t *first, uint32_t *second)
{
    if (table->count > 0)
        memcpy(first, table->offsets, table->count * sizeof *first);
    for (uint32_t i = 0; second != NULL && i < table->count; i++) {
        msched__intern_prefetch_item(table, i);
        second[i] = first[i] + (uint32_t)strlen(table->pool->data + first[i]) + 1;
    }
}

/* Shrink columns and texts to their size before more memory is needed. */
static int fit(msched_catalog_builder *builder)
{
    msched__text_pool *pool = &builder->pool;
    msched__intern *ids = &builder->ids;
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    size_t count = msched__track_columns(builder, columns);
    if (!msched__resize_columns(builder, columns, count, ids->count))
        return 0;
    builder->track_capacity = ids->count;
    count = msched__entry_columns(builder, columns);
    if (!msched__resize_columns(builder, columns, count, builder->entry_count))
        return 0;
    builder->entry_capacity = builder->entry_count;
    uint32_t *offsets = msched__realloc_array(&builder->allocator, ids->offsets, ids->count,
                                              sizeof *offsets);
    if (offsets == NULL)
        return 0;
    ids->offsets = offsets;
    ids->capacity = ids->count;
    if (!msched__text_pool_reserve(pool, 0))
        return 0;
    char *fitted = msched__realloc_array(&builder->allocator, pool->data, pool->size, 1);
    if (fitted == NULL)
        return 0;
    pool->data = fitted;
    pool->capacity = pool->size;
    return 1;
}

/* Lengths in whole milliseconds, in a column of their own. 0 when out of memory. */
static int take_durations(msched_catalog *catalog, msched_catalog_builder *builder)
{
    const double *durations = builder->tracks.duration;
    const uint32_t count = catalog->track_count;
    uint32_t *whole = msched__alloc_array(&catalog->allocator, count, sizeof *whole);
    catalog->duration_ms = whole;
    if (whole == NULL)
        return 0;
    msched__use_large_pages(&catalog->allocator, whole, count * sizeof *whole);
    for (uint32_t t = 0; t < count; t++)
        whole[t] = (uint32_t)durations[t];
    return 1;
}

/* The table of ids without bits of hashes. */
static uint32_t *take_whole_slots(msched__intern *ids)
{
    uint32_t *items = ids->slots;
    const uint32_t count = ids->slot_count, mask = count - 1;
    for (uint32_t i = 0; i < count; i++)
        items[i] = (items[i] & mask) | (items[i] == MSCHED__NONE ? MSCHED__NONE : 0);
    ids->slots = NULL;
    return items;
}

/* The same in a table of `count` slots. NULL when out of memory. */
static uint32_t *place_id_slots(const msched_catalog_builder *builder, uint32_t count)
{
    const msched__intern *ids = &builder->ids;
    uint32_t *items = msched__alloc_array(&builder->allocator, count, sizeof *items);
    if (items == NULL)
        return NULL;
    memset(items, 0xFF, count * sizeof *items);
    for (uint32_t item = 0; item < ids->count; item++) {
        uint32_t at = ids->hashes[item] & (count - 1);
        while (items[at] != MSCHED__NONE)
            at = (at + 1) & (count - 1);
        items[at] = item;
    }
    return items;
}

/*
 * Take the table of ids. How many slots it has depends only on the ids, not on how many rows were
 * expected. 0 when out of memory.
 */
static int take_id_slots(msched_catalog *catalog, msched_catalog_builder *builder)
{
    msched__intern *ids = &builder->ids;
    catalog->id_slots = ids->slot_count == catalog->id_slot_count
                            ? take_whole_slots(ids)
                            : place_id_slots(builder, catalog->id_slot_count);
    if (catalog->id_slots == NULL)
        return 0;
    msched__intern_free_slots(ids);
    return 1;
}

/* Move the columns of tracks and entries to the catalog. */
static void take_columns(msched_catalog *catalog, msched_catalog_builder *builder)
{
    msched__built_tracks *tracks = &builder->tracks;
    msched__built_entries *entries = &builder->entries;
    catalog->track_id = builder->ids.offsets;
    catalog->track_name = tracks->name;
    catalog->track_artist = tracks->artist;
    catalog->track_album = tracks->album;
    catalog->popularity = tracks->popularity;
    catalog->release_year = tracks->year;
    catalog->release_month = tracks->month;
    catalog->release_day = tracks->day;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        catalog->feature[f] = (msched__feature){.values = tracks->feature[f],
                                                .value_count = catalog->track_count};
    catalog->entry_track = entries->track;
    catalog->entry_playlist = entries->playlist;
    catalog->entry_genre = entries->genre;
    catalog->entry_subgenre = entries->subgenre;
    catalog->entry_popularity = entries->popularity;
    msched__free(&builder->allocator, tracks->duration);
    msched__free(&builder->allocator, tracks->open);
    msched__free(&builder->allocator, tracks->line);
    const size_t track_bytes = 5 * sizeof *catalog->track_id + sizeof *catalog->release_year + 3 +
                               MSCHED__FEATURES * sizeof(double);
    const size_t entry_bytes = 4 * sizeof *catalog->entry_track + 1;
    catalog->memory_bytes += catalog->track_count * track_bytes +
                             catalog->entry_count * entry_bytes +
                             catalog->id_slot_count * sizeof *catalog->id_slots;
    builder->ids.offsets = NULL;
    *tracks = (msched__built_tracks){.name = NULL};
    *entries = (msched__built_entries){.track = NULL};
    for (uint32_t e = 0; e < catalog->entry_count; e++)
        catalog->popularity_varies |= catalog->entry_popularity[e] !=
                                      catalog->popularity[catalog->entry_track[e]];
}

/* Move the texts, too. */
static void take_text(msched_catalog *catalog, msched_catalog_builder *builder)
{
    msched__text_pool *pool = &builder->pool;
    catalog->text = pool->data;
    catalog->text_size = pool->size;
    catalog->memory_bytes += pool->size;
    pool->data = NULL;
}

/* And the report, in both formats. */
static int take_report(msched_catalog *catalog, msched_catalog_builder *builder)
{
    msched__buffer json, text;
    msched__buffer_init(&json, &builder->allocator);
    msched__buffer_init(&text, &builder->allocator);
    builder->report.reasons = builder->reasons;
    msched__report_write_json(&builder->report, &json);
    msched__report_write_text(&builder->report, &text);
    msched__buffer_add(&text, "", 0);
    for (const msched__file_report *file = builder->report.files; file != NULL; file = file->next) {
        for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++) {
            catalog->unreadable_cells += file->columns[column].unreadable;
            catalog->conflicts += file->columns[column].conflicts;
        }
        for (const msched__note *note = file->notes; note != NULL; note = note->next)
            catalog->assumptions++;
    }
    catalog->report_json = json.data;
    catalog->report_text = text.data;
    catalog->memory_bytes += json.capacity + text.capacity;
    return !json.failed && !text.failed;
}

/* Members; an index without lists has none. */
static void fill_members(msched_catalog *catalog, const msched_catalog_builder *builder)
{
    msched__index *const indexes[MSCHED__LIST_KINDS] = {
        &catalog->artist_members, &catalog->genre_members, &catalog->subgenre_members};
    uint32_t *const singles[MSCHED__LIST_KINDS] = {
        &catalog->single_artists, &catalog->single_genres, &catalog->single_subgenres};
    for (size_t kind = 0; kind < MSCHED__LIST_KINDS; kind++) {
        const msched__built_lists *lists = &builder->lists[kind];
        const uint32_t count = count_of(catalog, kind);
        *singles[kind] = count;
        if (lists->starts == NULL) {
            indexes[kind]->starts = indexes[kind]->rows = NULL;
            continue;
        }
        memcpy(indexes[kind]->starts, lists->starts, ((size_t)count + 1) * sizeof *lists->starts);
        memcpy(indexes[kind]->rows, lists->rows, lists->row_count * sizeof *lists->rows);
        for (uint32_t item = 0; item < count; item++)
            *singles[kind] -= (uint32_t)!msched__is_single(indexes[kind], item);
    }
}

static void fill(msched_catalog *catalog, const msched_catalog_builder *builder)
{
    msched__refcount_init(&catalog->refs);
    catalog->allocator = lasting_allocator(builder);
    catalog->hash_key = msched__hash_key();
    catalog->prepares_by_threads = builder->options.threads != 1 &&
                                   builder->options.allocator == NULL;
    catalog->checks = &msched__late_checks;
    pthread_mutex_init(&catalog->late_lock, NULL);
    atomic_init(&catalog->checked, MSCHED__ALL_PARTS & ~MSCHED__LATE_PARTS);
    atomic_init(&catalog->damaged, 0);
    for (int slot = 0; slot < MSCHED__ATTACH_COUNT; slot++)
        atomic_init(&catalog->attached[slot], NULL);
    catalog->rows_skipped = builder->rows_skipped;
    catalog->skip_reason_count = (uint32_t)builder->reason_count;
    if (builder->reason_count > 0)
        memcpy(catalog->skip_reasons, builder->reasons,
               builder->reason_count * sizeof *builder->reasons);
    fill_names(&builder->artists, catalog->artist_name, NULL);
    fill_names(&builder->albums, catalog->album_id, catalog->album_name);
    fill_names(&builder->playlists, catalog->playlist_id, catalog->playlist_name);
    fill_names(&builder->genres, catalog->genre_name, NULL);
    fill_names(&builder->subgenres, catalog->subgenre_name, NULL);
    fill_members(catalog, builder);
}

/* Free what the catalog does not need, before its columns are allocated. */
static void free_tables(msched_catalog_builder *builder)
{
    msched__intern_free_slots(&builder->artists);
    msched__intern_free_slots(&builder->albums);
}

/*
 * The names of the artists as the input wrote them, because recordings are told apart by them. NULL
 * when out of memory.
 */
static uint32_t *copy_artist_names(const msched_catalog_builder *builder)
{
    const size_t bytes = builder->artists.count * sizeof *builder->artists.offsets;
    const msched_allocator allocator = lasting_allocator(builder);
    uint32_t *names = msched__alloc_array(&allocator, bytes, 1);
    if (names != NULL && bytes > 0)
        memcpy(names, builder->artists.offsets, bytes);
    return names;
}

msched_result msched_catalog_builder_finish(msched_catalog **out, msched_catalog_builder *builder,
                                            msched_error *err)
{
    if (out != NULL)
        *out = NULL;
    if (out == NULL || builder == NULL) {
        msched_catalog_builder_free(builder);
        return msched__fail_null(err, out == NULL ? "out" : "builder");
    }
    msched__ahead_stop(builder); /* from here on, memory moves */
    uint32_t *names = copy_artist_names(builder);
    msched_result result = names == NULL ? MSCHED_ERROR_MEMORY
                                         : msched__builder_split_lists(builder, err);
    free_tables(builder);
    msched_catalog *catalog = result == MSCHED_OK && fit(builder) ? allocate(builder) : NULL;
    if (catalog != NULL) {
        fill(catalog, builder);
        if (builder->lists[MSCHED__LIST_ARTISTS].starts != NULL) {
            catalog->late_artist_name = names;
            names = NULL;
        }
        const int taken = take_durations(catalog, builder) && take_id_slots(catalog, builder);
        take_columns(catalog, builder);
        take_text(catalog, builder);
        if (taken && take_report(catalog, builder))
            *out = catalog;
        else
            msched__catalog_free(catalog);
    }
    msched__free(&builder->allocator, names);
    msched_catalog_builder_free(builder);
    return *out == NULL ? msched__fail_memory(err) : MSCHED_OK;
}
