/* query/popularity/stats.h: statistics of a set of popularities, from the count of each value. */
#ifndef MSCHED_QUERY_POPULARITY_STATS_H
#define MSCHED_QUERY_POPULARITY_STATS_H

#include <musicsched/popularity.h>

/* after all popularities, so that it is the last run */
#define MSCHED__VALUE_UNKNOWN 101
#define MSCHED__VALUE_COUNT   102 /* popularity 0..100, and unknown */
/* sums of squares up to here fit 64 bits */
#define MSCHED__N_MAX UINT64_C(1000000000000000)

/* A value and its count, packed: runs are most of a result's memory. */
typedef uint64_t msched__run;
static inline msched__run msched__run_make(uint32_t value, uint64_t count)
{
    return count << 7 | value;
}
static inline uint32_t msched__run_value(msched__run run)
{
    return (uint32_t)(run & 127);
}
static inline uint64_t msched__run_count(msched__run run)
{
    return run >> 7;
}

/* The value of a popularity in the form of catalogs. */
static inline uint32_t msched__value_of(uint32_t popularity)
{
    return popularity <= 100 ? popularity : MSCHED__VALUE_UNKNOWN;
}

/*
 * All figures of runs whose values never descend, each at least once and at most MSCHED__N_MAX in
 * all. Unknown values are only counted.
 */
void msched__stats_of_runs(msched_stats *stats, const msched__run *runs, size_t run_count);

#define MSCHED__STUDENT_TABLE_SIZE 400
extern const double msched__student_t975_table[MSCHED__STUDENT_TABLE_SIZE]; /* [df - 1] */

/* The 0.975 quantile of Student's t with `df` >= 1 degrees of freedom. */
double msched__student_t975(uint64_t df);

#endif
