/* Full weeks: which tasks have dates, and which bounds prove that no schedule has more. */
#include "span_testing.h"

#include <stdio.h>
#include <string.h>

static msched_schedule *solve_within(const char *text, uint64_t work, msched_objective *objective)
{
    msched_schedule_options how;
    msched_plan *plan = plan_of_text(text, NULL);
    msched_schedule *schedule = NULL;
    msched_schedule_options_init(&how, sizeof how);
    how.work_limit = work;
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, &how, NULL), MSCHED_OK);
    *objective = objective_of(schedule);
    msched_plan_unref(plan);
    return schedule;
}

static msched_schedule *solve(const char *text, msched_objective *objective)
{
    return solve_within(text, 0, objective);
}

static void expect(const char *text, int64_t first, int64_t third, int64_t fourth)
{
    msched_objective objective;
    msched_schedule *schedule = solve(text, &objective);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_1], first);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_3], third);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_4], fourth);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(schedule);
}

/* The same of a text after its first line. */
static void expect_dated(const char *date, const char *text, int64_t first, int64_t third,
                         int64_t fourth)
{
    static char whole[8192];
    snprintf(whole, sizeof whole, "%s%s", date, text);
    expect(whole, first, third, fourth);
}

/* Three dates of 4 h each hold exactly these tasks, and only in one way. */
static void dates_are_filled_to_the_minute(void **state)
{
    (void)state;
    expect("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
           "A 2h30m\nB 90m\nC 2h20m\nD 100m\nE 3h\nF 1h\n",
           6, 0, 0);
}

/*
 * Weeks with tasks for more time than there is: the best set fits only if its pieces use nearly
 * every minute between the events.
 */
static void pieces_fill_the_time_between_events(void **state)
{
    static const char *const zones[] = {"date: 2026-11-23\n", "date: 2026-11-23 Europe/Berlin\n"};
    (void)state;
    for (uint32_t i = 0; i < 2; i++)
        expect_dated(zones[i],
                     "days: 3\n"
                     "day: 7:00-23:00\n"
                     "mon 08:15-09:00 E11\n"
                     "mon 13:30-14:15 E21\n"
                     "mon 19:45-21:00 E31\n"
                     "tue 08:30-09:45 E12\n"
                     "tue 13:30-15:00 E22\n"
                     "tue 18:00-19:15 E32\n"
                     "wed 08:15-09:30 E13\n"
                     "wed 14:15-15:00 E23\n"
                     "wed 19:00-20:30 E33\n"
                     "Run 45m after 17:00 !2\n"
                     "Read 30m every day after 20:00 !3\n"
                     "Tidy up 15m every day !4\n"
                     "Task 0 390m split:45m by wed 23:00 !2\n"
                     "Task 1 175m split:45m !3\n"
                     "Task 2 215m split:45m !4\n"
                     "Task 3 85m !2\n"
                     "Task 4 260m split:45m !2\n"
                     "Task 5 260m split:45m on mon\n"
                     "Task 6 130m split:45m on tue\n"
                     "Task 7 260m split:45m on wed !3\n"
                     "Task 8 130m split:45m on mon !4\n"
                     "Task 9 345m split:45m on tue !2\n"
                     "Task 10 175m split:45m on wed !2\n",
                     2, 5, 3);
    expect("date: 2026-11-23\n"
           "days: 3\n"
           "day: 7:00-23:00\n"
           "mon 08:00-09:00 E11\n"
           "mon 14:15-15:00 E21\n"
           "mon 18:00-18:30 E31\n"
           "tue 09:00-10:15 E12\n"
           "tue 14:00-15:15 E22\n"
           "tue 18:45-20:00 E32\n"
           "wed 09:00-09:30 E13\n"
           "wed 13:30-15:00 E23\n"
           "wed 19:00-20:15 E33\n"
           "Run 45m after 17:00 !2\n"
           "Read 30m every day after 20:00 !3\n"
           "Tidy up 15m every day !4\n"
           "Task 0 190m split:45m !3\n"
           "Task 1 280m split:45m !2\n"
           "Task 2 375m split:45m !2\n"
           "Task 3 280m split:45m\n"
           "Task 4 235m split:45m\n"
           "Task 5 235m split:45m on mon !3\n"
           "Task 6 95m split:45m on tue !4\n"
           "Task 7 95m split:45m on wed !2\n"
           "Task 8 425m split:45m on mon !2\n"
           "Task 9 190m split:45m on tue\n"
           "Task 10 95m split:45m on wed !2\n",
           3, 4, 1);
}

