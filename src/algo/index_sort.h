/*
 * algo/index_sort.h: sort numbered items by an integer key, without allocation; equal keys stay in
 * order of their numbers.
 */
#ifndef MSCHED_ALGO_INDEX_SORT_H
#define MSCHED_ALGO_INDEX_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef struct msched__keyed {
    uint64_t key;
    uint32_t index; /* distinct */
} msched__keyed;

/* Ascending by key, then by index. */
void msched__key_sort(msched__keyed *items, size_t count);
/*
 * The same for many items whose indices ascend, with as many spare ones. Returns where the sorted
 * items are: `items` or `spare`.
 */
msched__keyed *msched__key_radix_sort(msched__keyed *items, msched__keyed *spare, size_t count);

#endif
