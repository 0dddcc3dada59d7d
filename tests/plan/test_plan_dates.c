/* Plans of several days by the builder: the same as from JSON, and what is refused. */
#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <string.h>

#define HOUR 3600
#define DAY  86400

static const char *const workdays[] = {"mon", "tue", "wed", "thu", "fri"};
static const char *const weekend[] = {"sat", "sun"};
static const char *const thursday[] = {"2026-11-26"};
static const char *const two[] = {"mon", "wed"};

/* The week of docs/formats.md. */
static const char week_json[] =
    "{\"date\": \"2026-11-23\", \"days\": 7, \"now\": \"2026-11-24T14:10\", \"day\": {\"start\": "
    "\"07:00\", \"end\": \"23:00\", \"max_tasks_s\": 28800, \"exceptions\": [{\"on\": [\"sat\", "
    "\"sun\"], \"start\": \"09:00\", \"end\": \"24:00\"}, {\"on\": [\"2026-11-26\"], \"off\": "
    "true}]}, \"todos\": [{\"id\": \"standup\", \"title\": \"Stand-up\", \"start\": \"09:00\", "
    "\"end\": \"09:15\", \"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]}, {\"id\": "
    "\"report\", \"title\": \"Report\", \"duration_s\": 21600, \"split_min_s\": 2700, "
    "\"max_per_day_s\": 7200, \"release\": \"2026-11-24T09:00\", \"due\": \"2026-11-27T17:00\"}, "
    "{\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600, \"times\": 3, \"apart_days\": 2, "
    "\"music\": true}, {\"id\": \"read\", \"title\": \"Read\", \"duration_s\": 1800, \"times\": "
    "\"each\"}, {\"id\": \"party\", \"title\": \"Party\", \"start\": \"20:00\", \"end\": \"23:00\","
    " \"on\": [\"2026-11-26\"]}, {\"id\": \"cake\", \"title\": \"Cake\", \"duration_s\": 3600, "
    "\"before\": [\"party\"]}], \"songs\": [{\"track_id\": \"a\", \"times\": \"each\"}, "
    "{\"track_id\": \"b\", \"on\": [\"mon\", \"wed\"]}, {\"track_id\": \"c\", \"times\": 2}], "
    "\"listening\": {\"fills\": [{\"duration_s\": 1800, \"on\": [\"mon\", \"wed\"]}, "
    "{\"duration_s\": 3600, \"during\": \"gym\"}]}}";

static msched_result begin(msched_plan_builder **out, const msched_allocator *allocator)
{
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-23";
    day.days = 7;
    day.now_s = DAY + 14 * HOUR + 600;
    day.max_tasks_s = 8 * HOUR;
    return msched_plan_builder_create(out, &day, allocator, NULL);
}

static msched_result add_exceptions(msched_plan_builder *builder)
{
    msched_day_exception x;
    msched_day_exception_init(&x, sizeof x);
    x.on = weekend;
    x.on_count = 2;
    x.start_s = 9 * HOUR;
    x.end_s = 24 * HOUR;
    msched_result result = msched_plan_builder_add_exception(builder, &x, NULL);
    msched_day_exception_init(&x, sizeof x);
    x.on = thursday;
    x.on_count = 1;
    x.off = 1;
    return result == MSCHED_OK ? msched_plan_builder_add_exception(builder, &x, NULL) : result;
}

static msched_result add(msched_plan_builder *builder, msched_todo todo, uint32_t index,
                         const msched_dates *dates)
{
    msched_result result = msched_plan_builder_add_todo(builder, &todo, NULL);
    return result == MSCHED_OK && dates != NULL
               ? msched_plan_builder_set_dates(builder, MSCHED_DATED_TODO, index, dates, NULL)
               : result;
}

static msched_todo task(const char *id, const char *title, int32_t duration_s)
{
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    todo.id = id;
    todo.title = title;
    todo.duration_s = duration_s;
    return todo;
}

static msched_todo event(const char *id, const char *title, int32_t start_s, int32_t end_s)
{
    msched_todo todo = task(id, title, MSCHED_UNSET);
    todo.kind = MSCHED_TODO_EVENT;
    todo.start_s = start_s;
    todo.end_s = end_s;
    return todo;
}

