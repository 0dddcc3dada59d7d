/* A load in several threads gives the same catalog and report as in one, whichever is slower. */
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ROWS 30000 /* over 1 MB, from which on further threads read rows */

/* The cells of a row: what is odd in some rows, and the numbers from which the features come. */
typedef struct shape {
    const char *header;
    int has_id, has_lists;
    int percent; /* features from 0 to 100 instead of 0 to 1 */
    int is_bad;  /* some cells cannot be read */
} shape;

static const shape shapes[] = {
    {"track_id,track_name,track_artist,track_popularity,duration_ms,energy,tempo,key,loudness\n", 1,
     0, 0, 0},
    {"track_id,track_name,track_artist,track_popularity,duration_ms,energy,tempo,key,loudness\n", 1,
     0, 0, 1},
    {"track_id,track_name,artists,track_popularity,duration_ms,energy,tempo,key,loudness\n", 1, 1,
     1, 1},
    {"track_name,track_artist,track_popularity,duration_ms,energy,tempo,key,loudness\n", 0, 0, 0,
     1},
};

static double energy_of(size_t row)
{
    return (double)(row * 7919 % 1000) / 1000;
}

static size_t add_energy(char *out, const shape *of, size_t row)
{
    if (of->is_bad && row % 11 == 3)
        return (size_t)sprintf(out, "%s", row % 2 == 0 ? "" : "loud");
    if (of->is_bad && row % 997 == 5)
        return (size_t)sprintf(out, "-1");
    return (size_t)sprintf(out, of->percent ? "%.1f" : "%.3f",
                           energy_of(row) * (of->percent ? 100 : 1));
}

static char *make_csv(const shape *of, size_t *size)
{
    char *csv = malloc(200 + (size_t)ROWS * 200);
    assert_non_null(csv);
    size_t used = (size_t)sprintf(csv, "%s", of->header);
    for (size_t i = 0; i < ROWS; i++) {
        if (of->has_id)
            used += (size_t)sprintf(csv + used, "id%zu,", i);
        used += (size_t)sprintf(csv + used, i % 7 == 2 ? "\"Title, %zu\"," : "Title %zu,", i);
        used += (size_t)sprintf(
            csv + used, of->has_lists && i % 3 == 0 ? "\"['Artist %zu', 'B']\"," : "Artist %zu,",
            i % 100);
        used += (size_t)sprintf(csv + used, "%zu,%zu,", i % 101, i + 90000);
        used += add_energy(csv + used, of, i);
        used += (size_t)sprintf(csv + used, ",%.2f,%zu,%s%.1f%s\n", 60 + (double)i / 200, i % 12,
                                of->is_bad && i % 1301 == 9 ? "\"" : "", -(double)(i % 60),
                                of->is_bad && i % 1301 == 9 ? "\"\"dB\"" : "");
    }
    *size = used;
    return csv;
}

/* The caller's thread waits, so that others read and add most rows. */
static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
    const struct timespec pause = {0, 2000000};
    assert_true(done <= total);
    ++*(int *)ctx;
    nanosleep(&pause, NULL);
}

static msched_catalog *load(const char *csv, size_t size, uint32_t threads, int is_slow)
{
    msched_catalog *catalog = NULL;
    msched_error err = {0};
    int calls = 0;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.threads = threads;
    if (is_slow) {
        options.progress = on_progress;
        options.progress_ctx = &calls;
    }
    if (msched_catalog_load_memory(&catalog, csv, size, &options, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(calls > 0, is_slow);
    return catalog;
}

/* The bytes of the saved catalog, which has every column. */
static char *saved(const msched_catalog *catalog, size_t *size)
{
    char name[] = "/tmp/musicsched-test-XXXXXX";
    const int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(msched_catalog_save(catalog, name, NULL), MSCHED_OK);
    close(file);
    FILE *in = fopen(name, "rb");
    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    *size = (size_t)ftell(in);
    rewind(in);
    char *bytes = malloc(*size);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, in), *size);
    fclose(in);
    unlink(name);
    return bytes;
}

static void expect_equal(const msched_catalog *one, const msched_catalog *two)
{
    msched_text *reports[2];
    size_t sizes[2];
    char *bytes[2] = {saved(one, &sizes[0]), saved(two, &sizes[1])};
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    assert_int_equal(msched_catalog_report_to_text(one, &reports[0], NULL), MSCHED_OK);
    assert_int_equal(msched_catalog_report_to_text(two, &reports[1], NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(reports[0]), msched_text_data(reports[1]));
    for (int i = 0; i < 2; i++) {
        msched_text_unref(reports[i]);
        free(bytes[i]);
    }
}

/* Each row has the energy that its cell says. */
static void expect_energy(const msched_catalog *catalog, const shape *of)
{
    for (size_t i = 0; i < ROWS; i++) {
        msched_track track = {.struct_size = sizeof track};
        assert_int_equal(msched_catalog_get_track(catalog, (uint32_t)i, &track), MSCHED_OK);
        const double energy = track.feature[MSCHED_FEATURE_ENERGY];
        if (of->is_bad && (i % 11 == 3 || i % 997 == 5))
            assert_true(isnan(energy));
        else
            assert_true(fabs(energy - energy_of(i)) < 1e-9);
        assert_int_equal(track.feature[MSCHED_FEATURE_KEY], i % 12);
    }
}

static void any_number_of_threads_reads_the_same_features(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof shapes / sizeof shapes[0]; s++) {
        size_t size;
        char *csv = make_csv(&shapes[s], &size);
        assert_true(size > (size_t)1 << 20);
        msched_catalog *one = load(csv, size, 1, 0);
        expect_energy(one, &shapes[s]);
        for (uint32_t threads = 2; threads <= 4; threads += 2)
            for (int is_slow = 0; is_slow < 2; is_slow++) {
                msched_catalog *more = load(csv, size, threads, is_slow);
                expect_equal(one, more);
                msched_catalog_unref(more);
            }
        msched_catalog_unref(one);
        free(csv);
    }
}

/* The first rows are short, so that many more rows are expected than there are. */
static void tables_have_the_size_of_their_content(void **state)
{
    (void)state;
    char *csv = malloc((size_t)4 << 20), text[600];
    assert_non_null(csv);
    size_t size = (size_t)sprintf(csv, "track_id,track_name,track_artist,track_popularity,"
                                       "duration_ms,playlist_name\n");
    memset(text, 'x', sizeof text);
    for (int row = 0; row < 3200; row++)
        size += (size_t)sprintf(csv + size, "id%d,Title %d,Artist,%d,200000,%.*s\n", row, row,
                                row % 101, row < 140 ? 1 : 400, text);
    assert_true(size > (size_t)1 << 20);
    msched_catalog *one = load(csv, size, 1, 0), *two = load(csv, size, 2, 0);
    expect_equal(one, two);
    msched_catalog_unref(one);
    msched_catalog_unref(two);
    free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_reads_the_same_features),
        cmocka_unit_test(tables_have_the_size_of_their_content)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
