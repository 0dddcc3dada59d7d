/* The best order of a few things, against all orders; of many, against the order given. */
#include "../testing.h"

#include "algo/permutation.h"
#include "random.h"

#include <stdlib.h>

static void make_order_problem(msched__order_problem *p, uint32_t count)
{
    memset(p, 0, sizeof *p);
    p->count = count;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < i; k++)
            p->pair[i][k] = p->pair[k][i] = (int16_t)pick(0, 1000);
        for (uint32_t k = 0; k < count; k++)
            p->place[i][k] = (int16_t)pick(0, 100);
        p->first[i] = (int16_t)pick(0, 1000);
        p->last[i] = (int16_t)pick(0, 1000);
    }
}

static void best_permutation(const msched__order_problem *p, uint8_t *order, uint32_t at,
                             int32_t *best)
{
    if (at == p->count) {
        int32_t value = msched__order_value(p, order);
        *best = value > *best ? value : *best;
        return;
    }
    for (uint32_t i = at; i < p->count; i++) {
        uint8_t swap = order[at];
        order[at] = order[i], order[i] = swap;
        best_permutation(p, order, at + 1, best);
        swap = order[at];
        order[at] = order[i], order[i] = swap;
    }
}

static void is_permutation(const uint8_t *order, uint32_t count)
{
    uint32_t seen = 0;
    for (uint32_t i = 0; i < count; i++)
        seen |= 1u << order[i];
    assert_true(seen == (count == 32 ? UINT32_MAX : (1u << count) - 1));
}

static void short_orders_are_the_best_there_are(void **state)
{
    (void)state;
    int16_t *table =
        malloc(((size_t)1 << MSCHED__ORDER_EXACT_MAX) * MSCHED__ORDER_EXACT_MAX * sizeof *table);
    msched__order_problem p;
    random_state = 1;
    for (uint32_t i = 0; i < 300; i++) {
        uint8_t order[MSCHED__ORDER_MAX], all[MSCHED__ORDER_MAX];
        int32_t best = INT32_MIN;
        make_order_problem(&p, 1 + i % 7);
        for (uint8_t k = 0; k < p.count; k++)
            order[k] = all[k] = k;
        best_permutation(&p, all, 0, &best);
        msched__order_improve(&p, order, table);
        is_permutation(order, p.count);
        assert_int_equal(msched__order_value(&p, order), best);
    }
    free(table);
}

/* The local search on problems small enough to know the best: by how much it misses. */
static void long_orders_are_permutations_and_not_worse(void **state)
{
    (void)state;
    int16_t *table =
        malloc(((size_t)1 << MSCHED__ORDER_EXACT_MAX) * MSCHED__ORDER_EXACT_MAX * sizeof *table);
    msched__order_problem p;
    random_state = 2;
    for (uint32_t i = 0; i < 100; i++) {
        uint8_t order[MSCHED__ORDER_MAX];
        make_order_problem(&p, MSCHED__ORDER_EXACT_MAX + 1 +
                                   i % (MSCHED__ORDER_MAX - MSCHED__ORDER_EXACT_MAX));
        for (uint8_t k = 0; k < p.count; k++)
            order[k] = k;
        int32_t before = msched__order_value(&p, order);
        msched__order_improve(&p, order, table);
        is_permutation(order, p.count);
        assert_true(msched__order_value(&p, order) >= before);
        /* random pairs average 500; a good order finds neighbours far above that */
        assert_true(msched__order_value(&p, order) > (int32_t)p.count * 800);
    }
    free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_orders_are_the_best_there_are),
        cmocka_unit_test(long_orders_are_permutations_and_not_worse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
