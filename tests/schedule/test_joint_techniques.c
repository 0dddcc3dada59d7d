/*
 * Each technique that sees tasks and songs by itself, on small plans whose best values exhaustive
 * search knows: it starts from the tasks as they are best without songs, and may only get better,
 * never better than possible, and what it calls exact is the best.
 */
#include "../testing.h"
#include "base/alloc.h"
#include "brute.h"
#include "random_plan.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/joint/joint_exact.h"
#include "schedule/joint/joint_levels.h"
#include "schedule/joint/joint_lns.h"
#include "schedule/joint/joint_moves.h"
#include "schedule/joint/joint_reserve.h"
#include "schedule/joint/joint_search.h"
#include "schedule/model/model.h"
#include "schedule/model/solver.h"
#include "schedule/tasks/tasks_solve.h"
#include "work.h"

#define LEVELS      MSCHED_LEVEL_FILL_S
#define WORK_ENOUGH UINT64_C(400000) /* for a small day */
#define PLANS       80
#define MAX_STATES  8000

typedef msched_result (*technique)(msched__solver *s);

typedef struct joint {
    msched_plan *plan;
    msched__arena arena;
    msched__model model;
    msched__solver solver;
    int64_t best[MSCHED_LEVEL_COUNT];
} joint;

static msched_catalog *catalog;

static int set_up(void **state)
{
    (void)state;
    return (catalog = random_plan_catalog()) == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    msched_catalog_unref(catalog);
    return 0;
}

static int is_cut(const msched_plan *plan)
{
    for (uint32_t i = 0; i < plan->todo_count; i++)
        if (plan->todos[i].split_min_s > 0)
            return 1;
    return 0;
}

/* The day before the technique: tasks by themselves, then songs beside them. */
static void place_apart(msched__solver *s)
{
    msched__task_answer answer = {0};
    assert_int_equal(msched__solve_tasks(s->arena, &s->model->tasks, s->budget, &answer),
                     MSCHED_OK);
    s->best.timetable = answer.best;
    msched__solution_rate(&s->model->tasks, &s->best);
    for (int p = 1; p <= 4; p++) {
        s->bounds.first[p] = answer.first[p];
        msched__bounds_put(&s->bounds, msched__level_of_priority[p],
                           s->model->tasks.base[p] + answer.bound[p], s->best.value);
    }
    assert_int_equal(msched__place_songs(s, &s->best, 20000), MSCHED_OK);
    msched__bound_easy(s);
}

/* 0: the seed's plan is not one that exhaustive search can solve. */
static int open_plan(joint *j, uint64_t seed, msched__budget *budget)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__wish *wishes;
    memset(j, 0, sizeof *j);
    j->plan = random_plan(seed);
    if (j->plan == NULL)
        return 0;
    if (is_cut(j->plan) || j->plan->now_s != MSCHED_UNSET ||
        brute_best(catalog, j->plan, MAX_STATES, j->best) != 1) {
        msched_plan_unref(j->plan);
        return 0;
    }
    msched__arena_init(&j->arena, &allocator, 0);
    assert_int_equal(msched__wishes_make(&j->arena, catalog, j->plan, budget, &wishes), MSCHED_OK);
    j->model = (msched__model){.catalog = catalog, .plan = j->plan, .wishes = wishes};
    assert_int_equal(msched__model_make(&j->arena, &j->model), MSCHED_OK);
    j->solver = (msched__solver){.arena = &j->arena,
                                 .model = &j->model,
                                 .budget = budget,
                                 .seed = seed,
                                 .goal = MSCHED_LEVEL_FILL_S};
    place_apart(&j->solver);
    return 1;
}

static void close_plan(joint *j)
{
    msched__arena_reset(&j->arena);
    msched_plan_unref(j->plan);
}

static void check_day(const joint *j, const int64_t *before, uint64_t seed)
{
    const msched__solution *day = &j->solver.best;
    if (msched__values_compare(day->value, before, LEVELS) < 0 ||
        msched__values_compare(day->value, j->best, LEVELS) > 0)
        print_error("seed %llu\n", (unsigned long long)seed);
    assert_true(msched__values_compare(day->value, before, LEVELS) >= 0);
    assert_true(msched__values_compare(day->value, j->best, LEVELS) <= 0);
    assert_true(msched__solution_holds(&j->model.tasks, day));
    assert_true(msched__bounds_hold(&j->solver.bounds, day->value));
}

