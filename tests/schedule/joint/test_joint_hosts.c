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

/* Where the day has as much on the levels before as the best one, that is within the bound. */
static void best_weight_is_within_the_bound(void **state)
{
    uint32_t compared = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= PLANS; seed++) {
        joint j;
        if (!open_plan(&j, seed, WORK(WORK_ENOUGH)))
            continue;
        int same = 1;
        for (int level = 0; level < MSCHED_LEVEL_SONG_WEIGHT; level++)
            same &= j.solver.best.value[level] == j.best[level];
        if (same)
            assert_true(j.best[MSCHED_LEVEL_SONG_WEIGHT] <= msched__hosts_weight(&j.solver));
        compared += same != 0;
        close_plan(&j);
    }
    assert_true(compared > 0);
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
