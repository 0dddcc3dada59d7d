/* Tasks go back to their previous times if nothing is lost by it. */
#include "../small_tasks.h"
#include "schedule/tasks/tasks_dispatch.h"
#include "schedule/tasks/tasks_stability.h"

static void tasks_stay_where_they_were(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__dispatch scratch;
        msched__arrangement before, out;
        uint8_t wanted[TASKS];
        make_small_day(&d, seed);
        assert_true(msched__dispatch_make(&d.arena, &d.tasks, &scratch) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &out) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &before));
        memset(wanted, 1, sizeof wanted);
        msched__tasks_dispatch(&scratch, &d.tasks, wanted, 0, &before);
        msched__interval spans[TASKS];
        for (uint32_t i = 0; i < before.piece_count; i++) {
            msched__task *task = &d.tasks.tasks[before.pieces[i].task];
            spans[i] = (msched__interval){before.pieces[i].start, before.pieces[i].end};
            task->wished_s = spans[i].start;
            task->wished = &spans[i];
            task->wished_count = 1;
        }
        msched__tasks_dispatch(&scratch, &d.tasks, before.placed, 1, &out);
        if (msched__arrangement_compare(&out, &before) == 0) {
            assert_true(msched__tasks_settle(&d.arena, &d.tasks, &out));
            assert_int_equal(out.piece_count, before.piece_count);
            assert_memory_equal(out.pieces, before.pieces,
                                before.piece_count * sizeof *before.pieces);
        }
        msched__arena_reset(&d.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_stay_where_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
