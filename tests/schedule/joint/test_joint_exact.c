/* The search of the whole day ends with the best day. */
#include "../small_days.h"
#include "schedule/joint/joint_exact.h"

/* With work enough the search together comes to its end and finds the best day of all. */
static void search_together_is_exact(void **state)
{
    (void)state;
    uint32_t exact = 0, open = 0;
    for (uint64_t seed = 1; open < PLANS / 4; seed++) {
        joint j;
        int64_t before[MSCHED_LEVEL_COUNT];
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        memcpy(before, j.solver.best.value, sizeof before);
        if (!msched__solver_done(&j.solver)) {
            open++;
            assert_int_equal(msched__search_together(&j.solver), MSCHED_OK);
            check_day(&j, before, seed);
            if (j.solver.exact)
                assert_true(msched__values_compare(j.solver.best.value, j.best, LEVELS) == 0);
            exact += j.solver.exact;
        }
        close_plan(&j);
    }
    assert_true(exact > open / 2);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__search_together, 320);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_together_is_exact),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
