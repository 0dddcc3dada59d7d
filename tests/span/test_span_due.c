/* Due tasks of several dates: when they are done, how long before, and what is too much. */
#include "span_testing.h"

#include <stdio.h>
#include <string.h>

static msched_schedule *solve(const char *text)
{
    return schedule_of(plan_of_text(text, NULL));
}

/* The slack of the only entry of a title that has one. */
static int32_t slack_of(const msched_schedule *schedule, const char *title)
{
    int32_t slack = INT32_MIN;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        if (e.has_slack && strcmp(e.title, title) == 0) {
            assert_int_equal(slack, INT32_MIN);
            slack = e.slack_s;
        }
    }
    return slack;
}

static void expect_text(const msched_schedule *schedule, const char *part)
{
    msched_text *text = NULL;
    assert_int_equal(msched_schedule_to_text(schedule, &text, NULL), MSCHED_OK);
    if (strstr(msched_text_data(text), part) == NULL)
        fail_msg("%s is not in:\n%s", part, msched_text_data(text));
    msched_text_unref(text);
}

static const char week[] = "date: 2026-11-23 Europe/Berlin\ndays: 4\nday: 9:00-17:00\n"
                           "Report 3h by Wed 17:00 from Wed\n"
                           "Essay 10h00m split:1h by Tue 17:00\n"
                           "Call 1h by 2026-11-20\n"
                           "Gym 1h 2x by Thu 12:00 on:wed,thu\n"
                           "Walk 1h\n";

static void the_last_entry_has_the_slack(void **state)
{
    (void)state;
    msched_schedule *schedule = solve(week), *read = NULL;
    msched_text *json = NULL;
    assert_int_equal(slack_of(schedule, "Essay") >= 0, 1);
    assert_in_range(slack_of(schedule, "Report"), 0, 5 * 3600);
    assert_in_range(slack_of(schedule, "Gym"), 0, 2 * 3600);
    assert_int_equal(slack_of(schedule, "Walk"), INT32_MIN);
    /* what is overdue goes on the first date */
    assert_in_range(-slack_of(schedule, "Call"), 58 * 3600, 65 * 3600);
    expect_text(schedule, "  Call: done on Monday 23 November 2026 at ");
    expect_text(schedule, " after it was due\n");
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_parse_json(&read, msched_text_data(json),
                                                msched_text_size(json), NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(slack_of(read, "Report"), slack_of(schedule, "Report"));
    assert_int_equal(slack_of(read, "Call"), slack_of(schedule, "Call"));
    msched_text_unref(json);
    msched_schedule_unref(read);
    msched_schedule_unref(schedule);
}

/* A split task that has only a part of its time has no slack, nor has one without time. */
static void unscheduled_tasks_have_none(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 2\nday: 9:00-12:00\n"
                                      "Report 8h split:1h by Tue 12:00\n");
    assert_int_equal(slack_of(schedule, "Report"), INT32_MIN);
    msched_schedule_unref(schedule);
}

static void check_range(const msched_schedule *schedule)
{
    msched_overload o = {.struct_size = sizeof o};
    assert_int_equal(msched_schedule_overload_count(schedule), 1);
    assert_int_equal(msched_schedule_get_overload(schedule, 0, &o), MSCHED_OK);
    assert_int_equal(o.day, 2);
    assert_int_equal(o.last_day, 3);
    assert_int_equal(o.start_s, 9 * 3600);
    assert_int_equal(o.end_s, 17 * 3600);
    assert_int_equal(o.demand_s, 17 * 3600);
    assert_int_equal(o.capacity_s, 13 * 3600);
    assert_int_equal(o.member_count, 3);
    assert_string_equal(o.members[0], "tax");
}

/* Wednesday and Thursday have 13 h, and 17 h are limited to them. */
static void a_range_of_dates_is_overbooked(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 7\nday: 9:00-17:00\nFri off\n"
                                      "Wed 9:00-12:00 Workshop\n"
                                      "Report 10h00m split:1h from Wed by Fri 12:00\n"
                                      "Slides 4h by Thu 17:00 from Wed\n"
                                      "Tax 3h on:wed\nGym 1h 3x apart:2d\n"),
                    *read = NULL;
    msched_text *json = NULL;
    check_range(schedule);
    msched_objective objective = objective_of(schedule);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    expect_text(schedule, "  Wednesday 25 November 2026, 09:00 to Thursday 26 November 2026, "
                          "17:00: 17 h requested in 13 h of free time (Tax, Report, Slides)\n");
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(json), "\"end_date\": \"2026-11-26\""));
    assert_int_equal(msched_schedule_parse_json(&read, msched_text_data(json),
                                                msched_text_size(json), NULL, NULL),
                     MSCHED_OK);
    check_range(read);
    msched_text_unref(json);
    msched_schedule_unref(read);
    msched_schedule_unref(schedule);
}

/* One of the fixes of an item is a date, with a text that ends like this. */
static void expect_date(const msched_unplaced *u, const char *date, const char *rest)
{
    char text[80];
    const msched_fix first = {.kind = u->fix, .id = u->fix_id, .text = u->fix_text};
    const msched_fix *fix = &first;
    for (uint32_t k = 0; k < u->alternative_count && fix->kind != MSCHED_FIX_DATE; k++)
        fix = u->alternatives[k];
    assert_int_equal(fix->kind, MSCHED_FIX_DATE);
    assert_string_equal(fix->id, date);
    snprintf(text, sizeof text, "do it on %s, %s", date, rest);
    assert_string_equal(fix->text, text);
}

static void expect_date_fix(const msched_unplaced *u)
{
    expect_date(u, "2026-11-25", "with the rest as it is");
}

