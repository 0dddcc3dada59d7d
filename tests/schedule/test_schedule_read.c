/*
 * Reading schedules back: what the writer writes is read, what it would not write is refused with
 * its place.
 */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/schedule.h>

#include <stdio.h>
#include <stdlib.h>

#define HEAD "{\"version\": 1, \"date\": \"2026-11-24\", "
#define SONG                                                                                       \
    "{\"kind\": \"song\", \"track_id\": \"a\", \"title\": \"t\", \"artist\": \"r\", \"start\": "   \
    "\"08:00:00\", \"end\": "                                                                      \
    "\"08:03:20\""

static msched_result parse(msched_schedule **out, const char *text, msched_error *err)
{
    return msched_schedule_parse_json(out, text, strlen(text), NULL, err);
}

static size_t golden(const char *name, char *buffer, size_t capacity)
{
    char path[512];
    const char *dir = getenv("MUSICSCHED_TEST_GOLDEN");
    assert_non_null(dir);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(buffer, 1, capacity - 1, file);
    fclose(file);
    buffer[size] = '\0';
    return size;
}

static void reads_what_is_written(void **state)
{
    (void)state;
    static char text[65536];
    size_t size = golden("full.json", text, sizeof text);
    msched_schedule *s, *again;
    msched_error err = {0};
    if (msched_schedule_parse_json(&s, text, size, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_string_equal(msched_schedule_date(s), "2026-11-24");
    assert_string_equal(msched_schedule_timezone(s), "America/New_York");
    assert_int_equal(msched_schedule_entry_count(s), 8);
    msched_text *json;
    assert_int_equal(msched_schedule_to_json(s, &json, &err), MSCHED_OK);
    assert_string_equal(msched_text_data(json), text);
    assert_int_equal(parse(&again, msched_text_data(json), &err), MSCHED_OK);
    msched_schedule_unref(again);
    msched_text_unref(json);
    msched_schedule_unref(s);
}

static char *text_of(const msched_schedule *s)
{
    msched_text *text;
    assert_int_equal(msched_schedule_to_text(s, &text, NULL), MSCHED_OK);
    char *copy = strdup(msched_text_data(text));
    msched_text_unref(text);
    assert_non_null(copy);
    return copy;
}

/* What a schedule says does not change by writing and reading it. */
static void says_what_it_said(void **state)
{
    (void)state;
    const char *plan_text =
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"10:00\"}, "
        "\"todos\": ["
        "{\"title\": \"A\", \"start\": \"08:00\", \"end\": \"09:00\"},"
        "{\"title\": \"B\", \"start\": \"08:30\", \"end\": \"09:00\"},"
        "{\"title\": \"C\", \"duration_s\": 3000}, {\"title\": \"D\", \"duration_s\": 3000, "
        "\"priority\": 2}],"
        "\"songs\": [{\"query\": \"nothing\"}], \"listening\": {\"fill\": {\"duration_s\": 600}}}";
    msched_plan *plan;
    msched_schedule *built, *read;
    msched_error err = {0};
    assert_int_equal(msched_plan_parse_json(&plan, plan_text, strlen(plan_text), NULL, &err),
                     MSCHED_OK);
    assert_int_equal(msched_schedule_build(&built, NULL, plan, NULL, &err), MSCHED_OK);
    msched_text *json;
    assert_int_equal(msched_schedule_to_json(built, &json, &err), MSCHED_OK);
    assert_int_equal(parse(&read, msched_text_data(json), &err), MSCHED_OK);
    assert_true(msched_schedule_unplaced_count(read) >= 2);
    assert_int_equal(msched_schedule_unplaced_count(read), msched_schedule_unplaced_count(built));
    assert_int_equal(msched_schedule_warning_count(read), msched_schedule_warning_count(built));
    assert_int_equal(msched_schedule_overload_count(read), msched_schedule_overload_count(built));
    msched_objective a = {.struct_size = sizeof a}, b = {.struct_size = sizeof b};
    msched_schedule_get_objective(built, &a);
    msched_schedule_get_objective(read, &b);
    assert_memory_equal(&a, &b, sizeof a);
    char *before = text_of(built), *after = text_of(read);
    assert_string_equal(before, after);
    free(before);
    free(after);
    msched_text_unref(json);
    msched_schedule_unref(read);
    msched_schedule_unref(built);
    msched_plan_unref(plan);
}

/*
 * A song that would end after the last time of a day has a window that ends there, whether clocks
 * change on the day or not.
 */
static void reads_a_song_past_the_end(void **state)
{
    (void)state;
    static const char *const days[] = {"2026-11-24", "2026-03-28", "2026-10-24"};
    static const char songs[] = "track_id,track_name,track_artist,duration_ms\n"
                                "0000000000000000000001,Long,A,200000\n";
    msched_catalog *catalog;
    msched_error err = {0};
    assert_int_equal(msched_catalog_load_memory(&catalog, songs, sizeof songs - 1, NULL, &err),
                     MSCHED_OK);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char text[256];
        msched_plan *plan;
        msched_schedule *built, *read;
        msched_text *json;
        snprintf(text, sizeof text,
                 "{\"date\": \"%s\", \"timezone\": \"Europe/Berlin\", \"day\": {\"end\": "
                 "\"36:00\"}, \"songs\": [{\"track_id\": \"0000000000000000000001\", \"at\": "
                 "\"35:59\"}]}",
                 days[i]);
        assert_int_equal(msched_plan_parse_json(&plan, text, strlen(text), NULL, &err), MSCHED_OK);
        assert_int_equal(msched_schedule_build(&built, catalog, plan, NULL, &err), MSCHED_OK);
        assert_int_equal(msched_schedule_unplaced_count(built), 1);
        assert_int_equal(msched_schedule_to_json(built, &json, &err), MSCHED_OK);
        if (parse(&read, msched_text_data(json), &err) != MSCHED_OK)
            fail_msg("%s", err.message);
        msched_unplaced item = {.struct_size = sizeof item};
        assert_int_equal(msched_schedule_get_unplaced(read, 0, &item), MSCHED_OK);
        assert_int_equal(item.window_end_s, MSCHED_DAY_END_S);
        msched_text_unref(json);
        msched_schedule_unref(read);
        msched_schedule_unref(built);
        msched_plan_unref(plan);
    }
    msched_catalog_unref(catalog);
}

/* Nothing is claimed that the JSON does not say. */
static void claims_nothing_unknown(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD "\"entries\": []}",
        HEAD "\"status\": \"optimal\", \"entries\": []}",
        HEAD "\"status\": \"optimal\", \"entries\": [], \"unplaced\": []}",
        HEAD "\"entries\": [], \"unplaced\": [{\"kind\": \"todo\", \"id\": \"x\", \"code\": "
             "\"no_gap\"}]}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        msched_schedule *s;
        msched_objective objective = {.struct_size = sizeof objective};
        assert_int_equal(parse(&s, texts[i], NULL), MSCHED_OK);
        msched_schedule_get_objective(s, &objective);
        assert_int_equal(objective.status, MSCHED_STATUS_UNKNOWN);
        assert_string_equal(msched_status_name(objective.status), "unknown");
        char *text = text_of(s);
        assert_null(strstr(text, "better schedule exists.\n"));
        assert_non_null(strstr(text, "It is unknown"));
        free(text);
        msched_text *json;
        assert_int_equal(msched_schedule_to_json(s, &json, NULL), MSCHED_OK);
        assert_non_null(strstr(msched_text_data(json), "\"status\": \"unknown\""));
        assert_null(strstr(msched_text_data(json), "\"objective\""));
        assert_int_equal(strstr(msched_text_data(json), "\"unplaced\"") != NULL,
                         strstr(texts[i], "\"unplaced\"") != NULL);
        msched_text_unref(json);
        msched_schedule_unref(s);
    }
}

