#define _DEFAULT_SOURCE /* madvise */
#include "base/alloc.h"

#include "base/large_block.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void *default_allocate(void *ctx, size_t size)
{
    (void)ctx;
    return malloc(size);
}

static void *default_reallocate(void *ctx, void *block, size_t size)
{
    (void)ctx;
    return realloc(block, size);
}

static void default_release(void *ctx, void *block)
{
    (void)ctx;
    free(block);
}

msched_allocator msched__allocator_copy(const msched_allocator *allocator)
{
    if (allocator != NULL && allocator->allocate != NULL && allocator->reallocate != NULL &&
        allocator->release != NULL)
        return *allocator;
    return (msched_allocator){NULL, default_allocate, default_reallocate, default_release};
}

/* 1 if blocks come from the system, so that madvise applies to them. */
static inline int is_own(const msched_allocator *allocator)
{
    return allocator->allocate == default_allocate || msched__is_large_allocator(allocator);
}

/* Bytes of an array, or 0 if they exceed size_t. */
static size_t array_bytes(size_t count, size_t size)
{
    if (count == 0 || size == 0)
        return 1;
    if (count > SIZE_MAX / size)
        return 0;
    return count * size;
}

void *msched__alloc_array(const msched_allocator *allocator, size_t count, size_t size)
{
    size_t bytes = array_bytes(count, size);
    return bytes == 0 ? NULL : allocator->allocate(allocator->ctx, bytes);
}

void *msched__alloc_zero(const msched_allocator *allocator, size_t count, size_t size)
{
    void *block = msched__alloc_array(allocator, count, size);
    if (block != NULL)
        memset(block, 0, array_bytes(count, size));
    return block;
}

void *msched__realloc_array(const msched_allocator *allocator, void *block, size_t count,
                            size_t size)
{
    size_t bytes = array_bytes(count, size);
    return bytes == 0 ? NULL : allocator->reallocate(allocator->ctx, block, bytes);
}

void msched__free(const msched_allocator *allocator, void *block)
{
    if (block != NULL)
        allocator->release(allocator->ctx, block);
}

int msched__grow(const msched_allocator *allocator, void **block, size_t *capacity, size_t need,
                 size_t item_size)
{
    if (need <= *capacity)
        return 1;
    size_t wanted = *capacity < SIZE_MAX / 2 ? *capacity * 2 : need;
    if (wanted < need)
        wanted = need;
    if (wanted < 8)
        wanted = 8;
    void *grown = msched__realloc_array(allocator, *block, wanted, item_size);
    if (grown == NULL)
        return 0;
    *block = grown;
    *capacity = wanted;
    return 1;
}

#ifdef MADV_POPULATE_WRITE
/* if pages are larger, the kernel refuses an address that does not begin one */
#define PAGE_BYTES ((uintptr_t)4096)
void msched__populate(const msched_allocator *allocator, void *block, size_t from, size_t bytes)
{
    char *start = (char *)block + from;
    /* the bytes before it on the page belong to the block or to malloc */
    size_t before = (uintptr_t)start % PAGE_BYTES;
    size_t size = (before + bytes) / PAGE_BYTES * PAGE_BYTES;
    if (is_own(allocator) && size > 0)
        madvise(start - before, size, MADV_POPULATE_WRITE);
}
#else
void msched__populate(const msched_allocator *allocator, void *block, size_t from, size_t bytes)
{
    (void)allocator, (void)block, (void)from, (void)bytes;
}
#endif

#ifdef MADV_HUGEPAGE
#define LARGE_PAGE_BYTES ((uintptr_t)2 << 20)
void msched__use_large_pages(const msched_allocator *allocator, void *block, size_t bytes)
{
    const uintptr_t start = (uintptr_t)block, end = (start + bytes) & ~(LARGE_PAGE_BYTES - 1);
    const uintptr_t first = (start + LARGE_PAGE_BYTES - 1) & ~(LARGE_PAGE_BYTES - 1);
    if (is_own(allocator) && block != NULL && end > first)
        madvise((char *)block + (first - start), end - first, MADV_HUGEPAGE);
}
#else
void msched__use_large_pages(const msched_allocator *allocator, void *block, size_t bytes)
{
    (void)allocator, (void)block, (void)bytes;
}
#endif
