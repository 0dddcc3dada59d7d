#define _GNU_SOURCE /* madvise */
#include "base/large_block.h"

#include "base/sanitizers.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The sanitizers check only the blocks of malloc. */
#if defined(__linux__) && defined(MADV_HUGEPAGE) && !defined(MSCHED__ADDRESS_SANITIZER) &&         \
    !defined(MSCHED__THREAD_SANITIZER)
#define LARGE_BYTES ((size_t)128 * 1024) /* smaller blocks come from malloc */
#ifdef __x86_64__
#define UNIT ((size_t)4096)
#else
#define UNIT ((size_t)64 * 1024) /* a multiple of the page size of all systems */
#endif
#define LARGE_PAGE ((size_t)2 << 20)
#define MOST_BYTES (SIZE_MAX / 4)

/*
 * Arrays that are written side by side would use the same few lines of a cache if all began at the
 * same place in a page. So each block begins somewhat later than the one before.
 */
#define SHIFTS      31u
#define SHIFT_BYTES ((size_t)128)

/* Before each block. */
typedef struct block_header {
    _Alignas(max_align_t) size_t size;
    size_t cut; /* bytes of the range from `start` of the block on; 0: from malloc */
} block_header;

/* Where the range was cut: before the header, at the beginning of a page. */
static char *start_of(block_header *header)
{
    return (char *)header - (uintptr_t)header % UNIT;
}

/* Cut bytes from the range; NULL if it has too few. Safe to call from several threads. */
static void *cut(msched__large_range *range, size_t bytes)
{
    uintptr_t at = range == NULL ? 0 : atomic_load(&range->at);
    while (at != 0 && range->end - at >= bytes)
        if (atomic_compare_exchange_weak(&range->at, &at, at + bytes)) {
            const size_t shift = atomic_fetch_add(&range->cuts, 1) % SHIFTS * SHIFT_BYTES;
            return (char *)at + shift; /* NOLINT(performance-no-int-to-ptr) */
        }
    return NULL;
}

/* Bytes of the range for a block of this size, wherever in its first page it begins. */
static size_t cut_for(size_t size)
{
    return (SHIFTS * SHIFT_BYTES + sizeof(block_header) + size + UNIT - 1) / UNIT * UNIT;
}

static void *allocate(void *range, size_t size)
{
    if (size > MOST_BYTES)
        return NULL;
    size_t bytes = size < LARGE_BYTES ? 0 : cut_for(size);
    block_header *header = bytes == 0 ? NULL : cut(range, bytes);
    if (header == NULL) {
        bytes = 0;
        header = malloc(sizeof *header + size);
    }
    if (header == NULL)
        return NULL;
    *header = (block_header){size, bytes};
    return header + 1;
}

static void release(void *range, void *block)
{
    (void)range;
    if (block == NULL)
        return;
    block_header *header = (block_header *)block - 1;
    if (header->cut == 0)
        free(header);
    else
        munmap(start_of(header), header->cut);
}

/* Unmap what a block of the range no longer needs, if it is large. */
static void shrink(block_header *header, size_t size)
{
    const size_t bytes = cut_for(size);
    if (header->cut < bytes + LARGE_BYTES)
        return;
    munmap(start_of(header) + bytes, header->cut - bytes);
    header->cut = bytes;
}

static void *reallocate(void *range, void *block, size_t size)
{
    if (block == NULL)
        return allocate(range, size);
    if (size > MOST_BYTES)
        return NULL;
    block_header *header = (block_header *)block - 1;
    if (header->cut == 0 && (size < LARGE_BYTES || header->size >= LARGE_BYTES)) {
        header = realloc(header, sizeof *header + size);
        if (header == NULL)
            return NULL;
        header->size = size;
        return header + 1;
    }
    if (header->cut >= cut_for(size) && size >= LARGE_BYTES / 2) {
        shrink(header, size);
        header->size = size;
        return block;
    }
    void *moved = allocate(range, size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, block, size < header->size ? size : header->size);
    release(range, block);
    return moved;
}

msched_allocator msched__large_allocator(msched__large_range *range)
{
    return (msched_allocator){range, allocate, reallocate, release};
}

int msched__is_large_allocator(const msched_allocator *allocator)
{
    return allocator->allocate == allocate;
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
