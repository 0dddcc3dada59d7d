#define _POSIX_C_SOURCE 200809L
#include "../testing.h"

#include "plan/plan_data.h"

#include "../failing.h"
#include "../files_of.h"

#include <stdio.h>

static const char *corpus;

static msched_plan *parse(const char *text, msched_error *err)
{
    msched_plan *plan = NULL;
    msched_plan_parse_json(&plan, text, strlen(text), NULL, err);
    return plan;
}

static const char sample[] =
    "{\"version\": 1, \"date\": \"2026-11-24\", \"timezone\": \"America/New_York\", \"day\": "
    "{\"start\": \"07:00\", \"end\": "
    "\"23:00\"},\n"
    " \"now\": \"14:10\", \"todos\": [\n"
    "  {\"id\": \"work\", \"title\": \"Work\", \"start\": \"09:00\", \"end\": \"17:00\", "
    "\"music\": false},\n"
    "  {\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600, \"earliest\": \"17:00\", "
    "\"latest\": \"21:00:30\", "
    "\"priority\": 2,\n"
    "   \"after\": [\"work\"], \"buffer_before_s\": 600, \"buffer_after_s\": 300, \"split_min_s\": "
    "1800, \"music\": true, "
    "\"mood\": \"workout\"},\n"
    "  {\"title\": \"Pinned\", \"duration_s\": 600, \"pin\": \"35:50\"}],\n"
    " \"songs\": [{\"track_id\": \"0nbX\", \"between\": [\"17:00\", \"20:00\"], \"must\": true, "
    "\"weight\": 300, \"times\": 2},\n"
    "  {\"query\": \"Dance Monkey - Tones and I\", \"during\": \"gym\", \"at\": \"18:00\"}],\n"
    " \"listening\": {\"quiet\": [[\"22:00\", \"24:00\"]], \"max_total_s\": 7200, \"gap_s\": 2, "
    "\"artist_separation_s\": 1800, \"repeat_s\": 10800,\n"
    "  \"fill\": {\"duration_s\": 3600, \"genres\": [\"pop\"], \"subgenres\": [], \"artists\": [], "
    "\"years\": [2015, null],\n"
    "   \"min_popularity\": 70, \"mood\": \"focus\", \"between\": [\"10:00\", \"12:00\"]}}}";

static void test_values(void **state)
{
    (void)state;
    msched_error err;
    msched_plan *plan = parse(sample, &err);
    if (plan == NULL)
        fail_msg("%s", err.message);
    assert_int_equal(plan->now_s, 14 * 3600 + 600);
    assert_int_equal(plan->todo_count, 3);
    assert_int_equal(plan->todos[1].latest_s, 21 * 3600 + 30);
    assert_int_equal(plan->todos[1].after[0], 0);
    assert_int_equal(plan->todos[1].mood, MSCHED_MOOD_WORKOUT);
    assert_int_equal(plan->todos[2].start_s, 129000);
    assert_int_equal(plan->todos[2].end_s, 129600);
    assert_int_equal(plan->songs[0].times, 2);
    assert_int_equal(plan->songs[1].during, 1);
    assert_int_equal(plan->songs[1].start_s, 64800);
    assert_int_equal(plan->listening.artist_separation_s, 1800);
    assert_int_equal(plan->listening.repeat_s, 10800);
    assert_int_equal(plan->listening.fill_year_min, 2015);
    assert_int_equal(plan->listening.fill_year_max, 0);
    assert_int_equal(plan->listening.fill_between_end_s, 43200);
    msched_plan_unref(plan);
}

static void test_only_the_date_is_needed(void **state)
{
    (void)state;
    msched_plan *plan = parse("\xEF\xBB\xBF{\"date\": \"2026-11-24\"}", NULL);
    assert_non_null(plan);
    assert_int_equal(plan->day_start_s, 7 * 3600);
    assert_string_equal(plan->timezone, "");
    msched_plan_unref(plan);
}

