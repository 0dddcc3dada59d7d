/*
 * List scheduling by due time, as in tasks_dispatch.c, with pauses between the to-dos. If every
 * task still has a place, the pauses cost no level above 8. Without breaks, the pauses are added to
 * the buffers after tasks and taken from the windows beside events, so that the fast dispatch finds
 * them. With breaks, each start depends on the run of to-dos before it, so this file has a loop of
 * its own, which also cuts tasks that may be split.
 *
 * A task with an earliest start that does not fit beside its pauses before an event would wait
 * until after it. A timetable without pauses shows how long that is. If it is too long, the task
 * gives up its pauses; if that does not suffice, so do others between the event before and the
 * task.
 */
#include "schedule/tasks/tasks_pace.h"

#include "algo/min_max.h"
#include "schedule/tasks/tasks_dispatch.h"
#include "schedule/tasks/tasks_usual.h"

#include <string.h>

#define DELAY_S 7200 /* by which a task may start later for its own pauses */

msched__pace msched__pace_of(const msched_plan *plan)
{
    if (plan->break_s == 0)
        return (msched__pace){MSCHED__PAUSE_S, MSCHED__PAUSE_S, MSCHED__PAUSE_RUN_S, 0};
    return (msched__pace){MSCHED__PAUSE_S, plan->break_s, plan->break_after_s, 0};
}

/* A window without the pauses beside the events and pieces that touch it. */
static msched__interval narrow(const msched__tasks *tasks, const msched__task *task,
                               msched__interval window, int32_t pause)
{
    msched__interval out = window;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *fixed = &tasks->fixed[i];
        if (fixed->todo == task->todo)
            continue;
        if (fixed->end <= window.start)
            out.start = larger(out.start, fixed->end + pause);
        else if (fixed->start >= window.end)
            out.end = smaller(out.end, fixed->start - pause);
    }
    return out;
}

/* Add pauses to a task, except to windows that have no time for them. 0 when out of memory. */
static int pad(msched__arena *arena, const msched__tasks *tasks, int32_t pause, msched__task *task)
{
    const int32_t need = msched__task_can_be_cut(task) ? task->piece_min : task->length;
    msched__interval *windows = msched__arena_alloc(arena, task->window_count, sizeof *windows);
    uint32_t count = 0;
    if (windows == NULL)
        return 0;
    for (uint32_t i = 0; i < task->window_count; i++) {
        windows[count] = narrow(tasks, task, task->windows[i], pause);
        count += windows[count].end - windows[count].start >= need;
    }
    task->after = larger(task->after, pause);
    if (count > 0) {
        task->windows = windows;
        task->window_count = count;
    }
    return 1;
}

/* What to pace: `close` marks the tasks without pauses of their own. */
typedef struct wanted_pace {
    const msched__pace *pace;
    uint8_t *close;
} wanted_pace;

/* Dispatch the tasks with the pauses in their buffers and windows. */
static msched_result dispatch(msched__arena *arena, const msched__tasks *tasks,
                              const wanted_pace *how, msched__arrangement *out, int *placed)
{
    msched__tasks padded = *tasks;
    msched__dispatch scratch;
    uint8_t *wanted = msched__arena_alloc(arena, tasks->count, 1);
    padded.tasks = msched__arena_alloc(arena, tasks->count, sizeof *padded.tasks);
    if (wanted == NULL || padded.tasks == NULL || !msched__dispatch_make(arena, tasks, &scratch))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < tasks->count; i++) {
        padded.tasks[i] = tasks->tasks[i];
        wanted[i] = !tasks->tasks[i].hopeless;
        if (!how->close[i] && !pad(arena, tasks, how->pace->pause_s, &padded.tasks[i]))
            return MSCHED_ERROR_MEMORY;
    }
    *placed = msched__tasks_dispatch(&scratch, &padded, wanted, 1, out) == 0 ||
              (how->pace->usual && msched__tasks_insert_usual(&padded, out));
    return MSCHED_OK;
}

/* State of the loop with breaks. */
typedef struct run {
    const msched__tasks *tasks;
    const msched__pace *pace;
    const uint8_t *close; /* per task: it has no pauses of its own */
    msched__arrangement *out;
    int32_t *rest, *ended; /* per task: seconds left to place, end of its last piece */
    uint32_t *window;      /* per task: the first window that can still hold it */
    int32_t last_end;      /* of the pieces so far */
    int32_t load;          /* of to-dos since the last break, at last_end */
    uint32_t fixed;        /* the first fixed item that can end after last_end */
} run;

/* Where a piece could be. */
typedef struct place {
    int32_t start, end; /* it must end by `end` */
    int32_t load;       /* of the run that it joins */
} place;

