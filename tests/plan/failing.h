/* tests/plan/failing.h: an allocator that fails at the Nth request, and counts what is still held. */
#ifndef MSCHED_TESTS_FAILING_H
#define MSCHED_TESTS_FAILING_H

#include <stdlib.h>

#include <musicsched/base.h>

typedef struct failing {
    long left; /* requests that succeed; negative: all do */
    long held;
} failing;

static void *failing_allocate(void *ctx, size_t size)
{
    failing *f = ctx;
    if (f->left == 0)
        return NULL;
    f->left -= f->left > 0;
    f->held++;
    return malloc(size);
}

static void *failing_reallocate(void *ctx, void *block, size_t size)
{
    failing *f = ctx;
    if (f->left == 0)
        return NULL;
    f->left -= f->left > 0;
    f->held += block == NULL;
    return realloc(block, size);
}

static void failing_release(void *ctx, void *block)
{
    failing *f = ctx;
    f->held -= block != NULL;
    free(block);
}

static inline msched_allocator failing_allocator(failing *f)
{
    return (msched_allocator){f, failing_allocate, failing_reallocate, failing_release};
}

#endif
