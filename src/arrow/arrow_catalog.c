/* Tracks and entries of a catalog as Arrow tables. */
#include "arrow/arrow_catalog.h"

#include "arrow/arrow_table.h"
#include "base/error.h"
#include "catalog/catalog_check.h"

#include <string.h>

/* The texts of `count` offsets into the catalog's text, concatenated as Arrow requires. */
typedef struct texts {
    int32_t *offsets;
    char *bytes;
} texts;

/* `rows` picks the values (NULL: 0, 1, 2 ..); a row of MSCHED__NONE gives "". */
static texts gather_texts(msched__arrow_table *table, const msched_catalog *catalog,
                          const uint32_t *values, const uint32_t *rows, uint32_t count)
{
    texts out = {msched__arrow_alloc(table, (size_t)count + 1, sizeof(int32_t)), NULL};
    if (out.offsets == NULL)
        return out;
    size_t total = 0, size = 0;
    uint32_t before = MSCHED__NONE; /* rows of one playlist or album mostly stand together */
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = rows == NULL ? i : rows[i];
        out.offsets[i] = (int32_t)total;
        if (row != before)
            size = row == MSCHED__NONE ? 0 : strlen(msched__catalog_text(catalog, values[row]));
        before = row;
        total += size;
    }
    /* the catalog's text is below 2 GiB: its offsets have 32 bits and inputs 4 GiB */
    out.offsets[count] = (int32_t)total;
    out.bytes = total > INT32_MAX ? NULL : msched__arrow_alloc(table, total, 1);
    if (out.bytes == NULL) {
        msched__arrow_alloc(table, SIZE_MAX, 2); /* remembered as a failure */
        return out;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = rows == NULL ? i : rows[i];
        if (row != MSCHED__NONE)
            memcpy(out.bytes + out.offsets[i], msched__catalog_text(catalog, values[row]),
                   (size_t)(out.offsets[i + 1] - out.offsets[i]));
    }
    return out;
}

static void add_plain(msched__arrow_table *table, const char *name, const msched_catalog *catalog,
                      const uint32_t *values, const uint32_t *rows, uint32_t count)
{
    texts plain = gather_texts(table, catalog, values, rows, count);
    if (plain.bytes != NULL)
        msched__arrow_add_text(table, name, plain.offsets, plain.bytes);
}

static void add_coded(msched__arrow_table *table, const char *name, const msched_catalog *catalog,
                      const uint32_t *values, uint32_t value_count, const uint32_t *codes)
{
    texts dictionary = gather_texts(table, catalog, values, NULL, value_count);
    if (dictionary.bytes != NULL && codes != NULL)
        msched__arrow_add_dictionary(table, name, codes, dictionary.offsets, dictionary.bytes,
                                     value_count);
}

void msched__arrow_add_members(msched__arrow_table *table, const char *name,
                               const msched_catalog *catalog, msched__arrow_member_fn member,
                               const uint32_t *rows, uint32_t count)
{
    int32_t *lists = msched__arrow_alloc(table, (size_t)count + 1, sizeof *lists);
    uint64_t items = 0, size = 0;
    const char *text;
    for (uint32_t i = 0; lists != NULL && i < count && items < INT32_MAX; i++) {
        lists[i] = (int32_t)items;
        for (uint32_t n = 0; (text = member(catalog, rows == NULL ? i : rows[i], n)) != NULL; n++) {
            items++;
            size += strlen(text);
        }
    }
    if (lists == NULL || items >= INT32_MAX || size > INT32_MAX) {
        msched__arrow_alloc(table, SIZE_MAX, 2); /* remembered as a failure */
        return;
    }
    lists[count] = (int32_t)items;
    int32_t *offsets = msched__arrow_alloc(table, (size_t)items + 1, sizeof *offsets);
    char *bytes = msched__arrow_alloc(table, (size_t)size, 1);
    if (offsets == NULL || bytes == NULL)
        return;
    offsets[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t n = 0; (text = member(catalog, rows == NULL ? i : rows[i], n)) != NULL; n++) {
            const size_t length = strlen(text);
            memcpy(bytes + *offsets, text, length);
            offsets[1] = offsets[0] + (int32_t)length;
            offsets++;
        }
    }
    msched__arrow_add_lists(table, name, lists, offsets - items, bytes);
}

/* values[rows[i]] for each i: with 4-byte items. NULL rows: the values themselves. */
static const uint32_t *gather_codes(msched__arrow_table *table, const uint32_t *values,
                                    const uint32_t *rows, uint32_t count)
{
    if (rows == NULL)
        return values;
    uint32_t *out = msched__arrow_alloc(table, count, sizeof *out);
    for (uint32_t i = 0; out != NULL && i < count; i++)
        out[i] = rows[i] == MSCHED__NONE ? MSCHED__NONE : values[rows[i]];
    return out;
}

