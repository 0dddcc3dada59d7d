/*
 * From a plan in JSON to the schedule as JSON, text and iCalendar, on the catalog of random_plan.c.
 * The expected bytes are the files in tests/schedule/golden; with MUSICSCHED_WRITE_GOLDEN set they
 * are written instead of compared.
 */
#include "../testing.h"

#include "random_plan.h"
#include "schedule/output/schedule.h"

#include <stdio.h>
#include <stdlib.h>

static const char everyday[] =
    "{\"version\": 1, \"date\": \"2026-11-24\", \"timezone\": \"Europe/Berlin\", \"day\": "
    "{\"start\": \"07:00\", \"end\": "
    "\"23:00\"},"
    " \"todos\": ["
    "  {\"id\": \"work\", \"title\": \"Work\", \"start\": \"09:00\", \"end\": \"17:00\"},"
    "  {\"id\": \"lunch\", \"title\": \"Lunch\", \"start\": \"12:00\", \"end\": \"12:30\", "
    "\"music\": true},"
    "  {\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600, \"earliest\": \"17:00\", "
    "\"latest\": \"18:30\", \"after\": "
    "[\"work\"],"
    "   \"buffer_before_s\": 600, \"music\": true},"
    "  {\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 10800, \"split_min_s\": 3600, "
    "\"latest\": \"21:00\"},"
    "  {\"id\": \"nap\", \"title\": \"Nap\", \"duration_s\": 2700, \"earliest\": \"12:00\", "
    "\"latest\": \"16:00\", \"priority\": "
    "3}],"
    " \"songs\": ["
    "  {\"track_id\": \"track1\", \"during\": \"gym\", \"must\": true},"
    "  {\"track_id\": \"track4\", \"between\": [\"19:00\", \"23:00\"], \"times\": 2},"
    "  {\"track_id\": \"nowhere\"},"
    "  {\"track_id\": \"track2\", \"during\": \"work\"}],"
    " \"listening\": {\"quiet\": [[\"22:00\", \"24:00\"]], \"artist_separation_s\": 1800}}";

/* The hour from 2:00 to 3:00 does not exist on this day. */
static const char night[] =
    "{\"version\": 1, \"date\": \"2026-03-29\", \"timezone\": \"Europe/Berlin\", \"day\": "
    "{\"start\": \"00:00\", \"end\": "
    "\"30:00\"},"
    " \"todos\": ["
    "  {\"id\": \"shift\", \"title\": \"Shift\", \"start\": \"00:30\", \"end\": \"04:00\", "
    "\"music\": true},"
    "  {\"id\": \"call\", \"title\": \"Call\", \"duration_s\": 1200, \"pin\": \"24:30\"}],"
    " \"songs\": [{\"track_id\": \"track3\", \"at\": \"03:20\"}, {\"track_id\": \"track1\", "
    "\"at\": \"01:55\"}]}";

/* The work of a search is not a promise: write it as 0. */
static void without_work(char *json)
{
    char *work = strstr(json, "\"work\": ");
    if (work == NULL)
        return;
    work += strlen("\"work\": ");
    size_t digits = strspn(work, "0123456789");
    *work = '0';
    memmove(work + 1, work + digits, strlen(work + digits) + 1);
}

static void compare(const char *name, msched_text *text)
{
    static char got[65536];
    assert_true(msched_text_size(text) < sizeof got);
    memcpy(got, msched_text_data(text), msched_text_size(text) + 1);
    without_work(got);
    char path[512];
    const char *dir = getenv("MUSICSCHED_TEST_GOLDEN");
    assert_non_null(dir);
    snprintf(path, sizeof path, "%s/%s", dir, name);
    int writing = getenv("MUSICSCHED_WRITE_GOLDEN") != NULL;
    FILE *file = fopen(path, writing ? "wb" : "rb");
    if (file == NULL)
        fail_msg("%s is missing", path);
    static char expected[65536];
    if (writing) {
        assert_int_equal(fwrite(got, 1, strlen(got), file), strlen(got));
    } else {
        size_t size = fread(expected, 1, sizeof expected - 1, file);
        expected[size] = '\0';
        assert_string_equal(got, expected);
    }
    assert_int_equal(fclose(file), 0);
    msched_text_unref(text);
}

static void check(const char *name, const char *json)
{
    msched_catalog *catalog = random_plan_catalog();
    msched_plan *plan;
    msched_schedule *schedule;
    msched_text *text;
    msched_error err = {0};
    char file[64];
    assert_non_null(catalog);
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, &err), MSCHED_OK);
    assert_int_equal(msched_schedule_to_json(schedule, &text, &err), MSCHED_OK);
    snprintf(file, sizeof file, "%s.json", name);
    compare(file, text);
    const char *zones = getenv("MUSICSCHED_TEST_ZONEINFO");
    assert_int_equal(msched_schedule_to_text(schedule, &text, &err), MSCHED_OK);
    snprintf(file, sizeof file, "%s.txt", name);
    compare(file, text);
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    options.zoneinfo_dir = zones;
    assert_int_equal(msched_schedule_to_ical(schedule, &text, &options, &err), MSCHED_OK);
    snprintf(file, sizeof file, "%s.ics", name);
    compare(file, text);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static void an_everyday_plan(void **state)
{
    (void)state;
    check("everyday", everyday);
}

static void a_night_of_a_clock_change(void **state)
{
    (void)state;
    check("clock-change", night);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_everyday_plan),
                                       cmocka_unit_test(a_night_of_a_clock_change)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
