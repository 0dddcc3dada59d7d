/* The search over orders finds the most tasks by priority. */
#include "../small_tasks.h"
#include "../work.h"
#include "schedule/tasks/tasks_sequence.h"

static void the_search_of_orders_finds_the_most(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__arrangement best;
        int32_t most[5];
        make_small_day(&d, seed);
        assert_true(msched__arrangement_make(&d.arena, &d.tasks, &best));
        msched__task_goal goal = {
            .priority = 4, .target = d.tasks.wanted, .limit = UINT64_MAX / 2, .best = &best};
        assert_int_equal(msched__task_search(&d.arena, &d.bound, WORK(UINT64_MAX), &goal),
                         MSCHED_OK);
        best_counts(&d, most);
        assert_int_equal(goal.complete, 1);
        assert_memory_equal(best.count, most, sizeof most);
        msched__arena_reset(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_search_of_orders_finds_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
