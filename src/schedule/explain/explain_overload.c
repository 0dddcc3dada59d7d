/* Intervals in which the tasks that must be there need more time than the events leave. */
#include "schedule/explain/explain_overload.h"

#include "algo/min_max.h"
#include "schedule/model/tasks.h"

#define INTERVALS_MAX 8

/* The window of each task, clipped to the day and to `now`; start >= end if it is past. */
static msched__interval *windows(msched__explain *e)
{
    const msched__tasks *tasks = &e->model->tasks;
    msched__interval *out = msched__arena_alloc(e->scratch, tasks->count, sizeof *out);
    for (uint32_t i = 0; out != NULL && i < tasks->count; i++) {
        const msched__plan_todo *todo = &tasks->plan->todos[tasks->tasks[i].todo];
        out[i] = (msched__interval){larger(todo->earliest_s, tasks->window_start),
                                    smaller(todo->latest_s, tasks->window_end)};
        if (todo->start_s != MSCHED_UNSET) {
            out[i].start = larger(out[i].start, todo->start_s);
            out[i].end = smaller(out[i].end, todo->start_s + todo->duration_s);
        }
    }
    return out;
}

/* The day without its fixed items. */
static msched__interval *open_time(msched__explain *e, uint32_t *count)
{
    const msched__tasks *tasks = &e->model->tasks;
    msched__interval *busy = msched__arena_alloc(e->scratch, tasks->fixed_count, sizeof *busy);
    msched__interval *out = msched__arena_alloc(e->scratch, tasks->fixed_count + 1, sizeof *out);
    if (busy == NULL || out == NULL)
        return NULL;
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        busy[i] = (msched__interval){tasks->fixed[i].start, tasks->fixed[i].end};
    uint32_t n = msched__interval_normalize(busy, tasks->fixed_count);
    msched__interval window = {tasks->window_start, tasks->window_end};
    *count = window.start < window.end ? msched__interval_subtract(out, &window, 1, busy, n) : 0;
    return out;
}

typedef struct interval {
    msched__interval span;
    int64_t demand, capacity;
} interval;

static int inside(msched__interval inner, msched__interval outer)
{
    return inner.start < inner.end && inner.start >= outer.start && inner.end <= outer.end;
}

static int overlaps_any(const interval *found, uint32_t count, msched__interval span)
{
    for (uint32_t i = 0; i < count; i++)
        if (span.start < found[i].span.end && found[i].span.start < span.end)
            return 1;
    return 0;
}

