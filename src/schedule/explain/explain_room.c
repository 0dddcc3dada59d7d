/*
 * The intervals of the whole day that events, placed tasks, songs and their buffers leave free for
 * a task. Each amount is then found by bisection over these intervals alone.
 */
#include "schedule/explain/explain_room.h"

#include "algo/min_max.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"

#define INTERVALS_MAX 64
#define LEAST_PIECE_S 60

/* A task with a change: its time windows, and how it may be placed. */
typedef struct wish {
    int32_t start, end, length, piece_min;
    uint8_t is_pinned; /* starts exactly at `start` */
} wish;

typedef struct room {
    const msched__interval *free;
    uint32_t count;
} room;

static msched__interval about(int32_t start, int32_t end, int32_t before, int32_t after)
{
    return (msched__interval){start - before, end + after};
}

/* Everything that a task must not overlap, except `without`. NULL when out of memory. */
static msched__interval *find_busy(msched__explain *e, const msched__task *task, uint32_t without,
                                   uint32_t *count)
{
    const msched__tasks *tasks = &e->model->tasks;
    const msched__arrangement *best = &e->day->timetable;
    const msched__songs_problem *songs = &e->day->songs;
    uint32_t plays = task->silent ? songs->play_count : 0, n = 0,
             most = tasks->fixed_count + best->piece_count + plays + tasks->song_count;
    msched__interval *busy = msched__arena_alloc(e->scratch, most, sizeof *busy);
    if (busy == NULL)
        return NULL;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *f = &tasks->fixed[i];
        int same = f->todo == task->todo;
        if (f->todo == without)
            continue;
        busy[n++] = about(f->start, f->end, same ? 0 : larger(f->before, task->after),
                          same ? 0 : larger(f->after, task->before));
    }
    for (uint32_t i = 0; i < best->piece_count; i++) {
        const msched__piece *piece = &best->pieces[i];
        const msched__task *other = &tasks->tasks[piece->task];
        busy[n++] = about(piece->start, piece->end, msched__tasks_gap(task, other),
                          msched__tasks_gap(other, task));
    }
    for (uint32_t i = 0; i < plays; i++)
        if (e->day->placement.start[i] != MSCHED_UNSET)
            busy[n++] = about(e->day->placement.start[i],
                              e->day->placement.start[i] + songs->plays[i].length_s, task->after,
                              task->before);
    for (uint32_t i = 0; task->silent && i < tasks->song_count; i++)
        busy[n++] = about(tasks->songs[i].start, tasks->songs[i].end, task->after, task->before);
    *count = msched__interval_normalize(busy, n);
    return busy;
}

/* When all predecessors of a task have ended; INT32_MAX: one is not placed. */
static int32_t followed_end(const msched__explain *e, const msched__task *task)
{
    const msched__plan_todo *todo = &e->model->plan->todos[task->todo];
    int32_t end = 0;
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!e->day->timetable.placed[task->preds[k]])
            return INT32_MAX;
    for (uint32_t i = 0; i < e->schedule->entry_count; i++)
        for (uint32_t k = 0; k < todo->after_count; k++)
            if (e->schedule->entries[i].kind == MSCHED_ENTRY_TODO &&
                e->schedule->entries[i].todo == todo->after[k])
                end = larger(end, e->schedule->entries[i].end_s);
    return end;
}

msched__interval *msched__explain_free(msched__explain *e, const msched__task *task,
                                       uint32_t without, uint32_t *count)
{
    const msched__tasks *tasks = &e->model->tasks;
    uint32_t n;
    msched__interval day = {larger(tasks->window_start, followed_end(e, task)), tasks->window_end};
    msched__interval *busy = find_busy(e, task, without, &n);
    msched__interval *free = busy == NULL
                                 ? NULL
                                 : msched__arena_alloc(e->scratch, (size_t)n + 1, sizeof *free);
    e->failed |= free == NULL;
    *count = free != NULL && day.start < day.end ? msched__interval_subtract(free, &day, 1, busy, n)
                                                 : 0;
    return free;
}

