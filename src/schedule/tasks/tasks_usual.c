/*
 * Usual hours are windows: a timetable within them has the meals and errands there at no cost. Long
 * tasks may fill them first, so the meals may also be inserted before the others.
 */
#include "schedule/tasks/tasks_usual.h"

#include "algo/min_max.h"

#include <string.h>

#define ROOM_S 300 /* before the nearest place of a task, for a pause after it */

static msched__interval hours_of(const msched__tasks *tasks, const msched__task *task)
{
    const msched__plan_todo *todo = &tasks->plan->todos[task->todo];
    return (msched__interval){todo->usual_start_s, todo->usual_end_s};
}

int msched__tasks_have_usual(const msched__tasks *tasks)
{
    for (uint32_t i = 0; i < tasks->count; i++)
        if (hours_of(tasks, &tasks->tasks[i]).end > 0)
            return 1;
    return 0;
}

/* Seconds by which a span would have to move to be within hours. */
static int32_t missed(msched__interval hours, int32_t start, int32_t end)
{
    return larger(hours.start - start, 0) + larger(end - hours.end, 0);
}

/*
 * The part of the task's windows that is nearest to its usual hours: with room for a pause towards
 * the side that has time. An empty interval: the task is not in one piece there.
 */
static msched__interval nearest(msched__interval hours, const msched__task *task)
{
    msched__interval best = {0, 0};
    int32_t least = INT32_MAX;
    for (uint32_t i = 0; i < task->window_count; i++) {
        const msched__interval window = task->windows[i];
        const int32_t start = smaller(larger(hours.start, window.start), window.end - task->length);
        const int32_t far = missed(hours, start, start + task->length);
        if (start < window.start || far >= least)
            continue;
        least = far;
        best = start >= hours.start
                   ? (msched__interval){start, window.end}
                   : (msched__interval){larger(window.start, start - ROOM_S), start + task->length};
    }
    return best;
}

msched__interval msched__task_usual(const msched__tasks *tasks, const msched__task *task)
{
    const msched__interval hours = hours_of(tasks, task);
    if (hours.end == 0)
        return hours;
    for (uint32_t i = 0; i < task->window_count; i++)
        if (smaller(task->windows[i].end, hours.end) -
                larger(task->windows[i].start, hours.start) >=
            task->length)
            return hours;
    return nearest(hours, task);
}

/* Cut the windows of a task to its usual hours. 0 when out of memory. */
static int keep_usual(msched__arena *arena, msched__interval hours, msched__task *task)
{
    const int32_t need = msched__task_can_be_cut(task) ? task->piece_min : task->length;
    msched__interval *windows = msched__arena_alloc(arena, larger(1, (int32_t)task->window_count),
                                                    sizeof *windows);
    int64_t total = 0;
    uint32_t count = 0;
    if (windows == NULL)
        return 0;
    for (uint32_t i = 0; i < task->window_count; i++) {
        const msched__interval window = {larger(task->windows[i].start, hours.start),
                                         smaller(task->windows[i].end, hours.end)};
        if (window.end - window.start < need)
            continue;
        windows[count++] = window;
        total += window.end - window.start;
    }
    if (count == 0 || total < task->length) {
        windows[0] = nearest(hours, task);
        count = 1;
    }
    if (windows[0].end == 0)
        return 1;
    task->windows = windows;
    task->window_count = count;
    task->deadline = smaller(task->deadline, windows[count - 1].end);
    task->due = smaller(task->due, task->deadline);
    return 1;
}

/* The first time at which the tasks before a task can have ended. */
static int32_t earliest_end(const msched__tasks *tasks, const msched__task *task)
{
    int32_t end = INT32_MIN;
    for (uint32_t k = 0; k < task->pred_count; k++) {
        const msched__task *pred = &tasks->tasks[task->preds[k]];
        if (pred->window_count > 0)
            end = larger(end, pred->windows[0].start + pred->length);
    }
    return end;
}

int msched__tasks_keep_usual(msched__arena *arena, const msched__tasks *tasks, msched__tasks *out)
{
    *out = *tasks;
    out->tasks = msched__arena_alloc(arena, tasks->count, sizeof *out->tasks);
    if (out->tasks == NULL)
        return 0;
    memcpy(out->tasks, tasks->tasks, tasks->count * sizeof *out->tasks);
    for (uint32_t k = 0; k < tasks->count; k++) {
        msched__task *task = &out->tasks[tasks->topological[k]];
        const msched__interval hours = hours_of(tasks, task);
        if (hours.end > 0 && earliest_end(out, task) <= hours.end - task->length &&
            !keep_usual(arena, hours, task))
            return 0;
    }
    return 1;
}

/* The task that is due first of those that can be inserted now; UINT32_MAX: none. */
static uint32_t next_due(const msched__tasks *tasks, const msched__arrangement *timetable,
                         int usual)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        int ready = !timetable->placed[i] && !task->hopeless &&
                    (!usual || hours_of(tasks, task).end > 0);
        for (uint32_t k = 0; k < task->pred_count && ready; k++)
            ready = timetable->placed[task->preds[k]];
        if (ready && (best == UINT32_MAX || task->due < tasks->tasks[best].due))
            best = i;
    }
    return best;
}

int msched__tasks_insert_usual(const msched__tasks *tasks, msched__arrangement *out)
{
    uint32_t next;
    msched__arrangement_clear(tasks, out);
    for (int usual = 1; usual >= 0; usual--)
        while ((next = next_due(tasks, out, usual)) != UINT32_MAX)
            if (!msched__arrangement_insert(tasks, out, next))
                return 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (!out->placed[i] && !tasks->tasks[i].hopeless)
            return 0;
    return 1;
}

int64_t msched__tasks_usual_missed(const msched__tasks *tasks, const msched__arrangement *timetable)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < timetable->piece_count; i++) {
        const msched__piece *piece = &timetable->pieces[i];
        const msched__interval hours = hours_of(tasks, &tasks->tasks[piece->task]);
        if (hours.end > 0)
            sum += missed(hours, piece->start, piece->end);
    }
    return sum;
}
