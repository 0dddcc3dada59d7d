/* Catalogs built row by row: columns, recordings, indexes, ids, refusals. */
#include "../testing.h"
#include "catalog/catalog_check.h"

#include <math.h>
#include <stdio.h>

static msched_catalog_builder *builder_with(uint32_t skip_bad_rows)
{
    msched_catalog_builder *builder;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = skip_bad_rows;
    options.strict = 1;
    assert_int_equal(msched_catalog_builder_create(&builder, &options, NULL), MSCHED_OK);
    return builder;
}

static msched_catalog_row row(const char *id, const char *name, const char *artist,
                              int32_t popularity)
{
    msched_catalog_row row;
    msched_catalog_row_init(&row, sizeof row);
    row.track_id = id;
    row.track_name = name;
    row.track_artist = artist;
    row.popularity = popularity;
    row.duration_ms = 200000;
    return row;
}

static msched_result add(msched_catalog_builder *builder, msched_catalog_row row, msched_error *err)
{
    return msched_catalog_builder_add(builder, &row, err);
}

static msched_catalog *finish(msched_catalog_builder *builder)
{
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    assert_int_equal(msched__catalog_need_all(catalog, NULL), MSCHED_OK);
    return catalog;
}

static msched_track track(const msched_catalog *catalog, uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    return track;
}

static void recordings_ignore_case_and_ids(void **state)
{
    (void)state;
    msched_catalog_builder *builder = builder_with(0);
    assert_int_equal(add(builder, row("a", "Señorita", "Shawn Mendes", 60), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("b", "SEÑORITA", "shawn mendes", 95), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("c", "Senorita", "Shawn Mendes", 10), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("d", "Señorita", "Justin Timberlake", 70), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("e", "señorita", "SHAWN MENDES", 95), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("b", "SEÑORITA", "shawn mendes", 95), NULL), MSCHED_OK);
    msched_catalog *catalog = finish(builder);
    assert_int_equal(catalog->track_count, 5);
    assert_int_equal(catalog->entry_count, 6);
    assert_int_equal(catalog->recording_count, 3);
    assert_int_equal(catalog->artist_count, 4);
    assert_int_equal(track(catalog, 0).recording_index, track(catalog, 4).recording_index);
    assert_int_not_equal(track(catalog, 0).recording_index, track(catalog, 2).recording_index);
    const msched__index *index = &catalog->recording_tracks;
    uint32_t first = index->starts[track(catalog, 0).recording_index];
    assert_int_equal(index->starts[track(catalog, 0).recording_index + 1] - first, 3);
    assert_int_equal(index->rows[first], 1);
    assert_int_equal(index->rows[first + 1], 4);
    assert_int_equal(index->rows[first + 2], 0);
    static const uint32_t by_popularity[] = {1, 4, 3, 0, 2};
    assert_memory_equal(catalog->tracks_by_popularity, by_popularity, sizeof by_popularity);
    assert_int_equal(catalog->track_entries.starts[2] - catalog->track_entries.starts[1], 2);
    assert_int_equal(catalog->track_entries.rows[catalog->track_entries.starts[1] + 1], 5);
    msched_catalog_unref(catalog);
}

static void every_field_comes_back(void **state)
{
    (void)state;
    msched_catalog_builder *builder = builder_with(0);
    msched_catalog_row given = row("a", "Name", "Artist", 7);
    given.album_id = "al";
    given.album_name = "Album";
    given.release_date = "1984-12";
    given.playlist_name = "no id";
    given.genre = "rock";
    for (int f = 0; f < MSCHED_FEATURE_COUNT; f++)
        given.feature[f] = f == MSCHED_FEATURE_KEY ? 11 : f == MSCHED_FEATURE_LOUDNESS ? -7.5 : 1;
    assert_int_equal(add(builder, given, NULL), MSCHED_OK);
    given = row("b", "Other", "Artist", 8);
    given.feature[MSCHED_FEATURE_KEY] = -1;
    assert_int_equal(add(builder, given, NULL), MSCHED_OK);
    msched_catalog *catalog = finish(builder);
    msched_track t = track(catalog, 0);
    assert_string_equal(t.album_id, "al");
    assert_string_equal(t.album_name, "Album");
    assert_int_equal(t.release_year, 1984);
    assert_int_equal(t.release_month, 12);
    assert_int_equal(t.release_day, 0);
    assert_int_equal(t.date_precision, MSCHED_DATE_MONTH);
    assert_true(t.feature[MSCHED_FEATURE_KEY] == 11 && t.feature[MSCHED_FEATURE_LOUDNESS] == -7.5);
    assert_true(t.feature[MSCHED_FEATURE_DURATION_MS] == 200000);
    msched_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_catalog_get_entry(catalog, 0, &entry), MSCHED_OK);
    assert_string_equal(entry.playlist_id, "");
    assert_string_equal(entry.playlist_name, "no id");
    assert_string_equal(entry.genre, "rock");
    assert_string_equal(entry.subgenre, "");
    t = track(catalog, 1);
    assert_string_equal(t.album_name, "");
    assert_int_equal(t.date_precision, MSCHED_DATE_UNKNOWN);
    assert_true(isnan(t.feature[MSCHED_FEATURE_KEY]));
    assert_int_equal(t.artist_index, 0);
    assert_int_equal(catalog->entry_playlist[1], MSCHED__NONE);
    assert_int_equal(catalog->track_album[1], MSCHED__NONE);
    msched_catalog_unref(catalog);
}

