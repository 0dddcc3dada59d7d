/*
 * List scheduling: time moves forward, and among the tasks that can start, the one due first is
 * next (earliest due date, Jackson 1955). The careful form only considers tasks that can start
 * before any other could end, so that no task waits in vain.
 */
#include "schedule/tasks/tasks_dispatch.h"

#include "algo/min_max.h"

#include <string.h>

/* State of a dispatch. */
typedef struct run {
    const msched__tasks *tasks;
    msched__arrangement *out;
    const msched__dispatch *at;
    uint32_t open_count;
} run;

/* Earliest start of the next piece of a task after the placed tasks; INT32_MAX if there is none. */
static int32_t next_start(run *d, uint32_t index)
{
    const msched__task *task = &d->tasks->tasks[index];
    int32_t from = 0;
    if (d->out->piece_count > 0) {
        const msched__piece *last = &d->out->pieces[d->out->piece_count - 1];
        from = last->task == index
                   ? last->end
                   : last->end + msched__tasks_gap(&d->tasks->tasks[last->task], task);
    }
    uint32_t *seen = &d->at->seen[index];
    for (; *seen < task->pred_count; ++*seen) {
        uint32_t pred = task->preds[*seen];
        if (!d->out->placed[pred])
            return INT32_MAX;
        d->at->ready[index] = larger(d->at->ready[index], d->at->ended[pred]);
    }
    from = larger(from, d->at->ready[index]);
    int32_t need = msched__task_shortest(task, d->at->rest[index]);
    for (; d->at->window[index] < task->window_count; d->at->window[index]++) {
        const msched__interval *window = &task->windows[d->at->window[index]];
        int32_t start = larger(from, window->start);
        if (window->end - start >= need)
            return start;
    }
    return INT32_MAX;
}

/*
 * Length of a piece that starts there: to the end of the window, but the rest must be long enough
 * for a piece.
 */
static int32_t piece_length(const run *d, uint32_t index, int32_t start)
{
    const msched__task *task = &d->tasks->tasks[index];
    int32_t rest = d->at->rest[index],
            most = smaller(rest, task->windows[d->at->window[index]].end - start);
    if (most == rest)
        return rest;
    return smaller(most, rest - task->piece_min);
}

static void extend(run *d, uint32_t index, int32_t start, int32_t length)
{
    msched__arrangement *out = d->out;
    msched__piece *last = out->piece_count > 0 ? &out->pieces[out->piece_count - 1] : NULL;
    if (last != NULL && last->task == index && last->end == start)
        last->end += length;
    else
        out->pieces[out->piece_count++] = (msched__piece){index, start, start + length};
    d->at->rest[index] -= length;
    d->at->ended[index] = start + length;
    if (d->at->rest[index] == 0) {
        out->placed[index] = 1;
        out->count[d->tasks->tasks[index].priority]++;
    }
}

/* Where each task that is left could start; those that no window can hold any more are left out. */
static void find_starts(run *d)
{
    uint32_t *open = d->at->open, kept = 0;
    for (uint32_t k = 0; k < d->open_count; k++) {
        const uint32_t i = open[k];
        if (d->at->rest[i] == 0)
            continue;
        d->at->start[kept] = next_start(d, i);
        open[kept] = i;
        kept += d->at->window[i] < d->tasks->tasks[i].window_count;
    }
    d->open_count = kept;
}

/*
 * The task to run next: of those that can start before any other could end (eager: as soon as any),
 * the one due first. UINT32_MAX if none can start.
 */
static uint32_t choose(run *d, int eager, int32_t *start)
{
    const msched__task *all = d->tasks->tasks;
    const uint32_t *open = d->at->open;
    const int32_t *starts = d->at->start;
    int32_t limit = INT32_MAX, due = INT32_MAX;
    uint32_t best = UINT32_MAX;
    find_starts(d);
    for (uint32_t k = 0; k < d->open_count; k++)
        if (starts[k] != INT32_MAX)
            limit = smaller(limit, eager ? starts[k] + 1
                                         : starts[k] + msched__task_shortest(&all[open[k]],
                                                                             d->at->rest[open[k]]));
    for (uint32_t k = 0; k < d->open_count; k++) {
        const int32_t its_due = all[open[k]].due;
        if (starts[k] < limit &&
            (best == UINT32_MAX || its_due < due || (its_due == due && starts[k] < *start))) {
            best = open[k];
            due = its_due;
            *start = starts[k];
        }
    }
    return best;
}

/* Remove tasks that were begun but not finished. */
static void drop_unfinished(run *d)
{
    msched__arrangement *out = d->out;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->piece_count; i++)
        if (out->placed[out->pieces[i].task])
            out->pieces[kept++] = out->pieces[i];
    out->piece_count = kept;
}

/* Insert the remaining tasks if possible, predecessors first. Returns how many stay out. */
static uint32_t insert_rest(const msched__tasks *tasks, const uint8_t *wanted,
                            msched__arrangement *out)
{
    uint32_t missing = 0;
    for (uint32_t k = 0; k < tasks->count; k++) {
        uint32_t i = tasks->topological[k];
        if (wanted[i] && !out->placed[i] && !msched__arrangement_insert(tasks, out, i))
            missing++;
    }
    return missing;
}

int msched__dispatch_make(msched__arena *arena, const msched__tasks *tasks, msched__dispatch *out)
{
    out->rest = msched__arena_alloc(arena, tasks->count, sizeof *out->rest);
    out->ended = msched__arena_alloc(arena, tasks->count, sizeof *out->ended);
    out->window = msched__arena_alloc(arena, tasks->count, sizeof *out->window);
    out->start = msched__arena_alloc(arena, tasks->count, sizeof *out->start);
    out->open = msched__arena_alloc(arena, tasks->count, sizeof *out->open);
    out->seen = msched__arena_alloc(arena, tasks->count, sizeof *out->seen);
    out->ready = msched__arena_alloc(arena, tasks->count, sizeof *out->ready);
    return out->open != NULL && out->start != NULL && out->rest != NULL && out->ended != NULL &&
           out->window != NULL && out->seen != NULL && out->ready != NULL;
}

uint32_t msched__tasks_dispatch(msched__dispatch *scratch, const msched__tasks *tasks,
                                const uint8_t *wanted, int eager, msched__arrangement *out)
{
    run d = {.tasks = tasks, .out = out, .at = scratch};
    msched__arrangement_clear(tasks, out);
    for (uint32_t i = 0; i < tasks->count; i++) {
        scratch->rest[i] = wanted[i] && !tasks->tasks[i].hopeless ? tasks->tasks[i].length : 0;
        scratch->window[i] = scratch->seen[i] = 0;
        scratch->ready[i] = 0;
        scratch->open[d.open_count] = i;
        d.open_count += scratch->rest[i] > 0;
    }
    int32_t start = 0;
    while (out->piece_count < tasks->piece_limit) {
        uint32_t next = choose(&d, eager, &start);
        if (next == UINT32_MAX)
            break;
        extend(&d, next, start, piece_length(&d, next, start));
    }
    drop_unfinished(&d);
    return insert_rest(tasks, wanted, out);
}
