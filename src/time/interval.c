#include "time/interval.h"

#include <stdlib.h>

static int by_start(const void *a, const void *b)
{
    const msched__interval *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t sooner(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

#define FEW 32 /* spans that are sorted in place */

static void sort(msched__interval *spans, uint32_t count)
{
    if (count > FEW) {
        qsort(spans, count, sizeof *spans, by_start);
        return;
    }
    for (uint32_t i = 1; i < count; i++) {
        msched__interval moved = spans[i];
        uint32_t at = i;
        for (; at > 0 && by_start(&spans[at - 1], &moved) > 0; at--)
            spans[at] = spans[at - 1];
        spans[at] = moved;
    }
}

uint32_t msched__interval_normalize(msched__interval *spans, uint32_t count)
{
    uint32_t out = 0;
    int sorted = 1;
    for (uint32_t i = 1; i < count && sorted; i++)
        sorted = by_start(&spans[i - 1], &spans[i]) <= 0;
    if (!sorted)
        sort(spans, count);
    for (uint32_t i = 0; i < count; i++) {
        msched__interval span = spans[i];
        if (span.start >= span.end)
            continue;
        if (out > 0 && span.start <= spans[out - 1].end)
            spans[out - 1].end = later(spans[out - 1].end, span.end);
        else
            spans[out++] = span;
    }
    return out;
}

uint32_t msched__interval_subtract(msched__interval *out, const msched__interval *from,
                                   uint32_t from_count, const msched__interval *holes,
                                   uint32_t hole_count)
{
    uint32_t count = 0, h = 0;
    for (uint32_t i = 0; i < from_count; i++) {
        int32_t cursor = from[i].start;
        while (h < hole_count && holes[h].end <= cursor)
            h++;
        for (uint32_t k = h; k < hole_count && holes[k].start < from[i].end; k++) {
            if (holes[k].start > cursor)
                out[count++] = (msched__interval){cursor, holes[k].start};
            cursor = later(cursor, holes[k].end);
        }
        if (cursor < from[i].end)
            out[count++] = (msched__interval){cursor, from[i].end};
    }
    return count;
}

uint32_t msched__interval_intersect(msched__interval *out, const msched__interval *a,
                                    uint32_t a_count, const msched__interval *b, uint32_t b_count)
{
    uint32_t count = 0, i = 0, k = 0;
    while (i < a_count && k < b_count) {
        msched__interval both = {later(a[i].start, b[k].start), sooner(a[i].end, b[k].end)};
        if (both.start < both.end)
            out[count++] = both;
        if (a[i].end < b[k].end)
            i++;
        else
            k++;
    }
    return count;
}

int64_t msched__interval_total(const msched__interval *spans, uint32_t count)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < count; i++)
        total += spans[i].end - spans[i].start;
    return total;
}

int64_t msched__interval_total_within(const msched__interval *spans, uint32_t count, int32_t start,
                                      int32_t end)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < count && spans[i].start < end; i++) {
        int32_t from = later(spans[i].start, start), to = sooner(spans[i].end, end);
        total += to > from ? to - from : 0;
    }
    return total;
}

int32_t msched__interval_longest(const msched__interval *spans, uint32_t count)
{
    int32_t longest = 0;
    for (uint32_t i = 0; i < count; i++)
        longest = later(longest, spans[i].end - spans[i].start);
    return longest;
}

int32_t msched__interval_fit(const msched__interval *spans, uint32_t count, int32_t from,
                             int32_t length)
{
    for (uint32_t i = 0; i < count; i++) {
        int32_t start = later(spans[i].start, from);
        if (start <= spans[i].end && spans[i].end - start >= length)
            return start;
    }
    return -1;
}

int msched__interval_covers(const msched__interval *spans, uint32_t count, int32_t start,
                            int32_t end)
{
    for (uint32_t i = 0; i < count && spans[i].start <= start; i++)
        if (end <= spans[i].end)
            return 1;
    return 0;
}
