/* The preemptive relaxation never counts fewer tasks than can be placed. */
#include "../small_tasks.h"
#include "schedule/tasks/tasks_relaxation.h"

static void the_relaxation_is_never_below_what_can_be_placed(void **state)
{
    (void)state;
    int tight = 0;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        make_small_day(&d, seed);
        int32_t need[5] = {0};
        uint8_t open[TASKS];
        for (uint32_t i = 0; i < d.tasks.count; i++)
            open[i] = !d.tasks.tasks[i].hopeless;
        msched__task_question asked = {open, INT32_MIN, INT32_MIN, need};
        for (int p = 1; p <= 3; p++) {
            int32_t most = -1, bound = msched__task_bound_count(&d.bound, &asked, p);
            for (uint32_t set = 0; set < 1u << d.tasks.count; set++) {
                int32_t count[5];
                count_set(&d, set, count);
                int enough = d.fits[set];
                for (int q = 1; q < p; q++)
                    enough &= count[q] >= need[q];
                most = enough && count[p] > most ? count[p] : most;
            }
            assert_true(bound >= most);
            tight += bound == most;
            need[p] = most < 0 ? 0 : most;
        }
        msched__arena_reset(&d.arena);
    }
    assert_true(tight > 3 * DAYS * 3 / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_relaxation_is_never_below_what_can_be_placed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
