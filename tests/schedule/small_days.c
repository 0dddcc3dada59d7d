#include "small_days.h"

#include "base/alloc.h"
#include "brute.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/model/artists.h"
#include "schedule/tasks/tasks_solve.h"

#define MAX_STATES 8000

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

int open_plan(joint *j, uint64_t seed, msched__budget *budget)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__wish *wishes;
    memset(j, 0, sizeof *j);
    j->plan = random_plan(seed);
    if (j->plan == NULL)
        return 0;
    if (is_cut(j->plan) || j->plan->now_s != MSCHED_UNSET ||
        brute_best(random_catalog, j->plan, MAX_STATES, j->best) != 1) {
        msched_plan_unref(j->plan);
        return 0;
    }
    msched__arena_init(&j->arena, &allocator, 0);
    assert_int_equal(msched__wishes_make(&j->arena, random_catalog, j->plan, budget, &wishes),
                     MSCHED_OK);
    assert_true(msched__artists_number(&j->arena, random_catalog, wishes, j->plan->song_count));
    j->model = (msched__model){.catalog = random_catalog, .plan = j->plan, .wishes = wishes};
    assert_int_equal(msched__model_make(&j->arena, &j->model), MSCHED_OK);
    j->solver = (msched__solver){.arena = &j->arena,
                                 .model = &j->model,
                                 .budget = budget,
                                 .seed = seed,
                                 .goal = MSCHED_LEVEL_FILL_S};
    place_apart(&j->solver);
    return 1;
}

void close_plan(joint *j)
{
    msched__arena_reset(&j->arena);
    msched_plan_unref(j->plan);
}

int best_is_within_bounds(const joint *j)
{
    int64_t value[MSCHED_LEVEL_COUNT] = {0}; /* without the fill, which has no bound yet */
    memcpy(value, j->best, LEVELS * sizeof *value);
    return msched__bounds_hold(&j->solver.bounds, value);
}

void check_day(const joint *j, const int64_t *before, uint64_t seed)
{
    const msched__solution *day = &j->solver.best;
    if (msched__values_compare(day->value, before, LEVELS) < 0 ||
        msched__values_compare(day->value, j->best, LEVELS) > 0)
        print_error("seed %llu\n", (unsigned long long)seed);
    assert_true(msched__values_compare(day->value, before, LEVELS) >= 0);
    assert_true(msched__values_compare(day->value, j->best, LEVELS) <= 0);
    assert_true(msched__solution_holds(&j->model.tasks, day));
    assert_true(msched__bounds_hold(&j->solver.bounds, day->value));
    assert_true(best_is_within_bounds(j));
}

uint32_t run_on_plans(technique run, uint64_t work)
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
