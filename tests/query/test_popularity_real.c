/* Popularity on the real file: the reference answers, to every printed digit. */
#include "query_testing.h"

#include <musicsched/popularity.h>

#include <math.h>
#include <stdio.h>

static msched_catalog *catalog;

typedef struct answer {
    const char *key;
    const char *mean;
    uint64_t n; /* 0: not given */
} answer;

static msched_groups *group_by(uint32_t by, uint32_t count, const msched_filter *filter)
{
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = by;
    options.count = count;
    options.filter = filter;
    msched_groups *groups = NULL;
    assert_int_equal(msched_groups_compute(&groups, catalog, &options, NULL), MSCHED_OK);
    return groups;
}

static void expect(const msched_groups *groups, const answer *answers, uint32_t count)
{
    assert_int_equal(msched_groups_count(groups), count);
    for (uint32_t i = 0; i < count; i++) {
        msched_group group = {.struct_size = sizeof group};
        char mean[32];
        assert_int_equal(msched_groups_get(groups, i, &group), MSCHED_OK);
        snprintf(mean, sizeof mean, "%.6f", group.stats.mean);
        assert_string_equal(group.key, answers[i].key);
        assert_string_equal(mean, answers[i].mean);
        if (answers[i].n != 0)
            assert_int_equal(group.stats.n, answers[i].n);
    }
}

static void genres_by_mean(void **state)
{
    (void)state;
    static const answer answers[] = {{"pop", "47.744870", 0}, {"latin", "47.026576", 0},
                                     {"rap", "43.215454", 0}, {"rock", "41.728338", 0},
                                     {"r&b", "41.223532", 0}, {"edm", "34.833526", 0}};
    msched_groups *groups = group_by(MSCHED_BY_GENRE, MSCHED_COUNT_ENTRIES, NULL);
    expect(groups, answers, 6);
    msched_groups_unref(groups);
}

static void months_in_order(void **state)
{
    (void)state;
    static const answer answers[] = {
        {"01", "38.816218", 5093}, {"02", "41.470952", 1618}, {"03", "40.531778", 2014},
        {"04", "40.438550", 1904}, {"05", "43.543812", 2214}, {"06", "43.818410", 2390},
        {"07", "42.934826", 2010}, {"08", "43.441496", 2299}, {"09", "44.078647", 2543},
        {"10", "45.065781", 3086}, {"11", "45.774635", 3359}, {"12", "44.403186", 2448}};
    msched_groups *groups = group_by(MSCHED_BY_MONTH, MSCHED_COUNT_ENTRIES, NULL);
    expect(groups, answers, 12);
    msched_groups_unref(groups);
}

static msched_stats summary(uint32_t count, const msched_filter *filter)
{
    msched_groups *groups = group_by(MSCHED_BY_NOTHING, count, filter);
    msched_group group = {.struct_size = sizeof group};
    assert_int_equal(msched_groups_count(groups), 1);
    assert_int_equal(msched_groups_get(groups, 0, &group), MSCHED_OK);
    assert_string_equal(group.key, "all");
    msched_groups_unref(groups);
    return group.stats;
}

static void whole_set(void **state)
{
    (void)state;
    char text[32];
    msched_stats entries = summary(MSCHED_COUNT_ENTRIES, NULL),
                 tracks = summary(MSCHED_COUNT_TRACKS, NULL);
    assert_int_equal(entries.n, 32833);
    assert_int_equal(entries.zeros, 2703);
    snprintf(text, sizeof text, "%.3f", entries.mean);
    assert_string_equal(text, "42.477");
    assert_int_equal(tracks.n, 28356);
    assert_int_equal(tracks.zeros, 2620);
    snprintf(text, sizeof text, "%.3f", tracks.mean);
    assert_string_equal(text, "39.330");
    assert_int_equal(summary(MSCHED_COUNT_RECORDINGS, NULL).n, 26160);
    msched_filter filter;
    msched_filter_init(&filter, sizeof filter);
    filter.exclude_zero = 1;
    snprintf(text, sizeof text, "%.1f", summary(MSCHED_COUNT_TRACKS, &filter).mean);
    assert_string_equal(text, "43.3");
}