/* Whole numbers of 1, 2 or 4 bytes, one of which means "unknown". */
static inline uint32_t whole(const char *format, const void *values, uint32_t i)
{
    return format[0] == 'C'   ? ((const uint8_t *)values)[i]
           : format[0] == 's' ? (uint32_t)((const int16_t *)values)[i]
                              : ((const uint32_t *)values)[i];
}

static void add_known(msched__arrow_table *table, const char *name, const char *format,
                      const void *values, uint32_t unknown, uint32_t count)
{
    const size_t bytes = ((size_t)count + 7) / 8;
    int64_t nulls = 0;
    for (uint32_t i = 0; i < count; i++)
        nulls += whole(format, values, i) == unknown;
    uint8_t *valid = nulls == 0 ? NULL : msched__arrow_alloc(table, bytes, 1);
    if (valid != NULL)
        memset(valid, 0, bytes);
    for (uint32_t i = 0; valid != NULL && i < count; i++)
        valid[i / 8] |= (uint8_t)((whole(format, values, i) != unknown) << i % 8);
    msched__arrow_add_numbers(table, name, format, values, valid, nulls);
}

static void add_feature(msched__arrow_table *table, const msched_catalog *catalog, uint32_t feature,
                        const uint32_t *rows, uint32_t count)
{
    const double *values = catalog->feature[feature].values;
    if (rows != NULL || catalog->feature[feature].codes != NULL) {
        double *out = msched__arrow_alloc(table, count, sizeof *out);
        for (uint32_t i = 0; out != NULL && i < count; i++)
            out[i] = msched__feature_of(catalog, feature, rows == NULL ? i : rows[i]);
        values = out;
    }
    if (values != NULL)
        msched__arrow_add_doubles(table, msched_feature_name(feature), values);
}

static size_t write_digits(char *out, unsigned value, unsigned digits)
{
    for (unsigned i = digits; i-- > 0; value /= 10)
        out[i] = (char)('0' + value % 10);
    return digits;
}

/*
 * Add the release dates twice: as text with the precision of the file, "" if unknown, and as dates.
 * Arrow dates are days, so a date without a known day is null.
 */
static void add_dates(msched__arrow_table *table, const msched_catalog *catalog,
                      const uint32_t *rows, uint32_t count)
{
    msched__date *dates = msched__arrow_alloc(table, count, sizeof *dates);
    int32_t *offsets = msched__arrow_alloc(table, (size_t)count + 1, sizeof *offsets);
    char *bytes = msched__arrow_alloc(table, count, 10);
    if (dates == NULL || offsets == NULL || bytes == NULL)
        return;
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t track = rows == NULL ? i : rows[i];
        offsets[i] = (int32_t)used;
        dates[i] = (msched__date){catalog->release_year[track], catalog->release_month[track],
                                  catalog->release_day[track]};
        if (catalog->release_year[track] == 0)
            continue;
        used += write_digits(bytes + used, (unsigned)catalog->release_year[track], 4);
        const unsigned parts[2] = {catalog->release_month[track], catalog->release_day[track]};
        for (int p = 0; p < 2 && parts[p] != 0; p++) {
            bytes[used++] = '-';
            used += write_digits(bytes + used, parts[p], 2);
        }
    }
    offsets[count] = (int32_t)used;
    msched__arrow_add_text(table, "track_album_release_date", offsets, bytes);
    msched__arrow_add_dates(table, "release_date", dates);
}

/* Columns that a track has; `rows` are the tracks of all entries, NULL: the tracks themselves. */
static void add_track_columns(msched__arrow_table *table, const msched_catalog *catalog,
                              const uint32_t *rows, uint32_t count)
{
    add_plain(table, "track_name", catalog, catalog->track_name, rows, count);
    add_coded(table, "track_artist", catalog, catalog->artist_name, catalog->artist_count,
              gather_codes(table, catalog->track_artist, rows, count));
    msched__arrow_add_members(table, "artists", catalog, msched_catalog_track_artist, rows, count);
    add_known(table, "track_popularity", "C",
              rows == NULL ? catalog->popularity : catalog->entry_popularity,
              MSCHED__POPULARITY_UNKNOWN, count);
    const uint32_t *albums = gather_codes(table, catalog->track_album, rows, count);
    if (albums != NULL) {
        add_plain(table, "track_album_id", catalog, catalog->album_id, albums, count);
        add_plain(table, "track_album_name", catalog, catalog->album_name, albums, count);
    }
    add_dates(table, catalog, rows, count);
}

