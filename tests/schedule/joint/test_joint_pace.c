/* Pauses beside songs and fill: they never cost a level, and replanning keeps what it can. */
#include "../day_text.h"
#include "../random_plan.h"

static msched_catalog *songs;

static int make_songs(void **state)
{
    songs = day_catalog();
    return random_catalog_setup(state);
}

static int drop_songs(void **state)
{
    msched_catalog_unref(songs);
    return random_catalog_teardown(state);
}

static void songs_come_before_pauses(void **state)
{
    (void)state;
    /* ten minutes are left: three songs, or two pauses and no room for a song in either */
    const char *day = "day: 8-10\nA 35m\nB 35m\nC 40m\nfill: 9m\n";
    day_loses_nothing(songs, day);
    msched_schedule *schedule = day_solve(songs, day, 1);
    assert_int_equal(day_objective(schedule).value[MSCHED_LEVEL_FILL_S], 3 * DAY_SONG_S);
    msched_schedule_unref(schedule);
    day_loses_nothing(songs, "day: 8-10\nA 35m\nB 35m\nC 30m\nfill: 20m\n");
    day_loses_nothing(songs, "day: 8-10\nA 35m\nB 35m\nsong: track1 must\nsong: track2\n");
}

static void late_tasks_stay_late(void **state)
{
    (void)state;
    day_check(songs, "A 1h\nB 30m\nRead 1h late\n",
              "a 07:00-08:00, b 08:05-08:35, read 22:00-23:00");
}

/* To-dos without time for pauses give up theirs, and the rest of the day keeps its own. */
static void pauses_stay_around_a_crowded_time(void **state)
{
    (void)state;
    day_check(NULL,
              "9-17 Work\nX 1h after 20:00\nY 1h after 20:00\nZ 1h after 20:00\n"
              "A 30m\nB 30m\nC 30m\nD 30m\n",
              "a 07:00-07:30, b 07:35-08:05, c 08:10-08:40, work 09:00-17:00, d 17:05-17:35, "
              "x 20:00-21:00, y 21:00-22:00, z 22:00-23:00");
    /* nor do they lose them for a to-do that has no place, or that is late */
    day_check(NULL, "9-17 Work\nLong 7h\nA 30m\nB 30m\nC 30m\nD 30m\n",
              "a 07:00-07:30, b 07:35-08:05, c 08:10-08:40, work 09:00-17:00, d 17:05-17:35");
    day_check(NULL, "9-17 Work\nRead 1h late\nA 30m\nB 30m\nC 30m\nD 30m\n",
              "a 07:00-07:30, b 07:35-08:05, c 08:10-08:40, work 09:00-17:00, d 17:05-17:35, "
              "read 22:00-23:00");
}

/* A new to-do gets a pause, and those of before stay where they were. */
static void replanning_moves_nothing_for_a_pause(void **state)
{
    (void)state;
    char found[1000];
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    msched_schedule *before = day_solve(NULL, "A 30m\nB 30m\n", 0), *after = NULL;
    options.previous = before;
    msched_plan *plan = day_plan(NULL, "A 30m\nB 30m\nC 30m\n");
    assert_int_equal(msched_schedule_build(&after, NULL, plan, &options, NULL), MSCHED_OK);
    day_describe(after, found, sizeof found);
    assert_string_equal(found, "a 07:00-07:30, b 07:30-08:00, c 08:05-08:35");
    msched_plan_unref(plan);
    msched_schedule_unref(before);
    msched_schedule_unref(after);
}

/* The hours of one to-do do not cost the pause that those of another have gained. */
static void usual_hours_cost_no_pause(void **state)
{
    (void)state;
    char found[1000];
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    const char *day = "day: 7-13\n9:15-10:30 Call\nA 1h\n";
    msched_schedule *before = day_solve(NULL, day, 0), *after = NULL;
    options.previous = before;
    msched_plan *plan = day_plan(NULL,
                                 "day: 7-13\n9:15-10:30 Call\nLunch 45m\nGroceries 15m\nA 1h\n");
    assert_int_equal(msched_schedule_build(&after, NULL, plan, &options, NULL), MSCHED_OK);
    day_describe(after, found, sizeof found);
    assert_string_equal(found, "a 07:00-08:00, call 09:15-10:30, groceries 10:35-10:50, "
                               "lunch 12:00-12:45");
    assert_int_equal(day_objective(after).pauses_s, 0);
    assert_int_equal(day_objective(after).usual_s, 0);
    msched_plan_unref(plan);
    msched_schedule_unref(before);
    msched_schedule_unref(after);
}

