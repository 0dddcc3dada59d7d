/*
 * tests/arrow/wrap_malloc.h: exports to Arrow take their memory from malloc, so here malloc itself
 * fails at its Nth call (linked with --wrap). Only calls from the library and the test itself are
 * seen.
 */
#ifndef MSCHED_WRAP_MALLOC_H
#define MSCHED_WRAP_MALLOC_H

#include <stddef.h>

typedef struct wrapped_memory {
    long fail_at; /* 0: never */
    long count;   /* allocations asked for */
    long live;    /* blocks not released */
} wrapped_memory;

extern wrapped_memory wrapped;

#endif
