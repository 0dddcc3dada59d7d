/* Tasks moved to where their songs may play only gain, and what hosts can have is never too low. */
#include "../small_days.h"
#include "schedule/joint/joint_hosts.h"

static void moves_only_gain(void **state)
{
    (void)state;
    assert_true(run_on_plans(msched__move_hosts, WORK_ENOUGH) > 0);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__move_hosts, 20);
}

/* 1 where the day has as much as the best one on the levels before. */
static int compare_weight(joint *j, void *counts)
{
    (void)counts;
    if (msched__values_compare(j->solver.best.value, j->best, MSCHED_LEVEL_SONG_WEIGHT) != 0)
        return 0;
    assert_true(j->best[MSCHED_LEVEL_SONG_WEIGHT] <= msched__hosts_weight(&j->solver));
    return 1;
}

static void best_weight_is_within_the_bound(void **state)
{
    (void)state;
    on_plans(PLANS / 2, compare_weight, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_only_gain),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
        cmocka_unit_test(best_weight_is_within_the_bound),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
