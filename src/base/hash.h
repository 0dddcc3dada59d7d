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

static inline uint64_t msched__hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 29;
}

static inline uint64_t msched__hash(const char *data, size_t size)
{
    uint64_t hash = UINT64_C(0x9E3779B97F4A7C15) ^ size, word = 0;
    if (size < 8) {
        for (size_t i = 0; i < size; i++)
            word = word << 8 | (unsigned char)data[i];
        return msched__hash_mix(hash ^ word);
    }
    const char *last = data + size - 8; /* the last eight bytes may overlap the ones before */
    for (; data < last; data += 8) {
        memcpy(&word, data, 8);
        hash = msched__hash_word(hash, word);
    }
    memcpy(&word, last, 8);
    return msched__hash_mix(hash ^ word);
}

#endif
