/* The bound of the fill is never below the fill of the best day. */
#include "../small_days.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_exact.h"
#include "schedule/joint/joint_fill_bound.h"

/* 1 where the day is the best one, so that the bound must hold for the best fill. */
static int bound_fill(joint *j, void *met)
{
    msched__solver *s = &j->solver;
    if (j->plan->listening.fill_s == 0 || j->best[MSCHED_LEVEL_FILL_S] < 0)
        return 0;
    if (!msched__solver_done(s))
        assert_int_equal(msched__search_together(s), MSCHED_OK);
    assert_int_equal(msched__fill_rest(s, &s->best), MSCHED_OK);
    assert_int_equal(msched__bound_fill(s), MSCHED_OK);
    int64_t bound = s->bounds.bound[MSCHED_LEVEL_FILL_S];
    assert_true(bound >= s->best.fill.seconds);
    assert_true(bound <= j->plan->listening.fill_s);
    if (msched__values_compare(s->best.value, j->best, LEVELS) != 0)
        return 0;
    assert_true(bound >= j->best[MSCHED_LEVEL_FILL_S]);
    *(uint32_t *)met += bound == j->best[MSCHED_LEVEL_FILL_S];
    return 1;
}

static void the_bound_of_the_fill_holds_for_the_best_day(void **state)
{
    (void)state;
    uint32_t met = 0;
    on_plans(PLANS / 4, bound_fill, &met);
    assert_true(met > PLANS / 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bound_of_the_fill_holds_for_the_best_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
