/* The largest sum of some of a few lengths, against trying every choice. */
#include "../testing.h"

#include "../schedule/work.h"
#include "algo/subset_sum.h"
#include "base/alloc.h"
#include "random.h"

#define MOST     12
#define CAPACITY 400

static int32_t best_of_all(const int32_t *lengths, uint32_t count, int32_t target)
{
    int32_t best = 0;
    for (uint32_t choice = 0; choice < 1u << count; choice++) {
        int32_t sum = 0;
        for (uint32_t i = 0; i < count; i++)
            sum += choice >> i & 1 ? lengths[i] : 0;
        if (sum <= target && sum > best)
            best = sum;
    }
    return best;
}

static void the_sum_is_the_largest_and_made_of_the_items_chosen(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arena arena;
    msched__subset_sum sums;
    uint32_t chosen[MOST];
    msched__arena_init(&arena, &allocator, 0);
    msched__budget *work = WORK(0);
    assert_true(msched__subset_sum_init(&sums, &arena, CAPACITY, chosen, work));
    for (uint64_t seed = 1; seed <= 300; seed++) {
        int32_t lengths[MOST], sum = 0;
        random_state = seed;
        uint32_t count = (uint32_t)pick(0, MOST);
        int32_t target = pick(0, CAPACITY);
        for (uint32_t i = 0; i < count; i++)
            lengths[i] = pick(1, 150);
        int32_t got = msched__subset_sum_solve(&sums, lengths, count, target);
        assert_int_equal(got, best_of_all(lengths, count, target));
        for (uint32_t k = 0; k < sums.chosen_count; k++) {
            assert_true(chosen[k] < count && (k == 0 || chosen[k] < chosen[k - 1]));
            sum += lengths[chosen[k]];
        }
        assert_int_equal(sum, got);
    }
    assert_true(work->used > 0);
    msched__arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sum_is_the_largest_and_made_of_the_items_chosen)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
