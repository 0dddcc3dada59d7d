/*
 * schedule/model/bounds.h: values that no day can exceed, level by level.
 *
 * Levels are compared in order, so the bound of a level only has to hold for days with the
 * incumbent's values on the levels before. Invariant, checked in debug builds: bound[k] holds for
 * every day with the values given[k][0 .. k - 1] on these levels. A bound that does not hold for a
 * day's values proves nothing about it, even if the day meets it. A level that meets its bound is
 * proved if those before it are.
 */
#ifndef MSCHED_BOUNDS_H
#define MSCHED_BOUNDS_H

#include <musicsched/schedule.h>

/* In `given`: the bound holds for every value of this level. */
#define MSCHED__ANY_VALUE INT64_MIN

typedef struct msched__bounds {
    int64_t bound[MSCHED_LEVEL_COUNT];
    int64_t given[MSCHED_LEVEL_COUNT][MSCHED_LEVEL_COUNT];
    uint8_t known[MSCHED_LEVEL_COUNT]; /* 1 where there is a bound */
} msched__bounds;

/* A bound of a level, over days with the values of `value` on the levels before. */
void msched__bounds_put(msched__bounds *bounds, uint32_t level, int64_t bound,
                        const int64_t *value);
/* The same, for a bound of tasks that does not depend on the number of must plays. */
void msched__bounds_put_tasks(msched__bounds *bounds, uint32_t level, int64_t bound,
                              const int64_t *value);
/* The same as put, but a lower bound that is known for the same values stays. */
void msched__bounds_lower(msched__bounds *bounds, uint32_t level, int64_t bound,
                          const int64_t *value);
/* The bound of a level for days with these values before it; `otherwise` if there is none. */
int64_t msched__bounds_get(const msched__bounds *bounds, uint32_t level, const int64_t *value,
                           int64_t otherwise);
/* 1 if levels 0 .. count - 1 of `value` meet their bounds. */
int msched__bounds_met(const msched__bounds *bounds, const int64_t *value, uint32_t count);
/* The number of leading levels that meet their bounds. */
uint32_t msched__bounds_proved(const msched__bounds *bounds, const int64_t *value);
/* 0 if a value exceeds a bound that holds for it: a proof was wrong. For assertions. */
int msched__bounds_hold(const msched__bounds *bounds, const int64_t *value);

#endif
