/* base/arena.h: many small blocks that are freed together. */
#ifndef MSCHED_BASE_ARENA_H
#define MSCHED_BASE_ARENA_H

#include <musicsched/base.h>

typedef struct msched__arena {
    msched_allocator allocator;
    struct msched__arena_chunk *chunks;
    size_t next_bytes; /* size of the next chunk */
    size_t held_bytes;
} msched__arena;

/* `first_bytes` sizes the first chunk, taken at the first allocation; later ones grow. 0: 4096. */
void msched__arena_init(msched__arena *arena, const msched_allocator *allocator,
                        size_t first_bytes);
/* count * size bytes aligned for any type and not cleared; NULL when out of memory. */
void *msched__arena_alloc(msched__arena *arena, size_t count, size_t size);
/* A copy of `size` bytes with a terminating NUL; NULL when out of memory. */
char *msched__arena_copy(msched__arena *arena, const char *data, size_t size);
/* Free all blocks; the arena can be used again. */
void msched__arena_reset(msched__arena *arena);
/* The same, but the memory of the last chunk stays for the next blocks. */
void msched__arena_reuse(msched__arena *arena);

#endif
