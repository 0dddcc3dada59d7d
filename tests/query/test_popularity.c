/*
 * Popularity on made catalogs: against plain counting, merged from random parts, saved and read,
 * and out of memory.
 */
#include "query_testing.h"

#include <musicsched/lookup.h>
#include <musicsched/popularity.h>

#include "query/popularity/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TRACKS     300
#define GROUPS_MAX 2000

static made_row rows[4 * TRACKS];
static uint32_t row_count;
static msched_catalog *catalog;

/* Popularities of each group, found by the plainest way from the rows. */
typedef struct naive {
    uint32_t count;
    char keys[GROUPS_MAX][32];
    uint32_t n[GROUPS_MAX];
    int32_t values[GROUPS_MAX][4 * TRACKS];
} naive;

static int key_of(const made_row *row, uint32_t by, char key[32])
{
    size_t length = strlen(row->date);
    switch (by) {
    case MSCHED_BY_NOTHING:
        strcpy(key, "all");
        return 1;
    case MSCHED_BY_GENRE:
        strcpy(key, row->genre);
        return *key != '\0';
    case MSCHED_BY_SUBGENRE:
        strcpy(key, row->subgenre);
        return *key != '\0';
    case MSCHED_BY_ARTIST:
        strcpy(key, row->artist);
        return 1;
    case MSCHED_BY_PLAYLIST:
        strcpy(key, row->playlist);
        return 1;
    case MSCHED_BY_YEAR:
    case MSCHED_BY_DECADE:
        snprintf(key, 32, "%.4s", row->date);
        if (by == MSCHED_BY_DECADE && length > 0)
            key[3] = '0';
        return length > 0;
    case MSCHED_BY_MONTH:
        snprintf(key, 32, "%.2s", length > 4 ? row->date + 5 : "");
        return length > 4;
    default:
        snprintf(key, 32, "%.7s", row->date);
        return length > 4;
    }
}

static int row_passes(const made_row *row, const msched_filter *filter)
{
    int year = atoi(row->date);
    if (filter == NULL)
        return 1;
    if (filter->genre_count > 0 && strcmp(row->genre, filter->genres[0]) != 0)
        return 0;
    if ((filter->year_min != 0 || filter->year_max != 0) &&
        (year == 0 || year < filter->year_min || year > filter->year_max))
        return 0;
    if (row->popularity < filter->popularity_min || (filter->exclude_zero && row->popularity == 0))
        return 0;
    if (filter->exclude_january_first && strlen(row->date) == 10 &&
        strcmp(row->date + 4, "-01-01") == 0)
        return 0;
    return filter->feature_mask == 0 ||
           (row->energy >= filter->feature_min[MSCHED_FEATURE_ENERGY] &&
            row->energy <= filter->feature_max[MSCHED_FEATURE_ENERGY]);
}

/* Whether an earlier track of the recording, or a more popular one, passes and so stands for it. */
static int is_represented_by_other(uint32_t row, const msched_filter *filter)
{
    for (uint32_t i = 0; i < row_count; i++) {
        if (strcmp(rows[i].track_id, rows[row].track_id) == 0 ||
            strcmp(rows[i].name, rows[row].name) != 0 ||
            strcmp(rows[i].artist, rows[row].artist) != 0 || !row_passes(&rows[i], filter))
            continue;
        if (rows[i].popularity > rows[row].popularity ||
            (rows[i].popularity == rows[row].popularity &&
             strcmp(rows[i].track_id, rows[row].track_id) < 0))
            return 1;
    }
    return 0;
}

static void count_naively(naive *out, uint32_t by, uint32_t unit, const msched_filter *filter)
{
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < row_count; i++) {
        char key[32], other[32];
        int repeated = 0;
        if (!row_passes(&rows[i], filter) || !key_of(&rows[i], by, key))
            continue;
        for (uint32_t j = 0; j < i && unit != MSCHED_COUNT_ENTRIES && !repeated; j++)
            repeated = strcmp(rows[j].track_id, rows[i].track_id) == 0 &&
                       row_passes(&rows[j], filter) && key_of(&rows[j], by, other) &&
                       strcmp(key, other) == 0;
        if (repeated || (unit == MSCHED_COUNT_RECORDINGS && is_represented_by_other(i, filter)))
            continue;
        uint32_t g = 0;
        while (g < out->count && strcmp(out->keys[g], key) != 0)
            g++;
        if (g == out->count)
            strcpy(out->keys[out->count++], key);
        out->values[g][out->n[g]++] = rows[i].popularity;
    }
}