/* A pause moves no task past one that must follow it, with time for all pauses or not. */
static void successors_stay_behind(void **state)
{
    (void)state;
    static const char *const ends[] = {"9:50", "10:00", "10:10", "12:00"};
    static const char *const more[] = {"X 150m !4\n", "X 140m !4\n", "X 5m late\n"};
    for (size_t i = 0; i < 4 * sizeof more / sizeof *more; i++) {
        char text[400], found[1000];
        size_t used = (size_t)snprintf(text, sizeof text, "day: 8:00-%s\nT0 5m\n", ends[i % 4]);
        for (int k = 1; k < 12; k++)
            used += (size_t)snprintf(text + used, sizeof text - used, "T%d 5m after:t%d\n", k,
                                     k - 1);
        snprintf(text + used, sizeof text - used, "B 30m split:15m after:t11\n9:15-9:30 Call\n%s",
                 more[i / 4]);
        msched_schedule *schedule = day_solve(NULL, text, 1);
        day_describe(schedule, found, sizeof found);
        const char *at = found;
        for (int k = 0; k < 12 && at != NULL; k++) {
            char name[8];
            snprintf(name, sizeof name, "t%d ", k);
            at = strstr(at, name);
        }
        if (at == NULL || strstr(at, ", b ") == NULL || strstr(found, ", b ") < at)
            fail_msg("%s", found);
        if (i % 4 < 3 && (strstr(found, "t11 08:55-09:00, b 09:00-09:15") == NULL ||
                          strstr(found, "b 09:30-09:45") == NULL))
            fail_msg("%s", found);
        msched_schedule_unref(schedule);
    }
}

/*
 * Where the day without pauses is optimal, the one with pauses is as good on every level.
 * Otherwise, the levels proved for both are equal.
 */
static void no_level_loses(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        msched_objective got[2];
        msched_plan *plan = random_plan(seed);
        for (uint32_t k = 0; k < 2 && plan != NULL; k++) {
            msched_schedule *schedule = NULL;
            msched_schedule_options options;
            msched_schedule_options_init(&options, sizeof options);
            options.no_order = k;
            assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, NULL),
                             MSCHED_OK);
            got[k] = day_objective(schedule);
            msched_schedule_unref(schedule);
        }
        for (uint32_t i = 0; plan != NULL && i < MSCHED_LEVEL_COUNT; i++)
            if ((got[1].status == MSCHED_STATUS_OPTIMAL ||
                 (i < got[0].proved_levels && i < got[1].proved_levels)) &&
                got[0].value[i] != got[1].value[i])
                fail_msg("seed %d, level %d", (int)seed, (int)i);
        msched_plan_unref(plan);
    }
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    day_survives(songs, "day: 8-11\nA 50m\nB 30m\nC 30m late\nfill: 30m\nsong: track1\n");
    day_survives(songs, "day: 8-10\nA 35m\nB 35m\nC 30m\nfill: 20m\n");
    day_survives(songs,
                 "day: 8-11\nX 30m before 9:00\nY 30m before 9:00\nA 20m\nB 20m\nsong: track1\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(songs_come_before_pauses),
        cmocka_unit_test(late_tasks_stay_late),
        cmocka_unit_test(pauses_stay_around_a_crowded_time),
        cmocka_unit_test(replanning_moves_nothing_for_a_pause),
        cmocka_unit_test(usual_hours_cost_no_pause),
        cmocka_unit_test(successors_stay_behind),
        cmocka_unit_test(no_level_loses),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, make_songs, drop_songs);
}
