/*
 * tests/counting.h: an allocator that counts the bytes that are held. One program includes it in
 * one file.
 */
#ifndef MSCHED_COUNTING_H
#define MSCHED_COUNTING_H

#include <stddef.h>
#include <stdlib.h>

#include <musicsched/base.h>

/* Bytes held now and at most, counted by an allocator that keeps each block's size before it. */
static size_t held, most_held;

typedef union head {
    size_t size;
    max_align_t align;
} head;

static inline void *counted_reallocate(void *ctx, void *block, size_t size)
{
    (void)ctx;
    head *old = block == NULL ? NULL : (head *)block - 1;
    size_t was = old == NULL ? 0 : old->size;
    head *made = realloc(old, sizeof *made + size);
    if (made == NULL)
        return NULL;
    made->size = size;
    held += size - was;
    most_held = held > most_held ? held : most_held;
    return made + 1;
}

static inline void *counted_allocate(void *ctx, size_t size)
{
    return counted_reallocate(ctx, NULL, size);
}

static inline void counted_release(void *ctx, void *block)
{
    (void)ctx;
    if (block == NULL)
        return;
    held -= ((head *)block - 1)->size;
    free((head *)block - 1);
}

static const msched_allocator counting_allocator = {NULL, counted_allocate, counted_reallocate,
                                                    counted_release};

#endif
