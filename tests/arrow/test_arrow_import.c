/*
 * Imports: every type that the header names, nulls, slices, several batches, and streams that lie
 * or fail.
 */
#include "../failing.h"
#include "../testing.h"

#include <math.h>

#include <musicsched/arrow.h>

#define MAX_COLUMNS 12

/* A column over static data, in the words of the C data interface. */
typedef struct source_column {
    const char *name, *format;
    int64_t length, offset, buffer_count;
    const void *buffers[4];
    const struct source_column *dictionary;
} source_column;

/* A stream of `batches` equal batches over static columns, which may fail. */
typedef struct source {
    const source_column *columns[MAX_COLUMNS];
    int64_t column_count, rows, offset;
    int batches, fail_schema, fail_next, short_of_columns;
    const char *error;
    int streams_held, schemas_held, batches_held;
    struct ArrowSchema schema_parts[2 * MAX_COLUMNS], *schema_pointers[MAX_COLUMNS];
    struct ArrowArray array_parts[2 * MAX_COLUMNS], *array_pointers[MAX_COLUMNS];
} source;

static void release_schema(struct ArrowSchema *schema)
{
    ((source *)schema->private_data)->schemas_held--;
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array)
{
    ((source *)array->private_data)->batches_held--;
    array->release = NULL;
}

static void release_nothing(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    source *from = stream->private_data;
    if (from->fail_schema)
        return 5;
    *out = (struct ArrowSchema){.format = "+s",
                                .name = "",
                                .n_children = from->column_count,
                                .children = from->schema_pointers,
                                .release = release_schema,
                                .private_data = from};
    for (int64_t c = 0; c < from->column_count; c++) {
        const source_column *column = from->columns[c];
        struct ArrowSchema *part = &from->schema_parts[2 * c];
        part[0] = (struct ArrowSchema){
            .format = column->format, .name = column->name, .release = release_nothing};
        if (column->dictionary != NULL) {
            part[1] = (struct ArrowSchema){
                .format = column->dictionary->format, .name = "", .release = release_nothing};
            part[0].dictionary = &part[1];
        }
        from->schema_pointers[c] = part;
    }
    from->schemas_held++;
    return 0;
}

static struct ArrowArray array_of(const source_column *column)
{
    return (struct ArrowArray){.length = column->length,
                               .null_count = -1,
                               .offset = column->offset,
                               .n_buffers = column->buffer_count,
                               .buffers = (const void **)(uintptr_t)column->buffers};
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    source *from = stream->private_data;
    *out = (struct ArrowArray){0};
    if (from->fail_next)
        return 5;
    if (from->batches-- <= 0)
        return 0;
    *out = (struct ArrowArray){.length = from->rows,
                               .offset = from->offset,
                               .n_children = from->column_count - from->short_of_columns,
                               .children = from->array_pointers,
                               .release = release_array,
                               .private_data = from};
    for (int64_t c = 0; c < from->column_count; c++) {
        struct ArrowArray *part = &from->array_parts[2 * c];
        part[0] = array_of(from->columns[c]);
        if (from->columns[c]->dictionary != NULL) {
            part[1] = array_of(from->columns[c]->dictionary);
            part[0].dictionary = &part[1];
        }
        from->array_pointers[c] = part;
    }
    from->batches_held++;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    return ((source *)stream->private_data)->error;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    ((source *)stream->private_data)->streams_held--;
    stream->release = NULL;
}

/* Whatever happens, everything taken from the stream is released, and the stream too. */
static msched_result import_with(source *from, msched_catalog **out,
                                 const msched_catalog_options *options, msched_error *err)
{
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, from};
    *err = (msched_error){0};
    from->streams_held = 1;
    msched_result result = msched_catalog_import_arrow(out, &stream, options, err);
    assert_int_equal(from->streams_held, 0);
    assert_int_equal(from->schemas_held, 0);
    assert_int_equal(from->batches_held, 0);
    if (result != MSCHED_OK) {
        assert_null(*out);
        assert_int_equal(err->code, result);
        assert_true(err->message[0] != '\0');
    }
    return result;
}

