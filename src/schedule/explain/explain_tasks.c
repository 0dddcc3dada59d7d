/*
 * The first reason in order that holds: a predecessor is missing; the window is past; the task fits
 * nowhere, even alone; it fits, but not after its predecessors; or other items take the time. Each
 * text gives the amount and place of the free time.
 */
#include "schedule/explain/explain_tasks.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/output/schedule.h"

/*
 * Add " between Lunch and Review", " after Lunch" or " before Review": the neighbors of an
 * interval.
 */
static void add_neighbours(const msched__explain *e, msched__buffer *text,
                           msched__interval interval)
{
    const char *before = NULL, *after = NULL;
    int32_t ends = 0, begins = INT32_MAX;
    for (uint32_t i = 0; i < e->schedule->entry_count; i++) {
        const msched_schedule_entry *entry = &e->schedule->entries[i];
        if (entry->kind != MSCHED_ENTRY_TODO)
            continue;
        if (entry->end_s <= interval.start && entry->end_s >= ends) {
            ends = entry->end_s;
            before = entry->title;
        }
        if (entry->start_s >= interval.end && entry->start_s < begins) {
            begins = entry->start_s;
            after = entry->title;
        }
    }
    if (before != NULL && after != NULL)
        msched__buffer_format(text, ", between %s and %s", before, after);
    else if (before != NULL)
        msched__buffer_format(text, ", after %s", before);
    else if (after != NULL)
        msched__buffer_format(text, ", before %s", after);
}

/* The free time of a task within a window, given everything placed and the buffers. */
static msched__interval *free_for(msched__explain *e, const msched__task *task,
                                  msched__interval window, int with_tasks, uint32_t *count)
{
    const msched__tasks *tasks = &e->model->tasks;
    const msched__arrangement *best = &e->day->timetable;
    uint32_t most = tasks->fixed_count + best->piece_count, n = 0;
    msched__interval *busy = msched__arena_alloc(e->scratch, most, sizeof *busy);
    msched__interval *free = msched__arena_alloc(e->scratch, most + 1, sizeof *free);
    if (busy == NULL || free == NULL) {
        e->failed = 1;
        *count = 0;
        return NULL;
    }
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *f = &tasks->fixed[i];
        if (f->todo == task->todo)
            busy[n++] = (msched__interval){f->start, f->end};
        else
            busy[n++] = (msched__interval){f->start - larger(f->before, task->after),
                                           f->end + larger(f->after, task->before)};
    }
    for (uint32_t i = 0; with_tasks && i < best->piece_count; i++) {
        const msched__task *other = &tasks->tasks[best->pieces[i].task];
        busy[n++] = (msched__interval){best->pieces[i].start - msched__tasks_gap(task, other),
                                       best->pieces[i].end + msched__tasks_gap(other, task)};
    }
    n = msched__interval_normalize(busy, n);
    *count = window.start < window.end ? msched__interval_subtract(free, &window, 1, busy, n) : 0;
    return free;
}

/* The to-dos in a task's window, by time. */
static void add_rivals(msched__explain *e, msched_unplaced *out)
{
    const char **rivals = msched__arena_alloc(&e->schedule->arena, e->schedule->entry_count + 1,
                                              sizeof *rivals);
    uint64_t *listed = msched__bits_alloc(e->scratch, e->model->plan->todo_count);
    if (rivals == NULL || listed == NULL) {
        e->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < e->schedule->entry_count; i++) {
        const msched_schedule_entry *entry = &e->schedule->entries[i];
        if (entry->kind != MSCHED_ENTRY_TODO || entry->start_s >= out->window_end_s ||
            entry->end_s <= out->window_start_s || msched__bit(listed, entry->todo))
            continue;
        msched__bit_set(listed, entry->todo);
        rivals[out->rival_count++] = entry->id;
    }
    out->rivals = rivals;
}

static const char *one_rival(msched__explain *e, msched_unplaced *out, uint32_t todo)
{
    const char **rivals = msched__arena_alloc(&e->schedule->arena, 1, sizeof *rivals);
    const char *id = e->model->plan->todos[todo].id;
    if (rivals == NULL) {
        e->failed = 1;
        return id;
    }
    rivals[0] = id;
    out->rivals = rivals;
    out->rival_count = 1;
    return id;
}

/*
 * Seconds that a task could use of free intervals: the longest interval, or their sum if it may be
 * split.
 */
static int32_t usable(const msched__task *task, const msched__interval *free, uint32_t count)
{
    if (task->piece_min == 0)
        return msched__interval_longest(free, count);
    int64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += free[i].end - free[i].start >= task->piece_min ? free[i].end - free[i].start : 0;
    return (int32_t)sum;
}