/* Run a technique on many plans; returns on how many it found a better day. */
static uint32_t run_on_plans(technique run, uint64_t work)
{
    uint32_t better = 0, plans = 0;
    for (uint64_t seed = 1; plans < PLANS; seed++) {
        joint j;
        int64_t before[MSCHED_LEVEL_COUNT];
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        plans++;
        memcpy(before, j.solver.best.value, sizeof before);
        budget->limit = budget->used + work;
        if (!msched__solver_done(&j.solver)) {
            assert_int_equal(run(&j.solver), MSCHED_OK);
            check_day(&j, before, seed);
            if (j.solver.exact)
                assert_true(msched__values_compare(j.solver.best.value, j.best, LEVELS) == 0);
            better += msched__values_compare(j.solver.best.value, before, LEVELS) > 0;
        }
        close_plan(&j);
    }
    return better;
}

static void moves_only_gain(void **state)
{
    (void)state;
    assert_true(run_on_plans(msched__moves_for_musts, WORK_ENOUGH) > 0);
    assert_true(run_on_plans(msched__moves_for_songs, WORK_ENOUGH) > 0);
}

static void levels_in_order_only_gain(void **state)
{
    (void)state;
    run_on_plans(msched__build_levels, WORK_ENOUGH);
    run_on_plans(msched__complete_day, WORK_ENOUGH);
}

static void reserved_time_only_gains(void **state)
{
    (void)state;
    assert_true(run_on_plans(msched__reserve, WORK_ENOUGH) > 0);
}

/* With work enough the search together comes to its end and finds the best day of all. */
static void search_together_is_exact(void **state)
{
    (void)state;
    uint32_t exact = 0, open = 0;
    for (uint64_t seed = 1; open < PLANS / 4; seed++) {
        joint j;
        int64_t before[MSCHED_LEVEL_COUNT];
        msched__budget *budget = WORK(WORK_ENOUGH);
        if (!open_plan(&j, seed, budget))
            continue;
        memcpy(before, j.solver.best.value, sizeof before);
        if (!msched__solver_done(&j.solver)) {
            open++;
            assert_int_equal(msched__search_together(&j.solver), MSCHED_OK);
            check_day(&j, before, seed);
            if (j.solver.exact)
                assert_true(msched__values_compare(j.solver.best.value, j.best, LEVELS) == 0);
            exact += j.solver.exact;
        }
        close_plan(&j);
    }
    assert_true(exact > open / 2);
}

static void techniques_out_of_work_keep_a_valid_day(void **state)
{
    (void)state;
    static const technique all[] = {msched__moves_for_musts, msched__moves_for_songs,
                                    msched__reserve, msched__search_together};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        run_on_plans(all[i], 20 + 100 * i);
}

/* Parts of the day searched anew find better days, and none that cannot be. */
static msched_result search_parts(msched__solver *s)
{
    msched__songs_problem wide;
    if (!msched__songs_beside(s->arena, s->model, NULL, &wide))
        return MSCHED_ERROR_MEMORY;
    msched__day_searcher *searcher = msched__day_searcher_make(s, &wide);
    if (searcher == NULL)
        return MSCHED_ERROR_MEMORY;
    msched_result result = msched__day_parts(s->arena, searcher, 5000);
    if (searcher->improved) {
        s->best.placement.must = searcher->best[MSCHED_LEVEL_MUST_SONGS];
        s->best.placement.weight = searcher->best[MSCHED_LEVEL_SONG_WEIGHT];
        msched__solution_rate(&s->model->tasks, &s->best);
    }
    return result;
}

static void parts_searched_anew_break_no_rule(void **state)
{
    (void)state;
    assert_true(run_on_plans(search_parts, WORK_ENOUGH) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(moves_only_gain),
                                       cmocka_unit_test(levels_in_order_only_gain),
                                       cmocka_unit_test(reserved_time_only_gains),
                                       cmocka_unit_test(search_together_is_exact),
                                       cmocka_unit_test(techniques_out_of_work_keep_a_valid_day),
                                       cmocka_unit_test(parts_searched_anew_break_no_rule)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
