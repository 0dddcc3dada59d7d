/* A plan seen from another moment. */
#include "../testing.h"

#include "../failing.h"

#include <musicsched/plan.h>

static const char json[] =
    "{\"version\": 1, \"date\": \"2026-11-24\", \"now\": \"08:00\","
    " \"todos\": [{\"title\": \"Gym\", \"duration_s\": 3600}], \"songs\": [{\"query\": \"x\"}]}";

static void test_only_now_differs(void **state)
{
    (void)state;
    msched_plan *plan = NULL, *later = NULL, *latest = NULL;
    msched_day day = {.struct_size = sizeof day};
    msched_todo todo = {.struct_size = sizeof todo};
    assert_int_equal(msched_plan_parse_json(&plan, json, sizeof json - 1, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_with_now(&later, plan, 14 * 3600, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_with_now(&latest, later, MSCHED_UNSET, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_get_day(plan, &day), MSCHED_OK);
    assert_int_equal(day.now_s, 8 * 3600);
    msched_plan_unref(plan);
    assert_int_equal(msched_plan_get_day(later, &day), MSCHED_OK);
    assert_int_equal(day.now_s, 14 * 3600);
    msched_plan_unref(later);
    /* The last one keeps all that it shares. */
    assert_int_equal(msched_plan_get_day(latest, &day), MSCHED_OK);
    assert_int_equal(day.now_s, MSCHED_UNSET);
    assert_string_equal(day.date, "2026-11-24");
    assert_int_equal(msched_plan_todo_count(latest), 1);
    assert_int_equal(msched_plan_song_count(latest), 1);
    assert_int_equal(msched_plan_get_todo(latest, 0, &todo), MSCHED_OK);
    assert_string_equal(todo.title, "Gym");
    msched_plan_unref(latest);
}

static void test_refused(void **state)
{
    (void)state;
    msched_plan *plan = NULL, *later = NULL;
    assert_int_equal(msched_plan_parse_json(&plan, json, sizeof json - 1, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_with_now(&later, plan, MSCHED_DAY_END_S + 1, NULL),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(msched_plan_with_now(&later, plan, -2, NULL), MSCHED_ERROR_VALUE);
    assert_int_equal(msched_plan_with_now(&later, NULL, 0, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_with_now(NULL, plan, 0, NULL), MSCHED_ERROR_ARGUMENT);
    assert_null(later);
    msched_plan_unref(plan);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    failing f = {0};
    const msched_allocator allocator = failing_allocator(&f);
    msched_plan *plan = NULL, *later = NULL;
    assert_int_equal(msched_plan_parse_json(&plan, json, sizeof json - 1, &allocator, NULL),
                     MSCHED_OK);
    f.fail_at = f.count + 1;
    assert_int_equal(msched_plan_with_now(&later, plan, 0, NULL), MSCHED_ERROR_MEMORY);
    msched_plan_unref(plan);
    assert_int_equal(f.live, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_now_differs),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
