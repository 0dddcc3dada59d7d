/* Turn rows into tracks and entries. */
#include "catalog/build/builder.h"

#include "base/alloc.h"
#include "base/hash.h"
#include "base/options.h"
#include "catalog/build/builder_ahead.h"
#include "catalog/build/builder_compare.h"
#include "catalog/build/members.h"
#include "catalog/build/play_counts.h"
#include "catalog/cells/row.h"

#include <string.h>

/* About how many bytes the tables and columns of the catalog need for a row. */
#define TABLE_ROW_BYTES 240

static int resize_tracks(msched_catalog_builder *builder, size_t capacity)
{
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    const size_t count = msched__track_columns(builder, columns);
    if (!msched__resize_columns(builder, columns, count, capacity))
        return 0;
    builder->track_capacity = capacity;
    return 1;
}

static int resize_entries(msched_catalog_builder *builder, size_t capacity)
{
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    const size_t count = msched__entry_columns(builder, columns);
    if (!msched__resize_columns(builder, columns, count, capacity))
        return 0;
    builder->entry_capacity = capacity;
    return 1;
}

/* Room for one more item in columns that have room for `capacity`. */
static size_t more_than(size_t capacity)
{
    return capacity == 0 ? 16 : capacity * 2;
}

/*
 * Large files have fewer albums and artists per row than their first rows, and slots of a dense
 * table share cache lines; to grow takes little.
 */
#define MOST_EXPECTED_NAMES (UINT32_C(1) << 15)
static uint32_t at_most(uint32_t number, uint32_t most)
{
    return number < most ? number : most;
}

/*
 * Memory that is reserved but never written costs nothing. All slots are written, so their number
 * is estimated a little lower. Later rows have fewer new texts, so the pool gets less than its
 * share, and it comes last, so that what stays unused of it does not lie between the others.
 */
void msched__builder_expect(msched_catalog_builder *builder, uint32_t rows)
{
    const msched_allocator *allocator = &builder->allocator;
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    uint64_t row_bytes = TABLE_ROW_BYTES;
    for (size_t i = msched__track_columns(builder, columns); i-- > 0;)
        row_bytes += columns[i].item_size;
    for (size_t i = msched__entry_columns(builder, columns); i-- > 0;)
        row_bytes += columns[i].item_size;
    size_t times = builder->entry_count == 0 ? 0 : rows / builder->entry_count;
    msched__large_reserve(allocator, rows * row_bytes + times * builder->pool.size);
    if (rows > builder->track_capacity)
        resize_tracks(builder, rows);
    if (rows > builder->entry_capacity)
        resize_entries(builder, rows);
    msched__intern_expect(&builder->ids, rows / 8 * 7);
    msched__intern_expect(&builder->albums, at_most(rows / 8 * 5, MOST_EXPECTED_NAMES));
    msched__intern_expect(&builder->artists, at_most(rows / 3, MOST_EXPECTED_NAMES / 2));
    if (times > 0)
        msched__text_pool_reserve(&builder->pool, builder->pool.size * times / 4 * 3);
    msched__ahead_start(builder);
}

/*
 * First make room for everything that a row can add, so that the rest cannot fail and a row is
 * added completely or not at all.
 */
static int reserve(msched_catalog_builder *builder, size_t text_bytes)
{
    const msched__text_pool *pool = &builder->pool;
    if (text_bytes + 1 > pool->capacity - pool->size)
        msched__ahead_stop(builder);
    return msched__text_pool_reserve(&builder->pool, text_bytes) &&
           msched__intern_reserve(&builder->playlists) &&
           msched__intern_reserve(&builder->genres) &&
           msched__intern_reserve(&builder->subgenres) &&
           (builder->entry_count < builder->entry_capacity ||
            resize_entries(builder, more_than(builder->entry_capacity)));
}

/* The same for what only the first row of a track adds. */
static int reserve_track(msched_catalog_builder *builder)
{
    msched__built_lists *artists = &builder->lists[MSCHED__LIST_ARTISTS];
    return (builder->artists.count < artists->split_capacity ||
            msched__grow(&builder->allocator, (void **)&artists->split, &artists->split_capacity,
                         (size_t)builder->artists.count + 1, sizeof *artists->split)) &&
           msched__intern_reserve(&builder->ids) && msched__intern_reserve(&builder->artists) &&
           msched__intern_reserve(&builder->albums) &&
           (builder->ids.count < builder->track_capacity ||
            resize_tracks(builder, more_than(builder->track_capacity)));
}

