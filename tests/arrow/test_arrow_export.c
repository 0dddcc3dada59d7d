/*
 * Exports as whoever takes them sees them: columns, values, life times, and each allocation failing
 * once.
 */
#include "../testing.h"
#include "wrap_malloc.h"

#include <stdio.h>
#include <stdlib.h>

#include <musicsched/arrow.h>

static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_"
                          "id,playlist_name,playlist_genre,"
                          "track_album_release_date,energy\n"
                          "a,Night Drive,Björk,81,180000,p1,One,pop,2019-06-14,0.5\n"
                          "b,Fields,Aurora,40,200000,p1,One,pop,2012,\n"
                          "a,Night Drive,Björk,81,180000,p2,Two,rock,2019-06-14,0.5\n"
                          "c,Silence,Aurora,0,240000,p2,Two,rock,,0.25\n";

static const char plan_json[] =
    "{\"version\":1,\"date\":\"2026-11-24\",\"day\":{\"start\":\"08:00\",\"end\":\"10:00\"},"
    "\"todos\":[{\"id\":\"walk\",\"title\":\"Walk\",\"duration_s\":1800,\"music\":true},"
    "{\"id\":\"long\",\"title\":\"Too long\",\"duration_s\":32400}],"
    "\"songs\":[{\"track_id\":\"a\"}]}";

typedef struct objects {
    msched_catalog *catalog;
    msched_groups *groups;
    msched_top *top;
    msched_histogram *histogram;
    msched_correlations *correlations;
    msched_hits *hits;
    msched_schedule *schedule;
} objects;

static objects made;

static int make_objects(void **state)
{
    (void)state;
    msched_error err = {0};
    msched_plan *plan = NULL;
    msched_groups_options by_genre;
    msched_groups_options_init(&by_genre, sizeof by_genre);
    by_genre.by = MSCHED_BY_GENRE;
    by_genre.count = MSCHED_COUNT_ENTRIES;
    msched_top_options of_rows;
    msched_top_options_init(&of_rows, sizeof of_rows);
    of_rows.count = MSCHED_COUNT_ENTRIES;
    if (msched_catalog_load_memory(&made.catalog, csv, sizeof csv - 1, NULL, &err) != MSCHED_OK ||
        msched_groups_compute(&made.groups, made.catalog, &by_genre, &err) != MSCHED_OK ||
        msched_top_compute(&made.top, made.catalog, &of_rows, &err) != MSCHED_OK ||
        msched_histogram_compute(&made.histogram, made.catalog, NULL, &err) != MSCHED_OK ||
        msched_correlations_compute(&made.correlations, made.catalog, NULL, &err) != MSCHED_OK ||
        msched_find(&made.hits, made.catalog, "night drive", NULL, &err) != MSCHED_OK ||
        msched_plan_parse_json(&plan, plan_json, sizeof plan_json - 1, NULL, &err) != MSCHED_OK ||
        msched_schedule_build(&made.schedule, made.catalog, plan, NULL, &err) != MSCHED_OK)
        fprintf(stderr, "%s\n", err.message);
    msched_plan_unref(plan);
    return made.schedule == NULL;
}

static int drop_objects(void **state)
{
    (void)state;
    msched_schedule_unref(made.schedule);
    msched_hits_unref(made.hits);
    msched_correlations_unref(made.correlations);
    msched_histogram_unref(made.histogram);
    msched_top_unref(made.top);
    msched_groups_unref(made.groups);
    msched_catalog_unref(made.catalog);
    return 0;
}

typedef enum table_name {
    TABLE_ENTRIES,
    TABLE_TRACKS,
    TABLE_NUMBERS,
    TABLE_GROUPS,
    TABLE_TOP,
    TABLE_HISTOGRAM,
    TABLE_CORRELATIONS,
    TABLE_GROUP_TEST,
    TABLE_HITS,
    TABLE_SCHEDULE,
    TABLE_UNPLACED,
    TABLE_FIXES,
    TABLE_COUNT
} table_name;

