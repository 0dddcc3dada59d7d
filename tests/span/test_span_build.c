/* Plans of several dates: what is put where, what is refused, and memory that runs out. */
#include "span_testing.h"

#include <stdio.h>
#include <string.h>

static msched_schedule *build(const char *json)
{
    return schedule_of(plan_of_json(json));
}

#define DAYS(n, rest) "{\"date\": \"2026-11-23\", \"days\": " #n ", " rest "}"

static void a_task_goes_to_the_date_that_has_time(void **state)
{
    (void)state;
    msched_schedule *s = build(
        DAYS(2, "\"day\": {\"start\": \"09:00\", \"end\": \"12:00\"}, \"todos\": ["
                "{\"id\": \"fair\", \"title\": \"Fair\", \"start\": \"09:00\", \"end\": \"12:00\","
                " \"on\": [\"mon\"]},"
                "{\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 7200}]"));
    assert_int_equal(msched_schedule_entry_count(s), 2);
    msched_schedule_entry fair = entry_at(s, 0), report = entry_at(s, 1);
    assert_string_equal(fair.id, "fair@2026-11-23");
    assert_string_equal(report.id, "report");
    assert_int_equal(report.day, 1);
    assert_int_equal(report.start_s, 9 * 3600);
    assert_int_equal(objective_of(s).status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(s);
}

/* The number of days between neighboring occurrences is at least this, whatever else there is. */
static void check_distance(uint32_t times, uint32_t least)
{
    char json[400];
    snprintf(json, sizeof json,
             DAYS(7,
                  "\"todos\": [{\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 18000,"
                  " \"on\": [\"mon\"]},"
                  "{\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600, \"times\": %u}]"),
             (unsigned)times);
    msched_schedule *s = build(json);
    int32_t last = INT32_MIN / 2;
    uint32_t count = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(s); i++) {
        msched_schedule_entry e = entry_at(s, i);
        if (strcmp(e.title, "Gym") != 0)
            continue;
        assert_true((int32_t)e.day - last >= (int32_t)least);
        last = (int32_t)e.day;
        count++;
    }
    assert_int_equal(count, times);
    assert_int_equal(objective_of(s).status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(s);
}

static void occurrences_are_spread_over_the_week(void **state)
{
    (void)state;
    check_distance(2, 3);
    check_distance(3, 2);
    check_distance(4, 2);
    check_distance(5, 1);
}

static void a_habit_whose_dates_are_all_off_is_listed(void **state)
{
    (void)state;
    msched_schedule *s = build(
        DAYS(7, "\"day\": {\"exceptions\": [{\"on\": [\"sun\"], \"off\": true}]}, \"todos\": ["
                "{\"id\": \"call\", \"title\": \"Call\", \"duration_s\": 1800,"
                " \"on\": [\"sun\"], \"times\": \"each\"},"
                "{\"id\": \"run\", \"title\": \"Run\", \"duration_s\": 1800,"
                " \"on\": [\"sat\", \"sun\"], \"times\": \"each\"}]"));
    assert_int_equal(msched_schedule_entry_count(s), 1);
    assert_string_equal(entry_at(s, 0).id, "run@2026-11-28");
    assert_int_equal(msched_schedule_unplaced_count(s), 1);
    assert_string_equal(unplaced_at(s, 0).id, "call");
    assert_string_equal(unplaced_at(s, 0).text, "it needs 30 min, but all of its dates are off");
    msched_schedule_unref(s);
}

static void a_task_that_is_too_long_for_a_date_is_cut(void **state)
{
    (void)state;
    msched_schedule *s = build(DAYS(
        3, "\"day\": {\"start\": \"09:00\", \"end\": \"12:00\"}, \"todos\": ["
           "{\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 14400,"
           " \"split_min_s\": 3600, \"max_per_day_s\": 7200, \"due\": \"2026-11-24T12:00\"}]"));
    int32_t on[3] = {0};
    for (uint32_t i = 0; i < msched_schedule_entry_count(s); i++) {
        msched_schedule_entry e = entry_at(s, i);
        on[e.day] += e.end_s - e.start_s;
        assert_int_equal(e.piece, i + 1);
    }
    assert_int_equal(on[0], 7200);
    assert_int_equal(on[1], 7200);
    assert_int_equal(on[2], 0);
    msched_schedule_unref(s);
}

/* The seconds of tasks on each date. */
static void loads_of(const char *json, int32_t *on)
{
    msched_schedule *s = build(json);
    for (uint32_t i = 0; i < msched_schedule_entry_count(s); i++) {
        msched_schedule_entry e = entry_at(s, i);
        on[e.day] += e.fixed ? 0 : e.end_s - e.start_s;
    }
    assert_int_equal(objective_of(s).status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(s);
}

#define TASK(id, length, rest)                                                                     \
    "{\"id\": \"" id "\", \"title\": \"" id "\", \"duration_s\": " #length rest "}"
#define SPLIT ", \"split_min_s\": 2700"

static void long_tasks_are_spread(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        int32_t hours[5]; /* half hours a date */
    } cases[] = {         /* on as few dates as two hours a date allow */
                 {DAYS(5, "\"todos\": [" TASK("a", 28800, SPLIT) "]"), {4, 4, 4, 4, 0}},
                 {DAYS(3, "\"todos\": [" TASK("a", 28800, SPLIT) "]"), {6, 6, 4}},
                 /* beside other tasks */
                 {DAYS(3, "\"todos\": [" TASK("a", 21600, SPLIT) ", " TASK(
                              "b", 10800, ", \"on\": [\"tue\"]") "]"),
                  {6, 6, 6}},
                 /* a short task, and one that cannot be split, stay in one piece */
                 {DAYS(2, "\"todos\": [" TASK("a", 7200, SPLIT) "]"), {4, 0}},
                 {DAYS(2, "\"todos\": [" TASK("a", 14400, "") "]"), {8, 0}},
                 /* two that share the dates */
                 {DAYS(4, "\"todos\": [" TASK("a", 14400, SPLIT) ", " TASK("b", 14400, SPLIT) "]"),
                  {4, 4, 4, 4}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t on[MSCHED_PLAN_MAX_DAYS] = {0};
        loads_of(cases[i].json, on);
        for (int d = 0; d < 5; d++)
            assert_int_equal(on[d], cases[i].hours[d] * 1800);
    }
}

/* A balance that costs a wanted thing is not taken: the evenings are too short for it. */
static void an_even_load_costs_nothing(void **state)
{
    (void)state;
    int32_t on[MSCHED_PLAN_MAX_DAYS] = {0};
    loads_of(DAYS(2, "\"day\": {\"start\": \"09:00\", \"end\": \"13:00\"}, \"todos\": ["
                     "{\"title\": \"Fair\", \"start\": \"09:00\", \"end\": \"12:30\","
                     " \"on\": [\"tue\"]}, " TASK("a", 14400, SPLIT) "]"),
             on);
    assert_int_equal(on[0], 14400);
    assert_int_equal(on[1], 0);
}

/* A previous schedule keeps what it had. */
static void spread_tasks_stay(void **state)
{
    (void)state;
    static const char json[] = DAYS(5, "\"todos\": [" TASK("a", 28800, SPLIT) "]");
    static const char was[] =
        "{\"version\": 1, \"date\": \"2026-11-23\", \"days\": 5, \"entries\": [{\"kind\": "
        "\"todo\", "
        "\"id\": \"a\", \"of\": \"a\", \"title\": \"a\", \"date\": \"2026-11-25\", \"start\": "
        "\"08:00:00\", \"end\": \"16:00:00\", \"fixed\": false}]}";
    msched_plan *plan = plan_of_json(json);
    msched_schedule *schedule = NULL, *previous = NULL;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    assert_int_equal(msched_schedule_parse_json(&previous, was, sizeof was - 1, NULL, NULL),
                     MSCHED_OK);
    options.previous = previous;
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, &options, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(schedule), 1);
    assert_int_equal(entry_at(schedule, 0).day, 2);
    assert_int_equal(entry_at(schedule, 0).start_s, 8 * 3600);
    msched_schedule_unref(schedule);
    msched_schedule_unref(previous);
    msched_plan_unref(plan);
}

static void occurrences_keep_their_distance(void **state)
{
    (void)state;
    msched_schedule *s =
        build(DAYS(5, "\"todos\": [{\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600,"
                      " \"times\": 3, \"apart_days\": 2}]"));
    assert_int_equal(msched_schedule_entry_count(s), 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(entry_at(s, i).day, 2 * i);
    assert_int_equal(objective_of(s).value[MSCHED_LEVEL_TASKS_1], 3);
    msched_schedule_unref(s);
}

static void what_has_no_time_is_named(void **state)
{
    (void)state;
    msched_schedule *s =
        build(DAYS(2, "\"day\": {\"start\": \"09:00\", \"end\": \"10:00\"}, \"todos\": ["
                      "{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 3600, \"times\": 2},"
                      "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 1800}]"));
    assert_int_equal(msched_schedule_unplaced_count(s), 1);
    msched_unplaced unplaced = unplaced_at(s, 0);
    assert_true(unplaced.text[0] != '\0');
    msched_schedule_unref(s);
}

/* A night shift is on two dates: its fixes name the one on which it begins, and do not move it. */
static void fixes_name_the_date_of_the_event(void **state)
{
    (void)state;
    msched_schedule *s = build(DAYS(
        3, "\"day\": {\"start\": \"00:00\", \"end\": \"24:00\"}, \"todos\": ["
           "{\"id\": \"shift\", \"title\": \"Shift\", \"start\": \"22:00\", \"end\": \"30:00\","
           " \"on\": [\"mon\", \"tue\"]},"
           "{\"id\": \"task\", \"title\": \"Task\", \"duration_s\": 3600,"
           " \"latest\": \"04:00\", \"on\": [\"tue\"]}]"));
    assert_int_equal(msched_schedule_unplaced_count(s), 1);
    msched_unplaced item = unplaced_at(s, 0);
    int is_left_out = 0;
    for (uint32_t i = 0; i < item.alternative_count; i++) {
        assert_int_not_equal(item.alternatives[i]->kind, MSCHED_FIX_MOVE_LATER);
        is_left_out |= strcmp(item.alternatives[i]->text, "leave out Shift on 2026-11-23") == 0;
    }
    assert_true(is_left_out);
    msched_schedule_unref(s);
}

static void what_is_not_clear_is_refused(void **state)
{
    (void)state;
    expect_refused(
        "{\"date\": \"2026-11-23\", \"todos\": [{\"title\": \"A\", \"duration_s\": 60, \"on\":"
        " [\"mon\"]}]}",
        "write \"days\", too");
    expect_refused(
        DAYS(2, "\"todos\": [{\"title\": \"A\", \"start\": \"09:00\", \"end\": \"10:00\"}]"),
        "the dates on which it occurs");
    expect_refused(
        DAYS(2, "\"todos\": [{\"title\": \"A\", \"duration_s\": 60, \"on\": [\"monday\"]}]"),
        "is not a date");
    expect_refused(
        DAYS(2, "\"todos\": [{\"title\": \"A\", \"duration_s\": 60, \"due\": \"17:00\"}]"),
        "YYYY-MM-DDTHH:MM");
    expect_refused(DAYS(2, "\"day\": {\"start\": \"07:00\", \"end\": \"32:00\"}"), "begins before");
    expect_refused(DAYS(32, "\"todos\": []"), "31");
    expect_refused(DAYS(2, "\"songs\": [{\"query\": \"Halo\", \"state\": \"done\"}]"),
                   "\"state\" of a song");
}

static void a_to_do_is_not_moved_within_several_days_yet(void **state)
{
    (void)state;
    msched_plan *moved = NULL;
    msched_plan *plan =
        plan_of_json(DAYS(2, "\"todos\": [{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 60}]"));
    assert_int_equal(msched_plan_move_todo(&moved, plan, "a", 36000, NULL), MSCHED_ERROR_CONFLICT);
    assert_null(moved);
    msched_plan_unref(plan);
}

/* What was not done rolls over: it is planned again from now on. */
static void now_is_a_moment_of_the_span(void **state)
{
    (void)state;
    msched_plan *plan = plan_of_json(
        DAYS(3, "\"day\": {\"start\": \"09:00\", \"end\": \"12:00\"}, \"todos\": ["
                "{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 7200},"
                "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 3600, \"state\": \"done\"},"
                "{\"id\": \"c\", \"title\": \"C\", \"duration_s\": 3600, \"due\": "
                "\"2026-11-24T10:00\"}]"));
    msched_plan *moved = NULL;
    msched_schedule *s = NULL;
    assert_int_equal(msched_plan_with_now(&moved, plan, 86400 + 38000, NULL), MSCHED_OK);
    msched_day day = {.struct_size = sizeof day};
    assert_int_equal(msched_plan_get_day(moved, &day), MSCHED_OK);
    assert_int_equal(day.days, 3);
    assert_int_equal(day.now_s, 86400 + 38000);
    assert_int_equal(msched_schedule_build(&s, NULL, moved, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(s), 1);
    msched_schedule_entry a = entry_at(s, 0);
    assert_string_equal(a.id, "a");
    assert_true(a.day == 2 || (a.day == 1 && a.start_s >= 38000));
    assert_int_equal(msched_schedule_unplaced_count(s), 1);
    msched_plan_unref(moved);
    assert_int_equal(msched_plan_with_now(&moved, plan, 4 * 86400, NULL), MSCHED_ERROR_VALUE);
    assert_null(moved);
    day.date = "2026-11-24";
    msched_plan_builder *builder;
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    msched_plan_builder_free(builder);
    msched_schedule_unref(s);
    msched_plan_unref(plan);
}

static const char everything[] =
    DAYS(3, "\"now\": \"2026-11-23T08:00\", \"day\": {\"start\": \"09:00\", \"end\": \"12:00\","
            " \"max_tasks_s\": 9000, \"exceptions\": [{\"on\": [\"tue\"], \"end\": \"11:00\"}]},"
            " \"todos\": ["
            "{\"id\": \"e\", \"title\": \"E\", \"start\": \"10:00\", \"end\": \"10:30\", \"on\": "
            "[\"wed\"]},"
            "{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 3600, \"times\": \"each\"},"
            "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 9000, \"split_min_s\": 1800},"
            "{\"id\": \"f\", \"title\": \"F\", \"duration_s\": 7500, \"split_min_s\": 1800},"
            "{\"id\": \"c\", \"title\": \"C\", \"duration_s\": 7200, \"before\": [\"e\"]},"
            "{\"id\": \"d\", \"title\": \"D\", \"duration_s\": 7200, \"after\": [\"c\"]}],"
            " \"songs\": [{\"query\": \"x\", \"times\": \"each\"}],"
            " \"listening\": {\"fills\": [{\"duration_s\": 600, \"on\": [\"mon\"]}]}");

/* Five tasks of an hour, of which three fit beside the events of two dates. */
#define FIVE_TASKS                                                                                 \
    "\"day\": {\"start\": \"09:00\", \"end\": \"12:00\"}, \"todos\": ["                            \
    "{\"id\": \"fair\", \"title\": \"Fair\", \"start\": \"09:00\", \"end\": \"11:00\", \"on\": "   \
    "[\"mon\"]},"                                                                                  \
    "{\"id\": \"trip\", \"title\": \"Trip\", \"start\": \"10:00\", \"end\": \"11:00\", \"on\": "   \
    "[\"tue\"]},"                                                                                  \
    "{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 3600},"                                     \
    "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 3600},"                                     \
    "{\"id\": \"c\", \"title\": \"C\", \"duration_s\": 3600},"                                     \
    "{\"id\": \"d\", \"title\": \"D\", \"duration_s\": 3600, \"priority\": 2},"                    \
    "{\"id\": \"e\", \"title\": \"E\", \"duration_s\": 3600, \"priority\": 2}]"

static void an_overbooked_span_is_proved(void **state)
{
    (void)state;
    msched_schedule *s = build(DAYS(2, FIVE_TASKS));
    msched_objective objective = objective_of(s);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_1], 3);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_2], 0);
    assert_int_equal(objective.bound[MSCHED_LEVEL_TASKS_2], 0);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(s);
}