/* Task indices by the end of their window. NULL when out of memory. */
static uint32_t *by_end(msched__explain *e, const msched__interval *window)
{
    uint32_t n = e->model->tasks.count;
    uint32_t *order = msched__arena_alloc(e->scratch, n, sizeof *order);
    for (uint32_t i = 0; order != NULL && i < n; i++) {
        uint32_t at = i;
        for (; at > 0 && window[order[at - 1]].end > window[i].end; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static int is_worse(const interval *a, const interval *b)
{
    int64_t a_excess = a->demand - a->capacity, b_excess = b->demand - b->capacity;
    if (a_excess != b_excess)
        return a_excess > b_excess;
    return a->span.end - a->span.start < b->span.end - b->span.start;
}

/* State of the search for the worst intervals. */
typedef struct finder {
    msched__explain *e;
    const msched__interval *window; /* per task */
    const uint32_t *order;          /* tasks by the end of their window */
    /* per task: position in `order` of the first task whose window has the same end */
    uint32_t *first_of;
    int64_t *free_start; /* per task: free seconds of the day before its window starts, */
    int64_t *free_end;   /* and before it ends */
    /* per position in `order`: the worst of the intervals that end there or later */
    interval *from;
} finder;

static int make_finder(msched__explain *e, const msched__interval *window, finder *out)
{
    uint32_t n = e->model->tasks.count, open_count;
    *out = (finder){.e = e, .window = window, .order = by_end(e, window)};
    const msched__interval *open = open_time(e, &open_count);
    out->first_of = msched__arena_alloc(e->scratch, n, sizeof *out->first_of);
    out->free_start = msched__arena_alloc(e->scratch, n, sizeof *out->free_start);
    out->free_end = msched__arena_alloc(e->scratch, n, sizeof *out->free_end);
    out->from = msched__arena_alloc(e->scratch, n, sizeof *out->from);
    if (out->order == NULL || open == NULL || out->first_of == NULL || out->free_start == NULL ||
        out->free_end == NULL || out->from == NULL)
        return 0;
    for (uint32_t k = 0, first = 0; k < n; k++) {
        uint32_t i = out->order[k];
        first = k > 0 && window[out->order[k - 1]].end == window[i].end ? first : k;
        out->first_of[i] = first;
        out->free_start[i] = msched__interval_total_within(open, open_count, 0, window[i].start);
        out->free_end[i] = msched__interval_total_within(open, open_count, 0, window[i].end);
    }
    return 1;
}

/*
 * The intervals from the start of task `a`'s window to the end of each other's, and from each end
 * on the worst of them.
 */
static void find_from(finder *f, uint32_t a)
{
    const msched__tasks *tasks = &f->e->model->tasks;
    interval s = {.span = {f->window[a].start, 0}};
    for (uint32_t k = 0; k < tasks->count; k++) {
        uint32_t b = f->order[k];
        f->from[k] = (interval){.demand = 0};
        if (f->window[b].start < s.span.start || f->window[b].start >= f->window[b].end)
            continue;
        s.span.end = f->window[b].end;
        s.demand += tasks->tasks[b].length;
        s.capacity = f->free_end[b] - f->free_start[a];
        if (s.demand > s.capacity)
            f->from[k] = s;
    }
    for (uint32_t k = tasks->count; k-- > 1;)
        if (f->from[k].demand > 0 &&
            (f->from[k - 1].demand == 0 || is_worse(&f->from[k], &f->from[k - 1])))
            f->from[k - 1] = f->from[k];
}

/*
 * For each unplaced task, the interval around it with the largest excess; among equals, the
 * shortest.
 */
static void find_worst(finder *f, interval *worst)
{
    const msched__tasks *tasks = &f->e->model->tasks;
    for (uint32_t i = 0; i < tasks->count; i++)
        worst[i] = (interval){.demand = 0};
    for (uint32_t a = 0; a < tasks->count; a++) {
        find_from(f, a);
        for (uint32_t i = 0; i < tasks->count; i++) {
            const interval *s = &f->from[f->first_of[i]];
            if (!f->e->day->timetable.placed[i] && s->demand > 0 && inside(f->window[i], s->span) &&
                is_worse(s, &worst[i]))
                worst[i] = *s;
        }
    }
}

static int write_interval(msched__explain *e, const msched__interval *window, const interval *s,
                          msched_overload *out)
{
    const msched__tasks *tasks = &e->model->tasks;
    const char **members = msched__arena_alloc(&e->schedule->arena, tasks->count, sizeof *members);
    if (members == NULL)
        return 0;
    *out = (msched_overload){.struct_size = sizeof *out,
                             .start_s = s->span.start,
                             .end_s = s->span.end,
                             .demand_s = (int32_t)s->demand,
                             .capacity_s = (int32_t)s->capacity,
                             .members = members};
    for (uint32_t i = 0; i < tasks->count; i++)
        if (inside(window[i], s->span))
            members[out->member_count++] = tasks->plan->todos[tasks->tasks[i].todo].id;
    return 1;
}

msched_result msched__explain_overloads(msched__explain *e)
{
    const msched__tasks *tasks = &e->model->tasks;
    interval found[INTERVALS_MAX],
        *worst = msched__arena_alloc(e->scratch, tasks->count, sizeof *worst);
    uint32_t count = 0;
    finder f;
    int complete = 1;
    for (uint32_t i = 0; i < tasks->count; i++)
        complete &= e->day->timetable.placed[i];
    if (complete)
        return MSCHED_OK;
    msched__interval *window = windows(e);
    if (worst == NULL || window == NULL || !make_finder(e, window, &f))
        return MSCHED_ERROR_MEMORY;
    find_worst(&f, worst);
    for (uint32_t i = 0; i < tasks->count && count < INTERVALS_MAX; i++) {
        interval s = worst[i];
        if (e->day->timetable.placed[i] || s.demand <= s.capacity ||
            overlaps_any(found, count, s.span))
            continue;
        uint32_t at = count++;
        for (; at > 0 && found[at - 1].span.start > s.span.start; at--)
            found[at] = found[at - 1];
        found[at] = s;
    }
    e->schedule->overloads = msched__arena_alloc(&e->schedule->arena, count,
                                                 sizeof *e->schedule->overloads);
    if (e->schedule->overloads == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        if (!write_interval(e, window, &found[i],
                            &e->schedule->overloads[e->schedule->overload_count++]))
            return MSCHED_ERROR_MEMORY;
    return MSCHED_OK;
}
