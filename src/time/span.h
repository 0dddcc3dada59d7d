/*
 * time/span.h: half-open intervals [start, end) of seconds, and sets of them: ascending, disjoint,
 * none empty or touching.
 */
#ifndef MSCHED_TIME_SPAN_H
#define MSCHED_TIME_SPAN_H

#include <stddef.h>
#include <stdint.h>

typedef struct msched__span {
    int32_t start, end;
} msched__span;

/*
 * Make a set of any spans, in place: sort, join what overlaps or touches, drop what is empty.
 * Returns the new count.
 */
uint32_t msched__span_normalize(msched__span *spans, uint32_t count);
/*
 * What of the set `from` is outside the set `holes`. `out` has room for from_count + hole_count
 * spans and overlaps neither. Returns the count.
 */
uint32_t msched__span_subtract(msched__span *out, const msched__span *from, uint32_t from_count,
                               const msched__span *holes, uint32_t hole_count);
/*
 * What two sets share. `out` has room for a_count + b_count spans and overlaps neither. Returns the
 * count.
 */
uint32_t msched__span_intersect(msched__span *out, const msched__span *a, uint32_t a_count,
                                const msched__span *b, uint32_t b_count);
/* Seconds in a set. */
int64_t msched__span_total(const msched__span *spans, uint32_t count);
/* Seconds of a set within [start, end). */
int64_t msched__span_total_within(const msched__span *spans, uint32_t count, int32_t start,
                                  int32_t end);
/* Length of the longest span of a set; 0 for an empty one. */
int32_t msched__span_longest(const msched__span *spans, uint32_t count);
/* Earliest start >= from of `length` seconds within one span of the set; -1 where there is none. */
int32_t msched__span_fit(const msched__span *spans, uint32_t count, int32_t from, int32_t length);
/* 1 where [start, end) lies within one span of the set. */
int msched__span_covers(const msched__span *spans, uint32_t count, int32_t start, int32_t end);

#endif
