/* A set of tasks fits exactly if some order of it does, or some order of pieces of it. */
#include "../small_tasks.h"
#include "../work.h"
#include "schedule/tasks/tasks_layers.h"

#include "algo/min_max.h"

static void a_set_fits_where_some_order_of_it_does(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__layers layers;
        make_small_day(&d, seed);
        msched__layers_make(&d.arena, &d.tasks, &d.bound, WORK(UINT64_MAX), &layers);
        for (uint32_t set = 1; set < 1u << d.tasks.count; set++) {
            enum msched__fit_verdict verdict = msched__layers_fit(&layers, set, UINT32_MAX);
            assert_int_equal(verdict, d.fits[set] ? MSCHED__FIT_YES : MSCHED__FIT_NO);
            if (verdict == MSCHED__FIT_YES)
                check_timetable(&d, &layers.found, set);
        }
        msched__arena_reset(&d.arena);
    }
}

/* Make about every second task one that may be split, some after another task, in a longer day. */
static void allow_pieces(small_day *d)
{
    d->plan.day_end_s = HORIZON + 4;
    if (d->plan.todo_count > 5)
        d->plan.todo_count = 5;
    for (uint32_t i = 1; i < d->plan.todo_count; i++) {
        msched__plan_todo *todo = &d->todos[i];
        if (pick(0, 1) == 0) {
            todo->duration_s = pick(2, 6);
            todo->split_min_s = pick(1, todo->duration_s / 2);
            todo->latest_s = larger(todo->latest_s, todo->earliest_s + todo->duration_s);
        }
        if (pick(0, 4) == 0)
            todo->buffer_before_s = pick(1, 2);
    }
    msched__arena_reset(&d->arena);
    assert_int_equal(msched__tasks_make(&d->arena, &d->tasks, &d->plan, &(msched__held_time){0}),
                     MSCHED_OK);
    assert_true(msched__task_bound_make(&d->arena, &d->tasks, &d->bound));
}

/* All orders of pieces of all lengths, each as early as it can be after those before it. */
static int try_pieces(const small_day *d, int32_t *rest, uint32_t last, int32_t end)
{
    int done = 1;
    for (uint32_t i = 0; i < d->tasks.count; i++) {
        const msched__task *task = &d->tasks.tasks[i];
        int32_t gap = last == UINT32_MAX || last == i
                          ? 0
                          : msched__tasks_gap(&d->tasks.tasks[last], task);
        done &= rest[i] == 0;
        for (int32_t length = 1; length <= rest[i]; length++) {
            int32_t left = rest[i] - length;
            if (left > 0 && (!msched__task_can_be_cut(task) || left < task->piece_min ||
                             length < task->piece_min))
                continue;
            if (length < task->piece_min && rest[i] < task->length)
                continue;
            int32_t start = msched__interval_fit(task->windows, task->window_count, end + gap,
                                                 length);
            if (start < 0)
                continue;
            rest[i] = left;
            int fits = try_pieces(d, rest, i, start + length);
            rest[i] = left + length;
            if (fits)
                return 1;
        }
    }
    return done;
}

/* A second event, and at most two tasks of which one is long: pieces may wait for later windows. */
static void make_pieces_long(small_day *d)
{
    const int32_t start = pick(11, 14);
    d->plan.day_end_s = 28;
    if (d->plan.todo_count > 4)
        d->plan.todo_count = 4;
    d->todos[1] = (msched__plan_todo){
        .kind = MSCHED_TODO_EVENT, .start_s = start, .end_s = start + pick(1, 3)};
    d->todos[2].duration_s = pick(8, 13);
    d->todos[2].split_min_s = pick(3, 5);
    d->todos[2].earliest_s = 0;
    d->todos[2].latest_s = pick(18, 28);
    if (d->plan.todo_count > 3)
        d->todos[3].latest_s = pick(0, 1) == 0 ? 28 : d->todos[3].latest_s;
    msched__arena_reset(&d->arena);
    assert_int_equal(msched__tasks_make(&d->arena, &d->tasks, &d->plan, &(msched__held_time){0}),
                     MSCHED_OK);
    assert_true(msched__task_bound_make(&d->arena, &d->tasks, &d->bound));
}

static void check_pieces(const small_day *d, const msched__arrangement *found, uint32_t set)
{
    int32_t placed[TASKS] = {0};
    assert_true(msched__arrangement_in_order(&d->tasks, found));
    for (uint32_t i = 0; i < found->piece_count; i++) {
        const msched__piece *piece = &found->pieces[i];
        const msched__task *task = &d->tasks.tasks[piece->task];
        int32_t length = piece->end - piece->start;
        assert_true(length == task->length || (task->piece_min > 0 && length >= task->piece_min));
        assert_true(
            msched__interval_covers(task->windows, task->window_count, piece->start, piece->end));
        placed[piece->task] += length;
        if (i == 0 || piece[-1].task == piece->task)
            continue;
        assert_true(piece[-1].end + msched__tasks_gap(&d->tasks.tasks[piece[-1].task], task) <=
                    piece->start);
    }
    for (uint32_t i = 0; i < d->tasks.count; i++)
        assert_int_equal(placed[i], set >> i & 1 ? d->tasks.tasks[i].length : 0);
}

