/* Windows on days with certain tasks: pairs of tasks in one order, and compulsory parts. */
#include "schedule/tasks/tasks_narrow.h"

#include "algo/min_max.h"

#include <string.h>

#define ROUNDS 8 /* most windows no longer change after two */

typedef struct narrowing {
    msched__tasks *tasks;
    msched__interval *windows[MSCHED__NARROW_TASKS]; /* own ones, with room to be divided */
    const uint8_t *sure;
    int changed, failed;
} narrowing;

static int32_t first_end(const msched__task *task)
{
    return task->windows[0].start + task->length;
}

static int32_t last_start(const msched__task *task)
{
    return task->deadline - task->length;
}

/* Leave out windows that have become too short, and the task if it no longer fits. */
static void settle(narrowing *n, uint32_t index, uint32_t count)
{
    msched__task *task = &n->tasks->tasks[index];
    msched__interval *windows = n->windows[index];
    int32_t least = msched__task_can_be_cut(task) ? task->piece_min : task->length;
    int64_t total = 0;
    task->window_count = 0;
    for (uint32_t k = 0; k < count; k++) {
        if (windows[k].end - windows[k].start < least)
            continue;
        total += windows[k].end - windows[k].start;
        windows[task->window_count++] = windows[k];
    }
    n->changed = 1;
    if (total < task->length) {
        task->hopeless = 1;
        n->failed |= n->sure[index];
        return;
    }
    task->deadline = windows[task->window_count - 1].end;
    task->due = smaller(task->due, task->deadline);
}

/* The task is within [low, high). */
static void clip(narrowing *n, uint32_t index, int32_t low, int32_t high)
{
    const msched__task *task = &n->tasks->tasks[index];
    msched__interval *windows = n->windows[index];
    uint32_t count = 0;
    if (task->hopeless || (task->windows[0].start >= low && task->deadline <= high))
        return;
    for (uint32_t k = 0; k < task->window_count; k++) {
        msched__interval left = {larger(windows[k].start, low), smaller(windows[k].end, high)};
        if (left.start < left.end)
            windows[count++] = left;
    }
    settle(n, index, count);
}

/* The task is outside [low, high). */
static void carve(narrowing *n, uint32_t index, int32_t low, int32_t high)
{
    const msched__task *task = &n->tasks->tasks[index];
    msched__interval *windows = n->windows[index];
    uint32_t k = 0, count = task->window_count;
    while (k < count && windows[k].end <= low)
        k++;
    if (task->hopeless || k == count || windows[k].start >= high)
        return;
    if (windows[k].start < low && windows[k].end > high) {
        memmove(&windows[k + 1], &windows[k], (count - k) * sizeof *windows);
        windows[k].end = low;
        windows[k + 1].start = high;
        settle(n, index, count + 1);
        return;
    }
    for (; k < count && windows[k].start < high; k++)
        if (windows[k].start < low)
            windows[k].end = low;
        else
            windows[k].start = smaller(high, windows[k].end);
    settle(n, index, count);
}

/* 1 if a, in one piece, can be before b. */
static int can_precede(const msched__task *a, uint32_t index_a, const msched__task *b,
                       uint32_t index_b)
{
    return !msched__task_follows(a, index_b) &&
           (msched__task_follows(b, index_a) ||
            first_end(a) + msched__tasks_gap(a, b) <= last_start(b));
}

/* `sure` is placed; if `other` is too, each of both leaves time for the other. */
static void narrow_pair(narrowing *n, uint32_t sure, uint32_t other)
{
    const msched__task *a = &n->tasks->tasks[sure], *b = &n->tasks->tasks[other];
    int first = can_precede(a, sure, b, other), second = can_precede(b, other, a, sure);
    int32_t after = msched__tasks_gap(a, b), before = msched__tasks_gap(b, a);
    if (!first && !second)
        clip(n, other, INT32_MAX, INT32_MAX);
    else if (!second)
        clip(n, other, first_end(a) + after, INT32_MAX);
    else if (!first)
        clip(n, other, INT32_MIN, last_start(a) - before);
}

/* What a task occupies wherever it is placed, with its buffers, is not free for the other. */
static void narrow_beside(narrowing *n, uint32_t sure, uint32_t other)
{
    const msched__task *a = &n->tasks->tasks[sure], *b = &n->tasks->tasks[other];
    int32_t from = last_start(a), to = first_end(a);
    if (from < to)
        carve(n, other, from - msched__tasks_gap(b, a), to + msched__tasks_gap(a, b));
}

static void narrow_round(narrowing *n)
{
    const msched__tasks *tasks = n->tasks;
    for (uint32_t i = 0; i < tasks->count && !n->failed; i++)
        for (uint32_t j = 0; j < tasks->count && !n->failed; j++) {
            const msched__task *a = &tasks->tasks[i], *b = &tasks->tasks[j];
            if (i == j || !n->sure[i] || b->hopeless || msched__task_can_be_cut(a))
                continue;
            if (!msched__task_can_be_cut(b))
                narrow_pair(n, i, j);
            else if (msched__task_follows(b, i))
                clip(n, j, first_end(a) + msched__tasks_gap(a, b), INT32_MAX);
            else if (msched__task_follows(a, j))
                clip(n, j, INT32_MIN, last_start(a) - msched__tasks_gap(b, a));
            if (!b->hopeless)
                narrow_beside(n, i, j);
        }
}

/* What follows a task that no longer fits does not fit either. */
static void give_up_followers(narrowing *n)
{
    for (uint32_t k = 0; k < n->tasks->count; k++) {
        const uint32_t index = n->tasks->topological[k];
        msched__task *task = &n->tasks->tasks[index];
        for (uint32_t j = 0; j < task->pred_count && !task->hopeless; j++)
            task->hopeless = n->tasks->tasks[task->preds[j]].hopeless;
        n->failed |= n->sure[index] && task->hopeless;
    }
}

int msched__tasks_narrow(msched__arena *arena, const msched__tasks *tasks, uint8_t *sure,
                         msched__tasks *out, int *possible)
{
    narrowing n = {.tasks = out, .sure = sure};
    *out = *tasks;
    *possible = 1;
    if (tasks->count > MSCHED__NARROW_TASKS)
        return 1;
    out->tasks = msched__arena_alloc(arena, tasks->count, sizeof *out->tasks);
    if (out->tasks == NULL)
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        n.windows[i] = msched__arena_alloc(arena, task->window_count + tasks->count,
                                           sizeof *n.windows[i]);
        if (n.windows[i] == NULL)
            return 0;
        if (task->window_count > 0)
            memcpy(n.windows[i], task->windows, task->window_count * sizeof *n.windows[i]);
        out->tasks[i] = *task;
        out->tasks[i].windows = n.windows[i];
    }
    for (uint32_t k = tasks->count; k-- > 0;) {
        uint32_t i = tasks->topological[k];
        n.failed |= sure[i] && tasks->tasks[i].hopeless;
        for (uint32_t j = 0; j < tasks->tasks[i].pred_count; j++)
            sure[tasks->tasks[i].preds[j]] |= sure[i];
    }
    n.changed = 1;
    for (int round = 0; round < ROUNDS && n.changed && !n.failed; round++) {
        n.changed = 0;
        narrow_round(&n);
        give_up_followers(&n);
    }
    *possible = !n.failed;
    return 1;
}
