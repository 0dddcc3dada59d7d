#include "base/intern.h"

#include "base/alloc.h"
#include "base/hash.h"

#define EMPTY           UINT32_MAX
#define LEAST_SLOTS     UINT32_C(64)
#define POPULATED_BYTES ((size_t)256 * 1024) /* of a pool, at once */

const char msched__hash_anchor = 0;

void msched__text_pool_init(msched__text_pool *pool, const msched_allocator *allocator)
{
    *pool = (msched__text_pool){.allocator = *allocator};
}

void msched__text_pool_free(msched__text_pool *pool)
{
    msched__free(&pool->allocator, pool->data);
    pool->data = NULL;
    pool->size = pool->capacity = pool->populated = 0;
}

/* The next bytes of the pool will be written soon. */
static void populate(msched__text_pool *pool)
{
    size_t from = pool->size < pool->populated ? pool->size : pool->populated;
    size_t end = pool->size + POPULATED_BYTES < pool->capacity ? pool->size + POPULATED_BYTES
                                                               : pool->capacity;
    msched__populate(&pool->allocator, pool->data, from, end - from);
    pool->populated = end;
}

int msched__text_pool_grow(msched__text_pool *pool, size_t bytes)
{
    size_t used = pool->size == 0 ? 1 : pool->size;
    if (bytes > UINT32_MAX - used)
        return 0;
    const size_t capacity = pool->capacity;
    if (!msched__grow(&pool->allocator, (void **)&pool->data, &pool->capacity, used + bytes, 1))
        return 0;
    if (pool->capacity > capacity)
        msched__use_large_pages(&pool->allocator, pool->data, pool->capacity);
    if (pool->size == 0) {
        pool->data[0] = '\0';
        pool->size = 1;
    }
    if (pool->size + bytes > pool->populated)
        populate(pool);
    return 1;
}

/* As memcpy, which is called for long texts only: the two halves of a short one may overlap. */
static inline void copy(char *to, msched__slice text)
{
    if (text.size > 32 || text.size < 8) {
        if (text.size > 0)
            memcpy(to, text.data, text.size);
    } else if (text.size >= 16) {
        memcpy(to, text.data, 16);
        memcpy(to + text.size - 16, text.data + text.size - 16, 16);
    } else {
        memcpy(to, text.data, 8);
        memcpy(to + text.size - 8, text.data + text.size - 8, 8);
    }
}

static uint32_t put(msched__text_pool *pool, msched__slice text)
{
    uint32_t offset = (uint32_t)pool->size;
    copy(pool->data + offset, text);
    pool->data[offset + text.size] = '\0';
    pool->size += text.size + 1;
    return offset;
}

uint32_t msched__text_pool_put(msched__text_pool *pool, msched__slice text)
{
    return text.size == 0 ? 0 : put(pool, text);
}

void msched__intern_init(msched__intern *table, msched__text_pool *pool)
{
    *table = (msched__intern){.allocator = pool->allocator, .pool = pool};
}

void msched__intern_free_slots(msched__intern *table)
{
    msched__free(&table->allocator, table->slots);
    msched__free(&table->allocator, table->hashes);
    table->slots = table->hashes = NULL;
    table->slot_count = 0;
}

void msched__intern_free(msched__intern *table)
{
    msched__intern_free_slots(table);
    msched__free(&table->allocator, table->offsets);
    table->offsets = NULL;
    table->count = 0;
    table->capacity = 0;
}

uint64_t msched__intern_hash(const msched__slice *parts, size_t part_count)
{
    uint64_t hash = msched__hash(parts[0].data, parts[0].size);
    for (size_t i = 1; i < part_count; i++)
        hash = msched__hash_mix(hash ^ msched__hash(parts[i].data, parts[i].size));
    return hash;
}

/* 1 if the text that begins at `offset` is `part`; *next gets the offset after its NUL. */
static inline int same_part(const msched__text_pool *pool, size_t offset, msched__slice part,
                            size_t *next)
{
    *next = offset + part.size + 1;
    if (*next > pool->size || pool->data[offset + part.size] != '\0')
        return 0;
    return part.size == 0 || memcmp(pool->data + offset, part.data, part.size) == 0;
}

static inline int same_key(const msched__intern *table, uint32_t item, const msched__slice *parts,
                           size_t part_count)
{
    size_t offset = table->offsets[item];
    for (size_t i = 0; i < part_count; i++)
        if (!same_part(table->pool, offset, parts[i], &offset))
            return 0;
    return 1;
}

int msched__intern_is(const msched__intern *table, uint32_t item, const msched__slice *parts,
                      size_t part_count)
{
    return item != EMPTY && same_key(table, item, parts, part_count);
}

static void place(uint32_t *slots, uint32_t slot_count, uint32_t hash, uint32_t item)
{
    const uint32_t mask = slot_count - 1;
    uint32_t at = hash & mask;
    while (slots[at] != EMPTY)
        at = (at + 1) & mask;
    slots[at] = (hash & ~mask) | item;
}

static int resize_slots(msched__intern *table, uint32_t slot_count)
{
    uint32_t *slots = slot_count == 0
                          ? NULL
                          : msched__alloc_array(&table->allocator, slot_count, sizeof *slots);
    if (slots == NULL)
        return 0;
    msched__use_large_pages(&table->allocator, slots, slot_count * sizeof *slots);
    msched__populate(&table->allocator, slots, 0, slot_count * sizeof *slots);
    memset(slots, 0xFF, slot_count * sizeof *slots);
    for (uint32_t item = 0; item < table->count; item++)
        place(slots, slot_count, table->hashes[item], item);
    msched__free(&table->allocator, table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return 1;
}

static int grow_column(msched__intern *table, uint32_t **column, size_t *capacity, size_t count)
{
    const size_t before = *capacity;
    if (!msched__grow(&table->allocator, (void **)column, capacity, count, sizeof **column))
        return 0;
    if (*capacity > before)
        msched__use_large_pages(&table->allocator, *column, *capacity * sizeof **column);
    return 1;
}

static int grow_items(msched__intern *table, size_t count)
{
    size_t hashes = table->capacity, offsets = table->capacity;
    if (!grow_column(table, &table->hashes, &hashes, count) ||
        !grow_column(table, &table->offsets, &offsets, count))
        return 0;
    table->capacity = offsets;
    return 1;
}

int msched__intern_grow(msched__intern *table)
{
    if (table->count >= msched__intern_room(table->slot_count) &&
        !resize_slots(table, table->slot_count == 0 ? LEAST_SLOTS : table->slot_count * 2))
        return 0;
    return grow_items(table, (size_t)table->count + 1);
}

uint32_t msched__intern_slots_for(uint32_t count)
{
    uint32_t slot_count = LEAST_SLOTS;
    while (msched__intern_room(slot_count) < count && slot_count < UINT32_C(1) << 31)
        slot_count *= 2;
    return slot_count;
}

void msched__intern_expect(msched__intern *table, uint32_t count)
{
    const uint32_t slot_count = msched__intern_slots_for(count);
    if (slot_count > table->slot_count)
        resize_slots(table, slot_count);
    grow_items(table, msched__intern_room(slot_count)); /* until the slots grow, too */
}

uint32_t msched__intern_add(msched__intern *table, const msched__slice *parts, size_t part_count,
                            uint64_t hash)
{
    uint32_t item = table->count++;
    table->offsets[item] = put(table->pool, parts[0]);
    for (size_t i = 1; i < part_count; i++)
        put(table->pool, parts[i]);
    table->hashes[item] = (uint32_t)hash;
    place(table->slots, table->slot_count, (uint32_t)hash, item);
    return item;
}