static msched_dates on(const char *const *names, uint32_t count)
{
    msched_dates dates;
    msched_dates_init(&dates, sizeof dates);
    dates.on = names;
    dates.on_count = count;
    return dates;
}

static msched_result add_todos(msched_plan_builder *builder)
{
    static const char *const party[] = {"party"};
    msched_dates dates = on(workdays, 5);
    msched_result result = add(builder, event("standup", "Stand-up", 9 * HOUR, 9 * HOUR + 900), 0,
                               &dates);
    msched_todo todo = task("report", "Report", 6 * HOUR);
    todo.split_min_s = 2700;
    dates = on(NULL, 0);
    dates.max_per_day_s = 2 * HOUR;
    dates.release_s = DAY + 9 * HOUR;
    dates.due_s = 4 * DAY + 17 * HOUR;
    if (result == MSCHED_OK)
        result = add(builder, todo, 1, &dates);
    todo = task("gym", "Gym", HOUR);
    todo.music = 1;
    dates = on(NULL, 0);
    dates.times = 3;
    dates.apart_days = 2;
    if (result == MSCHED_OK)
        result = add(builder, todo, 2, &dates);
    dates = on(NULL, 0);
    dates.each = 1;
    if (result == MSCHED_OK)
        result = add(builder, task("read", "Read", 1800), 3, &dates);
    dates = on(thursday, 1);
    if (result == MSCHED_OK)
        result = add(builder, event("party", "Party", 20 * HOUR, 23 * HOUR), 4, &dates);
    todo = task("cake", "Cake", HOUR);
    todo.before = party;
    todo.before_count = 1;
    return result == MSCHED_OK ? add(builder, todo, 5, NULL) : result;
}

static msched_result add_music(msched_plan_builder *builder)
{
    static const char *const ids[] = {"a", "b", "c"};
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; i < 3 && result == MSCHED_OK; i++) {
        msched_song song;
        msched_song_init(&song, sizeof song);
        song.track_id = ids[i];
        song.times = i == 2 ? 2 : 0;
        msched_dates dates = i == 1 ? on(two, 2) : on(NULL, 0);
        dates.each = i == 0;
        result = msched_plan_builder_add_song(builder, &song, NULL);
        if (result == MSCHED_OK)
            result = msched_plan_builder_set_dates(builder, MSCHED_DATED_SONG, i, &dates, NULL);
    }
    msched_listening rules;
    msched_listening_init(&rules, sizeof rules);
    rules.fill_s = 1800;
    msched_dates dates = on(two, 2);
    if (result == MSCHED_OK)
        result = msched_plan_builder_set_listening(builder, &rules, NULL);
    if (result == MSCHED_OK)
        result = msched_plan_builder_set_dates(builder, MSCHED_DATED_FILL, 0, &dates, NULL);
    rules.fill_s = HOUR;
    rules.fill_during = "gym";
    return result == MSCHED_OK ? msched_plan_builder_add_fill(builder, &rules, NULL) : result;
}

static msched_result build_week(msched_plan **out, const msched_allocator *allocator)
{
    msched_plan_builder *builder = NULL;
    *out = NULL;
    msched_result result = begin(&builder, allocator);
    if (result == MSCHED_OK)
        result = add_exceptions(builder);
    if (result == MSCHED_OK)
        result = add_todos(builder);
    if (result == MSCHED_OK)
        result = add_music(builder);
    if (result == MSCHED_OK)
        return msched_plan_builder_finish(out, builder, NULL);
    msched_plan_builder_free(builder);
    return result;
}