/*
 * Memory for this many items is mapped together while they are added; it must not exceed the number
 * that will come.
 */
#define POPULATED_ITEMS ((size_t)16384)
static void populate(const msched_catalog_builder *builder, const msched__built_column *columns,
                     size_t count, size_t item, size_t capacity)
{
    const size_t items = capacity - item < POPULATED_ITEMS ? capacity - item : POPULATED_ITEMS;
    for (size_t i = 0; i < count; i++)
        msched__populate(&builder->allocator, *columns[i].items, item * columns[i].item_size,
                         items * columns[i].item_size);
}

static void populate_tracks(msched_catalog_builder *builder, size_t track)
{
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    const size_t count = msched__track_columns(builder, columns);
    if (builder->ahead == NULL)
        populate(builder, columns, count, track, builder->track_capacity);
    msched__ahead_tell(builder);
}

static void populate_entries(msched_catalog_builder *builder, size_t entry)
{
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    const size_t count = msched__entry_columns(builder, columns);
    if (builder->ahead == NULL)
        populate(builder, columns, count, entry, builder->entry_capacity);
    msched__ahead_tell(builder);
}

static uint32_t intern_hashed(msched__intern *table, const msched__slice *parts, size_t part_count,
                              uint64_t hash)
{
    uint32_t item = msched__intern_find(table, parts, part_count, hash);
    return item != MSCHED__NONE ? item : msched__intern_add(table, parts, part_count, hash);
}

static uint32_t intern(msched__intern *table, const msched__slice *parts, size_t part_count)
{
    return intern_hashed(table, parts, part_count, msched__intern_hash(parts, part_count));
}

/*
 * As intern, but MSCHED__NONE if no part has text. `guess` is tried first, because rows of a
 * playlist are usually consecutive.
 */
static uint32_t intern_known(msched__intern *table, const msched__slice *parts, size_t part_count,
                             uint32_t guess)
{
    if (msched__intern_is(table, guess, parts, part_count))
        return guess;
    size_t size = 0;
    for (size_t i = 0; i < part_count; i++)
        size += parts[i].size;
    return size == 0 ? MSCHED__NONE : intern(table, parts, part_count);
}

/* The separators in the name of an artist are looked for while it is in the cache. */
static uint32_t intern_artist(msched_catalog_builder *builder, const msched__values *values)
{
    const uint32_t artist = intern_hashed(
        &builder->artists, &values->text[MSCHED__COLUMN_TRACK_ARTIST], 1, values->artist_hash);
    msched__built_lists *lists = &builder->lists[MSCHED__LIST_ARTISTS];
    if (artist == lists->looked && !builder->options.strict) {
        lists->split[artist] = (uint8_t)msched__separators_of(&builder->pool,
                                                              builder->artists.offsets[artist]);
        lists->looked++;
    }
    return artist;
}

static void add_track(msched_catalog_builder *builder, const msched__values *values, uint64_t line)
{
    const msched__slice *text = values->text, *album = &text[MSCHED__COLUMN_ALBUM_ID];
    const uint32_t artist = intern_artist(builder, values);
    uint32_t index = msched__intern_add(&builder->ids, &text[MSCHED__COLUMN_TRACK_ID], 1,
                                        values->id_hash);
    if (index % POPULATED_ITEMS == 0)
        populate_tracks(builder, index);
    const msched__built_tracks *tracks = &builder->tracks;
    tracks->name[index] = msched__text_pool_put(&builder->pool, text[MSCHED__COLUMN_TRACK_NAME]);
    tracks->artist[index] = artist;
    tracks->album[index] = album[0].size + album[1].size == 0
                               ? MSCHED__NONE
                               : intern_hashed(&builder->albums, album, 2, values->album_hash);
    tracks->duration[index] = values->duration;
    tracks->popularity[index] = (uint8_t)values->popularity;
    tracks->year[index] = (int16_t)values->date.year;
    tracks->month[index] = values->date.month;
    tracks->day[index] = values->date.day;
    tracks->open[index] = (uint8_t)((values->date_undecided ? MSCHED__OPEN_DATE : 0) |
                                    (values->plain_duration ? MSCHED__OPEN_DURATION : 0));
    if (tracks->line != NULL)
        tracks->line[index] = line;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++)
        tracks->feature[f][index] = values->feature[f];
}

