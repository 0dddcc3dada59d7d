/* Time reserved for missing songs only gains. */
#include "../small_days.h"
#include "schedule/joint/joint_reserve.h"

static void reserved_time_only_gains(void **state)
{
    (void)state;
    assert_true(run_on_plans(msched__reserve, WORK_ENOUGH) > 0);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__reserve, 220);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reserved_time_only_gains),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