/* Three rows. */
static const int32_t id_offsets[] = {0, 1, 2, 3};
static const source_column ids = {"track_id", "u", 3, 0, 3, {NULL, id_offsets, "abc"}, NULL};
static const int64_t name_offsets[] = {0, 3, 6, 12};
static const source_column names = {"track_name", "U", 3, 0, 3, {NULL, name_offsets, "OneTwoBjörk"},
                                    NULL};
static const int32_t artist_offsets[] = {0, 4, 8};
static const source_column artist_texts = {"",  "u", 2, 0, 3, {NULL, artist_offsets, "AbbaSade"},
                                           NULL};
static const int8_t artist_codes[] = {1, 0, 1};
static const source_column artists = {"track_artist",       "c",          3, 0, 2,
                                      {NULL, artist_codes}, &artist_texts};
static const int64_t popularity_values[] = {10, 20, 30};
static const source_column popularity = {"track_popularity",        "l", 3, 0, 2,
                                         {NULL, popularity_values}, NULL};
static const double duration_values[] = {1000, 2000, 3000};
static const source_column durations = {"duration_ms", "g", 3, 0, 2, {NULL, duration_values}, NULL};

static source plain_source(void)
{
    return (source){.columns = {&ids, &names, &artists, &popularity, &durations},
                    .column_count = 5,
                    .rows = 3,
                    .batches = 1};
}

static source with_column(const source_column *column)
{
    source from = plain_source();
    from.columns[from.column_count++] = column;
    return from;
}

static source with_column_at(int64_t place, const source_column *column)
{
    source from = plain_source();
    from.columns[place] = column;
    return from;
}

static msched_catalog *imported(source *from)
{
    msched_catalog *catalog;
    msched_error err;
    if (import_with(from, &catalog, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return catalog;
}

static msched_track track_at(const msched_catalog *catalog, uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    return track;
}

static void texts_dictionaries_and_numbers_are_read(void **state)
{
    (void)state;
    source from = plain_source();
    msched_catalog *catalog = imported(&from);
    msched_track track = track_at(catalog, 0);
    assert_string_equal(track.name, "One");
    assert_string_equal(track.artist, "Sade");
    assert_int_equal(track.popularity, 10);
    assert_int_equal(track.duration_ms, 1000);
    assert_int_equal(track.date_precision, MSCHED_DATE_UNKNOWN);
    assert_string_equal(track_at(catalog, 1).artist, "Abba");
    assert_string_equal(track_at(catalog, 2).name, "Björk");
    msched_catalog_unref(catalog);
}

static void numbers_of_every_type_are_read(void **state)
{
    (void)state;
    static const int8_t c[] = {10, 20, 30};
    static const uint8_t uc[] = {10, 20, 30};
    static const int16_t s[] = {10, 20, 30};
    static const uint16_t us[] = {10, 20, 30};
    static const int32_t i[] = {10, 20, 30};
    static const uint32_t ui[] = {10, 20, 30};
    static const int64_t l[] = {10, 20, 30};
    static const uint64_t ul[] = {10, 20, 30};
    static const float f[] = {10, 20, 30};
    static const double g[] = {10, 20, 30};
    static const source_column columns[] = {
        {"track_popularity", "c", 3, 0, 2, {NULL, c}, NULL},
        {"track_popularity", "C", 3, 0, 2, {NULL, uc}, NULL},
        {"track_popularity", "s", 3, 0, 2, {NULL, s}, NULL},
        {"track_popularity", "S", 3, 0, 2, {NULL, us}, NULL},
        {"track_popularity", "i", 3, 0, 2, {NULL, i}, NULL},
        {"track_popularity", "I", 3, 0, 2, {NULL, ui}, NULL},
        {"track_popularity", "l", 3, 0, 2, {NULL, l}, NULL},
        {"track_popularity", "L", 3, 0, 2, {NULL, ul}, NULL},
        {"track_popularity", "f", 3, 0, 2, {NULL, f}, NULL},
        {"track_popularity", "g", 3, 0, 2, {NULL, g}, NULL},
    };
    for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
        source from = with_column_at(3, &columns[k]);
        msched_catalog *catalog = imported(&from);
        for (uint32_t t = 0; t < 3; t++)
            assert_int_equal(track_at(catalog, t).popularity, 10 * (t + 1));
        msched_catalog_unref(catalog);
    }
}

static void dates_of_every_type_are_read(void **state)
{
    (void)state;
    static const int32_t days[] = {0, -1, 18000};
    static const int64_t ms[] = {86399999, -1, INT64_C(18000) * 86400000};
    static const int64_t s[] = {86399, -1, INT64_C(18000) * 86400};
    static const int64_t us[] = {1, -1, INT64_C(18000) * 86400000000};
    static const int64_t ns[] = {1, -1, INT64_C(18000) * 86400000000000};
    static const source_column columns[] = {
        {"track_album_release_date", "tdD", 3, 0, 2, {NULL, days}, NULL},
        {"track_album_release_date", "tdm", 3, 0, 2, {NULL, ms}, NULL},
        {"track_album_release_date", "tss:", 3, 0, 2, {NULL, s}, NULL},
        {"track_album_release_date", "tsm:UTC", 3, 0, 2, {NULL, ms}, NULL},
        {"track_album_release_date", "tsu:", 3, 0, 2, {NULL, us}, NULL},
        {"track_album_release_date", "tsn:", 3, 0, 2, {NULL, ns}, NULL},
    };
    static const int wanted[3][3] = {{1970, 1, 1}, {1969, 12, 31}, {2019, 4, 14}};
    for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++) {
        source from = with_column(&columns[k]);
        msched_catalog *catalog = imported(&from);
        for (uint32_t t = 0; t < 3; t++) {
            msched_track track = track_at(catalog, t);
            assert_int_equal(track.release_year, wanted[t][0]);
            assert_int_equal(track.release_month, wanted[t][1]);
            assert_int_equal(track.release_day, wanted[t][2]);
        }
        msched_catalog_unref(catalog);
    }
}