static void the_builder_makes_the_plan_of_the_json(void **state)
{
    (void)state;
    msched_plan *built = NULL, *read = NULL;
    msched_text *a = NULL, *b = NULL;
    assert_int_equal(build_week(&built, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_parse_json(&read, week_json, sizeof week_json - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_to_json(built, &a, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_to_json(read, &b, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(a), msched_text_data(b));
    msched_text_unref(a);
    msched_text_unref(b);
    msched_schedule *s = NULL, *t = NULL;
    assert_int_equal(msched_schedule_build(&s, NULL, built, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&t, NULL, read, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_to_json(s, &a, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_to_json(t, &b, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(a), msched_text_data(b));
    msched_text_unref(a);
    msched_text_unref(b);
    msched_schedule_unref(s);
    msched_schedule_unref(t);
    msched_plan_unref(built);
    msched_plan_unref(read);
}

static void dates_are_read_again(void **state)
{
    (void)state;
    msched_plan *plan = NULL;
    msched_day day = {.struct_size = sizeof day};
    msched_dates dates = {.struct_size = sizeof dates};
    msched_day_exception x = {.struct_size = sizeof x};
    assert_int_equal(build_week(&plan, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_get_day(plan, &day), MSCHED_OK);
    assert_int_equal(day.days, 7);
    assert_int_equal(day.max_tasks_s, 8 * HOUR);
    assert_int_equal(day.now_s, DAY + 14 * HOUR + 600);
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 1, &dates), MSCHED_OK);
    assert_int_equal(dates.due_s, 4 * DAY + 17 * HOUR);
    assert_int_equal(dates.max_per_day_s, 2 * HOUR);
    assert_int_equal(dates.on_count, 0);
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 2, &dates), MSCHED_OK);
    assert_int_equal(dates.times, 3);
    assert_int_equal(dates.apart_days, 2);
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_SONG, 0, &dates), MSCHED_OK);
    assert_int_equal(dates.each, 1);
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_FILL, 0, &dates), MSCHED_OK);
    assert_string_equal(dates.on[1], "wed");
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_FILL, 2, &dates),
                     MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_get_dates(plan, 3, 0, &dates), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_exception_count(plan), 2);
    assert_int_equal(msched_plan_get_exception(plan, 1, &x), MSCHED_OK);
    assert_int_equal(x.off, 1);
    assert_string_equal(x.on[0], "2026-11-26");
    assert_int_equal(msched_plan_get_exception(plan, 2, &x), MSCHED_ERROR_ARGUMENT);
    msched_plan_unref(plan);
}

/* A plan of one day: its items are on any date, once. */
static void a_day_has_no_dates(void **state)
{
    (void)state;
    msched_day day;
    msched_plan_builder *builder = NULL;
    msched_plan *plan = NULL;
    msched_dates dates = on(two, 2);
    msched_day_exception x;
    msched_day_exception_init(&x, sizeof x);
    x.on = two;
    x.on_count = 2;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-23";
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    assert_int_equal(add(builder, task("a", "A", HOUR), 0, &dates), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_builder_add_exception(builder, &x, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    dates.struct_size = sizeof dates;
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 0, &dates), MSCHED_OK);
    assert_int_equal(dates.on_count, 0);
    assert_int_equal(dates.times, 1);
    assert_int_equal(dates.due_s, MSCHED_UNSET);
    assert_int_equal(msched_plan_exception_count(plan), 0);
    msched_plan_unref(plan);
}

/* A rule gives the same dates as in JSON. */
static void a_rule_gives_dates(void **state)
{
    (void)state;
    msched_plan_builder *builder = NULL;
    msched_plan *plan = NULL;
    msched_dates dates = on(NULL, 0);
    dates.rrule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH";
    dates.rrule_from = "2026-11-10";
    if (!msched_calendar_can_recur())
        skip();
    assert_int_equal(begin(&builder, NULL), MSCHED_OK);
    assert_int_equal(add(builder, task("bins", "Bins", 600), 0, &dates), MSCHED_OK);
    dates.times = 1;
    assert_int_equal(add(builder, task("call", "Call", 600), 1, &dates), MSCHED_OK);
    dates = on(NULL, 0);
    dates.rrule = "FREQ=DAILY;UNTIL=20261124";
    assert_int_equal(add(builder, event("e", "E", 9 * HOUR, 10 * HOUR), 2, &dates), MSCHED_OK);
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    dates.struct_size = sizeof dates;
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 0, &dates), MSCHED_OK);
    assert_int_equal(dates.each, 1);
    assert_int_equal(dates.on_count, 2);
    assert_string_equal(dates.on[0], "2026-11-24");
    assert_string_equal(dates.on[1], "2026-11-26");
    assert_null(dates.rrule);
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 1, &dates), MSCHED_OK);
    assert_int_equal(dates.each, 0);
    assert_int_equal(dates.times, 1);
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 2, &dates), MSCHED_OK);
    assert_int_equal(dates.on_count, 2);
    assert_string_equal(dates.on[1], "2026-11-24");
    msched_plan_unref(plan);
}