static void add_entry(msched_catalog_builder *builder, uint32_t track, const msched__values *values)
{
    const msched__slice *text = values->text;
    const msched__built_entries *entries = &builder->entries;
    const size_t entry = builder->entry_count;
    uint32_t playlist = MSCHED__NONE, genre = MSCHED__NONE, subgenre = MSCHED__NONE;
    if (entry % POPULATED_ITEMS == 0)
        populate_entries(builder, entry);
    if (entry > 0) {
        playlist = entries->playlist[entry - 1];
        genre = entries->genre[entry - 1];
        subgenre = entries->subgenre[entry - 1];
    }
    if (!values->same_place || entry == 0) {
        playlist = intern_known(&builder->playlists, &text[MSCHED__COLUMN_PLAYLIST_ID], 2,
                                playlist);
        genre = intern_known(&builder->genres, &text[MSCHED__COLUMN_GENRE], 1, genre);
        subgenre = intern_known(&builder->subgenres, &text[MSCHED__COLUMN_SUBGENRE], 1, subgenre);
    }
    entries->track[entry] = track;
    entries->playlist[entry] = playlist;
    entries->genre[entry] = genre;
    entries->subgenre[entry] = subgenre;
    entries->popularity[entry] = (uint8_t)values->popularity;
    builder->entry_count++;
    if (builder->report.last_file != NULL)
        builder->report.last_file->rows++;
}

static msched_result check_room(const msched_catalog_builder *builder, size_t text_bytes,
                                const msched__row_place *place, msched_error *err)
{
    if (builder->entry_count >= builder->options.max_rows ||
        builder->entry_count >= MSCHED__NONE - 1)
        return msched__fail_at(err, MSCHED_ERROR_LIMIT, place->line, 0,
                               "%s:%llu: more than %llu rows: raise max_rows to load them",
                               place->source, (unsigned long long)place->line,
                               (unsigned long long)builder->entry_count);
    if (text_bytes > (UINT32_MAX - 1024 - builder->pool.size) / 4)
        return msched__fail_at(err, MSCHED_ERROR_LIMIT, place->line, 0,
                               "%s:%llu: the texts of a catalog are limited to 4 GiB",
                               place->source, (unsigned long long)place->line);
    return MSCHED_OK;
}

void msched__hash_values(msched__values *values)
{
    const msched__slice *id = &values->text[MSCHED__COLUMN_TRACK_ID],
                        *artist = &values->text[MSCHED__COLUMN_TRACK_ARTIST];
    values->id_hash = msched__hash(id->data, id->size);
    values->artist_hash = msched__hash(artist->data, artist->size);
    values->album_hash = msched__intern_hash(&values->text[MSCHED__COLUMN_ALBUM_ID], 2);
}

void msched__builder_announce(const msched_catalog_builder *builder, const msched__values *values,
                              enum msched__announcement step)
{
    const msched__intern *const tables[] = {&builder->ids, &builder->artists, &builder->albums};
    const uint64_t hashes[] = {values->id_hash, values->artist_hash, values->album_hash};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (step == MSCHED__ANNOUNCE_SLOTS)
            msched__intern_prefetch(tables[i], hashes[i]);
        else if (step == MSCHED__ANNOUNCE_OFFSETS)
            msched__intern_prefetch_offset(tables[i], hashes[i]);
        else
            msched__intern_prefetch_text(tables[i], hashes[i]);
    }
}

msched_result msched__builder_add_values(msched_catalog_builder *builder,
                                         const msched__values *values,
                                         const msched__row_place *place, msched_error *err)
{
    const msched__slice *text = values->text;
    size_t bytes = 0;
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++)
        bytes += text[column].size + 1;
    msched_result result = check_room(builder, bytes, place, err);
    if (result != MSCHED_OK)
        return result;
    uint32_t track = msched__intern_find(&builder->ids, &text[MSCHED__COLUMN_TRACK_ID], 1,
                                         values->id_hash);
    if (track != MSCHED__NONE)
        result = msched__builder_compare(builder, track, values, place, err);
    if (result != MSCHED_OK)
        return result;
    if (!reserve(builder, bytes) || (track == MSCHED__NONE && !reserve_track(builder)))
        return msched__fail_memory(err);
    if (msched__plays_are_counted(builder) && !msched__plays_add(builder, values->plays))
        return msched__fail_memory(err);
    if (track == MSCHED__NONE) {
        track = builder->ids.count;
        add_track(builder, values, place->line);
    }
    add_entry(builder, track, values);
    return MSCHED_OK;
}

const msched_catalog_options *msched__builder_options(const msched_catalog_builder *builder)
{
    return &builder->options;
}

