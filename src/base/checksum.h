/*
 * base/checksum.h: a fast checksum that may be written to files: the same on every machine of one
 * byte order. It detects damage; it does not protect against forgery.
 */
#ifndef MSCHED_BASE_CHECKSUM_H
#define MSCHED_BASE_CHECKSUM_H

#include <stdint.h>
#include <string.h>

#define MSCHED__CHECKSUM_PRIME UINT64_C(0x9E3779B97F4A7C15)

static inline uint64_t msched__checksum_step(uint64_t lane, uint64_t word)
{
    lane = (lane ^ word) * MSCHED__CHECKSUM_PRIME;
    return lane ^ lane >> 29;
}

/* Four independent lanes, so that the multiplications overlap. */
static inline uint64_t msched__checksum(const void *data, size_t size)
{
    const unsigned char *at = data;
    uint64_t lanes[4] = {size, 1, 2, 3}, words[4], sum = 0;
    for (size_t i = size / sizeof words; i > 0; i--, at += sizeof words) {
        memcpy(words, at, sizeof words);
        for (int k = 0; k < 4; k++)
            lanes[k] = msched__checksum_step(lanes[k], words[k]);
    }
    memset(words, 0, sizeof words);
    if (size % sizeof words > 0)
        memcpy(words, at, size % sizeof words);
    for (int i = 0; i < 4; i++)
        sum = msched__checksum_step(sum, msched__checksum_step(lanes[i], words[i]));
    return sum;
}

#endif