/*
 * 1 if the task fits into the free intervals: in one piece, or in the fewest pieces that are long
 * enough.
 */
static int holds(const room *at, const wish *w)
{
    int32_t longest[INTERVALS_MAX];
    uint32_t count = 0, k = 0;
    int can_be_cut = w->piece_min > 0 && w->length >= 2 * (int64_t)w->piece_min;
    for (uint32_t i = 0; i < at->count && count < INTERVALS_MAX; i++) {
        int32_t length = smaller(at->free[i].end, w->end) - larger(at->free[i].start, w->start);
        if (w->is_pinned && at->free[i].start > w->start)
            continue;
        if (length >= w->length)
            return 1;
        if (!can_be_cut || length < w->piece_min)
            continue;
        uint32_t n = count++;
        for (; n > 0 && longest[n - 1] < length; n--)
            longest[n] = longest[n - 1];
        longest[n] = length;
    }
    int64_t sum = 0;
    while (k < count && sum < w->length)
        sum += longest[k++];
    return k > 0 && sum >= w->length && (int64_t)k * w->piece_min <= w->length;
}

static wish changed(wish w, uint32_t fix, int32_t amount)
{
    switch (fix) {
    case MSCHED_FIX_LATER:
        w.end += amount;
        break;
    case MSCHED_FIX_EARLIER:
        w.start -= amount;
        break;
    case MSCHED_FIX_SHORTER:
        w.length -= amount;
        break;
    default:
        w.piece_min = amount;
        break;
    }
    return w;
}

/*
 * The amount nearest to `no`, which does not suffice, up to `yes`; 0 if `yes` does not suffice
 * either.
 */
static int32_t nearest(const room *at, const wish *w, uint32_t fix, int32_t no, int32_t yes)
{
    wish most = changed(*w, fix, yes);
    if (no == yes || !holds(at, &most))
        return 0;
    while (yes - no > 1 || no - yes > 1) {
        int32_t middle = no + (yes - no) / 2;
        wish half = changed(*w, fix, middle);
        if (holds(at, &half))
            yes = middle;
        else
            no = middle;
    }
    return yes;
}

msched__task_lack msched__explain_lack(msched__explain *e, uint32_t index)
{
    const msched__task *task = &e->model->tasks.tasks[index];
    const msched_plan *plan = e->model->plan;
    const msched__plan_todo *todo = &plan->todos[task->todo];
    msched__task_lack out = {0};
    int32_t from = larger(plan->day_start_s, e->model->tasks.window_start);
    room at;
    at.free = msched__explain_free(e, task, UINT32_MAX, &at.count);
    if (at.free == NULL)
        return out;
    wish w = {larger(todo->earliest_s, plan->day_start_s), smaller(todo->latest_s, plan->day_end_s),
              task->length, 0, todo->start_s != MSCHED_UNSET};
    if (todo->split_min_s > 0 && task->length >= 2 * (int64_t)todo->split_min_s)
        w.piece_min = todo->split_min_s;
    if (w.is_pinned) {
        if (w.start > todo->start_s)
            return out;
        w.start = todo->start_s;
        w.end = smaller(w.end, todo->start_s + todo->duration_s);
        w.piece_min = 0;
    }
    if (holds(&at, &w))
        return out;
    if (!w.is_pinned) {
        out.later = nearest(&at, &w, MSCHED_FIX_LATER, 0, plan->day_end_s - w.end);
        out.earlier = nearest(&at, &w, MSCHED_FIX_EARLIER, 0, larger(w.start - from, 0));
        if (todo->split_min_s == 0 && task->length >= 2 * LEAST_PIECE_S)
            out.pieces = nearest(&at, &w, MSCHED_FIX_SPLIT, task->length / 2 + 1, LEAST_PIECE_S);
    }
    int32_t most = task->length - larger(2 * w.piece_min, 1);
    if (!w.is_pinned || todo->duration_s == task->length)
        out.shorter = nearest(&at, &w, MSCHED_FIX_SHORTER, 0, larger(most, 0));
    return out;
}
