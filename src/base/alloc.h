/* base/alloc.h: memory from the caller's allocator, with checked sizes. */
#ifndef MSCHED_BASE_ALLOC_H
#define MSCHED_BASE_ALLOC_H

#include <musicsched/base.h>

/* The caller's allocator, or malloc if it is NULL or lacks a function. */
msched_allocator msched__allocator_copy(const msched_allocator *allocator);

/* NULL when out of memory or when count * size overflows. A size of 0 gives one byte. */
void *msched__alloc_array(const msched_allocator *allocator, size_t count, size_t size);
/* As msched__alloc_array, filled with zero bytes. */
void *msched__alloc_zero(const msched_allocator *allocator, size_t count, size_t size);
/* If it returns NULL, the old block stays valid. */
void *msched__realloc_array(const msched_allocator *allocator, void *block, size_t count,
                            size_t size);
void msched__free(const msched_allocator *allocator, void *block);

/*
 * Bytes from..from + bytes of a block will be written soon: ask the system to map their whole pages
 * in one call, which costs less than a fault for each. A hint, only for malloc's memory. Bytes that
 * stay unwritten take memory for nothing, so a caller that does not know bounds their number.
 */
void msched__populate(const msched_allocator *allocator, void *block, size_t from, size_t bytes);

/*
 * A block that is read at random: let the system map it in large pages, so that fewer reads wait
 * for an address to be translated. A hint, only for large blocks of malloc's memory.
 */
void msched__use_large_pages(const msched_allocator *allocator, void *block, size_t bytes);

/*
 * Make room for `need` items in a growing array: *block is replaced and *capacity raised (at least
 * doubled). Returns 0 when out of memory, with both untouched.
 */
int msched__grow(const msched_allocator *allocator, void **block, size_t *capacity, size_t need,
                 size_t item_size);

#endif
