/*
 * The core is a range around the first item that does not fit when items are taken in order of
 * density. Items before the core are taken, and items after it are left out. The items of the core
 * are decided one by one: alternately the next one after it (which may be taken) and the next one
 * before it (which may be left out). The states reached are sorted by size, and only those worth
 * more than every smaller one are kept. A state is dropped if its remaining capacity, at the
 * density of the next item that could change, does not lift it above the best choice so far: beyond
 * the core, no item that could be taken is denser, and no item that could be left out is less
 * dense. (Balas and Zemel, 1980; Pisinger, 1997.)
 */
#include "algo/knapsack.h"

#include <string.h>

#define CORE_MAX   64
#define STATES_MAX 1024

typedef struct state {
    int32_t value;    /* against all items before the core's middle taken */
    int32_t left;     /* of the capacity; less than 0: overfull */
    uint64_t changed; /* bits of core.decided */
} state;

typedef struct core {
    const msched__sack_item *items;
    uint32_t count, first, end; /* items [first, end) are in the core */
    uint32_t middle;
    int64_t spare_size; /* of the capacity when all items before the middle are taken */
    uint32_t decided[CORE_MAX], decided_count;
    state *states, *spare;
    uint32_t state_count;
    int64_t best, best_left, bound;
    uint64_t best_changed;
} core;

static void keep_best(core *c, const state *s)
{
    if (s->left >= 0 && (s->value > c->best || (s->value == c->best && s->left > c->best_left))) {
        c->best = s->value;
        c->best_left = s->left;
        c->best_changed = s->changed;
    }
}

/* Upper bound of a state's value by changes of items outside the core. */
static int64_t most_of(const core *c, const state *s)
{
    if (s->left >= 0)
        return c->end == c->count
                   ? s->value
                   : s->value + (int64_t)s->left * c->items[c->end].value / c->items[c->end].size;
    if (c->first == 0)
        return INT64_MIN;
    const msched__sack_item *item = &c->items[c->first - 1];
    return s->value - (-(int64_t)s->left * item->value + item->size - 1) / item->size;
}

/*
 * Whether changing an item could give a better choice than the best, at the density of the core's
 * middle.
 */
static int is_open(const core *c, uint32_t item)
{
    const msched__sack_item *middle = &c->items[c->middle], *what = &c->items[item];
    /* of taking it in */
    int64_t gain = (int64_t)what->value * middle->size - (int64_t)what->size * middle->value;
    return c->spare_size * middle->value + (item < c->middle ? -gain : gain) >=
           (c->best + 1) * middle->size;
}

/* Append a state to those of smaller size, unless one of them is worth as much. */
static void push(state *out, uint32_t *count, const state *s)
{
    if (*count > 0 && out[*count - 1].value >= s->value)
        return;
    if (*count > 0 && out[*count - 1].left == s->left)
        --*count;
    out[(*count)++] = *s;
}

/* Decide one more item: each state with it changed and unchanged, in order of size. */
static void decide(core *c, uint32_t item, int take)
{
    if (!is_open(c, item))
        return;
    const state *in = c->states;
    state *out = c->spare;
    uint32_t count = 0, a = 0, b = 0, n = c->state_count;
    int32_t size = take ? c->items[item].size : -c->items[item].size;
    int32_t value = take ? c->items[item].value : -c->items[item].value;
    uint64_t bit = UINT64_C(1) << c->decided_count;
    c->decided[c->decided_count++] = item;
    while (a < n || b < n) {
        state changed = b < n ? (state){in[b].value + value, in[b].left - size, in[b].changed | bit}
                              : (state){0};
        if (b == n || (a < n && (in[a].left > changed.left ||
                                 (in[a].left == changed.left && in[a].value >= changed.value)))) {
            push(out, &count, &in[a++]);
        } else {
            keep_best(c, &changed);
            push(out, &count, &changed);
            b++;
        }
    }
    c->spare = c->states;
    c->states = out;
    c->state_count = count;
}

/* Drop states that cannot beat the best. */
static void prune(core *c)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->state_count; i++)
        if (most_of(c, &c->states[i]) > c->best)
            c->states[kept++] = c->states[i];
    c->state_count = kept;
}

/* Decide items until no state is left or the core is full. */
static void grow(core *c, msched__budget *budget)
{
    while (c->state_count > 0 && 2 * c->state_count <= STATES_MAX && c->decided_count < CORE_MAX &&
           (c->first > 0 || c->end < c->count)) {
        int forward = c->first == 0 ||
                      (c->end < c->count && c->end - c->middle <= c->middle - c->first);
        if (forward)
            decide(c, c->end++, 1);
        else
            decide(c, --c->first, 0);
        prune(c);
        msched__budget_count(budget, 1 + c->state_count / 16);
    }
    for (uint32_t i = 0; i < c->state_count; i++) {
        int64_t most = most_of(c, &c->states[i]);
        c->bound = most > c->bound ? most : c->bound;
    }
}

/*
 * Take items in order of density while they fit; the first that does not fit is the middle of the
 * core.
 */
static int64_t take_densest(core *c, int64_t capacity, uint8_t *taken)
{
    int64_t base = 0;
    if (c->count > 0)
        memset(taken, 0, c->count);
    for (; c->middle < c->count && c->items[c->middle].size <= capacity; c->middle++) {
        capacity -= c->items[c->middle].size;
        base += c->items[c->middle].value;
        taken[c->middle] = 1;
    }
    c->first = c->end = c->middle;
    c->spare_size = capacity;
    return base;
}

int msched__knapsack(const msched_allocator *allocator, const msched__sack *sack,
                     msched__budget *budget, msched__sack_choice *out)
{
    core c = {.items = sack->items, .count = sack->count, .best = INT64_MIN, .bound = INT64_MIN};
    msched__arena arena;
    msched__arena_init(&arena, allocator, 2 * STATES_MAX * sizeof *c.states);
    c.states = msched__arena_alloc(&arena, STATES_MAX, sizeof *c.states);
    c.spare = msched__arena_alloc(&arena, STATES_MAX, sizeof *c.spare);
    if (c.states == NULL || c.spare == NULL) {
        msched__arena_reset(&arena);
        return 0;
    }
    int64_t base = take_densest(&c, sack->capacity < 0 ? 0 : sack->capacity, out->taken);
    /* what is left if all items are taken */
    int64_t left = c.spare_size > INT32_MAX / 2 ? INT32_MAX / 2 : c.spare_size;
    c.states[0] = (state){0, (int32_t)left, 0};
    c.state_count = 1;
    keep_best(&c, &c.states[0]);
    prune(&c);
    grow(&c, budget);
    msched__budget_count(budget, sack->count / 64);
    for (uint32_t i = 0; i < c.decided_count; i++)
        if (c.best_changed >> i & 1)
            out->taken[c.decided[i]] ^= 1;
    out->value = base + c.best;
    out->bound = base + (c.bound > c.best ? c.bound : c.best);
    msched__arena_reset(&arena);
    return 1;
}