static void dates_may_be_text_of_any_precision(void **state)
{
    (void)state;
    static const int32_t offsets[] = {0, 4, 11, 21};
    static const source_column column = {
        "track_album_release_date", "u", 3, 0, 3, {NULL, offsets, "20192018-072017-06-30"}, NULL};
    source from = with_column(&column);
    msched_catalog *catalog = imported(&from);
    assert_int_equal(track_at(catalog, 0).date_precision, MSCHED_DATE_YEAR);
    assert_int_equal(track_at(catalog, 1).date_precision, MSCHED_DATE_MONTH);
    assert_int_equal(track_at(catalog, 2).release_day, 30);
    msched_catalog_unref(catalog);
}

/* A view of at most twelve bytes holds its text; a longer one points into a buffer. */
static void text_views_are_read(void **state)
{
    (void)state;
    static const char bytes[] = "..a long name of a song";
    unsigned char views[48] = {0};
    const int32_t sizes[3] = {5, 21, 12}, buffer = 0, offset = 2;
    for (int v = 0; v < 3; v++)
        memcpy(views + 16 * v, &sizes[v], 4);
    memcpy(views + 4, "short", 5);
    memcpy(views + 20, "a lo", 4);
    memcpy(views + 24, &buffer, 4);
    memcpy(views + 28, &offset, 4);
    memcpy(views + 36, "twelve bytes", 12);
    static const int64_t lengths[] = {sizeof bytes - 1};
    source_column column = {"track_name", "vu", 3, 0, 4, {NULL, views, bytes, lengths}, NULL};
    source from = with_column_at(1, &column);
    msched_catalog *catalog = imported(&from);
    assert_string_equal(track_at(catalog, 0).name, "short");
    assert_string_equal(track_at(catalog, 1).name, "a long name of a song");
    assert_string_equal(track_at(catalog, 2).name, "twelve bytes");
    msched_catalog_unref(catalog);

    const int32_t no_such_buffer = 1;
    memcpy(views + 24, &no_such_buffer, 4);
    msched_error err;
    from = with_column_at(1, &column);
    assert_int_equal(import_with(&from, &catalog, NULL, &err), MSCHED_OK);
    assert_int_equal(msched_catalog_skipped_get(catalog, 0, &err), MSCHED_OK);
    assert_int_equal(err.code, MSCHED_ERROR_VALUE);
    assert_int_equal(err.line, 2);
    assert_int_equal(msched_catalog_skipped_count(catalog), 1);
    msched_catalog_unref(catalog);
}

