/*
 * time/interval.h: half-open intervals [start, end) of seconds, and sets of them: ascending,
 * disjoint, none empty or touching.
 */
#ifndef MSCHED_TIME_INTERVAL_H
#define MSCHED_TIME_INTERVAL_H

#include <stddef.h>
#include <stdint.h>

typedef struct msched__interval {
    int32_t start, end;
} msched__interval;

/*
 * Make a set of any intervals, in place: sort, join what overlaps or touches, drop what is empty.
 * Returns the new count.
 */
uint32_t msched__interval_normalize(msched__interval *intervals, uint32_t count);
/*
 * The part of the set `from` that is outside the set `holes`. `out` has room for from_count +
 * hole_count intervals and overlaps neither. Returns the count.
 */
uint32_t msched__interval_subtract(msched__interval *out, const msched__interval *from,
                                   uint32_t from_count, const msched__interval *holes,
                                   uint32_t hole_count);
/*
 * The intersection of two sets. `out` has room for a_count + b_count intervals and overlaps
 * neither. Returns the count.
 */
uint32_t msched__interval_intersect(msched__interval *out, const msched__interval *a,
                                    uint32_t a_count, const msched__interval *b, uint32_t b_count);
/* Seconds in a set. */
int64_t msched__interval_total(const msched__interval *intervals, uint32_t count);
/* Seconds of a set within [start, end). */
int64_t msched__interval_total_within(const msched__interval *intervals, uint32_t count,
                                      int32_t start, int32_t end);
/* Length of the longest interval of a set; 0 for an empty one. */
int32_t msched__interval_longest(const msched__interval *intervals, uint32_t count);
/* Earliest start >= from of `length` seconds within one interval of the set; -1: there is none. */
int32_t msched__interval_fit(const msched__interval *intervals, uint32_t count, int32_t from,
                             int32_t length);
/* 1 if [start, end) lies within one interval of the set. */
int msched__interval_covers(const msched__interval *intervals, uint32_t count, int32_t start,
                            int32_t end);

#endif
