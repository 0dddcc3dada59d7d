/* Held tasks stay, and the others are placed around them by the rules. */
#include "../small_tasks.h"
#include "schedule/tasks/tasks_dispatch.h"
#include "schedule/tasks/tasks_hold.h"

static uint32_t set_of(const small_day *d, const msched__arrangement *timetable)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < d->tasks.count; i++)
        set |= (uint32_t)timetable->placed[i] << i;
    return set;
}

/* The start of a task; -1 if it is not placed. */
static int32_t start_of(const msched__arrangement *timetable, uint32_t task)
{
    for (uint32_t i = 0; i < timetable->piece_count; i++)
        if (timetable->pieces[i].task == task)
            return timetable->pieces[i].start;
    return -1;
}

static void held_tasks_stay(void **state)
{
    (void)state;
    uint32_t moved = 0;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__dispatch scratch;
        msched__tasks around;
        msched__arrangement day, out;
        uint8_t wanted[TASKS], held[TASKS];
        make_small_day(&d, seed);
        assert_true(msched__dispatch_make(&d.arena, &d.tasks, &scratch) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &day) &&
                    msched__arrangement_make(&d.arena, &d.tasks, &out));
        memset(wanted, 1, sizeof wanted);
        msched__tasks_dispatch(&scratch, &d.tasks, wanted, 0, &day);
        for (uint32_t i = 0; i < d.tasks.count; i++)
            held[i] = (uint8_t)pick(0, 1);
        assert_true(msched__tasks_hold(&d.arena, &d.tasks, &day, held, &around));
        msched__tasks_dispatch(&scratch, &around, wanted, 1, &out);
        for (uint32_t i = 0; i < d.tasks.count; i++)
            assert_true(!out.placed[i] || (day.placed[i] && !held[i]));
        assert_true(msched__tasks_add_held(&d.arena, &d.tasks, &day, held, &out));
        check_timetable(&d, &out, set_of(&d, &out));
        for (uint32_t i = 0; i < d.tasks.count; i++) {
            if (held[i])
                assert_int_equal(start_of(&out, i), start_of(&day, i));
            moved += start_of(&out, i) != start_of(&day, i);
        }
        msched__arena_reset(&d.arena);
    }
    assert_true(moved > 0);
}

/* A task stays behind one that it follows and before one that follows it, wherever these are. */
static void order_is_kept(void **state)
{
    (void)state;
    const uint32_t first = 1, second = 2;
    msched__plan_todo todos[3];
    for (uint32_t i = 0; i < 3; i++)
        todos[i] = (msched__plan_todo){.kind = MSCHED_TODO_TASK,
                                       .start_s = MSCHED_UNSET,
                                       .duration_s = 2,
                                       .priority = 1,
                                       .latest_s = 12};
    todos[1].after = &(uint32_t){0};
    todos[2].after = &first;
    todos[1].after_count = todos[2].after_count = 1;
    struct msched_plan plan = {
        .timezone = "", .day_end_s = 12, .now_s = MSCHED_UNSET, .todos = todos, .todo_count = 3};
    msched__arena arena;
    msched__tasks tasks, around;
    msched__arrangement day;
    const msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena_init(&arena, &allocator, 0);
    assert_int_equal(msched__tasks_make(&arena, &tasks, &plan, &(msched__held_time){0}), MSCHED_OK);
    assert_true(msched__arrangement_make(&arena, &tasks, &day));
    assert_true(msched__arrangement_insert(&tasks, &day, 0) &&
                msched__arrangement_insert_at(&tasks, &day, first, &(msched__interval){4, 6}, 1) &&
                msched__arrangement_insert(&tasks, &day, second));
    assert_true(msched__tasks_hold(&arena, &tasks, &day, (uint8_t[]){0, 1, 0}, &around));
    assert_int_equal(around.tasks[0].windows[around.tasks[0].window_count - 1].end, 4);
    assert_int_equal(around.tasks[2].windows[0].start, 6);
    msched__arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(held_tasks_stay),
        cmocka_unit_test(order_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
