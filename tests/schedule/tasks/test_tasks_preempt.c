/* A set of tasks fits exactly if one of its orders does. */
#include "../small_tasks.h"
#include "../work.h"
#include "schedule/tasks/tasks_preempt.h"

static void a_set_fits_where_some_order_of_it_does(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__task_fit fit;
        make_small_day(&d, seed);
        assert_true(msched__task_fit_make(&d.arena, &d.tasks, &d.bound, WORK(UINT64_MAX), &fit));
        for (uint32_t set = 1; set < 1u << d.tasks.count; set++) {
            enum msched__fit_verdict verdict = msched__task_fit_all(&fit, set, 1000000);
            assert_int_equal(verdict, d.fits[set] ? MSCHED__FIT_YES : MSCHED__FIT_NO);
            if (verdict == MSCHED__FIT_YES)
                check_timetable(&d, &fit.found, set);
        }
        msched__arena_reset(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_fits_where_some_order_of_it_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
