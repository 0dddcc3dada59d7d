/* format/byte_block.h: where a byte occurs in 64 bytes, as a set of bits. */
#ifndef MSCHED_FORMAT_BYTE_BLOCK_H
#define MSCHED_FORMAT_BYTE_BLOCK_H

#include <stddef.h>
#include <stdint.h>
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__ILP32__)
#include <immintrin.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

#ifdef __GNUC__
#define MSCHED__INLINE static inline __attribute__((always_inline))
#else
#define MSCHED__INLINE static inline
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

/* For functions that run only if the processor has AVX2: both halves of a block in registers. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__ILP32__)
#define MSCHED__AVX2 __attribute__((target("avx2,bmi,popcnt")))

static inline int msched__block_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}

/* The same with a block in one register. */
#define MSCHED__AVX512 __attribute__((target("avx512bw,avx512vbmi2,bmi,lzcnt,popcnt")))

static inline int msched__block_has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("bmi");
}

MSCHED__AVX2 MSCHED__INLINE __m256i msched__block_half(const char *block, size_t at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)(block + at));
}

MSCHED__AVX2 MSCHED__INLINE uint64_t msched__block_mask(__m256i low, __m256i high)
{
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 |
           (uint32_t)_mm256_movemask_epi8(low);
}

MSCHED__AVX2 MSCHED__INLINE uint64_t msched__block_equal(__m256i low, __m256i high, char byte)
{
    const __m256i all = _mm256_set1_epi8(byte);
    return msched__block_mask(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
}
#endif

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
