/* time/span.h: half-open intervals [start, end) of seconds, and sorted disjoint sets of them. */
#ifndef MSCHED_TIME_SPAN_H
#define MSCHED_TIME_SPAN_H

#include <stddef.h>
#include <stdint.h>

typedef struct msched__span {
    int32_t start, end;
} msched__span;

#endif
