/* A task put between others that make way for it. */
#include "../small_tasks.h"
#include "schedule/tasks/tasks_dispatch.h"
#include "schedule/tasks/tasks_push.h"

/* All tasks but one are dispatched, then that one is pushed between them. */
static void others_make_way_and_keep_the_rules(void **state)
{
    (void)state;
    uint32_t pushed = 0, moved = 0;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__dispatch scratch;
        msched__push push;
        msched__arrangement before, now;
        make_small_day(&d, seed);
        assert_true(msched__dispatch_make(&d.arena, &d.tasks, &scratch) &&
                    msched__push_make(&d.arena, &d.tasks, &push) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &before) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &now));
        for (uint32_t missing = 0; missing < d.tasks.count; missing++) {
            uint8_t wanted[TASKS];
            uint32_t set = 0;
            memset(wanted, 1, sizeof wanted);
            wanted[missing] = 0;
            msched__tasks_dispatch(&scratch, &d.tasks, wanted, 0, &before);
            msched__arrangement_copy(&d.tasks, &now, &before);
            for (uint32_t i = 0; i < d.tasks.count; i++)
                set |= (uint32_t)before.placed[i] << i;
            if (msched__tasks_push(&push, &d.tasks, &now, missing)) {
                pushed++;
                moved += !msched__arrangement_insert(&d.tasks, &before, missing);
                check_timetable(&d, &now, set | 1u << missing);
            } else {
                check_timetable(&d, &now, set);
                assert_memory_equal(now.pieces, before.pieces,
                                    before.piece_count * sizeof *before.pieces);
                /* a free slot needs no other task to move */
                assert_false(msched__arrangement_insert(&d.tasks, &before, missing));
            }
        }
        msched__arena_reset(&d.arena);
    }
    assert_true(pushed > DAYS);
    assert_true(moved > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_make_way_and_keep_the_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
