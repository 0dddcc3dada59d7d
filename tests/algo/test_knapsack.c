/* The knapsack against a table of all capacities. */
#include "../testing.h"

#include "../schedule/work.h"
#include "algo/knapsack.h"
#include "base/alloc.h"
#include "random.h"

#include <stdlib.h>

#define SACK 60

static int denser(const void *a, const void *b)
{
    const msched__sack_item *x = a, *y = b;
    int64_t left = (int64_t)x->value * y->size, right = (int64_t)y->value * x->size;
    return left > right ? -1 : left < right;
}

static int64_t best_by_table(const msched__sack_item *items, uint32_t count, int32_t capacity)
{
    static int64_t best[20001];
    memset(best, 0, sizeof best);
    for (uint32_t i = 0; i < count; i++)
        for (int32_t c = capacity; c >= items[i].size; c--)
            if (best[c - items[i].size] + items[i].value > best[c])
                best[c] = best[c - items[i].size] + items[i].value;
    return best[capacity];
}

static void a_knapsack_is_as_good_as_by_dynamic_programming(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    int proved = 0, tried = 0;
    for (uint64_t seed = 1; seed <= 2000; seed++) {
        msched__sack_item items[SACK];
        uint8_t taken[SACK];
        int64_t sum = 0, size = 0;
        random_state = seed;
        uint32_t count = (uint32_t)pick(0, SACK);
        int32_t capacity = pick(-5, 20000), alike = pick(0, 3);
        for (uint32_t i = 0; i < count; i++) {
            items[i].size = pick(1, seed % 2 ? 600 : 12);
            items[i].value = alike == 0 ? items[i].size + 10 : pick(1, 1000);
        }
        capacity = seed % 3 ? capacity : capacity / 20;
        qsort(items, count, sizeof *items, denser);
        msched__sack sack = {items, count, capacity};
        msched__sack_choice choice = {.taken = taken};
        assert_true(msched__knapsack(&allocator, &sack, WORK(0), &choice));
        for (uint32_t i = 0; i < count; i++) {
            sum += taken[i] ? items[i].value : 0;
            size += taken[i] ? items[i].size : 0;
        }
        int64_t best = capacity < 0 ? 0 : best_by_table(items, count, capacity);
        assert_int_equal(sum, choice.value);
        assert_true(size <= (capacity < 0 ? 0 : capacity));
        assert_true(choice.value <= best && best <= choice.bound);
        tried++;
        proved += choice.value == choice.bound;
    }
    assert_true(proved > tried * 9 / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_knapsack_is_as_good_as_by_dynamic_programming)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
