/* Fixes that are sought only when they are read are those that are sought at once. */
#include <musicsched/arrow.h>
#include <musicsched/schedule.h>

#include "../failing.h"
#include "../testing.h"
#include "random_plan.h"

#include <pthread.h>
#include <stdio.h>

static msched_result build(const msched_plan *plan, uint32_t lazy, const msched_allocator *memory,
                           msched_schedule **out)
{
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.lazy_reasons = lazy;
    options.allocator = memory;
    return msched_schedule_build(out, random_catalog, plan, &options, NULL);
}

/* A day on a change of clocks, on which two tasks and a song are unscheduled. */
static msched_plan *crowded_day(void)
{
    static const char text[] =
        "{\"date\": \"2026-10-25\", \"timezone\": \"Europe/Berlin\", \"day\": {\"start\": "
        "\"00:00\","
        "\"end\": \"09:00\"}, \"todos\": ["
        "{\"title\": \"Call\", \"start\": \"04:00\", \"end\": \"05:00\"},"
        "{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 3600, \"earliest\": \"03:30\","
        "\"latest\": \"05:10\"},"
        "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 5400, \"latest\": \"01:00\","
        "\"priority\": 2}],"
        "\"songs\": [{\"query\": \"no such song at all\"}]}";
    msched_plan *plan;
    assert_int_equal(msched_plan_parse_json(&plan, text, sizeof text - 1, NULL, NULL), MSCHED_OK);
    return plan;
}

static msched_plan *plan_of(uint64_t seed)
{
    return seed == 0 ? crowded_day() : random_plan(seed);
}

static msched_text *json_of(const msched_schedule *schedule)
{
    msched_text *text;
    assert_int_equal(msched_schedule_to_json(schedule, &text, NULL), MSCHED_OK);
    return text;
}

static void fixes_are_the_same_as_at_once(void **state)
{
    (void)state;
    int fixes = 0;
    for (uint64_t seed = 0; seed <= 400; seed++) {
        msched_plan *plan = plan_of(seed);
        msched_schedule *lazy, *eager;
        if (plan == NULL)
            continue;
        assert_int_equal(build(plan, 0, NULL, &eager), MSCHED_OK);
        assert_int_equal(build(plan, 1, NULL, &lazy), MSCHED_OK);
        msched_plan_unref(plan);
        if (seed % 2 == 1) { /* half of them are read item by item first */
            for (uint32_t i = 0; i < msched_schedule_unplaced_count(lazy); i++) {
                msched_unplaced item = {.struct_size = sizeof item};
                assert_int_equal(msched_schedule_get_unplaced(lazy, i, &item), MSCHED_OK);
                fixes += item.fix != MSCHED_FIX_NONE;
            }
        }
        msched_text *a = json_of(eager), *b = json_of(lazy);
        assert_string_equal(msched_text_data(a), msched_text_data(b));
        msched_text_unref(a);
        msched_text_unref(b);
        msched_schedule_unref(eager);
        msched_schedule_unref(lazy);
    }
    assert_true(fixes > 50);
}

static void the_text_and_the_export_have_them_too(void **state)
{
    (void)state;
    msched_plan *plan = crowded_day();
    msched_schedule *written, *exported;
    assert_int_equal(build(plan, 1, NULL, &written), MSCHED_OK);
    assert_int_equal(build(plan, 1, NULL, &exported), MSCHED_OK);
    msched_plan_unref(plan);
    msched_text *text;
    assert_int_equal(msched_schedule_to_text(written, &text, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(text), "let it "));
    msched_text_unref(text);
    struct ArrowArrayStream stream;
    assert_int_equal(msched_schedule_export_unplaced(exported, &stream, NULL), MSCHED_OK);
    stream.release(&stream);
    msched_unplaced item = {.struct_size = sizeof item};
    assert_int_equal(msched_schedule_get_unplaced(exported, 0, &item), MSCHED_OK);
    assert_int_not_equal(item.fix, MSCHED_FIX_NONE);
    msched_schedule_unref(written);
    msched_schedule_unref(exported);
}

static void *read_all(void *schedule)
{
    return json_of(schedule);
}

static void threads_may_read_at_once(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed <= 20; seed++) {
        msched_plan *plan = plan_of(seed);
        msched_schedule *schedule;
        pthread_t threads[4];
        if (plan == NULL)
            continue;
        assert_int_equal(build(plan, 1, NULL, &schedule), MSCHED_OK);
        msched_plan_unref(plan);
        for (int i = 0; i < 4; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, read_all, schedule), 0);
        msched_text *first = json_of(schedule);
        for (int i = 0; i < 4; i++) {
            void *text;
            assert_int_equal(pthread_join(threads[i], &text), 0);
            assert_string_equal(msched_text_data(first), msched_text_data(text));
            msched_text_unref(text);
        }
        msched_text_unref(first);
        msched_schedule_unref(schedule);
    }
}

