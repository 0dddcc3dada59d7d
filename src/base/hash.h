/* base/hash.h: hashing of byte strings for tables inside one process; never written to a file. */
#ifndef MSCHED_BASE_HASH_H
#define MSCHED_BASE_HASH_H

#include <stdint.h>
#include <string.h>

static inline uint64_t msched__hash_mix(uint64_t x)
{
    /* finalizer of splitmix64 (S. Vigna, public domain constants) */
    x ^= x >> 30;
    x *= UINT64_C(0xBF58476D1CE4E5B9);
    x ^= x >> 27;
    x *= UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static inline uint64_t msched__hash(const char *data, size_t size)
{
    uint64_t hash = UINT64_C(0x9E3779B97F4A7C15) ^ size, word;
    for (; size >= 8; data += 8, size -= 8) {
        memcpy(&word, data, 8);
        hash = msched__hash_mix(hash ^ word);
    }
    if (size > 0) {
        word = 0;
        memcpy(&word, data, size);
        hash = msched__hash_mix(hash ^ word);
    }
    return hash;
}

#endif
