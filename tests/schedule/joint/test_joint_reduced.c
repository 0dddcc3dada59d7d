/* A search of the items that matter proves only what is so. */
#include "../small_days.h"
#include "schedule/joint/joint_reduced.h"
#include "schedule/model/bounds.h"

/* What is proved is the best value, and more is proved than before. */
static void what_it_proves_is_the_best(void **state)
{
    uint32_t more = 0;
    (void)state;
    for (uint64_t seed = 1; seed <= 20 * (uint64_t)PLANS; seed++) {
        joint j;
        int64_t before[MSCHED_LEVEL_COUNT];
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        memcpy(before, j.solver.best.value, sizeof before);
        uint32_t known = msched__bounds_proved(&j.solver.bounds, before);
        assert_int_equal(msched__bound_reduced(&j.solver), MSCHED_OK);
        check_day(&j, before, seed);
        uint32_t proved = msched__bounds_proved(&j.solver.bounds, j.solver.best.value);
        for (uint32_t level = 0; level < proved && level < LEVELS; level++)
            assert_int_equal(j.solver.best.value[level], j.best[level]);
        more += proved > known;
        close_plan(&j);
    }
    assert_true(more > 10);
}

static void with_some_of_the_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__search_reduced, 20000);
    run_on_plans(msched__search_reduced, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_proves_is_the_best),
        cmocka_unit_test(with_some_of_the_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
