/* Lookup on the real file: what people type finds what they mean. */
#include "query_testing.h"

#include <musicsched/lookup.h>

#include <stdio.h>
#include <stdlib.h>

static msched_catalog *catalog;

static msched_track track_at(uint32_t index)
{
    msched_track track = {.struct_size = sizeof track};
    assert_int_equal(msched_catalog_get_track(catalog, index, &track), MSCHED_OK);
    return track;
}

static msched_hit hit_at(const msched_hits *hits, uint32_t index)
{
    msched_hit hit = {.struct_size = sizeof hit};
    assert_int_equal(msched_hits_get(hits, index, &hit), MSCHED_OK);
    return hit;
}

static void typed_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text, *title, *artist;
        uint32_t match;
    } cases[] = {
        {"dance monkey tones and i", "Dance Monkey", "Tones and I", MSCHED_MATCH_WORDS},
        {"Blinding Lights - The Weeknd", "Blinding Lights", "The Weeknd", MSCHED_MATCH_EXACT},
        {"the weeknd - blinding lights", "Blinding Lights", "The Weeknd", MSCHED_MATCH_EXACT},
        {"blinding", "Blinding Lights", "The Weeknd", MSCHED_MATCH_WORDS},
        {"monkey", "Dance Monkey", "Tones and I", MSCHED_MATCH_WORDS},
        {"danc monk", "Dance Monkey", "Tones and I", MSCHED_MATCH_PREFIX},
        {"Dance Monky", "Dance Monkey", "Tones and I", MSCHED_MATCH_TYPO},
        {"adnce mokney", "Dance Monkey", "Tones and I", MSCHED_MATCH_TYPO},
        {"dancemonkey", "Dance Monkey", "Tones and I", MSCHED_MATCH_TYPO},
        {"blind ing lights", "Blinding Lights", "The Weeknd", MSCHED_MATCH_TYPO},
        {"cold play yellow", "Yellow", "Coldplay", MSCHED_MATCH_TYPO},
        {"queen radio gaga", "Radio Ga Ga", "Queen", MSCHED_MATCH_TYPO},
        {"someoneyouloved", "Someone You Loved", "Lewis Capaldi", MSCHED_MATCH_TYPO},
        {"edsheeranshapeofyou", "Shape of You", "Ed Sheeran", MSCHED_MATCH_TYPO},
        {"tonesandi", "Dance Monkey", "Tones and I", MSCHED_MATCH_TYPO},
        {"12:51", "12:51", "The Strokes", MSCHED_MATCH_EXACT},
        {"?", "?", "MF DOOM", MSCHED_MATCH_EXACT},
        {"? mf doom", "?", "MF DOOM", MSCHED_MATCH_WORDS},
        {"\xE5\x88\xA5\xE4\xB8\x96\xE7\x95\x8C", "\xE5\x88\xA5\xE4\xB8\x96\xE7\x95\x8C", "E-girls",
         MSCHED_MATCH_EXACT},
        /* "Vselennaya" in Cyrillic letters with one letter missing */
        {"\xD0\x92\xD1\x81\xD0\xB5\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xB0\xD1\x8F",
         "\xD0\x92\xD1\x81\xD0\xB5\xD0\xBB\xD0\xB5\xD0\xBD\xD0\xBD\xD0\xB0\xD1\x8F", "Basta",
         MSCHED_MATCH_TYPO},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        msched_hits *hits = NULL;
        assert_int_equal(msched_find(&hits, catalog, cases[c].text, NULL, NULL), MSCHED_OK);
        if (msched_hits_count(hits) == 0)
            fail_msg("nothing for %s", cases[c].text);
        msched_hit hit = hit_at(hits, 0);
        msched_track track = track_at(hit.track);
        if (strcmp(track.name, cases[c].title) != 0 || strcmp(track.artist, cases[c].artist) != 0 ||
            hit.match != cases[c].match)
            fail_msg("%s: found %s - %s, match %u score %f", cases[c].text, track.name,
                     track.artist, (unsigned)hit.match, hit.score);
        msched_hits_unref(hits);
    }
}

static void hits_are_ordered_and_unique(void **state)
{
    (void)state;
    static const char *const texts[] = {"love", "the",        "love yu", "remix",
                                        "a",    "adele helo", "queen",   "beyonce"};
    for (size_t c = 0; c < sizeof texts / sizeof texts[0]; c++) {
        msched_find_options options;
        msched_find_options_init(&options, sizeof options);
        options.limit = 200;
        msched_hits *hits = NULL;
        assert_int_equal(msched_find(&hits, catalog, texts[c], &options, NULL), MSCHED_OK);
        assert_true(msched_hits_count(hits) > 0);
        for (uint32_t i = 1; i < msched_hits_count(hits); i++) {
            msched_hit last = hit_at(hits, i - 1), hit = hit_at(hits, i);
            msched_track a = track_at(last.track), b = track_at(hit.track);
            assert_true(last.score > hit.score ||
                        (last.score == hit.score && a.popularity >= b.popularity));
            for (uint32_t j = 0; j < i; j++)
                assert_int_not_equal(track_at(hit_at(hits, j).track).recording_index,
                                     b.recording_index);
        }
        msched_hits_unref(hits);
    }
}

