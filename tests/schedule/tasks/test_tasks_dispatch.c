/* Dispatching keeps the rules and counts what it leaves out. */
#include "../small_tasks.h"
#include "algo/bits.h"
#include "schedule/tasks/tasks_dispatch.h"

#include <time.h>

#define CHAIN 600

/* Least seconds of a dispatch of tasks of which each is after the one before it, or after all. */
static double seconds_of(int after_all)
{
    static uint32_t before[CHAIN];
    static msched__task all[CHAIN];
    const msched__interval day = {0, 60 * CHAIN};
    msched__tasks tasks = {
        .count = CHAIN, .tasks = all, .topological = before, .piece_limit = CHAIN + 1};
    uint8_t wanted[CHAIN];
    msched__arena arena;
    msched__dispatch scratch;
    msched__arrangement out;
    double least = 0;
    for (uint32_t i = 0; i < CHAIN; i++) {
        before[i] = i;
        all[i] = (msched__task){.length = 60,
                                .priority = 1,
                                .windows = &day,
                                .window_count = 1,
                                .preds = after_all || i == 0 ? before : &before[i - 1],
                                .pred_count = after_all || i == 0 ? i : 1,
                                .due = 60 * CHAIN};
    }
    const msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena_init(&arena, &allocator, 0);
    assert_true(msched__dispatch_make(&arena, &tasks, &scratch) &&
                msched__arrangement_make(&arena, &tasks, &out));
    memset(wanted, 1, sizeof wanted);
    for (int round = 0; round < 5; round++) {
        clock_t start = clock();
        assert_int_equal(msched__tasks_dispatch(&scratch, &tasks, wanted, 0, &out), 0);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        least = round == 0 || seconds < least ? seconds : least;
    }
    assert_int_equal(out.pieces[CHAIN - 1].end, 60 * CHAIN);
    msched__arena_reset(&arena);
    return least;
}

/* A to-do that names all to-dos before it costs hardly more than one that names the last. */
static void many_predecessors_cost_little(void **state)
{
    (void)state;
    assert_true(seconds_of(1) < 8 * seconds_of(0) + 0.002);
}

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
        cmocka_unit_test(many_predecessors_cost_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