static void puts_entries_in_order(void **state)
{
    (void)state;
    msched_schedule *s;
    msched_error err = {0};
    assert_int_equal(
        parse(&s,
              HEAD
              "\"entries\": [" SONG
              "}, {\"kind\": \"todo\", \"id\": \"x\", \"start\": \"08:00\", \"end\": \"36:00\"}]}",
              &err),
        MSCHED_OK);
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_schedule_get_entry(s, 0, &entry), MSCHED_OK);
    assert_int_equal(entry.kind, MSCHED_ENTRY_TODO);
    assert_int_equal(entry.end_s, MSCHED_DAY_END_S);
    assert_int_equal(msched_schedule_get_entry(s, 1, &entry), MSCHED_OK);
    assert_int_equal(entry.wanted, UINT32_MAX);
    assert_string_equal(entry.during, "");
    msched_schedule_unref(s);
}

static void refuses_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
        msched_result code;
    } cases[] = {
        {"", "", MSCHED_ERROR_SYNTAX},
        {"[]", "object", MSCHED_ERROR_VALUE},
        {"{", "", MSCHED_ERROR_SYNTAX},
        {"{}", "version", MSCHED_ERROR_VALUE},
        {"{\"version\": 2, \"date\": \"2026-11-24\", \"entries\": []}", "/version",
         MSCHED_ERROR_VALUE},
        {"{\"version\": 1, \"entries\": []}", "date", MSCHED_ERROR_VALUE},
        {"{\"version\": 1, \"date\": \"2026-02-30\", \"entries\": []}", "2026-02-30",
         MSCHED_ERROR_VALUE},
        {HEAD "\"timezone\": \"\"}", "entries", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": {}}", "/entries", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"extra\": 1}", "extra", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"entries\": []}", "entries", MSCHED_ERROR_SYNTAX},
        {HEAD "\"entries\": [1]}", "/entries/0", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{}]}", "kind", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{\"kind\": \"nap\"}]}", "/entries/0/kind", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{\"kind\": \"todo\", \"start\": \"08:00\", \"end\": \"09:00\"}]}",
         "\"id\"", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{\"kind\": \"todo\", \"id\": \"x\", \"start\": \"09:00\", \"end\": "
              "\"09:00\"}]}",
         "ends", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{\"kind\": \"todo\", \"id\": \"x\", \"start\": \"09:00\", \"end\": "
              "\"36:01\"}]}",
         "end", MSCHED_ERROR_VALUE},
        {HEAD
         "\"entries\": [{\"kind\": \"todo\", \"id\": \"x\", \"start\": \"09:00\", \"end\": 5}]}",
         "end", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{\"kind\": \"todo\", \"id\": \"x\", \"end\": \"09:00\"}]}", "start",
         MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [{\"kind\": \"todo\", \"id\": \"x\", \"wanted\": 1}]}", "wanted",
         MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [" SONG ", \"wanted\": -1}]}", "wanted", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [" SONG ", \"popularity\": 101}]}", "popularity", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [" SONG ", \"fixed\": true}]}", "fixed", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"status\": \"best\"}", "/status", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"unplaced\": [1]}", "/unplaced/0", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"unplaced\": [{\"kind\": \"todo\", \"id\": \"x\"}]}", "code",
         MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"unplaced\": [{\"kind\": \"nap\", \"code\": \"past\"}]}",
         "/unplaced/0/kind", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"unplaced\": [{\"kind\": \"fill\", \"code\": \"past\", "
              "\"window\": [\"08:00\"]}]}",
         "window", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"warnings\": [{\"code\": \"x\"}]}", "message", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"overloads\": [{\"start\": \"x\"}]}", "start", MSCHED_ERROR_VALUE},
        {HEAD "\"entries\": [], \"objective\": {\"tasks_placed\": [1]}}", "tasks_placed",
         MSCHED_ERROR_VALUE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched_schedule *s;
        msched_error err = {0};
        assert_int_equal(parse(&s, cases[i].text, &err), cases[i].code);
        assert_null(s);
        assert_int_equal(err.code, cases[i].code);
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("\"%s\" does not tell of \"%s\"", err.message, cases[i].message);
        assert_true(err.line >= 1);
    }
    msched_schedule *s;
    assert_int_equal(msched_schedule_parse_json(&s, NULL, 0, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_parse_json(NULL, "{}", 2, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_parse_json(&s, "\"\xff\"", 3, NULL, NULL),
                     MSCHED_ERROR_ENCODING);
    char *large = malloc(16777217);
    assert_non_null(large);
    memset(large, ' ', 16777217);
    assert_int_equal(msched_schedule_parse_json(&s, large, 16777217, NULL, NULL),
                     MSCHED_ERROR_LIMIT);
    free(large);
}

static void survives_a_failed_allocation(void **state)
{
    (void)state;
    static char text[65536];
    size_t size = golden("full.json", text, sizeof text);
    int failed_once = 1;
    for (long n = 1; failed_once; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule *s;
        msched_error err = {0};
        msched_result result = msched_schedule_parse_json(&s, text, size, &allocator, &err);
        failed_once = memory.count >= n;
        assert_int_equal(result, failed_once ? MSCHED_ERROR_MEMORY : MSCHED_OK);
        assert_int_equal(s == NULL, failed_once);
        msched_schedule_unref(s);
        assert_int_equal(memory.live, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_written),        cmocka_unit_test(says_what_it_said),
        cmocka_unit_test(reads_a_song_past_the_end),    cmocka_unit_test(claims_nothing_unknown),
        cmocka_unit_test(puts_entries_in_order),        cmocka_unit_test(refuses_what_is_wrong),
        cmocka_unit_test(survives_a_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
