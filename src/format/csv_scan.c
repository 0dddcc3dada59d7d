#include "format/csv_scan.h"

#include "format/byte_block.h"

#define MOST_BYTES ((size_t)UINT32_MAX - 64) /* of a row */

/* Sets with one bit for each of 64 bytes. */
typedef struct block_bits {
    uint64_t delimiters, newlines;
    uint64_t specials; /* quotes and CRs */
    uint64_t others;   /* NUL, and bytes that are not ASCII */
} block_bits;

typedef block_bits find_fn(const char *block, char delimiter);
/*
 * Store where the fields end that end in a block, at its delimiters; the block begins `from` bytes
 * behind the row. `ends` has room for 64. Returns how many.
 */
typedef size_t add_fn(uint32_t *ends, uint32_t from, uint64_t delimiters);

/*
 * Scan the row that begins at `at` with `find` and `add`, which the compiler inlines. Bytes after
 * the first newline belong to later rows.
 */
MSCHED__INLINE int scan(const char *at, const char *end, char delimiter, uint32_t *ends,
                        size_t capacity, msched__csv_scanned *row, find_fn *find, add_fn *add)
{
    const size_t size = (size_t)(end - at) < MOST_BYTES ? (size_t)(end - at) : MOST_BYTES;
    const char *special = NULL;
    uint64_t others = 0;
    size_t count = 0;
    for (size_t from = 0; from + 64 <= size && capacity - count > 64; from += 64) {
        const char *block = at + from;
        const block_bits bits = find(block, delimiter);
        if ((bits.newlines | bits.specials) == 0 && special == NULL) { /* as most are */
            others |= bits.others;
            count += add(ends + count, (uint32_t)from, bits.delimiters);
            continue;
        }
        const uint64_t ours = (bits.newlines - 1) & ~bits.newlines; /* all, if there is none */
        const uint64_t specials = bits.specials & ours;
        if (special == NULL && specials != 0)
            special = block + msched__block_first(specials);
        others |= bits.others & ours;
        count += add(ends + count, (uint32_t)from, bits.delimiters & ours);
        if (bits.newlines != 0) {
            const char *newline = block + msched__block_first(bits.newlines), *stop = newline;
            if (special != NULL && (special + 1 != newline || *special == '"'))
                return 0;
            stop -= special != NULL;
            ends[count++] = (uint32_t)(stop - at);
            *row = (msched__csv_scanned){(size_t)(newline + 1 - at), (size_t)(stop - at), count,
                                         others == 0};
            return 1;
        }
        if (special != NULL && special < block + 63)
            return 0;
    }
    return 0;
}

MSCHED__INLINE size_t add_1(uint32_t *ends, uint32_t from, uint64_t delimiters)
{
    uint32_t *next = ends;
    for (uint64_t left = delimiters; left != 0; left &= left - 1)
        *next++ = from + (uint32_t)msched__block_first(left);
    return (size_t)(next - ends);
}

MSCHED__INLINE block_bits find_1(const char *block, char delimiter)
{
    block_bits bits = {
        msched__block_find_portable(block, delimiter), msched__block_find_portable(block, '\n'),
        msched__block_find_portable(block, '"') | msched__block_find_portable(block, '\r'),
        msched__block_find_portable(block, '\0')};
    for (int i = 0; i < 64; i++)
        bits.others |= (uint64_t)((unsigned char)block[i] >> 7) << i;
    return bits;
}

static int scan_1(const char *at, const char *end, char delimiter, uint32_t *ends, size_t capacity,
                  msched__csv_scanned *row)
{
    return scan(at, end, delimiter, ends, capacity, row, find_1, add_1);
}

#ifdef __SSE2__
static inline uint64_t mask_of(__m128i bytes)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

