/*
 * Tasks that are before others or as late as possible: where they stand, that no level loses by it,
 * and that the songs of a fill are no longer than asked.
 */
#include "../../failing.h"
#include "../../testing.h"
#include "../random_plan.h"

#include <stdio.h>

static msched_plan *read_text(const char *text)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    if (msched_plan_parse_text(&plan, NULL, text, strlen(text), random_catalog, &options, &err) !=
        MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

static msched_schedule *solve(const char *text, const msched_schedule *previous)
{
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = previous;
    msched_plan *plan = read_text(text);
    msched_schedule *schedule = NULL;
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, NULL),
                     MSCHED_OK);
    msched_plan_unref(plan);
    return schedule;
}

/* The start of a to-do in hours and minutes, as 1430; -1: it has no time. */
static int start_of(const msched_schedule *schedule, const char *id)
{
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        msched_schedule_get_entry(schedule, i, &entry);
        if (entry.kind == MSCHED_ENTRY_TODO && strcmp(entry.id, id) == 0)
            return entry.start_s / 3600 * 100 + entry.start_s / 60 % 60;
    }
    return -1;
}

static void check(const char *text, const char *id, int wanted)
{
    msched_schedule *schedule = solve(text, NULL);
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(schedule, &objective);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    if (start_of(schedule, id) != wanted)
        fail_msg("%s starts at %d, not at %d", id, start_of(schedule, id), wanted);
    msched_schedule_unref(schedule);
}

static void test_late_tasks_stand_late(void **state)
{
    (void)state;
    check("Read 45m late\n", "read", 2215);
    check("Read 45m by 20:00 as late as possible\n", "read", 1915);
    check("Read 1h late\n21:30-22:30 Call\n", "read", 2030);
    check("Read 1h late pad:10m\n22:00-23:00 Call\n", "read", 2050);
    check("Read 1h late\nSleep 1h late\n", "read", 2100); /* the later line is the later one */
    check("Read 1h late\nMail 30m\n", "mail", 700);       /* and the rest is early */
    check("Read 1h late split\n", "read", 2200);
}

static void test_before(void **state)
{
    (void)state;
    check("Bus 30m before:shift\n14:00-18:00 Shift\n", "bus", 1330);
    check("Bus 30m before:shift\nPack 15m before:bus\n14:00-18:00 Shift\n", "pack", 1315);
    check("Bus 30m before:shift pad:0m/10m\n14:00-18:00 Shift\n", "bus", 1320);
    check("Bus 30m before:shift\n13:45-18:00 Shift\n13:00-13:45 Lunch\n", "bus", 1230);
    check("Interval 15m before:gym\nGym 1h after 18:00\n", "interval", 1745);
    check("Interval 15m before:gym\nGym 1h after 18:00\n", "gym", 1800);
    check("Cook 1h before:dinner,film\nDinner 18:30 1h\n20:00-22:00 Film\n", "cook", 1730);
    check("Bus 30m before:shift\n7:00-18:00 Shift\n", "bus", -1);
    check("Bus 30m before:shift\n[-] 8:00-18:00 Shift\n", "bus", 2230); /* nothing to be before */
}

/* A song that has to play late keeps its time; the task goes as late as it can beside it. */
static void test_songs_come_first(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("day: 20:00-22:00\nRead 1h late\n"
                                      "song: spotify:track:track1 21:45-22:00 must\n",
                                      NULL);
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(schedule, &objective);
    assert_int_equal(objective.value[MSCHED_LEVEL_MUST_SONGS], 1);
    assert_in_range(start_of(schedule, "read"), 2035, 2055);
    msched_schedule_unref(schedule);
}

static void test_replanning_keeps_the_place(void **state)
{
    (void)state;
    msched_schedule *first = solve("Read 1h by 20:00\n", NULL);
    msched_schedule *again = solve("Read 1h by 20:00 late\n", first);
    assert_int_equal(start_of(first, "read"), 700);
    assert_int_equal(start_of(again, "read"), 700);
    msched_schedule_unref(again);
    msched_schedule_unref(first);
}

static void test_longest_song_of_a_fill(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("fill: 1h max:5m\n", NULL);
    uint32_t count = msched_schedule_entry_count(schedule);
    assert_true(count > 0);
    for (uint32_t i = 0; i < count; i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        msched_schedule_get_entry(schedule, i, &entry);
        assert_true(entry.end_s - entry.start_s <= 300);
    }
    msched_schedule_unref(schedule);
}

