/* Days built level by level only gain. */
#include "../small_days.h"
#include "schedule/joint/joint_levels.h"

static void levels_in_order_only_gain(void **state)
{
    (void)state;
    run_on_plans(msched__build_levels, WORK_ENOUGH);
    run_on_plans(msched__complete_day, WORK_ENOUGH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_in_order_only_gain),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
