#include "span/span_overload.h"

#include <string.h>

int msched__span_is_within(const msched__span_task *task, const msched__span_range *range)
{
    return task->dates != 0 && msched__first_date(task->dates) >= range->first &&
           msched__last_date(task->dates) <= range->last;
}

/* Per first and last date of a range: seconds of the tasks that can only be on its dates. */
typedef struct demand {
    int64_t within_s[MSCHED__SPAN_DAYS][MSCHED__SPAN_DAYS];
} demand;

static void measure(const msched__span *span, demand *of)
{
    memset(of, 0, sizeof *of);
    for (uint32_t i = 0; i < span->task_count; i++) {
        uint32_t dates = span->tasks[i].dates;
        if (dates != 0)
            of->within_s[msched__first_date(dates)][msched__last_date(dates)] +=
                span->plan->todos[span->tasks[i].todo].duration_s;
    }
    /* tasks of a range are those of the ranges without its first or last date, and its own */
    for (uint32_t length = 1; length < span->days; length++)
        for (uint32_t a = 0, b = length; b < span->days; a++, b++)
            of->within_s[a][b] += of->within_s[a + 1][b] + of->within_s[a][b - 1] -
                                  (length > 1 ? of->within_s[a + 1][b - 1] : 0);
}

/* The worst range around the dates of a task; a demand of 0: no range is overbooked. */
static msched__span_range worst_around(const msched__span *span, const demand *of,
                                       const msched__span_task *task)
{
    uint32_t a = msched__first_date(task->dates), b = msched__last_date(task->dates);
    msched__span_range worst = {0};
    int64_t before = 0;
    for (uint32_t first = b + 1; first-- > 0;) {
        before += span->dates[first].capacity_s + span->dates[first].gained_s;
        int64_t capacity = before;
        for (uint32_t last = b; first <= a && last < span->days; last++) {
            capacity += last > b ? span->dates[last].capacity_s + span->dates[last].gained_s : 0;
            int64_t excess = of->within_s[first][last] - capacity,
                    most = worst.demand_s - worst.capacity_s;
            if (excess > 0 &&
                (excess > most || (excess == most && last - first < worst.last - worst.first)))
                worst = (msched__span_range){first, last, of->within_s[first][last], capacity};
        }
    }
    return worst;
}

/* Insert a range in order of dates, unless it is already there. Returns the new count. */
static uint32_t insert(msched__span_range *ranges, uint32_t count, const msched__span_range *range)
{
    uint32_t at = count;
    for (uint32_t i = 0; i < count; i++)
        if (ranges[i].first == range->first && ranges[i].last == range->last)
            return count;
    if (count == MSCHED__SPAN_RANGES_MAX)
        return count;
    for (; at > 0 && ranges[at - 1].first > range->first; at--)
        ranges[at] = ranges[at - 1];
    ranges[at] = *range;
    return count + 1;
}

uint32_t msched__span_ranges(const msched__span *span,
                             msched__span_range ranges[MSCHED__SPAN_RANGES_MAX])
{
    uint32_t count = 0, seen[MSCHED__SPAN_RANGES_MAX], seen_count = 0;
    demand of;
    measure(span, &of);
    for (uint32_t i = 0; i < span->task_count && count < MSCHED__SPAN_RANGES_MAX; i++) {
        const msched__span_task *task = &span->tasks[i];
        uint32_t k = 0;
        if (task->is_whole || task->dates == 0)
            continue;
        while (k < seen_count && seen[k] != task->dates)
            k++;
        if (k < seen_count)
            continue;
        if (seen_count < MSCHED__SPAN_RANGES_MAX)
            seen[seen_count++] = task->dates;
        msched__span_range range = worst_around(span, &of, task);
        if (range.demand_s > 0)
            count = insert(ranges, count, &range);
    }
    return count;
}
