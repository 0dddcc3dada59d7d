/* query/sort_ids.h: stable sorting of ids that refer to larger items. */
#ifndef MSCHED_QUERY_SORT_IDS_H
#define MSCHED_QUERY_SORT_IDS_H

#include <stdint.h>

/* Below 0, 0 or above 0 as `a` comes before, with or after `b`. */
typedef int (*msched__compare_ids)(const void *ctx, uint32_t a, uint32_t b);

/* Merge sort; `scratch` has room for `count` ids. */
void msched__sort_ids(uint32_t *ids, uint32_t *scratch, uint32_t count, msched__compare_ids compare,
                      const void *ctx);

#endif
