/* algo/knapsack.h: the 0-1 knapsack, exact by an expanding core. */
#ifndef MSCHED_ALGO_KNAPSACK_H
#define MSCHED_ALGO_KNAPSACK_H

#include "algo/budget.h"
#include "base/arena.h"

#include <stdint.h>

typedef struct msched__sack_item {
    int32_t size, value; /* > 0 */
} msched__sack_item;

typedef struct msched__sack {
    const msched__sack_item *items; /* densest first */
    uint32_t count;
    int64_t capacity; /* less than 0 counts as 0 */
} msched__sack;

typedef struct msched__sack_choice {
    uint8_t *taken; /* per item: 1 if it is in the choice found; memory of the caller */
    int64_t value;  /* what they are worth */
    int64_t bound;  /* no choice is worth more; equals `value` unless the core was too small */
} msched__sack_choice;

/*
 * The most value of items whose sizes add up to at most the capacity. Its work is counted. 0 when
 * out of memory.
 */
int msched__knapsack(const msched_allocator *allocator, const msched__sack *sack,
                     msched__budget *budget, msched__sack_choice *out);

#endif
