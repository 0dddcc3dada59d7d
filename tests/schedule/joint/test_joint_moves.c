/* Moves of tasks for the songs only gain. */
#include "../small_days.h"
#include "schedule/joint/joint_moves.h"

static void moves_only_gain(void **state)
{
    (void)state;
    assert_true(run_on_plans(msched__moves_for_musts, WORK_ENOUGH) > 0);
    assert_true(run_on_plans(msched__moves_for_songs, WORK_ENOUGH) > 0);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__moves_for_musts, 20);
    run_on_plans(msched__moves_for_songs, 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moves_only_gain),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
