/* Pauses and breaks between to-dos: where they are, and what their absence is worth. */
#include "../day_text.h"
#include "schedule/tasks/tasks_pace.h"

#define HOUR 3600

static void a_pause_is_between_any_two_to_dos(void **state)
{
    (void)state;
    day_check(NULL, "A 30m\nB 30m\nC 1h\n", "a 07:00-07:30, b 07:35-08:05, c 08:10-09:10");
    day_check(NULL, "A 1h\n8:30-9:00 Call\nB 25m\nC 1h\n",
              "a 07:00-08:00, call 08:30-09:00, b 09:05-09:30, c 09:35-10:35");
    day_check(NULL, "A 1h pad:10m\nB 30m\n", "a 07:00-08:00, b 08:10-08:40");
}

/* With less time, long runs of to-dos get pauses, and with none, the day stays full. */
static void a_full_day_has_what_pauses_it_can(void **state)
{
    (void)state;
    msched_schedule *schedule =
        day_solve(NULL, "day: 8-13\nA 50m\nB 50m\nC 50m\nD 50m\nE 50m\nF 40m\n", 1);
    const msched_objective objective = day_objective(schedule);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_1], 6);
    assert_true(objective.longest_run_s <= 2 * HOUR);
    msched_schedule_unref(schedule);
    day_check(NULL, "day: 8-9\nA 30m\nB 30m\n", "a 08:00-08:30, b 08:30-09:00");
}

static void breaks_come_after_their_time(void **state)
{
    (void)state;
    day_check(NULL, "breaks: 20m after 1h\nA 30m\nB 20m\nC 30m\nD 30m\n",
              "a 07:00-07:30, b 07:35-07:55, c 08:15-08:45, d 08:50-09:20");
    /* a task that may be split gets its breaks, too */
    day_check(NULL, "breaks: 10m\nThesis 4h split\n",
              "thesis 07:00-08:30, thesis 08:40-10:10, thesis 10:20-11:20");
    /* an event is part of the run before a break */
    day_check(NULL, "breaks: 15m after 1h\n7:00-8:00 Call\nA 30m\n",
              "call 07:00-08:00, a 08:15-08:45");
}

/* For its own pauses, a task with an earliest start waits two hours at most. */
static void pauses_delay_little(void **state)
{
    (void)state;
    day_check(NULL, "Gym 1h after 13:00\n14:00-20:00 Shift\n",
              "gym 13:00-14:00, shift 14:00-20:00");
    day_check(NULL, "breaks: 15m after 1h\nMail 30m\nGym 1h after 13:00\n14:00-20:00 Shift\n",
              "mail 07:00-07:30, gym 13:00-14:00, shift 14:00-20:00");
    day_check(NULL, "Gym 1h after 13:00\n14:00-14:30 Call\n", "call 14:00-14:30, gym 14:35-15:35");
    /* those before it give up as many pauses as it takes */
    day_check(NULL, "A 20m after 13:00\nB 20m after 13:00\nC 20m after 13:00\n14-20 Shift\n",
              "a 13:00-13:20, b 13:20-13:40, c 13:40-14:00, shift 14:00-20:00");
    day_check(NULL, "A 15m after 13:00\nB 20m after 13:00\nC 20m after 13:00\n14-20 Shift\n",
              "a 13:00-13:15, b 13:20-13:40, c 13:40-14:00, shift 14:00-20:00");
    /* the pauses of many tasks add up to more */
    char text[1000] = "", found[2000];
    for (int i = 0; i < 40; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "T%d 10m after 8:00\n", i);
    msched_schedule *schedule = day_solve(NULL, text, 1);
    day_describe(schedule, found, sizeof found);
    assert_non_null(strstr(found, "t39 17:45-17:55"));
    msched_schedule_unref(schedule);
}

static void missed_breaks_are_said(void **state)
{
    (void)state;
    msched_schedule *schedule = day_solve(NULL, "breaks: 10m after 1h\n8:00-9:30 Talk\n", 1);
    msched_warning warning = {.struct_size = sizeof warning};
    assert_int_equal(msched_schedule_warning_count(schedule), 1);
    msched_schedule_get_warning(schedule, 0, &warning);
    assert_string_equal(warning.code, "breaks_missed");
    assert_string_equal(warning.message, "1 h 30 min of to-dos between 08:00 and 09:30 without a "
                                         "break of 10 min; the plan asks for one after 1 h");
    assert_int_equal(day_objective(schedule).breaks_s, HOUR / 2);
    msched_schedule_unref(schedule);
}

static void runs_and_pauses_are_measured(void **state)
{
    (void)state;
    const msched__interval todos[] = {{0, 100}, {100, 200}, {350, 450}, {400, 500}, {1000, 1100}};
    const msched__pace pace = {MSCHED__PAUSE_S, 400, 150, 0};
    const msched__pauses found = msched__pauses_rate(todos, 5, &pace);
    assert_int_equal(found.lacking_s, 300 + 150 + 300);
    assert_int_equal(found.longest_s, 350); /* the overlap counts once */
    assert_int_equal(found.longest_start, 0);
    assert_int_equal(found.longest_end, 500);
    assert_int_equal(found.over_s, 200);
    assert_int_equal(msched__pauses_rate(todos, 0, &pace).longest_s, 0);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    day_survives(NULL, "breaks: 10m after 1h\nA 2h split\n9-12 Call\nB 1h\n");
    day_survives(NULL, "A 50m\nB 1h\n9-12 Call\nC 1h\n");
    day_survives(NULL, "Gym 1h after 13:00\n14-20 Shift\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pause_is_between_any_two_to_dos),
        cmocka_unit_test(a_full_day_has_what_pauses_it_can),
        cmocka_unit_test(breaks_come_after_their_time),
        cmocka_unit_test(pauses_delay_little),
        cmocka_unit_test(missed_breaks_are_said),
        cmocka_unit_test(runs_and_pauses_are_measured),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
