#include "span/span_relax.h"
#include "span/span_knapsack.h"
#include "span/span_state.h"

#include <stdlib.h>
#include <string.h>

#define PRIORITIES 4
#define RANGES     32 /* most ranges of dates that are examined */

/* A task in the relaxation. */
typedef struct relaxed {
    uint32_t task; /* index in the span */
    int32_t length_s;
    uint8_t priority;    /* from 0 */
    uint8_t first, last; /* its earliest and latest possible dates */
    uint8_t is_kept;     /* in the set of the most tasks */
} relaxed;

typedef struct relaxation {
    const msched__span *span;
    relaxed *tasks; /* the shortest first */
    uint32_t count;
    int64_t capacity_s[MSCHED__SPAN_DAYS];
} relaxation;

/* A range of dates. */
typedef struct dates {
    uint32_t first, last;
} dates;

static int is_within(const relaxed *task, dates of)
{
    return task->first >= of.first && task->last <= of.last;
}

static int compare_lengths(const void *a, const void *b)
{
    const relaxed *x = a, *y = b;
    if (x->length_s != y->length_s)
        return x->length_s < y->length_s ? -1 : 1;
    return x->task < y->task ? -1 : x->task > y->task;
}

static int make(relaxation *r, const msched__span *span)
{
    r->span = span;
    r->count = 0;
    r->tasks = msched__arena_alloc(span->arena, span->task_count, sizeof *r->tasks);
    if (r->tasks == NULL)
        return 0;
    for (uint32_t i = 0; i < span->task_count; i++) {
        const msched__span_task *task = &span->tasks[i];
        const msched__plan_todo *todo = &span->plan->todos[task->todo];
        if (task->dates == 0)
            continue;
        uint32_t first = msched__first_date(task->dates), last = msched__last_date(task->dates);
        r->tasks[r->count++] = (relaxed){.task = i,
                                         .length_s = todo->duration_s,
                                         .priority = (uint8_t)(todo->priority - 1),
                                         .first = (uint8_t)first,
                                         .last = (uint8_t)last};
    }
    qsort(r->tasks, r->count, sizeof *r->tasks, compare_lengths);
    for (uint32_t d = 0; d < span->days; d++)
        r->capacity_s[d] = span->dates[d].capacity_s + span->dates[d].gained_s;
    return 1;
}

static int64_t capacity_of(const relaxation *r, dates of)
{
    int64_t sum = 0;
    for (uint32_t d = of.first; d <= of.last; d++)
        sum += r->capacity_s[d];
    return sum;
}

/*
 * The least time of `placed` tasks of a priority within the dates: the shortest of those that
 * cannot all be elsewhere.
 */
static int64_t least_time(const relaxation *r, uint8_t priority, int64_t placed, dates of)
{
    int64_t here = placed, sum = 0;
    for (uint32_t i = 0; i < r->count; i++)
        here -= r->tasks[i].priority == priority && !is_within(&r->tasks[i], of);
    for (uint32_t i = 0; i < r->count && here > 0; i++)
        if (r->tasks[i].priority == priority && is_within(&r->tasks[i], of)) {
            sum += r->tasks[i].length_s;
            here--;
        }
    return sum;
}

/* Time of the tasks of higher priorities that were kept. */
static int64_t kept_time(const relaxation *r, uint8_t priority, dates of)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < r->count; i++)
        if (r->tasks[i].is_kept && r->tasks[i].priority < priority && is_within(&r->tasks[i], of))
            sum += r->tasks[i].length_s;
    return sum;
}

/* Of the tasks kept so far, keep the shortest tasks of a priority that fit into the dates. */
static void cut(relaxation *r, uint8_t priority, const int64_t *value, dates of)
{
    int64_t left = capacity_of(r, of);
    for (uint8_t p = 0; value != NULL && p < priority; p++)
        left -= least_time(r, p, value[msched__span_level(p + 1)], of);
    if (value == NULL)
        left -= kept_time(r, priority, of);
    for (uint32_t i = 0; i < r->count; i++) {
        relaxed *task = &r->tasks[i];
        if (task->priority != priority || !task->is_kept || !is_within(task, of))
            continue;
        left -= task->length_s;
        task->is_kept = left >= 0;
    }
}

/*
 * The most tasks of a priority if the tasks that can only be on a range of dates take no more time
 * than these dates. The sets are single dates, the range, and the dates up to each later date,
 * which are nested or disjoint.
 */
