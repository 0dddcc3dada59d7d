/* Dispatching keeps the rules and counts what it leaves out. */
#include "../small_tasks.h"
#include "algo/bits.h"
#include "schedule/tasks/tasks_dispatch.h"

static void dispatching_keeps_the_rules_and_tells_what_is_missing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__dispatch scratch;
        msched__arrangement out;
        uint8_t wanted[TASKS];
        make_small_day(&d, seed);
        assert_true(msched__dispatch_make(&d.arena, &d.tasks, &scratch) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &out));
        memset(wanted, 1, sizeof wanted);
        uint32_t missing = msched__tasks_dispatch(&scratch, &d.tasks, wanted, (int)(seed % 2),
                                                  &out),
                 set = 0;
        for (uint32_t i = 0; i < d.tasks.count; i++)
            set |= (uint32_t)out.placed[i] << i;
        assert_int_equal(missing, d.tasks.count - msched__bit_count(set));
        check_timetable(&d, &out, set);
        msched__arena_reset(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dispatching_keeps_the_rules_and_tells_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
