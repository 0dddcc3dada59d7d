/* Order within sessions: exact against all permutations, never worse, every rule kept. */
#include "../../testing.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_order.h"
#include "schedule/songs/songs_spread.h"
#include "schedule/songs/songs_solve.h"
#include "sound/mood.h"
#include "sound/transition.h"
#include "../songs_checker.h"
#include "../work.h"

#include <stdlib.h>

static uint64_t random_state;

static int32_t pick(int32_t low, int32_t high)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(random_state) % (uint64_t)(high - low + 1));
}

static void camelot_steps_score_as_on_the_wheel(void **state)
{
    (void)state;
    const msched__sound c_major = {1200, 500, 8, 1}, g_major = {1200, 500, 9, 1},
                        a_minor = {1200, 500, 8, 0}, d_major = {1200, 500, 10, 1},
                        e_minor = {1200, 500, 9, 0}, far = {1200, 500, 2, 1},
                        unknown = {1200, 500, 0, 0}, twelve = {1200, 500, 12, 1},
                        one = {1200, 500, 1, 1};
    assert_int_equal(msched__transition_key(&c_major, &c_major), 1000);
    assert_int_equal(msched__transition_key(&c_major, &g_major), 900);
    assert_int_equal(msched__transition_key(&c_major, &a_minor), 900);
    assert_int_equal(msched__transition_key(&c_major, &d_major), 550);
    assert_int_equal(msched__transition_key(&c_major, &e_minor), 450);
    assert_int_equal(msched__transition_key(&c_major, &far), 100);
    assert_int_equal(msched__transition_key(&c_major, &unknown), 500);
    assert_int_equal(msched__transition_key(&twelve, &one), 900);
}

static void half_and_double_tempo_are_near(void **state)
{
    (void)state;
    const msched__sound a = {820, 500, 8, 1}, b = {1590, 500, 8, 1}, c = {1200, 500, 8, 1};
    assert_true(msched__transition_score(&a, &b, 0) > msched__transition_score(&a, &c, 0));
    assert_int_equal(msched__transition_score(&a, &c, 0), msched__transition_score(&c, &a, 0));
    assert_true(msched__transition_score(&a, &b, 1) < msched__transition_score(&a, &b, 0));
}

#define DAY_TRACKS 40