/* The end of the to-dos before a time, and the load of their run, from the last piece on. */
static int32_t before(const run *r, int32_t time, int32_t *load)
{
    int32_t end = r->last_end;
    *load = r->load;
    for (uint32_t i = r->fixed; i < r->tasks->fixed_count; i++) {
        const msched__fixed *fixed = &r->tasks->fixed[i];
        if (fixed->start >= time)
            break;
        if (fixed->end <= end)
            continue;
        if (fixed->start - end >= r->pace->break_s)
            *load = 0;
        *load += fixed->end - larger(fixed->start, end);
        end = fixed->end;
    }
    return end;
}

/* The start of the first event at or after a time. */
static int32_t next_fixed(const run *r, int32_t time)
{
    for (uint32_t i = r->fixed; i < r->tasks->fixed_count; i++)
        if (r->tasks->fixed[i].start >= time)
            return r->tasks->fixed[i].start;
    return INT32_MAX;
}

/* The pause before a task that follows the last piece. */
static int32_t pause_after_last(const run *r, uint32_t index)
{
    if (r->out->piece_count == 0)
        return 0;
    const uint32_t last = r->out->pieces[r->out->piece_count - 1].task;
    return last == index
               ? 0
               : larger(msched__tasks_gap(&r->tasks->tasks[last], &r->tasks->tasks[index]),
                        r->close[index] ? 0 : r->pace->pause_s);
}

/* The earliest place of a task in one of its windows. 1 if there is one. */
static int find_place(const run *r, uint32_t index, int32_t from, msched__interval window,
                      place *out)
{
    const int32_t need = msched__task_shortest(&r->tasks->tasks[index], r->rest[index]);
    int32_t start = larger(from, window.start);
    const int32_t end = before(r, start, &out->load);
    if (r->close[index]) {
        if (start - end >= r->pace->break_s)
            out->load = 0;
        out->start = start;
        out->end = window.end;
        return out->end - start >= need;
    }
    if (end > r->last_end)
        start = larger(start, end + r->pace->pause_s);
    if (start - end < r->pace->break_s && out->load > 0 && out->load + need > r->pace->after_s)
        start = end + r->pace->break_s;
    if (start - end >= r->pace->break_s)
        out->load = 0;
    const int32_t next = next_fixed(r, start);
    out->start = start;
    out->end = next <= window.end + r->pace->pause_s ? smaller(window.end, next - r->pace->pause_s)
                                                     : window.end;
    return out->end - start >= need;
}

static int next_place(run *r, uint32_t index, place *out)
{
    const msched__task *task = &r->tasks->tasks[index];
    int32_t from = r->last_end + pause_after_last(r, index);
    for (uint32_t k = 0; k < task->pred_count; k++) {
        if (!r->out->placed[task->preds[k]])
            return 0;
        from = larger(from, r->ended[task->preds[k]]);
    }
    for (; r->window[index] < task->window_count; r->window[index]++)
        if (find_place(r, index, from, task->windows[r->window[index]], out))
            return 1;
    return 0;
}

/* The length of a piece: up to the next break, if the task may be cut there. */
static int32_t piece_length(const run *r, uint32_t index, const place *at)
{
    const msched__task *task = &r->tasks->tasks[index];
    int32_t rest = r->rest[index], most = smaller(rest, at->end - at->start);
    if (msched__task_shortest(task, rest) < rest)
        most = smaller(most, larger(r->pace->after_s - at->load, task->piece_min));
    return most == rest ? rest : smaller(most, rest - task->piece_min);
}

static void put(run *r, uint32_t index, const place *at)
{
    msched__arrangement *out = r->out;
    const int32_t length = piece_length(r, index, at);
    msched__piece *last = out->piece_count > 0 ? &out->pieces[out->piece_count - 1] : NULL;
    if (last != NULL && last->task == index && last->end == at->start)
        last->end += length;
    else
        out->pieces[out->piece_count++] = (msched__piece){index, at->start, at->start + length};
    r->load = at->load + length;
    r->last_end = r->ended[index] = at->start + length;
    r->rest[index] -= length;
    while (r->fixed < r->tasks->fixed_count && r->tasks->fixed[r->fixed].end <= r->last_end)
        r->fixed++;
    if (r->rest[index] > 0)
        return;
    out->placed[index] = 1;
    out->count[r->tasks->tasks[index].priority]++;
}