static int compare_int(const void *a, const void *b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

static double type7(const int32_t *sorted, uint32_t n, double p)
{
    double at = (n - 1) * p, low = floor(at);
    uint32_t i = (uint32_t)low;
    return i + 1 < n ? sorted[i] + (at - low) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

static void same_stats(const msched_stats *stats, int32_t *values, uint32_t n)
{
    double sum = 0, squares = 0;
    uint32_t zeros = 0;
    qsort(values, n, sizeof *values, compare_int);
    for (uint32_t i = 0; i < n; i++) {
        sum += values[i];
        zeros += values[i] == 0;
    }
    for (uint32_t i = 0; i < n; i++)
        squares += (values[i] - sum / n) * (values[i] - sum / n);
    assert_int_equal(stats->n, n);
    assert_int_equal(stats->zeros, zeros);
    assert_true((double)stats->sum == sum && stats->mean == sum / n);
    assert_true(stats->min == values[0] && stats->max == values[n - 1]);
    assert_true(fabs(stats->q1 - type7(values, n, 0.25)) < 1e-9 &&
                fabs(stats->median - type7(values, n, 0.5)) < 1e-9 &&
                fabs(stats->q3 - type7(values, n, 0.75)) < 1e-9);
    if (n < 2)
        assert_true(isnan(stats->sd));
    else
        assert_true(fabs(stats->sd - sqrt(squares / (n - 1))) < 1e-9);
}

static msched_groups *compute(const msched_catalog *of, uint32_t by, uint32_t unit,
                              const msched_filter *filter)
{
    msched_groups_options options;
    msched_groups_options_init(&options, sizeof options);
    options.by = by;
    options.count = unit;
    options.filter = filter;
    msched_groups *groups = NULL;
    msched_error error;
    if (msched_groups_compute(&groups, of, &options, &error) != MSCHED_OK)
        fail_msg("%s", error.message);
    return groups;
}

static void same_as_naive(const msched_groups *groups, uint32_t by, uint32_t unit,
                          const msched_filter *filter)
{
    static naive expected;
    count_naively(&expected, by, unit, filter);
    assert_int_equal(msched_groups_count(groups), expected.count);
    msched_group last = {.struct_size = sizeof last};
    for (uint32_t i = 0; i < expected.count; i++) {
        msched_group group = {.struct_size = sizeof group};
        assert_int_equal(msched_groups_get(groups, i, &group), MSCHED_OK);
        uint32_t g = 0;
        while (g < expected.count && strcmp(expected.keys[g], group.key) != 0)
            g++;
        assert_true(g < expected.count);
        same_stats(&group.stats, expected.values[g], expected.n[g]);
        if (i > 0 && by >= MSCHED_BY_YEAR)
            assert_true(strcmp(last.key, group.key) < 0);
        else if (i > 0)
            assert_true(last.stats.mean > group.stats.mean ||
                        (last.stats.mean == group.stats.mean && strcmp(last.key, group.key) < 0));
        last = group;
    }
}

static void a_filter(msched_filter *filter, unsigned which)
{
    static const char *const genres[] = {"genre 2"};
    msched_filter_init(filter, sizeof *filter);
    if (which & 1) {
        filter->genres = genres;
        filter->genre_count = 1;
    }
    if (which & 2) {
        filter->year_min = 1970;
        filter->year_max = 2005;
        filter->exclude_january_first = 1;
    }
    if (which & 4) {
        filter->feature_mask = 1u << MSCHED_FEATURE_ENERGY;
        filter->feature_min[MSCHED_FEATURE_ENERGY] = 0.1;
        filter->feature_max[MSCHED_FEATURE_ENERGY] = 0.8;
        filter->exclude_zero = 1;
    }
}

static void as_plain_counting(void **state)
{
    (void)state;
    for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++)
        for (uint32_t unit = 0; unit <= MSCHED_COUNT_RECORDINGS; unit++)
            for (unsigned which = 0; which < 8; which++) {
                msched_filter filter;
                a_filter(&filter, which);
                msched_groups *groups = compute(catalog, by, unit, &filter);
                same_as_naive(groups, by, unit, &filter);
                msched_groups_unref(groups);
            }
}

/* Of some hundred rows, these are too many groups for a table of counts. */
static void many_subgenres(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < row_count; i++)
        if (rows[i].genre[0] != '\0')
            snprintf(rows[i].subgenre, sizeof rows[i].subgenre, "sub %03u",
                     (unsigned)(i * 7 % 500));
    msched_catalog *few = catalog;
    catalog = catalog_of_rows(rows, row_count, NULL, 0);
    for (uint32_t unit = 0; unit <= MSCHED_COUNT_RECORDINGS; unit++)
        for (unsigned which = 0; which < 8; which++) {
            msched_filter filter;
            a_filter(&filter, which);
            msched_groups *groups = compute(catalog, MSCHED_BY_SUBGENRE, unit, &filter);
            same_as_naive(groups, MSCHED_BY_SUBGENRE, unit, &filter);
            msched_groups_unref(groups);
        }
    msched_catalog_unref(catalog);
    catalog = few;
    row_count = make_rows(rows, TRACKS, 42);
}

