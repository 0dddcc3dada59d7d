/*
 * Work is counted to the unit; parts count for themselves; the caller is asked now and then, and
 * ends all.
 */
#include "../testing.h"

#include "algo/budget.h"

static int32_t stop_at_third(void *ctx)
{
    return ++*(int *)ctx >= 3;
}

static msched__budget budget_of(uint64_t limit, int *calls)
{
    msched__budget budget;
    msched_schedule_options options = {.struct_size = sizeof options, .work_limit = limit};
    if (calls != NULL) {
        options.cancel = stop_at_third;
        options.cancel_ctx = calls;
    }
    msched__budget_init(&budget, &options);
    return budget;
}

static void work_ends_behind_the_limit(void **state)
{
    (void)state;
    msched__budget budget = budget_of(10, NULL);
    assert_int_equal(msched__budget_spend(&budget, 10), 0);
    assert_int_equal(msched__budget_left(&budget), 0);
    assert_int_equal(msched__budget_spend(&budget, 1), 1);
    assert_int_equal(budget.stop, MSCHED_STOP_WORK);
    assert_int_equal(budget.interrupted, 0);
}

static void a_part_has_a_limit_of_its_own(void **state)
{
    (void)state;
    msched__budget budget = budget_of(100, NULL);
    msched__budget_spend(&budget, 40);
    msched__budget part = msched__budget_part(&budget, 30),
                   rest = msched__budget_part(&budget, 1000);
    assert_int_equal(part.limit, 30);
    assert_int_equal(rest.limit, 60);
    assert_int_equal(msched__budget_spend(&part, 31), 1);
    msched__budget_join(&budget, &part);
    assert_int_equal(budget.used, 71);
    assert_int_equal(budget.stop, MSCHED_STOP_NONE); /* the whole has work left */
}

static void the_caller_ends_a_part_and_the_whole(void **state)
{
    (void)state;
    int calls = 0;
    msched__budget budget = budget_of(1000000, &calls);
    msched__budget part = msched__budget_part(&budget, 500000);
    while (!msched__budget_over(&part))
        msched__budget_count(&part, 1);
    assert_int_equal(calls, 3);
    assert_true(part.used < 10000);
    msched__budget_join(&budget, &part);
    assert_int_equal(budget.interrupted, 1);
    assert_int_equal(budget.stop, MSCHED_STOP_CANCEL);
    msched__budget next = msched__budget_part(&budget, 10);
    /* what begins now ends at once, without asking again */
    assert_true(msched__budget_over(&next));
    assert_int_equal(calls, 3);
}

static void a_search_may_end_before_its_limit(void **state)
{
    (void)state;
    msched__budget budget = budget_of(100, NULL);
    budget.give_up_at = 10;
    msched__budget_count(&budget, 9);
    assert_false(msched__budget_over(&budget));
    msched__budget_count(&budget, 1);
    assert_true(msched__budget_over(&budget));
    assert_int_equal(msched__budget_left(&budget), 90); /* shares are as if it continued */
}

static void the_first_limit_is_the_one_that_is_told(void **state)
{
    (void)state;
    int calls = 2;
    msched__budget budget = budget_of(10, &calls);
    msched__budget_spend(&budget, 11);
    assert_int_equal(msched__budget_look(&budget), 1);
    assert_int_equal(budget.stop, MSCHED_STOP_WORK);
    assert_int_equal(budget.interrupted, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_ends_behind_the_limit),
        cmocka_unit_test(a_part_has_a_limit_of_its_own),
        cmocka_unit_test(the_caller_ends_a_part_and_the_whole),
        cmocka_unit_test(a_search_may_end_before_its_limit),
        cmocka_unit_test(the_first_limit_is_the_one_that_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
