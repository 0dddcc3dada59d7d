#include "catalog/read/feature_words.h"

#define DAY_MS 86400000

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define AVX2   __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

AVX2 INLINE __m256i load(const uint64_t *words)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)words);
}

INLINE __m128i load_4(const uint32_t *numbers)
{
    return _mm_loadu_si128((const __m128i *)(const void *)numbers);
}

/*
 * Remove the point: the digits before it move over it. *before receives the number of characters
 * before the point, 8 without a point.
 */
AVX2 INLINE __m256i without_point(__m256i digits, __m256i *before)
{
    const __m256i zero = _mm256_setzero_si256(), ones = _mm256_set1_epi8(1);
    const __m256i points = _mm256_cmpeq_epi8(digits, _mm256_set1_epi8('.' ^ '0'));
    const __m256i none = _mm256_cmpeq_epi64(points, zero);
    const __m256i lowest = _mm256_and_si256(points, _mm256_sub_epi64(zero, points));
    const __m256i mask = _mm256_sub_epi64(lowest, _mm256_set1_epi64x(1));
    *before = _mm256_sad_epu8(_mm256_and_si256(mask, ones), zero);
    const __m256i through = _mm256_or_si256(_mm256_slli_epi64(mask, 8), _mm256_set1_epi64x(0xFF));
    const __m256i moved = _mm256_or_si256(_mm256_andnot_si256(through, digits),
                                          _mm256_slli_epi64(_mm256_and_si256(digits, mask), 8));
    return _mm256_blendv_epi8(moved, digits, none);
}

/*
 * 10 to the power of the number of digits behind the point, by the number of characters before it.
 * The low halves of these doubles are 0. A permutation of the high ones takes much less time than
 * a gather, which processors that are protected against gather data sampling make slow.
 */
AVX2 INLINE __m256d ten_to(__m256i before)
{
    /* high halves of 1e7, 1e6 ... 1 */
    const __m256i tens = _mm256_setr_epi32(0x416312D0, 0x412E8480, 0x40F86A00, 0x40C38800,
                                           0x408F4000, 0x40590000, 0x40240000, 0x3FF00000);
    const __m256i none = _mm256_cmpeq_epi64(before, _mm256_set1_epi64x(8)); /* as 7 */
    const __m256i high = _mm256_slli_epi64(_mm256_add_epi64(before, none), 32);
    return _mm256_castsi256_pd(_mm256_and_si256(_mm256_permutevar8x32_epi32(tens, high),
                                                _mm256_set1_epi64x(-(INT64_C(1) << 32))));
}

/* Eight digits of each word as a number. */
AVX2 INLINE __m256d numbers_of(__m256i digits)
{
    const __m256i pairs = _mm256_maddubs_epi16(digits, _mm256_set1_epi16(0x010A));
    const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
    const __m256i numbers = _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)),
                                             _mm256_srli_epi64(fours, 32));
    /* exact, as numbers are below 2^52 */
    const __m256d shift = _mm256_set1_pd(4503599627370496.0);
    return _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(numbers, _mm256_castpd_si256(shift))),
                         shift);
}

/* The eight bytes that end with a cell, the last one highest. */
INLINE __m128i word_of(const char *bytes, uint32_t end)
{
    return _mm_loadl_epi64((const __m128i *)(const void *)(bytes + end - 8));
}

