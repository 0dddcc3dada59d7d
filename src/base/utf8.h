/* base/utf8.h: checking and walking UTF-8. */
#ifndef MSCHED_BASE_UTF8_H
#define MSCHED_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * Offset of the first byte that is not valid UTF-8 (overlong forms, surrogates and NUL count as
 * invalid), or `size`.
 */
size_t msched__utf8_check(const char *data, size_t size);
/* Code point at *at of valid UTF-8, and step *at past it. */
uint32_t msched__utf8_next(const char *data, size_t size, size_t *at);
/* Bytes written to out (1..4). */
size_t msched__utf8_put(char out[4], uint32_t code_point);
/* The size of a text cut to at most `most` bytes, between two characters of valid UTF-8. */
size_t msched__utf8_cut(const char *data, size_t size, size_t most);
/*
 * Characters in valid or invalid UTF-8: bytes that are not continuation bytes. 1-based columns are
 * this + 1.
 */
size_t msched__utf8_length(const char *data, size_t size);

#endif
