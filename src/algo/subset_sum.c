/*
 * One bit for each sum, shifted by the length of an item, 64 sums a step (bitset dynamic
 * programming, Bellman 1957). For each sum, the item that reached it first is stored, so that the
 * choice can be read back. Items are added one at a time until the target is reached, so that early
 * items, which the caller prefers, are used before later ones.
 */
#include "algo/subset_sum.h"

#include <string.h>

int msched__subset_sum_init(msched__subset_sum *sums, msched__arena *arena, int32_t capacity,
                            uint32_t *chosen, msched__budget *budget)
{
    sums->budget = budget;
    sums->capacity = capacity;
    sums->chosen = chosen;
    sums->chosen_count = 0;
    sums->reached = msched__arena_alloc(arena, (size_t)capacity / 64 + 1, sizeof *sums->reached);
    sums->last = msched__arena_alloc(arena, (size_t)capacity + 64, sizeof *sums->last);
    return sums->reached != NULL && sums->last != NULL;
}

static uint32_t lowest_bit(uint64_t word)
{
    uint32_t bit = 0;
    for (uint32_t width = 32; width > 0; width /= 2)
        if ((word & ((UINT64_C(1) << width) - 1)) == 0) {
            word >>= width;
            bit += width;
        }
    return bit;
}

/* Sums that become reachable with one more item. */
static void add_item(msched__subset_sum *sums, int32_t length, uint16_t item, size_t words)
{
    size_t shift = (size_t)length / 64;
    uint32_t bits = (uint32_t)length % 64;
    /* downward, so that the words read are not yet changed by this item */
    for (size_t w = words; w-- > shift;) {
        uint64_t moved = sums->reached[w - shift] << bits;
        if (bits > 0 && w > shift)
            moved |= sums->reached[w - shift - 1] >> (64 - bits);
        uint64_t fresh = moved & ~sums->reached[w];
        sums->reached[w] |= fresh;
        for (; fresh != 0; fresh &= fresh - 1)
            sums->last[w * 64 + lowest_bit(fresh)] = item;
    }
}

static int32_t highest_up_to(const msched__subset_sum *sums, int32_t target)
{
    while (target > 0 && (sums->reached[target / 64] >> (target % 64) & 1) == 0)
        target--;
    return target;
}

int32_t msched__subset_sum_solve(msched__subset_sum *sums, const int32_t *lengths, uint32_t count,
                                 int32_t target)
{
    size_t words = (size_t)target / 64 + 1;
    memset(sums->reached, 0, words * sizeof *sums->reached);
    sums->reached[0] = 1;
    sums->chosen_count = 0;
    for (uint32_t i = 0; i < count && (sums->reached[target / 64] >> (target % 64) & 1) == 0; i++)
        if (lengths[i] <= target) {
            add_item(sums, lengths[i], (uint16_t)(i + 1), words);
            msched__budget_count(sums->budget, 1 + words / 16);
        }
    int32_t sum = highest_up_to(sums, target);
    for (int32_t left = sum; left > 0;) {
        uint32_t item = sums->last[left] - 1u;
        sums->chosen[sums->chosen_count++] = item;
        left -= lengths[item];
    }
    return sum;
}
