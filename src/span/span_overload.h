/* span/span_overload.h: ranges of dates whose tasks need more time than the dates have. */
#ifndef MSCHED_SPAN_OVERLOAD_H
#define MSCHED_SPAN_OVERLOAD_H

#include "span/span_model.h"

#define MSCHED__SPAN_RANGES_MAX 8

/* The tasks that can only be on the dates of a range, and the time without events there. */
typedef struct msched__span_range {
    uint32_t first, last;
    int64_t demand_s, capacity_s;
} msched__span_range;

/*
 * For each unscheduled task, the range of dates around its own with the largest excess of demand;
 * among equals, the shortest. Returns how many of them there are, the earliest first.
 */
uint32_t msched__span_ranges(const msched__span *span,
                             msched__span_range ranges[MSCHED__SPAN_RANGES_MAX]);
/* 1 if the task can only be on dates of the range. */
int msched__span_is_within(const msched__span_task *task, const msched__span_range *range);

#endif
