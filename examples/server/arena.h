/*
 * arena.h: memory for one request. Plans and schedules live as long as their request, so what the
 * library asks for is cut from a block that the worker keeps, and all of it is given back at once:
 * no lock, nothing that can leak.
 */
#ifndef SERVER_ARENA_H
#define SERVER_ARENA_H

#include <musicsched/base.h>

typedef struct arena {
    char *block; /* kept from request to request */
    size_t used;
    void *last;                /* the newest piece, which can grow in place */
    struct arena_extra *extra; /* pieces that did not fit */
} arena;

/* An allocator over `a`, for objects of one thread that are all dropped before arena_reset. */
msched_allocator arena_allocator(arena *a);
/* Give everything back. */
void arena_reset(arena *a);
void arena_free(arena *a);

#endif
