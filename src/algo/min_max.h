/* algo/min_max.h: the larger and the smaller of two numbers. */
#ifndef MSCHED_ALGO_MIN_MAX_H
#define MSCHED_ALGO_MIN_MAX_H

#include <stdint.h>

static inline int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static inline int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static inline int64_t smaller64(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

#endif