/* The first event before which a task must end, where that is before `end`; NULL: none. */
static const msched__fixed *first_before(const msched__explain *e, const msched__task *task,
                                         int32_t end)
{
    const msched__tasks *tasks = &e->model->tasks;
    const msched__plan_todo *todo = &e->model->plan->todos[task->todo];
    const msched__fixed *first = NULL;
    for (uint32_t k = 0; k < todo->before_count; k++)
        for (uint32_t i = 0; i < tasks->fixed_count; i++)
            if (tasks->fixed[i].todo == todo->before[k] && tasks->fixed[i].start < end) {
                first = &tasks->fixed[i];
                end = first->start;
            }
    return first;
}

/* " before Shift (07:00)" or " between 06:00 and Shift (07:00)"; without an event, the window */
static void add_window(const msched__explain *e, msched__buffer *text, const msched__task *task,
                       const msched_unplaced *out)
{
    const msched__fixed *event = first_before(e, task, out->window_end_s);
    if (event == NULL) {
        msched__explain_window(e, text, out->window_start_s, out->window_end_s);
        return;
    }
    if (out->window_start_s > e->model->plan->day_start_s) {
        msched__buffer_string(text, " between ");
        msched__explain_time(e, text, out->window_start_s);
        msched__buffer_string(text, " and ");
    } else {
        msched__buffer_string(text, " before ");
    }
    msched__buffer_format(text, "%s (", e->model->plan->todos[event->todo].title);
    msched__explain_time(e, text, event->start);
    msched__buffer_char(text, ')');
}

static void add_need(const msched__explain *e, msched__buffer *text, const msched__task *task,
                     const msched_unplaced *out)
{
    msched__buffer_string(text, "needs ");
    msched__explain_length(text, task->length);
    if (task->piece_min > 0) {
        msched__buffer_string(text, " in pieces of at least ");
        msched__explain_length(text, task->piece_min);
    }
    add_window(e, text, task, out);
}

static msched__interval longest_of(const msched__interval *free, uint32_t count)
{
    msched__interval longest = {0, 0};
    for (uint32_t i = 0; i < count; i++)
        if (free[i].end - free[i].start > longest.end - longest.start)
            longest = free[i];
    return longest;
}

/*
 * "needs 45 min before 17:00; the longest free slot is 30 min, between Lunch and Review"
 */
static void say_room(msched__explain *e, const msched__task *task, msched_unplaced *out,
                     const msched__interval *free, uint32_t count)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    add_need(e, &text, task, out);
    out->available_s = usable(task, free, count);
    if (out->available_s == 0) {
        msched__buffer_string(&text, "; no time is free");
    } else if (task->piece_min > 0) {
        msched__buffer_string(&text, "; free slots of that length add up to ");
        msched__explain_length(&text, out->available_s);
    } else {
        msched__buffer_string(&text, "; the longest free slot is ");
        msched__explain_length(&text, out->available_s);
        add_neighbours(e, &text, longest_of(free, count));
    }
    out->text = msched__explain_keep(e, &text);
}

/* 1, and the reason, where the event that a task must precede begins with the day. */
static int say_no_time_before(msched__explain *e, const msched__task *task, msched_unplaced *out)
{
    const msched_plan *plan = e->model->plan;
    const msched__fixed *event = first_before(e, task, out->window_end_s);
    msched__buffer text;
    if (event == NULL || event->start > plan->day_start_s)
        return 0;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    one_rival(e, out, event->todo);
    msched__buffer_format(&text, "must end before %s (", plan->todos[event->todo].title);
    msched__explain_time(e, &text, event->start);
    msched__buffer_string(&text, "), but the day begins at ");
    msched__explain_time(e, &text, plan->day_start_s);
    out->text = msched__explain_keep(e, &text);
    return 1;
}

/* The first unplaced predecessor; UINT32_MAX: none. */
static uint32_t missing_pred(const msched__explain *e, const msched__task *task)
{
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!e->day->timetable.placed[task->preds[k]])
            return e->model->tasks.tasks[task->preds[k]].todo;
    return UINT32_MAX;
}

/* When the last predecessor of a task ends, and which to-do it is. */
static int32_t preds_end(const msched__explain *e, const msched__task *task, uint32_t *last)
{
    const msched__plan_todo *todo = &e->model->plan->todos[task->todo];
    int32_t end = 0;
    for (uint32_t i = 0; i < e->schedule->entry_count; i++) {
        const msched_schedule_entry *entry = &e->schedule->entries[i];
        for (uint32_t k = 0; entry->kind == MSCHED_ENTRY_TODO && k < todo->after_count; k++)
            if (entry->todo == todo->after[k] && entry->end_s > end) {
                end = entry->end_s;
                *last = entry->todo;
            }
    }
    return end;
}