static msched_result export_table(table_name which, struct ArrowArrayStream *stream,
                                  msched_error *err)
{
    switch (which) {
    case TABLE_ENTRIES:
        return msched_catalog_export_entries(made.catalog, stream, err);
    case TABLE_TRACKS:
        return msched_catalog_export_tracks(made.catalog, stream, err);
    case TABLE_NUMBERS:
        return msched_catalog_export_numbers(made.catalog, stream, err);
    case TABLE_GROUPS:
        return msched_groups_export(made.groups, stream, err);
    case TABLE_TOP:
        return msched_top_export(made.top, made.catalog, stream, err);
    case TABLE_HISTOGRAM:
        return msched_histogram_export(made.histogram, stream, err);
    case TABLE_GROUP_TEST:
        return msched_groups_test_export(made.groups, stream, err);
    case TABLE_CORRELATIONS:
        return msched_correlations_export(made.correlations, stream, err);
    case TABLE_HITS:
        return msched_hits_export(made.hits, made.catalog, stream, err);
    case TABLE_SCHEDULE:
        return msched_schedule_export_entries(made.schedule, stream, err);
    case TABLE_FIXES:
        return msched_schedule_export_fixes(made.schedule, stream, err);
    default:
        return msched_schedule_export_unplaced(made.schedule, stream, err);
    }
}

/* A whole table as its taker holds it: the stream is gone already. */
typedef struct taken {
    struct ArrowSchema schema;
    struct ArrowArray batch;
} taken;

/* 0, or the errno of the stream; nothing is held then. */
static int take_stream(struct ArrowArrayStream *stream, taken *out)
{
    *out = (taken){0};
    int failed = stream->get_schema(stream, &out->schema);
    if (failed == 0)
        failed = stream->get_next(stream, &out->batch);
    if (failed != 0) {
        assert_non_null(stream->get_last_error(stream));
        if (out->schema.release != NULL)
            out->schema.release(&out->schema);
    }
    stream->release(stream);
    assert_null(stream->release);
    return failed;
}