/* The message names the value by pointer, and line and column are right. */
static void test_errors_name_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        msched_result code;
        uint32_t line, column;
        const char *says;
    } rows[] = {
        {"{\"date\": \"2026-11-24\",\n \"todos\": [{\"id\": \"\", \"title\": \"a\", "
         "\"duration_s\": 60}]}",
         MSCHED_ERROR_VALUE, 2, 12, "/todos/0: \"id\" is empty"},
        {"{\"date\": \"2026-11-24\",\n \"songs\": [{\"query\": \"a\", \"during\": \"\"}]}",
         MSCHED_ERROR_VALUE, 2, 12, "/songs/0: \"during\" is empty"},
        {"{\"date\": \"2026-11-24\",\n \"colour\": 1}", MSCHED_ERROR_VALUE, 2, 2,
         "/colour: unknown key; expected one of version, date"},
        {"{\"date\": \"2026-11-24\",\n \"todos\": [{\"title\": \"a\", \"duration_s\": 60},\n  "
         "{\"title\": \"\xc3\xa9\", "
         "\"duration_s\": \"1h\"}]}",
         MSCHED_ERROR_VALUE, 3, 32, "/todos/1/duration_s: must be a whole number, not a string"},
        {"{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"a\", \"duration_s\": 60, "
         "\"priority\": 7}]}",
         MSCHED_ERROR_VALUE, 1, 79, "/todos/0/priority: is 7: must be 1 to 4"},
        {"{\"date\": \"2026-11-24\",\n\"todos\": [{\"title\": \"a\", \"duration_s\": 60, "
         "\"after\": [\"b\"]}]}",
         MSCHED_ERROR_NOT_FOUND, 2, 53, "/todos/0/after: to-do 1 \"a\": after \"b\""},
        {"{\"date\": \"2026-13-24\"}", MSCHED_ERROR_VALUE, 1, 10,
         "/date: date \"2026-13-24\" is not a valid date"},
        {"{\"date\": \"2026-11-24\", \"listening\": {\"fill\": {\"mood\": \"sad\"}}}",
         MSCHED_ERROR_VALUE, 1, 55, "the moods are focus"},
        {"{\"date\": \"2026-11-24\", \"listening\": {\"quiet\": [[\"1:00\", \"2:00\"], [\"22:00\", "
         "\"1:00\"]]}}",
         MSCHED_ERROR_VALUE, 1, 76, "/listening/quiet/1/1: is not after the start"},
        {"{\"date\": \"2026-11-24\", \"t\\u006fdos\": [1]}", MSCHED_ERROR_VALUE, 1, 39,
         "/todos/0: must be an object"},
        {"{\"date\": \"2026-11-24\", \"date\": 1}", MSCHED_ERROR_SYNTAX, 1, 29, "duplicate key"},
        {"{\"date\": \"2026-11-24\",}", MSCHED_ERROR_SYNTAX, 1, 0, "not valid JSON"},
        {"{\"date\": null}", MSCHED_ERROR_VALUE, 1, 10, "not null"},
        {"[]", MSCHED_ERROR_VALUE, 1, 1, "must be an object, not an array"},
        {"{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"a\", \"start\": \"9:00\"}]}",
         MSCHED_ERROR_VALUE, 1, 34, "start and end"},
        {"{\"date\": \"\xff\"}", MSCHED_ERROR_ENCODING, 1, 11, "UTF-8"},
        {"{\"date\": \"\\u0000\"}", MSCHED_ERROR_VALUE, 1, 0, "\\u0000"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_error err = {0};
        msched_plan *plan = parse(rows[i].text, &err);
        if (plan != NULL || err.code != rows[i].code || err.line != rows[i].line ||
            (rows[i].column != 0 && err.column != rows[i].column) ||
            strstr(err.message, rows[i].says) == NULL)
            fail_msg("row %zu: %u at %u:%u \"%s\"", i, (unsigned)err.code, (unsigned)err.line,
                     (unsigned)err.column, err.message);
        assert_null(parse(rows[i].text, NULL));
    }
}

static void test_deep_nesting_is_refused(void **state)
{
    (void)state;
    char text[5001];
    memset(text, '[', 5000);
    text[5000] = '\0';
    msched_error err;
    assert_null(parse(text, &err));
    assert_int_equal(err.code, MSCHED_ERROR_LIMIT);
    assert_int_equal(err.column, 33);
}

static void check_round_trip(const msched_plan *plan, const char *name)
{
    msched_text *first = NULL, *second = NULL;
    msched_plan *again = NULL;
    msched_error err;
    assert_int_equal(msched_plan_to_json(plan, &first, NULL), MSCHED_OK);
    if (msched_plan_parse_json(&again, msched_text_data(first), msched_text_size(first), NULL,
                               &err) != MSCHED_OK)
        fail_msg("%s: %s in %s", name, err.message, msched_text_data(first));
    assert_int_equal(msched_plan_to_json(again, &second, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(first), msched_text_data(second));
    msched_text_unref(first);
    msched_text_unref(second);
    msched_plan_unref(again);
}

static void test_round_trip(void **state)
{
    (void)state;
    msched_plan *plan = parse(sample, NULL);
    check_round_trip(plan, "sample");
    msched_plan_unref(plan);
}

/*
 * y_ must be read, and come back the same; n_ must be refused with a message and a line; i_ must
 * only not crash.
 */
static void check_file(const char *name, const char *data, size_t size)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    msched_result result = msched_plan_parse_json(&plan, data, size, NULL, &err);
    if (name[0] == 'y' && result != MSCHED_OK)
        fail_msg("%s: %s", name, err.message);
    if (name[0] == 'n' &&
        (result == MSCHED_OK || err.line == 0 || err.column == 0 || err.message[0] == '\0'))
        fail_msg("%s: result %u line %u \"%s\"", name, (unsigned)result, (unsigned)err.line,
                 err.message);
    if (plan != NULL)
        check_round_trip(plan, name);
    msched_plan_unref(plan);
}

static void test_corpus(void **state)
{
    (void)state;
    assert_true(files_of(corpus, check_file) > 20);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    msched_result result = MSCHED_ERROR_MEMORY;
    for (long n = 0; result == MSCHED_ERROR_MEMORY && n < 1000; n++) {
        failing f = {.fail_at = n + 1};
        msched_allocator allocator = failing_allocator(&f);
        msched_plan *plan = NULL;
        result = msched_plan_parse_json(&plan, sample, strlen(sample), &allocator, NULL);
        assert_true((plan != NULL) == (result == MSCHED_OK));
        msched_plan_unref(plan);
        assert_int_equal(f.live, 0);
    }
    assert_int_equal(result, MSCHED_OK);
}

int main(int argc, char **argv)
{
    corpus = argc > 1 ? argv[1] : "tests/corpus/plan-json";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_only_the_date_is_needed),
        cmocka_unit_test(test_errors_name_the_place),
        cmocka_unit_test(test_deep_nesting_is_refused),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
