/*
 * base/intern.h: texts kept once. A pool holds many texts, each ended by a NUL, addressed by 32-bit
 * offsets; an intern table numbers distinct keys 0, 1, 2 ... in order of first appearance. A key is
 * one text, or two that are stored next to each other. All keys of a table have the same number of
 * parts, and no part contains a NUL.
 */
#ifndef MSCHED_BASE_INTERN_H
#define MSCHED_BASE_INTERN_H

#include "base/slice.h"

#include <musicsched/base.h>

typedef struct msched__text_pool {
    msched_allocator allocator;
    char *data; /* offset 0 is "" after the first reservation */
    size_t size, capacity;
    size_t populated; /* bytes that msched__populate was called for */
} msched__text_pool;

void msched__text_pool_init(msched__text_pool *pool, const msched_allocator *allocator);
void msched__text_pool_free(msched__text_pool *pool);
int msched__text_pool_grow(msched__text_pool *pool, size_t bytes);
/* Make room for `bytes` more, including NULs. 1, or 0 when out of memory or past 4 GiB. */
static inline int msched__text_pool_reserve(msched__text_pool *pool, size_t bytes)
{
    return (pool->size > 0 && pool->size < pool->populated &&
            bytes <= pool->populated - pool->size) ||
           msched__text_pool_grow(pool, bytes);
}
/*
 * Offset of a copy with a terminating NUL; its memory was reserved before. An empty text is offset
 * 0.
 */
uint32_t msched__text_pool_put(msched__text_pool *pool, msched__slice text);

typedef struct msched__intern {
    msched_allocator allocator;
    msched__text_pool *pool;
    /*
     * Open addressing, linear probing. A slot holds an item in as many low bits as slot numbers
     * have, and above them the same bits of its hash; UINT32_MAX: empty.
     */
    uint32_t *slots;
    uint32_t slot_count; /* 0 or a power of two */
    uint32_t *hashes;    /* by item: low half of its key's hash */
    uint32_t *offsets;   /* of each item's first part; the second follows after the NUL */
    uint32_t count;
    size_t capacity; /* of hashes and offsets */
} msched__intern;

void msched__intern_init(msched__intern *table, msched__text_pool *pool);
void msched__intern_free(msched__intern *table);
/* Free the lookup by key, and keep the items. */
void msched__intern_free_slots(msched__intern *table);
/* Hash of a key; that of a key of one part is msched__hash of it. */
uint64_t msched__intern_hash(const msched__slice *parts, size_t part_count);
/* 1 if item `item` (UINT32_MAX: none) is this key. */
int msched__intern_is(const msched__intern *table, uint32_t item, const msched__slice *parts,
                      size_t part_count);
/* Number of a key, or UINT32_MAX. */
static inline uint32_t msched__intern_find(const msched__intern *table, const msched__slice *parts,
                                           size_t part_count, uint64_t hash)
{
    if (table->slot_count == 0)
        return UINT32_MAX;
    const uint32_t mask = table->slot_count - 1;
    for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
        const uint32_t slot = table->slots[at];
        if (slot == UINT32_MAX)
            return UINT32_MAX;
        if (((slot ^ (uint32_t)hash) & ~mask) == 0 &&
            msched__intern_is(table, slot & mask, parts, part_count))
            return slot & mask;
    }
}
/*
 * Prefetch the memory that msched__intern_find will read, in three steps, each for when the memory
 * that the one before asked for is there: the slot of the key that has this hash, its offset, and
 * its text.
 */
static inline void msched__intern_prefetch(const msched__intern *table, uint64_t hash)
{
#if defined(__GNUC__) || defined(__clang__)
    if (table->slot_count != 0)
        __builtin_prefetch(&table->slots[(uint32_t)hash & (table->slot_count - 1)]);
#else
    (void)table;
    (void)hash;
#endif
}

/* The item in the first slot of this hash, if it has the same bits of it; else UINT32_MAX. */
static inline uint32_t msched__intern_guess(const msched__intern *table, uint64_t hash)
{
    if (table->slot_count == 0)
        return UINT32_MAX;
    const uint32_t mask = table->slot_count - 1, slot = table->slots[(uint32_t)hash & mask];
    return slot != UINT32_MAX && ((slot ^ (uint32_t)hash) & ~mask) == 0 ? slot & mask : UINT32_MAX;
}

static inline void msched__intern_prefetch_offset(const msched__intern *table, uint64_t hash)
{
#if defined(__GNUC__) || defined(__clang__)
    const uint32_t item = msched__intern_guess(table, hash);
    if (item != UINT32_MAX)
        __builtin_prefetch(&table->offsets[item]);
#else
    (void)table;
    (void)hash;
#endif
}

static inline void msched__intern_prefetch_text(const msched__intern *table, uint64_t hash)
{
#if defined(__GNUC__) || defined(__clang__)
    const uint32_t item = msched__intern_guess(table, hash);
    if (item != UINT32_MAX)
        __builtin_prefetch(table->pool->data + table->offsets[item]);
#else
    (void)table;
    (void)hash;
#endif
}

/* Before the texts of all items are read in order: ask for one that is read a little later. */
static inline void msched__intern_prefetch_item(const msched__intern *table, uint32_t item)
{
#if defined(__GNUC__) || defined(__clang__)
    if (item + 16 < table->count)
        __builtin_prefetch(table->pool->data + table->offsets[item + 16]);
#else
    (void)table;
    (void)item;
#endif
}

/* How many keys a table may have, five eighths of its slots. */
static inline uint32_t msched__intern_room(uint32_t slot_count)
{
    return slot_count / 8 * 5;
}
/* The least number of slots, a power of two, that a table of `count` keys has. */
uint32_t msched__intern_slots_for(uint32_t count);
/*
 * Make room for about `count` keys in advance. If there is not enough memory for that, tables grow
 * later, step by step.
 */
void msched__intern_expect(msched__intern *table, uint32_t count);
/* Make room in the table (not in the pool) for one more key. 0 when out of memory. */
int msched__intern_grow(msched__intern *table);
static inline int msched__intern_reserve(msched__intern *table)
{
    return (table->count < msched__intern_room(table->slot_count) &&
            table->count < table->capacity) ||
           msched__intern_grow(table);
}
/* Add a new key; its room in table and pool was reserved before. Returns its number. */
uint32_t msched__intern_add(msched__intern *table, const msched__slice *parts, size_t part_count,
                            uint64_t hash);

#endif
