/* A plan that names files meets the histories of these files one by one. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <string.h>

static const char plays[] =
    "[{\"endTime\": \"2026-11-21 10:00\", \"artistName\": \"Orson\", \"trackName\": \"Harbor\", "
    "\"msPlayed\": 187000}]";

static msched_history *read_as(const char *name, const msched_allocator *allocator)
{
    msched_history *history = NULL;
    msched_history_options options;
    msched_history_options_init(&options, sizeof options);
    options.allocator = allocator;
    const msched_result result = msched_history_load_memory(&history, plays, strlen(plays), name,
                                                            &options, NULL);
    assert_true(result == MSCHED_OK || (allocator != NULL && result == MSCHED_ERROR_MEMORY));
    return history;
}

static msched_catalog *make_catalog(void)
{
    static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
                              "t1,Stone Garden,Ida Blue,5,201000\nt2,Harbor,Orson,70,187000\n";
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                     MSCHED_OK);
    return catalog;
}

static msched_plan *read_plan(const char *text, const msched_allocator *allocator)
{
    msched_plan *plan = NULL;
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.allocator = allocator;
    const msched_result result = msched_plan_parse_text(&plan, NULL, text, strlen(text), NULL,
                                                        &options, NULL);
    assert_true(result == MSCHED_OK || (allocator != NULL && result == MSCHED_ERROR_MEMORY));
    return plan;
}

/* The names of the files that the schedule reports as not read, in order. */
static void missing_of(const msched_plan *plan, const msched_catalog *catalog, char out[200])
{
    msched_schedule *schedule = NULL;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    out[0] = '\0';
    for (uint32_t i = 0; i < msched_schedule_warning_count(schedule); i++) {
        msched_warning warning = {.struct_size = sizeof warning};
        assert_int_equal(msched_schedule_get_warning(schedule, i, &warning), MSCHED_OK);
        if (strcmp(warning.code, "no_history") != 0)
            continue;
        const char *name = strchr(warning.message, '"');
        assert_non_null(name);
        strncat(out, name + 1, strcspn(name + 1, "\""));
        strcat(out, " ");
    }
    msched_schedule_unref(schedule);
}

/* The JSON of a plan has these members in `listening`. */
static void expect_json(const msched_plan *plan, const char *files, const char *days)
{
    msched_text *json = NULL;
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    const char *text = msched_text_data(json), *found = strstr(text, "\"avoid_files\"");
    if (files == NULL)
        assert_null(found);
    else
        assert_non_null(strstr(text, files));
    assert_int_equal(strstr(text, "\"avoid_days\"") != NULL, days != NULL);
    msched_text_unref(json);
}

static const char three[] = "date: 2026-11-24\nfill: 3m\navoid: a.json\navoid: new/a.json\n"
                            "avoid: b.json\navoid: 9 days\n";

/* Each row meets the histories of its names in turn. */
static void a_history_answers_for_its_own_files(void **state)
{
    (void)state;
    static const struct row {
        const char *names[4], *missing, *files;
    } rows[] = {
        {{"plans/a.json"}, "new/a.json b.json ", "\"avoid_files\": [\"new/a.json\", \"b.json\"]"},
        {{"plans/new/a.json"}, "a.json b.json ", "\"avoid_files\": [\"a.json\", \"b.json\"]"},
        {{"b.json", "a.json"}, "new/a.json ", "\"avoid_files\": [\"new/a.json\"]"},
        {{"b.json", "spotify.json"}, "a.json new/a.json ", "\"avoid_files\": [\"a.json\", "},
        {{"b.json", "a.json", "new/a.json"}, "", NULL},
        {{"spotify.json"}, "", NULL}, /* read from none of them: it answers for all */
        {{"ba.json"}, "", NULL},
    };
    msched_catalog *catalog = make_catalog();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char missing[200];
        msched_plan *plan = read_plan(three, NULL);
        for (uint32_t n = 0; rows[i].names[n] != NULL; n++) {
            msched_history *history = read_as(rows[i].names[n], NULL);
            msched_plan *avoiding = NULL;
            assert_int_equal(
                msched_plan_avoid_history(&avoiding, plan, history, catalog, 0, NULL, NULL),
                MSCHED_OK);
            msched_plan_unref(plan);
            msched_history_unref(history);
            plan = avoiding;
        }
        missing_of(plan, catalog, missing);
        assert_string_equal(missing, rows[i].missing);
        expect_json(plan, rows[i].files, rows[i].files == NULL ? NULL : "9");
        msched_plan_unref(plan);
    }
    msched_catalog_unref(catalog);
}

static void failing_memory_is_survived(void **state)
{
    (void)state;
    msched_catalog *catalog = make_catalog();
    int failed = 1;
    for (long fail_at = 1; failed; fail_at++) {
        failing memory = {.fail_at = fail_at};
        const msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan = read_plan(three, &allocator), *avoiding = NULL;
        msched_history *history = plan == NULL ? NULL : read_as("b.json", &allocator);
        if (history != NULL)
            msched_plan_avoid_history(&avoiding, plan, history, catalog, 0, NULL, NULL);
        failed = memory.count >= fail_at;
        assert_true(failed || avoiding != NULL);
        msched_plan_unref(avoiding);
        msched_plan_unref(plan);
        msched_history_unref(history);
        assert_int_equal(memory.live, 0);
    }
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_history_answers_for_its_own_files),
                                       cmocka_unit_test(failing_memory_is_survived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
