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

/*
 * The key of msched__hash is the address at which the library was loaded, which the system
 * randomizes for each process. An author of a file cannot predict it, so a file cannot contain
 * texts chosen to have the same hash. No result depends on hashes: they only find texts that are
 * then compared.
 */
extern const char msched__hash_anchor;

static inline uint64_t msched__hash_key(void)
{
    return ((uint64_t)(uintptr_t)&msched__hash_anchor * UINT64_C(0x9E3779B97F4A7C15)) | 1;
}

/*
 * Both halves of a product with the key, so that which texts collide depends on all bits of the
 * key.
 */
static inline uint64_t msched__hash_word(uint64_t hash, uint64_t word, uint64_t key)
{
#ifdef __SIZEOF_INT128__
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(hash ^ word) * key;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    return msched__hash_mix(hash ^ word ^ key);
#endif
}

/* The same with a given key, for tables that outlive the process. */
static inline uint64_t msched__hash_by(uint64_t key, const char *data, size_t size)
{
    uint64_t hash = key ^ size, word = 0;
    if (size < 8) {
        for (size_t i = 0; i < size; i++)
            word = word << 8 | (unsigned char)data[i];
        return msched__hash_mix(hash ^ word);
    }
    const char *last = data + size - 8; /* the last eight bytes may overlap the ones before */
    for (; data < last; data += 8) {
        memcpy(&word, data, 8);
        hash = msched__hash_word(hash, word, key);
    }
    memcpy(&word, last, 8);
    return msched__hash_mix(hash ^ word);
}

static inline uint64_t msched__hash(const char *data, size_t size)
{
    return msched__hash_by(msched__hash_key(), data, size);
}

#endif
