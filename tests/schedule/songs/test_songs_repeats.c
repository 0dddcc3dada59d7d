/* Plays of one recording apart: every rule kept, the same songs, and as far as free time allows. */
#include "../../failing.h"
#include "../../testing.h"
#include "base/alloc.h"
#include "base/hash.h"
#include "catalog/catalog_check.h"
#include "schedule/fill/fill_solve.h"
#include "schedule/model/playlist.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_repeats.h"
#include "schedule/songs/songs_solve.h"
#include "../songs_checker.h"
#include "../work.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TRACKS 30
#define PLAYS  9

static uint64_t random_state;

static int32_t pick(int32_t low, int32_t high)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return low + (int32_t)(msched__hash_mix(random_state) % (uint64_t)(high - low + 1));
}

/* Tracks "aa", "ab", ..; a length of 0: each its own. */
static msched_catalog *make_catalog(uint32_t length_ms)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < TRACKS; i++) {
        char id[3] = {(char)('a' + i / 26), (char)('a' + i % 26), 0},
             artist[2] = {(char)('a' + pick(0, 19)), 0};
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = id;
        row.track_artist = artist;
        row.popularity = pick(0, 100);
        row.duration_ms = length_ms > 0 ? length_ms : (uint32_t)pick(60, 300) * 1000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    assert_int_equal(msched__catalog_need_all(catalog, NULL), MSCHED_OK);
    return catalog;
}

/* The shortfall by its definition: every pair of neighboring plays of a recording. */
static int64_t shortfall(const msched__songs_problem *p, const msched__timed_song *songs,
                         uint32_t count)
{
    const uint32_t *recording = p->catalog->track_recording;
    int64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count; k++)
            if (recording[songs[k].track] == recording[songs[i].track]) {
                int64_t lacking = p->repeat_s -
                                  (songs[k].start_s - songs[i].start_s - songs[i].length_s);
                sum += lacking > 0 ? lacking * lacking : 0;
                break;
            }
    return sum;
}

typedef struct small_day {
    msched_plan plan;
    msched__interval free[3], windows[PLAYS][3];
    msched__play plays[PLAYS];
    msched__songs_problem songs;
    msched__fill_problem problem;
    msched__songs_placement placement;
} small_day;

static void draw_play(small_day *day, uint32_t i, int32_t day_end)
{
    const msched_catalog *catalog = day->songs.catalog;
    const uint32_t track = (uint32_t)pick(0, 4);
    uint32_t n = 0;
    int32_t from = pick(0, 3) ? 0 : pick(20000, day_end),
            to = pick(0, 3) ? INT32_MAX : pick(20000, day_end);
    for (uint32_t w = 0; w < 3; w++) {
        int32_t start = day->free[w].start > from ? day->free[w].start : from,
                end = day->free[w].end < to ? day->free[w].end : to;
        if (start < end)
            day->windows[i][n++] = (msched__interval){start, end};
    }
    day->plays[i] =
        (msched__play){.wish = i,
                       .track = track,
                       .artist = catalog->track_artist[track],
                       .length_s = (int32_t)((catalog->duration_ms[track] + 999) / 1000),
                       .weight = 10,
                       .windows = day->windows[i],
                       .window_count = n,
                       .pinned_s = pick(0, 7) == 0 ? pick(20000, day_end) : MSCHED_UNSET,
                       .preferred_s = pick(0, 7) == 0 ? pick(20000, day_end) : MSCHED_UNSET};
}

static void draw_day(small_day *day, const msched_catalog *catalog, uint64_t seed)
{
    int32_t t = 20000;
    memset(day, 0, sizeof *day);
    day->songs = (msched__songs_problem){.catalog = catalog,
                                         .recordings = catalog->track_recording,
                                         .recording_count = catalog->recording_count,
                                         .plan = &day->plan,
                                         .free = day->free,
                                         .free_count = 3,
                                         .plays = day->plays,
                                         .play_count = PLAYS,
                                         .gap_s = pick(0, 1) * pick(1, 9),
                                         .artist_separation_s = pick(0, 1) * pick(10, 2000),
                                         .repeat_s = pick(1, 9000),
                                         .max_total_s = MSCHED_UNSET};
    for (uint32_t i = 0; i < 3; i++) {
        day->free[i].start = t;
        day->free[i].end = t + pick(300, 4000);
        t = day->free[i].end + pick(1, 5000);
    }
    for (uint32_t i = 0; i < PLAYS; i++)
        draw_play(day, i, t);
    day->problem = (msched__fill_problem){.songs = &day->songs,
                                          .placement = &day->placement,
                                          .fill_s = pick(0, 1) * pick(0, 9000),
                                          .windows = day->free,
                                          .window_count = 3,
                                          .seed = seed};
}