static void january_without_placeholders(void **state)
{
    (void)state;
    for (uint32_t exclude = 0; exclude < 2; exclude++) {
        msched_filter filter;
        msched_filter_init(&filter, sizeof filter);
        filter.exclude_january_first = exclude;
        msched_groups *groups = group_by(MSCHED_BY_MONTH, MSCHED_COUNT_TRACKS, &filter);
        msched_group group = {.struct_size = sizeof group};
        char text[32];
        assert_int_equal(msched_groups_get(groups, 0, &group), MSCHED_OK);
        snprintf(text, sizeof text, "%.1f", group.stats.mean);
        assert_string_equal(text, exclude ? "39.9" : "36.1");
        msched_groups_unref(groups);
    }
}

static void years(void **state)
{
    (void)state;
    static const struct {
        const char *key, *mean;
    } answers[] = {{"2013", "29.9"}, {"2019", "47.4"}};
    msched_groups *groups = group_by(MSCHED_BY_YEAR, MSCHED_COUNT_TRACKS, NULL);
    uint32_t found = 0;
    for (uint32_t i = 0; i < msched_groups_count(groups); i++) {
        msched_group group = {.struct_size = sizeof group};
        assert_int_equal(msched_groups_get(groups, i, &group), MSCHED_OK);
        for (uint32_t a = 0; a < 2; a++)
            if (strcmp(group.key, answers[a].key) == 0) {
                char text[32];
                snprintf(text, sizeof text, "%.1f", group.stats.mean);
                assert_string_equal(text, answers[a].mean);
                found++;
            }
    }
    assert_int_equal(found, 2);
    msched_groups_unref(groups);
}

static void top_track(void **state)
{
    (void)state;
    for (uint32_t count = 0; count <= MSCHED_COUNT_RECORDINGS; count++) {
        msched_top_options options;
        msched_top_options_init(&options, sizeof options);
        options.count = count;
        msched_top *top = NULL;
        uint32_t track, second, entry;
        msched_track first = {.struct_size = sizeof first};
        assert_int_equal(msched_top_compute(&top, catalog, &options, NULL), MSCHED_OK);
        assert_int_equal(msched_top_count(top), 10);
        assert_int_equal(msched_top_get(top, 0, &track, &entry), MSCHED_OK);
        assert_int_equal(msched_top_get(top, 1, &second, NULL), MSCHED_OK);
        assert_int_equal(msched_catalog_get_track(catalog, track, &first), MSCHED_OK);
        assert_string_equal(first.name, "Dance Monkey");
        assert_string_equal(first.artist, "Tones and I");
        assert_int_equal(first.popularity, 100);
        assert_int_equal(second == track, count == MSCHED_COUNT_ENTRIES); /* it has two rows */
        assert_int_equal(entry == UINT32_MAX, count != MSCHED_COUNT_ENTRIES);
        msched_top_unref(top);
    }
}

static void features_explain_little(void **state)
{
    (void)state;
    msched_correlations *correlations = NULL;
    msched_correlations_options options;
    msched_correlations_options_init(&options, sizeof options);
    options.count = MSCHED_COUNT_TRACKS;
    assert_int_equal(msched_correlations_compute(&correlations, catalog, &options, NULL),
                     MSCHED_OK);
    double largest = 0;
    for (uint32_t f = 0; f < msched_correlations_count(correlations); f++) {
        msched_correlation c = {.struct_size = sizeof c};
        assert_int_equal(msched_correlations_get(correlations, f, &c), MSCHED_OK);
        assert_true(c.r_ci95_low < c.r && c.r < c.r_ci95_high);
        largest = fabs(c.r) > largest ? fabs(c.r) : largest;
    }
    assert_true(largest > 0.135 && largest < 0.145);
    msched_correlations_unref(correlations);
}

int main(void)
{
    catalog = load_real_catalog();
    if (catalog == NULL)
        return 77;
    const struct CMUnitTest tests[] = {cmocka_unit_test(genres_by_mean),
                                       cmocka_unit_test(months_in_order),
                                       cmocka_unit_test(whole_set),
                                       cmocka_unit_test(january_without_placeholders),
                                       cmocka_unit_test(years),
                                       cmocka_unit_test(top_track),
                                       cmocka_unit_test(features_explain_little)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    msched_catalog_unref(catalog);
    return failed;
}