/* More than 500 groups, whose means are ordered by digits. */
static void means_of_many_groups_in_order(void **state)
{
    (void)state;
    static made_row many[4 * 3000];
    msched_catalog *of = catalog_of_rows(many, make_rows(many, 3000, 5), NULL, 0);
    msched_groups *groups = compute(of, MSCHED_BY_ARTIST, MSCHED_COUNT_ENTRIES, NULL);
    msched_group last = {.struct_size = sizeof last};
    assert_true(msched_groups_count(groups) > 500);
    for (uint32_t i = 0; i < msched_groups_count(groups); i++) {
        msched_group group = {.struct_size = sizeof group};
        assert_int_equal(msched_groups_get(groups, i, &group), MSCHED_OK);
        /* fractions, exact */
        uint64_t left = last.stats.sum * group.stats.n, right = group.stats.sum * last.stats.n;
        assert_true(i == 0 || left > right || (left == right && strcmp(last.key, group.key) < 0));
        last = group;
    }
    msched_groups_unref(groups);
    msched_catalog_unref(of);
}

static const char *state_of(const msched_groups *groups, msched_text **text)
{
    assert_int_equal(msched_groups_to_state(groups, text, NULL), MSCHED_OK);
    return msched_text_data(*text);
}

static void parts_merge_to_the_whole(void **state)
{
    (void)state;
    uint64_t random = 7;
    uint32_t pick[4 * TRACKS];
    for (uint32_t by = 0; by <= MSCHED_BY_YEAR_MONTH; by++)
        for (uint32_t unit = 0; unit <= MSCHED_COUNT_TRACKS; unit++) {
            msched_groups *parts[3], *merged = NULL, *whole = compute(catalog, by, unit, NULL);
            msched_text *merged_text, *whole_text;
            for (uint32_t i = 0; i < row_count; i++) /* no track in two parts */
                pick[i] = i > 0 && strcmp(rows[i].track_id, rows[i - 1].track_id) == 0
                              ? pick[i - 1]
                              : next_random(&random) % 3;
            for (uint32_t p = 0; p < 3; p++) {
                msched_catalog *part = catalog_of_rows(rows, row_count, pick, p);
                msched_groups *direct = compute(part, by, unit, NULL);
                msched_text *text;
                const char *data = state_of(direct, &text);
                assert_int_equal(
                    msched_groups_from_state(&parts[p], data, msched_text_size(text), NULL, NULL),
                    MSCHED_OK);
                msched_text_unref(text);
                msched_groups_unref(direct);
                msched_catalog_unref(part);
            }
            assert_int_equal(
                msched_groups_merge(&merged, (const msched_groups *const *)parts, 3, NULL, NULL),
                MSCHED_OK);
            assert_string_equal(state_of(merged, &merged_text), state_of(whole, &whole_text));
            same_as_naive(merged, by, unit, NULL);
            msched_text_unref(merged_text);
            msched_text_unref(whole_text);
            msched_groups_unref(merged);
            msched_groups_unref(whole);
            for (uint32_t p = 0; p < 3; p++)
                msched_groups_unref(parts[p]);
        }
}