/* Each of the other dates has 2 h, and 4 h if the short tasks move to the other one. */
static void another_date_has_time_if_other_tasks_move(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
                                      "A 4h on:mon\nB 4h on:mon\nC 2h on:tue,wed\n"
                                      "D 2h on:tue,wed\n");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    msched_unplaced u = unplaced_at(schedule, 0);
    expect_date(&u, u.fix == MSCHED_FIX_DATE ? u.fix_id : "", "and move other to-dos");
    assert_true(strcmp(u.fix_id, "2026-11-24") == 0 || strcmp(u.fix_id, "2026-11-25") == 0);
    msched_schedule_unref(schedule);
}

/* Each of the other dates has time for it only without a task, which has a lower priority. */
static void a_date_on_which_another_task_is_lost_is_not_offered(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 5\nday: 8:00-12:00\n"
                                      "A 4h on:mon\nB 4h on:mon\nC 3h on:tue !3\n"
                                      "D 3h on:wed !3\nE 3h on:thu !3\nF 3h on:fri !3\n");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    msched_unplaced u = unplaced_at(schedule, 0);
    assert_true(u.fix != MSCHED_FIX_DATE);
    for (uint32_t k = 0; k < u.alternative_count; k++)
        assert_true(u.alternatives[k]->kind != MSCHED_FIX_DATE);
    msched_schedule_unref(schedule);
}

/* Each of the other dates has time for it only without a task that is as important. */
static void a_date_on_which_an_equal_task_is_lost_is_not_offered(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
                                      "A 4h on:mon\nB 4h on:mon\nC 3h on:tue\nD 3h on:wed\n");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    msched_unplaced u = unplaced_at(schedule, 0);
    assert_true(u.fix != MSCHED_FIX_DATE);
    for (uint32_t k = 0; k < u.alternative_count; k++)
        assert_true(u.alternatives[k]->kind != MSCHED_FIX_DATE);
    msched_schedule_unref(schedule);
}

/* A later date is a fix for a task that is due before it, if other tasks move there. */
static void another_date_is_after_the_due_time(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
                                      "A 4h due:mon\nB 4h due:mon\nC 2h on:tue,wed\n"
                                      "D 2h on:tue,wed\n");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    msched_unplaced u = unplaced_at(schedule, 0);
    expect_date(&u, u.fix == MSCHED_FIX_DATE ? u.fix_id : "", "and move other to-dos");
    msched_schedule_unref(schedule);
}

/* A task that is limited to full dates: another date has time. */
static void another_date_is_named(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 3\nday: 9:00-17:00\n"
                                      "A 8h on:mon,tue\nB 8h on:mon,tue\nC 4h on:mon,tue !2\n"
                                      "D 2h on:mon !3\n");
    msched_unplaced u = {.struct_size = sizeof u};
    msched_schedule *read = NULL;
    msched_text *json = NULL;
    assert_int_equal(msched_schedule_unplaced_count(schedule), 2);
    for (uint32_t i = 0; i < 2; i++) {
        assert_int_equal(msched_schedule_get_unplaced(schedule, i, &u), MSCHED_OK);
        expect_date_fix(&u);
    }
    assert_int_equal(msched_schedule_to_json(schedule, &json, NULL), MSCHED_OK);
    assert_non_null(
        strstr(msched_text_data(json), "{\"kind\": \"date\", \"date\": \"2026-11-25\""));
    assert_int_equal(msched_schedule_parse_json(&read, msched_text_data(json),
                                                msched_text_size(json), NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_schedule_get_unplaced(read, 0, &u), MSCHED_OK);
    expect_date_fix(&u);
    msched_schedule_unref(read);
    msched_text_unref(json);
    msched_schedule_unref(schedule);
}

/* The third date has 5 h 30 min, but at most 1 h 30 min of them in one piece. */
static void a_date_with_time_in_pieces_is_not_offered(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-11-23\ndays: 3\nday: 9:00-17:00\n"
                                      "Wed 10:00-10:30 X\nWed 11:30-12:00 Y\nWed 13:00-13:30 Z\n"
                                      "Wed 14:30-15:00 Q\nWed 16:00-16:30 R\n"
                                      "A 8h00m on:mon\nB 8h00m on:tue\nC 4h on:mon,tue !2\n");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    msched_unplaced u = unplaced_at(schedule, 0);
    assert_true(u.fix != MSCHED_FIX_DATE);
    assert_null(strstr(u.text, "2026-11-25"));
    msched_schedule_unref(schedule);
}

/* The second date has an hour more, so that 7 h 40 min of tasks are not too much for both. */
static void an_hour_that_clocks_repeat_is_free(void **state)
{
    (void)state;
    msched_schedule *schedule = solve("date: 2026-10-24 Europe/Berlin\ndays: 2\nday: 0:00-4:00\n"
                                      "Sat 1:00-2:00 Meeting\nA 1h40m on:sat\nB 4h50m on:sun\n"
                                      "C 1h10m on:sat,sun !2\n");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    assert_int_equal(msched_schedule_overload_count(schedule), 0);
    msched_schedule_unref(schedule);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_entry_has_the_slack),
        cmocka_unit_test(unscheduled_tasks_have_none),
        cmocka_unit_test(a_range_of_dates_is_overbooked),
        cmocka_unit_test(another_date_is_named),
        cmocka_unit_test(another_date_has_time_if_other_tasks_move),
        cmocka_unit_test(a_date_on_which_another_task_is_lost_is_not_offered),
        cmocka_unit_test(a_date_on_which_an_equal_task_is_lost_is_not_offered),
        cmocka_unit_test(another_date_is_after_the_due_time),
        cmocka_unit_test(a_date_with_time_in_pieces_is_not_offered),
        cmocka_unit_test(an_hour_that_clocks_repeat_is_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
