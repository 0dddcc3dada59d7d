/* Bounds of the songs' levels over all arrangements of tasks: never below the best day. */
#include "../small_days.h"
#include "schedule/joint/joint_bound.h"

/* A technique that lowers bounds, and how many plans it proves on which less was proved before. */
typedef struct bounding {
    technique run;
    uint32_t proved;
} bounding;

static int bound_day(joint *j, void *counts)
{
    bounding *b = counts;
    msched__solver *s = &j->solver;
    uint32_t before = msched__bounds_proved(&s->bounds, s->best.value);
    assert_true(best_is_within_bounds(j));
    if (msched__solver_done(s))
        return 1;
    assert_int_equal(b->run(s), MSCHED_OK);
    assert_true(best_is_within_bounds(j));
    assert_true(msched__bounds_hold(&s->bounds, s->best.value));
    uint32_t after = msched__bounds_proved(&s->bounds, s->best.value);
    assert_true(after >= before);
    b->proved += after > before;
    for (uint32_t k = 0; k < after && k < LEVELS; k++)
        assert_true(s->best.value[k] == j->best[k]);
    return 1;
}

static uint32_t bound_plans(technique run)
{
    bounding b = {run, 0};
    on_plans(PLANS, bound_day, &b);
    return b.proved;
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

/* A proof of the weight for the values of the day, and one for others. 1 if they are the best. */
static int prove_weight(joint *j, void *lower)
{
    msched__solver *s = &j->solver;
    int64_t other[MSCHED_LEVEL_COUNT];
    const int64_t best = j->best[MSCHED_LEVEL_SONG_WEIGHT];
    const int64_t *bound = &s->bounds.bound[MSCHED_LEVEL_SONG_WEIGHT];
    if (msched__values_compare(s->best.value, j->best, MSCHED_LEVEL_SONG_WEIGHT) != 0)
        return 0;
    memcpy(other, s->best.value, sizeof other);
    other[MSCHED_LEVEL_TASKS_1]++;
    msched__bounds_put(&s->bounds, MSCHED_LEVEL_SONG_WEIGHT, 0, other);
    assert_int_equal(msched__bound_again(s), MSCHED_OK);
    assert_true(*bound >= best);
    *(uint32_t *)lower += *bound > best;
    msched__bounds_put(&s->bounds, MSCHED_LEVEL_SONG_WEIGHT, best, s->best.value);
    assert_int_equal(msched__bound_again(s), MSCHED_OK);
    assert_true(*bound == best);
    return 1;
}

static void a_proof_stays_for_the_values_that_it_was_made_for(void **state)
{
    (void)state;
    uint32_t lower = 0;
    on_plans(PLANS, prove_weight, &lower);
    assert_true(lower > 0);
}

static int fit_songs(joint *j, void *counts)
{
    int64_t least = INT64_MAX, seconds = 0;
    (void)counts;
    for (int last = 0; last <= 4; last++) {
        int64_t capacity = msched__quiet_capacity(&j->solver, last);
        assert_true(capacity >= 0 && capacity <= least);
        least = capacity;
    }
    for (uint32_t i = 0; i < j->solver.best.songs.play_count; i++)
        if (j->solver.best.placement.start[i] != MSCHED_UNSET)
            seconds += j->solver.best.songs.plays[i].length_s;
    assert_true(seconds <= least);
    return 1;
}

/* Silence that the placed tasks need is not listening time in the best day either. */
static void quiet_capacity_holds_the_songs_of_the_best_day(void **state)
{
    (void)state;
    on_plans(PLANS, fit_songs, NULL);
}

/*
 * The best day fits into the windows of its tasks, and the copy has a model of its own, which the
 * search of fewer items changes. With a previous schedule, windows stay as they are.
 */
static int narrow_to_best(joint *j, void *replanned)
{
    msched__replan replan = {0};
    msched__solver s = j->solver, narrow;
    msched__model given = *s.model, model;
    int possible;
    if (msched__values_compare(s.best.value, j->best, MSCHED_LEVEL_FILL_S) != 0)
        return 0;
    given.replan = *(int *)replanned ? &replan : NULL;
    s.model = &given;
    assert_true(msched__narrow_model(&s, MSCHED_LEVEL_FILL_S, &model, &narrow, &possible));
    assert_true(possible && narrow.model == &model);
    for (uint32_t k = 0; k < s.best.timetable.piece_count; k++) {
        const msched__piece *piece = &s.best.timetable.pieces[k];
        const msched__task *task = &model.tasks.tasks[piece->task];
        assert_true(
            msched__interval_covers(task->windows, task->window_count, piece->start, piece->end));
    }
    return 1;
}

static void the_best_day_fits_into_narrowed_windows(void **state)
{
    (void)state;
    for (int replanned = 0; replanned < 2; replanned++)
        on_plans(PLANS, narrow_to_best, &replanned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quick_bounds_hold),
        cmocka_unit_test(bounds_beside_must_plays_hold),
        cmocka_unit_test(close_bounds_hold_and_prove_days),
        cmocka_unit_test(a_proof_stays_for_the_values_that_it_was_made_for),
        cmocka_unit_test(quiet_capacity_holds_the_songs_of_the_best_day),
        cmocka_unit_test(the_best_day_fits_into_narrowed_windows),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