/* Place the task that can start first; of several, the one due first. 0 if none can. */
static int step(run *r)
{
    const msched__task *all = r->tasks->tasks;
    uint32_t best = UINT32_MAX;
    place at = {0}, found;
    for (uint32_t i = 0; i < r->tasks->count; i++)
        if (r->rest[i] > 0 && next_place(r, i, &found) &&
            (best == UINT32_MAX || found.start < at.start ||
             (found.start == at.start && all[i].due < all[best].due))) {
            best = i;
            at = found;
        }
    if (best == UINT32_MAX || r->out->piece_count >= r->tasks->piece_limit)
        return 0;
    put(r, best, &at);
    return 1;
}

static msched_result place_with_breaks(msched__arena *arena, run *r, int *placed)
{
    const uint32_t count = r->tasks->count;
    r->rest = msched__arena_alloc(arena, count, sizeof *r->rest);
    r->ended = msched__arena_alloc(arena, count, sizeof *r->ended);
    r->window = msched__arena_alloc(arena, count, sizeof *r->window);
    if (r->rest == NULL || r->ended == NULL || r->window == NULL)
        return MSCHED_ERROR_MEMORY;
    msched__arrangement_clear(r->tasks, r->out);
    for (uint32_t i = 0; i < count; i++) {
        r->rest[i] = !r->tasks->tasks[i].hopeless ? r->tasks->tasks[i].length : 0;
        r->window[i] = 0;
    }
    while (step(r)) {
    }
    *placed = 1;
    for (uint32_t i = 0; i < count; i++)
        *placed &= r->rest[i] == 0;
    return MSCHED_OK;
}

static msched_result place_all(msched__arena *arena, const msched__tasks *tasks,
                               const wanted_pace *how, msched__arrangement *out, int *placed)
{
    *placed = 0;
    if (how->pace->break_s == 0)
        return dispatch(arena, tasks, how, out, placed);
    run r = {.tasks = tasks,
             .pace = how->pace,
             .close = how->close,
             .out = out,
             .last_end = -MSCHED_DAY_END_S};
    return place_with_breaks(arena, &r, placed);
}

/* The first start of a task; INT32_MAX: it is not placed. */
static int32_t start_of(const msched__arrangement *timetable, uint32_t task)
{
    for (uint32_t i = 0; i < timetable->piece_count; i++)
        if (timetable->pieces[i].task == task)
            return timetable->pieces[i].start;
    return INT32_MAX;
}

/* The latest start of a task that would start at `start` without pauses: see DELAY_S. */
static int32_t latest_start(const msched__pace *pace, const msched__arrangement *timetable,
                            uint32_t before, int32_t start)
{
    int32_t work = 0;
    for (uint32_t i = 0; i < before; i++)
        work += timetable->pieces[i].end - timetable->pieces[i].start;
    return start + DELAY_S + (int32_t)before * pace->pause_s +
           (pace->break_s > 0 ? work / pace->after_s * pace->break_s : 0);
}

/*
 * 1 if a piece is the first one of a task with an earliest start that could start much sooner. A
 * task without one has no time of day at which it is wanted, so pauses may move it past an event.
 */
static int may_be_far(const msched__tasks *tasks, const msched__pace *pace,
                      const msched__arrangement *timetable, uint32_t index)
{
    const msched__piece *piece = &timetable->pieces[index];
    const msched__task *task = &tasks->tasks[piece->task];
    const msched__interval *first = &task->windows[0];
    return tasks->plan->todos[task->todo].earliest_s > tasks->window_start &&
           first->end <= piece->start &&
           piece->start > latest_start(pace, timetable, index, first->start) &&
           start_of(timetable, piece->task) == piece->start;
}

/* The end of the last event or begun piece before a time. */
static int32_t free_from(const msched__tasks *tasks, int32_t time)
{
    int32_t end = INT32_MIN;
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        if (tasks->fixed[i].end <= time)
            end = larger(end, tasks->fixed[i].end);
    return end;
}

/* How many tasks give up their pauses; the next step if one did not suffice. */
enum closer { ITSELF, EVERY_SECOND, ALL_BEFORE, CLOSER_STEPS };

/* Give up the pauses of a task and, in later steps, of those between the event before and it. */
static void bring_closer(const msched__tasks *tasks, const msched__arrangement *plain,
                         uint32_t index, enum closer step, uint8_t *close)
{
    const int32_t start = start_of(plain, index), from = free_from(tasks, start);
    uint32_t number = 0;
    close[index] = 1;
    for (uint32_t i = 0; i < plain->piece_count && step != ITSELF; i++)
        if (plain->pieces[i].start >= from && plain->pieces[i].start < start)
            close[plain->pieces[i].task] |= step == ALL_BEFORE || number++ % 2 > 0;
}