MSCHED__INLINE block_bits find_16(const char *block, char delimiter)
{
    block_bits bits = {0, 0, 0, 0};
    const __m128i delimiters = _mm_set1_epi8(delimiter), newlines = _mm_set1_epi8('\n'),
                  quotes = _mm_set1_epi8('"'), returns = _mm_set1_epi8('\r');
    for (int i = 0; i < 4; i++) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i));
        bits.delimiters |= mask_of(_mm_cmpeq_epi8(bytes, delimiters)) << 16 * i;
        bits.newlines |= mask_of(_mm_cmpeq_epi8(bytes, newlines)) << 16 * i;
        bits.specials |=
            mask_of(_mm_or_si128(_mm_cmpeq_epi8(bytes, quotes), _mm_cmpeq_epi8(bytes, returns)))
            << 16 * i;
        bits.others |= mask_of(_mm_or_si128(bytes, _mm_cmpeq_epi8(bytes, _mm_setzero_si128())))
                       << 16 * i;
    }
    return bits;
}

static int scan_16(const char *at, const char *end, char delimiter, uint32_t *ends, size_t capacity,
                   msched__csv_scanned *row)
{
    return scan(at, end, delimiter, ends, capacity, row, find_16, add_1);
}
#endif

#ifdef MSCHED__AVX2
MSCHED__AVX2 MSCHED__INLINE block_bits find_32(const char *block, char delimiter)
{
    const __m256i low = msched__block_half(block, 0), high = msched__block_half(block, 32),
                  zero = _mm256_setzero_si256(), quotes = _mm256_set1_epi8('"'),
                  returns = _mm256_set1_epi8('\r');
    return (block_bits){
        msched__block_equal(low, high, delimiter), msched__block_equal(low, high, '\n'),
        msched__block_mask(
            _mm256_or_si256(_mm256_cmpeq_epi8(low, quotes), _mm256_cmpeq_epi8(low, returns)),
            _mm256_or_si256(_mm256_cmpeq_epi8(high, quotes), _mm256_cmpeq_epi8(high, returns))),
        msched__block_mask(_mm256_or_si256(low, _mm256_cmpeq_epi8(low, zero)),
                           _mm256_or_si256(high, _mm256_cmpeq_epi8(high, zero)))};
}

MSCHED__AVX2 static int scan_32(const char *at, const char *end, char delimiter, uint32_t *ends,
                                size_t capacity, msched__csv_scanned *row)
{
    return scan(at, end, delimiter, ends, capacity, row, find_32, add_1);
}

MSCHED__AVX512 MSCHED__INLINE block_bits find_64(const char *block, char delimiter)
{
    const __m512i bytes = _mm512_loadu_si512((const void *)block);
    return (block_bits){_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(delimiter)),
                        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
                        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
                            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r')),
                        _mm512_movepi8_mask(bytes) | _mm512_testn_epi8_mask(bytes, bytes)};
}

/* Stores sixteen ends at a time. Later ones overwrite those beyond the number returned. */
MSCHED__AVX512 MSCHED__INLINE size_t add_16(uint32_t *ends, uint32_t from, uint64_t delimiters)
{
    static const uint8_t numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i first = _mm512_set1_epi32((int)from);
    __m512i places = _mm512_maskz_compress_epi8(delimiters, _mm512_loadu_si512(numbers));
    const size_t count = (size_t)__builtin_popcountll(delimiters);
    for (size_t i = 0; i < count; i += 16) {
        _mm512_storeu_si512(
            &ends[i],
            _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(places)), first));
        places = _mm512_alignr_epi32(_mm512_setzero_si512(), places, 4);
    }
    return count;
}

MSCHED__AVX512 static int scan_64(const char *at, const char *end, char delimiter, uint32_t *ends,
                                  size_t capacity, msched__csv_scanned *row)
{
    return scan(at, end, delimiter, ends, capacity, row, find_64, add_16);
}
#endif

size_t msched__csv_scanners(msched__csv_scan_fn *all[MSCHED__CSV_SCANNERS])
{
    size_t count = 0;
    all[count++] = scan_1;
#ifdef __SSE2__
    all[count++] = scan_16;
#endif
#ifdef MSCHED__AVX2
    if (msched__block_has_avx2())
        all[count++] = scan_32;
    if (msched__block_has_avx512())
        all[count++] = scan_64;
#endif
    return count;
}

msched__csv_scan_fn *msched__csv_scanner(void)
{
    msched__csv_scan_fn *all[MSCHED__CSV_SCANNERS];
    return all[msched__csv_scanners(all) - 1];
}