static void expect_refused(uint32_t dated, const msched_dates *dates, const char *part)
{
    msched_plan_builder *builder = NULL;
    msched_error err = {0};
    msched_song song;
    msched_song_init(&song, sizeof song);
    song.track_id = "a";
    assert_int_equal(begin(&builder, NULL), MSCHED_OK);
    assert_int_equal(add(builder, task("a", "A", HOUR), 0, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_builder_add_song(builder, &song, NULL), MSCHED_OK);
    assert_int_not_equal(msched_plan_builder_set_dates(builder, dated, 0, dates, &err), MSCHED_OK);
    if (strstr(err.message, part) == NULL)
        fail_msg("%s is not in %s", part, err.message);
    msched_plan_builder_free(builder);
}

static void bad_dates_are_refused(void **state)
{
    (void)state;
    static const char *const unknown[] = {"monday"};
    msched_dates dates = on(unknown, 1);
    expect_refused(MSCHED_DATED_TODO, &dates, "to-do 1 \"a\": on \"monday\" is not a date");
    dates = on(NULL, 0);
    dates.times = 32;
    expect_refused(MSCHED_DATED_TODO, &dates, "31");
    dates = on(NULL, 0);
    dates.apart_days = 2;
    expect_refused(MSCHED_DATED_TODO, &dates, "apart_days");
    dates = on(NULL, 0);
    dates.max_per_day_s = 1800;
    expect_refused(MSCHED_DATED_TODO, &dates, "max_per_day_s");
    dates = on(NULL, 0);
    dates.due_s = DAY;
    expect_refused(MSCHED_DATED_SONG, &dates, "song");
    dates = on(NULL, 0);
    dates.each = 1;
    expect_refused(MSCHED_DATED_FILL, &dates, "fill");
    dates = on(NULL, 0);
    dates.rrule_from = "2026-11-10";
    expect_refused(MSCHED_DATED_TODO, &dates, "set rrule");
    dates = on(two, 2);
    dates.rrule = "FREQ=DAILY";
    expect_refused(MSCHED_DATED_TODO, &dates, "remove on");
    dates = on(NULL, 0);
    dates.rrule = "FREQ=DAILY";
    expect_refused(MSCHED_DATED_SONG, &dates, "only a to-do");
    if (!msched_calendar_can_recur())
        return;
    dates.rrule = "FREQ=SOMETIMES";
    expect_refused(MSCHED_DATED_TODO, &dates, "to-do 1 \"a\": rrule \"FREQ=SOMETIMES\" is not");
    dates.rrule = "FREQ=HOURLY";
    expect_refused(MSCHED_DATED_TODO, &dates, "times of day");
    dates.rrule = "FREQ=DAILY";
    dates.rrule_from = "Tuesday";
    expect_refused(MSCHED_DATED_TODO, &dates, "rrule_from \"Tuesday\" is not a date");
    expect_refused(3, &dates, "no such item");
}

/* An event needs its dates; `finish` names it. */
static void an_event_needs_dates(void **state)
{
    (void)state;
    msched_plan_builder *builder = NULL;
    msched_plan *plan = NULL;
    msched_error err = {0};
    assert_int_equal(begin(&builder, NULL), MSCHED_OK);
    assert_int_equal(add(builder, event("e", "E", 9 * HOUR, 10 * HOUR), 0, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_builder_finish(&plan, builder, &err), MSCHED_ERROR_VALUE);
    assert_non_null(strstr(err.message, "to-do 1 \"e\""));
    assert_null(plan);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan = NULL;
        msched_result result = build_week(&plan, &allocator);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        msched_plan_unref(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_builder_makes_the_plan_of_the_json),
        cmocka_unit_test(dates_are_read_again),
        cmocka_unit_test(a_day_has_no_dates),
        cmocka_unit_test(a_rule_gives_dates),
        cmocka_unit_test(bad_dates_are_refused),
        cmocka_unit_test(an_event_needs_dates),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
