/* algo/knapsack.h: the 0-1 knapsack, exact by an expanding core. */
#ifndef MSCHED_ALGO_KNAPSACK_H
#define MSCHED_ALGO_KNAPSACK_H

#include "base/arena.h"

#include <stdint.h>

typedef struct msched__sack_item {
    int32_t size, value; /* > 0 */
} msched__sack_item;

/*
 * The most value of items, given densest first, whose sizes add up to at most `capacity`; less than 0 counts as 0. `taken` gets
 * 1 for each item of the choice found and `*value` what they are worth; no choice is worth more than `*bound`, which equals
 * `*value` unless the core was too small. `*work` grows by the units of work. 0 when out of memory.
 */
int msched__knapsack(const msched_allocator *allocator, const msched__sack_item *items, uint32_t count, int64_t capacity,
                     uint8_t *taken, int64_t *value, int64_t *bound, uint64_t *work);

#endif