/* The to-do that prevents its successors from being placed: `todo` itself or one before it. */
static uint32_t root_of(const msched__explain *e, uint32_t todo)
{
    const msched__tasks *tasks = &e->model->tasks;
    uint32_t pred = missing_pred(e, &tasks->tasks[tasks->task_of[todo]]);
    while (pred != UINT32_MAX) {
        todo = pred;
        pred = missing_pred(e, &tasks->tasks[tasks->task_of[todo]]);
    }
    return todo;
}

static void say_after_unplaced(msched__explain *e, msched_unplaced *out, uint32_t pred)
{
    const msched__plan_todo *todos = e->model->plan->todos;
    uint32_t root = root_of(e, pred);
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    one_rival(e, out, pred);
    out->reason = MSCHED_REASON_AFTER_UNPLACED;
    msched__buffer_format(&text, "must follow %s, which ", todos[pred].title);
    if (root != pred)
        msched__buffer_format(&text, "has to wait for %s, which ", todos[root].title);
    msched__buffer_string(&text, "is unscheduled");
    out->text = msched__explain_keep(e, &text);
}

static void say_after_too_late(msched__explain *e, const msched__task *task, msched_unplaced *out,
                               uint32_t pred, int32_t end)
{
    msched__buffer text;
    msched__buffer_init(&text, &e->schedule->arena.allocator);
    one_rival(e, out, pred);
    out->reason = MSCHED_REASON_AFTER_TOO_LATE;
    msched__buffer_string(&text, "needs ");
    msched__explain_length(&text, task->length);
    msched__buffer_format(&text, " after %s, which ends at ", e->model->plan->todos[pred].title);
    msched__explain_time(e, &text, end);
    msched__buffer_string(&text, ", and before ");
    msched__explain_time(e, &text, out->window_end_s);
    out->text = msched__explain_keep(e, &text);
}

static int fits(const msched__task *task, const msched__interval *free, uint32_t count)
{
    return usable(task, free, count) >= task->length;
}

static void explain_task(msched__explain *e, const msched__task *task, msched_unplaced *out)
{
    const msched_plan *plan = e->model->plan;
    const msched__plan_todo *todo = &plan->todos[task->todo];
    uint32_t count, last = UINT32_MAX;
    *out = (msched_unplaced){.struct_size = sizeof *out,
                             .kind = MSCHED_UNPLACED_TODO,
                             .id = todo->id,
                             .title = todo->title,
                             .todo = task->todo,
                             .wanted = UINT32_MAX,
                             .needed_s = task->length,
                             .fix_id = "",
                             .fix_text = ""};
    int32_t start = larger(todo->earliest_s, plan->day_start_s),
            end = smaller(todo->latest_s, plan->day_end_s);
    if (todo->start_s != MSCHED_UNSET) {
        start = todo->start_s;
        end = todo->start_s + todo->duration_s;
    }
    out->window_start_s = start;
    out->window_end_s = end;
    int32_t from = larger(start, e->model->tasks.window_start), after = preds_end(e, task, &last);
    uint32_t pred = missing_pred(e, task);
    if (pred != UINT32_MAX) {
        say_after_unplaced(e, out, pred);
        return;
    }
    if (plan->now_s != MSCHED_UNSET &&
        (end <= plan->now_s || (todo->start_s != MSCHED_UNSET && start < plan->now_s))) {
        msched__explain_past(e, out);
        return;
    }
    const msched__fixed *event = first_before(e, task, end);
    end = event == NULL ? end : event->start;
    msched__interval *alone = free_for(e, task, (msched__interval){from, end}, 0, &count);
    if (!fits(task, alone, count)) {
        out->reason = MSCHED_REASON_NO_GAP;
        if (say_no_time_before(e, task, out))
            return;
        add_rivals(e, out);
        say_room(e, task, out, alone, count);
        return;
    }
    alone = free_for(e, task, (msched__interval){larger(from, after), end}, 0, &count);
    if (after > from && !fits(task, alone, count)) {
        out->available_s = usable(task, alone, count);
        say_after_too_late(e, task, out, last, after);
        return;
    }
    alone = free_for(e, task, (msched__interval){larger(from, after), end}, 1, &count);
    if (e->budget->interrupted && fits(task, alone, count)) {
        msched__explain_stopped(e, out, "there is time for it, but it was not scheduled");
        return;
    }
    out->reason = MSCHED_REASON_OVERBOOKED;
    add_rivals(e, out);
    say_room(e, task, out, alone, count);
}

void msched__explain_tasks(msched__explain *e)
{
    for (uint32_t i = 0; i < e->model->tasks.count; i++)
        if (!e->day->timetable.placed[i])
            explain_task(e, &e->model->tasks.tasks[i],
                         &e->schedule->unplaced[e->schedule->unplaced_count++]);
}
