/* base/slice.h: bytes that belong to someone else, not ended by a NUL. */
#ifndef MSCHED_BASE_SLICE_H
#define MSCHED_BASE_SLICE_H

#include <stddef.h>

typedef struct msched__slice {
    const char *data;
    size_t size;
} msched__slice;

#endif