static void expect_pieces(void (*change)(small_day *d))
{
    uint32_t unknown = 0, answered = 0;
    for (uint64_t seed = 1; seed <= 4 * DAYS; seed++) {
        small_day d;
        msched__layers layers;
        make_small_day(&d, seed);
        change(&d);
        msched__layers_make(&d.arena, &d.tasks, &d.bound, WORK(UINT64_MAX), &layers);
        for (uint32_t set = 1; set < 1u << d.tasks.count; set++) {
            int32_t rest[TASKS];
            int hopeless = 0;
            for (uint32_t i = 0; i < d.tasks.count; i++) {
                rest[i] = set >> i & 1 ? d.tasks.tasks[i].length : 0;
                hopeless |= (set >> i & 1) && d.tasks.tasks[i].hopeless;
            }
            if (hopeless)
                continue;
            enum msched__fit_verdict verdict = msched__layers_fit(&layers, set, UINT32_MAX);
            int fits = try_pieces(&d, rest, UINT32_MAX, 0);
            unknown += verdict == MSCHED__FIT_UNKNOWN;
            answered++;
            if (verdict != MSCHED__FIT_UNKNOWN)
                assert_int_equal(verdict, fits ? MSCHED__FIT_YES : MSCHED__FIT_NO);
            if (verdict == MSCHED__FIT_YES)
                check_pieces(&d, &layers.found, set);
        }
        msched__arena_reset(&d.arena);
    }
    /* several tasks in pieces at the same time are the exception */
    assert_true(unknown * 200 < answered);
}

static void pieces_fit_where_some_lengths_of_them_do(void **state)
{
    (void)state;
    expect_pieces(allow_pieces);
    expect_pieces(make_pieces_long);
}

static void the_work_is_limited(void **state)
{
    (void)state;
    small_day d;
    msched__layers layers;
    make_small_day(&d, 3);
    msched__layers_make(&d.arena, &d.tasks, &d.bound, WORK(UINT64_MAX), &layers);
    uint32_t set = (1u << d.tasks.count) - 1;
    assert_int_equal(msched__layers_fit(&layers, set, 0), MSCHED__FIT_UNKNOWN);
    msched__arena_reset(&d.arena);
}

#define MANY 12

/* Tasks of a minute that fill the day in any order; only the last set has all of them. */
static void memory_grows_with_the_number_of_sets(void **state)
{
    (void)state;
    static uint32_t order[MANY];
    static msched__task all[MANY];
    const msched_allocator allocator = msched__allocator_copy(NULL);
    const msched__interval day = {0, 60 * MANY};
    struct msched_plan plan = {0};
    msched__tasks tasks = {.plan = &plan,
                           .count = MANY,
                           .tasks = all,
                           .topological = order,
                           .piece_limit = MANY,
                           .window_end = 60 * MANY};
    msched__arena arena;
    msched__task_bound bound;
    msched__layers layers;
    for (uint32_t i = 0; i < MANY; i++) {
        order[i] = i;
        all[i] = (msched__task){.length = 60,
                                .priority = 1,
                                .windows = &day,
                                .window_count = 1,
                                .deadline = 60 * MANY,
                                .due = 60 * MANY};
    }
    msched__arena_init(&arena, &allocator, 0);
    assert_true(msched__task_bound_make(&arena, &tasks, &bound));
    msched__layers_make(&arena, &tasks, &bound, WORK(UINT64_MAX), &layers);
    assert_int_equal(msched__layers_fit(&layers, 0xff, UINT32_MAX), MSCHED__FIT_YES);
    const size_t few = arena.held_bytes;
    assert_int_equal(msched__layers_fit(&layers, (1u << MANY) - 1, UINT32_MAX), MSCHED__FIT_YES);
    assert_int_equal(layers.found.count[1], MANY);
    assert_true(layers.state_count == 1u << MANY);
    assert_true(arena.held_bytes > 2 * few);
    /* states with the same hash are compared, which is work, too */
    assert_true(layers.budget->used > (uint64_t)layers.state_count * (MANY / 2 + 6) + MANY * 256);
    msched__arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_fits_where_some_order_of_it_does),
        cmocka_unit_test(pieces_fit_where_some_lengths_of_them_do),
        cmocka_unit_test(the_work_is_limited),
        cmocka_unit_test(memory_grows_with_the_number_of_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