static msched_catalog *make_catalog(void)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < DAY_TRACKS; i++) {
        char id[3] = {(char)('a' + i / 26), (char)('a' + i % 26), 0},
             artist[2] = {(char)('a' + pick(0, 19)), 0};
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = id;
        row.track_artist = artist;
        row.popularity = pick(0, 100);
        row.duration_ms = (uint32_t)pick(60, 300) * 1000;
        row.feature[MSCHED_FEATURE_KEY] = pick(0, 11);
        row.feature[MSCHED_FEATURE_MODE] = pick(0, 1);
        row.feature[MSCHED_FEATURE_ENERGY] = pick(0, 1000) / 1000.0;
        row.feature[MSCHED_FEATURE_TEMPO] = pick(60, 180);
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static void ordered_days_keep_every_rule(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    uint32_t smoother = 0;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        enum { PLAYS = 8 };
        random_state = seed << 8;
        msched_catalog *catalog = make_catalog();
        msched_plan plan;
        msched__plan_song wishes[PLAYS];
        memset(&plan, 0, sizeof plan);
        plan.songs = wishes;
        plan.song_count = PLAYS;
        msched__interval free[3], windows[PLAYS][3];
        int32_t t = 20000;
        for (uint32_t i = 0; i < 3; i++) {
            free[i].start = t;
            free[i].end = t + pick(300, 4000);
            t = free[i].end + pick(1, 5000);
        }
        msched__play plays[PLAYS];
        for (uint32_t i = 0; i < PLAYS; i++) {
            uint32_t n = 0, track = (uint32_t)pick(0, DAY_TRACKS - 1);
            int32_t from = pick(0, 2) ? 0 : pick(20000, t),
                    to = pick(0, 2) ? INT32_MAX : pick(20000, t);
            for (uint32_t w = 0; w < 3; w++) {
                int32_t start = free[w].start > from ? free[w].start : from,
                        end = free[w].end < to ? free[w].end : to;
                if (start < end)
                    windows[i][n++] = (msched__interval){start, end};
            }
            wishes[i] = (msched__plan_song){.times = 1,
                                            .between_start_s = from == 0 ? MSCHED_UNSET : from,
                                            .between_end_s = to,
                                            .start_s = MSCHED_UNSET,
                                            .during = UINT32_MAX};
            plays[i] =
                (msched__play){.wish = i,
                               .track = track,
                               .artist = catalog->track_artist[track],
                               .length_s = (int32_t)((catalog->duration_ms[track] + 999) / 1000),
                               .weight = 10,
                               .windows = windows[i],
                               .window_count = n,
                               .pinned_s = MSCHED_UNSET,
                               .preferred_s = MSCHED_UNSET};
            if (pick(0, 5) == 0)
                plays[i].pinned_s = pick(20000, t);
            if (pick(0, 5) == 0)
                plays[i].preferred_s = pick(20000, t);
        }
        msched__songs_problem songs = {.catalog = catalog,
                                       .plan = &plan,
                                       .free = free,
                                       .free_count = 3,
                                       .plays = plays,
                                       .play_count = PLAYS,
                                       .gap_s = pick(0, 1) * pick(1, 9),
                                       .artist_separation_s = pick(0, 1) * pick(10, 2000),
                                       .max_total_s = MSCHED_UNSET};
        const msched__interval nowhere = {0, 0};
        msched__mood_span mood = {{free[0].start + 200, free[0].end}, MSCHED_MOOD_PARTY};
        msched__songs_placement placement;
        msched__arena arena;
        msched__arena_init(&arena, &allocator, 0);
        assert_int_equal(msched__songs_place(&arena, &songs, WORK(50000), &placement), MSCHED_OK);
        msched__fill_problem problem = {.songs = &songs,
                                        .placement = &placement,
                                        .fill_s = pick(0, 5000),
                                        .windows = free,
                                        .window_count = 3,
                                        .mood_spans = &mood,
                                        .mood_span_count = 1,
                                        .hosts = &nowhere,
                                        .seed = seed};
        msched__fill fill;
        uint32_t count;
        assert_int_equal(msched__songs_fill(&arena, &problem, WORK(50000), &fill), MSCHED_OK);
        msched__timed_song *all = msched__songs_merge(&arena, &problem, &fill, &count);
        msched__timed_song *before = msched__arena_alloc(&arena, count, sizeof *before);
        memcpy(before, all, count * sizeof *all);
        assert_null(day_fault(&problem, all, count));
        msched__songs_score was = msched__songs_rate(&problem, all, count);
        assert_int_equal(msched__songs_order(&arena, &problem, all, count), MSCHED_OK);
        assert_null(day_fault(&problem, all, count));
        msched__songs_score now = msched__songs_rate(&problem, all, count);
        smoother += now.smoothness > was.smoothness;
        /* the order brings the last free wish no further from the second half of the time */
        assert_true(msched__songs_spread_rate(&problem, all, count).spread_s <=
                    msched__songs_spread_rate(&problem, before, count).spread_s);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t same = 0;
            for (uint32_t k = 0; k < count; k++) {
                same += before[i].track == all[k].track && before[i].play == all[k].play;
                if (before[i].fixed && before[i].play == all[k].play &&
                    before[i].track == all[k].track)
                    assert_int_equal(before[i].start_s, all[k].start_s);
            }
            assert_int_equal(same, 1);
        }
        msched__arena_reset(&arena);
        msched_catalog_unref(catalog);
    }
    assert_true(smoother > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(camelot_steps_score_as_on_the_wheel),
                                       cmocka_unit_test(half_and_double_tempo_are_near),
                                       cmocka_unit_test(ordered_days_keep_every_rule)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
