/* Tasks with songs only come in for a better day; those that never can bound the weight. */
#include "../small_days.h"
#include "schedule/joint/joint_bring.h"
#include "schedule/model/bounds.h"

#define DAYS 3000

typedef struct gains {
    uint32_t better, lower;
} gains;

/* Tasks first, then songs beside them, as if the levels before the weight were proved. */
static int bring(joint *j, void *counts)
{
    gains *g = counts;
    msched__solver *s = &j->solver;
    int64_t before[MSCHED_LEVEL_COUNT];
    memcpy(before, s->best.value, sizeof before);
    if (msched__values_compare(before, j->best, MSCHED_LEVEL_SONG_WEIGHT) != 0)
        return 0;
    for (uint32_t level = 0; level < MSCHED_LEVEL_SONG_WEIGHT; level++)
        msched__bounds_put(&s->bounds, level, before[level], before);
    int64_t bound = s->bounds.bound[MSCHED_LEVEL_SONG_WEIGHT];
    assert_int_equal(msched__bring_hosts(s), MSCHED_OK);
    check_day(j, before);
    g->lower += s->bounds.bound[MSCHED_LEVEL_SONG_WEIGHT] < bound;
    g->better += msched__values_compare(s->best.value, before, LEVELS) > 0;
    return 1;
}

static void days_only_get_better(void **state)
{
    gains g = {0};
    (void)state;
    on_plans(DAYS, bring, &g);
    assert_true(g.better > 0 && g.lower > 0);
}

static void out_of_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__bring_hosts, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_only_get_better),
        cmocka_unit_test(out_of_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
