/* Several fills in a plan of several dates: each on its dates, and in its to-do. */
#include "span_testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SONGS  24
#define SONG_S 300

static msched_catalog *read_songs(void)
{
    char csv[4096];
    size_t size = (size_t)snprintf(csv, sizeof csv,
                                   "track_id,track_name,track_artist,track_popularity,duration_ms,"
                                   "playlist_genre,playlist_subgenre\n");
    for (int i = 0; i < SONGS; i++)
        size += (size_t)snprintf(csv + size, sizeof csv - size,
                                 "t%d,Song %d,Artist %d,%d,%d,%s,x\n", i, i, i, i, SONG_S * 1000,
                                 i % 2 == 0 ? "pop" : "rock");
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, size, NULL, NULL), MSCHED_OK);
    return catalog;
}

static const char week_text[] = "date: 2026-11-23\n"
                                "days: 3\n"
                                "day: 8:00-20:00\n"
                                "fill: 15m rock on:mon,wed 8:00-9:00\n"
                                "fill: during:run\n"
                                "fill: 10m during:stand-up\n"
                                "every day 12:00-12:30 Stand-up #music\n"
                                "Run 20m 2x apart:2d after 18:00 #music\n"
                                "Report 2h before 9:00 split:20m on:tue,wed #music\n";

/* Seconds of each fill on each date. */
static void count(const msched_schedule *schedule, int32_t sum[3][3])
{
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        if (e.kind != MSCHED_ENTRY_SONG)
            continue;
        assert_in_range(e.fill, 0, 2);
        sum[e.fill][e.day] += e.end_s - e.start_s;
        if (e.fill == 0)
            assert_int_equal((e.id[strlen(e.id) - 1] - '0') % 2, 1);
        if (e.fill > 0)
            assert_ptr_equal(strstr(e.during, e.fill == 1 ? "run~" : "stand-up@"), e.during);
    }
}

static void expect_fills(const msched_schedule *schedule)
{
    static const int32_t expected[3][3] = {{900, 0, 900}, {1200, 0, 1200}, {600, 600, 600}};
    int32_t sum[3][3] = {{0}};
    count(schedule, sum);
    for (int k = 0; k < 3; k++)
        for (int d = 0; d < 3; d++)
            assert_int_equal(sum[k][d], expected[k][d]);
}

static void each_fill_is_on_its_dates(void **state)
{
    (void)state;
    msched_catalog *catalog = read_songs();
    msched_plan *plan = plan_of_text(week_text, catalog), *again = NULL;
    msched_schedule *schedule = NULL, *read = NULL;
    msched_text *json = NULL;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    expect_fills(schedule);
    msched_objective objective = objective_of(schedule);
    assert_int_equal(objective.value[MSCHED_LEVEL_FILL_S], 6000);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    /* the index of the fill is in the JSON of the schedule, and is read again */
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_parse_json(&read, msched_text_data(json),
                                                msched_text_size(json), NULL, NULL),
                     MSCHED_OK);
    expect_fills(read);
    msched_schedule_unref(read);
    msched_schedule_unref(schedule);
    msched_text_unref(json);
    /* the plan read again from its JSON has the same schedule */
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    assert_int_equal(
        msched_plan_parse_json(&again, msched_text_data(json), msched_text_size(json), NULL, NULL),
        MSCHED_OK);
    msched_text_unref(json);
    assert_int_equal(msched_schedule_build(&schedule, catalog, again, NULL, NULL), MSCHED_OK);
    expect_fills(schedule);
    msched_schedule_unref(schedule);
    msched_plan_unref(again);
    /* and so has the plan from its text */
    assert_int_equal(msched_plan_to_text(plan, catalog, &json, NULL), MSCHED_OK);
    again = plan_of_text(msched_text_data(json), catalog);
    msched_text_unref(json);
    assert_int_equal(msched_schedule_build(&schedule, catalog, again, NULL, NULL), MSCHED_OK);
    expect_fills(schedule);
    msched_schedule_unref(schedule);
    msched_plan_unref(again);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

