/* Features of few different values are kept in less memory, with all bits of each value. */
#include "../testing.h"
#include "base/alloc.h"
#include "catalog/catalog_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRACKS 1000u

/* Features with 1, 2, 21, 750, 751 and 1000 different values; others are not known. */
static double value(uint32_t feature, uint32_t track)
{
    switch (feature) {
    case MSCHED_FEATURE_ENERGY:
        return 0.1;
    case MSCHED_FEATURE_MODE:
        return track % 2;
    case MSCHED_FEATURE_VALENCE:
        return track % 21 == 20 ? (double)NAN : 1.0 / (1 + track % 21);
    case MSCHED_FEATURE_TEMPO:
        return 90 + track % 750 / 7.0;
    case MSCHED_FEATURE_LIVENESS:
        return track % 751 / 1000.0;
    case MSCHED_FEATURE_LOUDNESS:
        return track == 0 ? -0.0 : track == 1 ? 0.0 : -0.001 * track;
    default:
        return (double)NAN;
    }
}

static msched_catalog *build(const msched_allocator *allocator, uint32_t tracks)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog = NULL;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = allocator;
    assert_int_equal(msched_catalog_builder_create(&builder, &options, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < tracks; i++) {
        char id[16];
        snprintf(id, sizeof id, "%u", (unsigned)i);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = row.track_artist = id;
        row.duration_ms = 200000;
        for (uint32_t f = 0; f < MSCHED_FEATURE_DURATION_MS; f++)
            row.feature[f] = value(f, i);
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static void assert_values(const msched_catalog *catalog, uint32_t tracks)
{
    for (uint32_t i = 0; i < tracks; i++) {
        msched_track track = {.struct_size = sizeof track};
        assert_int_equal(msched_catalog_get_track(catalog, i, &track), MSCHED_OK);
        for (uint32_t f = 0; f < MSCHED_FEATURE_DURATION_MS; f++) {
            const double expected = value(f, i);
            if (isnan(expected))
                assert_true(isnan(track.feature[f]));
            else
                assert_memory_equal(&track.feature[f], &expected, sizeof expected);
        }
    }
}

static void every_value_keeps_its_bits(void **state)
{
    (void)state;
    msched_catalog *catalog = build(NULL, TRACKS);
    assert_values(catalog, TRACKS);
    assert_int_equal(catalog->feature[MSCHED_FEATURE_ENERGY].value_count, 1);
    assert_int_equal(catalog->feature[MSCHED_FEATURE_VALENCE].value_count, 21);
    assert_int_equal(catalog->feature[MSCHED_FEATURE_KEY].value_count, 1);
    /* codes take less memory up to three quarters */
    assert_non_null(catalog->feature[MSCHED_FEATURE_TEMPO].codes);
    assert_null(catalog->feature[MSCHED_FEATURE_LIVENESS].codes);
    assert_null(catalog->feature[MSCHED_FEATURE_LOUDNESS].codes);
    msched_catalog_unref(catalog);
    for (uint32_t few = 0; few < 5; few++) {
        catalog = build(NULL, few);
        assert_values(catalog, few);
        msched_catalog_unref(catalog);
    }
}

static void more_values_than_codes_stay_as_they_are(void **state)
{
    (void)state;
    enum { ROWS = 100000, ROW = 40 };
    char *songs = malloc((size_t)ROWS * ROW);
    size_t used = (size_t)sprintf(songs, "track_id,track_name,artists,duration_ms,tempo,energy\n");
    for (int i = 0; i < ROWS; i++)
        used += (size_t)sprintf(songs + used, "%d,S,A,200000,%d.%03d,0.%d\n", i,
                                60 + i % 70000 / 1000, i % 1000, i % 10);
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, songs, used, NULL, NULL), MSCHED_OK);
    free(songs);
    assert_int_equal(msched__catalog_need_all(catalog, NULL), MSCHED_OK);
    assert_null(catalog->feature[MSCHED_FEATURE_TEMPO].codes);
    assert_int_equal(catalog->feature[MSCHED_FEATURE_ENERGY].value_count, 10);
    assert_true(msched__feature_of(catalog, MSCHED_FEATURE_TEMPO, 69999) == 129.999);
    assert_true(msched__feature_of(catalog, MSCHED_FEATURE_ENERGY, 69999) == 0.9);
    msched_catalog_unref(catalog);
}

/* Allocation number `left` fails, and all after it. */
static void *fail_realloc(void *ctx, void *block, size_t size)
{
    long *left = ctx;
    return (*left)-- > 0 ? realloc(block, size) : NULL;
}

static void *fail_malloc(void *ctx, size_t size)
{
    return fail_realloc(ctx, NULL, size);
}

static void fail_free(void *ctx, void *block)
{
    (void)ctx;
    free(block);
}

static void a_failed_allocation_leaves_the_values(void **state)
{
    (void)state;
    long left = 1000000;
    msched_allocator allocator = msched__allocator_copy(NULL);
    allocator.ctx = &left;
    allocator.allocate = fail_malloc;
    allocator.reallocate = fail_realloc;
    allocator.release = fail_free;
    msched_catalog *catalog = build(&allocator, TRACKS);
    msched_catalog_info info = {.struct_size = sizeof info};
    msched_result result = MSCHED_ERROR_MEMORY;
    long failures = 0;
    for (; result != MSCHED_OK; failures++) {
        left = failures % 7; /* one call packs what the one before could not */
        if (failures > 100)
            left = 1000000;
        result = msched_catalog_get_info(catalog, &info);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
    }
    left = 1000000;
    assert_true(failures > 5);
    assert_values(catalog, TRACKS);
    msched_catalog *other = build(NULL, TRACKS);
    msched_catalog_info expected = {.struct_size = sizeof expected};
    assert_int_equal(msched_catalog_get_info(other, &expected), MSCHED_OK);
    assert_int_equal(info.memory_bytes, expected.memory_bytes);
    msched_catalog_unref(other);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_value_keeps_its_bits),
                                       cmocka_unit_test(more_values_than_codes_stay_as_they_are),
                                       cmocka_unit_test(a_failed_allocation_leaves_the_values)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
