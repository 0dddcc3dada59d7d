/*
 * Each task is reduced to the time windows (`windows`) in which it can be regardless of the other
 * tasks: its own window, clipped to the day and to `now`, without events (with the larger of the
 * two buffers), without songs that have begun, and not before its predecessors can end. Only
 * decisions between tasks are left. Due times are also tightened backward along `after`; these are
 * hints, not rules.
 */
#include "schedule/model/tasks.h"

#include "algo/min_max.h"

#include <string.h>

/* Sort key of fixed items: start, then end, then position in the plan. */
static int fixed_before(const msched__fixed *a, const msched__fixed *b)
{
    if (a->start != b->start)
        return a->start < b->start;
    if (a->end != b->end)
        return a->end < b->end;
    return a->todo < b->todo;
}

static void add_fixed(msched__tasks *out, const msched__plan_todo *todo, uint32_t index,
                      int32_t start, int32_t end)
{
    msched__fixed fixed = {.todo = index,
                           .start = start,
                           .end = end,
                           .before = todo->buffer_before_s,
                           .after = todo->buffer_after_s,
                           .silent = !todo->music,
                           .event = todo->kind == MSCHED_TODO_EVENT};
    uint32_t at = out->fixed_count++;
    for (; at > 0 && fixed_before(&fixed, &out->fixed[at - 1]); at--)
        out->fixed[at] = out->fixed[at - 1];
    out->fixed[at] = fixed;
}

/*
 * The windows of a task in [lo, hi): the time between fixed items, each with the larger of the two
 * buffers. Fixed items are in order of start, but a later one may extend further back because of
 * its buffer. So a window ends at the earliest padded start of all following ones (`reach`, filled
 * from the end).
 */
static uint32_t cut_windows(const msched__tasks *tasks, const msched__task *task,
                            msched__interval within, int32_t *reach, msched__interval *windows)
{
    uint32_t count = 0, n = tasks->fixed_count;
    int32_t least = INT32_MAX, need = task->piece_min > 0 ? task->piece_min : task->length;
    for (uint32_t i = n; i-- > 0;) {
        const msched__fixed *f = &tasks->fixed[i];
        int32_t from = f->todo == task->todo ? f->start : f->start - larger(f->before, task->after);
        reach[i] = least = smaller(least, from);
    }
    int32_t cursor = within.start;
    for (uint32_t i = 0; i <= n; i++) {
        int32_t end = i < n ? smaller(reach[i], within.end) : within.end;
        if (end - cursor >= need)
            windows[count++] = (msched__interval){cursor, end};
        if (i == n)
            break;
        const msched__fixed *f = &tasks->fixed[i];
        cursor = larger(cursor,
                        f->todo == task->todo ? f->end : f->end + larger(f->after, task->before));
    }
    return count;
}

/* 1 if the task, alone in its windows, can be placed. */
static int fits_alone(const msched__task *task)
{
    if (task->piece_min == 0)
        return task->window_count > 0;
    int64_t total = msched__interval_total(task->windows, task->window_count);
    return total >= task->length;
}

/* Kahn's order: predecessors first, otherwise the plan's order. The plan has no cycle. */
static void sort_topologically(msched__tasks *out, uint8_t *done)
{
    uint32_t count = 0;
    memset(done, 0, out->count);
    while (count < out->count) {
        uint32_t before = count;
        for (uint32_t i = 0; i < out->count; i++) {
            msched__task *task = &out->tasks[i];
            uint32_t open = 0;
            for (uint32_t k = 0; k < task->pred_count && !done[i]; k++)
                open += !done[task->preds[k]];
            if (done[i] || open > 0)
                continue;
            done[i] = 1;
            task->rank = count;
            out->topological[count++] = i;
        }
        if (count == before)
            break;
    }
}

/* Earliest end a task can have, alone in its windows. */
static int32_t earliest_end(const msched__task *task)
{
    int32_t rest = task->length;
    if (task->piece_min == 0)
        return task->windows[0].start + rest;
    for (uint32_t i = 0; i < task->window_count; i++) {
        int32_t length = task->windows[i].end - task->windows[i].start;
        if (length >= rest)
            return task->windows[i].start + rest;
        rest -= length;
    }
    return task->deadline;
}

/*
 * Keep a task without music, with its buffers, out of the time reserved for songs. 0 when out of
 * memory.
 */
