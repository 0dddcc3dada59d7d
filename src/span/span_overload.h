/* span/span_overload.h: ranges of dates whose tasks need more time than the dates have. */
#ifndef MSCHED_SPAN_OVERLOAD_H
#define MSCHED_SPAN_OVERLOAD_H

#include "span/span_model.h"

#define MSCHED__SPAN_RANGES_MAX 8

/* A range of dates: time of the tasks that can only be there, and time without events. */
typedef struct msched__span_range {
    uint32_t first, last;
    int64_t demand_s, capacity_s;
} msched__span_range;

/*
 * For each unscheduled task, find the range of dates around its own with the largest excess of
 * demand; among equals, the shortest. Returns the number of ranges, the earliest first.
 */
uint32_t msched__span_ranges(const msched__span *span,
                             msched__span_range ranges[MSCHED__SPAN_RANGES_MAX]);
/* 1 if the task can only be on dates of the range. */
int msched__span_is_within(const msched__span_task *task, const msched__span_range *range);

#endif