static void a_refused_row_changes_nothing(void **state)
{
    (void)state;
    msched_catalog_builder *builder = builder_with(0);
    msched_error err;
    assert_int_equal(add(builder, row("a", "n", "x", 5), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("b", "n", "new artist", 101), &err), MSCHED_ERROR_VALUE);
    assert_string_equal(err.message,
                        "<rows>:2: track_popularity: 101 is not a whole number 0..100");
    assert_int_equal(err.line, 2);
    assert_int_equal(add(builder, row("a", "n", "new artist", 5), &err), MSCHED_ERROR_CONFLICT);
    assert_int_equal(add(builder, row("c", "\xFF", "new artist", 5), &err), MSCHED_ERROR_ENCODING);
    assert_int_equal(add(builder, row(NULL, "n", "new artist", 5), &err), MSCHED_ERROR_VALUE);
    msched_catalog_row bad = row("d", "n", "new artist", 5);
    bad.release_date = "2019-2-1";
    assert_int_equal(add(builder, bad, &err), MSCHED_ERROR_VALUE);
    bad = row("d", "n", "new artist", 5);
    bad.feature[MSCHED_FEATURE_ENERGY] = 1.5;
    assert_int_equal(add(builder, bad, &err), MSCHED_ERROR_VALUE);
    assert_string_equal(err.message, "<rows>:7: energy: 1.5 is not a number 0..1");
    bad = row("d", "n", "new artist", 5);
    bad.struct_size = 4;
    assert_int_equal(add(builder, bad, &err), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_catalog_builder_add(builder, NULL, &err), MSCHED_ERROR_ARGUMENT);
    msched_catalog *catalog = finish(builder);
    assert_int_equal(catalog->track_count, 1);
    assert_int_equal(catalog->artist_count, 1);
    msched_catalog_unref(catalog);
}

static void bad_rows_can_be_skipped(void **state)
{
    (void)state;
    msched_catalog_builder *builder = builder_with(1);
    msched_error reason;
    assert_int_equal(add(builder, row("a", "n", "x", 500), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("a", "n", "x", 5), NULL), MSCHED_OK);
    assert_int_equal(add(builder, row("a", "m", "x", 5), NULL), MSCHED_OK);
    msched_catalog *catalog = finish(builder);
    assert_int_equal(catalog->entry_count, 1);
    assert_int_equal(catalog->rows_skipped, 2);
    assert_int_equal(msched_catalog_skipped_get(catalog, 1, &reason), MSCHED_OK);
    assert_int_equal(reason.code, MSCHED_ERROR_CONFLICT);
    assert_int_equal(reason.line, 3);
    msched_catalog_unref(catalog);
}

static void ids_are_found(void **state)
{
    (void)state;
    msched_catalog_builder *builder = builder_with(0);
    char id[16];
    for (uint32_t i = 0; i < 3000; i++) {
        snprintf(id, sizeof id, "id%u", (unsigned)i);
        assert_int_equal(add(builder, row(id, "n", "x", 5), NULL), MSCHED_OK);
    }
    msched_catalog *catalog = finish(builder);
    msched_error err;
    uint32_t index;
    for (uint32_t i = 0; i < 3000; i++) {
        snprintf(id, sizeof id, "id%u", (unsigned)i);
        assert_int_equal(msched_catalog_find_id(catalog, id, &index, &err), MSCHED_OK);
        assert_int_equal(index, i);
    }
    assert_int_equal(msched_catalog_find_id(catalog, "ID1", &index, &err), MSCHED_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "no track has the id \"ID1\"");
    assert_int_equal(msched_catalog_find_id(catalog, "", &index, &err), MSCHED_ERROR_NOT_FOUND);
    msched_catalog_unref(catalog);
}

static void an_empty_catalog_works(void **state)
{
    (void)state;
    msched_catalog *catalog = finish(builder_with(0));
    msched_catalog_info info = {.struct_size = sizeof info};
    uint32_t index;
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    assert_int_equal(info.tracks + info.entries + info.recordings, 0);
    assert_int_equal(msched_catalog_find_id(catalog, "a", &index, NULL), MSCHED_ERROR_NOT_FOUND);
    assert_int_equal(msched_catalog_skipped_count(catalog), 0);
    assert_int_equal(msched_catalog_prepare(catalog, NULL), MSCHED_OK);
    msched_catalog_unref(catalog);
    msched_catalog_unref(NULL);
    msched_catalog_builder_free(NULL);
    msched_catalog_builder_free(builder_with(0));
}

static void older_and_newer_callers_are_served(void **state)
{
    (void)state;
    msched_catalog_builder *builder = builder_with(0);
    assert_int_equal(add(builder, row("a", "n", "x", 5), NULL), MSCHED_OK);
    msched_catalog *catalog = finish(builder);
    struct {
        msched_track track;
        uint64_t later;
    } newer = {.later = 7};
    newer.track.struct_size = sizeof newer;
    assert_int_equal(msched_catalog_get_track(catalog, 0, &newer.track), MSCHED_OK);
    assert_int_equal(newer.later, 0);
    msched_track older = {.struct_size = offsetof(msched_track, album_id), .album_id = "untouched"};
    assert_int_equal(msched_catalog_get_track(catalog, 0, &older), MSCHED_OK);
    assert_string_equal(older.artist, "x");
    assert_string_equal(older.album_id, "untouched");
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recordings_ignore_case_and_ids),
        cmocka_unit_test(every_field_comes_back),
        cmocka_unit_test(a_refused_row_changes_nothing),
        cmocka_unit_test(bad_rows_can_be_skipped),
        cmocka_unit_test(ids_are_found),
        cmocka_unit_test(an_empty_catalog_works),
        cmocka_unit_test(older_and_newer_callers_are_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
