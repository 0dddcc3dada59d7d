/*
 * Up to ten items: exact dynamic programming over sets of items and their last one (Held and Karp,
 * 1962). More items: a greedy order, then 2-opt (reverse a segment) and Or-opt (move a segment of
 * up to three items) until neither helps. A move changes the worth only at the ends of its segment,
 * so it is evaluated without the rest of the order.
 */
#include "algo/permutation.h"

#include <string.h>

#define STEPS_MAX 20000 /* pairs of neighbors evaluated in one local search */
#define UNREACHED INT16_MIN

int32_t msched__order_value(const msched__order_problem *problem, const uint8_t *order)
{
    int32_t value = problem->first[order[0]] + problem->last[order[problem->count - 1]];
    for (uint32_t k = 0; k < problem->count; k++) {
        value += problem->place[order[k]][k];
        if (k > 0)
            value += problem->pair[order[k - 1]][order[k]];
    }
    return value;
}

static uint32_t ones(uint32_t bits)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1)
        count++;
    return count;
}

/*
 * Dynamic programming over sets (Held and Karp, 1962): table[set * n + last] is the best worth of a
 * start of the order that consists of `set` and ends with `last`. At most 11 * 1000 + 10 * 1000 <
 * 2^15.
 */
static void solve_exactly(const msched__order_problem *problem, uint8_t *order, int16_t *table)
{
    const uint32_t n = problem->count, all = (1u << n) - 1;
    for (uint32_t set = 1; set <= all; set++) {
        uint32_t size = ones(set);
        for (uint32_t last = 0; last < n; last++) {
            int16_t best = UNREACHED;
            uint32_t rest = set & ~(1u << last);
            if (rest == set) {
                table[set * n + last] = UNREACHED;
                continue;
            }
            const int16_t *before = &table[rest * n], *pair = problem->pair[last];
            if (rest == 0)
                best = problem->first[last];
            else
                for (uint32_t k = 0; k < n; k++) {
                    /* UNREACHED + 1000 stays below every value */
                    int16_t value = (int16_t)(before[k] + pair[k]);
                    best = value > best ? value : best;
                }
            table[set * n + last] = (int16_t)(best + problem->place[last][size - 1]);
        }
    }
    uint32_t set = all, end = 0;
    for (uint32_t last = 1; last < n; last++)
        if (table[all * n + last] + problem->last[last] > table[all * n + end] + problem->last[end])
            end = last;
    for (uint32_t k = n; k-- > 0;) {
        uint32_t rest = set & ~(1u << end);
        order[k] = (uint8_t)end;
        for (uint32_t before = 0; before < n && k > 0; before++)
            if ((rest >> before & 1) != 0 &&
                table[rest * n + before] + problem->pair[end][before] + problem->place[end][k] ==
                    table[set * n + end]) {
                end = before;
                break;
            }
        set = rest;
    }
}

/* Worth of item `a` at place `from`, with the item before it, */
static int32_t joint_before(const msched__order_problem *problem, const uint8_t *order,
                            uint32_t from, uint8_t a)
{
    return from == 0 ? problem->first[a] : problem->pair[order[from - 1]][a];
}

/* and of item `b` at place `to`, with the item after it. */
static int32_t joint_after(const msched__order_problem *problem, const uint8_t *order, uint32_t to,
                           uint8_t b)
{
    return to + 1 == problem->count ? problem->last[b] : problem->pair[b][order[to + 1]];
}

static int reverse_if_better(const msched__order_problem *problem, uint8_t *order, uint32_t from,
                             uint32_t to)
{
    int32_t gain = joint_before(problem, order, from, order[to]) +
                   joint_after(problem, order, to, order[from]) -
                   joint_before(problem, order, from, order[from]) -
                   joint_after(problem, order, to, order[to]);
    for (uint32_t k = from; k <= to; k++)
        gain += problem->place[order[k]][from + to - k] - problem->place[order[k]][k];
    if (gain <= 0)
        return 0;
    for (; from < to; from++, to--) {
        uint8_t swap = order[from];
        order[from] = order[to];
        order[to] = swap;
    }
    return 1;
}

/* Move the items at [from, from + length) so that they begin at place `to`. */
static int move_if_better(const msched__order_problem *problem, uint8_t *order, uint32_t from,
                          uint32_t length, uint32_t to)
{
    uint8_t moved[MSCHED__ORDER_MAX];
    uint32_t low = from < to ? from : to, high = from < to ? to + length : from + length, k = low;
    int32_t gain = 0;
    if (from < to) {
        memcpy(&moved[low], &order[from + length], to - from);
        memcpy(&moved[to], &order[from], length);
    } else {
        memcpy(&moved[to], &order[from], length);
        memcpy(&moved[to + length], &order[to], from - to);
    }
    for (; k < high; k++)
        gain += problem->place[moved[k]][k] - problem->place[order[k]][k];
    gain += joint_before(problem, order, low, moved[low]) +
            joint_after(problem, order, high - 1, moved[high - 1]) -
            joint_before(problem, order, low, order[low]) -
            joint_after(problem, order, high - 1, order[high - 1]);
    /* where the two blocks meet now, and met before */
    uint32_t seam = from < to ? low + (to - from) : low + length;
    uint32_t old_seam = from < to ? low + length : low + (from - to);
    gain += problem->pair[moved[seam - 1]][moved[seam]] -
            problem->pair[order[old_seam - 1]][order[old_seam]];
    if (gain <= 0)
        return 0;
    memcpy(&order[low], &moved[low], high - low);
    return 1;
}

/* Start with the best first item, then always append the best remaining neighbor. */
static void begin_greedily(const msched__order_problem *problem, uint8_t *order)
{
    uint32_t left = problem->count;
    uint8_t things[MSCHED__ORDER_MAX];
    for (uint32_t k = 0; k < left; k++)
        things[k] = (uint8_t)k;
    for (uint32_t place = 0; left > 0; place++) {
        int32_t best = INT32_MIN;
        uint32_t which = 0;
        for (uint32_t k = 0; k < left; k++) {
            int32_t value = problem->place[things[k]][place] +
                            (place == 0 ? problem->first[things[k]]
                                        : problem->pair[order[place - 1]][things[k]]);
            if (value > best) {
                best = value;
                which = k;
            }
        }
        order[place] = things[which];
        memmove(&things[which], &things[which + 1], left - which - 1);
        left--;
    }
}

static void search_locally(const msched__order_problem *problem, uint8_t *order)
{
    const uint32_t n = problem->count;
    uint32_t steps = 0;
    int changed = 1;
    while (changed && steps < STEPS_MAX) {
        changed = 0;
        for (uint32_t from = 0; from + 1 < n; from++)
            for (uint32_t to = from + 1; to < n; to++, steps++)
                changed |= reverse_if_better(problem, order, from, to);
        for (uint32_t length = 1; length <= 3; length++)
            for (uint32_t from = 0; from + length <= n; from++)
                for (uint32_t to = 0; to + length <= n; to++, steps++)
                    if (to != from)
                        changed |= move_if_better(problem, order, from, length, to);
    }
}

void msched__order_improve(const msched__order_problem *problem, uint8_t *order, int16_t *table)
{
    uint8_t other[MSCHED__ORDER_MAX];
    if (problem->count < 2)
        return;
    if (problem->count <= MSCHED__ORDER_EXACT_MAX) {
        solve_exactly(problem, other, table);
    } else {
        begin_greedily(problem, other);
        search_locally(problem, other);
    }
    if (msched__order_value(problem, other) > msched__order_value(problem, order))
        memcpy(order, other, problem->count);
}