static void nulls_are_not_known_where_that_is_allowed(void **state)
{
    (void)state;
    static const uint8_t first_and_third = 0x05;
    static const double values[] = {0.25, 0.5, 0.75};
    static const source_column energy = {"energy", "g", 3, 0, 2, {&first_and_third, values}, NULL};
    source from = with_column(&energy);
    msched_catalog *catalog = imported(&from);
    assert_true(track_at(catalog, 0).feature[MSCHED_FEATURE_ENERGY] == 0.25);
    assert_true(isnan(track_at(catalog, 1).feature[MSCHED_FEATURE_ENERGY]));
    msched_catalog_unref(catalog);

    static const source_column no_albums = {"track_album_name", "n", 3, 0, 0, {NULL}, NULL};
    from = with_column(&no_albums);
    catalog = imported(&from);
    assert_string_equal(track_at(catalog, 2).album_name, "");
    msched_catalog_unref(catalog);

    static const source_column null_ids = {
        "track_id", "u", 3, 0, 3, {&first_and_third, id_offsets, "abc"}, NULL};
    static const source_column null_popularity = {
        "track_popularity", "l", 3, 0, 2, {&first_and_third, popularity_values}, NULL};
    msched_catalog_options strict;
    msched_catalog_options_init(&strict, sizeof strict);
    strict.strict = 1;
    const source_column *required[] = {&null_ids, &null_popularity};
    for (int i = 0; i < 2; i++) {
        msched_error err;
        from = with_column_at(i == 0 ? 0 : 3, required[i]);
        assert_int_equal(import_with(&from, &catalog, &strict, &err), MSCHED_ERROR_VALUE);
        assert_int_equal(err.line, 2);
        assert_non_null(strstr(err.message, required[i]->name));
    }
}

/* Columns and batches may begin in the middle of their buffers. */
static void slices_begin_at_their_offsets(void **state)
{
    (void)state;
    static const int32_t offsets[] = {0, 9, 10, 11, 12};
    static const source_column sliced_ids = {
        "track_id", "u", 3, 1, 3, {NULL, offsets, "not this.xyz"}, NULL};
    static const int8_t codes[] = {99, 99, 0, 1, 1};
    static const source_column sliced_artists = {"track_artist", "c",          3, 2, 2,
                                                 {NULL, codes},  &artist_texts};
    source from = with_column_at(0, &sliced_ids);
    from.columns[2] = &sliced_artists;
    msched_catalog *catalog = imported(&from);
    assert_string_equal(track_at(catalog, 0).id, "x");
    assert_string_equal(track_at(catalog, 0).artist, "Abba");
    assert_string_equal(track_at(catalog, 2).id, "z");
    msched_catalog_unref(catalog);

    from = plain_source();
    from.offset = 1;
    from.rows = 2;
    catalog = imported(&from);
    assert_string_equal(track_at(catalog, 0).id, "b");
    assert_int_equal(track_at(catalog, 1).popularity, 30);
    msched_catalog_unref(catalog);
}

static void batches_follow_each_other(void **state)
{
    (void)state;
    source from = plain_source();
    from.batches = 3;
    msched_catalog *catalog = imported(&from);
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.entries, 9);
    assert_int_equal(info.tracks, 3);
    msched_catalog_unref(catalog);
    from = plain_source();
    from.batches = 0;
    catalog = imported(&from);
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.entries, 0);
    msched_catalog_unref(catalog);
}