/* 24 h do not fit into 12 h: the short tasks of a priority are the most. */
static void the_most_tasks_of_each_priority_stay(void **state)
{
    (void)state;
    expect("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
           "A 3h\nB 3h\nC 3h on tue\n"
           "D 1h !3\nE 1h !3\nF 1h on mon !3\nG 2h !3\n"
           "H 30m !4\nI 4h !4\nJ 4h !4\n",
           3, 3, 0);
}

/* An hour is free on each date, but in two halves; pieces have at least 45 min. */
static void halves_of_an_hour_have_no_piece(void **state)
{
    (void)state;
    expect("date: 2026-11-23\ndays: 2\nday: 8:00-10:30\n"
           "every day 8:30-10:00 Meeting\n"
           "A 90m split:45m\nB 30m\nC 30m !3\nD 20m !4\n",
           1, 1, 1);
}

/* So many occurrences that their values do not add up in 63 bits. */
static void a_month_of_daily_tasks_is_planned(void **state)
{
    (void)state;
    static char text[8192];
    msched_objective objective;
    size_t at = (size_t)snprintf(text, sizeof text,
                                 "date: 2026-12-01\ndays: 31\nday: 8:00-12:00\n");
    for (int i = 0; i < 50; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "T%d 4m 30x\n", i);
    msched_schedule *schedule = solve(text, &objective);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_1], 1500);
    msched_schedule_unref(schedule);
}

/* The sum of the dates has time for all tasks, but no date has it, so the search uses all steps. */
static void a_limit_of_work_ends_the_search_for_dates(void **state)
{
    (void)state;
    static char text[8192];
    msched_objective free, limited;
    size_t at = (size_t)snprintf(text, sizeof text,
                                 "date: 2026-12-01\ndays: 14\nday: 8:00-12:00\n");
    for (int i = 0; i < 40; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "T%d %dm\n", i, 79 + i % 2 * 3);
    msched_schedule *schedule = solve(text, &free);
    msched_schedule_unref(schedule);
    assert_in_range(free.work, 100000, 50000000);
    schedule = solve_within(text, 20000, &limited);
    assert_in_range(limited.work, 1, 40000);
    assert_int_equal(limited.stop, MSCHED_STOP_WORK);
    msched_schedule_unref(schedule);
}

static void fail_each_allocation(const char *text)
{
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan = plan_of_text(text, NULL);
        msched_schedule *schedule = NULL;
        msched_schedule_options how;
        msched_schedule_options_init(&how, sizeof how);
        how.allocator = &allocator;
        msched_result result = msched_schedule_build(&schedule, NULL, plan, &how, NULL);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        if (result == MSCHED_OK && msched_schedule_unplaced_count(schedule) > 0) {
            msched_unplaced item = {.struct_size = sizeof item};
            result = msched_schedule_get_unplaced(schedule, 0, &item);
            assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        }
        msched_schedule_unref(schedule);
        msched_plan_unref(plan);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    fail_each_allocation("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
                         "A 3h\nB 3h\nC 3h on tue\nD 5h split:45m !3\nE 1h !3\nF 2h !4\n");
    /* a fix is another date, with the rest as it is or moved */
    fail_each_allocation("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
                         "A 3h on mon\nB 3h on mon !2\nC 2h\n");
    fail_each_allocation("date: 2026-11-23\ndays: 3\nday: 8:00-12:00\n"
                         "A 4h on mon\nB 4h on mon\nC 2h on tue,wed\nD 2h on tue,wed\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_filled_to_the_minute),
        cmocka_unit_test(pieces_fill_the_time_between_events),
        cmocka_unit_test(the_most_tasks_of_each_priority_stay),
        cmocka_unit_test(halves_of_an_hour_have_no_piece),
        cmocka_unit_test(a_month_of_daily_tasks_is_planned),
        cmocka_unit_test(a_limit_of_work_ends_the_search_for_dates),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
