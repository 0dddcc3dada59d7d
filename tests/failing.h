/*
 * tests/failing.h: an allocator that fails at its Nth allocation and counts what is not yet
 * released.
 *
 *     for (failing memory = {0}; fail_next(&memory);) {
 *         msched_allocator allocator = failing_allocator(&memory);
 *         ... the call must succeed, or fail with MSCHED_ERROR_MEMORY; drop what it made ...
 *     }
 */
#ifndef MSCHED_FAILING_H
#define MSCHED_FAILING_H

#include "testing.h"

#include <stdlib.h>

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

/* Begins the next round. 0: the last one needed fewer allocations, so each has failed once. */
static inline int fail_next(failing *memory)
{
    assert_int_equal(memory->live, 0);
    if (memory->count < memory->fail_at)
        return 0;
    *memory = (failing){.fail_at = memory->fail_at + 1};
    return 1;
}

#endif
