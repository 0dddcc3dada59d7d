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

/* The four hexadecimal digits at `at`. 0 if there are fewer before `end`. */
int msched__read_hex4(const char *at, const char *end, uint32_t *code);

#endif
