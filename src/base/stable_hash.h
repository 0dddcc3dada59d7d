/*
 * base/stable_hash.h: a hash that may be written to files: the same on every machine and in every
 * run.
 */
#ifndef MSCHED_BASE_STABLE_HASH_H
#define MSCHED_BASE_STABLE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define MSCHED__STABLE_HASH_START UINT64_C(0xCBF29CE484222325)

/*
 * 64-bit FNV-1a of the bytes, continued from `hash`. Not for tables that untrusted bytes fill: see
 * base/hash.h.
 */
static inline uint64_t msched__stable_hash(uint64_t hash, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)data[i]) * UINT64_C(0x100000001B3);
    return hash;
}

#endif
