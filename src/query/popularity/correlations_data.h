/* query/popularity/correlations_data.h: the internals of msched_correlations. */
#ifndef MSCHED_QUERY_POPULARITY_CORRELATIONS_DATA_H
#define MSCHED_QUERY_POPULARITY_CORRELATIONS_DATA_H

#include "base/refcount.h"

#include <musicsched/popularity.h>

__extension__ typedef __int128 msched__wide;

/*
 * Exact sums over the pairs in which the feature is known: x in units of the feature, y popularity.
 */
typedef struct msched__pair_sums {
    msched__wide n, x, y, xx, xy, yy;
} msched__pair_sums;

#define MSCHED__PAIR_SUM_COUNT 6

struct msched_correlations {
    msched__refcount refs;
    msched_allocator allocator;
    uint32_t count_unit;
    msched__pair_sums sums[MSCHED_FEATURE_COUNT];
};

/* Returns NULL and an error when out of memory. All sums are 0. */
msched_correlations *msched__correlations_new(const msched_allocator *allocator,
                                              uint32_t count_unit, msched_error *err);
/* Whether any numbers have these sums, within the bounds that keep later arithmetic exact. */
int msched__pair_sums_valid(const msched__pair_sums *sums);

#endif
