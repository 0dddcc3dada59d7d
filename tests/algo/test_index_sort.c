/* Sorting by a key and then by number, against counting how many belong before each. */
#include "../testing.h"

#include "algo/index_sort.h"
#include "random.h"

#define MOST 400

static int before(const msched__keyed *a, const msched__keyed *b)
{
    return a->key != b->key ? a->key < b->key : a->index < b->index;
}

static void items_are_in_order_of_key_and_number(void **state)
{
    (void)state;
    msched__keyed items[MOST], sorted[MOST];
    for (uint64_t seed = 1; seed <= 200; seed++) {
        random_state = seed;
        size_t count = (size_t)pick(0, seed % 4 == 0 ? MOST : 40);
        for (size_t i = 0; i < count; i++)
            items[i] = sorted[i] = (msched__keyed){(uint64_t)pick(0, seed % 3 == 0 ? 3 : 100000),
                                                   (uint32_t)i};
        msched__key_sort(sorted, count);
        for (size_t i = 0; i < count; i++) {
            size_t place = 0;
            for (size_t k = 0; k < count; k++)
                place += (size_t)before(&items[k], &items[i]);
            assert_int_equal(sorted[place].index, items[i].index);
        }
    }
}

static void the_radix_sort_gives_the_same_order(void **state)
{
    (void)state;
    static const uint64_t masks[] = {0, 3, 0x7FFFF, UINT64_MAX, (uint64_t)1 << 63};
    msched__keyed items[MOST], spare[MOST], expected[MOST];
    for (uint64_t seed = 1; seed <= 200; seed++) {
        random_state = seed;
        const size_t count = (size_t)pick(0, MOST);
        for (size_t i = 0; i < count; i++) {
            const uint64_t high = (uint64_t)pick(0, INT32_MAX), low = (uint64_t)pick(0, INT32_MAX);
            items[i] = expected[i] = (msched__keyed){(high << 33 | low) & masks[seed % 5],
                                                     (uint32_t)i};
        }
        msched__key_sort(expected, count);
        const msched__keyed *sorted = msched__key_radix_sort(items, spare, count);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(sorted[i].key, expected[i].key);
            assert_int_equal(sorted[i].index, expected[i].index);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(items_are_in_order_of_key_and_number),
                                       cmocka_unit_test(the_radix_sort_gives_the_same_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
