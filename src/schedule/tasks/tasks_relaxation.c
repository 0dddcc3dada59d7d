/*
 * See the header for what is relaxed. Both directions are one pass over the tasks by due time with
 * a heap of the lengths taken so far: whenever they no longer fit, the longest is removed (Moore
 * 1968), so that a query costs n log n.
 */
#include "schedule/tasks/tasks_relaxation.h"

/* Sort indices by a key, equal keys in the plan's order. */
static void sort_by(uint32_t *order, uint32_t count, const int32_t *key)
{
    for (uint32_t n = 0; n < count; n++) {
        uint32_t at = n;
        for (; at > 0 && key[order[at - 1]] > key[n]; at--)
            order[at] = order[at - 1];
        order[at] = n;
    }
}

/* All time in a window of any task, and the buffers that extend beyond it. */
static int collect_free(msched__arena *arena, const msched__tasks *tasks, msched__task_bound *out)
{
    uint32_t most = 0, n = 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        most += tasks->tasks[i].window_count;
    out->free = msched__arena_alloc(arena, most, sizeof *out->free);
    if (out->free == NULL)
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        for (uint32_t r = 0; r < task->window_count; r++) {
            msched__interval window = task->windows[r];
            if (out->use_after)
                window.end += task->after;
            else
                window.start -= task->before;
            out->free[n++] = window;
        }
    }
    out->free_count = msched__interval_normalize(out->free, n);
    return 1;
}

static void measure(const msched__tasks *tasks, msched__task_bound *out)
{
    int64_t before = 0, after = 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        before += tasks->tasks[i].before;
        after += tasks->tasks[i].after;
    }
    out->use_after = after >= before;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        int32_t start = task->window_count > 0 ? task->windows[0].start : 0;
        out->length[i] = task->length + (out->use_after ? task->after : task->before);
        out->side[0].deadline[i] = task->deadline + (out->use_after ? task->after : 0);
        out->side[1].deadline[i] = -(start - (out->use_after ? 0 : task->before));
    }
}

static int make_side(msched__arena *arena, uint32_t count, msched__task_side *side)
{
    side->by_deadline = msched__arena_alloc(arena, count, sizeof *side->by_deadline);
    side->deadline = msched__arena_alloc(arena, count, sizeof *side->deadline);
    side->capacity = msched__arena_alloc(arena, count, sizeof *side->capacity);
    return side->by_deadline != NULL && side->deadline != NULL && side->capacity != NULL;
}

int msched__task_bound_make(msched__arena *arena, const msched__tasks *tasks,
                            msched__task_bound *out)
{
    *out = (msched__task_bound){.tasks = tasks};
    out->by_length = msched__arena_alloc(arena, tasks->count, sizeof *out->by_length);
    out->length = msched__arena_alloc(arena, tasks->count, sizeof *out->length);
    out->taken = msched__arena_alloc(arena, tasks->count, sizeof *out->taken);
    if (out->by_length == NULL || out->length == NULL || out->taken == NULL ||
        !make_side(arena, tasks->count, &out->side[0]) ||
        !make_side(arena, tasks->count, &out->side[1]))
        return 0;
    measure(tasks, out);
    if (!collect_free(arena, tasks, out))
        return 0;
    out->total = msched__interval_total(out->free, out->free_count);
    sort_by(out->side[0].by_deadline, tasks->count, out->side[0].deadline);
    sort_by(out->side[1].by_deadline, tasks->count, out->side[1].deadline);
    sort_by(out->by_length, tasks->count, out->length);
    for (uint32_t i = 0; i < tasks->count; i++) {
        out->side[0].capacity[i] = msched__interval_total_within(
            out->free, out->free_count, INT32_MIN, out->side[0].deadline[i]);
        out->side[1].capacity[i] = msched__interval_total_within(
            out->free, out->free_count, -out->side[1].deadline[i], INT32_MAX);
    }
    return 1;
}

static void push(msched__task_bound *bound, int32_t length)
{
    uint32_t at = bound->taken_count++;
    for (; at > 0 && bound->taken[(at - 1) / 2] < length; at = (at - 1) / 2)
        bound->taken[at] = bound->taken[(at - 1) / 2];
    bound->taken[at] = length;
}

