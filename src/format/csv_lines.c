#include "format/csv_lines.h"

#include "format/byte_block.h"

#include <string.h>

/* Sets with one bit for each of 64 bytes. */
typedef struct line_bits {
    uint64_t quotes, newlines, returns;
} line_bits;

typedef line_bits find_fn(const char *block);

MSCHED__INLINE int count_of(uint64_t bits)
{
#ifdef __GNUC__
    return __builtin_popcountll(bits);
#else
    int count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
#endif
}

MSCHED__INLINE uint64_t highest_of(uint64_t bits)
{
#ifdef __GNUC__
    return UINT64_C(1) << (63 - __builtin_clzll(bits));
#else
    while ((bits & (bits - 1)) != 0)
        bits &= bits - 1;
    return bits;
#endif
}

/* Bit i: the number of bits 0 to i that are set is odd. */
MSCHED__INLINE uint64_t odd_until(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

MSCHED__INLINE uint64_t below_first(uint64_t bits)
{
    return (bits - 1) & ~bits;
}

/* The newlines of a block that end lines to be found, and whether the search ends in it. */
MSCHED__INLINE uint64_t good_newlines(const line_bits *bits, char next, uint64_t *odd, int *ends)
{
    const uint64_t after = bits->newlines >> 1 | (uint64_t)(next == '\n') << 63;
    const uint64_t quoted = odd_until(bits->quotes) ^ *odd;
    const uint64_t stops = (bits->returns & ~after) | (bits->newlines & quoted);
    *odd = 0 - (quoted >> 63);
    *ends = stops != 0;
    return stops == 0 ? bits->newlines : bits->newlines & below_first(stops);
}

/* `find` is inlined. */
MSCHED__INLINE msched__csv_found find_lines(msched__slice text, size_t most, find_fn *find)
{
    msched__csv_found found = {0, 0};
    uint64_t odd = 0; /* all bits: the line so far has an odd number of quotes */
    int ends = 0;
    for (size_t at = 0; at < text.size && !ends; at += 64) {
        const char *block = text.data + at;
        char rest[65];
        if (text.size - at <= 64) {
            memset(rest, 0, sizeof rest);
            memcpy(rest, block, text.size - at);
            block = rest;
        }
        const line_bits bits = find(block);
        uint64_t newlines = bits.newlines;
        if ((bits.quotes | bits.returns | odd) != 0)
            newlines = good_newlines(&bits, block[64], &odd, &ends);
        if (newlines == 0)
            continue;
        found.count += (size_t)count_of(newlines);
        for (; found.count > most; found.count--)
            newlines &= ~highest_of(newlines);
        found.bytes = at + 64 - (size_t)(63 - msched__block_first(highest_of(newlines)));
        ends |= found.count == most;
    }
    return found;
}

MSCHED__INLINE line_bits find_16(const char *block)
{
    return (line_bits){msched__block_find(block, '"'), msched__block_find(block, '\n'),
                       msched__block_find(block, '\r')};
}

static msched__csv_found find_lines_16(msched__slice text, size_t most)
{
    return find_lines(text, most, find_16);
}

#ifdef MSCHED__AVX2
MSCHED__AVX2 MSCHED__INLINE line_bits find_32(const char *block)
{
    const __m256i low = msched__block_half(block, 0), high = msched__block_half(block, 32);
    return (line_bits){msched__block_equal(low, high, '"'), msched__block_equal(low, high, '\n'),
                       msched__block_equal(low, high, '\r')};
}

MSCHED__AVX2 static msched__csv_found find_lines_32(msched__slice text, size_t most)
{
    return find_lines(text, most, find_32);
}

MSCHED__AVX512 MSCHED__INLINE line_bits find_64(const char *block)
{
    const __m512i bytes = _mm512_loadu_si512((const void *)block);
    return (line_bits){_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
                       _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
                       _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r'))};
}

MSCHED__AVX512 static msched__csv_found find_lines_64(msched__slice text, size_t most)
{
    return find_lines(text, most, find_64);
}
#endif

size_t msched__csv_finders(msched__csv_find_fn *all[MSCHED__CSV_FINDERS])
{
    size_t count = 0;
    all[count++] = find_lines_16;
#ifdef MSCHED__AVX2
    if (msched__block_has_avx2())
        all[count++] = find_lines_32;
    if (msched__block_has_avx512())
        all[count++] = find_lines_64;
#endif
    return count;
}

msched__csv_found msched__csv_find_lines(msched__slice text, size_t most)
{
    msched__csv_find_fn *all[MSCHED__CSV_FINDERS];
    return all[msched__csv_finders(all) - 1](text, most);
}
