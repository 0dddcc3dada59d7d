/* algo/bits.h: sets of small numbers, one bit for each. */
#ifndef MSCHED_BITS_H
#define MSCHED_BITS_H

#include "base/arena.h"

#include <stdint.h>

static inline uint64_t msched__bit_of(uint32_t index)
{
    return UINT64_C(1) << index;
}

static inline uint32_t msched__bit_count(uint64_t bits)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/* The same in an array. */
static inline int msched__bit(const uint64_t *bits, uint32_t index)
{
    return (int)(bits[index / 64] >> (index % 64) & 1);
}

static inline void msched__bit_set(uint64_t *bits, uint32_t index)
{
    bits[index / 64] |= msched__bit_of(index % 64);
}

static inline void msched__bit_clear(uint64_t *bits, uint32_t index)
{
    bits[index / 64] &= ~msched__bit_of(index % 64);
}

/* A cleared set of bits; NULL when out of memory. */
uint64_t *msched__bits_alloc(msched__arena *arena, uint32_t count);

#endif
