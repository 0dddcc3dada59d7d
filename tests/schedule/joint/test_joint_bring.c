/* Tasks with songs only come in for a better day; those that never can bound the weight. */
#include "../small_days.h"
#include "schedule/joint/joint_bring.h"
#include "schedule/model/bounds.h"

/* Tasks first, then songs beside them, as if the levels before the weight were proved. */
static void days_only_get_better(void **state)
{
    uint32_t better = 0, lower = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 100 * (uint64_t)PLANS; seed++) {
        joint j;
        int64_t before[MSCHED_LEVEL_COUNT];
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        memcpy(before, j.solver.best.value, sizeof before);
        if (msched__values_compare(before, j.best, MSCHED_LEVEL_SONG_WEIGHT) == 0) {
            for (uint32_t level = 0; level < MSCHED_LEVEL_SONG_WEIGHT; level++)
                msched__bounds_put(&j.solver.bounds, level, before[level], before);
            int64_t bound = j.solver.bounds.bound[MSCHED_LEVEL_SONG_WEIGHT];
            assert_int_equal(msched__bring_hosts(&j.solver), MSCHED_OK);
            check_day(&j, before, seed);
            lower += j.solver.bounds.bound[MSCHED_LEVEL_SONG_WEIGHT] < bound;
            better += msched__values_compare(j.solver.best.value, before, LEVELS) > 0;
        }
        close_plan(&j);
    }
    assert_true(better > 0 && lower > 0);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__bring_hosts, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_only_get_better),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
