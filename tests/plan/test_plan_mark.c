/* A plan with what has become of a to-do or a song. */
#include "../testing.h"

#include "../failing.h"

#include <musicsched/plan.h>

static const char json[] =
    "{\"version\": 1, \"date\": \"2026-11-24\", \"todos\": ["
    "{\"title\": \"Stand-up\", \"start\": \"09:00\", \"end\": \"09:15\"},"
    "{\"title\": \"Gym\", \"duration_s\": 3600}, {\"title\": \"Gym\", \"duration_s\": 3600}],"
    " \"songs\": [{\"query\": \"x\"}, {\"query\": \"y\", \"times\": 2}]}";

static msched_plan *read_plan(const msched_allocator *allocator)
{
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_parse_json(&plan, json, sizeof json - 1, allocator, NULL),
                     MSCHED_OK);
    return plan;
}

static msched_todo mark_of(const char *id, uint32_t state)
{
    msched_todo mark;
    msched_todo_init(&mark, sizeof mark);
    mark.id = id;
    mark.state = state;
    return mark;
}

static void test_only_what_is_marked_differs(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(NULL), *done = NULL, *paused = NULL, *heard = NULL;
    msched_todo mark = mark_of("gym~2", MSCHED_STATE_DONE), todo = {.struct_size = sizeof todo};
    msched_song song = {.struct_size = sizeof song};
    mark.started_s = 8 * 3600;
    mark.ended_s = 9 * 3600 + 60;
    assert_int_equal(msched_plan_mark_todo(&done, plan, &mark, NULL), MSCHED_OK);
    mark = mark_of("gym", MSCHED_STATE_PAUSED);
    mark.left_s = 1500;
    assert_int_equal(msched_plan_mark_todo(&paused, done, &mark, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_mark_song(&heard, paused, 1, MSCHED_STATE_DONE, NULL), MSCHED_OK);

    assert_int_equal(msched_plan_get_todo(plan, 2, &todo), MSCHED_OK);
    assert_int_equal(todo.state, MSCHED_STATE_OPEN);
    msched_plan_unref(plan);
    msched_plan_unref(done);
    msched_plan_unref(paused);
    /* The last one keeps all that it shares. */
    assert_int_equal(msched_plan_get_todo(heard, 0, &todo), MSCHED_OK);
    assert_int_equal(todo.state, MSCHED_STATE_OPEN);
    assert_string_equal(todo.title, "Stand-up");
    assert_int_equal(msched_plan_get_todo(heard, 1, &todo), MSCHED_OK);
    assert_int_equal(todo.state, MSCHED_STATE_PAUSED);
    assert_int_equal(todo.left_s, 1500);
    assert_int_equal(todo.started_s, MSCHED_UNSET);
    assert_int_equal(msched_plan_get_todo(heard, 2, &todo), MSCHED_OK);
    assert_int_equal(todo.state, MSCHED_STATE_DONE);
    assert_int_equal(todo.started_s, 8 * 3600);
    assert_int_equal(todo.ended_s, 9 * 3600 + 60);
    assert_int_equal(msched_plan_get_song(heard, 0, &song), MSCHED_OK);
    assert_int_equal(song.state, MSCHED_STATE_OPEN);
    assert_int_equal(msched_plan_get_song(heard, 1, &song), MSCHED_OK);
    assert_int_equal(song.state, MSCHED_STATE_DONE);
    assert_int_equal(song.times, 2);
    msched_plan_unref(heard);
}

static void test_a_mark_replaces_the_one_before(void **state)
{
    (void)state;
    failing memory = {0};
    const msched_allocator allocator = failing_allocator(&memory);
    msched_plan *plan = read_plan(&allocator), *next = NULL;
    msched_todo mark = mark_of("gym", MSCHED_STATE_PAUSED), todo = {.struct_size = sizeof todo};
    mark.left_s = 600;
    /* As many as an application that runs for months makes: what they hold does not add up. */
    long live = 0;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(msched_plan_mark_todo(&next, plan, &mark, NULL), MSCHED_OK);
        msched_plan_unref(plan);
        assert_int_equal(msched_plan_with_now(&plan, next, i, NULL), MSCHED_OK);
        msched_plan_unref(next);
        mark = mark_of("gym", MSCHED_STATE_OPEN);
        live = i == 10 ? memory.live : live;
        assert_true(i < 10 || memory.live == live);
    }
    assert_int_equal(msched_plan_get_todo(plan, 1, &todo), MSCHED_OK);
    assert_int_equal(todo.state, MSCHED_STATE_OPEN);
    assert_int_equal(todo.left_s, MSCHED_UNSET);
    msched_plan_unref(plan);
}

static void refused(msched_plan *plan, const msched_todo *mark, msched_result code,
                    const char *message)
{
    msched_plan *out = plan;
    msched_error err = {0};
    assert_int_equal(msched_plan_mark_todo(&out, plan, mark, &err), code);
    assert_null(out);
    assert_string_equal(err.message, message);
}