static void bad_rows_are_refused_or_skipped(void **state)
{
    (void)state;
    static const double values[] = {10, 20.5, 101};
    static const source_column column = {"track_popularity", "g", 3, 0, 2, {NULL, values}, NULL};
    source from = with_column_at(3, &column);
    msched_catalog *catalog;
    msched_error err;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.strict = 1;
    assert_int_equal(import_with(&from, &catalog, &options, &err), MSCHED_ERROR_VALUE);
    assert_int_equal(err.line, 2);
    options.skip_bad_rows = 1;
    from = with_column_at(3, &column);
    assert_int_equal(import_with(&from, &catalog, &options, &err), MSCHED_OK);
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.entries, 1);
    assert_int_equal(info.rows_skipped, 2);
    assert_int_equal(msched_catalog_skipped_get(catalog, 1, &err), MSCHED_OK);
    assert_int_equal(err.line, 3);
    msched_catalog_unref(catalog);
    options.strict = options.skip_bad_rows = 0;
    from = with_column_at(3, &column);
    assert_int_equal(import_with(&from, &catalog, &options, &err), MSCHED_OK);
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.entries, 3);
    assert_int_equal(info.unreadable_cells, 1);
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, 1, &track), MSCHED_OK);
    assert_int_equal(track.popularity, 21);
    assert_int_equal(msched_catalog_get_track(catalog, 2, &track), MSCHED_OK);
    assert_int_equal(track.popularity, -1);
    msched_catalog_unref(catalog);
}

static void wrong_tables_are_refused(void **state)
{
    (void)state;
    static const source_column number_ids = {"track_id", "l", 3, 0, 2, {NULL, popularity_values},
                                             NULL};
    static const source_column text_popularity = {"track_popularity",        "u", 3, 0, 3,
                                                  {NULL, id_offsets, "123"}, NULL};
    static const source_column list_names = {"track_name", "+l", 3, 0, 2, {NULL, id_offsets}, NULL};
    static const source_column float_codes = {"track_artist",          "g",          3, 0, 2,
                                              {NULL, duration_values}, &artist_texts};
    static const source_column twice = {"track_id", "u", 3, 0, 3, {NULL, id_offsets, "abc"}, NULL};
    static const source_column text_energy = {"energy", "u", 3, 0, 3, {NULL, id_offsets, "123"},
                                              NULL};
    source wrong[] = {with_column_at(0, &number_ids),
                      with_column_at(3, &text_popularity),
                      with_column_at(1, &list_names),
                      with_column_at(2, &float_codes),
                      with_column(&twice),
                      with_column(&text_energy),
                      plain_source()};
    const char *named[] = {"track_id", "track_popularity", "track_name", "track_artist",
                           "track_id", "energy",           "duration_ms"};
    wrong[6].column_count = 4; /* without duration_ms */
    msched_catalog_options strict;
    msched_catalog_options_init(&strict, sizeof strict);
    strict.strict = 1;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        msched_catalog *catalog;
        msched_error err;
        assert_int_equal(import_with(&wrong[i], &catalog, &strict, &err), MSCHED_ERROR_HEADER);
        assert_non_null(strstr(err.message, named[i]));
    }
}

static void bad_texts_are_refused(void **state)
{
    (void)state;
    static const source_column with_nul = {"track_id", "u", 3, 0, 3, {NULL, id_offsets, "a\0c"},
                                           NULL};
    static const source_column not_utf8 = {"track_id",
                                           "u",
                                           3,
                                           0,
                                           3,
                                           {NULL, id_offsets,
                                            "a\xFF"
                                            "c"},
                                           NULL};
    static const int32_t backwards[] = {0, 2, 1, 3};
    static const source_column contradicting = {"track_id", "u", 3, 0, 3, {NULL, backwards, "abc"},
                                                NULL};
    static const int32_t far_days[] = {0, 2932897, 0};
    static const source_column year_10000 = {"track_album_release_date", "tdD", 3, 0, 2,
                                             {NULL, far_days},           NULL};
    source wrong[] = {with_column_at(0, &with_nul), with_column_at(0, &not_utf8),
                      with_column_at(0, &contradicting), with_column(&year_10000)};
    const msched_result wanted[] = {MSCHED_ERROR_ENCODING, MSCHED_ERROR_ENCODING,
                                    MSCHED_ERROR_VALUE, MSCHED_ERROR_VALUE};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        msched_catalog *catalog;
        msched_error err;
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.strict = 1;
        assert_int_equal(import_with(&wrong[i], &catalog, &options, &err), wanted[i]);
        assert_int_equal(err.line, 2);
    }
}

