/* Wanted songs leave the window of the fill if they can and the fill gains. */
#include "../small_days.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_fill_window.h"

static int clear_window(joint *j, void *gained)
{
    int64_t before[MSCHED_LEVEL_COUNT];
    msched__solver *s = &j->solver;
    msched_listening *rules = &j->plan->listening;
    rules->fill_s = rules->fill_s > 0 ? rules->fill_s : 900;
    rules->fill_min_popularity = 0;
    rules->fill_between_start_s = j->plan->day_start_s;
    rules->fill_between_end_s = (j->plan->day_start_s + j->plan->day_end_s) / 2;
    assert_int_equal(msched__fill_rest(s, &s->best), MSCHED_OK);
    memcpy(before, s->best.value, sizeof before);
    int64_t fill = s->best.fill.seconds;
    assert_int_equal(msched__clear_fill_window(s), MSCHED_OK);
    assert_true(msched__values_compare(s->best.value, before, LEVELS) == 0);
    assert_true(s->best.fill.seconds >= fill);
    assert_true(msched__solution_holds(&j->model.tasks, &s->best));
    const msched__songs_problem *songs = &s->best.songs;
    for (uint32_t i = 0; i < songs->play_count; i++) {
        int32_t start = s->best.placement.start[i];
        if (start != MSCHED_UNSET && !songs->plays[i].frozen)
            assert_true(msched__interval_covers(songs->plays[i].windows,
                                                songs->plays[i].window_count, start,
                                                start + songs->plays[i].length_s));
    }
    *(uint32_t *)gained += s->best.fill.seconds > fill;
    return 1;
}

static void wanted_songs_leave_the_window_and_lose_nothing(void **state)
{
    (void)state;
    uint32_t gained = 0;
    on_plans(2 * PLANS, clear_window, &gained);
    assert_true(gained > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wanted_songs_leave_the_window_and_lose_nothing),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
