/* The real data set, where it is: known counts and values. */
#include "../testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <musicsched/catalog.h>

static msched_catalog *songs;

static int open_songs(void **state)
{
    (void)state;
    const char *path = getenv("MUSICSCHED_CSV");
    if (path == NULL)
        path = SOURCE_ROOT "/../shared/data/spotify_songs.csv";
    if (access(path, R_OK) != 0)
        return 0;
    msched_error err;
    if (msched_catalog_load_path(&songs, path, NULL, &err) != MSCHED_OK)
        print_message("%s\n", err.message);
    return songs == NULL;
}

static int close_songs(void **state)
{
    (void)state;
    msched_catalog_unref(songs);
    return 0;
}

static void counts(void **state)
{
    (void)state;
    if (songs == NULL)
        skip();
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(songs, &info), MSCHED_OK);
    assert_int_equal(info.entries, 32833);
    assert_int_equal(info.tracks, 28356);
    assert_int_equal(info.recordings, 26160);
    assert_int_equal(info.artists, 10693);
    assert_int_equal(info.playlists, 471);
    assert_int_equal(info.genres, 6);
    assert_int_equal(info.subgenres, 24);
    assert_int_equal(info.rows_skipped, 0);
    assert_true(info.memory_bytes <= 2 * 7971379);
}

static void date_precisions_over_entries(void **state)
{
    (void)state;
    if (songs == NULL)
        skip();
    uint32_t seen[4] = {0}, placeholders = 0, zeros = 0;
    msched_entry entry = {.struct_size = sizeof entry};
    msched_track track = {.struct_size = sizeof track};
    for (uint32_t i = 0; msched_catalog_get_entry(songs, i, &entry) == MSCHED_OK; i++) {
        assert_int_equal(msched_catalog_get_track(songs, entry.track_index, &track), MSCHED_OK);
        seen[track.date_precision]++;
        placeholders += track.date_precision == MSCHED_DATE_DAY && track.release_month == 1 &&
                        track.release_day == 1;
        zeros += track.popularity == 0;
    }
    assert_int_equal(seen[MSCHED_DATE_UNKNOWN], 0);
    assert_int_equal(seen[MSCHED_DATE_YEAR], 1855);
    assert_int_equal(seen[MSCHED_DATE_MONTH], 31);
    assert_int_equal(seen[MSCHED_DATE_DAY], 30947);
    assert_int_equal(placeholders, 3107);
    assert_int_equal(zeros, 2703);
}

static void tracks(void **state)
{
    (void)state;
    if (songs == NULL)
        skip();
    uint32_t index, named_na = 0, best = 0, best_count = 0;
    uint64_t sum = 0;
    msched_track track = {.struct_size = sizeof track};
    for (index = 0; msched_catalog_get_track(songs, index, &track) == MSCHED_OK; index++) {
        sum += track.popularity;
        named_na += strcmp(track.name, "NA") == 0 && strcmp(track.artist, "NA") == 0;
        if (track.popularity == 100) {
            best = index;
            best_count++;
        }
    }
    assert_int_equal(named_na, 4);
    assert_int_equal((sum * 1000 + index / 2) / index, 39330);
    assert_int_equal(best_count, 1);
    assert_int_equal(msched_catalog_get_track(songs, best, &track), MSCHED_OK);
    assert_string_equal(track.name, "Dance Monkey");
    assert_string_equal(track.artist, "Tones and I");
    assert_int_equal(msched_catalog_find_id(songs, track.id, &index, NULL), MSCHED_OK);
    assert_int_equal(index, best);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(date_precisions_over_entries),
        cmocka_unit_test(tracks),
    };
    return cmocka_run_group_tests(tests, open_songs, close_songs);
}
