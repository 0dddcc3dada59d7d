/* The whole strategy: the values of the best day, and no proof of anything else. */
#include "../small_days.h"
#include "schedule/joint/joint_solve.h"

static void the_strategy_finds_the_best_day_of_small_plans(void **state)
{
    (void)state;
    uint32_t best = 0, proved = 0, plans = 0;
    for (uint64_t seed = 1; plans < PLANS; seed++) {
        joint j;
        msched__budget *budget = WORK(UINT64_C(4000000));
        if (!open_plan(&j, seed, budget))
            continue;
        plans++;
        msched__solver s = {.arena = &j.arena,
                            .model = &j.model,
                            .budget = WORK(WORK_ENOUGH),
                            .seed = seed,
                            .goal = MSCHED_LEVEL_FILL_S};
        assert_int_equal(msched__solve(&s), MSCHED_OK);
        int order = msched__values_compare(s.best.value, j.best, LEVELS);
        assert_true(order <= 0);
        assert_true(msched__bounds_hold(&s.bounds, j.best));
        assert_true(msched__solution_holds(&j.model.tasks, &s.best));
        best += order == 0;
        if (msched__bounds_proved(&s.bounds, s.best.value) >= LEVELS) {
            assert_int_equal(order, 0);
            proved++;
        }
        close_plan(&j);
    }
    assert_int_equal(best, plans);
    assert_true(proved > plans * 9 / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_strategy_finds_the_best_day_of_small_plans),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
