/* format/byte_block.h: where a byte occurs in 64 bytes, as a set of bits. */
#ifndef MSCHED_FORMAT_BYTE_BLOCK_H
#define MSCHED_FORMAT_BYTE_BLOCK_H

#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bit i is set where byte i of 64 is `byte`. It works on every processor. */
static inline uint64_t msched__block_find_portable(const char *block, char byte)
{
    uint64_t found = 0;
    for (int i = 0; i < 64; i++)
        found |= (uint64_t)(block[i] == byte) << i;
    return found;
}

/* The same, as fast as the build allows. */
static inline uint64_t msched__block_find(const char *block, char byte)
{
#ifdef __SSE2__
    const __m128i pattern = _mm_set1_epi8(byte);
    uint64_t found = 0;
    for (int i = 0; i < 4; i++) {
        const __m128i equal = _mm_cmpeq_epi8(
            _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i)), pattern);
        found |= (uint64_t)(unsigned)_mm_movemask_epi8(equal) << 16 * i;
    }
    return found;
#else
    return msched__block_find_portable(block, byte);
#endif
}

/* Number of the lowest bit of a set that is not empty. */
static inline int msched__block_first(uint64_t bits)
{
#ifdef __GNUC__
    return __builtin_ctzll(bits);
#else
    int bit = 0;
    for (; (bits & 1) == 0; bits >>= 1)
        bit++;
    return bit;
#endif
}

#endif
