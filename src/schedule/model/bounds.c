#include "schedule/model/bounds.h"

#include <string.h>

void msched__bounds_put(msched__bounds *bounds, uint32_t level, int64_t bound, const int64_t *value)
{
    bounds->bound[level] = bound;
    bounds->known[level] = 1;
    memcpy(bounds->given[level], value, level * sizeof *value);
}

void msched__bounds_put_tasks(msched__bounds *bounds, uint32_t level, int64_t bound,
                              const int64_t *value)
{
    msched__bounds_put(bounds, level, bound, value);
    if (level > MSCHED_LEVEL_MUST_SONGS)
        bounds->given[level][MSCHED_LEVEL_MUST_SONGS] = MSCHED__ANY_VALUE;
}

/* 1 where a bound is known for days with these values on the levels before. */
static int is_for(const msched__bounds *bounds, uint32_t level, const int64_t *value)
{
    const int64_t *given = bounds->given[level];
    for (uint32_t k = 0; k < level; k++)
        if (given[k] != value[k] && given[k] != MSCHED__ANY_VALUE)
            return 0;
    return bounds->known[level];
}

int64_t msched__bounds_get(const msched__bounds *bounds, uint32_t level, const int64_t *value,
                           int64_t otherwise)
{
    return is_for(bounds, level, value) ? bounds->bound[level] : otherwise;
}

void msched__bounds_lower(msched__bounds *bounds, uint32_t level, int64_t bound,
                          const int64_t *value)
{
    if (!is_for(bounds, level, value) || bound < bounds->bound[level])
        msched__bounds_put(bounds, level, bound, value);
}

/* A level without a bound asks for nothing. */
static int is_met(const msched__bounds *bounds, uint32_t level, const int64_t *value)
{
    return value[level] >= bounds->bound[level] &&
           (!bounds->known[level] || is_for(bounds, level, value));
}

int msched__bounds_met(const msched__bounds *bounds, const int64_t *value, uint32_t count)
{
    for (uint32_t level = 0; level < count; level++)
        if (!is_met(bounds, level, value))
            return 0;
    return 1;
}

uint32_t msched__bounds_proved(const msched__bounds *bounds, const int64_t *value)
{
    uint32_t level = 0;
    while (level < MSCHED_LEVEL_COUNT && value[level] == bounds->bound[level] &&
           is_met(bounds, level, value))
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