/* Bring tasks closer that pauses move far from where they are in `plain`. Returns how many. */
static uint32_t bring_all_closer(const msched__tasks *tasks, const wanted_pace *how,
                                 const msched__arrangement *timetable,
                                 const msched__arrangement *plain, enum closer step)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < timetable->piece_count; i++) {
        const msched__piece *piece = &timetable->pieces[i];
        if (!may_be_far(tasks, how->pace, timetable, i) ||
            piece->start <= latest_start(how->pace, timetable, i, start_of(plain, piece->task)))
            continue;
        if (step < CLOSER_STEPS)
            bring_closer(tasks, plain, piece->task, step, how->close);
        count++;
    }
    return count;
}

/* Where tasks would be without pauses. */
static msched_result place_plainly(msched__arena *arena, const msched__tasks *tasks,
                                   uint8_t *wanted, msched__arrangement *out, int *placed)
{
    msched__dispatch scratch;
    if (!msched__arrangement_make(arena, tasks, out) ||
        !msched__dispatch_make(arena, tasks, &scratch))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < tasks->count; i++)
        wanted[i] = !tasks->tasks[i].hopeless;
    *placed = msched__tasks_dispatch(&scratch, tasks, wanted, 1, out) == 0;
    memset(wanted, 0, tasks->count);
    return MSCHED_OK;
}

msched_result msched__tasks_pace(msched__arena *arena, const msched__tasks *tasks,
                                 const msched__pace *pace, msched__arrangement *out, int *placed)
{
    msched__arrangement plain;
    msched__tasks usual;
    uint8_t *close = msched__arena_alloc(arena, tasks->count, 1);
    const wanted_pace how = {pace, close};
    int compared = 0;
    uint32_t suspects = 0;
    *placed = 0;
    if (close == NULL || (pace->usual && !msched__tasks_keep_usual(arena, tasks, &usual)))
        return MSCHED_ERROR_MEMORY;
    const msched__tasks *given = tasks;
    if (pace->usual)
        tasks = &usual;
    memset(close, 0, tasks->count);
    msched_result result = place_all(arena, tasks, &how, out, placed);
    if (result != MSCHED_OK || !*placed)
        return result;
    for (uint32_t i = 0; i < out->piece_count; i++)
        suspects += may_be_far(tasks, pace, out, i);
    if (suspects == 0)
        return MSCHED_OK;
    result = place_plainly(arena, given, close, &plain, &compared);
    for (int step = ITSELF; result == MSCHED_OK && compared && *placed; step++) {
        if (bring_all_closer(tasks, &how, out, &plain, (enum closer)step) == 0)
            break;
        if (step == CLOSER_STEPS)
            *placed = 0;
        else
            result = place_all(arena, tasks, &how, out, placed);
    }
    return result;
}

/* Parts of the same to-do that touch are joined. */
msched__interval *msched__pauses_todos(msched__arena *arena, const msched__tasks *tasks,
                                       const msched__arrangement *timetable, uint32_t *count)
{
    uint32_t last = UINT32_MAX;
    msched__walk walk = {0};
    msched__interval *out = msched__arena_alloc(arena, tasks->fixed_count + timetable->piece_count,
                                                sizeof *out);
    *count = 0;
    while (out != NULL && msched__walk_next(tasks, timetable, &walk)) {
        if (*count > 0 && last == walk.todo && out[*count - 1].end == walk.span.start)
            out[*count - 1].end = walk.span.end;
        else
            out[(*count)++] = walk.span;
        last = walk.todo;
    }
    return out;
}

/* Keep the longest run, and add the excess of this run. */
static void end_run(msched__pauses *out, const msched__pace *pace, int32_t load,
                    msched__interval at)
{
    out->over_s += larger(load - pace->after_s, 0);
    if (load <= out->longest_s)
        return;
    out->longest_s = load;
    out->longest_start = at.start;
    out->longest_end = at.end;
}

msched__pauses msched__pauses_rate(const msched__interval *todos, uint32_t count,
                                   const msched__pace *pace)
{
    msched__pauses out = {0};
    if (count == 0)
        return out;
    msched__interval last = todos[0];
    int32_t load = last.end - last.start;
    for (uint32_t i = 1; i < count; i++) {
        const int32_t gap = todos[i].start - last.end;
        out.lacking_s += larger(MSCHED__PAUSE_S - larger(gap, 0), 0);
        if (gap >= pace->break_s) {
            end_run(&out, pace, load, last);
            last = todos[i];
            load = last.end - last.start;
            continue;
        }
        load += larger(todos[i].end - larger(todos[i].start, last.end), 0);
        last.end = larger(last.end, todos[i].end);
    }
    end_run(&out, pace, load, last);
    return out;
}