/* A fill for the whole of a split task fills each of its parts. */
static void a_fill_follows_the_parts_of_a_task(void **state)
{
    (void)state;
    msched_catalog *catalog = read_songs();
    msched_plan *plan = plan_of_text("date: 2026-11-23\ndays: 2\nday: 8:00-20:00\n"
                                     "fill: during:paint\nPaint 40m before 8:20 split:20m #music\n",
                                     catalog);
    msched_schedule *schedule = NULL;
    int32_t sum[3][3] = {{0}};
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        if (e.kind == MSCHED_ENTRY_SONG)
            sum[0][e.day] += e.end_s - e.start_s;
    }
    assert_int_equal(sum[0][0], 1200);
    assert_int_equal(sum[0][1], 1200);
    assert_int_equal(msched_schedule_unplaced_count(schedule), 0);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

/* "avoid" beside the fills applies to all of them. */
static void all_fills_avoid_the_same(void **state)
{
    (void)state;
    static const char json[] =
        "{\"date\": \"2026-11-23\", \"days\": 2, \"listening\": {\"fills\": [{\"duration_s\": 300},"
        " {\"duration_s\": 300, \"on\": [\"tue\"]}], \"avoid\": [\"t23\", \"t22\", \"t21\"]}}";
    static const char twice[] =
        "{\"date\": \"2026-11-23\", \"days\": 2, \"listening\": {\"fill\": {\"duration_s\": 300,"
        " \"avoid\": [\"t1\"]}, \"avoid\": [\"t2\"]}}";
    msched_catalog *catalog = read_songs();
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    msched_error err = {0};
    assert_int_equal(msched_plan_parse_json(&plan, json, strlen(json), NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(schedule), 3);
    for (uint32_t i = 0; i < 3; i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        assert_true(strcmp(e.id, "t21") != 0 && strcmp(e.id, "t22") != 0);
        assert_string_not_equal(e.id, "t23");
    }
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    assert_int_equal(msched_plan_parse_json(&plan, twice, strlen(twice), NULL, &err),
                     MSCHED_ERROR_VALUE);
    assert_non_null(strstr(err.message, "avoid"));
    msched_catalog_unref(catalog);
}

/* Nothing repeats, even if a fill that avoids songs of its own is not on every date. */
static void no_date_repeats_a_fill_song(void **state)
{
    (void)state;
    static const char json[] =
        "{\"date\": \"2026-11-23\", \"days\": 3, \"listening\": {\"fills\": [{\"duration_s\": "
        "300, \"on\": [\"wed\"], \"avoid\": [\"t23\", \"t22\", \"t21\", \"t20\"]}, "
        "{\"duration_s\": 1800}]}}";
    msched_catalog *catalog = read_songs();
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    int plays[SONGS] = {0};
    assert_int_equal(msched_plan_parse_json(&plan, json, strlen(json), NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(schedule), 19);
    for (uint32_t i = 0; i < 19; i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        assert_int_equal(plays[atoi(e.id + 1)]++, 0);
    }
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

/*
 * On Monday, the wanted song finds no time, so that the fill plays it. It then moves to Tuesday,
 * and Monday's fill must do without it.
 */
static void no_fill_repeats_a_song_that_moves_to_another_date(void **state)
{
    (void)state;
    static const char json[] =
        "{\"date\": \"2026-11-23\", \"days\": 2, \"day\": {\"start\": \"08:00\", \"end\": "
        "\"10:30\", "
        "\"exceptions\": [{\"on\": [\"mon\"], \"end\": \"10:00\"}]}, \"todos\": [{\"id\": \"run\", "
        "\"title\": \"Run\", \"start\": \"10:00\", \"end\": \"10:30\", \"on\": [\"mon\", \"tue\"], "
        "\"music\": true}, {\"title\": \"Work\", \"start\": \"08:00\", \"end\": \"10:00\", \"on\": "
        "[\"tue\"]}], \"songs\": [{\"track_id\": \"t23\", \"during\": \"run\"}], \"listening\": "
        "{\"fill\": {\"duration_s\": 3600, \"artists\": [\"Artist 23\"]}}}";
    msched_catalog *catalog = read_songs();
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    uint32_t plays = 0;
    assert_int_equal(msched_plan_parse_json(&plan, json, strlen(json), NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        plays += e.kind == MSCHED_ENTRY_SONG;
        assert_true(e.kind != MSCHED_ENTRY_SONG || (e.wanted == 0 && e.day == 1));
    }
    assert_int_equal(plays, 1);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

/*
 * A short day with just enough rock: when it is planned again, the first fill must not keep a song
 * that only the second one can use.
 */
static void fills_that_are_planned_again_lose_nothing(void **state)
{
    (void)state;
    char csv[2048];
    size_t size = (size_t)snprintf(csv, sizeof csv,
                                   "track_id,track_name,track_artist,track_popularity,duration_ms,"
                                   "playlist_genre,playlist_subgenre\n");
    for (int i = 0; i < SONGS; i++)
        size += (size_t)snprintf(
            csv + size, sizeof csv - size, "t%d,Song %d,Artist %d,%d,%d,%s,x\n", i, i, i,
            i % 2 == 0 ? i + 50 : i, SONG_S * 1000, i % 2 == 0 || i == 1 ? "pop" : "rock");
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, size, NULL, NULL), MSCHED_OK);
    msched_plan *plan = plan_of_text("date: 2026-11-23\nday: 8:00-9:10\nfill: 10m\nfill: 55m rock\n"
                                     "\u266a Song 0 at 8:05\n",
                                     catalog);
    msched_schedule *first = NULL, *again = NULL;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    assert_int_equal(msched_schedule_build(&first, catalog, plan, &options, NULL), MSCHED_OK);
    options.previous = first;
    assert_int_equal(msched_schedule_build(&again, catalog, plan, &options, NULL), MSCHED_OK);
    msched_objective objective = objective_of(again);
    assert_int_equal(objective.value[MSCHED_LEVEL_FILL_S], 65 * 60);
    msched_schedule_unref(again);
    msched_schedule_unref(first);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static void a_fill_follows_the_rest_of_a_paused_task(void **state)
{
    (void)state;
    msched_catalog *catalog = read_songs();
    msched_plan *plan = plan_of_text("date: 2026-11-23\ndays: 3\nnow: 2026-11-24T12:00\n"
                                     "day: 8:00-20:00\n"
                                     "Run 1h on:wed 20m left #music\nfill: during:run\n",
                                     catalog);
    msched_schedule *schedule = NULL;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    msched_objective objective = objective_of(schedule);
    assert_int_equal(objective.value[MSCHED_LEVEL_FILL_S], 20 * 60);
    assert_int_equal(msched_schedule_unplaced_count(schedule), 0);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

/* Clocks skip from 02:00 to 03:00: a quiet interval that begins then is quiet from 03:00 on. */
static void quiet_hours_begin_in_skipped_time(void **state)
{
    (void)state;
    msched_catalog *catalog = read_songs();
    msched_plan *plan = plan_of_text("date: 2026-03-28 Europe/Berlin\ndays: 2\nday: 1:00-5:00\n"
                                     "quiet: 02:30-03:15\nfill: 4h on:sun\n",
                                     catalog);
    msched_schedule *schedule = NULL;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    uint32_t after = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        const msched_schedule_entry e = entry_at(schedule, i);
        assert_true(e.day == 0 || e.end_s <= 10800 || e.start_s >= 11700);
        after += e.day == 1 && e.start_s >= 11700;
    }
    assert_true(after > 0);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    msched_catalog *catalog = read_songs();
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan_text_options options;
        msched_plan_text_options_init(&options, sizeof options);
        options.allocator = &allocator;
        msched_schedule_options how;
        msched_schedule_options_init(&how, sizeof how);
        how.allocator = &allocator;
        msched_plan *plan = NULL;
        msched_schedule *schedule = NULL;
        msched_result result = msched_plan_parse_text(&plan, NULL, week_text, strlen(week_text),
                                                      catalog, &options, NULL);
        if (result == MSCHED_OK)
            result = msched_schedule_build(&schedule, catalog, plan, &how, NULL);
        if (result == MSCHED_OK)
            expect_fills(schedule);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fill_is_on_its_dates),
        cmocka_unit_test(a_fill_follows_the_parts_of_a_task),
        cmocka_unit_test(all_fills_avoid_the_same),
        cmocka_unit_test(no_fill_repeats_a_song_that_moves_to_another_date),
        cmocka_unit_test(no_date_repeats_a_fill_song),
        cmocka_unit_test(fills_that_are_planned_again_lose_nothing),
        cmocka_unit_test(a_fill_follows_the_rest_of_a_paused_task),
        cmocka_unit_test(quiet_hours_begin_in_skipped_time),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