static taken take(table_name which)
{
    struct ArrowArrayStream stream = {0};
    msched_error err = {0};
    taken out;
    if (export_table(which, &stream, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(take_stream(&stream, &out), 0);
    return out;
}

static void drop(taken *table)
{
    table->schema.release(&table->schema);
    table->batch.release(&table->batch);
    assert_null(table->schema.release);
    assert_null(table->batch.release);
}

static int64_t column_of(const taken *table, const char *name)
{
    for (int64_t c = 0; c < table->schema.n_children; c++)
        if (strcmp(table->schema.children[c]->name, name) == 0)
            return c;
    fail_msg("no column %s", name);
    return -1;
}

static int is_null(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *bits = array->buffers[0];
    return bits != NULL && !(bits[row / 8] >> row % 8 & 1);
}

/* The value as text, "null" where there is none; the buffer is good until the next call. */
static const char *text_of(const struct ArrowSchema *schema, const struct ArrowArray *array,
                           int64_t row)
{
    static char text[200];
    if (is_null(array, row))
        return "null";
    if (schema->dictionary != NULL) {
        assert_string_equal(schema->format, "i");
        return text_of(schema->dictionary, array->dictionary,
                       ((const int32_t *)array->buffers[1])[row]);
    }
    switch (schema->format[0]) {
    case '+': {
        static char list[200];
        const int32_t *ends = array->buffers[1];
        assert_string_equal(schema->format, "+l");
        list[0] = '\0';
        for (int32_t i = ends[row]; i < ends[row + 1]; i++)
            snprintf(list + strlen(list), sizeof list - strlen(list), "[%s]",
                     text_of(schema->children[0], array->children[0], i));
        return list;
    }
    case 'u': {
        const int32_t *offsets = array->buffers[1];
        snprintf(text, sizeof text, "%.*s", (int)(offsets[row + 1] - offsets[row]),
                 (const char *)array->buffers[2] + offsets[row]);
        break;
    }
    case 'C':
        snprintf(text, sizeof text, "%u", ((const uint8_t *)array->buffers[1])[row]);
        break;
    case 'I':
        snprintf(text, sizeof text, "%u", (unsigned)((const int32_t *)array->buffers[1])[row]);
        break;
    case 's':
        snprintf(text, sizeof text, "%d", (int)((const int16_t *)array->buffers[1])[row]);
        break;
    case 'i':
        snprintf(text, sizeof text, "%d", (int)((const int32_t *)array->buffers[1])[row]);
        break;
    case 'L':
        snprintf(text, sizeof text, "%llu",
                 (unsigned long long)((const uint64_t *)array->buffers[1])[row]);
        break;
    case 't':
        assert_string_equal(schema->format, "tdD");
        snprintf(text, sizeof text, "day %d", (int)((const int32_t *)array->buffers[1])[row]);
        break;
    case 'g':
        snprintf(text, sizeof text, "%.6g", ((const double *)array->buffers[1])[row]);
        break;
    default:
        fail_msg("column %s has the format %s", schema->name, schema->format);
    }
    return text;
}

static void assert_value(const taken *table, const char *column, int64_t row, const char *wanted)
{
    int64_t c = column_of(table, column);
    assert_true(row < table->batch.length);
    assert_string_equal(text_of(table->schema.children[c], table->batch.children[c], row), wanted);
}

static void assert_null_counts(const struct ArrowArray *array)
{
    int64_t nulls = 0;
    for (int64_t row = 0; row < array->length; row++)
        nulls += is_null(array, row);
    assert_int_equal(array->null_count, nulls);
}

/* The columns that the header promises, in that order. */
static void tables_have_the_promised_columns(void **state)
{
    (void)state;
    static const struct {
        table_name table;
        int64_t rows;
        const char *columns;
    } wanted[] = {
        {TABLE_TRACKS, 3, NULL},
        {TABLE_ENTRIES, 4, NULL},
        {TABLE_NUMBERS, 3,
         "track_popularity release_year release_month release_day danceability energy key loudness "
         "mode speechiness acousticness instrumentalness liveness valence tempo duration_ms "
         "artist_index recording_index"},
        {TABLE_GROUPS, 2,
         "key label n sum sum_squares mean sd ci95_low ci95_high min q1 median q3 max zeros "
         "zero_share"},
        {TABLE_TOP, 4,
         "rank track_id track_name track_artist artists track_popularity release_year "
         "release_month "
         "release_day release_date duration_ms"},
        {TABLE_HISTOGRAM, -1, "low high n zeros"},
        {TABLE_CORRELATIONS, -1,
         "feature n r r_ci95_low r_ci95_high slope feature_mean feature_sd p"},
        {TABLE_GROUP_TEST, 1,
         "group_count n f df_between df_within p eta_squared kruskal_h kruskal_p"},
        {TABLE_HITS, -1,
         "rank track_id track_name track_artist artists track_popularity release_year "
         "release_month "
         "release_day release_date duration_ms score match"},
        {TABLE_SCHEDULE, 2,
         "kind id title artist start_s end_s start_utc end_utc during todo wanted fixed popularity "
         "piece state date of"},
        {TABLE_UNPLACED, 1,
         "kind id title todo wanted plays reason text needed_s available_s fix fix_s fix_id "
         "fix_text date"},
        {TABLE_FIXES, -1, "item rank kind amount_s id text"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        taken table = take(wanted[i].table);
        assert_string_equal(table.schema.format, "+s");
        assert_int_equal(table.schema.n_children, table.batch.n_children);
        if (wanted[i].rows >= 0)
            assert_int_equal(table.batch.length, wanted[i].rows);
        char names[1000] = "";
        for (int64_t c = 0; c < table.schema.n_children; c++) {
            strcat(strcat(names, c == 0 ? "" : " "), table.schema.children[c]->name);
            assert_int_equal(table.batch.children[c]->length, table.batch.length);
            assert_null_counts(table.batch.children[c]);
        }
        const char *columns = wanted[i].columns;
        if (columns != NULL)
            assert_string_equal(names, columns);
        drop(&table);
    }
}

static void values_are_those_of_the_catalog(void **state)
{
    (void)state;
    taken entries = take(TABLE_ENTRIES);
    assert_value(&entries, "track_id", 2, "a");
    assert_value(&entries, "track_artist", 2, "Björk");
    assert_value(&entries, "playlist_name", 2, "Two");
    assert_value(&entries, "playlist_genre", 2, "rock");
    assert_value(&entries, "track_album_release_date", 0, "2019-06-14");
    assert_value(&entries, "track_album_release_date", 1, "2012");
    assert_value(&entries, "track_album_release_date", 3, "null");
    assert_value(&entries, "release_date", 0, "day 18061");
    assert_value(&entries, "release_date", 1, "null");
    assert_value(&entries, "release_date", 3, "null");
    assert_value(&entries, "energy", 0, "0.5");
    assert_value(&entries, "energy", 1, "null");
    assert_value(&entries, "duration_ms", 3, "240000");
    drop(&entries);
    taken tracks = take(TABLE_TRACKS);
    assert_value(&tracks, "track_name", 2, "Silence");
    assert_value(&tracks, "track_popularity", 2, "0");
    assert_value(&tracks, "release_date", 0, "day 18061");
    taken top = take(TABLE_TOP);
    assert_value(&top, "release_date", 0, "day 18061");
    assert_value(&top, "release_date", 2, "null");
    drop(&top);
    taken numbers = take(TABLE_NUMBERS);
    assert_value(&numbers, "track_popularity", 0, "81");
    assert_value(&numbers, "release_year", 1, "2012");
    assert_value(&numbers, "release_year", 2, "null");
    assert_value(&numbers, "release_month", 1, "null");
    assert_value(&numbers, "release_day", 0, "14");
    assert_value(&numbers, "energy", 1, "null");
    assert_value(&numbers, "duration_ms", 2, "240000");
    assert_value(&numbers, "artist_index", 2, "1");
    /* the catalog's own memory */
    const int64_t energy = column_of(&tracks, "energy");
    assert_ptr_equal(numbers.batch.children[column_of(&numbers, "energy")]->buffers[1],
                     tracks.batch.children[energy]->buffers[1]);
    drop(&numbers);
    drop(&tracks);
}

/* A catalog keeps few different values once each; a table has one for each row. */
static void features_have_a_value_for_each_row(void **state)
{
    (void)state;
    static const char text[] = "track_id,track_name,artists,energy,tempo\n"
                               "1,A,X,0.5,100\n2,B,X,0.25,110.5\n3,C,X,0.5,120\n4,D,X,,130\n"
                               "5,E,X,0.5,140\n6,F,X,0.25,150\n7,G,X,0.5,160\n8,H,X,,170\n";
    static const char *const energies[] = {"0.5", "0.25", "0.5", "null",
                                           "0.5", "0.25", "0.5", "null"};
    msched_catalog *catalog = NULL;
    struct ArrowArrayStream stream = {0};
    taken table;
    assert_int_equal(msched_catalog_load_memory(&catalog, text, sizeof text - 1, NULL, NULL),
                     MSCHED_OK);
    for (int i = 0; i < 3; i++) {
        const msched_result result = i == 0 ? msched_catalog_export_numbers(catalog, &stream, NULL)
                                     : i == 1
                                         ? msched_catalog_export_tracks(catalog, &stream, NULL)
                                         : msched_catalog_export_entries(catalog, &stream, NULL);
        assert_int_equal(result, MSCHED_OK);
        assert_int_equal(take_stream(&stream, &table), 0);
        for (int64_t row = 0; row < 8; row++)
            assert_value(&table, "energy", row, energies[row]);
        assert_value(&table, "tempo", 1, "110.5");
        drop(&table);
    }
    msched_catalog_unref(catalog);
}

/* Members as lists, from a text, by conjunction, and none. */
static void artists_and_genres_are_lists(void **state)
{
    (void)state;
    static const char text[] = "track_name,artists,genres\n"
                               "Stone,Ida Blue;Orson,\"folk, indie pop\"\n"
                               "Rain,Orson,\n"
                               "Sun,\"Tyler, The Creator\",folk\n"
                               "Sea,Ida Blue;Max;Orson,folk\n";
    static const char *const wanted[][2] = {{"[Ida Blue][Orson]", "[folk][indie pop]"},
                                            {"[Orson]", ""},
                                            {"[Tyler, The Creator]", "[folk]"},
                                            {"[Ida Blue][Max][Orson]", "[folk]"}};
    msched_catalog *catalog = NULL;
    struct ArrowArrayStream stream = {0};
    taken table;
    assert_int_equal(msched_catalog_load_memory(&catalog, text, sizeof text - 1, NULL, NULL),
                     MSCHED_OK);
    for (int is_entries = 0; is_entries < 2; is_entries++) {
        assert_int_equal(is_entries ? msched_catalog_export_entries(catalog, &stream, NULL)
                                    : msched_catalog_export_tracks(catalog, &stream, NULL),
                         MSCHED_OK);
        assert_int_equal(take_stream(&stream, &table), 0);
        for (int64_t row = 0; row < 4; row++) {
            assert_value(&table, "artists", row, wanted[row][0]);
            if (is_entries)
                assert_value(&table, "genres", row, wanted[row][1]);
        }
        drop(&table);
    }
    msched_catalog_unref(catalog);
}

static void values_are_those_of_the_results(void **state)
{
    (void)state;
    taken groups = take(TABLE_GROUPS);
    assert_value(&groups, "key", 0, "pop"); /* 81 and 40; rock 81 and 0 */
    assert_value(&groups, "n", 0, "2");
    assert_value(&groups, "mean", 0, "60.5");
    assert_value(&groups, "zeros", 1, "1");
    drop(&groups);
    taken top = take(TABLE_TOP);
    assert_value(&top, "rank", 2, "3"); /* entries are ranked: "a" is there twice */
    assert_value(&top, "track_id", 1, "a");
    assert_value(&top, "track_id", 2, "b");
    drop(&top);
    taken hits = take(TABLE_HITS);
    assert_value(&hits, "track_id", 0, "a");
    assert_value(&hits, "match", 0, "exact");
    drop(&hits);
    taken schedule = take(TABLE_SCHEDULE);
    int songs = 0;
    for (int64_t row = 0; row < 2; row++) {
        int64_t kind = column_of(&schedule, "kind");
        int is_song =
            strcmp(text_of(schedule.schema.children[kind], schedule.batch.children[kind], row),
                   "song") == 0;
        songs += is_song;
        assert_value(&schedule, "todo", row, is_song ? "null" : "0");
        assert_value(&schedule, "artist", row, is_song ? "Björk" : "null");
    }
    assert_int_equal(songs, 1);
    drop(&schedule);
    taken unplaced = take(TABLE_UNPLACED);
    assert_value(&unplaced, "id", 0, "long");
    assert_value(&unplaced, "todo", 0, "1");
    assert_value(&unplaced, "wanted", 0, "null");
    taken fixes = take(TABLE_FIXES);
    assert_value(&fixes, "item", 0, "0");
    assert_value(&fixes, "rank", 0, "1");
    int64_t text = column_of(&unplaced, "fix_text");
    assert_value(&fixes, "text", 0,
                 text_of(unplaced.schema.children[text], unplaced.batch.children[text], 0));
    drop(&fixes);
    drop(&unplaced);
}

/* A stream of one batch: after it the end, as often as one asks. */
static void a_stream_ends_after_its_batch(void **state)
{
    (void)state;
    struct ArrowArrayStream stream = {0};
    struct ArrowArray batch;
    assert_int_equal(msched_top_export(made.top, made.catalog, &stream, NULL), MSCHED_OK);
    assert_int_equal(stream.get_next(&stream, &batch), 0);
    batch.release(&batch);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(stream.get_next(&stream, &batch), 0);
        assert_null(batch.release);
    }
    stream.release(&stream);
    assert_int_equal(msched_top_export(made.top, made.catalog, &stream, NULL), MSCHED_OK);
    stream.release(&stream); /* nothing was read */
}

/*
 * Consumers move columns out of their parent and release them last; the catalog lives as long as
 * any of them.
 */
static void a_moved_column_outlives_everything(void **state)
{
    (void)state;
    msched_catalog *catalog = NULL;
    struct ArrowArrayStream stream = {0};
    taken table;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_catalog_export_tracks(catalog, &stream, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
    assert_int_equal(take_stream(&stream, &table), 0);
    int64_t c = column_of(&table, "track_artist"), d = column_of(&table, "duration_ms");
    struct ArrowArray artist = *table.batch.children[c], duration = *table.batch.children[d];
    struct ArrowSchema artist_schema = *table.schema.children[c];
    table.batch.children[c]->release = NULL;
    table.batch.children[d]->release = NULL;
    table.schema.children[c]->release = NULL;
    drop(&table);
    assert_string_equal(text_of(&artist_schema, &artist, 0), "Björk");
    struct ArrowArray names = *artist.dictionary;
    artist.dictionary->release = NULL;
    artist.release(&artist);
    assert_string_equal(text_of(artist_schema.dictionary, &names, 1), "Aurora");
    names.release(&names);
    artist_schema.release(&artist_schema);
    assert_int_equal(((const uint32_t *)duration.buffers[1])[2], 240000);
    duration.release(&duration);
}

static void nothing_to_export_is_an_argument_error(void **state)
{
    (void)state;
    struct ArrowArrayStream stream;
    msched_error err = {0};
    for (int which = 0; which < TABLE_COUNT; which++)
        assert_int_equal(export_table((table_name)which, NULL, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_export_entries(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_export_tracks(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_export_numbers(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_groups_export(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_top_export(NULL, made.catalog, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_top_export(made.top, NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_histogram_export(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_groups_test_export(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_correlations_export(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_hits_export(made.hits, NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_export_entries(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_export_unplaced(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_export_fixes(NULL, &stream, &err), MSCHED_ERROR_ARGUMENT);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (int which = 0; which < TABLE_COUNT; which++) {
        for (long n = 1;; n++) {
            struct ArrowArrayStream stream = {0};
            taken table;
            msched_error err = {0};
            wrapped = (wrapped_memory){.fail_at = n};
            msched_result result = export_table((table_name)which, &stream, &err);
            int failed = result == MSCHED_OK ? take_stream(&stream, &table) : -1;
            long count = wrapped.count;
            wrapped.fail_at = 0;
            if (result != MSCHED_OK)
                assert_int_equal(result, MSCHED_ERROR_MEMORY);
            if (failed == 0)
                drop(&table);
            assert_int_equal(wrapped.live, 0);
            if (count < n) {
                assert_int_equal(failed, 0);
                break;
            }
            assert_int_not_equal(failed, 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_the_promised_columns),
        cmocka_unit_test(values_are_those_of_the_catalog),
        cmocka_unit_test(features_have_a_value_for_each_row),
        cmocka_unit_test(artists_and_genres_are_lists),
        cmocka_unit_test(values_are_those_of_the_results),
        cmocka_unit_test(a_stream_ends_after_its_batch),
        cmocka_unit_test(a_moved_column_outlives_everything),
        cmocka_unit_test(nothing_to_export_is_an_argument_error),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, make_objects, drop_objects);
}
