/*
 * A day that is planned again and again, in a calendar: what keeps its UID, what is raised, what is
 * cancelled, and that all of it survives JSON.
 */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/schedule.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"20:00\"}, "
#define TODO(title, start)                                                                         \
    "{\"title\": \"" title "\", \"pin\": \"" start "\", \"duration_s\": 1800}"

static msched_result try_build(msched_schedule **out, const char *json,
                               const msched_schedule *previous, const msched_allocator *allocator)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = previous;
    options.allocator = allocator;
    msched_result result = msched_schedule_build(out, NULL, plan, &options, &err);
    msched_plan_unref(plan);
    return result;
}

/* As a program keeps it between two days of work: through JSON. */
static msched_schedule *build(const char *json, const msched_schedule *previous)
{
    msched_schedule *schedule = NULL, *read = NULL;
    msched_text *text = NULL, *again = NULL;
    msched_error err = {0};
    assert_int_equal(try_build(&schedule, json, previous, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_to_json(schedule, &text, &err), MSCHED_OK);
    if (msched_schedule_parse_json(&read, msched_text_data(text), msched_text_size(text), NULL,
                                   &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(msched_schedule_to_json(read, &again, &err), MSCHED_OK);
    assert_string_equal(msched_text_data(again), msched_text_data(text));
    msched_text_unref(text);
    msched_text_unref(again);
    msched_schedule_unref(schedule);
    return read;
}

static msched_text *ical(const msched_schedule *schedule, uint32_t cancelled)
{
    msched_ical_options options;
    msched_text *text = NULL;
    msched_error err = {0};
    msched_ical_options_init(&options, sizeof options);
    options.cancelled = cancelled;
    if (msched_schedule_to_ical(schedule, &text, &options, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return text;
}

/* "UID sequence status" of every event, in order. */
static void describe(const msched_schedule *schedule, char *out, size_t size)
{
    msched_text *text = ical(schedule, 1);
    size_t used = 0;
    out[0] = '\0';
    for (const char *p = msched_text_data(text); *p != '\0'; p = strchr(p, '\n') + 1) {
        int length = (int)strcspn(p, "\r");
        if (strncmp(p, "UID:", 4) == 0)
            used += (size_t)snprintf(out + used, size - used, "%s%.*s", used > 0 ? "; " : "",
                                     length - 4, p + 4);
        else if (strncmp(p, "SEQUENCE:", 9) == 0)
            used += (size_t)snprintf(out + used, size - used, " %.*s", length - 9, p + 9);
        else if (strncmp(p, "STATUS:CANCELLED", 16) == 0)
            used += (size_t)snprintf(out + used, size - used, " gone");
    }
    msched_text_unref(text);
}

#define A(start) TODO("A", start)
#define B(start) TODO("B", start)

static void a_day_planned_again_keeps_its_uids(void **state)
{
    (void)state;
    static const struct {
        const char *plan, *calendar;
    } days[] = {
        {DAY "\"todos\": [" A("09:00") ", " B("10:00") "]}",
         "2026-11-24-todo-1-a@musicsched 0; 2026-11-24-todo-1-b@musicsched 0"},
        /* nothing changed */
        {DAY "\"todos\": [" A("09:00") ", " B("10:00") "]}",
         "2026-11-24-todo-1-a@musicsched 0; 2026-11-24-todo-1-b@musicsched 0"},
        /* a moves, b goes */
        {DAY "\"todos\": [" A("11:00") "]}",
         "2026-11-24-todo-1-a@musicsched 1; 2026-11-24-todo-1-b@musicsched 1 gone"},
        /* who slept through the last one must still hear of it */
        {DAY "\"todos\": [" A("11:00") "]}",
         "2026-11-24-todo-1-a@musicsched 1; 2026-11-24-todo-1-b@musicsched 1 gone"},
        /* b comes back at its old time */
        {DAY "\"todos\": [" B("10:00") ", " A("11:00") "]}",
         "2026-11-24-todo-1-b@musicsched 2; 2026-11-24-todo-1-a@musicsched 1"},
        /* only the title changes */
        {DAY "\"todos\": [{\"id\": \"b\", \"title\": \"Bee\", \"pin\": \"10:00\", \"duration_s\": "
             "1800}, " A("11:00") "]}",
         "2026-11-24-todo-1-b@musicsched 3; 2026-11-24-todo-1-a@musicsched 1"},
    };
    msched_schedule *previous = NULL;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        char text[500];
        msched_schedule *schedule = build(days[i].plan, previous);
        describe(schedule, text, sizeof text);
        assert_string_equal(text, days[i].calendar);
        msched_schedule_unref(previous);
        previous = schedule;
    }
    msched_schedule_unref(previous);
}

static void pieces_and_odd_ids_have_uids_of_their_own(void **state)
{
    (void)state;
    char text[500];
    msched_schedule *schedule = build(
        DAY "\"calendar_id\": \"anna@home\", \"todos\": ["
            "{\"id\": \"long\", \"title\": \"Long\", \"duration_s\": 7200, \"split_min_s\": 3600},"
            "{\"id\": \"a-1@b c\", \"title\": \"Event\", \"start\": \"09:00\", \"end\": "
            "\"18:00\"}]}",
        NULL);
    describe(schedule, text, sizeof text);
    assert_string_equal(text, "2026-11-24-todo-1-long@anna%40home.musicsched 0; "
                              "2026-11-24-todo-1-a-1%40b%20c@anna%40home.musicsched 0; "
                              "2026-11-24-todo-2-long@anna%40home.musicsched 0");
    /* a plan without a calendar goes on in that of the schedule before */
    msched_schedule *next = build(DAY "\"todos\": [" A("09:00") "]}", schedule);
    describe(next, text, sizeof text);
    assert_non_null(strstr(text, "todo-1-a@anna%40home.musicsched 0"));
    assert_non_null(strstr(text, "todo-2-long@anna%40home.musicsched 1 gone"));
    /* what is in another calendar is neither raised nor cancelled */
    msched_schedule *other = build(DAY "\"calendar_id\": \"ben\", \"todos\": [" A("10:00") "]}",
                                   next);
    describe(other, text, sizeof text);
    assert_string_equal(text, "2026-11-24-todo-1-a@ben.musicsched 0");
    msched_schedule_unref(other);
    msched_schedule_unref(next);
    msched_schedule_unref(schedule);
}

static void without_the_option_nothing_cancelled_is_written(void **state)
{
    (void)state;
    msched_schedule *first = build(DAY "\"todos\": [" A("09:00") ", " B("10:00") "]}", NULL);
    msched_schedule *second = build(DAY "\"todos\": [" A("09:00") "]}", first);
    msched_text *text = ical(second, 0);
    assert_null(strstr(msched_text_data(text), "CANCELLED"));
    assert_null(strstr(msched_text_data(text), "todo-1-b"));
    msched_text_unref(text);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
}

static msched_text *write_with(const msched_schedule *schedule, const msched_ical_options *options)
{
    msched_text *text = NULL;
    msched_error err = {0};
    if (msched_schedule_to_ical(schedule, &text, options, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return text;
}

static void alarms_names_and_timestamps_are_written_on_request(void **state)
{
    (void)state;
    msched_schedule *schedule = build(
        DAY "\"now\": \"09:30\", \"todos\": [{\"title\": \"A\", \"duration_s\": 1800, \"state\": "
            "\"done\", \"started\": \"08:00\", \"ended\": \"08:30\"}, " B("10:00") "]}",
        NULL);
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    options.alarm = 1;
    options.alarm_s = 3900;
    options.refresh_s = 90;
    options.calendar_name = "Anna, at home";
    options.timestamp = "20261124T080102Z";
    options.sequence = 70;
    msched_text *text = write_with(schedule, &options);
    const char *data = msched_text_data(text), *alarm = strstr(data, "BEGIN:VALARM");
    assert_non_null(strstr(data, "\r\nNAME:Anna\\, at home\r\nX-WR-CALNAME:Anna\\, at home\r\n"));
    assert_non_null(strstr(data, "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1M30S\r\n"));
    assert_non_null(strstr(data, "\r\nLAST-MODIFIED:20261124T080102Z\r\nSEQUENCE:70\r\n"));
    assert_non_null(alarm);
    assert_non_null(strstr(alarm, "\r\nDESCRIPTION:B\r\nTRIGGER:-PT1H5M\r\nEND:VALARM\r\n"));
    assert_null(strstr(alarm + 1, "BEGIN:VALARM")); /* not of what is done */
    msched_text_unref(text);
    options.alarm_s = 0;
    text = write_with(schedule, &options);
    assert_non_null(strstr(msched_text_data(text), "\r\nTRIGGER:PT0S\r\n"));
    msched_text_unref(text);

    static const msched_ical_options bad[] = {{.alarm = 2},
                                              {.cancelled = 2},
                                              {.alarm = 1, .alarm_s = 604801},
                                              {.refresh_s = 2592001},
                                              {.sequence = 2000000001}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        options = bad[i];
        options.struct_size = sizeof options;
        assert_int_equal(msched_schedule_to_ical(schedule, &text, &options, NULL),
                         MSCHED_ERROR_ARGUMENT);
    }
    msched_ical_options_init(&options, sizeof options);
    options.calendar_name = "\xff";
    assert_int_equal(msched_schedule_to_ical(schedule, &text, &options, NULL),
                     MSCHED_ERROR_ENCODING);
    msched_schedule_unref(schedule);
}

static void a_failed_allocation_ends_a_revision_cleanly(void **state)
{
    (void)state;
    msched_schedule *first =
        build(DAY "\"calendar_id\": \"anna\", \"todos\": [" A("09:00") ", " B("10:00") "]}", NULL);
    msched_result result = MSCHED_ERROR_MEMORY;
    for (long n = 1; result == MSCHED_ERROR_MEMORY; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule *second = NULL;
        result = try_build(&second, DAY "\"todos\": [" A("09:00") "]}", first, &allocator);
        assert_true(result == MSCHED_OK || (result == MSCHED_ERROR_MEMORY && second == NULL));
        msched_schedule_unref(second);
        assert_int_equal(memory.live, 0);
    }
    assert_int_equal(result, MSCHED_OK);
    msched_schedule_unref(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_planned_again_keeps_its_uids),
        cmocka_unit_test(pieces_and_odd_ids_have_uids_of_their_own),
        cmocka_unit_test(without_the_option_nothing_cancelled_is_written),
        cmocka_unit_test(alarms_names_and_timestamps_are_written_on_request),
        cmocka_unit_test(a_failed_allocation_ends_a_revision_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
