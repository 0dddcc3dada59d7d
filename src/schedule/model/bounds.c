#include "schedule/model/bounds.h"

#include <string.h>

void msched__bounds_put(msched__bounds *bounds, uint32_t level, int64_t bound, const int64_t *value)
{
    bounds->bound[level] = bound;
    bounds->known[level] = 1;
    memcpy(bounds->given[level], value, level * sizeof *value);
}

/* 1 where a bound is known for days with the same values on the levels before. */
static int is_for(const msched__bounds *bounds, uint32_t level, const int64_t *value)
{
    return bounds->known[level] && memcmp(bounds->given[level], value, level * sizeof *value) == 0;
}

void msched__bounds_lower(msched__bounds *bounds, uint32_t level, int64_t bound,
                          const int64_t *value)
{
    if (!is_for(bounds, level, value) || bound < bounds->bound[level])
        msched__bounds_put(bounds, level, bound, value);
}

int msched__bounds_met(const msched__bounds *bounds, const int64_t *value, uint32_t count)
{
    for (uint32_t level = 0; level < count; level++)
        if (value[level] < bounds->bound[level])
            return 0;
    return 1;
}

uint32_t msched__bounds_proved(const msched__bounds *bounds, const int64_t *value)
{
    uint32_t level = 0;
    while (level < MSCHED_LEVEL_COUNT && value[level] == bounds->bound[level])
        level++;
    return level;
}

int msched__bounds_hold(const msched__bounds *bounds, const int64_t *value)
{
    for (uint32_t level = 0; level < MSCHED_LEVEL_COUNT; level++)
        if (is_for(bounds, level, value) && value[level] > bounds->bound[level])
            return 0;
    return 1;
}