/* What fails for want of memory may be read again, and then has every fix. */
static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    msched_plan *plan = crowded_day();
    msched_schedule *eager;
    assert_int_equal(build(plan, 0, NULL, &eager), MSCHED_OK);
    msched_text *expected = json_of(eager);
    msched_schedule_unref(eager);
    for (long n = 1;; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule *schedule;
        msched_result result = build(plan, 1, &allocator, &schedule);
        if (result == MSCHED_OK) {
            msched_unplaced item = {.struct_size = sizeof item};
            result = msched_schedule_get_unplaced(schedule, 0, &item);
            assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
            if (n % 2 == 0 && memory.count >= n) {
                msched_text *text = json_of(schedule);
                assert_string_equal(msched_text_data(text), msched_text_data(expected));
                msched_text_unref(text);
            }
            msched_schedule_unref(schedule);
        }
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        assert_int_equal(memory.live, 0);
        if (memory.count < n)
            break;
    }
    msched_text_unref(expected);
    msched_plan_unref(plan);
}

/*
 * A schedule that is read once while the allocation fails that follows `skip` of the search. The
 * text is of `memory`.
 */
static msched_text *read_again(failing *memory, const msched_plan *plan, long skip, long *searched,
                               msched_result *first)
{
    *memory = (failing){.fail_at = 0};
    msched_allocator allocator = failing_allocator(memory);
    msched_schedule_options options;
    msched_schedule *schedule;
    msched_unplaced item = {.struct_size = sizeof item};
    msched_schedule_options_init(&options, sizeof options);
    options.lazy_reasons = 1;
    options.time_limit_ms = 600000; /* the solved day is kept */
    options.allocator = &allocator;
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, NULL),
                     MSCHED_OK);
    long built = memory->count;
    memory->fail_at = skip < 0 ? 0 : built + skip + 1;
    *first = msched_schedule_unplaced_count(schedule) == 0
                 ? MSCHED_OK
                 : msched_schedule_get_unplaced(schedule, 0, &item);
    *searched = memory->count - built;
    msched_text *text = json_of(schedule);
    msched_schedule_unref(schedule);
    return text;
}

/* Also where only solving to the end finds a fix. */
static void a_search_begins_anew_where_memory_ran_out(void **state)
{
    (void)state;
    static const uint64_t seeds[] = {93, 117, 210, 278, 295, 302};
    int failed = 0;
    for (size_t s = 0; s < sizeof seeds / sizeof *seeds; s++) {
        msched_plan *plan = random_plan(seeds[s]);
        msched_result first;
        long all, some;
        failing calm, short_of;
        assert_non_null(plan);
        msched_text *expected = read_again(&calm, plan, -1, &all, &first);
        for (long skip = all - 1; skip >= 0; skip -= 1 + (all - skip) / 40) {
            msched_text *text = read_again(&short_of, plan, skip, &some, &first);
            failed += first == MSCHED_ERROR_MEMORY;
            assert_string_equal(msched_text_data(text), msched_text_data(expected));
            msched_text_unref(text);
        }
        msched_text_unref(expected);
        msched_plan_unref(plan);
    }
    assert_true(failed > 50);
}

static int never(void *ctx)
{
    (*(int *)ctx)++;
    return 0;
}

static uint32_t count_fixes(const msched_plan *plan, msched_schedule_options options)
{
    msched_schedule *schedule;
    uint32_t fixes = 0;
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, NULL),
                     MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
        msched_unplaced item = {.struct_size = sizeof item};
        assert_int_equal(msched_schedule_get_unplaced(schedule, i, &item), MSCHED_OK);
        fixes += item.fix != MSCHED_FIX_NONE;
    }
    msched_schedule_unref(schedule);
    return fixes;
}

/* Long searches are left to the reader, but not where the caller limits the call or its work. */
static void a_reader_gets_fixes_that_take_long(void **state)
{
    (void)state;
    int asked = 0;
    uint32_t brief = 0, whole = 0, limited = 0;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        msched_plan *plan = random_plan(seed);
        if (plan == NULL)
            continue;
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        whole += count_fixes(plan, options);
        options.cancel = never;
        options.cancel_ctx = &asked;
        limited += count_fixes(plan, options);
        options.cancel = NULL;
        options.work_limit = 60000;
        brief += count_fixes(plan, options);
        msched_plan_unref(plan);
    }
    assert_int_equal(limited, whole);
    assert_true(asked > 0);
    assert_true(brief < whole);
}

static void the_caller_is_not_asked_while_reading(void **state)
{
    (void)state;
    msched_plan *plan = crowded_day();
    msched_schedule_options options;
    msched_schedule *schedule;
    int asked = 0;
    msched_schedule_options_init(&options, sizeof options);
    options.lazy_reasons = 1;
    options.cancel = never;
    options.cancel_ctx = &asked;
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, NULL),
                     MSCHED_OK);
    int before = asked;
    msched_text_unref(json_of(schedule));
    assert_int_equal(asked, before);
    msched_schedule_unref(schedule);
    options.lazy_reasons = 2;
    msched_error err;
    assert_int_equal(msched_schedule_build(&schedule, random_catalog, plan, &options, &err),
                     MSCHED_ERROR_ARGUMENT);
    assert_string_equal(err.message, "options.lazy_reasons is 2: must be 0 or 1");
    msched_plan_unref(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_are_the_same_as_at_once),
        cmocka_unit_test(the_text_and_the_export_have_them_too),
        cmocka_unit_test(threads_may_read_at_once),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(a_search_begins_anew_where_memory_ran_out),
        cmocka_unit_test(the_caller_is_not_asked_while_reading),
        cmocka_unit_test(a_reader_gets_fixes_that_take_long),
    };
    return cmocka_run_group_tests(tests, random_catalog_setup, random_catalog_teardown);
}
