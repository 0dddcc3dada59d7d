/* A week that has begun, planned again: what stays, what rolls over, and what has no time left. */
#include "span_testing.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

#define WEEK(on, more)                                                                             \
    "{\"date\": \"2026-11-23\", \"days\": 4, \"timezone\": \"Europe/Berlin\","                     \
    " \"day\": {\"start\": \"09:00\", \"end\": \"13:00\"}, \"todos\": ["                           \
    "{\"id\": \"fair\", \"title\": \"Fair\", \"start\": \"12:00\", \"end\": \"13:00\","            \
    " \"on\": [\"mon\", \"tue\"]},"                                                                \
    "{\"id\": \"tax\", \"title\": \"Tax\", \"duration_s\": 3600, \"due\": \"2026-11-23T12:00\"},"  \
    "{\"id\": \"call\", \"title\": \"Call\", \"duration_s\": 3600, \"on\": [\"mon\"" on "],"       \
    " \"latest\": \"11:00\"" more "},"                                                             \
    "{\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 5400, \"times\": 2, \"apart_days\": 2}" \
    ",{\"id\": \"read\", \"title\": \"Read\", \"duration_s\": 1800, \"times\": \"each\"}]}"

static msched_plan *read_plan(const char *json, int32_t now_s)
{
    return plan_at(plan_of_json(json), now_s);
}

