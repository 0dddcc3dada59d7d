#include "span/span_refused.h"

#include "base/hash.h"

uint64_t msched__span_hash_part(uint32_t task, int32_t seconds)
{
    return seconds == 0 ? 0 : msched__hash_mix((uint64_t)task << 32 | (uint32_t)seconds);
}

uint64_t msched__span_hash_date(const msched__span *span, uint32_t day)
{
    uint64_t set = 0;
    for (uint32_t i = 0; i < span->task_count; i++)
        set ^= msched__span_hash_part(i, span->tasks[i].part[day]);
    return set;
}

void msched__span_refuse(msched__span *span, uint32_t day)
{
    uint32_t at = span->refused_count++ % MSCHED__SPAN_REFUSED;
    span->refused[at].day = day;
    span->refused[at].set = msched__span_hash_date(span, day);
}

int msched__span_is_refused(const msched__span *span, uint32_t day, uint64_t set)
{
    for (uint32_t i = 0; i < span->refused_count && i < MSCHED__SPAN_REFUSED; i++)
        if (span->refused[i].day == day && span->refused[i].set == set)
            return 1;
    return 0;
}
