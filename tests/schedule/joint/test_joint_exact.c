/* The search of the whole day ends with the best day. */
#include "../small_days.h"
#include "schedule/joint/joint_exact.h"

static int search_open(joint *j, void *exact)
{
    int64_t before[MSCHED_LEVEL_COUNT];
    msched__solver *s = &j->solver;
    memcpy(before, s->best.value, sizeof before);
    if (msched__solver_done(s))
        return 0;
    assert_int_equal(msched__search_together(s), MSCHED_OK);
    check_day(j, before);
    if (s->exact)
        assert_true(msched__values_compare(s->best.value, j->best, LEVELS) == 0);
    *(uint32_t *)exact += s->exact;
    return 1;
}

/* With work enough the search together comes to its end and finds the best day of all. */
static void search_together_is_exact(void **state)
{
    (void)state;
    uint32_t exact = 0;
    on_plans(PLANS / 4, search_open, &exact);
    assert_true(exact > PLANS / 8);
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
