#include "base/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/*
 * Length of the valid sequence at p (available bytes `left`), or 0. Table 3-7 of the Unicode
 * Standard.
 */
static size_t sequence(const unsigned char *p, size_t left)
{
    unsigned char a = p[0];
    if (a < 0x80)
        return a != 0;
    size_t length = a >= 0xF0 ? 4 : a >= 0xE0 ? 3 : 2;
    if (a < 0xC2 || a > 0xF4 || left < length)
        return 0;
    unsigned char low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80;
    unsigned char high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* The high bit of each byte is set if the byte is 0x01..0x7F. */
static uint64_t plain_bytes(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return ~word & ((word & ~HIGH_BITS) + ~HIGH_BITS);
}

/* 1 if the eight bytes are all 0x01..0x7F. */
static int plain_eight(const unsigned char *p)
{
    return (plain_bytes(p) & HIGH_BITS) == HIGH_BITS;
}

/* Check from `at` on, eight bytes at a time where they are plain. */
static size_t check_rest(const unsigned char *bytes, size_t size, size_t at)
{
    while (at < size) {
        while (size - at >= 8 && plain_eight(bytes + at))
            at += 8;
        if (at == size || (size - at < 8 && size >= 8 && plain_eight(bytes + size - 8)))
            break; /* the last eight bytes may overlap the ones before */
        size_t length = sequence(bytes + at, size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return size;
}

#if defined(__SSE2__) && defined(__GNUC__)
/* A bit for each of 32 bytes that is not 0x01..0x7F. */
static uint32_t others_of(const unsigned char *p)
{
    const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)p),
                  b = _mm_loadu_si128((const __m128i *)(const void *)(p + 16)),
                  zero = _mm_setzero_si128();
    return (uint32_t)_mm_movemask_epi8(_mm_or_si128(a, _mm_cmpeq_epi8(a, zero))) |
           (uint32_t)_mm_movemask_epi8(_mm_or_si128(b, _mm_cmpeq_epi8(b, zero))) << 16;
}

size_t msched__utf8_check(const char *data, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)data;
    size_t at = 0;
    if (size < 32)
        return check_rest(bytes, size, 0);
    while (at < size) {
        /* the last 32 bytes may overlap bytes that were checked */
        const size_t from = size - at >= 32 ? at : size - 32;
        const uint32_t others = others_of(bytes + from) >> (at - from);
        if (others == 0) {
            at = from + 32;
            continue;
        }
        at += (size_t)__builtin_ctz(others);
        const size_t length = sequence(bytes + at, size - at);
        if (length == 0)
            return at;
        at += length;
    }
    return size;
}
#else
size_t msched__utf8_check(const char *data, size_t size)
{
    return check_rest((const unsigned char *)data, size, 0);
}
#endif

uint32_t msched__utf8_next(const char *data, size_t size, size_t *at)
{
    const unsigned char *p = (const unsigned char *)data + *at;
    size_t length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : p[0] >= 0xC0 ? 2 : 1;
    if (length > size - *at)
        length = 1;
    uint32_t code = length == 1 ? p[0] : p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++)
        code = code << 6 | (p[i] & 0x3Fu);
    *at += length;
    return code;
}

size_t msched__utf8_cut(const char *data, size_t size, size_t most)
{
    if (size <= most)
        return size;
    while (most > 0 && ((unsigned char)data[most] & 0xC0) == 0x80)
        most--;
    return most;
}

size_t msched__utf8_put(char out[4], uint32_t code_point)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t msched__utf8_length(const char *data, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)data[i] & 0xC0) != 0x80;
    return count;
}
