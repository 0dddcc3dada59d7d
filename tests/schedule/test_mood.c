/* Moods: fits, rankings, and running out of memory in all that songs need. */
#include "../testing.h"
#include "base/alloc.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_order.h"
#include "schedule/songs/songs_solve.h"
#include "sound/ranking.h"
#include "work.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct song {
    const char *id;
    int popularity;
    double energy, tempo, acousticness, loudness, speechiness, instrumentalness;
} song;

static const song songs[] = {{"loud", 10, 0.95, 130, 0.01, -4, 0.05, 0},
                             {"soft", 20, 0.2, 80, 0.9, -14, 0.03, 0.6},
                             {"half", 30, 0.95, 65, 0.01, -4, 0.05, 0},
                             {"slow", 40, 0.95, 95, 0.01, -4, 0.05, 0},
                             {"soft2", 90, 0.2, 80, 0.9, -14, 0.03, 0.6}};
#define SONG_COUNT ((uint32_t)(sizeof songs / sizeof songs[0]))

static msched_catalog *make_catalog(const msched_allocator *allocator)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog = NULL;
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.allocator = allocator;
    if (msched_catalog_builder_create(&builder, &options, NULL) != MSCHED_OK)
        return NULL;
    for (uint32_t i = 0; i < SONG_COUNT; i++) {
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = row.track_artist = songs[i].id;
        row.popularity = songs[i].popularity;
        row.duration_ms = 200000;
        row.feature[MSCHED_FEATURE_ENERGY] = songs[i].energy;
        row.feature[MSCHED_FEATURE_TEMPO] = songs[i].tempo;
        row.feature[MSCHED_FEATURE_ACOUSTICNESS] = songs[i].acousticness;
        row.feature[MSCHED_FEATURE_LOUDNESS] = songs[i].loudness;
        row.feature[MSCHED_FEATURE_SPEECHINESS] = songs[i].speechiness;
        row.feature[MSCHED_FEATURE_INSTRUMENTALNESS] = songs[i].instrumentalness;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static void fits_follow_the_features(void **state)
{
    (void)state;
    msched_catalog *catalog = make_catalog(NULL);
    int32_t workout[SONG_COUNT], calm[SONG_COUNT];
    for (uint32_t i = 0; i < SONG_COUNT; i++) {
        workout[i] = msched__mood_fit(catalog, MSCHED_MOOD_WORKOUT, i);
        calm[i] = msched__mood_fit(catalog, MSCHED_MOOD_WIND_DOWN, i);
    }
    assert_true(workout[0] > workout[1] && calm[1] > calm[0]);
    assert_int_equal(workout[2], workout[0]); /* 65 beats a minute are 130 */
    assert_true(workout[3] < workout[0]);
    assert_true(calm[1] > 950 && workout[0] > 850);
    msched_catalog_unref(catalog);
}

/* All tracks of a catalog in the order of a mood. */
static void rank(const msched_catalog *catalog, uint32_t mood, uint32_t *ranked)
{
    const msched__moods *moods = msched__moods_of(catalog, NULL);
    msched__ranking ranking;
    msched__ranking_start(&ranking, catalog, moods, mood);
    for (uint32_t i = 0; i < catalog->track_count; i++) {
        ranked[i] = msched__ranking_next(&ranking);
        if (mood != MSCHED_MOOD_NONE)
            assert_int_equal(ranking.band,
                             msched__mood_fit(catalog, mood, ranked[i]) / MSCHED__FIT_BAND);
    }
    assert_int_equal(msched__ranking_next(&ranking), MSCHED__NONE);
}

static void rankings_go_by_fit_then_popularity(void **state)
{
    (void)state;
    msched_catalog *catalog = make_catalog(NULL);
    uint32_t ranked[SONG_COUNT];
    rank(catalog, MSCHED_MOOD_WIND_DOWN, ranked);
    /* as soft as song 1, and more popular */
    assert_int_equal(ranked[0], 4);
    assert_int_equal(ranked[1], 1);
    rank(catalog, MSCHED_MOOD_WORKOUT, ranked);
    assert_int_equal(ranked[0], 2);
    rank(catalog, MSCHED_MOOD_NONE, ranked);
    assert_int_equal(ranked[0], 4);
    for (uint32_t mood = 0; mood < MSCHED_MOOD_COUNT; mood++) {
        uint32_t seen = 0;
        rank(catalog, mood, ranked);
        for (uint32_t i = 0; i < SONG_COUNT; i++)
            seen |= 1u << ranked[i];
        assert_int_equal(seen, (1u << SONG_COUNT) - 1);
    }
    msched_catalog_unref(catalog);
}

#define MANY 2000

/* A track's place by fit in bands, then popularity, where an unknown one is 0, then input order. */
static uint64_t place_of(const msched_catalog *catalog, uint32_t mood, uint32_t track)
{
    const uint64_t band = (uint64_t)(msched__mood_fit(catalog, mood, track) / MSCHED__FIT_BAND),
                   popularity = (uint64_t)msched__popularity_or_0(catalog, track);
    return (1000 - band) << 48 | (100 - popularity) << 32 | track;
}

static void unknown_popularities_rank_as_zero(void **state)
{
    (void)state;
    static const int32_t popularities[] = {-1, 0, 0, 3, -1, 100, 0, -1};
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    uint32_t ranked[MANY], random = 1;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < MANY; i++) {
        char id[16];
        snprintf(id, sizeof id, "%u", (unsigned)i);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = row.track_artist = id;
        row.popularity = popularities[i / 7 % 8];
        row.duration_ms = 200000;
        random = random * 1664525u + 1013904223u;
        if (random >> 28 != 0)
            row.feature[MSCHED_FEATURE_ENERGY] = (random >> 16) % 1000 / 1000.0;
        row.feature[MSCHED_FEATURE_TEMPO] = 60 + (random >> 8) % 120;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    for (uint32_t mood = MSCHED_MOOD_NONE + 1; mood < MSCHED_MOOD_COUNT; mood++) {
        rank(catalog, mood, ranked);
        for (uint32_t i = 1; i < MANY; i++)
            assert_true(place_of(catalog, mood, ranked[i - 1]) <
                        place_of(catalog, mood, ranked[i]));
    }
    msched_catalog_unref(catalog);
}

/* Allocation number `left` fails, and all after it. */
typedef struct failing {
    long left;
} failing;

static void *fail_realloc(void *ctx, void *block, size_t size)
{
    failing *f = ctx;
    return f->left-- > 0 ? realloc(block, size) : NULL;
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

static msched_result whole_day(msched_catalog *catalog, const msched_allocator *allocator)
{
    msched_plan plan;
    memset(&plan, 0, sizeof plan);
    msched__plan_song wishes[4] = {{.times = 2}, {.times = 2}, {.times = 2}, {.times = 2}};
    plan.songs = wishes;
    plan.song_count = 4;
    msched__interval free_time[] = {{1000, 1450}, {2000, 2410}};
    msched__play plays[4];
    for (uint32_t i = 0; i < 4; i++)
        plays[i] = (msched__play){.wish = i,
                                  .track = i,
                                  .artist = i % 2,
                                  .length_s = 200,
                                  .weight = 5 + i,
                                  .windows = free_time,
                                  .window_count = 2,
                                  .pinned_s = MSCHED_UNSET,
                                  .preferred_s = MSCHED_UNSET};
    msched__songs_problem problem = {.catalog = catalog,
                                     .plan = &plan,
                                     .free = free_time,
                                     .free_count = 2,
                                     .plays = plays,
                                     .play_count = 4,
                                     .artist_separation_s = 20,
                                     .max_total_s = 650};
    msched__songs_placement placement;
    msched__fill fill;
    msched__arena arena;
    uint32_t count = 0;
    msched__arena_init(&arena, allocator, 64);
    msched_result result = msched__songs_place(&arena, &problem, WORK(10000), &placement);
    if (result == MSCHED_OK) {
        msched__fill_problem fill_problem = {.songs = &problem,
                                             .placement = &placement,
                                             .fill_s = 210,
                                             .windows = free_time,
                                             .window_count = 2,
                                             .mood = MSCHED_MOOD_CALM};
        problem.max_total_s = 810;
        result = msched__songs_fill(&arena, &fill_problem, WORK(10000), &fill);
        msched__timed_song *all = result == MSCHED_OK
                                      ? msched__songs_merge(&arena, &fill_problem, &fill, &count)
                                      : NULL;
        if (result == MSCHED_OK)
            result = all == NULL ? MSCHED_ERROR_MEMORY
                                 : msched__songs_order(&arena, &fill_problem, all, count);
    }
    msched__arena_reset(&arena);
    return result;
}

static void every_failed_allocation_is_an_error(void **state)
{
    (void)state;
    failing day = {0};
    msched_allocator base = msched__allocator_copy(NULL), allocator = base;
    allocator.ctx = &day;
    allocator.allocate = fail_malloc;
    allocator.reallocate = fail_realloc;
    allocator.release = fail_free;
    msched_catalog *catalog = make_catalog(NULL);
    assert_non_null(msched__moods_of(catalog, NULL));
    msched_result result = MSCHED_ERROR_MEMORY;
    long failures = 0;
    for (; result != MSCHED_OK; failures++) {
        day.left = failures;
        result = whole_day(catalog, &allocator);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
    }
    assert_true(failures > 5);
    msched_catalog_unref(catalog);
    failing moods = {1000000};
    allocator.ctx = &moods;
    catalog = make_catalog(&allocator);
    const msched__moods *built = NULL;
    for (failures = 0; built == NULL; failures++) {
        moods.left = failures;
        built = msched__moods_of(catalog, NULL);
    }
    assert_true(failures > 10);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fits_follow_the_features),
                                       cmocka_unit_test(rankings_go_by_fit_then_popularity),
                                       cmocka_unit_test(unknown_popularities_rank_as_zero),
                                       cmocka_unit_test(every_failed_allocation_is_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