static void failing_streams_give_their_reason(void **state)
{
    (void)state;
    static const source_column two_ids = {"track_id", "u", 2, 0, 3, {NULL, id_offsets, "abc"},
                                          NULL};
    source failing_streams[] = {plain_source(), plain_source(), plain_source(), plain_source(),
                                with_column_at(0, &two_ids)};
    const char *const said[] = {"the disk is gone", "the disk is gone", "no reason given",
                                "columns", "track_id"};
    failing_streams[0].fail_schema = failing_streams[1].fail_next = failing_streams[2].fail_next =
        1;
    failing_streams[0].error = failing_streams[1].error = "the disk is gone";
    failing_streams[3].short_of_columns = 1;
    for (size_t i = 0; i < sizeof failing_streams / sizeof failing_streams[0]; i++) {
        msched_catalog *catalog;
        msched_error err;
        assert_int_equal(import_with(&failing_streams[i], &catalog, NULL, &err), MSCHED_ERROR_IO);
        assert_non_null(strstr(err.message, said[i]));
    }
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    msched_catalog *catalog;
    msched_error err;
    struct ArrowArrayStream released = {0};
    assert_int_equal(msched_catalog_import_arrow(&catalog, NULL, NULL, &err),
                     MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_import_arrow(&catalog, &released, NULL, &err),
                     MSCHED_ERROR_ARGUMENT);
    source from = plain_source();
    struct ArrowArrayStream stream = {get_schema, get_next, get_last_error, release_stream, &from};
    assert_int_equal(msched_catalog_import_arrow(NULL, &stream, NULL, &err), MSCHED_ERROR_ARGUMENT);
    assert_null(stream.release); /* released also on failure */
    msched_catalog_options options = {.struct_size = 3};
    source again = plain_source();
    assert_int_equal(import_with(&again, &catalog, &options, &err), MSCHED_ERROR_ARGUMENT);
}

static int stop(void *ctx)
{
    ++*(int *)ctx;
    return 1;
}

static void a_long_import_can_be_cancelled(void **state)
{
    (void)state;
    int calls = 0;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.cancel = stop;
    options.cancel_ctx = &calls;
    source from = plain_source();
    from.batches = 3000;
    msched_catalog *catalog;
    msched_error err;
    assert_int_equal(import_with(&from, &catalog, &options, &err), MSCHED_ERROR_CANCELLED);
    assert_int_equal(calls, 1);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.allocator = &allocator;
        source from = plain_source();
        msched_catalog *catalog;
        msched_error err;
        msched_result result = import_with(&from, &catalog, &options, &err);
        msched_catalog_unref(catalog);
        assert_int_equal(result, memory.count < memory.fail_at ? MSCHED_OK : MSCHED_ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_dictionaries_and_numbers_are_read),
        cmocka_unit_test(numbers_of_every_type_are_read),
        cmocka_unit_test(dates_of_every_type_are_read),
        cmocka_unit_test(dates_may_be_text_of_any_precision),
        cmocka_unit_test(text_views_are_read),
        cmocka_unit_test(nulls_are_not_known_where_that_is_allowed),
        cmocka_unit_test(slices_begin_at_their_offsets),
        cmocka_unit_test(batches_follow_each_other),
        cmocka_unit_test(bad_rows_are_refused_or_skipped),
        cmocka_unit_test(wrong_tables_are_refused),
        cmocka_unit_test(bad_texts_are_refused),
        cmocka_unit_test(failing_streams_give_their_reason),
        cmocka_unit_test(bad_arguments_are_refused),
        cmocka_unit_test(a_long_import_can_be_cancelled),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
