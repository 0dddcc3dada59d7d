/* base/slice.h: bytes that belong to someone else, not ended by a NUL. */
#ifndef MSCHED_BASE_SLICE_H
#define MSCHED_BASE_SLICE_H

#include <stddef.h>

typedef struct msched__slice {
    const char *data;
    size_t size;
} msched__slice;

/* Without spaces and tabs at both ends. */
static inline msched__slice msched__trim(msched__slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text;
}

#endif
