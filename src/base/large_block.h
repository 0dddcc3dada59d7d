/*
 * base/large_block.h: memory for the large arrays of one object. Blocks are cut one after another
 * from a reserved range of addresses that the system maps in large pages: mapping and unmapping
 * small pages would take a fifth of the time of a load.
 */
#ifndef MSCHED_BASE_LARGE_BLOCK_H
#define MSCHED_BASE_LARGE_BLOCK_H

#include <stdatomic.h>
#include <stdint.h>

#include <musicsched/base.h>

/* All 0: nothing is reserved, and large blocks are mapped on their own. */
typedef struct msched__large_range {
    atomic_uintptr_t at; /* addresses from here to `end` are not given away yet */
    uintptr_t end;
} msched__large_range;

/*
 * malloc for small blocks, and for large ones the range, which must last as long as blocks are
 * asked for; NULL is no range. Without functions where the system has no large pages.
 */
msched_allocator msched__large_allocator(msched__large_range *range);
/* Whether it is one of these. */
int msched__is_large_allocator(const msched_allocator *allocator);
/*
 * Reserve about this many bytes, if the allocator uses the range and it has none yet. They cost
 * nothing until they are used.
 */
void msched__large_reserve(const msched_allocator *allocator, uint64_t bytes);
/* Give back what is not in use. Blocks remain. */
void msched__large_end(msched__large_range *range);

#endif