static int is_among(const msched__timed_song *song, const msched__timed_song *songs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (songs[i].play == song->play && songs[i].track == song->track &&
            (!song->fixed || songs[i].start_s == song->start_s))
            return 1;
    return 0;
}

static void days_keep_every_rule_and_every_song(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    uint32_t better = 0, apart = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        small_day day;
        msched__arena arena;
        msched__fill fill;
        uint32_t count;
        random_state = seed << 8;
        msched_catalog *catalog = make_catalog(0);
        msched__arena_init(&arena, &allocator, 0);
        draw_day(&day, catalog, seed);
        assert_int_equal(msched__songs_place(&arena, &day.songs, WORK(50000), &day.placement),
                         MSCHED_OK);
        assert_int_equal(msched__songs_fill(&arena, &day.problem, WORK(50000), &fill), MSCHED_OK);
        msched__timed_song *all = msched__songs_merge(&arena, &day.problem, &fill, &count);
        msched__timed_song *before = msched__arena_alloc(&arena, count, sizeof *before);
        assert_true(count > 0);
        memcpy(before, all, count * sizeof *all);
        assert_null(day_fault(&day.problem, all, count));
        const int64_t was = shortfall(&day.songs, all, count);
        assert_int_equal(msched__songs_repeats(&arena, &day.problem, all, count, WORK(50000)),
                         MSCHED_OK);
        const int64_t now = shortfall(&day.songs, all, count);
        if (day_fault(&day.problem, all, count) != NULL)
            fail_msg("seed %d: %s", (int)seed, day_fault(&day.problem, all, count));
        assert_true(now <= was);
        better += now < was;
        apart += was > 0 && now == 0;
        for (uint32_t i = 0; i < count; i++)
            assert_true(is_among(&before[i], all, count));
        msched__arena_reset(&arena);
        msched_catalog_unref(catalog);
    }
    assert_true(better > 200);
    assert_true(apart > 20);
}

/* One window, and only plays of one song: they are apart exactly if there is time for that. */
static void plays_are_apart_where_there_is_time(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (uint64_t seed = 1; seed <= 200; seed++) {
        random_state = seed << 8;
        msched_catalog *catalog = make_catalog(100000);
        const uint32_t count = (uint32_t)pick(2, 6);
        const int32_t repeat = pick(1, 900), end = pick(600, 4000),
                      most = (end - (int32_t)count * 100) / ((int32_t)count - 1);
        const msched__interval free = {0, end};
        msched__play plays[6];
        msched__timed_song songs[6];
        for (uint32_t i = 0; i < count; i++) {
            plays[i] = (msched__play){.length_s = 100,
                                      .windows = &free,
                                      .window_count = 1,
                                      .pinned_s = MSCHED_UNSET,
                                      .preferred_s = MSCHED_UNSET};
            songs[i] = (msched__timed_song){.start_s = (int32_t)i * 100, .length_s = 100};
            songs[i].play = i;
        }
        const msched__songs_problem rules = {.catalog = catalog,
                                             .recordings = catalog->track_recording,
                                             .recording_count = catalog->recording_count,
                                             .free = &free,
                                             .free_count = 1,
                                             .plays = plays,
                                             .play_count = count,
                                             .repeat_s = repeat,
                                             .max_total_s = MSCHED_UNSET};
        const msched__fill_problem problem = {.songs = &rules};
        msched__arena arena;
        msched__arena_init(&arena, &allocator, 0);
        assert_int_equal(msched__songs_repeats(&arena, &problem, songs, count, WORK(50000)),
                         MSCHED_OK);
        const int32_t least = repeat < most ? repeat : most;
        for (uint32_t i = 1; i < count; i++)
            assert_true(songs[i].start_s - songs[i - 1].start_s - 100 >= least);
        assert_true(songs[0].start_s >= 0 && songs[count - 1].start_s + 100 <= end);
        assert_int_equal(msched__songs_repeats_next(&rules, songs, count, 0),
                         songs[1].start_s - 100 < repeat ? 1 : count);
        msched__arena_reset(&arena);
        msched_catalog_unref(catalog);
    }
}

