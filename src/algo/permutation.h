/*
 * algo/permutation.h: the best order of a few things, given what each neighbourhood and each place
 * is worth.
 */
#ifndef MSCHED_ALGO_PERMUTATION_H
#define MSCHED_ALGO_PERMUTATION_H

#include "base/arena.h"

#include <stdint.h>

#define MSCHED__ORDER_MAX       32 /* things at once */
#define MSCHED__ORDER_EXACT_MAX 10 /* up to so many the order is the best there is */

typedef struct msched__order_problem {
    uint32_t count; /* <= MSCHED__ORDER_MAX */
    /* as neighbours, the same both ways; 0..1000 */
    int16_t pair[MSCHED__ORDER_MAX][MSCHED__ORDER_MAX];
    int16_t place[MSCHED__ORDER_MAX][MSCHED__ORDER_MAX]; /* [thing][place]; 0..1000 */
    /* in addition, as the first and as the last; 0..1000 */
    int16_t first[MSCHED__ORDER_MAX], last[MSCHED__ORDER_MAX];
} msched__order_problem;

/* Worth of an order: thing order[k] at place k. */
int32_t msched__order_value(const msched__order_problem *problem, const uint8_t *order);

/*
 * Improve `order`, a permutation of all things: to the best up to MSCHED__ORDER_EXACT_MAX, to a
 * local best above. `table` has room for (1 << n) * n values, n being the count but at most
 * MSCHED__ORDER_EXACT_MAX. Of equal orders the given one stays.
 */
void msched__order_improve(const msched__order_problem *problem, uint8_t *order, int16_t *table);

#endif
