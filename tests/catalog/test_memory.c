/* Every allocation of loading and building fails once: MSCHED_ERROR_MEMORY, and nothing leaks. */
#include "../failing.h"
#include "../testing.h"

#include <stdio.h>

#include <musicsched/catalog.h>

static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms,playlist_"
                          "id,playlist_genre,track_album_id\n"
                          "a,\"quoted, \"\"title\"\"\nof two lines\",x,1,1000,p,pop,al\n"
                          "b,n,x,bad,1000,p,pop,al\n"
                          "c,n,Björk,2,1000,p,rock,al\n"
                          "d,n \"broken\",y,2,1000,p,rock,al\n"
                          "a,n,x,1,1000,p,pop,al\n";

typedef struct source {
    size_t at;
} source;

static int64_t read_some(void *ctx, void *buffer, size_t size)
{
    source *from = ctx;
    size_t left = sizeof csv - 1 - from->at, count = left < 100 ? left : 100;
    count = count < size ? count : size;
    memcpy(buffer, csv + from->at, count);
    from->at += count;
    return (int64_t)count;
}

/* The counts of a catalog, whose recordings are counted at this call. Frees it when it fails. */
static msched_result count(msched_catalog *catalog, msched_catalog_info *info)
{
    const msched_result result = msched_catalog_get_info(catalog, info);
    if (result != MSCHED_OK) {
        assert_int_equal(result, MSCHED_ERROR_MEMORY);
        msched_catalog_unref(catalog);
    }
    return result;
}

static msched_result load_once(const msched_allocator *allocator, int streamed)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.skip_bad_rows = 1;
    options.strict = 1;
    options.allocator = allocator;
    msched_catalog *catalog;
    msched_error err = {0};
    source from = {0};
    msched_result result =
        streamed ? msched_catalog_load_callback(&catalog, read_some, &from, &options, &err)
                 : msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, &options, &err);
    if (result != MSCHED_OK) {
        assert_int_equal(err.code, MSCHED_ERROR_MEMORY);
        assert_null(catalog);
        return result;
    }
    msched_catalog_info info = {.struct_size = sizeof info};
    if (count(catalog, &info) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    assert_int_equal(info.tracks, 2);
    assert_int_equal(info.rows_skipped, 3);
    msched_catalog_unref(catalog);
    return MSCHED_OK;
}

static const char list_csv[] = "track_name,artists,genres,duration,streams\n"
                               "a &amp; a,\"['x', 'y']\",\"pop,rock\",3:00,1.000\n"
                               "b,x;z,{7: 'pop'},3:00,22\n"
                               "c,y feat. x,[\"pop\"],3:00,\n";

static msched_result load_lists(const msched_allocator *allocator)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = allocator;
    msched_catalog *catalog;
    msched_result result = msched_catalog_load_memory(&catalog, list_csv, sizeof list_csv - 1,
                                                      &options, NULL);
    if (result != MSCHED_OK)
        return result;
    msched_catalog_info info = {.struct_size = sizeof info};
    if (count(catalog, &info) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    assert_int_equal(info.artists, 3);
    assert_int_equal(info.genres, 2);
    assert_string_equal(msched_catalog_track_artist(catalog, 1, 1), "z");
    assert_string_equal(msched_catalog_track_artist(catalog, 2, 0), "y");
    assert_null(msched_catalog_track_artist(catalog, 2, 2));
    assert_string_equal(msched_catalog_entry_genre(catalog, 0, 1), "rock");
    assert_null(msched_catalog_entry_genre(catalog, 1, 1));
    assert_null(msched_catalog_entry_subgenre(catalog, 0, 0));
    msched_track track = {.struct_size = sizeof track};
    static const int32_t popularities[] = {100, 45, -1}; /* of 1000 and 22 plays */
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(msched_catalog_get_track(catalog, i, &track), MSCHED_OK);
        assert_int_equal(track.popularity, popularities[i]);
        assert_string_equal(track.name, i == 0 ? "a & a" : i == 1 ? "b" : "c");
    }
    msched_catalog_unref(catalog);
    return MSCHED_OK;
}

static void loading_lists_survives(void **state)
{
    (void)state;
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_result result = load_lists(&allocator);
        assert_int_equal(result, memory.count < memory.fail_at ? MSCHED_OK : MSCHED_ERROR_MEMORY);
    }
}

static void loading_survives(void **state)
{
    (void)state;
    for (int streamed = 0; streamed < 2; streamed++)
        for (failing memory = {0}; fail_next(&memory);) {
            msched_allocator allocator = failing_allocator(&memory);
            msched_result result = load_once(&allocator, streamed);
            assert_int_equal(result,
                             memory.count < memory.fail_at ? MSCHED_OK : MSCHED_ERROR_MEMORY);
        }
}

/*
 * A row that found no memory was not added: adding it again gives what it would have given at once.
 */
static void building_goes_on_after_a_failure(void **state)
{
    (void)state;
    for (long n = 2;; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_catalog_options options;
        msched_catalog_options_init(&options, sizeof options);
        options.allocator = &allocator;
        msched_catalog_builder *builder;
        assert_int_equal(msched_catalog_builder_create(&builder, &options, NULL), MSCHED_OK);
        char id[8];
        for (unsigned i = 0; i < 200; i++) {
            msched_catalog_row row;
            msched_catalog_row_init(&row, sizeof row);
            snprintf(id, sizeof id, "%u", i);
            row.track_id = row.track_name = row.track_artist = row.playlist_id = row.genre = id;
            row.duration_ms = 1000;
            msched_result result = msched_catalog_builder_add(builder, &row, NULL);
            if (result == MSCHED_ERROR_MEMORY)
                result = msched_catalog_builder_add(builder, &row, NULL);
            assert_int_equal(result, MSCHED_OK);
        }
        msched_catalog *catalog;
        msched_result result = msched_catalog_builder_finish(&catalog, builder, NULL);
        msched_catalog_info info = {.struct_size = sizeof info};
        if (result == MSCHED_OK)
            result = msched_catalog_get_info(catalog, &info);
        if (result == MSCHED_OK) {
            assert_int_equal(info.tracks, 200);
            assert_int_equal(info.artists, 200);
            assert_int_equal(info.recordings, 200);
            assert_int_equal(info.playlists, 200);
            assert_int_equal(info.genres, 200);
        }
        msched_catalog_unref(catalog);
        assert_int_equal(memory.live, 0);
        if (memory.count < n) {
            assert_int_equal(result, MSCHED_OK);
            break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_survives),
        cmocka_unit_test(loading_lists_survives),
        cmocka_unit_test(building_goes_on_after_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