static void every_title_is_found(void **state)
{
    (void)state;
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    for (uint32_t t = 0; t < info.tracks; t += 7) {
        msched_track track = track_at(t);
        char text[1025];
        msched_hits *hits = NULL;
        snprintf(text, sizeof text, "%s - %s", track.name, track.artist);
        assert_int_equal(msched_find(&hits, catalog, text, NULL, NULL), MSCHED_OK);
        /*
         * a few recordings differ by an apostrophe or an accent alone, and count as the same text
         * here
         */
        uint32_t place = 0;
        while (place < msched_hits_count(hits) &&
               track_at(hit_at(hits, place).track).recording_index != track.recording_index)
            place++;
        assert_true(place < 3 && place < msched_hits_count(hits));
        assert_int_equal(hit_at(hits, place).match, MSCHED_MATCH_EXACT);
        msched_hits_unref(hits);
        assert_int_equal(msched_find(&hits, catalog, track.id, NULL, NULL), MSCHED_OK);
        assert_int_equal(hit_at(hits, 0).track, t);
        msched_hits_unref(hits);
    }
}

/* One random mistake in ASCII letters of the text; the same for the same random state. */
static void make_mistake(char *text, uint64_t *random)
{
    size_t size = strlen(text), at = next_random(random) % size;
    for (size_t tries = 0;
         tries < size && ((text[at] & 0x80) != 0 || (text[at + 1] & 0x80) != 0 || text[at] == ' ');
         tries++)
        at = (at + 1) % size;
    if ((text[at] & 0x80) != 0 || (text[at + 1] & 0x80) != 0)
        return; /* no ASCII letter to mistake */
    char letter = (char)('a' + next_random(random) % 26);
    switch (next_random(random) % 4) {
    case 0:
        text[at] = letter;
        break;
    case 1:
        memmove(text + at, text + at + 1, size - at);
        break;
    case 2:
        memmove(text + at + 1, text + at, size - at + 1);
        text[at] = letter;
        break;
    default:
        if (at + 1 < size) {
            char swap = text[at];
            text[at] = text[at + 1];
            text[at + 1] = swap;
        }
        break;
    }
}

static void one_mistake_in_title_and_artist(void **state)
{
    (void)state;
    uint64_t random = 20200121;
    unsigned first = 0, fifth = 0;
    msched_catalog_info info = {.struct_size = sizeof info};
    assert_int_equal(msched_catalog_get_info(catalog, &info), MSCHED_OK);
    for (unsigned n = 0; n < 1000; n++) {
        msched_track track = track_at((uint32_t)(next_random(&random) % info.tracks));
        char text[1025], right[1025];
        snprintf(text, sizeof text, "%s %s", track.name, track.artist);
        memcpy(right, text, sizeof right);
        make_mistake(text, &random);
        msched_hits *hits = NULL;
        assert_int_equal(msched_find(&hits, catalog, text, NULL, NULL), MSCHED_OK);
        uint32_t place = 0;
        while (place < msched_hits_count(hits) &&
               track_at(hit_at(hits, place).track).recording_index != track.recording_index)
            place++;
        first += place == 0 && msched_hits_count(hits) > 0;
        fifth += place < 5 && place < msched_hits_count(hits);
        if (getenv("SHOW_MISSES") != NULL && (place != 0 || msched_hits_count(hits) == 0)) {
            msched_track top = msched_hits_count(hits) > 0
                                   ? track_at(hit_at(hits, 0).track)
                                   : (msched_track){.name = "", .artist = ""};
            print_message("%u: \"%s\" for \"%s\" gave \"%s\" - \"%s\"\n", (unsigned)place, text,
                          right, top.name, top.artist);
        }
        msched_hits_unref(hits);
    }
    print_message("of 1000 first %u, among five %u\n", first, fifth);
    assert_true(first >= 950);
    assert_true(fifth >= 980);
}

static void suggestions(void **state)
{
    (void)state;
    static const struct {
        const char *text, *title;
    } cases[] = {{"", "Dance Monkey"},
                 {"d", "Dance Monkey"},
                 {"dance m", "Dance Monkey"},
                 {"blinding l", "Blinding Lights"},
                 {"the weeknd bli", "Blinding Lights"},
                 {"12:5", "12:51"}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        msched_hits *hits = NULL;
        assert_int_equal(msched_suggest(&hits, catalog, cases[c].text, NULL, NULL), MSCHED_OK);
        assert_true(msched_hits_count(hits) > 0);
        assert_string_equal(track_at(hit_at(hits, 0).track).name, cases[c].title);
        for (uint32_t i = 1; i < msched_hits_count(hits); i++)
            assert_true(track_at(hit_at(hits, i - 1).track).popularity >=
                        track_at(hit_at(hits, i).track).popularity);
        msched_hits_unref(hits);
    }
}

int main(void)
{
    catalog = load_real_catalog();
    if (catalog == NULL)
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typed_texts), cmocka_unit_test(hits_are_ordered_and_unique),
        cmocka_unit_test(every_title_is_found), cmocka_unit_test(one_mistake_in_title_and_artist),
        cmocka_unit_test(suggestions)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    msched_catalog_unref(catalog);
    return failed;
}
