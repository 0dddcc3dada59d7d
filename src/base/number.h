/* base/number.h: numbers from bounded bytes, whatever the locale. */
#ifndef MSCHED_BASE_NUMBER_H
#define MSCHED_BASE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/*
 * The whole of data[0..size) as a decimal number ("126", "-4.2", "4.97e-6"), correctly rounded. 1
 * on success; no spaces, hexadecimal, "inf" or "nan"; at most 64 bytes; the result is finite.
 */
int msched__parse_double(const char *data, size_t size, double *value);
/* The whole as decimal digits with an optional minus sign, within int64_t. 1 on success. */
int msched__parse_int(const char *data, size_t size, int64_t *value);

/* The value of a hexadecimal digit, or -1. */
static inline int msched__hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The byte that two hexadecimal digits are, or -1. */
static inline int msched__hex_byte(const char at[2])
{
    const int high = msched__hex_digit(at[0]), low = msched__hex_digit(at[1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* The four hexadecimal digits at `at`. 0 if there are fewer before `end`. */
int msched__read_hex4(const char *at, const char *end, uint32_t *code);

#endif
