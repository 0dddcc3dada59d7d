#include "base/arena.h"

#include "base/alloc.h"
#include "base/sanitizers.h"

#include <stdalign.h>
#include <string.h>

/*
 * With AddressSanitizer, only the blocks of a chunk are accessible, with inaccessible bytes between
 * them, so that it detects an access past the end of a block.
 */
#ifdef MSCHED__ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#define BYTES_BETWEEN alignof(max_align_t)
#else
#define BYTES_BETWEEN                      0
#define ASAN_POISON_MEMORY_REGION(at, n)   ((void)(at), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(at, n) ((void)(at), (void)(n))
#endif

struct msched__arena_chunk {
    struct msched__arena_chunk *next;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

void msched__arena_init(msched__arena *arena, const msched_allocator *allocator, size_t first_bytes)
{
    arena->allocator = *allocator;
    arena->chunks = NULL;
    arena->next_bytes = first_bytes == 0 ? 4096 : first_bytes;
    arena->held_bytes = 0;
}

static int add_chunk(msched__arena *arena, size_t need)
{
    size_t capacity = arena->next_bytes < need ? need : arena->next_bytes;
    if (capacity > SIZE_MAX - sizeof(struct msched__arena_chunk))
        return 0;
    struct msched__arena_chunk *chunk =
        msched__alloc_array(&arena->allocator, 1, sizeof(struct msched__arena_chunk) + capacity);
    if (chunk == NULL)
        return 0;
    chunk->next = arena->chunks;
    chunk->capacity = capacity;
    chunk->used = 0;
    ASAN_POISON_MEMORY_REGION(chunk->bytes, capacity);
    arena->chunks = chunk;
    arena->held_bytes += sizeof *chunk + capacity;
    if (arena->next_bytes < (size_t)1 << 20)
        arena->next_bytes *= 2;
    return 1;
}

void *msched__arena_alloc(msched__arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size != 0 && count > (SIZE_MAX - align - BYTES_BETWEEN) / size)
        return NULL;
    size_t bytes = (count * size + align - 1) / align * align + BYTES_BETWEEN;
    struct msched__arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->capacity - chunk->used < bytes) {
        if (!add_chunk(arena, bytes))
            return NULL;
        chunk = arena->chunks;
    }
    void *block = chunk->bytes + chunk->used;
    chunk->used += bytes;
    ASAN_UNPOISON_MEMORY_REGION(block, count * size);
    return block;
}

char *msched__arena_copy(msched__arena *arena, const char *data, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = msched__arena_alloc(arena, size + 1, 1);
    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

static void free_chunks(msched__arena *arena, struct msched__arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct msched__arena_chunk *next = chunk->next;
        ASAN_UNPOISON_MEMORY_REGION(chunk->bytes, chunk->capacity);
        msched__free(&arena->allocator, chunk);
        chunk = next;
    }
}

void msched__arena_reset(msched__arena *arena)
{
    free_chunks(arena, arena->chunks);
    arena->chunks = NULL;
    arena->held_bytes = 0;
}

void msched__arena_reuse(msched__arena *arena)
{
    struct msched__arena_chunk *last = arena->chunks;
    if (last == NULL)
        return;
    free_chunks(arena, last->next);
    last->next = NULL;
    last->used = 0;
    ASAN_POISON_MEMORY_REGION(last->bytes, last->capacity);
    arena->held_bytes = sizeof *last + last->capacity;
}
