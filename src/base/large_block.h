/*
 * base/large_block.h: memory for the large arrays of one object. Blocks are cut one after another
 * from a reserved address range that the system maps with large pages. With small pages, mapping
 * and unmapping would take a fifth of the time of a load.
 */
#ifndef MSCHED_BASE_LARGE_BLOCK_H
#define MSCHED_BASE_LARGE_BLOCK_H

#include <stdatomic.h>
#include <stdint.h>

#include <musicsched/base.h>

/* All 0: nothing is reserved, and all blocks come from malloc. */
typedef struct msched__large_range {
    atomic_uintptr_t at; /* addresses from here to `end` are free */
    uintptr_t end;
    atomic_uint cuts; /* blocks so far */
} msched__large_range;

/*
 * An allocator that cuts large blocks from the range while it lasts, and takes others from malloc.
 * The range must outlive all requests for blocks; NULL: no range. If the build is for a system
 * without large pages, all functions are NULL.
 */
msched_allocator msched__large_allocator(msched__large_range *range);
/* 1 if msched__large_allocator returned this allocator. */
int msched__is_large_allocator(const msched_allocator *allocator);
/*
 * Reserve about this many bytes if the allocator has a range that is still empty. Reserved bytes
 * cost nothing until they are used.
 */
void msched__large_reserve(const msched_allocator *allocator, uint64_t bytes);
/* Unmap the unused part of the range. Blocks remain valid. */
void msched__large_end(msched__large_range *range);

#endif
