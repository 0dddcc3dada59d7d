/*
 * algo/subset_sum.h: which sums can be reached with a choice of lengths, the earliest items first.
 */
#ifndef MSCHED_ALGO_SUBSET_SUM_H
#define MSCHED_ALGO_SUBSET_SUM_H

#include "algo/budget.h"
#include "base/arena.h"

#include <stdint.h>

/* Memory for sums up to `capacity`, which can be reused. */
typedef struct msched__subset_sum {
    msched__budget *budget; /* counts its work */
    uint64_t *reached;      /* bit s: sum s can be reached */
    uint16_t *last;         /* per sum, 1 + the item that reached it first */
    int32_t capacity;
    uint32_t *chosen; /* memory of the caller: numbers of the items chosen last, descending */
    uint32_t chosen_count;
} msched__subset_sum;

/* `chosen` has room for as many items as there will be. 0 when out of memory. */
int msched__subset_sum_init(msched__subset_sum *sums, msched__arena *arena, int32_t capacity,
                            uint32_t *chosen, msched__budget *budget);

/*
 * The largest sum up to `target` (<= capacity) of some of `lengths`, each > 0, fewer than 65,535 of
 * them; which ones is in sums->chosen. Only as many items are read, in order, as the target needs,
 * so that early items are preferred.
 */
int32_t msched__subset_sum_solve(msched__subset_sum *sums, const int32_t *lengths, uint32_t count,
                                 int32_t target);

#endif