static int32_t pop_longest(msched__task_bound *bound)
{
    int32_t longest = bound->taken[0], moved = bound->taken[--bound->taken_count];
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= bound->taken_count)
            break;
        if (child + 1 < bound->taken_count && bound->taken[child + 1] > bound->taken[child])
            child++;
        if (bound->taken[child] <= moved)
            break;
        bound->taken[at] = bound->taken[child];
        at = child;
    }
    bound->taken[at] = moved;
    return longest;
}

/*
 * The representation of each higher priority: all its open tasks if all are needed, otherwise only
 * the demand of the shortest ones.
 */
typedef struct stand_in {
    uint8_t all[5];
    int64_t demand[5]; /* 0 if `all` */
    int32_t latest[5];
} stand_in;

static void split_need(const msched__task_bound *bound, const msched__task_side *side,
                       const msched__task_question *asked, int priority, stand_in *out)
{
    const msched__task *tasks = bound->tasks->tasks;
    int32_t left[5], count[5] = {0};
    for (int p = 1; p < priority; p++) {
        left[p] = asked->need[p];
        out->demand[p] = 0;
        out->latest[p] = INT32_MIN;
    }
    for (uint32_t k = 0; k < bound->tasks->count; k++) {
        uint32_t i = bound->by_length[k];
        int p = tasks[i].priority;
        if (!asked->open[i] || p >= priority)
            continue;
        count[p]++;
        if (left[p] > 0) {
            left[p]--;
            out->demand[p] += bound->length[i];
        }
        if (side->deadline[i] > out->latest[p])
            out->latest[p] = side->deadline[i];
    }
    for (int p = 1; p < priority; p++) {
        out->all[p] = count[p] == asked->need[p];
        if (out->all[p])
            out->demand[p] = 0;
    }
}

/* Leave out the longest optional tasks until the rest fits. 0 if it cannot. */
static int relieve(msched__task_bound *bound, int64_t *total, int64_t capacity)
{
    while (*total > capacity) {
        if (bound->taken_count == 0)
            return 0;
        *total -= pop_longest(bound);
    }
    return 1;
}

/* The count in one direction, with `gone` of the free time already used. */
static int32_t count_side(msched__task_bound *bound, int backward,
                          const msched__task_question *asked, int64_t gone, int priority)
{
    const msched__task *tasks = bound->tasks->tasks;
    const msched__task_side *side = &bound->side[backward];
    stand_in higher = {0};
    int64_t total = 0, rest = bound->total - gone;
    bound->taken_count = 0;
    if (priority > 1)
        split_need(bound, side, asked, priority, &higher);
    for (uint32_t k = 0; k < bound->tasks->count; k++) {
        uint32_t i = side->by_deadline[k];
        int p = tasks[i].priority;
        int64_t capacity = !backward                  ? side->capacity[i] - gone
                           : side->capacity[i] < rest ? side->capacity[i]
                                                      : rest;
        if (!asked->open[i] || p > priority)
            continue;
        if (p == priority) {
            push(bound, bound->length[i]);
            total += bound->length[i];
        } else if (higher.all[p]) {
            total += bound->length[i];
        }
        for (int q = 1; q < priority; q++)
            if (higher.demand[q] > 0 && higher.latest[q] <= side->deadline[i]) {
                total += higher.demand[q];
                higher.demand[q] = 0;
            }
        if (!relieve(bound, &total, capacity))
            return -1;
    }
    return (int32_t)bound->taken_count;
}

int32_t msched__task_bound_count(msched__task_bound *bound, const msched__task_question *asked,
                                 int priority)
{
    int64_t gone = msched__interval_total_within(bound->free, bound->free_count, INT32_MIN,
                                                 bound->use_after ? asked->clear : asked->from);
    int32_t forward = count_side(bound, 0, asked, gone, priority);
    int32_t backward = forward <= 0 ? forward : count_side(bound, 1, asked, gone, priority);
    return backward < forward ? backward : forward;
}