static void bad_states_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"version\":2,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[]}",
        "{\"version\":1,\"by\":\"mood\",\"count\":\"entries\",\"groups\":[]}",
        "{\"version\":1,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[{\"key\":\"a\","
        "\"label\":\"a\",\"values\":[]}]}",
        "{\"version\":1,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[{\"key\":\"a\","
        "\"label\":\"a\",\"values\":[[102,1]]}]}",
        "{\"version\":1,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[{\"key\":\"a\","
        "\"label\":\"a\",\"values\":[[5,1],[5,1]]}"
        "]}",
        "{\"version\":1,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[{\"key\":\"a\","
        "\"label\":\"a\",\"values\":[[5,-1]]}]}",
        "{\"version\":1,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[{\"key\":\"a\","
        "\"label\":\"a\",\"values\":[[5,"
        "9000000000000000]]}]}",
        "{\"version\":1,\"by\":\"genre\",\"count\":\"entries\",\"groups\":[{\"key\":\"b\","
        "\"label\":\"b\",\"values\":[[5,1]]},"
        "{\"key\":\"a\",\"label\":\"a\",\"values\":[[5,1]]}]}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_groups *groups = NULL;
        msched_error error;
        msched_result result = msched_groups_from_state(&groups, texts[i], strlen(texts[i]), NULL,
                                                        &error);
        assert_true(result == MSCHED_ERROR_SYNTAX || result == MSCHED_ERROR_VALUE);
        assert_null(groups);
        assert_true(error.message[0] != '\0');
    }
}

/* P(|T| <= t) by Simpson's rule over the density. */
static double student_t_within(double t, double df)
{
    const unsigned steps = 400;
    double sum = 0, scale = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(df * acos(-1));
    for (unsigned i = 0; i <= steps; i++) {
        double x = t * i / steps;
        sum += (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2) * pow(1 + x * x / df, -(df + 1) / 2);
    }
    return 2 * scale * sum * t / steps / 3;
}

