/* Bounds hold for the values that they were made for; other days meet none of them. */
#include "../testing.h"
#include "schedule/model/bounds.h"

#include <string.h>

#define COUNT MSCHED_LEVEL_FILL_S

static const int64_t few_musts[MSCHED_LEVEL_COUNT] = {2, 1, 3, 0, 0, 50, 0};
static const int64_t more_musts[MSCHED_LEVEL_COUNT] = {2, 2, 3, 0, 0, 50, 0};

static msched__bounds met_by(const int64_t *value)
{
    msched__bounds bounds;
    memset(&bounds, 0, sizeof bounds);
    for (uint32_t level = 0; level < MSCHED_LEVEL_COUNT; level++)
        msched__bounds_put(&bounds, level, value[level], value);
    return bounds;
}

static void bounds_of_other_values_prove_nothing(void **state)
{
    (void)state;
    msched__bounds bounds = met_by(few_musts);
    assert_true(msched__bounds_met(&bounds, few_musts, COUNT));
    assert_int_equal(msched__bounds_proved(&bounds, few_musts), MSCHED_LEVEL_COUNT);
    assert_int_equal(msched__bounds_get(&bounds, MSCHED_LEVEL_TASKS_2, few_musts, 9), 3);
    /* one must play more: the bounds after it were made for days with one */
    bounds.bound[MSCHED_LEVEL_MUST_SONGS] = 2;
    assert_false(msched__bounds_met(&bounds, more_musts, COUNT));
    assert_int_equal(msched__bounds_proved(&bounds, more_musts), MSCHED_LEVEL_TASKS_2);
    assert_int_equal(msched__bounds_get(&bounds, MSCHED_LEVEL_TASKS_2, more_musts, 9), 9);
    /* a lower level of the same day stays open while the level before is */
    bounds.bound[MSCHED_LEVEL_TASKS_1] = 3;
    assert_int_equal(msched__bounds_proved(&bounds, few_musts), 0);
}

static void bounds_of_tasks_hold_beside_any_must_plays(void **state)
{
    (void)state;
    msched__bounds bounds = met_by(few_musts);
    bounds.bound[MSCHED_LEVEL_MUST_SONGS] = 2;
    for (uint32_t level = MSCHED_LEVEL_TASKS_2; level <= MSCHED_LEVEL_TASKS_4; level++)
        msched__bounds_put_tasks(&bounds, level, few_musts[level], few_musts);
    assert_int_equal(msched__bounds_proved(&bounds, more_musts), MSCHED_LEVEL_SONG_WEIGHT);
    int64_t fewer_tasks[MSCHED_LEVEL_COUNT];
    memcpy(fewer_tasks, more_musts, sizeof fewer_tasks);
    fewer_tasks[MSCHED_LEVEL_TASKS_1] = bounds.bound[MSCHED_LEVEL_TASKS_1] = 1;
    assert_int_equal(msched__bounds_proved(&bounds, fewer_tasks), MSCHED_LEVEL_MUST_SONGS);
}

static void a_bound_is_lowered_only_for_the_same_values(void **state)
{
    (void)state;
    msched__bounds bounds = met_by(few_musts);
    msched__bounds_lower(&bounds, MSCHED_LEVEL_SONG_WEIGHT, 70, few_musts);
    assert_int_equal(bounds.bound[MSCHED_LEVEL_SONG_WEIGHT], 50);
    msched__bounds_lower(&bounds, MSCHED_LEVEL_SONG_WEIGHT, 70, more_musts);
    assert_int_equal(bounds.bound[MSCHED_LEVEL_SONG_WEIGHT], 70);
    msched__bounds_lower(&bounds, MSCHED_LEVEL_SONG_WEIGHT, 60, more_musts);
    assert_int_equal(bounds.bound[MSCHED_LEVEL_SONG_WEIGHT], 60);
    bounds.bound[MSCHED_LEVEL_MUST_SONGS] = 2;
    assert_true(msched__bounds_hold(&bounds, more_musts));
    bounds.bound[MSCHED_LEVEL_SONG_WEIGHT] = 40;
    assert_false(msched__bounds_hold(&bounds, more_musts));
    assert_true(msched__bounds_hold(&bounds, few_musts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_of_other_values_prove_nothing),
        cmocka_unit_test(bounds_of_tasks_hold_beside_any_must_plays),
        cmocka_unit_test(a_bound_is_lowered_only_for_the_same_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
