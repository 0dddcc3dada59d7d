/* Stretches in which the tasks that must lie there need more time than the events leave. */
#include "schedule/explain/explain_overload.h"

#include "algo/min_max.h"
#include "schedule/model/tasks.h"

#define STRETCHES_MAX 8

/* The window of each task, cut to the day and to `now`; start >= end for one that is past. */
static msched__span *windows(msched__explain *e)
{
    const msched__tasks *tasks = &e->day->tasks;
    msched__span *out = msched__arena_alloc(e->scratch, tasks->count, sizeof *out);
    for (uint32_t i = 0; out != NULL && i < tasks->count; i++) {
        const msched__plan_todo *todo = &tasks->plan->todos[tasks->tasks[i].todo];
        out[i] = (msched__span){larger(todo->earliest_s, tasks->window_start), smaller(todo->latest_s, tasks->window_end)};
        if (todo->start_s != MSCHED_UNSET) {
            out[i].start = larger(out[i].start, todo->start_s);
            out[i].end = smaller(out[i].end, todo->start_s + todo->duration_s);
        }
    }
    return out;
}

/* The day without what stands fast. */
static msched__span *open_time(msched__explain *e, uint32_t *count)
{
    const msched__tasks *tasks = &e->day->tasks;
    msched__span *holes = msched__arena_alloc(e->scratch, tasks->fixed_count, sizeof *holes);
    msched__span *out = msched__arena_alloc(e->scratch, tasks->fixed_count + 1, sizeof *out);
    if (holes == NULL || out == NULL)
        return NULL;
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        holes[i] = (msched__span){tasks->fixed[i].start, tasks->fixed[i].end};
    uint32_t n = msched__span_normalize(holes, tasks->fixed_count);
    msched__span window = {tasks->window_start, tasks->window_end};
    *count = window.start < window.end ? msched__span_subtract(out, &window, 1, holes, n) : 0;
    return out;
}

typedef struct stretch {
    msched__span span;
    int64_t demand, capacity;
} stretch;

static int inside(msched__span inner, msched__span outer)
{
    return inner.start < inner.end && inner.start >= outer.start && inner.end <= outer.end;
}

static int overlaps_any(const stretch *found, uint32_t count, msched__span span)
{
    for (uint32_t i = 0; i < count; i++)
        if (span.start < found[i].span.end && found[i].span.start < span.end)
            return 1;
    return 0;
}

/* Task indices by the end of their window. NULL when out of memory. */
static uint32_t *by_end(msched__explain *e, const msched__span *window)
{
    uint32_t n = e->day->tasks.count;
    uint32_t *order = msched__arena_alloc(e->scratch, n, sizeof *order);
    for (uint32_t i = 0; order != NULL && i < n; i++) {
        uint32_t at = i;
        for (; at > 0 && window[order[at - 1]].end > window[i].end; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static int is_worse(const stretch *a, const stretch *b)
{
    int64_t a_excess = a->demand - a->capacity, b_excess = b->demand - b->capacity;
    if (a_excess != b_excess)
        return a_excess > b_excess;
    return a->span.end - a->span.start < b->span.end - b->span.start;
}

/* For each task that is not placed the stretch around it with the largest excess, then the shortest. 0 when out of memory. */
static int find_worst(msched__explain *e, const msched__span *window, const msched__span *open, uint32_t open_count, stretch *worst)
{
    const msched__tasks *tasks = &e->day->tasks;
    const uint32_t *order = by_end(e, window);
    if (order == NULL)
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        worst[i] = (stretch){.demand = 0};
    for (uint32_t a = 0; a < tasks->count; a++) {
        stretch s = {.span = {window[a].start, 0}};
        for (uint32_t k = 0; k < tasks->count; k++) {
            uint32_t b = order[k];
            if (window[b].start < s.span.start || window[b].start >= window[b].end)
                continue;
            s.span.end = window[b].end;
            s.demand += tasks->tasks[b].length;
            s.capacity = msched__span_total_within(open, open_count, s.span.start, s.span.end);
            for (uint32_t i = 0; s.demand > s.capacity && i < tasks->count; i++)
                if (!e->day->answer.best.placed[i] && inside(window[i], s.span) && is_worse(&s, &worst[i]))
                    worst[i] = s;
        }
    }
    return 1;
}

static int write_stretch(msched__explain *e, const msched__span *window, const stretch *s, msched_overload *out)
{
    const msched__tasks *tasks = &e->day->tasks;
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
    const msched__tasks *tasks = &e->day->tasks;
    stretch found[STRETCHES_MAX], *worst = msched__arena_alloc(e->scratch, tasks->count, sizeof *worst);
    uint32_t count = 0, open_count;
    int complete = 1;
    for (uint32_t i = 0; i < tasks->count; i++)
        complete &= e->day->answer.best.placed[i];
    if (complete)
        return MSCHED_OK;
    msched__span *window = windows(e), *open = open_time(e, &open_count);
    if (worst == NULL || window == NULL || open == NULL || !find_worst(e, window, open, open_count, worst))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < tasks->count && count < STRETCHES_MAX; i++) {
        stretch s = worst[i];
        if (e->day->answer.best.placed[i] || s.demand <= s.capacity || overlaps_any(found, count, s.span))
            continue;
        uint32_t at = count++;
        for (; at > 0 && found[at - 1].span.start > s.span.start; at--)
            found[at] = found[at - 1];
        found[at] = s;
    }
    e->schedule->overloads = msched__arena_alloc(&e->schedule->arena, count, sizeof *e->schedule->overloads);
    if (e->schedule->overloads == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        if (!write_stretch(e, window, &found[i], &e->schedule->overloads[e->schedule->overload_count++]))
            return MSCHED_ERROR_MEMORY;
    return MSCHED_OK;
}
