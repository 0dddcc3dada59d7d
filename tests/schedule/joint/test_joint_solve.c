/* The whole strategy: the values of the best day, and no proof of anything else. */
#include "../small_days.h"
#include "schedule/joint/joint_solve.h"

typedef struct days {
    uint32_t best, proved;
} days;

static int solve_day(joint *j, void *counts)
{
    days *d = counts;
    msched__solver s = {.arena = &j->arena,
                        .model = &j->model,
                        .budget = WORK(WORK_ENOUGH),
                        .seed = j->seed,
                        .goal = MSCHED_LEVEL_FILL_S};
    assert_int_equal(msched__solve(&s), MSCHED_OK);
    int order = msched__values_compare(s.best.value, j->best, LEVELS);
    assert_true(order <= 0);
    assert_true(msched__bounds_hold(&s.bounds, j->best));
    assert_true(msched__solution_holds(&j->model.tasks, &s.best));
    d->best += order == 0;
    if (msched__bounds_proved(&s.bounds, s.best.value) < LEVELS)
        return 1;
    assert_int_equal(order, 0);
    d->proved++;
    return 1;
}

static void the_strategy_finds_the_best_day_of_small_plans(void **state)
{
    (void)state;
    days d = {0};
    on_plans(PLANS, solve_day, &d);
    assert_int_equal(d.best, PLANS);
    assert_true(d.proved > PLANS * 9 / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_strategy_finds_the_best_day_of_small_plans),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
