/* Wanted songs over the day, fill where its mood is, and no silent end of a filled to-do. */
#include "../day_text.h"

#define HOUR 3600

static msched_catalog *songs;

static int make_songs(void **state)
{
    (void)state;
    songs = day_catalog();
    return 0;
}

static int drop_songs(void **state)
{
    (void)state;
    msched_catalog_unref(songs);
    return 0;
}

static const char *const five = "♪ Song 1\n♪ Song 2\n♪ Song 3\n♪ Song 4\n♪ Song 5\n";

/* The start of song number `index` of the schedule, -1: there are fewer. */
static int32_t start_of_song(const msched_schedule *schedule, uint32_t index)
{
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        msched_schedule_get_entry(schedule, i, &e);
        if (e.kind == MSCHED_ENTRY_SONG && index-- == 0)
            return e.start_s;
    }
    return -1;
}

static void free_wishes_form_sessions(void **state)
{
    (void)state;
    char text[400];
    snprintf(text, sizeof text, "day: 8-16\n%s", five);
    msched_schedule *schedule = day_solve(songs, text, 1);
    assert_int_equal(start_of_song(schedule, 0), 10 * HOUR); /* a quarter of the day */
    assert_int_equal(start_of_song(schedule, 4), 14 * HOUR + DAY_SONG_S);
    assert_int_equal(day_objective(schedule).spread_s, 0);
    msched_schedule_unref(schedule);
    schedule = day_solve(songs, text, 0);
    assert_true(day_objective(schedule).spread_s > 3 * HOUR);
    msched_schedule_unref(schedule);
}

/* Songs are put in order afterwards, but the last wish stays in the second half of the day. */
static void a_smooth_order_keeps_the_spread(void **state)
{
    (void)state;
    msched_catalog *catalog = day_catalog_of(1);
    for (int first = 1; first <= 40; first++) {
        char text[400];
        int used = snprintf(text, sizeof text, "day: 8-11\nfill: 2h42m\n");
        for (int i = first; i < first + 5; i++)
            used += snprintf(text + used, sizeof text - (size_t)used, "♪ Song %d\n", i);
        msched_schedule *schedule = day_solve(catalog, text, 1);
        if (day_objective(schedule).spread_s != 0)
            fail_msg("songs from %d: %d s", first, (int)day_objective(schedule).spread_s);
        msched_schedule_unref(schedule);
    }
    msched_catalog_unref(catalog);
}

/* With fill everywhere, the last wish changes places with fill. */
static void a_full_day_exchanges_songs(void **state)
{
    (void)state;
    char text[400];
    snprintf(text, sizeof text, "day: 8-10\n%sfill: 1h45m\n", five);
    day_loses_nothing(songs, text);
    msched_schedule *schedule = day_solve(songs, text, 1);
    assert_int_equal(day_objective(schedule).spread_s, 0);
    msched_schedule_unref(schedule);
}

static void fill_leaves_to_dos_of_another_mood(void **state)
{
    (void)state;
    const char *day = "day: 17-23\n18:00-20:00 Gym #workout\nfill: 1h #wind-down\n";
    day_loses_nothing(songs, day);
    msched_schedule *schedule = day_solve(songs, day, 1);
    assert_int_equal(day_objective(schedule).mood_s, 0);
    msched_schedule_unref(schedule);
    /* where there is no other time, it stays */
    schedule = day_solve(songs, "day: 18-20\n18:00-20:00 Gym #workout\nfill: 1h #wind-down\n", 1);
    assert_int_equal(day_objective(schedule).value[MSCHED_LEVEL_FILL_S], HOUR);
    assert_int_equal(day_objective(schedule).mood_s, HOUR / 2);
    msched_schedule_unref(schedule);
}

static void silence_is_in_equal_parts(void **state)
{
    (void)state;
    const char *day = "18:00-20:00 Party #party\nfill: 1h during:party\n";
    day_loses_nothing(songs, day);
    msched_schedule *schedule = day_solve(songs, day, 1);
    const int32_t last = start_of_song(schedule, 19) + DAY_SONG_S;
    assert_in_range(last, 20 * HOUR - 300, 20 * HOUR);
    assert_int_equal(day_objective(schedule).silence_s, 0);
    msched_schedule_unref(schedule);
    schedule = day_solve(songs, day, 0);
    assert_int_equal(day_objective(schedule).silence_s, HOUR - 300);
    msched_schedule_unref(schedule);
}

static void plays_of_one_song_are_apart(void **state)
{
    (void)state;
    msched_schedule *schedule = day_solve(songs, "day: 8-16\n♪ Song 1 x3\n", 1);
    assert_int_equal(day_objective(schedule).repeats_s, 0);
    assert_true(start_of_song(schedule, 1) - start_of_song(schedule, 0) >= HOUR);
    assert_int_equal(msched_schedule_warning_count(schedule), 0);
    msched_schedule_unref(schedule);
    /* in an hour, a quarter of it */
    schedule = day_solve(songs, "day: 8-9\n♪ Song 1 x3\n", 1);
    assert_int_equal(start_of_song(schedule, 1) - start_of_song(schedule, 0), 900 + DAY_SONG_S);
    msched_schedule_unref(schedule);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    char text[400];
    snprintf(text, sizeof text, "%s18:00-20:00 Party #party\nfill: 1h #wind-down\n♪ Song 9 x3\n",
             five);
    day_survives(songs, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(free_wishes_form_sessions),
        cmocka_unit_test(a_full_day_exchanges_songs),
        cmocka_unit_test(a_smooth_order_keeps_the_spread),
        cmocka_unit_test(fill_leaves_to_dos_of_another_mood),
        cmocka_unit_test(silence_is_in_equal_parts),
        cmocka_unit_test(plays_of_one_song_are_apart),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, make_songs, drop_songs);
}