/* Read the four cells from `first` on; bits of those that were read. */
AVX2 INLINE uint32_t read_4(const char *bytes, const uint32_t *before_cells, const uint32_t *ends,
                            const msched__feature_limits *limits, uint32_t first, __m256d *values)
{
    const __m256i eight = _mm256_set1_epi64x(8), nine = _mm256_set1_epi8(9),
                  word = _mm256_set_m128i(_mm_unpacklo_epi64(word_of(bytes, ends[first + 2]),
                                                             word_of(bytes, ends[first + 3])),
                                          _mm_unpacklo_epi64(word_of(bytes, ends[first]),
                                                             word_of(bytes, ends[first + 1])));
    /* -1 less what lies before is its complement */
    const __m128i from = load_4(before_cells + first), end = load_4(ends + first),
                  sizes = _mm_add_epi32(end, _mm_xor_si128(from, _mm_set1_epi32(-1)));
    const __m256i size = _mm256_cvtepu32_epi64(sizes);
    __m256i unused = _mm256_slli_epi64(_mm256_sub_epi64(eight, size), 3);
    const __m256i start = _mm256_and_si256(_mm256_srlv_epi64(word, unused),
                                           _mm256_set1_epi64x(0xFF));
    const __m256i negative = _mm256_cmpeq_epi64(start, _mm256_set1_epi64x('-'));
    unused = _mm256_add_epi64(unused, _mm256_and_si256(negative, eight));
    __m256i digits = _mm256_xor_si256(word, _mm256_set1_epi8('0')), before;
    digits = _mm256_sllv_epi64(_mm256_srlv_epi64(digits, unused), unused);
    digits = without_point(digits, &before);
    const __m256i are_digits = _mm256_cmpeq_epi64(_mm256_max_epu8(digits, nine), nine);
    /* characters besides the sign and the point */
    const __m256i count = _mm256_add_epi64(_mm256_add_epi64(size, negative),
                                           _mm256_cmpgt_epi64(eight, before));
    const __m256i has_digits = _mm256_andnot_si256(
        _mm256_cmpgt_epi64(size, eight), _mm256_cmpgt_epi64(count, _mm256_setzero_si256()));
    __m256d value = _mm256_div_pd(numbers_of(digits), ten_to(before));
    value = _mm256_or_pd(value, _mm256_castsi256_pd(_mm256_slli_epi64(negative, 63)));
    *values = value;
    const __m256d whole = _mm256_or_pd(
        _mm256_castsi256_pd(load(limits->fraction + first)),
        _mm256_cmp_pd(value, _mm256_round_pd(value, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC),
                      _CMP_EQ_OQ));
    const __m256d in_range =
        _mm256_and_pd(_mm256_cmp_pd(value, _mm256_loadu_pd(limits->least + first), _CMP_GE_OQ),
                      _mm256_cmp_pd(value, _mm256_loadu_pd(limits->most + first), _CMP_LE_OQ));
    const __m256d known = _mm256_cmp_pd(value, _mm256_set1_pd(-1), _CMP_NEQ_OQ);
    const __m256d read = _mm256_and_pd(
        _mm256_and_pd(whole, in_range),
        _mm256_and_pd(known, _mm256_castsi256_pd(_mm256_and_si256(are_digits, has_digits))));
    return (uint32_t)_mm256_movemask_pd(read) << first;
}

AVX2 static uint32_t read_words(const char *bytes, const uint32_t before[MSCHED__WORDS],
                                const uint32_t ends[MSCHED__WORDS],
                                const msched__feature_limits *limits,
                                double values[MSCHED__FEATURES], double *duration)
{
    _Static_assert(MSCHED__WORDS == 12 && MSCHED__FEATURES == 11, "three groups, and the length");
    __m256d group;
    uint32_t found = 0, first = 0;
    for (; first < 8; first += 4) {
        found |= read_4(bytes, before, ends, limits, first, &group);
        _mm256_storeu_pd(values + first, group);
    }
    found |= read_4(bytes, before, ends, limits, first, &group);
    _mm_storeu_pd(values + first, _mm256_castpd256_pd128(group));
    _mm_storel_pd(values + first + 2, _mm256_extractf128_pd(group, 1));
    _mm_storeh_pd(duration, _mm256_extractf128_pd(group, 1));
    return found;
}
#endif

msched__feature_words_fn *msched__feature_words_reader(void)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2"))
        return read_words;
#endif
    return NULL;
}

void msched__feature_limits_init(msched__feature_limits *limits,
                                 const uint8_t is_plain[MSCHED__WORDS])
{
    for (uint32_t f = 0; f < MSCHED__WORDS; f++) {
        const msched__range range = f < MSCHED__FEATURES
                                        ? msched__feature_ranges[f]
                                        : (msched__range){MSCHED__LEAST_WORD_MS, DAY_MS};
        limits->least[f] = is_plain[f] ? range.min : 1; /* none, as 1 > 0 */
        limits->most[f] = is_plain[f] ? range.max : 0;
        limits->fraction[f] = f == MSCHED_FEATURE_KEY || f == MSCHED_FEATURE_MODE ? 0 : UINT64_MAX;
    }
}