/* As a user keeps it: through its JSON, which comes out again byte for byte. */
static msched_schedule *read_again(msched_schedule *schedule)
{
    msched_text *text = NULL, *again = NULL;
    msched_schedule *read = NULL;
    msched_error err = {0};
    assert_int_equal(msched_schedule_to_json(schedule, &text, NULL), MSCHED_OK);
    if (msched_schedule_parse_json(&read, msched_text_data(text), msched_text_size(text), NULL,
                                   &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    assert_int_equal(msched_schedule_to_json(read, &again, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(again), msched_text_data(text));
    msched_text_unref(text);
    msched_text_unref(again);
    msched_schedule_unref(schedule);
    return read;
}

/* The first entry of this id on a date; 0: there is none. */
static int find(const msched_schedule *schedule, const char *id, uint32_t day,
                msched_schedule_entry *entry)
{
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        *entry = entry_at(schedule, i);
        if (strcmp(entry->id, id) == 0 && entry->day == day)
            return 1;
    }
    return 0;
}

static msched_schedule *plan_week(void)
{
    msched_plan *plan = read_plan(WEEK("", ""), MSCHED_UNSET);
    msched_schedule *week = read_again(schedule_after(plan, NULL, 0));
    msched_plan_unref(plan);
    return week;
}

static void what_was_not_done_rolls_over(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = plan_week();
    assert_true(find(week, "call", 0, &was));
    msched_plan *plan = read_plan(WEEK(", \"wed\"", ""), DAY_S + 8 * 3600);
    msched_schedule *again = schedule_after(plan, week, 0);
    assert_false(find(again, "call", 0, &is));
    assert_true(find(again, "call", 2, &is));
    assert_int_equal(is.sequence, 1);
    for (uint32_t d = 1; d < 4; d++) {
        char id[16];
        snprintf(id, sizeof id, "read@2026-11-%u", 23 + (unsigned)d);
        assert_true(find(week, id, d, &was));
        assert_true(find(again, id, d, &is));
        assert_int_equal(is.start_s, was.start_s);
    }
    /* what is past due comes first, and is said to be */
    msched_unplaced unplaced = unplaced_at(again, 0);
    assert_string_equal(unplaced.id, "tax");
    assert_int_equal(unplaced.reason, MSCHED_REASON_PAST);
    assert_true(has_warning(again, "rolled_over",
                            "\"Call\" was planned for 2026-11-23 and is not marked as done: it is "
                            "now on 2026-11-25"));
    msched_schedule_unref(again);
    msched_schedule_unref(week);
    msched_plan_unref(plan);
}

static void what_is_under_way_stays(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = plan_week();
    const char *id = "gym~1";
    uint32_t day = 0;
    while (day < 4 && !find(week, id, day, &was))
        day++;
    assert_in_range(day, 0, 3);
    msched_plan *plan = read_plan(WEEK(", \"wed\"", ""), (int32_t)day * DAY_S + was.start_s + 600);
    msched_schedule *again = schedule_after(plan, week, 0);
    assert_true(find(again, id, day, &is));
    assert_int_equal(is.start_s, was.start_s);
    assert_int_equal(is.end_s, was.end_s);
    assert_int_equal(is.state, MSCHED_STATE_STARTED);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
    msched_plan_unref(plan);
}

static void what_counts_as_done_keeps_its_place(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = plan_week();
    msched_plan *plan = read_plan(WEEK(", \"wed\"", ""), 2 * DAY_S + 8 * 3600);
    msched_schedule *again = schedule_after(plan, week, 1);
    assert_int_equal(msched_schedule_entry_count(again), msched_schedule_entry_count(week));
    for (uint32_t i = 0; i < msched_schedule_entry_count(week); i++) {
        was.struct_size = sizeof was;
        assert_int_equal(msched_schedule_get_entry(week, i, &was), MSCHED_OK);
        assert_true(find(again, was.id, was.day, &is));
        assert_int_equal(is.start_s, was.start_s);
        assert_int_equal(is.start_utc, was.start_utc);
        assert_int_equal(is.sequence, 0);
    }
    msched_objective objective = objective_of(again);
    assert_int_equal(objective.moved, 0);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
    msched_plan_unref(plan);
}

static void a_to_do_that_is_marked_as_done_stays(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = plan_week();
    msched_plan *plan = read_plan(WEEK(", \"wed\"", ""), DAY_S + 8 * 3600), *marked = NULL;
    msched_todo mark;
    msched_todo_init(&mark, sizeof mark);
    mark.id = "call";
    mark.state = MSCHED_STATE_DONE;
    assert_int_equal(msched_plan_mark_todo(&marked, plan, &mark, NULL), MSCHED_OK);
    msched_schedule *again = read_again(schedule_after(marked, week, 0));
    assert_true(find(week, "call", 0, &was));
    assert_true(find(again, "call", 0, &is));
    assert_int_equal(is.start_s, was.start_s);
    assert_int_equal(is.state, MSCHED_STATE_DONE);
    assert_false(find(again, "call", 2, &is));
    msched_schedule_unref(again);
    msched_schedule_unref(week);
    msched_plan_unref(marked);
    msched_plan_unref(plan);
}

/* The plan may have gone on to other dates: entries are matched by their own. */
static void the_previous_schedule_may_begin_earlier(void **state)
{
    (void)state;
    static const char later[] =
        "{\"date\": \"2026-11-24\", \"days\": 4, \"timezone\": \"Europe/Berlin\","
        " \"day\": {\"start\": \"09:00\", \"end\": \"13:00\"}, \"todos\": ["
        "{\"id\": \"read\", \"title\": \"Read\", \"duration_s\": 1800, \"times\": \"each\"}]}";
    msched_schedule_entry was, is;
    msched_schedule *week = plan_week();
    msched_plan *plan = read_plan(later, MSCHED_UNSET);
    msched_schedule *again = schedule_after(plan, week, 0);
    assert_true(find(week, "read@2026-11-26", 3, &was));
    assert_true(find(again, "read@2026-11-26", 2, &is));
    assert_int_equal(is.start_utc, was.start_utc);
    assert_int_equal(is.sequence, 0);
    assert_true(find(again, "read@2026-11-27", 3, &is));
    msched_schedule_unref(again);
    msched_plan_unref(plan);
    plan = NULL;
    static const char day[] = "{\"date\": \"2026-11-23\", \"todos\": []}";
    msched_schedule *refused = NULL;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = week;
    assert_int_equal(msched_plan_parse_json(&plan, day, sizeof day - 1, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&refused, NULL, plan, &options, NULL),
                     MSCHED_ERROR_CONFLICT);
    assert_null(refused);
    msched_plan_unref(plan);
    msched_schedule_unref(week);
}

static void a_date_of_another_week_is_refused(void **state)
{
    (void)state;
    static const char json[] =
        "{\"version\": 1, \"date\": \"2026-11-23\", \"days\": 2, \"entries\": ["
        "{\"kind\": \"todo\", \"id\": \"a\", \"title\": \"A\", \"date\": \"2026-11-25\","
        " \"start\": \"09:00\", \"end\": \"10:00\"}]}";
    msched_schedule *schedule = NULL;
    msched_error err = {0};
    assert_int_equal(msched_schedule_parse_json(&schedule, json, sizeof json - 1, NULL, &err),
                     MSCHED_ERROR_VALUE);
    assert_non_null(strstr(err.message, "\"2026-11-25\" is not a date of this schedule"));
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    msched_schedule *week = plan_week();
    msched_text *text = NULL;
    assert_int_equal(msched_schedule_to_json(week, &text, NULL), MSCHED_OK);
    msched_plan *plan = read_plan(WEEK("", ", \"state\": \"done\""), DAY_S + 10 * 3600);
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        msched_schedule *previous = NULL, *schedule = NULL;
        msched_result result = msched_schedule_parse_json(&previous, msched_text_data(text),
                                                          msched_text_size(text), &allocator, NULL);
        options.previous = previous;
        if (result == MSCHED_OK)
            result = msched_schedule_build(&schedule, NULL, plan, &options, NULL);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        msched_schedule_unref(schedule);
        msched_schedule_unref(previous);
    }
    msched_plan_unref(plan);
    msched_text_unref(text);
    msched_schedule_unref(week);
}

/* A limit of tasks per date that leaves room for six of nine to-dos. */
static const char full[] =
    "{\"date\": \"2026-11-23\", \"days\": 2, \"day\": {\"start\": \"09:00\", \"end\": \"23:00\","
    " \"max_tasks_s\": 7200}, \"todos\": ["
    "{\"id\": \"t7\", \"title\": \"Report 7\", \"duration_s\": 2220},"
    "{\"id\": \"t10\", \"title\": \"Lunch 10\", \"duration_s\": 5340},"
    "{\"id\": \"t13\", \"title\": \"Gym 13\", \"duration_s\": 1500, \"times\": 2},"
    "{\"id\": \"t15\", \"title\": \"Groceries 15\", \"duration_s\": 1320},"
    "{\"id\": \"t17\", \"title\": \"Walk 17\", \"duration_s\": 4200},"
    "{\"id\": \"t21\", \"title\": \"Call 21\", \"duration_s\": 2820},"
    "{\"id\": \"t23\", \"title\": \"Groceries 23\", \"duration_s\": 1500, \"priority\": 4},"
    "{\"id\": \"t24\", \"title\": \"Walk 24\", \"duration_s\": 1020, \"after\": [\"t10\"]}]}";

static void what_is_scheduled_again_loses_nothing(void **state)
{
    (void)state;
    msched_objective was = {.struct_size = sizeof was}, is = {.struct_size = sizeof is};
    msched_plan *plan = read_plan(full, MSCHED_UNSET);
    msched_schedule *first = read_again(schedule_after(plan, NULL, 0)),
                    *again = schedule_after(plan, first, 0);
    assert_int_equal(msched_schedule_get_objective(first, &was), MSCHED_OK);
    assert_int_equal(msched_schedule_get_objective(again, &is), MSCHED_OK);
    assert_memory_equal(is.value, was.value, sizeof is.value);
    assert_int_equal(is.value[MSCHED_LEVEL_TASKS_1], 6);
    msched_schedule_unref(again);
    msched_schedule_unref(first);
    msched_plan_unref(plan);
}

static const char three_days[] =
    "{\"date\": \"2026-11-23\", \"days\": 3, \"todos\": [{\"id\": \"gym\", \"title\": \"Gym\", "
    "\"duration_s\": 3600, \"times\": 3}]}";

/* Three occurrences on three dates, of 7:00 to 23:00, planned again at an hour of the three. */
static void expect_occurrences(const msched_schedule *first, int32_t hour, uint32_t assume_done)
{
    static const char *const ids[] = {"gym~1", "gym~2", "gym~3"};
    msched_plan *plan = read_plan(three_days, hour * 3600);
    msched_schedule *again = schedule_after(plan, first, assume_done);
    const uint32_t past = assume_done ? 0 : (uint32_t)(hour + 1) / 24;
    assert_int_equal(msched_schedule_entry_count(again), 3 - past);
    assert_int_equal(msched_schedule_unplaced_count(again), past);
    for (uint32_t day = 0; day < 3; day++) {
        msched_schedule_entry entry;
        if ((int32_t)day * 24 + 7 >= hour || assume_done) {
            assert_int_equal(find(again, ids[day], day, &entry), 1);
            assert_int_equal(entry.start_s, 7 * 3600);
        }
    }
    for (uint32_t i = 0; i < past && past < 3; i++) {
        msched_unplaced item = unplaced_at(again, i);
        assert_string_equal(item.text,
                            "it needs 1 h, but each of its dates has another occurrence of it");
    }
    msched_schedule_unref(again);
    msched_plan_unref(plan);
}

/* Those that are not yet due keep their dates; one that was missed takes none of them. */
static void occurrences_on_every_date_keep_their_dates(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(three_days, MSCHED_UNSET);
    msched_schedule *first = schedule_after(plan, NULL, 0);
    for (int32_t hour = 0; hour < 3 * 24; hour++)
        for (uint32_t done = 0; done <= 1; done++)
            expect_occurrences(first, hour, done);
    msched_schedule_unref(first);
    msched_plan_unref(plan);
}

/* A song that is wanted twice: what was heard for one wish is not taken for the other. */
static void plays_keep_their_wishes(void **state)
{
    (void)state;
    static const char json[] =
        "{\"date\": \"2026-11-23\", \"days\": 2, \"songs\": [{\"track_id\": \"a\", \"between\": "
        "[\"11:00\", \"12:00\"], \"times\": 2}, {\"track_id\": \"a\", \"times\": \"each\"}]}";
    static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms,"
                              "playlist_genre,playlist_subgenre\na,A,B,1,300000,pop,x\n";
    msched_catalog *catalog = NULL;
    msched_schedule *first = NULL, *again = NULL;
    msched_plan *plan = read_plan(json, MSCHED_UNSET), *later = read_plan(json, 36 * 3600);
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_schedule_build(&first, catalog, plan, &options, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(first), 4);
    options.previous = first = read_again(first);
    assert_int_equal(msched_schedule_build(&again, catalog, later, &options, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_entry_count(again), 4);
    for (uint32_t i = 0; i < 4; i++) {
        msched_schedule_entry was = {.struct_size = sizeof was}, is = was;
        msched_schedule_get_entry(first, i, &was);
        msched_schedule_get_entry(again, i, &is);
        assert_int_equal(is.start_s, was.start_s);
        assert_int_equal(is.day, was.day);
        assert_int_equal(is.wanted, was.wanted);
    }
    msched_schedule_unref(first);
    msched_schedule_unref(again);
    msched_plan_unref(plan);
    msched_plan_unref(later);
    msched_catalog_unref(catalog);
}

/* The planned time completes the time of a done to-do that is near it. */
static void a_time_is_completed(void **state)
{
    (void)state;
    static const struct {
        const char *times;
        int32_t start_s, end_s; /* after the start of the planned one */
    } of[] = {{"\"ended\": \"20:00\"", 10 * 3600, 11 * 3600},
              {"\"started\": \"18:00\"", 9 * 3600, 10 * 3600},
              {"\"ended\": \"10:30\"", 0, 5400},
              {"\"started\": \"09:15\"", 900, 3600}};
    const char *const json = WEEK("", ", \"occurrences\": [{\"date\": \"mon\", \"state\":"
                                      " \"done\", %s}]");
    msched_schedule *week = plan_week();
    msched_schedule_entry was, is;
    assert_true(find(week, "call", 0, &was));
    assert_int_equal(was.start_s, 9 * 3600);
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        char text[2048];
        snprintf(text, sizeof text, json, of[i].times);
        msched_plan *plan = read_plan(text, DAY_S + 8 * 3600);
        msched_schedule *again = schedule_after(plan, week, 0);
        assert_true(find(again, "call", 0, &is));
        assert_int_equal(is.start_s - was.start_s, of[i].start_s);
        assert_int_equal(is.end_s - was.start_s, of[i].end_s);
        msched_schedule_unref(again);
        msched_plan_unref(plan);
    }
    msched_schedule_unref(week);
}

/* A to-do that is done once was done before the first date of the plan. */
static void what_was_done_earlier_is_not_planned(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(WEEK("", ", \"occurrences\": [{\"date\": \"2026-11-20\","
                                           " \"state\": \"done\"}]"),
                                  MSCHED_UNSET);
    msched_schedule *week = schedule_after(plan, NULL, 0);
    msched_schedule_entry entry;
    msched_warning warning = {.struct_size = sizeof warning};
    assert_false(find(week, "call", 0, &entry));
    assert_int_equal(msched_schedule_unplaced_count(week), 0);
    assert_int_equal(msched_schedule_get_warning(week, 0, &warning), MSCHED_OK);
    assert_string_equal(warning.message, "done at unknown times: Call (2026-11-20)");
    msched_schedule_unref(week);
    msched_plan_unref(plan);
}

#define REPORT(state, more)                                                                        \
    "{\"date\": \"2026-11-23\", \"days\": 3,"                                                      \
    " \"day\": {\"start\": \"09:00\", \"end\": \"13:00\"}, \"todos\": ["                           \
    "{\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 14400,"                           \
    " \"split_min_s\": 3600, \"max_per_day_s\": 7200, \"due\": \"2026-11-24T13:00\"" state         \
    "}" more "]}"
#define FAIR                                                                                       \
    ", {\"id\": \"fair\", \"title\": \"Fair\", \"start\": \"09:00\", \"end\": \"13:00\","          \
    " \"on\": [\"tue\"]}"

/* A part counts as done, and the rest has no time: the part stays, and the rest is 2 h. */
static void what_is_done_of_a_task_stays(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(REPORT("", ""), MSCHED_UNSET);
    msched_plan *later = read_plan(REPORT("", FAIR), 13 * 3600);
    msched_schedule *first = schedule_after(plan, NULL, 0);
    msched_schedule_entry was, is;
    assert_true(find(first, "report", 0, &was));
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        options.previous = first;
        options.assume_done = 1;
        msched_schedule *again = NULL;
        msched_result result = msched_schedule_build(&again, NULL, later, &options, NULL);
        if (result == MSCHED_OK) {
            assert_true(find(again, "report", 0, &is));
            assert_int_equal(is.start_s, was.start_s);
            assert_int_equal(is.end_s, was.end_s);
            assert_int_equal(is.state, MSCHED_STATE_PAUSED);
            assert_int_equal(msched_schedule_unplaced_count(again), 1);
            msched_unplaced unplaced = unplaced_at(again, 0);
            assert_string_equal(unplaced.id, "report");
            assert_non_null(strstr(unplaced.text, "needs 2 h"));
        } else {
            assert_int_equal(result, MSCHED_ERROR_MEMORY);
        }
        msched_schedule_unref(again);
    }
    msched_schedule_unref(first);
    msched_plan_unref(later);
    msched_plan_unref(plan);
}

