#include "base/number.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rare numbers (many digits, large exponents) go through strtod with the locale's decimal point. */
static int slow_double(const char *data, size_t size, double *value)
{
    char text[80];
    const char *point = localeconv()->decimal_point;
    size_t point_size = strlen(point), used = 0;
    if (size > 64 || point_size > 8)
        return 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '.') {
            memcpy(text + used, point, point_size);
            used += point_size;
        } else {
            text[used++] = data[i];
        }
    }
    text[used] = '\0';
    char *end;
    *value = strtod(text, &end);
    return end == text + used && isfinite(*value);
}

/* The end of the digits from `at` on; 20 or more digits overflow *value. */
static inline size_t take_digits(const char *data, size_t size, size_t at, uint64_t *value)
{
    uint64_t sum = *value;
    for (; at < size; at++) {
        unsigned digit = (unsigned char)data[at] - (unsigned)'0';
        if (digit > 9)
            break;
        sum = sum * 10 + digit;
    }
    *value = sum;
    return at;
}

/*
 * Powers of ten that a double holds exactly: one multiplication or division of an exact mantissa
 * rounds correctly (W. D. Clinger, How to read floating point numbers accurately, 1990).
 */
static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define EVERY_BYTE UINT64_C(0x0101010101010101)

/*
 * Eight digits, the first in the lowest byte, as a number: pairs, then pairs of pairs by two
 * multiplications.
 */
static inline uint64_t eight_digits(uint64_t digits)
{
    const uint64_t mask = UINT64_C(0x000000FF000000FF);
    digits = digits * 10 + (digits >> 8);
    return ((digits & mask) * (100 + (UINT64_C(1000000) << 32)) +
            (digits >> 16 & mask) * (1 + (UINT64_C(10000) << 32))) >>
           32;
}

/*
 * Four to eight characters that are digits, with or without a point: the usual number, read without
 * a loop. Returns the number of digits after the point, or -1 for anything else.
 */
static inline int take_short(const char *data, size_t size, uint64_t *value)
{
    uint32_t first, last;
    memcpy(&first, data, sizeof first);
    memcpy(&last, data + size - sizeof last, sizeof last);
    /* bits below the text, which ends in the highest byte */
    const unsigned unused = 8 * (8 - (unsigned)size);
    uint64_t digits = (uint64_t)last << 32 | (uint64_t)first << unused;
    digits = (digits ^ '0' * EVERY_BYTE) >> unused << unused;
    uint64_t points = digits ^ ('.' ^ '0') * EVERY_BYTE;
    /* the lowest bit set is that of the first point */
    points = (points - EVERY_BYTE) & ~points & 0x80 * EVERY_BYTE;
    int after = 0;
    if (points != 0) {
        /* the digits before move over the point */
        const unsigned at = (unsigned)__builtin_ctzll(points) & 56;
        const uint64_t before = (UINT64_C(1) << at) - 1;
        after = 7 - (int)(at / 8);
        digits = (digits & ~(before << 8 | 0xFF)) | (digits & before) << 8;
    }
    if (((digits + (0x7F - 9) * EVERY_BYTE) | digits) & 0x80 * EVERY_BYTE)
        return -1;
    *value = eight_digits(digits);
    return after;
}
#else
static inline int take_short(const char *data, size_t size, uint64_t *value)
{
    (void)data, (void)size, (void)value;
    return -1;
}
#endif

int msched__parse_int(const char *data, size_t size, int64_t *value)
{
    uint64_t number;
    if (size >= 4 && size <= 8 && data[size - 1] != '.' && take_short(data, size, &number) == 0) {
        *value = (int64_t)number;
        return 1;
    }
    size_t at = size > 0 && data[0] == '-';
    if (at == size || size - at > 19)
        return 0;
    uint64_t sum = 0;
    for (size_t i = at; i < size; i++) {
        unsigned digit = (unsigned char)data[i] - (unsigned)'0';
        if (digit > 9)
            return 0;
        sum = sum * 10 + digit;
    }
    if (sum > (uint64_t)INT64_MAX)
        return 0;
    *value = at == 1 ? -(int64_t)sum : (int64_t)sum;
    return 1;
}

/* Any number; not inlined, so that the fast path needs no stack frame. */
#ifdef __GNUC__
__attribute__((noinline))
#endif
static int
parse_long(const char *data, size_t size, double *value)
{
    size_t at = size > 0 && (data[0] == '-' || data[0] == '+'), first = at, point;
    const int negative = at == 1 && data[0] == '-';
    uint64_t mantissa = 0;
    at = take_digits(data, size, at, &mantissa);
    size_t digits = at - first;
    int scale = 0;
    if (at < size && data[at] == '.') {
        point = at + 1;
        at = take_digits(data, size, point, &mantissa);
        digits += at - point;
        scale = (int)point - (int)at;
    }
    if (digits == 0)
        return 0;
    if (at < size) {
        int64_t exponent;
        if (data[at] != 'e' && data[at] != 'E')
            return 0;
        at++;
        if (at < size && data[at] == '+' && (++at == size || data[at] == '-'))
            return 0;
        if (!msched__parse_int(data + at, size - at, &exponent) || exponent > 9999 ||
            exponent < -9999)
            return 0;
        scale += (int)exponent;
    }
    if (digits > 19 || mantissa > UINT64_C(1) << 53 || scale < -22 || scale > 22)
        return slow_double(data, size, value);
    double magnitude = scale < 0 ? (double)mantissa / exact[-scale]
                                 : (double)mantissa * exact[scale];
    *value = negative ? -magnitude : magnitude;
    return 1;
}

int msched__parse_double(const char *data, size_t size, double *value)
{
    const size_t sign = size > 0 && data[0] == '-', digits = size - sign;
    uint64_t mantissa = 0;
    int after = -1;
    if (digits >= 4 && digits <= 8) {
        after = take_short(data + sign, digits, &mantissa);
    } else if (digits == 1 && data[sign] >= '0' && data[sign] <= '9') {
        mantissa = (uint64_t)(data[sign] - '0');
        after = 0;
    }
    if (after < 0)
        return parse_long(data, size, value);
    const double magnitude = (double)mantissa / exact[after];
    *value = sign != 0 ? -magnitude : magnitude;
    return 1;
}

int msched__read_hex4(const char *at, const char *end, uint32_t *code)
{
    if (end - at < 4)
        return 0;
    *code = 0;
    for (int i = 0; i < 4; i++) {
        const int digit = msched__hex_digit(at[i]);
        if (digit < 0)
            return 0;
        *code = *code * 16 + (uint32_t)digit;
    }
    return 1;
}
