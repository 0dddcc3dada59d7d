/* A search of the items that matter proves only what is so. */
#include "../small_days.h"
#include "schedule/joint/joint_reduced.h"
#include "schedule/model/bounds.h"

#define DAYS 600

/* What is proved is the best value; counts the plans on which more is proved than before. */
static int prove(joint *j, void *more)
{
    int64_t before[MSCHED_LEVEL_COUNT];
    msched__solver *s = &j->solver;
    memcpy(before, s->best.value, sizeof before);
    uint32_t known = msched__bounds_proved(&s->bounds, before);
    assert_int_equal(msched__bound_reduced(s), MSCHED_OK);
    check_day(j, before);
    uint32_t proved = msched__bounds_proved(&s->bounds, s->best.value);
    for (uint32_t level = 0; level < proved && level < LEVELS; level++)
        assert_int_equal(s->best.value[level], j->best[level]);
    *(uint32_t *)more += proved > known;
    return 1;
}

static void what_it_proves_is_the_best(void **state)
{
    uint32_t more = 0;
    (void)state;
    on_plans(DAYS, prove, &more);
    assert_true(more > 10);
}

/* A task that may be split is searched as its compulsory parts. */
static void what_it_proves_is_the_best_with_a_split_task(void **state)
{
    uint32_t more = 0;
    (void)state;
    on_split_plans(DAYS, prove, &more);
    assert_true(more > 10);
}

static int search_first(joint *j, void *kept)
{
    msched__solver *s = &j->solver;
    assert_false(msched__solver_done(s));
    s->budget->limit = s->budget->used + 160; /* too little for an answer */
    assert_int_equal(msched__search_reduced(s), MSCHED_OK);
    *(uint64_t *)kept = s->kept;
    return 1;
}

#define SONGS(times)                                                                               \
    "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"08:55\"}, \"songs\": [" \
    "{\"track_id\": \"track1\", \"times\": " times                                                 \
    "}, {\"track_id\": \"track2\", \"times\": " times "}]}"

/* A search of too many items never ends, so it leaves all work to the other searches. */
static void no_work_is_kept_for_too_many_items(void **state)
{
    uint64_t few = 0, many = 0;
    (void)state;
    on_plan(SONGS("12"), search_first, &few);
    on_plan(SONGS("21"), search_first, &many);
    assert_true(few > 0);
    assert_true(many == 0);
}

static void with_some_of_the_work_it_keeps_a_valid_day(void **state)
{
    (void)state;
    run_on_plans(msched__search_reduced, 20000);
    run_on_plans(msched__search_reduced, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_proves_is_the_best),
        cmocka_unit_test(what_it_proves_is_the_best_with_a_split_task),
        cmocka_unit_test(no_work_is_kept_for_too_many_items),
        cmocka_unit_test(with_some_of_the_work_it_keeps_a_valid_day),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