static int leave_songs(msched__arena *arena, const msched__tasks *tasks, msched__task *task)
{
    uint32_t n = tasks->song_count, count = 0;
    int32_t need = task->piece_min > 0 ? task->piece_min : task->length;
    msched__interval *busy = msched__arena_alloc(arena, n, sizeof *busy);
    msched__interval *windows = msched__arena_alloc(arena, n + task->window_count, sizeof *windows);
    if (busy == NULL || windows == NULL)
        return 0;
    for (uint32_t i = 0; i < n; i++)
        busy[i] = (msched__interval){tasks->songs[i].start - task->after,
                                     tasks->songs[i].end + task->before};
    n = msched__interval_normalize(busy, n);
    n = msched__interval_subtract(windows, task->windows, task->window_count, busy, n);
    for (uint32_t i = 0; i < n; i++)
        if (windows[i].end - windows[i].start >= need)
            windows[count++] = windows[i];
    task->windows = windows;
    task->window_count = count;
    return 1;
}

/* The start of the first fixed item that the to-do is before; INT32_MAX: none. */
static int32_t read_before(const msched__tasks *out, const msched__plan_todo *todo)
{
    int32_t until = INT32_MAX;
    for (uint32_t k = 0; k < todo->before_count; k++)
        for (uint32_t i = 0; i < out->fixed_count; i++)
            if (out->fixed[i].todo == todo->before[k])
                until = smaller(until, out->fixed[i].start);
    return until;
}

/* Make the windows of one task; predecessors have theirs. */
static int make_windows(msched__arena *arena, msched__tasks *out, msched__task *task, int32_t from,
                        int32_t *reach)
{
    const msched__plan_todo *todo = &out->plan->todos[task->todo];
    int32_t lo = larger(larger(todo->earliest_s, out->window_start), from);
    int32_t hi = smaller(smaller(todo->latest_s, out->window_end), read_before(out, todo));
    if (todo->start_s != MSCHED_UNSET) {
        lo = larger(lo, todo->start_s);
        hi = lo == todo->start_s ? smaller(hi, todo->start_s + todo->duration_s) : lo;
    }
    for (uint32_t i = 0; i < task->pred_count; i++) {
        const msched__task *pred = &out->tasks[task->preds[i]];
        if (pred->hopeless)
            task->hopeless = 1;
        else
            lo = larger(lo, earliest_end(pred) + msched__tasks_gap(pred, task));
    }
    msched__interval *windows = msched__arena_alloc(arena, out->fixed_count + 1, sizeof *windows);
    if (windows == NULL)
        return 0;
    task->windows = windows;
    task->window_count = cut_windows(out, task, (msched__interval){lo, hi}, reach, windows);
    if (task->silent && out->song_count > 0 && !leave_songs(arena, out, task))
        return 0;
    task->deadline = task->window_count > 0 ? task->windows[task->window_count - 1].end : lo;
    task->due = task->deadline;
    if (!fits_alone(task))
        task->hopeless = 1;
    if (task->window_count == 1 && task->windows[0].end - task->windows[0].start == task->length)
        task->piece_min = 0; /* it fills its only window, so it cannot be split */
    return 1;
}

/*
 * The end of the fixed predecessors: events and frozen pieces. Writes those that are tasks to
 * preds.
 */
static int32_t read_after(const msched__tasks *out, const msched__plan_todo *todo,
                          msched__task *task, uint32_t *preds)
{
    int32_t from = 0;
    task->preds = preds;
    for (uint32_t k = 0; k < todo->after_count; k++) {
        uint32_t p = todo->after[k];
        if (out->task_of[p] != UINT32_MAX)
            preds[task->pred_count++] = out->task_of[p];
        for (uint32_t i = 0; i < out->fixed_count; i++)
            if (out->fixed[i].todo == p)
                from = larger(from, out->fixed[i].end);
    }
    return from;
}

static void read_task(const msched__plan_todo *todo, uint32_t index, int32_t done,
                      msched__task *task)
{
    *task = (msched__task){.todo = index,
                           .length = todo->duration_s - done,
                           .before = todo->buffer_before_s,
                           .after = todo->buffer_after_s,
                           .priority = todo->priority,
                           .silent = !todo->music,
                           .wished_s = MSCHED_UNSET};
    if (todo->split_min_s > 0 && todo->start_s == MSCHED_UNSET &&
        task->length >= 2 * (int64_t)todo->split_min_s)
        task->piece_min = todo->split_min_s;
}

