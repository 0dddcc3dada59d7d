#include "arena.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES (128 * 1024)
#define ALIGNMENT   16

typedef struct arena_extra {
    struct arena_extra *next, *previous;
} arena_extra;

/* Before each piece: its size, as aligned as the piece. */
typedef union piece_head {
    size_t size;
    char aligned[ALIGNMENT];
} piece_head;

typedef union extra_head {
    arena_extra link;
    char aligned[2 * ALIGNMENT];
} extra_head;

static int in_block(const arena *a, const void *piece)
{
    const char *p = piece;
    return a->block != NULL && p >= a->block && p < a->block + BLOCK_BYTES;
}

static size_t size_of(const void *piece)
{
    return ((const piece_head *)piece - 1)->size;
}

static void *allocate_extra(arena *a, size_t size)
{
    extra_head *head = size > SIZE_MAX - sizeof *head - sizeof(piece_head)
                           ? NULL
                           : malloc(sizeof *head + sizeof(piece_head) + size);
    if (head == NULL)
        return NULL;
    head->link = (arena_extra){a->extra, NULL};
    if (a->extra != NULL)
        a->extra->previous = &head->link;
    a->extra = &head->link;
    piece_head *piece = (piece_head *)(head + 1);
    piece->size = size;
    return piece + 1;
}

static void *allocate(void *ctx, size_t size)
{
    arena *a = ctx;
    if (a->block == NULL && (a->block = malloc(BLOCK_BYTES)) == NULL)
        return NULL;
    if (size > BLOCK_BYTES / 4 || size + sizeof(piece_head) + ALIGNMENT > BLOCK_BYTES - a->used)
        return allocate_extra(a, size);
    piece_head *head = (piece_head *)(void *)(a->block + a->used);
    head->size = size;
    a->used += sizeof *head + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    a->last = head + 1;
    return a->last;
}

static void release(void *ctx, void *piece)
{
    arena *a = ctx;
    if (piece == NULL)
        return;
    if (in_block(a, piece)) {
        if (piece == a->last) {
            a->used = (size_t)((char *)piece - a->block) - sizeof(piece_head);
            a->last = NULL;
        }
        return;
    }
    extra_head *head = (extra_head *)((piece_head *)piece - 1) - 1;
    if (head->link.next != NULL)
        head->link.next->previous = head->link.previous;
    if (head->link.previous != NULL)
        head->link.previous->next = head->link.next;
    else
        a->extra = head->link.next;
    free(head);
}

static void *reallocate(void *ctx, void *piece, size_t size)
{
    arena *a = ctx;
    if (piece == NULL)
        return allocate(ctx, size);
    size_t old = size_of(piece);
    if (size <= old)
        return piece;
    if (piece == a->last && in_block(a, piece)) {
        size_t from = (size_t)((char *)piece - a->block);
        if (size <= BLOCK_BYTES - ALIGNMENT - from) {
            a->used = from + (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            ((piece_head *)piece - 1)->size = size;
            return piece;
        }
    }
    void *moved = allocate(ctx, size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, piece, old);
    release(ctx, piece);
    return moved;
}

msched_allocator arena_allocator(arena *a)
{
    return (msched_allocator){
        .ctx = a, .allocate = allocate, .reallocate = reallocate, .release = release};
}

void arena_reset(arena *a)
{
    while (a->extra != NULL) {
        arena_extra *next = a->extra->next;
        free(a->extra);
        a->extra = next;
    }
    a->used = 0;
    a->last = NULL;
}

void arena_free(arena *a)
{
    arena_reset(a);
    free(a->block);
    a->block = NULL;
}
