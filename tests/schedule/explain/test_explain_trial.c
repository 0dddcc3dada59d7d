/* Solves to the end share their work, which ends them. */
#include "../brute.h"
#include "../small_days.h"
#include "schedule/explain/explain_recall.h"
#include "schedule/explain/explain_trial.h"

#define SOLVES 3 /* as much work as so many solves have */

typedef struct searched {
    msched__explain explain;
    msched__fixer fixer;
    msched_unplaced item;
    msched__known known;
} searched;

/* A fixer for the first task that the day leaves out. 0: it leaves out none. */
static int begin(joint *j, searched *s, uint64_t work)
{
    const msched_plan *plan = j->plan;
    const msched__tasks *tasks = &j->model.tasks;
    uint32_t task = 0;
    while (task < tasks->count &&
           (j->solver.best.timetable.placed[task] || tasks->tasks[task].hopeless ||
            tasks->tasks[task].length < BRUTE_SLOT_S * 2))
        task++;
    if (task == tasks->count)
        return 0;
    *s = (searched){.item = {.kind = MSCHED_UNPLACED_TODO, .todo = tasks->tasks[task].todo}};
    s->explain = (msched__explain){.scratch = &j->arena,
                                   .model = &j->model,
                                   .day = &j->solver.best,
                                   .budget = &j->budget,
                                   .work_limit = work,
                                   .work_less = work,
                                   .thorough = 1};
    s->fixer = (msched__fixer){.e = &s->explain,
                               .item = &s->item,
                               .left = work,
                               .part = work,
                               .whole = SOLVES * work,
                               .known = &s->known};
    s->fixer.todos = msched__arena_alloc(&j->arena, plan->todo_count, sizeof *s->fixer.todos);
    s->fixer.songs = msched__arena_alloc(&j->arena, plan->song_count, sizeof *s->fixer.songs);
    s->fixer.wishes = msched__arena_alloc(&j->arena, plan->song_count, sizeof *s->fixer.wishes);
    s->fixer.left_out = msched__arena_alloc(&j->arena, 1, sizeof *s->fixer.left_out);
    assert_true(s->fixer.todos != NULL && s->fixer.songs != NULL && s->fixer.wishes != NULL &&
                s->fixer.left_out != NULL);
    return 1;
}

/* Make a task shorter, second by second, until no work is left. 1 where that is so. */
static int spend_all(joint *j, void *counts)
{
    searched s;
    (void)counts;
    if (!begin(j, &s, 50))
        return 0;
    uint64_t left = s.fixer.whole;
    msched__fixer_begin_item(&s.fixer);
    for (int32_t amount = 1; left > 0 && amount < BRUTE_SLOT_S; amount++) {
        const msched__change change = {.fix = MSCHED_FIX_SHORTER, .amount = amount};
        msched__judge_to_the_end(&s.fixer, &change);
        assert_int_equal(s.fixer.result, MSCHED_OK);
        assert_true(s.fixer.whole <= left);
        assert_true(s.fixer.left == s.explain.work_limit && !s.fixer.to_the_end);
        left = s.fixer.whole;
    }
    if (left > 0)
        return 0;
    const msched__change last = {.fix = MSCHED_FIX_SHORTER, .amount = BRUTE_SLOT_S};
    enum msched__verdict verdict = msched__judge_to_the_end(&s.fixer, &last);
    assert_int_equal(verdict, MSCHED__SPENT);
    assert_true(msched__lacks_work(&s.fixer, verdict));
    return 1;
}

static void solves_to_the_end_share_their_work(void **state)
{
    (void)state;
    on_plans(PLANS / 4, spend_all, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solves_to_the_end_share_their_work),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
