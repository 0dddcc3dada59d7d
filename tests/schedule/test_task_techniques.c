/*
 * Each technique of the search for tasks by itself, against trying all orders of all sets of a few
 * whole tasks: the relaxation, whether a set fits, which set to place, what comes next, and that
 * tasks stay where they were.
 */
#include "../testing.h"

#include "../algo/random.h"
#include "algo/bits.h"
#include "base/alloc.h"
#include "schedule/tasks/tasks_dispatch.h"
#include "schedule/tasks/tasks_preempt.h"
#include "schedule/tasks/tasks_relaxation.h"
#include "schedule/tasks/tasks_select.h"
#include "schedule/tasks/tasks_sequence.h"
#include "schedule/tasks/tasks_stability.h"
#include "work.h"

#define TASKS   6
#define HORIZON 14
#define DAYS    400

typedef struct small_day {
    struct msched_plan plan;
    msched__plan_todo todos[TASKS + 1];
    msched__arena arena;
    msched__tasks tasks;
    msched__task_bound bound;
    uint8_t fits[1 << TASKS]; /* per set: all of its tasks can be placed */
} small_day;

/* All orders of the tasks left, each as early as it can be behind those before it. */
static int try_orders(const small_day *d, uint32_t left, const msched__task *last, int32_t end)
{
    if (left == 0)
        return 1;
    for (uint32_t i = 0; i < d->tasks.count; i++) {
        const msched__task *task = &d->tasks.tasks[i];
        int32_t from = last == NULL ? 0 : end + msched__tasks_gap(last, task);
        int32_t start = left >> i & 1
                            ? msched__span_fit(task->rooms, task->room_count, from, task->length)
                            : -1;
        if (start >= 0 && try_orders(d, left & ~(1u << i), task, start + task->length))
            return 1;
    }
    return 0;
}

static void make_small_day(small_day *d, uint64_t seed)
{
    static const msched_allocator *defaults = NULL;
    msched_allocator allocator = msched__allocator_copy(defaults);
    random_state = seed;
    memset(d, 0, sizeof *d);
    d->plan.timezone = "";
    d->plan.day_end_s = HORIZON;
    d->plan.now_s = MSCHED_UNSET;
    d->plan.todos = d->todos;
    d->plan.todo_count = 1 + (uint32_t)pick(2, TASKS);
    d->todos[0] = (msched__plan_todo){.kind = MSCHED_TODO_EVENT, .start_s = pick(4, 8)};
    d->todos[0].end_s = d->todos[0].start_s + pick(1, 2);
    for (uint32_t i = 1; i < d->plan.todo_count; i++) {
        int32_t earliest = pick(0, 2) == 0 ? pick(0, 8) : 0;
        d->todos[i] = (msched__plan_todo){.kind = MSCHED_TODO_TASK,
                                          .start_s = MSCHED_UNSET,
                                          .duration_s = pick(1, 4),
                                          .priority = (uint8_t)pick(1, 3),
                                          .earliest_s = earliest,
                                          .latest_s = pick(0, 2) == 0 ? earliest + pick(4, 6)
                                                                      : HORIZON};
        if (pick(0, 3) == 0)
            d->todos[i].buffer_after_s = pick(1, 2);
    }
    msched__arena_init(&d->arena, &allocator, 0);
    assert_int_equal(msched__tasks_make(&d->arena, &d->tasks, &d->plan, &(msched__held_time){0}),
                     MSCHED_OK);
    assert_true(msched__task_bound_make(&d->arena, &d->tasks, &d->bound));
    for (uint32_t set = 0; set < 1u << d->tasks.count; set++)
        d->fits[set] = (uint8_t)try_orders(d, set, NULL, 0);
}

static void count_set(const small_day *d, uint32_t set, int32_t *count)
{
    memset(count, 0, 5 * sizeof *count);
    for (uint32_t i = 0; i < d->tasks.count; i++)
        count[d->tasks.tasks[i].priority] += (int32_t)(set >> i & 1);
}

/* The best counts, lexicographically. */
static void best_counts(const small_day *d, int32_t *best)
{
    memset(best, 0, 5 * sizeof *best);
    for (uint32_t set = 0; set < 1u << d->tasks.count; set++) {
        int32_t count[5];
        count_set(d, set, count);
        for (int p = 1; d->fits[set] && p <= 4; p++)
            if (count[p] != best[p]) {
                if (count[p] > best[p])
                    memcpy(best, count, sizeof count);
                break;
            }
    }
}

static void check_timetable(const small_day *d, const msched__arrangement *found, uint32_t set)
{
    uint32_t placed = 0;
    for (uint32_t i = 0; i < found->piece_count; i++) {
        const msched__piece *piece = &found->pieces[i];
        const msched__task *task = &d->tasks.tasks[piece->task];
        assert_int_equal(piece->end - piece->start, task->length);
        assert_true(msched__span_covers(task->rooms, task->room_count, piece->start, piece->end));
        if (i > 0)
            assert_true(found->pieces[i - 1].end +
                            msched__tasks_gap(&d->tasks.tasks[found->pieces[i - 1].task], task) <=
                        piece->start);
        placed |= 1u << piece->task;
    }
    assert_int_equal(placed, set);
}

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

static void a_set_with_given_counts_is_found_where_there_is_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= DAYS; seed++) {
        small_day d;
        msched__task_fit fit;
        msched__task_sets sets;
        make_small_day(&d, seed);
        msched__budget *work = WORK(UINT64_MAX);
        assert_true(msched__task_fit_make(&d.arena, &d.tasks, &d.bound, work, &fit) &&
                    msched__task_sets_make(&d.arena, &d.bound, work, &fit, &sets));
        int32_t count[5] = {0};
        for (count[1] = 0; count[1] <= d.tasks.wanted[1]; count[1]++)
            for (count[2] = 0; count[2] <= d.tasks.wanted[2]; count[2]++) {
                int exists = 0;
                for (uint32_t set = 0; set < 1u << d.tasks.count; set++) {
                    int32_t has[5];
                    count_set(&d, set, has);
                    exists |= d.fits[set] && has[1] == count[1] && has[2] == count[2];
                }
                assert_true(!exists || msched__task_sets_possible(&sets, 2, count, 0));
                assert_int_equal(msched__task_sets_find(&sets, 2, count, 0, 1000000),
                                 exists ? MSCHED__FIT_YES : MSCHED__FIT_NO);
            }
        for (uint32_t set = 0; set < 1u << d.tasks.count; set++)
            assert_true(!d.fits[set] || msched__task_sets_hold(&sets, set));
        msched__arena_reset(&d.arena);
    }
}

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
        msched__span spans[TASKS];
        for (uint32_t i = 0; i < before.piece_count; i++) {
            msched__task *task = &d.tasks.tasks[before.pieces[i].task];
            spans[i] = (msched__span){before.pieces[i].start, before.pieces[i].end};
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
        cmocka_unit_test(the_relaxation_is_never_below_what_can_be_placed),
        cmocka_unit_test(a_set_fits_where_some_order_of_it_does),
        cmocka_unit_test(a_set_with_given_counts_is_found_where_there_is_one),
        cmocka_unit_test(the_search_of_orders_finds_the_most),
        cmocka_unit_test(dispatching_keeps_the_rules_and_tells_what_is_missing),
        cmocka_unit_test(tasks_stay_where_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
