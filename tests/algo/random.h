/* tests/algo/random.h: numbers drawn from a seed, the same on every platform. */
#ifndef TEST_RANDOM_H
#define TEST_RANDOM_H

#include "base/hash.h"

static uint64_t random_state;

/* lowest <= result <= highest */
static inline int32_t pick(int32_t lowest, int32_t highest)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    return lowest +
           (int32_t)(msched__hash_mix(random_state) % ((uint64_t)highest - (uint64_t)lowest + 1));
}

#endif
