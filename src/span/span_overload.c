#include "span/span_overload.h"

#include <string.h>

static uint32_t last_of(uint32_t dates)
{
    uint32_t day = 0;
    for (; dates > 1; dates >>= 1)
        day++;
    return day;
}

int msched__span_is_within(const msched__span_task *task, const msched__span_range *range)
{
    return task->dates != 0 && msched__first_date(task->dates) >= range->first &&
           last_of(task->dates) <= range->last;
}

static msched__span_range measure(const msched__span *span, uint32_t first, uint32_t last)
{
    msched__span_range range = {first, last, 0, 0};
    for (uint32_t d = first; d <= last; d++)
        range.capacity_s += span->dates[d].capacity_s;
    for (uint32_t i = 0; i < span->task_count; i++)
        if (msched__span_is_within(&span->tasks[i], &range))
            range.demand_s += span->plan->todos[span->tasks[i].todo].duration_s;
    return range;
}

/* The worst range around the dates of a task; a demand of 0: no range is overbooked. */
static msched__span_range worst_around(const msched__span *span, const msched__span_task *task)
{
    uint32_t a = msched__first_date(task->dates), b = last_of(task->dates);
    msched__span_range worst = {0};
    for (uint32_t first = a + 1; first-- > 0;)
        for (uint32_t last = b; last < span->days; last++) {
            msched__span_range range = measure(span, first, last);
            int64_t excess = range.demand_s - range.capacity_s,
                    most = worst.demand_s - worst.capacity_s;
            if (excess > 0 &&
                (excess > most || (excess == most && last - first < worst.last - worst.first)))
                worst = range;
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
        msched__span_range range = worst_around(span, task);
        if (range.demand_s > 0)
            count = insert(ranges, count, &range);
    }
    return count;
}
