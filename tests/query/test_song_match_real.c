/* Every named song of the real file is found by "title - artist", and by its title alone. */
#include "query_testing.h"

#include "query/lookup/song_match.h"

#include <stdio.h>
#include <stdlib.h>

static msched_catalog *catalog;

static msched_track track_at(uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    return track;
}

static uint32_t track_count(void)
{
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    return info.tracks;
}

static void every_song_by_title_and_artist(void **state)
{
    (void)state;
    uint32_t count = track_count(), named = 0, wrong = 0, *best = calloc(count, sizeof *best);
    assert_non_null(best);
    memset(best, 0xFF, count * sizeof *best);
    for (uint32_t t = 0; t < count; t++) {
        msched_track track = track_at(t);
        if (best[track.recording_index] == UINT32_MAX ||
            track_at(best[track.recording_index]).popularity < track.popularity)
            best[track.recording_index] = t;
    }
    for (uint32_t t = 0; t < count; t++) {
        msched_track track = track_at(t);
        char text[1024];
        msched__song_match match;
        if (strcmp(track.name, "NA") == 0)
            continue;
        named++;
        size_t size = (size_t)snprintf(text, sizeof text, "%s - %s", track.name, track.artist);
        assert_int_equal(msched__song_match_text(catalog, text, size, &match, NULL), MSCHED_OK);
        if (match.form != MSCHED__SONG_TITLE_ARTIST || match.track != best[track.recording_index]) {
            print_message("%s: %u\n", text, (unsigned)match.form);
            wrong++;
        }
        assert_int_equal(msched__song_match_pair(catalog, track.name, track.artist, &match, NULL),
                         MSCHED_OK);
        if (match.track != best[track.recording_index])
            wrong++;
        assert_int_equal(
            msched__song_match_text(catalog, track.name, strlen(track.name), &match, NULL),
            MSCHED_OK);
        assert_true(match.recording_count >= 1);
    }
    free(best);
    assert_int_equal(named, 28352);
    assert_int_equal(wrong, 0);
}

static void longest_prefix(void **state)
{
    (void)state;
    static const struct {
        const char *text, *matched, *title;
    } cases[] = {
        {"Dance Monkey - Tones and I @evening must", "Dance Monkey - Tones and I", "Dance Monkey"},
        {"12:51 - The Strokes after 20:00 must", "12:51 - The Strokes", "12:51"},
        {"Memories - Dillon Francis Remix - Maroon 5 8:00-9:00",
         "Memories - Dillon Francis Remix - Maroon 5", "Memories - Dillon Francis Remix"},
        {"dance  MONKEY \xE2\x80\x93 tones and i x2", "dance  MONKEY \xE2\x80\x93 tones and i",
         "Dance Monkey"},
        {"Tones and I - Dance Monkey nice", "Tones and I - Dance Monkey", "Dance Monkey"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        size_t ends[32], count = 0, size = strlen(cases[c].text);
        for (size_t i = 1; i <= size; i++)
            if (cases[c].text[i] == ' ' || cases[c].text[i] == '\0')
                ends[count++] = i;
        msched__song_match match;
        assert_int_equal(
            msched__song_match_prefix(catalog, cases[c].text, ends, count, &match, NULL),
            MSCHED_OK);
        assert_int_equal(match.size, strlen(cases[c].matched));
        assert_string_equal(track_at(match.track).name, cases[c].title);
    }
}

static void several_of_one_title(void **state)
{
    (void)state;
    msched__song_match match;
    assert_int_equal(msched__song_match_text(catalog, "Dance Monkey", 12, &match, NULL), MSCHED_OK);
    assert_int_equal(match.form, MSCHED__SONG_TITLE);
    assert_string_equal(track_at(match.track).artist, "Tones and I");
    assert_int_equal(msched__song_match_text(catalog, "home", 4, &match, NULL), MSCHED_OK);
    assert_true(match.recording_count > 1);
    for (uint32_t i = 1; i < match.listed; i++)
        assert_true(track_at(match.tracks[i - 1]).popularity >=
                    track_at(match.tracks[i]).popularity);
    assert_int_equal(
        msched__song_match_text(catalog, "Dance Monky - Tones and I", 25, &match, NULL), MSCHED_OK);
    assert_int_equal(match.form, MSCHED__SONG_NONE);
}

int main(void)
{
    catalog = load_real_catalog();
    if (catalog == NULL)
        return 77;
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_song_by_title_and_artist),
                                       cmocka_unit_test(longest_prefix),
                                       cmocka_unit_test(several_of_one_title)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    msched_catalog_unref(catalog);
    return failed;
}
