#include "query/sort_ids.h"

#include <string.h>

static void insertion_sort(uint32_t *ids, uint32_t count, msched__compare_ids compare,
                           const void *ctx)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t id = ids[i], at = i;
        for (; at > 0 && compare(ctx, ids[at - 1], id) > 0; at--)
            ids[at] = ids[at - 1];
        ids[at] = id;
    }
}

void msched__sort_ids(uint32_t *ids, uint32_t *scratch, uint32_t count, msched__compare_ids compare,
                      const void *ctx)
{
    if (count <= 12) {
        insertion_sort(ids, count, compare, ctx);
        return;
    }
    uint32_t half = count / 2; /* the depth of the recursion is the logarithm of count */
    msched__sort_ids(ids, scratch, half, compare, ctx);
    msched__sort_ids(ids + half, scratch, count - half, compare, ctx);
    if (compare(ctx, ids[half - 1], ids[half]) <= 0)
        return;
    memcpy(scratch, ids, half * sizeof *ids);
    uint32_t left = 0, right = half, at = 0;
    while (left < half && right < count)
        ids[at++] = compare(ctx, scratch[left], ids[right]) <= 0 ? scratch[left++] : ids[right++];
    while (left < half)
        ids[at++] = scratch[left++];
}
