/*
 * tests/failing.h: an allocator that fails at its Nth allocation and counts what is not yet
 * released.
 *
 *     for (long n = 1;; n++) {
 *         failing memory = {.fail_at = n};
 *         msched_allocator allocator = failing_allocator(&memory);
 *         ... the call must succeed, or fail with MSCHED_ERROR_MEMORY; drop what it made ...
 *         assert_int_equal(memory.live, 0);
 *         if (memory.count < n)
 *             break;   // it needed fewer allocations: every one has failed once
 *     }
 */
#ifndef MSCHED_FAILING_H
#define MSCHED_FAILING_H

#include <stdlib.h>

#include <musicsched/base.h>

typedef struct failing {
    long fail_at; /* 0: never */
    long count;   /* allocations asked for */
    long live;    /* blocks not released */
} failing;

static inline void *failing_reallocate(void *ctx, void *block, size_t size)
{
    failing *memory = ctx;
    if (++memory->count == memory->fail_at)
        return NULL;
    void *made = realloc(block, size);
    memory->live += block == NULL && made != NULL;
    return made;
}

static inline void *failing_allocate(void *ctx, size_t size)
{
    return failing_reallocate(ctx, NULL, size);
}

static inline void failing_release(void *ctx, void *block)
{
    ((failing *)ctx)->live -= block != NULL;
    free(block);
}

static inline msched_allocator failing_allocator(failing *memory)
{
    return (msched_allocator){memory, failing_allocate, failing_reallocate, failing_release};
}

#endif
