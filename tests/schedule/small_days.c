#include "small_days.h"

#include "base/alloc.h"
#include "brute.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/model/artists.h"
#include "schedule/tasks/tasks_solve.h"

#define MAX_STATES 8000

/* Tasks that may be split. With two of them, a day better than that of the search may exist. */
static uint32_t count_split(const msched_plan *plan)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        count += plan->todos[i].split_min_s > 0;
    return count;
}

/* The day before the technique: tasks by themselves, then songs beside them. */
static void place_apart(msched__solver *s)
{
    msched__task_answer answer = {0};
    assert_int_equal(msched__solve_tasks(s->arena, &s->model->tasks, s->budget, &answer),
                     MSCHED_OK);
    s->best.timetable = answer.best;
    msched__solution_rate(&s->model->tasks, &s->best);
    for (int p = 1; p <= 4; p++)
        msched__bounds_put_tasks(&s->bounds, msched__level_of_priority[p],
                                 s->model->tasks.base[p] + answer.bound[p], s->best.value);
    assert_int_equal(msched__place_songs(s, &s->best, 20000), MSCHED_OK);
    msched__bound_easy(s);
}

/* Place the tasks of j->plan, then its songs. */
static void open_day(joint *j)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__wish *wishes;
    msched__arena_init(&j->arena, &allocator, 0);
    assert_int_equal(msched__wishes_make(&j->arena, random_catalog, j->plan, &j->budget, &wishes),
                     MSCHED_OK);
    assert_true(msched__artists_number(&j->arena, random_catalog, wishes, j->plan->song_count));
    j->model = (msched__model){.catalog = random_catalog, .plan = j->plan, .wishes = wishes};
    assert_int_equal(msched__model_make(&j->arena, &j->model), MSCHED_OK);
    j->solver = (msched__solver){.arena = &j->arena,
                                 .model = &j->model,
                                 .budget = &j->budget,
                                 .seed = j->seed,
                                 .goal = MSCHED_LEVEL_FILL_S};
    place_apart(&j->solver);
}

static void close_day(joint *j)
{
    msched__arena_reset(&j->arena);
    msched_plan_unref(j->plan);
}

/* 0: the plan of a seed has another number of tasks that may be split, or is not searched. */
static int draw_day(joint *j, uint64_t seed, uint32_t split)
{
    *j = (joint){.seed = seed, .budget = *WORK(WORK_ENOUGH), .plan = random_plan(seed)};
    if (j->plan == NULL)
        return 0;
    if (count_split(j->plan) != split || j->plan->now_s != MSCHED_UNSET ||
        brute_best(random_catalog, j->plan, MAX_STATES, j->best) != 1) {
        msched_plan_unref(j->plan);
        return 0;
    }
    open_day(j);
    return 1;
}

static void look_at_plans(uint32_t plans, uint32_t split, plan_check check, void *counts)
{
    uint32_t counted = 0;
    for (uint64_t seed = 1; counted < plans; seed++) {
        joint j;
        if (!draw_day(&j, seed, split))
            continue;
        counted += check(&j, counts) != 0;
        close_day(&j);
    }
}

void on_plans(uint32_t plans, plan_check check, void *counts)
{
    look_at_plans(plans, 0, check, counts);
}

void on_split_plans(uint32_t plans, plan_check check, void *counts)
{
    look_at_plans(plans, 1, check, counts);
}

void on_plan(const char *json, plan_check check, void *counts)
{
    joint j = {.budget = *WORK(WORK_ENOUGH)};
    assert_int_equal(msched_plan_parse_json(&j.plan, json, strlen(json), NULL, NULL), MSCHED_OK);
    open_day(&j);
    check(&j, counts);
    close_day(&j);
}

int best_is_within_bounds(const joint *j)
{
    int64_t value[MSCHED_LEVEL_COUNT] = {0}; /* without the fill, which has no bound yet */
    memcpy(value, j->best, LEVELS * sizeof *value);
    return msched__bounds_hold(&j->solver.bounds, value);
}

void check_day(const joint *j, const int64_t *before)
{
    const msched__solution *day = &j->solver.best;
    if (msched__values_compare(day->value, before, LEVELS) < 0 ||
        msched__values_compare(day->value, j->best, LEVELS) > 0)
        print_error("seed %llu\n", (unsigned long long)j->seed);
    assert_true(msched__values_compare(day->value, before, LEVELS) >= 0);
    assert_true(msched__values_compare(day->value, j->best, LEVELS) <= 0);
    assert_true(msched__solution_holds(&j->model.tasks, day));
    assert_true(msched__bounds_hold(&j->solver.bounds, day->value));
    assert_true(best_is_within_bounds(j));
}

/* A technique to run, and what came of it. */
typedef struct trial {
    technique run;
    uint64_t work;
    uint32_t better;
} trial;

static int try_technique(joint *j, void *counts)
{
    trial *t = counts;
    msched__solver *s = &j->solver;
    int64_t before[MSCHED_LEVEL_COUNT];
    memcpy(before, s->best.value, sizeof before);
    s->budget->limit = s->budget->used + t->work;
    if (msched__solver_done(s))
        return 1;
    assert_int_equal(t->run(s), MSCHED_OK);
    check_day(j, before);
    if (s->exact)
        assert_true(msched__values_compare(s->best.value, j->best, LEVELS) == 0);
    t->better += msched__values_compare(s->best.value, before, LEVELS) > 0;
    return 1;
}

uint32_t run_on_plans(technique run, uint64_t work)
{
    trial t = {run, work, 0};
    on_plans(PLANS, try_technique, &t);
    return t.better;
}
