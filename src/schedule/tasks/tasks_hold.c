/*
 * Held tasks become fixed items, like events, and leave the time windows of the other tasks. So a
 * method that places all tasks again can be used for a part of them.
 */
#include "schedule/tasks/tasks_hold.h"

#include "algo/min_max.h"

#include <string.h>

/* What is held, and where. */
typedef struct holder {
    const msched__tasks *tasks;
    const msched__arrangement *day;
    const uint8_t *held;
} holder;

/* The held pieces as fixed items between the others, by start. 0 when out of memory. */
static int fix_pieces(msched__arena *arena, const holder *h, msched__tasks *out)
{
    const uint32_t most = h->tasks->fixed_count + h->day->piece_count;
    msched__fixed *fixed = msched__arena_alloc(arena, most, sizeof *fixed);
    uint32_t count = 0, next = 0;
    if (fixed == NULL)
        return 0;
    for (uint32_t i = 0; i < h->day->piece_count; i++) {
        const msched__piece *piece = &h->day->pieces[i];
        const msched__task *task = &h->tasks->tasks[piece->task];
        if (!h->held[piece->task])
            continue;
        while (next < h->tasks->fixed_count && h->tasks->fixed[next].start <= piece->start)
            fixed[count++] = h->tasks->fixed[next++];
        fixed[count++] = (msched__fixed){.todo = task->todo,
                                         .start = piece->start,
                                         .end = piece->end,
                                         .before = task->before,
                                         .after = task->after,
                                         .silent = task->silent};
    }
    while (next < h->tasks->fixed_count)
        fixed[count++] = h->tasks->fixed[next++];
    out->fixed = fixed;
    out->fixed_count = count;
    return 1;
}

/* The time that held pieces, with their buffers, take from a task; it also keeps its order. */
static uint32_t find_busy(const holder *h, uint32_t index, msched__interval *busy)
{
    const msched__task *task = &h->tasks->tasks[index];
    uint32_t count = 0;
    for (uint32_t i = 0; i < h->day->piece_count; i++) {
        const msched__piece *piece = &h->day->pieces[i];
        const msched__task *other = &h->tasks->tasks[piece->task];
        if (!h->held[piece->task])
            continue;
        msched__interval at = {piece->start - msched__tasks_gap(task, other),
                               piece->end + msched__tasks_gap(other, task)};
        if (msched__task_follows(task, piece->task))
            at.start = smaller(at.start, h->tasks->window_start);
        if (msched__task_follows(other, index))
            at.end = larger(at.end, h->tasks->window_end);
        busy[count++] = at;
    }
    return msched__interval_normalize(busy, count);
}

/* Take the held pieces from a task's windows. 0 when out of memory. */
static int leave_held(msched__arena *arena, const holder *h, uint32_t index, msched__task *task)
{
    const int32_t need = msched__task_can_be_cut(task) ? task->piece_min : task->length;
    msched__interval *busy = msched__arena_alloc(arena, h->day->piece_count, sizeof *busy);
    msched__interval *windows = msched__arena_alloc(
        arena, (size_t)h->day->piece_count + task->window_count, sizeof *windows);
    uint32_t *preds = msched__arena_alloc(arena, task->pred_count, sizeof *preds);
    uint32_t kept = 0, pred_count = 0;
    if (busy == NULL || windows == NULL || preds == NULL)
        return 0;
    const uint32_t count = msched__interval_subtract(windows, task->windows, task->window_count,
                                                     busy, find_busy(h, index, busy));
    for (uint32_t i = 0; i < count; i++)
        if (windows[i].end - windows[i].start >= need)
            windows[kept++] = windows[i];
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!h->held[task->preds[k]])
            preds[pred_count++] = task->preds[k];
    task->windows = windows;
    task->window_count = kept;
    task->preds = preds;
    task->pred_count = pred_count;
    if (kept > 0)
        task->deadline = windows[kept - 1].end;
    task->due = smaller(task->due, task->deadline);
    return 1;
}

int msched__tasks_hold(msched__arena *arena, const msched__tasks *tasks,
                       const msched__arrangement *day, const uint8_t *held, msched__tasks *out)
{
    const holder h = {tasks, day, held};
    *out = *tasks;
    out->tasks = msched__arena_alloc(arena, tasks->count, sizeof *out->tasks);
    if (out->tasks == NULL || !fix_pieces(arena, &h, out))
        return 0;
    memcpy(out->tasks, tasks->tasks, tasks->count * sizeof *out->tasks);
    for (uint32_t i = 0; i < tasks->count; i++) {
        if (!day->placed[i] || held[i])
            out->tasks[i].hopeless = 1;
        else if (!leave_held(arena, &h, i, &out->tasks[i]))
            return 0;
    }
    return 1;
}

int msched__tasks_add_held(msched__arena *arena, const msched__tasks *tasks,
                           const msched__arrangement *day, const uint8_t *held,
                           msched__arrangement *timetable)
{
    msched__interval *pieces = msched__arena_alloc(arena, day->piece_count, sizeof *pieces);
    for (uint32_t k = 0; pieces != NULL && k < tasks->count; k++) {
        const uint32_t index = tasks->topological[k];
        uint32_t count = 0;
        for (uint32_t i = 0; held[index] && i < day->piece_count; i++)
            if (day->pieces[i].task == index)
                pieces[count++] = (msched__interval){day->pieces[i].start, day->pieces[i].end};
        if (count > 0)
            msched__arrangement_insert_at(tasks, timetable, index, pieces, count);
    }
    return pieces != NULL;
}