static int64_t most_within(relaxation *r, uint8_t priority, const int64_t *value, dates range)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < r->count; i++)
        if (r->tasks[i].priority == priority)
            r->tasks[i].is_kept = 1;
    for (uint32_t d = 0; d < r->span->days; d++)
        cut(r, priority, value, (dates){d, d});
    cut(r, priority, value, range);
    for (uint32_t d = range.last; d < r->span->days; d++)
        cut(r, priority, value, (dates){0, d});
    for (uint32_t i = 0; i < r->count; i++)
        count += r->tasks[i].priority == priority && r->tasks[i].is_kept;
    return count;
}

/* The smallest result of most_within for the ranges of tasks that begin after the first date. */
static int64_t most_in_ranges(relaxation *r, uint8_t priority, const int64_t *value, int64_t most)
{
    uint32_t seen[RANGES] = {0}, seen_count = 0;
    for (uint32_t i = 0; i < r->count && seen_count < RANGES; i++) {
        const dates range = {r->tasks[i].first, r->tasks[i].last};
        uint32_t key = range.first * MSCHED__SPAN_DAYS + range.last, k = 0;
        if (range.first == 0 || range.first == range.last || range.last + 1 == r->span->days)
            continue;
        while (k < seen_count && seen[k] != key)
            k++;
        if (k < seen_count)
            continue;
        seen[seen_count++] = key;
        int64_t count = most_within(r, priority, value, range);
        most = count < most ? count : most;
    }
    return most;
}

/*
 * The most tasks of a priority. With `value`, it gives the number placed of each higher priority,
 * which are the shortest; without, these are the kept tasks.
 */
static int64_t most(relaxation *r, uint8_t priority, const int64_t *value, int from_the_end)
{
    uint32_t days = r->span->days;
    int64_t count = 0;
    for (uint32_t i = 0; i < r->count; i++)
        if (r->tasks[i].priority == priority)
            r->tasks[i].is_kept = 1;
    for (uint32_t d = 0; d < days; d++)
        cut(r, priority, value, (dates){d, d});
    for (uint32_t d = 1; d < days; d++)
        cut(r, priority, value, from_the_end ? (dates){days - 1 - d, days - 1} : (dates){0, d});
    for (uint32_t i = 0; i < r->count; i++)
        count += r->tasks[i].priority == priority && r->tasks[i].is_kept;
    return count;
}

/* Lower the bounds to the counts of the best set, up to the first level that differs from it. */
static void lower_to_most(const msched__span *span, const int64_t *value, int64_t *bound)
{
    for (uint8_t p = 0; p < PRIORITIES && span->most.is_known; p++) {
        uint32_t level = msched__span_level(p + 1);
        if (span->most.tasks[p] < bound[level])
            bound[level] = span->most.tasks[p];
        if (value[level] != span->most.tasks[p])
            return;
    }
}

msched_result msched__span_relax(msched__span *span, const int64_t *value, int64_t *bound)
{
    relaxation r;
    /* tasks that have begun use time before `now`, which the dates exclude */
    if (span->options->previous != NULL)
        return MSCHED_OK;
    if (!make(&r, span))
        return MSCHED_ERROR_MEMORY;
    for (uint8_t p = 0; p < PRIORITIES; p++)
        for (int from_the_end = 0; from_the_end < 2; from_the_end++) {
            int64_t count = most(&r, p, value, from_the_end);
            if (count < bound[msched__span_level(p + 1)])
                bound[msched__span_level(p + 1)] = count;
        }
    for (uint8_t p = 0; p < PRIORITIES; p++)
        bound[msched__span_level(p + 1)] = most_in_ranges(&r, p, value,
                                                          bound[msched__span_level(p + 1)]);
    if (!span->most.is_tried) {
        uint8_t *keeps = msched__arena_alloc(span->arena, span->task_count, sizeof *keeps);
        if (keeps == NULL || msched__span_knapsack(span, keeps) != MSCHED_OK)
            return MSCHED_ERROR_MEMORY;
    }
    lower_to_most(span, value, bound);
    return MSCHED_OK;
}

msched_result msched__span_choose(msched__span *span, uint8_t *keeps)
{
    relaxation r;
    int all = 1;
    if (!make(&r, span))
        return MSCHED_ERROR_MEMORY;
    memset(keeps, 0, span->task_count);
    for (uint8_t p = 0; p < PRIORITIES; p++)
        most(&r, p, NULL, 0);
    for (uint32_t i = 0; i < r.count; i++) {
        keeps[r.tasks[i].task] = r.tasks[i].is_kept;
        all = all && r.tasks[i].is_kept;
    }
    return all ? MSCHED_OK : msched__span_knapsack(span, keeps);
}