static void student_t_as_published(void **state)
{
    (void)state;
    /* from printed tables to their three digits, and R's qt(0.975, df) for more */
    static const struct {
        uint64_t df;
        double t, within;
    } cases[] = {{1, 12.706204736, 1e-8},
                 {2, 4.302652730, 1e-8},
                 {3, 3.182446305, 1e-8},
                 {4, 2.776445105, 1e-8},
                 {5, 2.570581836, 1e-8},
                 {10, 2.228138852, 1e-8},
                 {30, 2.042272456, 1e-8},
                 {100, 1.983971519, 1e-8},
                 {120, 1.980, 5e-4},
                 {1000, 1.962339081, 1e-8},
                 {UINT64_C(1) << 50, 1.959963985, 1e-8}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_true(fabs(msched__student_t975(cases[i].df) - cases[i].t) < cases[i].within);
    for (unsigned df = 1; df < 2 * MSCHED__STUDENT_TABLE_SIZE; df++)
        assert_true(fabs(student_t_within(msched__student_t975(df), df) - 0.95) < 1e-9);
}

static void histogram_counts_all(void **state)
{
    (void)state;
    for (uint32_t bins = 1; bins <= 101; bins++) {
        msched_histogram_options options;
        msched_histogram_options_init(&options, sizeof options);
        options.bins = bins;
        options.count = MSCHED_COUNT_ENTRIES;
        msched_histogram *histogram = NULL;
        assert_int_equal(msched_histogram_compute(&histogram, catalog, &options, NULL), MSCHED_OK);
        assert_int_equal(msched_histogram_count(histogram), bins);
        uint64_t counted = 0;
        for (uint32_t b = 0; b < bins; b++) {
            msched_bin bin;
            uint64_t n = 0;
            assert_int_equal(msched_histogram_get(histogram, b, &bin), MSCHED_OK);
            /* bin b holds the values with 100 b <= value * bins < 100 (b + 1) */
            for (uint32_t i = 0; i < row_count; i++)
                n += (uint32_t)rows[i].popularity * bins >= 100 * b &&
                     ((uint32_t)rows[i].popularity * bins < 100 * (b + 1) || b + 1 == bins);
            assert_int_equal(bin.n, n);
            counted += n;
        }
        assert_int_equal(counted, row_count);
        msched_histogram_unref(histogram);
    }
}

static void correlations_as_plain_sums(void **state)
{
    (void)state;
    msched_correlations *whole = NULL, *read = NULL, *twice = NULL;
    msched_text *text = NULL;
    msched_correlations_options options;
    msched_correlations_options_init(&options, sizeof options);
    options.count = MSCHED_COUNT_ENTRIES;
    assert_int_equal(msched_correlations_compute(&whole, catalog, &options, NULL), MSCHED_OK);
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (uint32_t i = 0; i < row_count; i++) {
        if (isnan(rows[i].energy))
            continue;
        n++;
        x += rows[i].energy;
        y += rows[i].popularity;
    }
    for (uint32_t i = 0; i < row_count; i++) {
        if (isnan(rows[i].energy))
            continue;
        double dx = rows[i].energy - x / n, dy = rows[i].popularity - y / n;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    msched_correlation c = {.struct_size = sizeof c};
    assert_int_equal(msched_correlations_get(whole, MSCHED_FEATURE_ENERGY, &c), MSCHED_OK);
    assert_true((double)c.n == n && fabs(c.r - xy / sqrt(xx * yy)) < 1e-12 &&
                fabs(c.slope - xy / xx) < 1e-9);
    assert_true(fabs(c.feature_mean - x / n) < 1e-12 &&
                fabs(c.feature_sd - sqrt(xx / (n - 1))) < 1e-12);
    assert_int_equal(msched_correlations_to_state(whole, &text, NULL), MSCHED_OK);
    assert_int_equal(msched_correlations_from_state(&read, msched_text_data(text),
                                                    msched_text_size(text), NULL, NULL),
                     MSCHED_OK);
    const msched_correlations *parts[] = {whole, read};
    assert_int_equal(msched_correlations_merge(&twice, parts, 2, NULL, NULL), MSCHED_OK);
    msched_correlation d = {.struct_size = sizeof d};
    assert_int_equal(msched_correlations_get(twice, MSCHED_FEATURE_ENERGY, &d), MSCHED_OK);
    assert_true(d.n == 2 * c.n && fabs(d.r - c.r) < 1e-14);
    msched_text_unref(text);
    msched_correlations_unref(whole);
    msched_correlations_unref(read);
    msched_correlations_unref(twice);
}

static msched_result run_entry_point(unsigned which, const msched_allocator *allocator)
{
    msched_filter filter;
    a_filter(&filter, 3);
    msched_result result;
    if (which < 3) {
        msched_groups_options options;
        msched_groups_options_init(&options, sizeof options);
        options.by = which == 0   ? MSCHED_BY_ARTIST
                     : which == 1 ? MSCHED_BY_GENRE
                                  : MSCHED_BY_YEAR_MONTH;
        options.count = which;
        options.filter = &filter;
        options.allocator = allocator;
        msched_groups *groups = NULL, *merged = NULL;
        msched_text *text = NULL;
        result = msched_groups_compute(&groups, catalog, &options, NULL);
        if (result == MSCHED_OK)
            result = msched_groups_merge(&merged, (const msched_groups *const *)&groups, 1,
                                         &options, NULL);
        if (result == MSCHED_OK)
            result = msched_groups_to_state(merged, &text, NULL);
        msched_groups_unref(merged);
        merged = NULL;
        if (result == MSCHED_OK)
            result = msched_groups_from_state(&merged, msched_text_data(text),
                                              msched_text_size(text), allocator, NULL);
        msched_text_unref(text);
        msched_groups_unref(merged);
        msched_groups_unref(groups);
    } else if (which == 3) {
        msched_top_options options;
        msched_top_options_init(&options, sizeof options);
        options.allocator = allocator;
        options.filter = &filter;
        msched_top *top = NULL;
        result = msched_top_compute(&top, catalog, &options, NULL);
        msched_top_unref(top);
    } else if (which == 4) {
        msched_histogram_options options;
        msched_histogram_options_init(&options, sizeof options);
        options.allocator = allocator;
        msched_histogram *histogram = NULL;
        result = msched_histogram_compute(&histogram, catalog, &options, NULL);
        msched_histogram_unref(histogram);
    } else {
        msched_correlations_options options;
        msched_correlations_options_init(&options, sizeof options);
        options.allocator = allocator;
        msched_correlations *correlations = NULL;
        result = msched_correlations_compute(&correlations, catalog, &options, NULL);
        msched_correlations_unref(correlations);
    }
    return result;
}

/* The search index lists the recordings by popularity, and a top-10 reads that list. */
static void top_is_the_same_with_a_search_index(void **state)
{
    (void)state;
    const uint32_t limits[] = {1, 10, 4 * TRACKS};
    msched_catalog *fresh = catalog_of_rows(rows, row_count, NULL, 0);
    msched_top *before[3], *after;
    msched_hits *hits;
    msched_error err = {0};
    msched_top_options options;
    msched_top_options_init(&options, sizeof options);
    for (int i = 0; i < 3; i++) {
        options.limit = limits[i];
        assert_int_equal(msched_top_compute(&before[i], fresh, &options, &err), MSCHED_OK);
    }
    assert_int_equal(msched_find(&hits, fresh, "song", NULL, &err), MSCHED_OK);
    msched_hits_unref(hits);
    for (int i = 0; i < 3; i++) {
        options.limit = limits[i];
        assert_int_equal(msched_top_compute(&after, fresh, &options, &err), MSCHED_OK);
        assert_int_equal(msched_top_count(after), msched_top_count(before[i]));
        for (uint32_t at = 0; at < msched_top_count(after); at++) {
            uint32_t track, entry, expected;
            assert_int_equal(msched_top_get(before[i], at, &expected, NULL), MSCHED_OK);
            assert_int_equal(msched_top_get(after, at, &track, &entry), MSCHED_OK);
            assert_int_equal(track, expected);
            assert_int_equal(entry, UINT32_MAX);
        }
        msched_top_unref(before[i]);
        msched_top_unref(after);
    }
    msched_catalog_unref(fresh);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    for (unsigned which = 0; which < 6; which++)
        for (long at = 0;; at++) {
            failing failure = {.fail_at = at};
            msched_allocator allocator = failing_allocator(&failure);
            msched_result result = run_entry_point(which, &allocator);
            assert_int_equal(failure.held, 0);
            if (result == MSCHED_OK)
                break;
            assert_int_equal(result, MSCHED_ERROR_MEMORY);
            assert_true(at < 1000);
        }
}

int main(void)
{
    row_count = make_rows(rows, TRACKS, 42);
    catalog = catalog_of_rows(rows, row_count, NULL, 0);
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_plain_counting),
                                       cmocka_unit_test(many_subgenres),
                                       cmocka_unit_test(means_of_many_groups_in_order),
                                       cmocka_unit_test(parts_merge_to_the_whole),
                                       cmocka_unit_test(bad_states_are_refused),
                                       cmocka_unit_test(student_t_as_published),
                                       cmocka_unit_test(histogram_counts_all),
                                       cmocka_unit_test(correlations_as_plain_sums),
                                       cmocka_unit_test(top_is_the_same_with_a_search_index),
                                       cmocka_unit_test(any_allocation_may_fail)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    msched_catalog_unref(catalog);
    return failed;
}
