/* The search of tasks and songs together, by itself: from an empty day, with enough work. */
#include "../small_days.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_search.h"

/* Items in order of their number: which is tried first changes no result. 1 where it ends. */
static int search_day(joint *j, void *counts)
{
    msched__songs_problem wide;
    (void)counts;
    assert_true(msched__songs_beside(&j->arena, &j->model, NULL, &wide));
    msched__day_searcher *s = msched__day_searcher_make(&j->solver, &wide);
    assert_non_null(s);
    for (uint32_t i = 0; i < s->item_count; i++)
        s->key[i] = (int32_t)i;
    s->stop_at = UINT64_MAX;
    msched__day_searcher_forget(s);
    msched__day_searcher_clear(s);
    msched__day_searcher_run(s);
    assert_true(msched__values_compare(s->best, j->solver.best.value, LEVELS) >= 0);
    assert_true(msched__values_compare(s->best, j->best, LEVELS) <= 0);
    if (s->stopped || s->done || s->unproved)
        return 0;
    assert_true(msched__values_compare(s->best, j->best, LEVELS) == 0);
    return 1;
}

static void the_search_ends_with_the_best_day(void **state)
{
    (void)state;
    on_plans(PLANS / 4, search_day, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_ends_with_the_best_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
