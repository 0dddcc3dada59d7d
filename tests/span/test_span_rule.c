/* Rules of recurrence in plans of several days: their dates, and what is refused. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

#define TASK(more) "{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 600, " more "}"

/* A plan of two weeks from a Monday on. */
static msched_result read_todos(msched_plan **plan, const char *todos,
                                const msched_allocator *memory, msched_error *err)
{
    char text[1024];
    snprintf(text, sizeof text, "{\"date\": \"2026-11-23\", \"days\": 14, \"todos\": [%s]}", todos);
    return msched_plan_parse_json(plan, text, strlen(text), memory, err);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *dates;
    } cases[] = {
        {"\"FREQ=DAILY;INTERVAL=5\"", "[\"2026-11-23\", \"2026-11-28\", \"2026-12-03\"]"},
        {"\"RRULE:FREQ=WEEKLY;BYDAY=MO,TH\"",
         "[\"2026-11-23\", \"2026-11-26\", \"2026-11-30\", \"2026-12-03\"]"},
        {"\"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\", \"rrule_from\": \"2026-11-10\"", "[\"2026-11-24\"]"},
        {"\"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU\", \"rrule_from\": \"2026-11-17\"", "[\"2026-12-01\"]"},
        {"\"FREQ=MONTHLY;BYDAY=-1FR\"", "[\"2026-11-27\"]"},
        {"\"FREQ=MONTHLY;BYMONTHDAY=-1,1\"", "[\"2026-11-30\", \"2026-12-01\"]"},
        {"\"FREQ=DAILY;COUNT=3\", \"rrule_from\": \"2026-11-22\"",
         "[\"2026-11-23\", \"2026-11-24\"]"},
        {"\"FREQ=DAILY;UNTIL=20261124\"", "[\"2026-11-23\", \"2026-11-24\"]"},
        {"\"FREQ=DAILY;UNTIL=20261123T100000;INTERVAL=1\"", "[\"2026-11-23\"]"},
        {"\"FREQ=DAILY\", \"rrule_from\": \"2026-12-05\"", "[\"2026-12-05\", \"2026-12-06\"]"},
        /* none of the plan's: the next one */
        {"\"FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=6\"", "[\"2027-01-06\"]"},
    };
    if (!msched_calendar_can_recur())
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char todo[300], want[300];
        msched_plan *plan = NULL;
        msched_text *json = NULL;
        msched_error err = {0};
        snprintf(todo, sizeof todo, TASK("\"rrule\": %s"), cases[i].rule);
        snprintf(want, sizeof want, "\"on\": %s, \"times\": \"each\"}", cases[i].dates);
        if (read_todos(&plan, todo, NULL, &err) != MSCHED_OK)
            fail_msg("%s: %s", cases[i].rule, err.message);
        assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
        if (strstr(msched_text_data(json), want) == NULL)
            fail_msg("%s: no %s in %s", cases[i].rule, want, msched_text_data(json));
        msched_text_unref(json);
        msched_plan_unref(plan);
    }
}