/* Late tasks cost no level: the values of a plan are those without the wish. */
static void test_no_level_loses(void **state)
{
    (void)state;
    static const char *const endings[] = {"", " late"};
    for (int hours = 1; hours <= 4; hours++) {
        msched_objective got[2];
        for (int late = 0; late < 2; late++) {
            char text[200];
            snprintf(text, sizeof text,
                     "day: 8:00-12:00\nA %dh%s\nB 20m\nfill: 2h\n"
                     "song: spotify:track:track2 11:00-12:00\n",
                     hours, endings[late]);
            msched_schedule *schedule = solve(text, NULL);
            got[late] = (msched_objective){.struct_size = sizeof got[late]};
            msched_schedule_get_objective(schedule, &got[late]);
            msched_schedule_unref(schedule);
        }
        for (int level = 0; level < MSCHED_LEVEL_COUNT; level++)
            assert_int_equal(got[0].value[level], got[1].value[level]);
    }
}

static const char plan_json[] =
    "{\"version\": 1, \"date\": \"2026-11-24\", \"todos\": ["
    "{\"id\": \"bus\", \"title\": \"Bus\", \"duration_s\": 1800, \"before\": [\"gym\", \"shift\"], "
    "\"late\": true}, "
    "{\"id\": \"shift\", \"title\": \"Shift\", \"start\": \"14:00\", \"end\": \"18:00\"}, "
    "{\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600, \"after\": [\"shift\"]}], "
    "\"listening\": {\"fill\": {\"duration_s\": 600, \"max_track_s\": 300}}}";

static void test_json_is_written_as_it_is_read(void **state)
{
    (void)state;
    msched_plan *plan = NULL;
    msched_text *text = NULL, *again = NULL;
    assert_int_equal(msched_plan_parse_json(&plan, plan_json, strlen(plan_json), NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_to_json(plan, &text, NULL), MSCHED_OK);
    assert_non_null(
        strstr(msched_text_data(text), "\"before\": [\"shift\", \"gym\"], \"late\": true"));
    assert_non_null(strstr(msched_text_data(text), "\"after\": [\"shift\"]")); /* not "bus" */
    assert_non_null(strstr(msched_text_data(text), "\"max_track_s\": 300"));
    msched_plan_unref(plan);
    assert_int_equal(
        msched_plan_parse_json(&plan, msched_text_data(text), msched_text_size(text), NULL, NULL),
        MSCHED_OK);
    assert_int_equal(msched_plan_to_json(plan, &again, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(text), msched_text_data(again));
    msched_text_unref(text);
    msched_text_unref(again);
    msched_plan_unref(plan);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    msched_result result = MSCHED_ERROR_MEMORY;
    for (long n = 1; result == MSCHED_ERROR_MEMORY && n < 2000; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_plan *plan = NULL;
        msched_schedule *schedule = NULL;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        result = msched_plan_parse_json(&plan, plan_json, strlen(plan_json), &allocator, NULL);
        if (result == MSCHED_OK)
            result = msched_schedule_build(&schedule, random_catalog, plan, &options, NULL);
        assert_true((schedule != NULL) == (result == MSCHED_OK));
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
        assert_int_equal(memory.live, 0);
    }
    assert_int_equal(result, MSCHED_OK);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"[{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 60, \"before\": [\"a\"]}]",
         "names the to-do itself"},
        {"[{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 60, \"before\": [\"c\"]}]",
         "no to-do has this id"},
        {"[{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 60, \"before\": [\"b\"]}, "
         "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 60, \"before\": [\"a\"]}]",
         "is circular"},
        {"[{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 60, \"before\": [\"b\"], \"after\": "
         "[\"b\"]}, {\"id\": \"b\", \"title\": \"B\", \"start\": \"9:00\", \"end\": \"10:00\"}]",
         "is circular"},
        {"[{\"title\": \"B\", \"start\": \"9:00\", \"end\": \"10:00\", \"late\": true}]",
         "applies only to tasks"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[400];
        msched_plan *plan = NULL;
        msched_error err = {0};
        snprintf(text, sizeof text, "{\"date\": \"2026-11-24\", \"todos\": %s}", wrong[i][0]);
        assert_int_not_equal(msched_plan_parse_json(&plan, text, strlen(text), NULL, &err),
                             MSCHED_OK);
        if (strstr(err.message, wrong[i][1]) == NULL)
            fail_msg("%s", err.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_late_tasks_stand_late),
        cmocka_unit_test(test_before),
        cmocka_unit_test(test_songs_come_first),
        cmocka_unit_test(test_replanning_keeps_the_place),
        cmocka_unit_test(test_longest_song_of_a_fill),
        cmocka_unit_test(test_no_level_loses),
        cmocka_unit_test(test_json_is_written_as_it_is_read),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