msched_result msched__catalog_options_read(msched_catalog_options *known,
                                           const msched_catalog_options *given, msched_error *err)
{
    msched_catalog_options_init(known, sizeof *known);
    msched_result result = msched__options_read(known, sizeof *known, given,
                                                "msched_catalog_options", err);
    if (result != MSCHED_OK)
        return result;
    if (known->skip_bad_rows > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "skip_bad_rows must be 0 or 1");
    for (size_t i = 0; i < sizeof known->reserved / sizeof known->reserved[0]; i++)
        if (known->reserved[i] != 0)
            return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                                "msched_catalog_options.reserved must be 0");
    if (known->threads > 4)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "threads must be 0 to 4");
    if (known->strict > 1)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "strict must be 0 or 1");
    if (known->saved_check > MSCHED_SAVED_CHECK_NOTHING)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT, "saved_check must be 0, 1 or 2");
    if (known->default_duration_ms > 86400000)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "default_duration_ms must be at most 86,400,000");
    if (known->strict && known->delimiter == 0)
        known->delimiter = ',';
    known->max_skip_reasons = known->max_skip_reasons == 0 ? 100 : known->max_skip_reasons;
    known->max_bytes = known->max_bytes == 0 ? UINT32_MAX : known->max_bytes;
    known->max_rows = known->max_rows == 0 ? 100000000 : known->max_rows;
    known->max_row_bytes = known->max_row_bytes == 0 ? 1u << 20 : known->max_row_bytes;
    known->max_field_bytes = known->max_field_bytes == 0 ? 1u << 16 : known->max_field_bytes;
    return MSCHED_OK;
}

/* The caller's allocator; without one, the allocator for large arrays. */
static msched_allocator allocator_for(const msched_catalog_options *options,
                                      msched__large_range *range)
{
    const msched_allocator large = msched__large_allocator(range);
    return msched__allocator_copy(options->allocator != NULL ? options->allocator : &large);
}

msched_result msched_catalog_builder_create(msched_catalog_builder **out,
                                            const msched_catalog_options *options,
                                            msched_error *err)
{
    if (out == NULL)
        return msched__fail_null(err, "out");
    *out = NULL;
    msched_catalog_options known;
    msched_result result = msched__catalog_options_read(&known, options, err);
    if (result != MSCHED_OK)
        return result;
    msched_allocator allocator = allocator_for(&known, NULL);
    msched_catalog_builder *builder = msched__alloc_zero(&allocator, 1, sizeof *builder);
    if (builder == NULL)
        return msched__fail_memory(err);
    allocator = allocator_for(&known, &builder->range);
    builder->options = known;
    builder->allocator = allocator;
    msched__text_pool_init(&builder->pool, &allocator);
    msched__report_init(&builder->report, &allocator);
    msched__intern_init(&builder->ids, &builder->pool);
    msched__intern_init(&builder->artists, &builder->pool);
    msched__intern_init(&builder->albums, &builder->pool);
    msched__intern_init(&builder->playlists, &builder->pool);
    msched__intern_init(&builder->genres, &builder->pool);
    msched__intern_init(&builder->subgenres, &builder->pool);
    *out = builder;
    return MSCHED_OK;
}

void msched_catalog_builder_free(msched_catalog_builder *builder)
{
    if (builder == NULL)
        return;
    msched__ahead_stop(builder);
    msched__intern *const tables[] = {&builder->ids,       &builder->artists, &builder->albums,
                                      &builder->playlists, &builder->genres,  &builder->subgenres};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        msched__intern_free(tables[i]);
    msched__text_pool_free(&builder->pool);
    msched__report_free(&builder->report);
    msched_allocator allocator = builder->allocator;
    msched__built_column columns[MSCHED__BUILT_COLUMNS];
    for (size_t i = msched__track_columns(builder, columns); i-- > 0;)
        msched__free(&allocator, *columns[i].items);
    for (size_t i = msched__entry_columns(builder, columns); i-- > 0;)
        msched__free(&allocator, *columns[i].items);
    for (size_t kind = 0; kind < MSCHED__LIST_KINDS; kind++) {
        msched__free(&allocator, builder->lists[kind].split);
        msched__free(&allocator, builder->lists[kind].starts);
        msched__free(&allocator, builder->lists[kind].rows);
    }
    msched__plays_free(builder);
    msched__free(&allocator, builder->reasons);
    msched__large_end(&builder->range);
    msched__free(&allocator, builder);
}