static void add_number_columns(msched__arrow_table *table, const msched_catalog *catalog,
                               const uint32_t *rows, uint32_t count)
{
    for (uint32_t f = 0; f < MSCHED_FEATURE_COUNT; f++)
        if (f != MSCHED_FEATURE_DURATION_MS)
            add_feature(table, catalog, f, rows, count);
    const uint32_t *durations = gather_codes(table, catalog->duration_ms, rows, count);
    if (durations != NULL)
        add_known(table, "duration_ms", "I", durations, 0, count);
}

msched_result msched_catalog_export_entries(const msched_catalog *catalog,
                                            struct ArrowArrayStream *stream, msched_error *err)
{
    if (catalog == NULL || stream == NULL)
        return msched__fail_null(err, catalog == NULL ? "catalog" : "stream");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    const uint32_t count = catalog->entry_count, *rows = catalog->entry_track;
    msched__arrow_table *table = msched__arrow_table_create(count, catalog);
    if (table == NULL)
        return msched__fail_memory(err);
    add_coded(table, "track_id", catalog, catalog->track_id, catalog->track_count, rows);
    add_track_columns(table, catalog, rows, count);
    add_plain(table, "playlist_name", catalog, catalog->playlist_name, catalog->entry_playlist,
              count);
    /*
     * In plain text: two playlists of different names may have one id, and dictionaries hold every
     * text once.
     */
    add_plain(table, "playlist_id", catalog, catalog->playlist_id, catalog->entry_playlist, count);
    add_coded(table, "playlist_genre", catalog, catalog->genre_name, catalog->genre_count,
              catalog->entry_genre);
    msched__arrow_add_members(table, "genres", catalog, msched_catalog_entry_genre, NULL, count);
    add_coded(table, "playlist_subgenre", catalog, catalog->subgenre_name, catalog->subgenre_count,
              catalog->entry_subgenre);
    msched__arrow_add_members(table, "subgenres", catalog, msched_catalog_entry_subgenre, NULL,
                              count);
    add_number_columns(table, catalog, rows, count);
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_catalog_export_tracks(const msched_catalog *catalog,
                                           struct ArrowArrayStream *stream, msched_error *err)
{
    if (catalog == NULL || stream == NULL)
        return msched__fail_null(err, catalog == NULL ? "catalog" : "stream");
    const msched_result needed = msched__catalog_need_all(catalog, err);
    if (needed != MSCHED_OK)
        return needed;
    const uint32_t count = catalog->track_count;
    msched__arrow_table *table = msched__arrow_table_create(count, catalog);
    if (table == NULL)
        return msched__fail_memory(err);
    add_plain(table, "track_id", catalog, catalog->track_id, NULL, count);
    add_track_columns(table, catalog, NULL, count);
    add_number_columns(table, catalog, NULL, count);
    msched__arrow_add_numbers(table, "artist_index", "I", catalog->track_artist, NULL, 0);
    msched__arrow_add_numbers(table, "recording_index", "I", catalog->track_recording, NULL, 0);
    return msched__arrow_table_finish(table, stream, err);
}

msched_result msched_catalog_export_numbers(const msched_catalog *catalog,
                                            struct ArrowArrayStream *stream, msched_error *err)
{
    if (catalog == NULL || stream == NULL)
        return msched__fail_null(err, catalog == NULL ? "catalog" : "stream");
    const uint32_t parts = MSCHED__FEATURE_PARTS | UINT32_C(1) << MSCHED__PART_TRACKS,
                   count = catalog->track_count;
    const msched_result needed = msched__catalog_need(catalog, parts, err);
    if (needed != MSCHED_OK)
        return needed;
    msched__arrow_table *table = msched__arrow_table_create(count, catalog);
    if (table == NULL)
        return msched__fail_memory(err);
    add_known(table, "track_popularity", "C", catalog->popularity, MSCHED__POPULARITY_UNKNOWN,
              count);
    add_known(table, "release_year", "s", catalog->release_year, 0, count);
    add_known(table, "release_month", "C", catalog->release_month, 0, count);
    add_known(table, "release_day", "C", catalog->release_day, 0, count);
    add_number_columns(table, catalog, NULL, count);
    msched__arrow_add_numbers(table, "artist_index", "I", catalog->track_artist, NULL, 0);
    msched__arrow_add_numbers(table, "recording_index", "I", catalog->track_recording, NULL, 0);
    return msched__arrow_table_finish(table, stream, err);
}
