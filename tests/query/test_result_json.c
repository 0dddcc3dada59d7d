/* Answers as JSON: what is counted is said, whole numbers are whole, nothing known is left out. */
#include "../testing.h"

#include <musicsched/musicsched.h>

static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms,track_"
                          "album_release_date,playlist_id,"
                          "playlist_name,playlist_genre,energy\n"
                          "a,\"He said \"\"hi\"\"\",Ann,70,200000,2019-06-14,p1,One,pop,0.5\n"
                          "a,\"He said \"\"hi\"\"\",Ann,70,200000,2019-06-14,p2,Two,rock,0.5\n"
                          "b,Zero,Bob,0,180500,2010,p1,One,pop,\n";

static msched_catalog *load(void)
{
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    if (msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return catalog;
}

static void expect(msched_text *text, const char *wanted)
{
    if (strstr(msched_text_data(text), wanted) == NULL)
        fail_msg("%s\nis not in\n%s", wanted, msched_text_data(text));
}

static void test_groups(void **state)
{
    (void)state;
    msched_catalog *catalog = load();
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = MSCHED_BY_GENRE;
    options.count = MSCHED_COUNT_TRACKS;
    msched_groups *groups;
    msched_text *text;
    assert_int_equal(msched_groups_compute(&groups, catalog, &options, NULL), MSCHED_OK);
    assert_int_equal(msched_groups_to_json(groups, &text, NULL), MSCHED_OK);
    expect(text, "{\"by\": \"genre\", \"count\": \"tracks\", \"groups\": [");
    expect(text, "{\"key\": \"pop\", \"label\": \"pop\", \"n\": 2, \"sum\": 70, \"mean\": 35, ");
    expect(text, "\"zeros\": 1, \"zero_share\": 0.5}");
    expect(text, "\"n\": 1, \"sum\": 70, \"mean\": 70, \"sd\": null, ");
    msched_text_unref(text);
    msched_groups_unref(groups);
    msched_catalog_unref(catalog);
}

static void test_songs(void **state)
{
    (void)state;
    msched_catalog *catalog = load();
    msched_top *top;
    msched_text *text;
    msched_top_options options;
    msched_top_options_init(&options, sizeof options);
    options.count = MSCHED_COUNT_ENTRIES;
    assert_int_equal(msched_top_compute(&top, catalog, &options, NULL), MSCHED_OK);
    assert_int_equal(msched_top_to_json(top, catalog, &text, NULL), MSCHED_OK);
    expect(text, "{\"rank\": 1, \"track_id\": \"a\", \"title\": \"He said \\\"hi\\\"\", "
                 "\"artist\": \"Ann\", \"popularity\": 70, "
                 "\"duration_ms\": 200000, \"release_date\": \"2019-06-14\", \"playlist\": "
                 "\"One\", \"genre\": \"pop\"");
    msched_text_unref(text);
    msched_top_unref(top);
    msched_hits *hits;
    assert_int_equal(msched_find(&hits, catalog, "zero", NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_hits_to_json(hits, catalog, &text, NULL), MSCHED_OK);
    expect(text, "{\"rank\": 1, \"track_id\": \"b\", ");
    expect(text, "\"match\": \"exact\", \"score\": 1}");
    msched_text_unref(text);
    msched_hits_unref(hits);
    assert_int_equal(msched_track_to_json(catalog, 0, &text, NULL), MSCHED_OK);
    expect(text, "\"features\": {\"energy\": 0.5}");
    expect(text, "{\"id\": \"p2\", \"name\": \"Two\", \"genre\": \"rock\"");
    msched_text_unref(text);
    assert_int_equal(msched_track_to_json(catalog, 1, &text, NULL), MSCHED_OK);
    expect(text, "\"release_date\": \"2010\"");
    expect(text, "\"features\": {}");
    msched_text_unref(text);
    assert_int_equal(msched_track_to_json(catalog, 2, &text, NULL), MSCHED_ERROR_ARGUMENT);
    assert_null(text);
    msched_catalog_unref(catalog);
}

static void test_histogram_and_correlations(void **state)
{
    (void)state;
    msched_catalog *catalog = load();
    msched_histogram *histogram;
    msched_correlations *correlations;
    msched_text *text;
    assert_int_equal(msched_histogram_compute(&histogram, catalog, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_histogram_to_json(histogram, &text, NULL), MSCHED_OK);
    expect(text, "\"low\": 0, \"high\": 5, \"n\": 1, \"zeros\": 1}");
    expect(text, "\"low\": 70, \"high\": 75, \"n\": 1, \"zeros\": 0}");
    msched_text_unref(text);
    msched_histogram_unref(histogram);
    assert_int_equal(msched_correlations_compute(&correlations, catalog, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_correlations_to_json(correlations, &text, NULL), MSCHED_OK);
    expect(text, "{\"count\": \"tracks\", \"features\": [");
    expect(text, "{\"feature\": \"energy\", \"n\": 1, \"r\": null, ");
    msched_text_unref(text);
    msched_correlations_unref(correlations);
    msched_catalog_unref(catalog);
}

/* One song under two ids, one of them in two playlists: nobody wants it twice in a top list, and
 * only its rows are more than its ids. */
static void defaults_count_songs_once(void **state)
{
    (void)state;
    static const char songs[] =
        "track_id,track_name,track_artist,track_popularity,track_album_release_date,playlist_id,"
        "playlist_genre,energy\n"
        "a1,Sun,Ana,80,2019-06-14,p1,pop,0.5\na1,Sun,Ana,80,2019-06-14,p2,pop,0.5\n"
        "a2,Sun,Ana,60,2019-07-01,p1,pop,0.7\nb1,Rain,Ben,40,2019-08-01,p1,pop,0.1\n";
    msched_catalog *catalog = NULL;
    msched_top *top = NULL;
    msched_groups *groups = NULL;
    msched_histogram *histogram = NULL;
    msched_correlations *correlations = NULL;
    msched_group group = {.struct_size = sizeof group};
    msched_correlation energy = {.struct_size = sizeof energy};
    msched_bin bin;
    msched_histogram_options one_bin;
    msched_histogram_options_init(&one_bin, sizeof one_bin);
    one_bin.bins = 1;
    assert_int_equal(msched_catalog_load_memory(&catalog, songs, sizeof songs - 1, NULL, NULL), 0);
    assert_int_equal(msched_top_compute(&top, catalog, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_top_count(top), 2);
    assert_int_equal(msched_groups_compute(&groups, catalog, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_groups_get(groups, 0, &group), MSCHED_OK);
    assert_int_equal(group.stats.n, 3);
    assert_int_equal(msched_histogram_compute(&histogram, catalog, &one_bin, NULL), MSCHED_OK);
    assert_int_equal(msched_histogram_get(histogram, 0, &bin), MSCHED_OK);
    assert_int_equal(bin.n, 3);
    assert_int_equal(msched_correlations_compute(&correlations, catalog, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_correlations_get(correlations, MSCHED_FEATURE_ENERGY, &energy), 0);
    assert_int_equal(energy.n, 3);
    msched_correlations_unref(correlations);
    msched_histogram_unref(histogram);
    msched_groups_unref(groups);
    msched_top_unref(top);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_songs),
        cmocka_unit_test(defaults_count_songs_once),
        cmocka_unit_test(test_histogram_and_correlations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
