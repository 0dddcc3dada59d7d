/*
 * tests/schedule/small_tasks.h: days of a few whole tasks, with every set of tasks that fits known
 * from trying all orders of it.
 */
#ifndef TEST_SMALL_TASKS_H
#define TEST_SMALL_TASKS_H

#include "../algo/random.h"
#include "../testing.h"
#include "base/alloc.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

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

/* All orders of the tasks left, each as early as it can be after those before it. */
static inline int try_orders(const small_day *d, uint32_t left, const msched__task *last,
                             int32_t end)
{
    if (left == 0)
        return 1;
    for (uint32_t i = 0; i < d->tasks.count; i++) {
        const msched__task *task = &d->tasks.tasks[i];
        int32_t from = last == NULL ? 0 : end + msched__tasks_gap(last, task);
        int32_t start = left >> i & 1 ? msched__interval_fit(task->windows, task->window_count,
                                                             from, task->length)
                                      : -1;
        if (start >= 0 && try_orders(d, left & ~(1u << i), task, start + task->length))
            return 1;
    }
    return 0;
}

static inline void make_small_day(small_day *d, uint64_t seed)
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

static inline void count_set(const small_day *d, uint32_t set, int32_t *count)
{
    memset(count, 0, 5 * sizeof *count);
    for (uint32_t i = 0; i < d->tasks.count; i++)
        count[d->tasks.tasks[i].priority] += (int32_t)(set >> i & 1);
}

/* The best counts, lexicographically. */
static inline void best_counts(const small_day *d, int32_t *best)
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

static inline void check_timetable(const small_day *d, const msched__arrangement *found,
                                   uint32_t set)
{
    uint32_t placed = 0;
    for (uint32_t i = 0; i < found->piece_count; i++) {
        const msched__piece *piece = &found->pieces[i];
        const msched__task *task = &d->tasks.tasks[piece->task];
        assert_int_equal(piece->end - piece->start, task->length);
        assert_true(
            msched__interval_covers(task->windows, task->window_count, piece->start, piece->end));
        if (i > 0)
            assert_true(found->pieces[i - 1].end +
                            msched__tasks_gap(&d->tasks.tasks[found->pieces[i - 1].task], task) <=
                        piece->start);
        placed |= 1u << piece->task;
    }
    assert_int_equal(placed, set);
}

#endif
