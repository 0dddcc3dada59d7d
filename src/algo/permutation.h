/*
 * algo/permutation.h: the best order of a few items, given the worth of each pair of neighbors and
 * of each place.
 */
#ifndef MSCHED_ALGO_PERMUTATION_H
#define MSCHED_ALGO_PERMUTATION_H

#include "base/arena.h"

#include <stdint.h>

#define MSCHED__ORDER_MAX       32 /* maximum number of items */
#define MSCHED__ORDER_EXACT_MAX 10 /* up to this many, the order is optimal */

typedef struct msched__order_problem {
    uint32_t count; /* <= MSCHED__ORDER_MAX */
    /* as neighbors, the same in both directions; 0..1000 */
    int16_t pair[MSCHED__ORDER_MAX][MSCHED__ORDER_MAX];
    int16_t place[MSCHED__ORDER_MAX][MSCHED__ORDER_MAX]; /* [item][place]; 0..1000 */
    /* in addition, as the first and as the last; 0..1000 */
    int16_t first[MSCHED__ORDER_MAX], last[MSCHED__ORDER_MAX];
} msched__order_problem;

/* Worth of an order: item order[k] at place k. */
int32_t msched__order_value(const msched__order_problem *problem, const uint8_t *order);

/*
 * Improve `order`, a permutation of all items: up to MSCHED__ORDER_EXACT_MAX to the best order,
 * above to a local optimum. `table` has room for (1 << n) * n values, n being the count but at most
 * MSCHED__ORDER_EXACT_MAX. Among equal orders, the given one is kept.
 */
void msched__order_improve(const msched__order_problem *problem, uint8_t *order, int16_t *table);

#endif