static void test_refused(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(NULL), *out = plan;
    msched_error err = {0};
    msched_todo mark = mark_of("run", MSCHED_STATE_DONE);
    refused(plan, &mark, MSCHED_ERROR_NOT_FOUND,
            "id: no to-do has the id \"run\"; the ids are stand-up, gym, gym~2");
    mark = mark_of("gym", MSCHED_STATE_PAUSED);
    refused(plan, &mark, MSCHED_ERROR_VALUE,
            "to-do 2 \"gym\": left_s must be the remaining seconds of the paused to-do");
    mark = mark_of("stand-up", MSCHED_STATE_PAUSED);
    mark.left_s = 60;
    refused(
        plan, &mark, MSCHED_ERROR_VALUE,
        "to-do 1 \"stand-up\": state \"paused\" applies only to tasks: an event has fixed times");
    mark = mark_of("gym", MSCHED_STATE_SKIPPED);
    mark.ended_s = 60;
    refused(plan, &mark, MSCHED_ERROR_VALUE,
            "to-do 2 \"gym\": ended cannot be combined with the state \"skipped\"");
    mark = mark_of("gym", MSCHED_STATE_COUNT);
    refused(plan, &mark, MSCHED_ERROR_ARGUMENT,
            "to-do 2 \"gym\": state is 6, which is not a state");
    assert_int_equal(msched_plan_mark_song(&out, plan, 2, MSCHED_STATE_DONE, &err),
                     MSCHED_ERROR_NOT_FOUND);
    assert_null(out);
    assert_int_equal(msched_plan_mark_song(&out, plan, 0, MSCHED_STATE_STARTED, &err),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(msched_plan_mark_todo(NULL, plan, &mark, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_mark_todo(&out, NULL, &mark, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_mark_todo(&out, plan, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_mark_song(NULL, plan, 0, 0, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_mark_song(&out, NULL, 0, 0, NULL), MSCHED_ERROR_ARGUMENT);
    msched_plan_unref(plan);
}

/* Minutes past midnight at which a to-do stands, or MSCHED_UNSET. */
static int32_t start_of(const msched_plan *plan, uint32_t index)
{
    msched_todo todo = {.struct_size = sizeof todo};
    assert_int_equal(msched_plan_get_todo(plan, index, &todo), MSCHED_OK);
    return todo.start_s == MSCHED_UNSET ? MSCHED_UNSET : todo.start_s / 60;
}

static void test_a_to_do_is_moved(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(NULL), *moved = NULL, *free_again = NULL, *event = NULL;
    msched_todo before = {.struct_size = sizeof before}, after = {.struct_size = sizeof after};
    msched_error err = {0};
    assert_int_equal(msched_plan_move_todo(&moved, plan, "gym", 18 * 3600, NULL), MSCHED_OK);
    assert_int_equal(start_of(moved, 1), 18 * 60);
    assert_int_equal(start_of(plan, 1), MSCHED_UNSET);
    assert_int_equal(msched_plan_move_todo(&free_again, moved, "gym", MSCHED_UNSET, NULL),
                     MSCHED_OK);
    assert_int_equal(start_of(free_again, 1), MSCHED_UNSET);
    assert_int_equal(msched_plan_move_todo(&event, plan, "stand-up", 11 * 3600, NULL), MSCHED_OK);
    msched_plan_get_todo(plan, 0, &before);
    msched_plan_get_todo(event, 0, &after);
    assert_int_equal(after.start_s, 11 * 3600);
    assert_int_equal(after.end_s - after.start_s, before.end_s - before.start_s);
    msched_plan_unref(free_again);
    assert_int_equal(msched_plan_move_todo(&free_again, plan, "run", 0, &err),
                     MSCHED_ERROR_NOT_FOUND);
    assert_null(free_again);
    assert_int_equal(msched_plan_move_todo(&free_again, plan, "stand-up", MSCHED_UNSET, &err),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(msched_plan_move_todo(&free_again, plan, "gym", MSCHED_DAY_END_S, &err),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(msched_plan_move_todo(&free_again, plan, NULL, 0, &err),
                     MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_move_todo(NULL, plan, "gym", 0, &err), MSCHED_ERROR_ARGUMENT);
    msched_plan_unref(event);
    msched_plan_unref(moved);
    msched_plan_unref(plan);
}

static void test_out_of_memory(void **state)
{
    (void)state;
    for (long n = 1; n <= 2; n++) {
        failing memory = {0};
        const msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan = read_plan(&allocator), *out = NULL;
        const msched_todo mark = mark_of("gym", MSCHED_STATE_DONE);
        memory.fail_at = memory.count + n;
        assert_int_equal(msched_plan_mark_todo(&out, plan, &mark, NULL), MSCHED_ERROR_MEMORY);
        assert_null(out);
        memory.fail_at = memory.count + n;
        assert_int_equal(msched_plan_mark_song(&out, plan, 0, MSCHED_STATE_DONE, NULL),
                         MSCHED_ERROR_MEMORY);
        assert_null(out);
        msched_plan_unref(plan);
        assert_int_equal(memory.live, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_what_is_marked_differs),
        cmocka_unit_test(test_a_mark_replaces_the_one_before),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_a_to_do_is_moved),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