/* Seconds of a to-do in frozen pieces; -1: none. */
static int32_t frozen_length(const msched__frozen *frozen, uint32_t count, uint32_t todo)
{
    int32_t length = -1;
    for (uint32_t i = 0; i < count; i++)
        if (frozen[i].todo == todo)
            length = larger(length, 0) + frozen[i].end - frozen[i].start;
    return length;
}

static void collect(msched__tasks *out, const msched__frozen *frozen, uint32_t frozen_count)
{
    const msched_plan *plan = out->plan;
    for (uint32_t i = 0; i < frozen_count; i++)
        add_fixed(out, &plan->todos[frozen[i].todo], frozen[i].todo, frozen[i].start,
                  frozen[i].end);
    for (uint32_t i = 0; i < plan->todo_count; i++) {
        const msched__plan_todo *todo = &plan->todos[i];
        out->task_of[i] = UINT32_MAX;
        if (todo->closed)
            continue;
        if (todo->kind == MSCHED_TODO_EVENT) {
            add_fixed(out, todo, i, todo->start_s, todo->end_s);
            continue;
        }
        int32_t done = frozen_length(frozen, frozen_count, i);
        if (done >= todo->duration_s) {
            out->base[todo->priority]++;
            continue;
        }
        out->task_of[i] = out->count;
        read_task(todo, i, larger(done, 0), &out->tasks[out->count++]);
        out->wanted[todo->priority]++;
    }
}

static int allocate(msched__arena *arena, msched__tasks *out, uint32_t frozen_count)
{
    uint32_t n = out->plan->todo_count;
    out->tasks = msched__arena_alloc(arena, n, sizeof *out->tasks);
    out->fixed = msched__arena_alloc(arena, n + frozen_count, sizeof *out->fixed);
    out->task_of = msched__arena_alloc(arena, n, sizeof *out->task_of);
    out->topological = msched__arena_alloc(arena, n, sizeof *out->topological);
    return out->tasks != NULL && out->fixed != NULL && out->task_of != NULL &&
           out->topological != NULL;
}

/* Read `after` of all tasks, then make their windows, predecessors first. */
static int relate(msched__arena *arena, msched__tasks *out)
{
    const msched_plan *plan = out->plan;
    int32_t *from = msched__arena_alloc(arena, out->count, sizeof *from);
    int32_t *reach = msched__arena_alloc(arena, out->fixed_count, sizeof *reach);
    uint8_t *done = msched__arena_alloc(arena, out->count, 1);
    if (from == NULL || reach == NULL || done == NULL)
        return 0;
    for (uint32_t i = 0; i < out->count; i++) {
        msched__task *task = &out->tasks[i];
        const msched__plan_todo *todo = &plan->todos[task->todo];
        uint32_t *preds = NULL;
        if (todo->after_count > 0 &&
            (preds = msched__arena_alloc(arena, todo->after_count, sizeof *preds)) == NULL)
            return 0;
        from[i] = read_after(out, todo, task, preds);
    }
    sort_topologically(out, done);
    for (uint32_t k = 0; k < out->count; k++) {
        uint32_t i = out->topological[k];
        if (!make_windows(arena, out, &out->tasks[i], from[i], reach))
            return 0;
        out->has_split |= out->tasks[i].piece_min > 0;
    }
    for (uint32_t k = out->count; k-- > 0;) {
        msched__task *task = &out->tasks[out->topological[k]];
        for (uint32_t j = 0; j < task->pred_count; j++) {
            msched__task *pred = &out->tasks[task->preds[j]];
            pred->due = smaller(pred->due,
                                task->due - task->length - msched__tasks_gap(pred, task));
        }
    }
    return 1;
}

msched_result msched__tasks_make(msched__arena *arena, msched__tasks *out, const msched_plan *plan,
                                 const msched__held_time *held)
{
    *out = (msched__tasks){.plan = plan,
                           .songs = held->songs,
                           .song_count = held->song_count,
                           .window_start = plan->day_start_s,
                           .window_end = plan->day_end_s};
    if (plan->now_s != MSCHED_UNSET)
        out->window_start = larger(out->window_start, plan->now_s);
    if (!allocate(arena, out, held->frozen_count))
        return MSCHED_ERROR_MEMORY;
    collect(out, held->frozen, held->frozen_count);
    if (!relate(arena, out))
        return MSCHED_ERROR_MEMORY;
    out->piece_limit = out->has_split ? 4 * (out->count + out->fixed_count) + 32 : out->count;
    return MSCHED_OK;
}
