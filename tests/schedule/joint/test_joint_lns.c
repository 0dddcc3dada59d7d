/* Parts of the day searched anew find better days and break no rule. */
#include "../small_days.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_lns.h"
#include "schedule/joint/joint_search.h"

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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_searched_anew_break_no_rule),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