static int64_t seconds_on(const msched_schedule *schedule, const char *id, uint32_t day)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = entry_at(schedule, i);
        sum += strcmp(e.id, id) == 0 && e.day == day ? e.end_s - e.start_s : 0;
    }
    return sum;
}

/* The most of a to-do on a date counts what is done of it there. */
static void the_rest_keeps_the_most_on_a_date(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(REPORT("", ""), MSCHED_UNSET);
    msched_plan *later = read_plan(REPORT(", \"state\": \"paused\", \"left_s\": 7200", FAIR),
                                   11 * 3600);
    msched_schedule *first = schedule_after(plan, NULL, 0);
    msched_schedule *again = schedule_after(later, first, 0);
    assert_int_equal(seconds_on(again, "report", 0), 7200);
    assert_int_equal(msched_schedule_unplaced_count(again), 1);
    msched_text *text = NULL;
    assert_int_equal(msched_schedule_to_text(again, &text, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(text), "1 event, 0 of 1 task"));
    msched_text_unref(text);
    msched_schedule_unref(again);
    msched_schedule_unref(first);
    msched_plan_unref(later);
    msched_plan_unref(plan);
}

/* Two to-dos move to another date together, because a new one then has time, and not otherwise. */
static void todos_move_if_another_gains(void **state)
{
    (void)state;
    static const char before[] =
        "{\"date\": \"2026-11-24\", \"days\": 2, \"day\": {\"start\": \"08:00\", \"end\": "
        "\"12:00\"},"
        "\"todos\": [{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 3600, \"on\": [\"tue\"]},"
        "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 3600, \"on\": [\"tue\"]},"
        "{\"id\": \"c\", \"title\": \"C\", \"duration_s\": 7200, \"on\": [\"wed\"]}]}";
    static const char after[] =
        "{\"date\": \"2026-11-24\", \"days\": 2, \"day\": {\"start\": \"08:00\", \"end\": "
        "\"12:00\"},"
        "\"todos\": [{\"id\": \"a\", \"title\": \"A\", \"duration_s\": 3600},"
        "{\"id\": \"b\", \"title\": \"B\", \"duration_s\": 3600},"
        "{\"id\": \"c\", \"title\": \"C\", \"duration_s\": 7200, \"on\": [\"wed\"]},"
        "{\"id\": \"d\", \"title\": \"D\", \"duration_s\": %d}]}";
    static const struct {
        int32_t length_s;
        uint32_t day_of_a;
    } cases[] = {{14400, 1}, {7200, 0}};
    for (size_t i = 0; i < 2; i++) {
        char json[800];
        snprintf(json, sizeof json, after, (int)cases[i].length_s);
        msched_schedule *previous = schedule_of(plan_of_json(before));
        msched_plan *plan = plan_of_json(json);
        msched_schedule *schedule = schedule_after(plan, previous, 0);
        assert_int_equal(msched_schedule_unplaced_count(schedule), 0);
        for (uint32_t k = 0; k < msched_schedule_entry_count(schedule); k++)
            if (strcmp(entry_at(schedule, k).id, "a") == 0)
                assert_int_equal(entry_at(schedule, k).day, cases[i].day_of_a);
        msched_schedule_unref(schedule);
        msched_schedule_unref(previous);
        msched_plan_unref(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_done_rolls_over),
        cmocka_unit_test(what_is_under_way_stays),
        cmocka_unit_test(what_counts_as_done_keeps_its_place),
        cmocka_unit_test(a_to_do_that_is_marked_as_done_stays),
        cmocka_unit_test(the_previous_schedule_may_begin_earlier),
        cmocka_unit_test(what_is_scheduled_again_loses_nothing),
        cmocka_unit_test(occurrences_on_every_date_keep_their_dates),
        cmocka_unit_test(plays_keep_their_wishes),
        cmocka_unit_test(a_date_of_another_week_is_refused),
        cmocka_unit_test(a_time_is_completed),
        cmocka_unit_test(what_was_done_earlier_is_not_planned),
        cmocka_unit_test(what_is_done_of_a_task_stays),
        cmocka_unit_test(the_rest_keeps_the_most_on_a_date),
        cmocka_unit_test(todos_move_if_another_gains),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
