/*
 * Every named song of the real file, written as a line of plan text, is read back as its
 * recording's most popular track.
 */
#include "../testing.h"

#include "plan/plan_data.h"

#include <stdio.h>
#include <stdlib.h>

#define LINES 2000

static msched_catalog *load_real(void)
{
    const char *path = getenv("MUSICSCHED_CSV"), *root = getenv("MUSICSCHED_SOURCE_ROOT");
    char beside[1024];
    if (path == NULL) {
        snprintf(beside, sizeof beside, "%s/../shared/data/spotify_songs.csv",
                 root == NULL ? "." : root);
        path = beside;
    }
    msched_catalog *catalog = NULL;
    msched_catalog_load_path(&catalog, path, NULL, NULL);
    return catalog;
}

static msched_track track_at(const msched_catalog *catalog, uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    return track;
}

/*
 * Read `count` lines that name the tracks in `named`. Returns how many were read as another
 * recording or with other attributes.
 */
static uint32_t read_chunk(const msched_catalog *catalog, const char *text, size_t size,
                           const uint32_t *named, uint32_t count, const uint32_t *best,
                           int suffixed)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    msched_plan *plan;
    msched_error err = {0};
    if (msched_plan_parse_text(&plan, NULL, text, size, catalog, &options, &err) != MSCHED_OK)
        fail_msg("line %u: %s", (unsigned)err.line, err.message);
    assert_int_equal(plan->song_count, count);
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < count; i++) {
        const msched__plan_song *song = &plan->songs[i];
        msched_track track = track_at(catalog, named[i]);
        const char *wanted = track_at(catalog, best[track.recording_index]).id;
        int same = strcmp(song->track_id, wanted) == 0 && song->must == suffixed &&
                   song->between_start_s == (suffixed ? 64800 : -1);
        if (!same)
            print_message("%s - %s: %s\n", track.name, track.artist, song->track_id);
        wrong += !same;
    }
    msched_plan_unref(plan);
    return wrong;
}

static void every_song(const char *suffix)
{
    msched_catalog *catalog = load_real();
    if (catalog == NULL)
        skip();
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_catalog_get_info(catalog, &info);
    uint32_t *best = malloc(info.recordings * sizeof *best), *named = malloc(LINES * sizeof *named);
    char *text = malloc(LINES * 1024);
    assert_true(best != NULL && named != NULL && text != NULL);
    memset(best, 0xff, info.recordings * sizeof *best);
    for (uint32_t t = 0; t < info.tracks; t++) {
        msched_track track = track_at(catalog, t);
        uint32_t *slot = &best[track.recording_index];
        if (*slot == UINT32_MAX || track_at(catalog, *slot).popularity < track.popularity)
            *slot = t;
    }
    uint32_t count = 0, total = 0, wrong = 0;
    size_t size = 0;
    for (uint32_t t = 0; t < info.tracks; t++) {
        msched_track track = track_at(catalog, t);
        if (strcmp(track.name, "NA") == 0)
            continue;
        size += (size_t)snprintf(text + size, 1024, "\xe2\x99\xaa %s - %s%s\n", track.name,
                                 track.artist, suffix);
        named[count++] = t;
        total++;
        if (count == LINES) {
            wrong += read_chunk(catalog, text, size, named, count, best, suffix[0] != '\0');
            count = 0;
            size = 0;
        }
    }
    wrong += read_chunk(catalog, text, size, named, count, best, suffix[0] != '\0');
    free(best);
    free(named);
    free(text);
    msched_catalog_unref(catalog);
    assert_int_equal(total, 28352);
    assert_int_equal(wrong, 0);
}

static void test_plain(void **state)
{
    (void)state;
    every_song("");
}

static void test_with_a_suffix(void **state)
{
    (void)state;
    every_song(" @evening must");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_plain),
                                       cmocka_unit_test(test_with_a_suffix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