/* Tuesday is full with a task that may be on Monday, and "Call" may not. */
static void a_task_makes_room_on_another_date(void **state)
{
    (void)state;
    msched_schedule *s = build(DAYS(
        2, "\"day\": {\"start\": \"09:00\", \"end\": \"12:00\"}, \"todos\": ["
           "{\"id\": \"fair\", \"title\": \"Fair\", \"start\": \"09:00\", \"end\": \"10:00\","
           " \"on\": [\"mon\"]},"
           "{\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 7200},"
           "{\"id\": \"call\", \"title\": \"Call\", \"duration_s\": 5400, \"earliest\": \"10:00\","
           " \"latest\": \"11:45\", \"priority\": 2, \"on\": [\"tue\"]}]"));
    assert_int_equal(msched_schedule_unplaced_count(s), 0);
    assert_int_equal(objective_of(s).status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(s);
}

/* Events that overlap on several dates are named once, in the times of their own date. */
static void overlaps_are_named_once(void **state)
{
    (void)state;
    msched_schedule *s =
        build(DAYS(3, "\"todos\": [{\"title\": \"A\", \"start\": \"09:00\", \"end\": \"10:00\", "
                      "\"on\": [\"mon\", \"tue\", \"wed\"]}, {\"title\": \"B\", \"start\": "
                      "\"09:30\", \"end\": \"11:00\", \"on\": [\"mon\", \"tue\", \"wed\"]}]"));
    msched_warning warning = {.struct_size = sizeof warning};
    assert_int_equal(msched_schedule_warning_count(s), 1);
    assert_int_equal(msched_schedule_get_warning(s, 0, &warning), MSCHED_OK);
    assert_string_equal(warning.message, "A and B overlap from 09:30 to 10:00");
    msched_schedule_unref(s);
}

/* A daily task of a date that is over is past, though other dates are left. */
static void a_missed_occurrence_is_past(void **state)
{
    (void)state;
    msched_schedule *s =
        build(DAYS(3, "\"now\": \"2026-11-24T12:00\", \"todos\": [{\"id\": \"read\", \"title\": "
                      "\"Read\", \"duration_s\": 1800, \"times\": \"each\"}]"));
    assert_int_equal(msched_schedule_unplaced_count(s), 1);
    msched_unplaced u = unplaced_at(s, 0);
    assert_int_equal(u.reason, MSCHED_REASON_PAST);
    assert_string_equal(u.text, "its date is past");
    msched_schedule_unref(s);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        msched_plan *plan = NULL;
        msched_schedule *schedule = NULL;
        msched_text *text = NULL;
        msched_result result = msched_plan_parse_json(&plan, everything, sizeof everything - 1,
                                                      &allocator, NULL);
        if (result == MSCHED_OK)
            result = msched_schedule_build(&schedule, NULL, plan, &options, NULL);
        if (result == MSCHED_OK)
            result = msched_schedule_to_text(schedule, &text, NULL);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        msched_text_unref(text);
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
}

/* Clocks go back on Sunday the 25th of October: the text shows what they do. */
static void the_text_shows_the_clocks_of_each_date(void **state)
{
    (void)state;
    static const char json[] =
        "{\"date\": \"2026-10-20\", \"days\": 7, \"timezone\": \"Europe/Berlin\", \"todos\": ["
        "{\"title\": \"Early\", \"start\": \"01:00\", \"end\": \"01:30\", \"on\": [\"sun\"]},"
        "{\"title\": \"Brunch\", \"start\": \"11:00\", \"end\": \"13:00\", \"on\": [\"sun\"]},"
        "{\"title\": \"Class\", \"start\": \"09:00\", \"end\": \"10:00\", \"on\": [\"tue\", "
        "\"mon\"]}]}";
    msched_schedule *made = build(json), *read = NULL;
    msched_text *text = NULL, *file = NULL;
    assert_int_equal(msched_schedule_to_json(made, &file, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_parse_json(&read, msched_text_data(file),
                                                msched_text_size(file), NULL, NULL),
                     MSCHED_OK);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(msched_schedule_to_text(again ? read : made, &text, NULL), MSCHED_OK);
        const char *shown = msched_text_data(text);
        assert_non_null(strstr(shown, "Tuesday 20 October 2026\n  09:00-10:00     Class\n"));
        assert_non_null(strstr(shown, "Sunday 25 October 2026\n  01:00-01:30     Early\n"
                                      "  11:00-13:00     Brunch\n"));
        assert_non_null(strstr(shown, "Monday 26 October 2026\n  09:00-10:00     Class\n"));
        msched_text_unref(text);
    }
    msched_text_unref(file);
    msched_schedule_unref(read);
    msched_schedule_unref(made);
}

/*
 * Clocks skip from 02:00 to 03:00 on Sunday the 29th of March: an event of every day keeps what is
 * left of its time there, or its length if nothing is left.
 */
static void an_event_in_skipped_time_is_on_its_date(void **state)
{
    (void)state;
    msched_schedule *schedule = build(
        "{\"date\": \"2026-03-28\", \"days\": 2, \"timezone\": \"Europe/Berlin\", \"todos\": ["
        "{\"id\": \"feed\", \"title\": \"Feed\", \"start\": \"02:30\", \"end\": \"03:15\","
        " \"on\": [\"sat\", \"sun\"]},"
        "{\"id\": \"pills\", \"title\": \"Pills\", \"start\": \"02:45\", \"end\": \"03:00\","
        " \"on\": [\"sat\", \"sun\"]}]}");
    static const struct {
        const char *id;
        int32_t start_s, end_s;
    } wanted[] = {{"feed@2026-03-28", 9000, 11700},
                  {"pills@2026-03-28", 9900, 10800},
                  {"feed@2026-03-29", 10800, 11700},
                  {"pills@2026-03-29", 13500, 14400}};
    for (uint32_t i = 0; i < 4; i++) {
        const msched_schedule_entry e = entry_at(schedule, i);
        assert_string_equal(e.id, wanted[i].id);
        assert_int_equal(e.start_s, wanted[i].start_s);
        assert_int_equal(e.end_s, wanted[i].end_s);
    }
    msched_schedule_unref(schedule);
}

/*
 * Clocks skip from 02:00 to 03:00: a date until 02:30 ends at 03:30, and a task with the latest end
 * 03:00 has the half hour before the jump.
 */
static void a_latest_end_counts_beside_a_skipped_one(void **state)
{
    (void)state;
    msched_schedule *schedule = build(
        "{\"date\": \"2026-03-28\", \"days\": 2, \"timezone\": \"Europe/Berlin\","
        "\"day\": {\"start\": \"01:30\", \"end\": \"02:30\"}, \"todos\": ["
        "{\"id\": \"fits\", \"title\": \"Fits\", \"duration_s\": 1800, \"on\": [\"sun\"],"
        " \"latest\": \"03:00\"},"
        "{\"id\": \"long\", \"title\": \"Long\", \"duration_s\": 2700, \"on\": [\"sun\"],"
        " \"latest\": \"03:00\", \"split_min_s\": 900, \"priority\": 2}]}");
    assert_int_equal(msched_schedule_entry_count(schedule), 1);
    assert_string_equal(entry_at(schedule, 0).id, "fits");
    assert_int_equal(entry_at(schedule, 0).start_s, 5400);
    assert_string_equal(unplaced_at(schedule, 0).id, "long");
    msched_schedule_unref(schedule);
}

/* What is before an event of a later date has no reason to be late on its own date. */
static void only_the_date_of_the_event_is_late(void **state)
{
    (void)state;
    msched_schedule *schedule = build(
        "{\"date\": \"2026-11-24\", \"days\": 2, \"todos\": ["
        "{\"id\": \"trip\", \"title\": \"Trip\", \"start\": \"12:00\", \"end\": \"14:00\","
        " \"on\": [\"wed\"]},"
        "{\"id\": \"pack\", \"title\": \"Pack\", \"duration_s\": 3600, \"on\": [\"tue\"],"
        " \"before\": [\"trip\"]},"
        "{\"id\": \"walk\", \"title\": \"Walk\", \"duration_s\": 3600, \"on\": [\"wed\"],"
        " \"before\": [\"trip\"]}]}");
    assert_string_equal(entry_at(schedule, 0).id, "pack");
    assert_int_equal(entry_at(schedule, 0).start_s, 7 * 3600);
    assert_string_equal(entry_at(schedule, 1).id, "walk");
    assert_int_equal(entry_at(schedule, 1).start_s, 11 * 3600);
    msched_schedule_unref(schedule);
}

/* A task after an event is never on a date before it, and never before it on its date. */
static void what_is_after_an_event_has_the_time_after_it(void **state)
{
    (void)state;
    msched_schedule *schedule = build(
        "{\"date\": \"2026-11-24\", \"days\": 3, \"todos\": ["
        "{\"id\": \"night\", \"title\": \"Night\", \"start\": \"22:00\", \"end\": \"30:00\","
        " \"on\": [\"tue\"]},"
        "{\"id\": \"day\", \"title\": \"Day\", \"start\": \"12:00\", \"end\": \"20:00\","
        " \"on\": [\"wed\", \"thu\"]},"
        "{\"id\": \"sleep\", \"title\": \"Sleep\", \"duration_s\": 28800,"
        " \"after\": [\"night\"]}]}");
    assert_string_equal(unplaced_at(schedule, 0).id, "sleep");
    assert_non_null(strstr(unplaced_at(schedule, 0).text, "none of its dates"));
    msched_schedule_unref(schedule);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_goes_to_the_date_that_has_time),
        cmocka_unit_test(occurrences_are_spread_over_the_week),
        cmocka_unit_test(a_habit_whose_dates_are_all_off_is_listed),
        cmocka_unit_test(a_task_that_is_too_long_for_a_date_is_cut),
        cmocka_unit_test(long_tasks_are_spread),
        cmocka_unit_test(an_even_load_costs_nothing),
        cmocka_unit_test(spread_tasks_stay),
        cmocka_unit_test(occurrences_keep_their_distance),
        cmocka_unit_test(what_has_no_time_is_named),
        cmocka_unit_test(fixes_name_the_date_of_the_event),
        cmocka_unit_test(what_is_not_clear_is_refused),
        cmocka_unit_test(a_to_do_is_not_moved_within_several_days_yet),
        cmocka_unit_test(now_is_a_moment_of_the_span),
        cmocka_unit_test(an_overbooked_span_is_proved),
        cmocka_unit_test(a_task_makes_room_on_another_date),
        cmocka_unit_test(the_text_shows_the_clocks_of_each_date),
        cmocka_unit_test(an_event_in_skipped_time_is_on_its_date),
        cmocka_unit_test(a_latest_end_counts_beside_a_skipped_one),
        cmocka_unit_test(only_the_date_of_the_event_is_late),
        cmocka_unit_test(what_is_after_an_event_has_the_time_after_it),
        cmocka_unit_test(overlaps_are_named_once),
        cmocka_unit_test(a_missed_occurrence_is_past),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
