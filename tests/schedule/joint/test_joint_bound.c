/* Bounds of the songs' levels over all arrangements of tasks: never below the best day. */
#include "../small_days.h"
#include "schedule/joint/joint_bound.h"

/* Returns on how many plans the bound proves a day that was not proved before. */
static uint32_t bound_plans(technique bound)
{
    uint32_t proved = 0, plans = 0;
    for (uint64_t seed = 1; plans < PLANS; seed++) {
        joint j;
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        plans++;
        msched__solver *s = &j.solver;
        uint32_t before = msched__bounds_proved(&s->bounds, s->best.value);
        assert_true(best_is_within_bounds(&j));
        if (!msched__solver_done(s)) {
            assert_int_equal(bound(s), MSCHED_OK);
            assert_true(best_is_within_bounds(&j));
            assert_true(msched__bounds_hold(&s->bounds, s->best.value));
            uint32_t after = msched__bounds_proved(&s->bounds, s->best.value);
            assert_true(after >= before);
            proved += after > before;
            for (uint32_t k = 0; k < after && k < LEVELS; k++)
                assert_true(s->best.value[k] == j.best[k]);
        }
        close_plan(&j);
    }
    return proved;
}

static msched_result bound_all(msched__solver *s)
{
    msched_result result = msched__bound_quick(s);
    if (result == MSCHED_OK)
        result = msched__bound_beside_musts(s);
    if (result == MSCHED_OK)
        result = msched__bound_close(s);
    return result == MSCHED_OK ? msched__bound_again(s) : result;
}

static void quick_bounds_hold(void **state)
{
    (void)state;
    bound_plans(msched__bound_quick);
}

static void bounds_beside_must_plays_hold(void **state)
{
    (void)state;
    bound_plans(msched__bound_beside_musts);
}

static void close_bounds_hold_and_prove_days(void **state)
{
    (void)state;
    assert_true(bound_plans(bound_all) > 0);
}

/* Silence that the placed tasks need is not listening time in the best day either. */
static void quiet_capacity_holds_the_songs_of_the_best_day(void **state)
{
    (void)state;
    uint32_t plans = 0;
    for (uint64_t seed = 1; plans < PLANS; seed++) {
        joint j;
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        plans++;
        int64_t least = INT64_MAX;
        for (int last = 0; last <= 4; last++) {
            int64_t capacity = msched__quiet_capacity(&j.solver, last);
            assert_true(capacity >= 0 && capacity <= least);
            least = capacity;
        }
        int64_t seconds = 0;
        for (uint32_t i = 0; i < j.solver.best.songs.play_count; i++)
            if (j.solver.best.placement.start[i] != MSCHED_UNSET)
                seconds += j.solver.best.songs.plays[i].length_s;
        assert_true(seconds <= least);
        close_plan(&j);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quick_bounds_hold),
        cmocka_unit_test(bounds_beside_must_plays_hold),
        cmocka_unit_test(close_bounds_hold_and_prove_days),
        cmocka_unit_test(quiet_capacity_holds_the_songs_of_the_best_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
