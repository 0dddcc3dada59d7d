#define _GNU_SOURCE /* madvise, mremap */
#include "base/large_block.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The sanitizers check only the blocks of malloc. */
#if defined(__linux__) && defined(MADV_HUGEPAGE) && defined(MREMAP_MAYMOVE) &&                     \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define LARGE_BYTES ((size_t)128 * 1024) /* smaller blocks come from malloc */
#define UNIT        ((size_t)64 * 1024)  /* a multiple of the page size of all systems */
#define LARGE_PAGE  ((size_t)2 << 20)
#define MOST_BYTES  (SIZE_MAX / 4)

/* Before each block. */
typedef struct block_header {
    _Alignas(max_align_t) size_t size;
    size_t mapped; /* bytes of the mapping from here on; 0: from malloc */
} block_header;

static size_t mapped_bytes(size_t size)
{
    return (size + sizeof(block_header) + UNIT - 1) / UNIT * UNIT;
}

static void *map(size_t bytes)
{
    void *mapped = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
        return NULL;
    madvise(mapped, bytes, MADV_HUGEPAGE);
    return mapped;
}

/* Cut bytes from the range; NULL if it has too few. Safe to call from several threads. */
static void *cut(msched__large_range *range, size_t bytes)
{
    uintptr_t at = range == NULL ? 0 : atomic_load(&range->at);
    while (at != 0 && range->end - at >= bytes)
        if (atomic_compare_exchange_weak(&range->at, &at, at + bytes))
            return (void *)at; /* NOLINT(performance-no-int-to-ptr) */
    return NULL;
}

static void *allocate(void *range, size_t size)
{
    if (size > MOST_BYTES)
        return NULL;
    const size_t bytes = size < LARGE_BYTES ? 0 : mapped_bytes(size);
    block_header *header = bytes == 0 ? malloc(sizeof *header + size) : cut(range, bytes);
    if (header == NULL && bytes > 0)
        header = map(bytes);
    if (header == NULL)
        return NULL;
    *header = (block_header){size, bytes};
    return header + 1;
}

static void release(void *range, void *block)
{
    (void)range;
    block_header *header = (block_header *)block - 1;
    if (block == NULL)
        return;
    if (header->mapped == 0)
        free(header);
    else
        munmap(header, header->mapped);
}

/* Move a block from malloc to large memory or back. */
static void *move(void *range, block_header *header, size_t size)
{
    void *moved = allocate(range, size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, header + 1, size < header->size ? size : header->size);
    release(range, header + 1);
    return moved;
}

static void *reallocate(void *range, void *block, size_t size)
{
    block_header *header = (block_header *)block - 1;
    if (block == NULL)
        return allocate(range, size);
    if (size > MOST_BYTES)
        return NULL;
    if ((header->mapped == 0) != (size < LARGE_BYTES))
        return move(range, header, size);
    const size_t bytes = header->mapped == 0 ? 0 : mapped_bytes(size);
    void *changed = header;
    if (bytes == 0)
        changed = realloc(header, sizeof *header + size);
    else if (bytes != header->mapped)
        changed = mremap(header, header->mapped, bytes, MREMAP_MAYMOVE);
    if (changed == NULL || changed == MAP_FAILED)
        return NULL;
    header = changed;
    *header = (block_header){size, bytes};
    return header + 1;
}

msched_allocator msched__large_allocator(msched__large_range *range)
{
    return (msched_allocator){range, allocate, reallocate, release};
}

int msched__is_large_allocator(const msched_allocator *allocator)
{
    return allocator->allocate == allocate;
}

void msched__large_reserve(const msched_allocator *allocator, uint64_t bytes)
{
    msched__large_range *range = allocator->ctx;
    if (allocator->allocate != allocate || range == NULL || atomic_load(&range->at) != 0 ||
        bytes > MOST_BYTES)
        return;
    const size_t size = ((size_t)bytes + 2 * LARGE_PAGE) / LARGE_PAGE * LARGE_PAGE;
    char *mapped = map(size);
    if (mapped == NULL)
        return;
    const size_t before = (LARGE_PAGE - (uintptr_t)mapped % LARGE_PAGE) % LARGE_PAGE;
    if (before > 0)
        munmap(mapped, before);
    range->end = (uintptr_t)mapped + size;
    atomic_store(&range->at, (uintptr_t)mapped + before);
}

void msched__large_end(msched__large_range *range)
{
    const uintptr_t at = atomic_exchange(&range->at, 0);
    if (at != 0 && range->end > at)
        munmap((void *)at, range->end - at); /* NOLINT(performance-no-int-to-ptr) */
}
#else
msched_allocator msched__large_allocator(msched__large_range *range)
{
    (void)range;
    return (msched_allocator){NULL, NULL, NULL, NULL};
}

int msched__is_large_allocator(const msched_allocator *allocator)
{
    (void)allocator;
    return 0;
}

void msched__large_reserve(const msched_allocator *allocator, uint64_t bytes)
{
    (void)allocator, (void)bytes;
}

void msched__large_end(msched__large_range *range)
{
    (void)range;
}
#endif