/* A task is on each date, or so often as it says; an event that is not there is not waited for. */
static void test_schedule(void **state)
{
    (void)state;
    msched_plan *plan = NULL;
    msched_schedule *schedule = NULL;
    uint32_t counts[4] = {0}, unplaced;
    msched_error err = {0};
    if (!msched_calendar_can_recur())
        skip();
    if (read_todos(
            &plan,
            TASK(
                "\"rrule\": \"FREQ=DAILY;INTERVAL=3\"") ", "
                                                        "{\"id\": \"b\", \"title\": \"B\", "
                                                        "\"duration_s\": 600, \"times\": 2, "
                                                        "\"rrule\": \"FREQ=DAILY;INTERVAL=3\"}, "
                                                        "{\"id\": \"c\", \"title\": \"C\", "
                                                        "\"start\": \"09:00\", \"end\": \"10:00\", "
                                                        "\"rrule\": \"FREQ=YEARLY\", "
                                                        "\"rrule_from\": \"2026-01-06\"}, "
                                                        "{\"id\": \"d\", \"title\": \"D\", "
                                                        "\"duration_s\": 600, \"after\": [\"c\"]}",
            NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, NULL, NULL), MSCHED_OK);
    unplaced = msched_schedule_unplaced_count(schedule);
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        assert_int_equal(msched_schedule_get_entry(schedule, i, &e), MSCHED_OK);
        counts[e.title[0] - 'A']++;
        assert_true(e.title[0] == 'D' || e.day % 3 == 0);
    }
    assert_int_equal(counts[0], 5);
    assert_int_equal(counts[1], 2);
    assert_int_equal(counts[2], 0);
    assert_int_equal(counts[3], 1);
    assert_int_equal(unplaced, 0);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *more, *message;
    } cases[] = {
        {"\"rrule\": \"every day\"", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"},
        {"\"rrule\": \"\"", "is not a rule"},
        {"\"rrule\": \"FREQ=HOURLY\"", "times of day"},
        {"\"rrule\": \"FREQ=DAILY;BYHOUR=9\"", "times of day"},
        {"\"rrule\": \"FREQ=DAILY;UNTIL=20261124T100000Z\"", "write UNTIL=20261127"},
        {"\"rrule\": \"FREQ=DAILY;UNTIL=tomorrow\"", "write UNTIL=20261127"},
        {"\"rrule\": \"FREQ=DAILY\", \"on\": [\"mon\"]", "leave \"on\" out"},
        {"\"rrule\": \"FREQ=DAILY\", \"rrule_from\": \"monday\"", "is not a date"},
        {"\"rrule_from\": \"2026-11-23\"", "write \"rrule\""},
        {"\"rrule\": \"FREQ=DAILY;COUNT=1000000\", \"rrule_from\": \"0001-01-01\"",
         "takes too long"},
        {"\"rrule\": 7", "must be"},
    };
    if (!msched_calendar_can_recur())
        skip();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char todo[300];
        msched_plan *plan = NULL;
        msched_error err = {0};
        snprintf(todo, sizeof todo, TASK("%s"), cases[i].more);
        if (read_todos(&plan, todo, NULL, &err) == MSCHED_OK)
            fail_msg("%s is taken", cases[i].more);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("%s: %s", cases[i].more, err.message);
        assert_true(err.line > 0);
        assert_null(plan);
    }
    /* rules that never come cost much; those of a plan share what they may cost */
    static const char never[] = TASK("\"rrule\": \"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\"");
    char many[1024] = "";
    msched_plan *plan = NULL;
    msched_error err = {0};
    for (int i = 0; i < 2; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "%s%s", i > 0 ? ", " : "", never);
    assert_int_equal(read_todos(&plan, many, NULL, &err), MSCHED_ERROR_LIMIT);
    assert_non_null(strstr(err.message, "/todos/1"));
    static const char day[] =
        "{\"date\": \"2026-11-23\", \"todos\": [" TASK("\"rrule\": \"FREQ=DAILY\"") "]}";
    assert_int_equal(msched_plan_parse_json(&plan, day, sizeof day - 1, NULL, &err),
                     MSCHED_ERROR_VALUE);
    assert_non_null(strstr(err.message, "write \"days\""));
}

static void test_failing_memory(void **state)
{
    (void)state;
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan = NULL;
        msched_result result = read_todos(
            &plan, TASK("\"rrule\": \"FREQ=DAILY\"") ", " TASK("\"rrule\": \"FREQ=DAILY;COUNT=2\""),
            &allocator, NULL);
        /* the second one has the id of the first */
        assert_true(result == MSCHED_ERROR_CONFLICT || result == MSCHED_ERROR_MEMORY ||
                    !msched_calendar_can_recur());
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_schedule),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests_name("span rule", tests, NULL, NULL);
}