/* Three plays in a row and six other songs of several lengths, in exactly their time. */
static void plays_change_places_with_other_songs(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    random_state = 7;
    msched_catalog *catalog = make_catalog(0);
    enum { COUNT = 9 };
    msched__play plays[COUNT];
    msched__timed_song songs[COUNT];
    msched__interval free = {0, 0};
    for (uint32_t i = 0; i < COUNT; i++) {
        const uint32_t track = i < 3 ? 0 : i;
        const int32_t length = (int32_t)((catalog->duration_ms[track] + 999) / 1000);
        plays[i] = (msched__play){.track = track,
                                  .length_s = length,
                                  .windows = &free,
                                  .window_count = 1,
                                  .pinned_s = MSCHED_UNSET,
                                  .preferred_s = MSCHED_UNSET};
        songs[i] = (msched__timed_song){.start_s = free.end, .length_s = length, .track = track};
        songs[i].play = i;
        free.end += length;
    }
    const msched__songs_problem rules = {.catalog = catalog,
                                         .recordings = catalog->track_recording,
                                         .recording_count = catalog->recording_count,
                                         .free = &free,
                                         .free_count = 1,
                                         .plays = plays,
                                         .play_count = COUNT,
                                         .repeat_s = 3600,
                                         .max_total_s = MSCHED_UNSET};
    const msched__fill_problem problem = {.songs = &rules};
    msched__arena arena;
    msched__arena_init(&arena, &allocator, 0);
    assert_int_equal(msched__songs_repeats(&arena, &problem, songs, COUNT, WORK(50000)), MSCHED_OK);
    assert_int_equal(songs[0].track, 0);
    assert_int_equal(songs[COUNT - 1].track, 0);
    assert_true(songs[3].track == 0 || songs[4].track == 0 || songs[5].track == 0);
    assert_int_equal(songs[COUNT - 1].start_s + songs[COUNT - 1].length_s, free.end);
    msched__arena_reset(&arena);
    msched_catalog_unref(catalog);
}

/* Two hours with a wish for three plays of one song, a filled hour, and what `rest` sets. */
static msched_plan *plan_with(const char *rest)
{
    char json[512];
    msched_plan *plan;
    msched_error err;
    snprintf(json, sizeof json,
             "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"10:00\"}, "
             "\"songs\": [{\"track_id\": \"aa\", \"times\": 3}], "
             "\"listening\": {\"fill\": {\"duration_s\": 3600}%s}}",
             rest);
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

/* The least time between two plays of the song. */
static int32_t least_between(const msched_schedule *schedule)
{
    int32_t last = MSCHED_UNSET, least = INT32_MAX;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        assert_int_equal(msched_schedule_get_entry(schedule, i, &entry), MSCHED_OK);
        if (strcmp(entry.id, "aa") != 0)
            continue;
        if (last != MSCHED_UNSET && entry.start_s - last < least)
            least = entry.start_s - last;
        last = entry.end_s;
    }
    return least;
}

static void a_wish_costs_no_level(void **state)
{
    (void)state;
    static const char *const wishes[] = {"", ", \"repeat_s\": 1800", ", \"repeat_s\": 7200"};
    msched_objective reached[3];
    random_state = 11;
    msched_catalog *catalog = make_catalog(0);
    for (int i = 0; i < 3; i++) {
        msched_plan *plan = plan_with(wishes[i]);
        msched_schedule *schedule;
        assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
        reached[i].struct_size = sizeof reached[i];
        assert_int_equal(msched_schedule_get_objective(schedule, &reached[i]), MSCHED_OK);
        assert_memory_equal(reached[i].value, reached[0].value, sizeof reached[0].value);
        assert_memory_equal(reached[i].bound, reached[0].bound, sizeof reached[0].bound);
        assert_true(least_between(schedule) >= (i == 0 ? 0 : 1800));
        assert_int_equal(msched_schedule_warning_count(schedule), i == 2 ? 2 : 0);
        if (i == 2) {
            msched_warning warning = {.struct_size = sizeof warning};
            assert_int_equal(msched_schedule_get_warning(schedule, 0, &warning), MSCHED_OK);
            assert_string_equal(warning.code, "repeats_soon");
            assert_non_null(strstr(warning.message, "repeat asks for 2 h"));
        }
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
    msched_catalog_unref(catalog);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    random_state = 11;
    msched_catalog *catalog = make_catalog(0);
    msched_plan *plan = plan_with(", \"repeat_s\": 7200");
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule *schedule = NULL;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        msched_result result = msched_schedule_build(&schedule, catalog, plan, &options, NULL);
        assert_true(result == MSCHED_ERROR_MEMORY ||
                    (result == MSCHED_OK && memory.count < memory.fail_at));
        msched_schedule_unref(schedule);
    }
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(days_keep_every_rule_and_every_song),
                                       cmocka_unit_test(plays_are_apart_where_there_is_time),
                                       cmocka_unit_test(plays_change_places_with_other_songs),
                                       cmocka_unit_test(a_wish_costs_no_level),
                                       cmocka_unit_test(memory_may_run_out_anywhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
