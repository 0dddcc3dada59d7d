#include "algo/bits.h"

#include <string.h>

uint64_t *msched__bits_alloc(msched__arena *arena, uint32_t count)
{
    size_t words = count / 64 + 1;
    uint64_t *bits = msched__arena_alloc(arena, words, sizeof *bits);
    if (bits != NULL)
        memset(bits, 0, words * sizeof *bits);
    return bits;
}
