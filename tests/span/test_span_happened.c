/* A week under way: what happened to single occurrences, and what is planned then. */
#include "span_testing.h"

#include <stdio.h>
#include <string.h>

#define HEAD                                                                                       \
    "{\"date\": \"2026-11-23\", \"days\": 7, \"timezone\": \"Europe/Berlin\","                     \
    " \"day\": {\"start\": \"07:00\", \"end\": \"22:00\"}, \"todos\": ["
#define GYM(more)                                                                                  \
    "{\"id\": \"gym\", \"title\": \"Gym\", \"duration_s\": 3600, \"earliest\": \"17:00\","         \
    " \"times\": 3, \"apart_days\": 2" more "}"
#define READ(more)                                                                                 \
    "{\"id\": \"read\", \"title\": \"Read\", \"duration_s\": 1800, \"earliest\": \"20:00\","       \
    " \"times\": \"each\"" more "}"
#define STAND_UP(more)                                                                             \
    "{\"id\": \"standup\", \"title\": \"Stand-up\", \"start\": \"09:00\", \"end\": \"09:15\","     \
    " \"on\": [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]" more "}"
#define REPORT(more)   "{\"id\": \"report\", \"title\": \"Report\", \"duration_s\": 7200" more "}"
#define DONE(on, at)   "{\"date\": \"" on "\", \"state\": \"done\", \"ended\": \"" at "\"}"
#define SKIPPED(on)    "{\"date\": \"" on "\", \"state\": \"skipped\"}"
#define HAPPENED(list) ", \"occurrences\": [" list "]"

/* The plan at a time of its Tuesday, 24 November; `hours` 0: without a moment. Drops `plan`. */
static msched_schedule *build(msched_plan *plan, const msched_schedule *previous, int32_t hours)
{
    msched_plan *moved = plan_at(plan, hours == 0 ? MSCHED_UNSET : 86400 + hours * 3600);
    msched_schedule *schedule = schedule_after(moved, previous, 0);
    msched_plan_unref(moved);
    return schedule;
}

/* Entry number `nth` of a to-do, 0 is the first; 0: there are not so many. */
static int find(const msched_schedule *schedule, const char *title, uint32_t nth,
                msched_schedule_entry *entry)
{
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        *entry = entry_at(schedule, i);
        if (strcmp(entry->title, title) == 0 && nth-- == 0)
            return 1;
    }
    return 0;
}

static void assert_tasks(const msched_schedule *schedule, int64_t placed)
{
    msched_objective objective = objective_of(schedule);
    assert_int_equal(objective.value[MSCHED_LEVEL_TASKS_1], placed);
    assert_true(objective.bound[MSCHED_LEVEL_TASKS_1] >= placed);
}

#define PIECES(more)                                                                               \
    "{\"date\": \"2026-11-23\", \"days\": 4, \"day\": {\"start\": \"08:00\", \"end\": \"12:00\"}," \
    " \"todos\": [{\"id\": \"a\", \"title\": \"A\", \"start\": \"09:00\", \"end\": \"10:00\","     \
    " \"on\": [\"mon\", \"tue\"]}, {\"id\": \"report\", \"title\": \"Report\","                    \
    " \"duration_s\": 21600, \"split_min_s\": 1800" more "}]}"

/* The lengths of the entries of a to-do that have begun and that have not, in seconds. */
static void lengths_of(const msched_schedule *schedule, const char *title, int32_t *begun,
                       int32_t *open)
{
    msched_schedule_entry e;
    *begun = *open = 0;
    for (uint32_t nth = 0; find(schedule, title, nth, &e); nth++)
        *(e.state == MSCHED_STATE_OPEN ? open : begun) += e.end_s - e.start_s;
}

/* What is left of a task in pieces does not grow when it is paused, goes on, or runs. */
static void pieces_of_several_dates_add_up(void **state)
{
    (void)state;
    int32_t begun, open;
    msched_schedule *first = build(plan_of_json(PIECES("")), NULL, 0);
    msched_schedule *runs = build(plan_of_json(PIECES(", \"state\": \"started\"")), first, 10);
    lengths_of(runs, "Report", &begun, &open);
    assert_int_equal(begun, 21600);
    assert_int_equal(open, 0);
    msched_schedule *since =
        build(plan_of_json(PIECES(HAPPENED("{\"date\": \"tue\", \"state\": \"started\","
                                           " \"started\": \"08:10\"}"))),
              first, 9);
    lengths_of(since, "Report", &begun, &open);
    assert_int_equal(begun, 21600);
    msched_schedule_entry piece;
    assert_true(find(since, "Report", 0, &piece));
    assert_int_equal(piece.day, 0);
    assert_int_equal(piece.state, MSCHED_STATE_PAUSED);
    msched_schedule *paused =
        build(plan_of_json(PIECES(", \"state\": \"paused\", \"left_s\": 10800")), first, 10);
    lengths_of(paused, "Report", &begun, &open);
    assert_int_equal(open, 10800);
    msched_schedule *goes_on =
        build(plan_of_json(PIECES(HAPPENED("{\"date\": \"tue\", \"state\": \"started\","
                                           " \"started\": \"11:30\"}"))),
              paused, 12);
    lengths_of(goes_on, "Report", &begun, &open);
    assert_int_equal(begun, 21600);
    assert_tasks(goes_on, 1);
    msched_schedule_unref(goes_on);
    msched_schedule_unref(paused);
    msched_schedule_unref(since);
    msched_schedule_unref(runs);
    msched_schedule_unref(first);
}

/* A skipped occurrence takes the same number in each later schedule, so the others keep theirs. */
static void a_skipped_occurrence_renames_no_other(void **state)
{
    (void)state;
    static const char plan[] = HEAD GYM(HAPPENED(SKIPPED("tue"))) "]}";
    msched_schedule_entry was, is;
    msched_schedule *first = build(plan_of_json(HEAD GYM("") "]}"), NULL, 0);
    msched_schedule *second = build(plan_of_json(plan), first, 8);
    msched_schedule *third = build(plan_of_json(plan), second, 9);
    for (uint32_t nth = 0; find(second, "Gym", nth, &was); nth++) {
        assert_true(find(third, "Gym", nth, &is));
        assert_string_equal(is.id, was.id);
        assert_int_equal(is.day, was.day);
    }
    msched_schedule_unref(third);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
}

static void one_of_three_is_done(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = build(plan_of_json(HEAD GYM("") "]}"), NULL, 0);
    assert_true(find(week, "Gym", 0, &was));
    assert_int_equal(was.day, 0); /* Monday, where it was missed */
    msched_schedule *again =
        build(plan_of_json(HEAD GYM(HAPPENED("{\"date\": \"tue\", \"state\": \"done\","
                                             " \"ended\": \"18:30\"}")) "]}"),
              week, 20);
    assert_true(find(again, "Gym", 0, &is));
    assert_int_equal(is.day, 1);
    assert_int_equal(is.start_s, 17 * 3600 + 1800);
    assert_int_equal(is.end_s, 18 * 3600 + 1800);
    assert_int_equal(is.state, MSCHED_STATE_DONE);
    assert_string_equal(is.id, was.id); /* in place of the one that was missed */
    assert_true(find(again, "Gym", 1, &is));
    assert_int_equal(is.state, MSCHED_STATE_OPEN);
    assert_true(is.day >= 3);
    uint32_t second = is.day;
    assert_true(find(again, "Gym", 2, &is));
    assert_true(is.day >= second + 2);
    assert_false(find(again, "Gym", 3, &is));
    assert_int_equal(msched_schedule_unplaced_count(again), 0);
    assert_tasks(again, 3);
    /* and once more from its own schedule, on Thursday */
    msched_schedule *third =
        build(plan_of_json(HEAD GYM(HAPPENED("{\"date\": \"2026-11-24\", \"state\": \"done\","
                                             " \"ended\": \"18:30\"}")) "]}"),
              again, 48 + 9);
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(find(again, "Gym", i, &was));
        assert_true(find(third, "Gym", i, &is));
        assert_string_equal(is.id, was.id);
        assert_int_equal(is.day, was.day);
        assert_int_equal(is.start_s, was.start_s);
    }
    msched_schedule_unref(third);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
}

static void a_done_occurrence_stays_where_it_was(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = build(plan_of_json(HEAD GYM("") "," READ("") "]}"), NULL, 0);
    msched_schedule *again =
        build(plan_of_json(HEAD GYM(HAPPENED("{\"date\": \"mon\", \"state\": \"done\"}")) "," READ(
                  HAPPENED("{\"date\": \"mon\", \"state\": \"done\"},"
                           "{\"date\": \"fri\", \"state\": \"done\"}")) "]}"),
              week, 9);
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(find(week, "Gym", i, &was));
        assert_true(find(again, "Gym", i, &is));
        assert_int_equal(is.day, was.day);
        assert_int_equal(is.start_s, was.start_s);
        assert_string_equal(is.id, was.id);
        assert_int_equal(is.state, i == 0 ? MSCHED_STATE_DONE : MSCHED_STATE_OPEN);
    }
    assert_true(find(again, "Read", 0, &is));
    assert_string_equal(is.id, "read@2026-11-23");
    assert_int_equal(is.state, MSCHED_STATE_DONE);
    assert_true(find(again, "Read", 5, &is));
    assert_false(find(again, "Read", 6, &is));
    assert_true(has_warning(again, "done", "done at unknown times: Read (2026-11-27)"));
    assert_tasks(again, 3 + 6);
    assert_int_equal(msched_schedule_unplaced_count(again), 0);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
}

/* A program finds the to-do and the date of an entry by its id. */
static void done_occurrences_without_a_previous_schedule_name_their_dates(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week = build(
        plan_of_json(HEAD READ(HAPPENED(DONE("mon", "20:30") ", " DONE("tue", "12:00"))) "]}"),
        NULL, 13);
    static const char *const ids[] = {"read@2026-11-23", "read@2026-11-24", "read@2026-11-25"};
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(find(week, "Read", i, &is));
        assert_string_equal(is.id, ids[i]);
    }
    msched_schedule_unref(week);
}

static void a_skipped_occurrence_gets_no_time(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week = build(
        plan_of_json(HEAD GYM(HAPPENED("{\"date\": \"wed\", \"state\": \"skipped\"}")) "," STAND_UP(
            HAPPENED("{\"date\": \"thu\", \"state\": \"skipped\"}")) "," READ(HAPPENED("{\"date\": "
                                                                                       "\"sun\", "
                                                                                       "\"state\": "
                                                                                       "\"skipped\""
                                                                                       "}")) "]}"),
        NULL, 0);
    for (uint32_t i = 0; i < 2; i++) {
        assert_true(find(week, "Gym", i, &is));
        assert_int_not_equal(is.day, 2);
    }
    assert_false(find(week, "Gym", 2, &is));
    assert_false(find(week, "Stand-up", 4, &is));
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(find(week, "Stand-up", i, &is));
        assert_int_not_equal(is.day, 3);
    }
    assert_true(find(week, "Read", 5, &is));
    assert_int_equal(is.day, 5);
    assert_false(find(week, "Read", 6, &is));
    assert_int_equal(msched_schedule_unplaced_count(week), 0);
    assert_true(has_warning(week, "skipped",
                            "skipped: Gym (2026-11-25), Stand-up (2026-11-26), Read "
                            "(2026-11-29)"));
    msched_schedule_unref(week);
}

static void an_event_has_its_real_times(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week = build(
        plan_of_json(HEAD STAND_UP(HAPPENED("{\"date\": \"mon\", \"state\": \"done\", \"ended\": "
                                            "\"09:40\"}")) "]}"),
        NULL, 12);
    assert_true(find(week, "Stand-up", 0, &is));
    assert_int_equal(is.state, MSCHED_STATE_DONE);
    assert_int_equal(is.end_s, 9 * 3600 + 40 * 60);
    assert_true(find(week, "Stand-up", 1, &is));
    assert_int_equal(is.state, MSCHED_STATE_OPEN);
    assert_int_equal(is.end_s, 9 * 3600 + 15 * 60);
    msched_schedule_unref(week);
}

static void a_to_do_that_is_done_once_is_done(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week =
        build(plan_of_json(HEAD REPORT(
                  HAPPENED("{\"date\": \"mon\", \"state\": \"done\", \"started\": "
                           "\"10:00\", \"ended\": \"11:00\"}")) ","
                                                                "{\"id\": \"send\", \"title\": "
                                                                "\"Send\", \"duration_s\": 600,"
                                                                " \"after\": [\"report\"]}]}"),
              NULL, 9);
    assert_true(find(week, "Report", 0, &is));
    assert_int_equal(is.end_s - is.start_s, 3600);
    assert_false(find(week, "Report", 1, &is));
    assert_true(find(week, "Send", 0, &is));
    assert_tasks(week, 2);
    msched_schedule_unref(week);
}

/* The one of the previous schedule did not take place, unless it was a piece of the task. */
static void a_task_is_done_on_another_date(void **state)
{
    (void)state;
    static const char *const split[] = {"", ", \"split_min_s\": 1800, \"max_per_day_s\": 3600"};
    for (int has_pieces = 0; has_pieces < 2; has_pieces++) {
        char first[512], second[512];
        msched_schedule_entry is;
        snprintf(first, sizeof first, HEAD REPORT("%s") "]}", split[has_pieces]);
        snprintf(second, sizeof second,
                 HEAD REPORT("%s" HAPPENED(DONE("2026-11-24", "09:30"))) "]}", split[has_pieces]);
        msched_schedule *week = build(plan_of_json(first), NULL, 0);
        msched_schedule *again = build(plan_of_json(second), week, 20);
        for (int i = 0; i <= has_pieces; i++) {
            assert_true(find(again, "Report", (uint32_t)i, &is));
            assert_int_equal(is.state, MSCHED_STATE_DONE);
            assert_int_equal(is.piece, has_pieces ? i + 1 : 0);
        }
        assert_int_equal(is.day, 1);
        assert_int_equal(is.end_s, 9 * 3600 + 1800);
        assert_false(find(again, "Report", 1 + (uint32_t)has_pieces, &is));
        assert_tasks(again, 1);
        msched_schedule_unref(again);
        msched_schedule_unref(week);
    }
}

static void a_task_is_started(void **state)
{
    (void)state;
    msched_schedule_entry is;
    /* from 16:00 on; the visit interrupts it, and at 17:30 an hour is left */
    msched_schedule *week = build(plan_of_json(HEAD REPORT(HAPPENED(
                                      "{\"date\": \"tue\", \"state\": \"started\", \"started\": "
                                      "\"16:00\"}")) ","
                                                     "{\"id\": \"visit\", \"title\": \"Visit\", "
                                                     "\"start\": \"17:00\", \"end\": \"17:30\","
                                                     " \"on\": [\"tue\"]}," GYM("") "]}"),
                                  NULL, 17);
    assert_true(find(week, "Report", 0, &is));
    assert_int_equal(is.start_s, 16 * 3600);
    assert_int_equal(is.end_s, 17 * 3600);
    assert_int_equal(is.state, MSCHED_STATE_STARTED);
    assert_int_equal(is.piece, 1);
    assert_true(find(week, "Report", 1, &is));
    assert_int_equal(is.piece, 2);
    assert_int_equal(is.start_s, 17 * 3600 + 1800);
    assert_int_equal(is.end_s, 18 * 3600 + 1800);
    for (uint32_t i = 0; i < 3; i++) {
        assert_true(find(week, "Gym", i, &is));
        assert_true(is.day > 1 || is.start_s >= 18 * 3600 + 1800);
    }
    msched_schedule_unref(week);
    /* without a time: now */
    week = build(plan_of_json(HEAD REPORT(", \"state\": \"started\"") "]}"), NULL, 9);
    assert_true(find(week, "Report", 0, &is));
    assert_int_equal(is.day, 1);
    assert_int_equal(is.start_s, 9 * 3600);
    assert_int_equal(is.state, MSCHED_STATE_STARTED);
    msched_schedule_unref(week);
}

static void the_rest_of_a_paused_task_is_planned(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = build(plan_of_json(HEAD REPORT(", \"on\": [\"mon\", \"wed\"]") "]}"),
                                  NULL, 0);
    assert_true(find(week, "Report", 0, &was));
    assert_int_equal(was.day, 0);
    msched_schedule *again =
        build(plan_of_json(HEAD REPORT(
                  ", \"on\": [\"mon\", \"wed\"], \"state\": \"paused\", \"left_s\": 1800") "]}"),
              week, 9);
    assert_true(find(again, "Report", 0, &is));
    assert_int_equal(is.start_s, was.start_s);
    assert_int_equal(is.end_s - is.start_s, 5400);
    assert_int_equal(is.state, MSCHED_STATE_PAUSED);
    assert_int_equal(is.piece, 1);
    assert_true(find(again, "Report", 1, &is));
    assert_int_equal(is.day, 2);
    assert_int_equal(is.end_s - is.start_s, 1800);
    assert_int_equal(is.piece, 2);
    assert_false(has_warning(again, "rolled_over", NULL));
    assert_tasks(again, 1);
    msched_schedule_unref(again);
    again = build(plan_of_json(HEAD REPORT(", \"on\": [\"tue\"]" HAPPENED(
                      "{\"date\": \"tue\", \"state\": \"paused\", "
                      "\"started\": \"08:00\", \"left_s\": 5400}")) "]}"),
                  NULL, 9);
    assert_true(find(again, "Report", 0, &is));
    assert_int_equal(is.day, 1);
    assert_int_equal(is.start_s, 8 * 3600);
    assert_int_equal(is.end_s, 8 * 3600 + 1800);
    assert_true(find(again, "Report", 1, &is));
    assert_int_equal(is.day, 1);
    assert_int_equal(is.end_s - is.start_s, 5400);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
}

static void a_task_that_has_not_begun_is_planned_again(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = build(plan_of_json(HEAD REPORT(", \"on\": [\"tue\"]") "]}"), NULL, 0);
    assert_true(find(week, "Report", 0, &was));
    assert_int_equal(was.start_s, 7 * 3600);
    msched_schedule *again = build(
        plan_of_json(HEAD REPORT(", \"on\": [\"tue\"], \"state\": \"not_started\"") "]}"), week, 8);
    assert_true(find(again, "Report", 0, &is));
    assert_true(is.start_s >= 8 * 3600);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
}

#define WEEK "date: 2026-11-23 Europe/Berlin\ndays: 7\nday: 7:00-22:00\n"

static msched_schedule *build_text(const char *text, const msched_schedule *previous, int32_t hours)
{
    return build(plan_of_text(text, NULL), previous, hours);
}

static void an_unknown_start_is_not_within_an_event(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week = build_text(WEEK "Tue 17:00-18:00 Visit\n"
                                            "Gym 1h 3x after 17:00 done:tue 18:30\n",
                                       NULL, 20);
    assert_true(find(week, "Gym", 0, &is));
    assert_int_equal(is.start_s, 18 * 3600);
    assert_int_equal(is.end_s, 18 * 3600 + 1800);
    msched_schedule_unref(week);
}

static void an_unknown_end_is_not_after_now(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week = build_text(WEEK "Report 2h on:tue\n", NULL, 0);
    msched_schedule *again = build_text(WEEK "Report 2h on:tue done:tue\n", week, 8);
    assert_true(find(week, "Report", 0, &is));
    assert_int_equal(is.end_s, 9 * 3600);
    assert_true(find(again, "Report", 0, &is));
    assert_int_equal(is.start_s, 7 * 3600);
    assert_int_equal(is.end_s, 8 * 3600);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
}

/* The first one was planned for Tuesday. */
static void a_done_occurrence_takes_no_id_of_another_done_date(void **state)
{
    (void)state;
    msched_schedule_entry was, is;
    msched_schedule *week = build_text(WEEK "Mon 7:00-22:00 Fair\n"
                                            "Gym 1h 3x apart:2d after 17:00\n",
                                       NULL, 0);
    msched_schedule *again = build_text(WEEK "Mon 7:00-22:00 Fair\n"
                                             "Gym 1h 3x apart:2d after 17:00 done:mon 6:30,tue\n",
                                        week, 24 + 9);
    assert_true(find(week, "Gym", 0, &was));
    assert_int_equal(was.day, 1);
    assert_true(find(again, "Gym", 0, &is));
    assert_int_equal(is.day, 0);
    assert_string_not_equal(is.id, was.id);
    assert_true(find(again, "Gym", 1, &is));
    assert_int_equal(is.day, 1);
    assert_string_equal(is.id, was.id);
    msched_schedule_unref(again);
    msched_schedule_unref(week);
}

static void a_rest_may_be_shorter_than_a_piece(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week = build_text(WEEK "Report 2h split:30m 10m left\n", NULL, 9);
    assert_true(find(week, "Report", 0, &is));
    assert_int_equal(is.end_s - is.start_s, 600);
    assert_false(find(week, "Report", 1, &is));
    assert_int_equal(msched_schedule_unplaced_count(week), 0);
    msched_schedule_unref(week);
}

static msched_result mark(msched_plan **plan, const char *id, uint32_t how, int32_t ended_s)
{
    msched_plan *marked = NULL;
    msched_todo change;
    msched_todo_init(&change, sizeof change);
    change.id = id;
    change.state = how;
    change.ended_s = ended_s;
    msched_result result = msched_plan_mark_todo(&marked, *plan, &change, NULL);
    if (result == MSCHED_OK) {
        msched_plan_unref(*plan);
        *plan = marked;
    }
    return result;
}

/* Both plans are the same in JSON. Drops them. */
static void assert_same(msched_plan *a, msched_plan *b)
{
    msched_text *x = NULL, *y = NULL;
    assert_int_equal(msched_plan_to_json(a, &x, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_to_json(b, &y, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(x), msched_text_data(y));
    msched_text_unref(x);
    msched_text_unref(y);
    msched_plan_unref(a);
    msched_plan_unref(b);
}

static void a_numbered_occurrence_is_marked_by_date(void **state)
{
    (void)state;
    msched_plan *plan = plan_of_json(HEAD GYM("") "]}"), *marked = NULL;
    msched_error err = {0};
    msched_todo change;
    msched_todo_init(&change, sizeof change);
    change.id = "gym~2";
    change.state = MSCHED_STATE_DONE;
    assert_int_equal(msched_plan_mark_todo(&marked, plan, &change, &err), MSCHED_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "id: name the date of \"gym~2\" instead of its number, as in "
                                     "gym@2026-11-24");
    change.id = "swim~2";
    assert_int_equal(msched_plan_mark_todo(&marked, plan, &change, &err), MSCHED_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "id: no to-do has the id \"swim~2\"; the ids are gym");
    msched_plan_unref(plan);
}

static void a_program_marks_occurrences(void **state)
{
    (void)state;
    msched_plan *plan = plan_of_json(HEAD GYM("") "," READ("") "," REPORT("") "]}");
    assert_int_equal(mark(&plan, "gym@2026-11-24", MSCHED_STATE_DONE, 18 * 3600), MSCHED_OK);
    assert_int_equal(mark(&plan, "read@wed", MSCHED_STATE_SKIPPED, MSCHED_UNSET), MSCHED_OK);
    assert_int_equal(mark(&plan, "read@fri", MSCHED_STATE_DONE, MSCHED_UNSET), MSCHED_OK);
    assert_int_equal(mark(&plan, "read@fri", MSCHED_STATE_OPEN, MSCHED_UNSET), MSCHED_OK);
    assert_int_equal(mark(&plan, "report", MSCHED_STATE_DONE, 86400 + 9 * 3600), MSCHED_OK);
    assert_int_equal(mark(&plan, "gym@2026-12-24", MSCHED_STATE_DONE, MSCHED_UNSET),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(mark(&plan, "gym@2026-11-25", MSCHED_STATE_PAUSED, MSCHED_UNSET),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(mark(&plan, "gym", MSCHED_STATE_DONE, 9 * 3600), MSCHED_ERROR_VALUE);
    assert_int_equal(mark(&plan, "gym", MSCHED_STATE_STARTED, MSCHED_UNSET), MSCHED_ERROR_VALUE);
    assert_int_equal(mark(&plan, "swim@2026-11-25", MSCHED_STATE_DONE, MSCHED_UNSET),
                     MSCHED_ERROR_NOT_FOUND);
    static const char marked[] = HEAD GYM(HAPPENED(DONE("2026-11-24", "18:00"))) "," READ(
        HAPPENED(SKIPPED("2026-11-25"))) "," REPORT(HAPPENED(DONE("2026-11-24", "09:00"))) "]}";
    assert_same(plan, plan_of_json(marked));
    /* the whole to-do in place of its occurrences */
    plan = plan_of_json(HEAD GYM("") "]}");
    assert_int_equal(mark(&plan, "gym@tue", MSCHED_STATE_DONE, MSCHED_UNSET), MSCHED_OK);
    assert_int_equal(mark(&plan, "gym", MSCHED_STATE_SKIPPED, MSCHED_UNSET), MSCHED_OK);
    assert_same(plan, plan_of_json(HEAD GYM(", \"state\": \"skipped\"") "]}"));
}

static void only_to_dos_are_marked(void **state)
{
    (void)state;
    msched_plan *plan = plan_of_json(HEAD GYM("") "], \"songs\": [{\"query\": \"Halo\"}]}"),
                *changed = NULL;
    msched_error err = {0};
    assert_int_equal(msched_plan_mark_song(&changed, plan, 0, MSCHED_STATE_DONE, &err),
                     MSCHED_ERROR_CONFLICT);
    assert_string_equal(err.message, "in a plan of several days, only to-dos can be marked: write "
                                     "the change into the plan");
    assert_int_equal(msched_plan_move_todo(&changed, plan, "gym", 18 * 3600, &err),
                     MSCHED_ERROR_CONFLICT);
    assert_string_equal(err.message, "in a plan of several days, no to-do can be moved: write its "
                                     "time or date into the plan");
    assert_null(changed);
    msched_plan_unref(plan);
}

static void a_date_that_is_open_again_is_planned(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_plan *plan =
        plan_of_json(HEAD READ(HAPPENED("{\"date\": \"sun\", \"state\": \"skipped\"}")) "]}");
    assert_int_equal(mark(&plan, "read@sun", MSCHED_STATE_OPEN, MSCHED_UNSET), MSCHED_OK);
    msched_schedule *week = build(plan, NULL, 0);
    assert_true(find(week, "Read", 6, &is));
    msched_schedule_unref(week);
}

static void a_builder_records_occurrences(void **state)
{
    (void)state;
    msched_day day;
    msched_plan_builder *builder = NULL;
    msched_plan *plan = NULL;
    msched_todo todo;
    msched_dates dates;
    msched_occurrence happened[2];
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-23";
    day.days = 7;
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    msched_todo_init(&todo, sizeof todo);
    todo.title = "Gym";
    todo.duration_s = 3600;
    assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    msched_dates_init(&dates, sizeof dates);
    msched_occurrence_init(&happened[0], sizeof happened[0]);
    happened[0].date = "wed";
    happened[0].state = MSCHED_STATE_SKIPPED;
    happened[1] = happened[0];
    happened[1].date = "2026-11-24";
    happened[1].state = MSCHED_STATE_DONE;
    happened[1].ended_s = 18 * 3600;
    dates.times = 3;
    dates.occurrences = happened;
    dates.occurrence_count = 2;
    assert_int_equal(msched_plan_builder_set_dates(builder, MSCHED_DATED_TODO, 0, &dates, NULL),
                     MSCHED_OK);
    happened[0].date = "some day";
    assert_int_equal(msched_plan_builder_set_dates(builder, MSCHED_DATED_TODO, 0, &dates, NULL),
                     MSCHED_ERROR_VALUE);
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    memset(&dates, 0, sizeof dates);
    dates.struct_size = sizeof dates;
    assert_int_equal(msched_plan_get_dates(plan, MSCHED_DATED_TODO, 0, &dates), MSCHED_OK);
    assert_int_equal(dates.occurrence_count, 2);
    assert_string_equal(dates.occurrences[0].date, "2026-11-24");
    assert_int_equal(dates.occurrences[0].ended_s, 18 * 3600);
    assert_string_equal(dates.occurrences[1].date, "2026-11-25");
    static const char built[] =
        "{\"date\": \"2026-11-23\", \"days\": 7, \"todos\": [{\"title\": \"Gym\","
        " \"duration_s\": 3600, \"times\": 3" HAPPENED(
            DONE("tue", "18:00") "," SKIPPED("wed")) "}]}";
    assert_same(plan, plan_of_json(built));
}

static void plan_text_records_occurrences(void **state)
{
    (void)state;
    static const char text[] =
        "date: 2026-11-23 Europe/Berlin\ndays: 7\nday: 7:00-22:00\n"
        "Gym 1h 3x/week apart:2d after 17:00 done:Tue 17:30-18:30,wed skipped:2026-11-27\n"
        "Read 30m every day after 20:00 done:mon,tuesday\n"
        "Report 2h started:tue 9:30\n"
        "Essay 2h started:tue 8:00 45m left\n"
        "[/] Call 30m\n"
        "Walk 30m 20m left\n"
        "Tue 14:00-15:00 Dentist done 15:10\n"
        "Post 10m started:mon 9:00 done:mon 9:20\n"
        "Tea 5m every day done:mon-wed,fri 9:00 skipped:sat-sun\n";
    static const char *const expected[] = {
        HAPPENED("{\"date\": \"2026-11-24\", \"state\": \"done\", \"started\": \"17:30\","
                 " \"ended\": \"18:30\"}, {\"date\": \"2026-11-25\", \"state\": \"done\"},"
                 " {\"date\": \"2026-11-27\", \"state\": \"skipped\"}"),
        HAPPENED("{\"date\": \"2026-11-23\", \"state\": \"done\"},"
                 " {\"date\": \"2026-11-24\", \"state\": \"done\"}"),
        HAPPENED("{\"date\": \"2026-11-24\", \"state\": \"started\", \"started\": \"09:30\"}"),
        HAPPENED("{\"date\": \"2026-11-24\", \"state\": \"paused\", \"started\": \"08:00\","
                 " \"left_s\": 2700}"),
        "\"Call\", \"duration_s\": 1800, \"state\": \"started\"",
        "\"Walk\", \"duration_s\": 1800, \"state\": \"paused\", \"left_s\": 1200",
        HAPPENED("{\"date\": \"2026-11-24\", \"state\": \"done\", \"ended\": \"15:10\"}"),
        HAPPENED("{\"date\": \"2026-11-23\", \"state\": \"done\", \"started\": \"09:00\","
                 " \"ended\": \"09:20\"}"),
        HAPPENED("{\"date\": \"2026-11-23\", \"state\": \"done\"},"
                 " {\"date\": \"2026-11-24\", \"state\": \"done\"},"
                 " {\"date\": \"2026-11-25\", \"state\": \"done\"},"
                 " {\"date\": \"2026-11-27\", \"state\": \"done\", \"ended\": \"09:00\"},"
                 " {\"date\": \"2026-11-28\", \"state\": \"skipped\"},"
                 " {\"date\": \"2026-11-29\", \"state\": \"skipped\"}")};
    msched_text *json = NULL, *written = NULL;
    msched_plan *plan = plan_of_text(text, NULL);
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        if (strstr(msched_text_data(json), expected[i]) == NULL)
            fail_msg("%s\nis not in %s", expected[i], msched_text_data(json));
    /* it reads what it writes */
    assert_int_equal(msched_plan_to_text(plan, NULL, &written, NULL), MSCHED_OK);
    assert_same(plan_of_text(msched_text_data(written), NULL), plan);
    msched_text_unref(written);
    msched_text_unref(json);
}

static void wrong_occurrences_are_refused(void **state)
{
    (void)state;
    expect_refused(HEAD GYM(HAPPENED("{\"date\": \"tue\", \"state\": \"started\"}")) "]}",
                   "needs the time at which it began");
    expect_refused(
        HEAD GYM(HAPPENED("{\"date\": \"tue\", \"state\": \"paused\", \"left_s\": 60}")) "]}",
        "only a task that is done once can be paused");
    expect_refused(HEAD GYM(HAPPENED("{\"date\": \"some\", \"state\": \"done\"}")) "]}",
                   "must be YYYY-MM-DD, or mon to sun");
    expect_refused(HEAD GYM(HAPPENED("{\"date\": \"tue\", \"state\": \"open\"}")) "]}",
                   "must be \"done\"");
    expect_refused(
        HEAD GYM(", \"state\": \"done\"" HAPPENED("{\"date\": \"tue\", \"state\": \"done\"}")) "]}",
        "but not both");
    expect_refused(HEAD REPORT(HAPPENED("{\"date\": \"tue\", \"state\": \"done\"},"
                                        "{\"date\": \"wed\", \"state\": \"done\"}")) "]}",
                   "has one occurrence");
    expect_refused(HEAD READ(HAPPENED("{\"date\": \"2026-11-24\", \"state\": \"done\"},"
                                      "{\"date\": \"tue\", \"state\": \"skipped\"}")) "]}",
                   "a date has two records of what happened");
    expect_refused("{\"date\": \"2026-11-23\", \"todos\": [" REPORT(
                       HAPPENED("{\"date\": \"mon\", \"state\": \"done\"}")) "]}",
                   "only for plans of several days");
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static const char json[] = HEAD GYM(HAPPENED(
        "{\"date\": \"tue\", \"state\": \"done\", \"ended\": \"18:30\"},"
        "{\"date\": \"mon\", \"state\": \"skipped\"}")) "," REPORT(", \"state\": \"paused\", "
                                                                   "\"left_s\": 600") "]}";
    msched_schedule *week = build(plan_of_json(HEAD GYM("") "," REPORT("") "]}"), NULL, 0);
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        options.previous = week;
        msched_plan *plan = NULL, *marked = NULL;
        msched_schedule *schedule = NULL;
        msched_todo change;
        msched_todo_init(&change, sizeof change);
        change.id = "gym@fri";
        change.state = MSCHED_STATE_DONE;
        msched_result result = msched_plan_parse_json(&plan, json, sizeof json - 1, &allocator,
                                                      NULL);
        if (result == MSCHED_OK)
            result = msched_plan_mark_todo(&marked, plan, &change, NULL);
        if (result == MSCHED_OK)
            result = msched_schedule_build(&schedule, NULL, marked, &options, NULL);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        msched_schedule_unref(schedule);
        msched_plan_unref(marked);
        msched_plan_unref(plan);
    }
    msched_schedule_unref(week);
}

/* A task that runs since late at night: its date ends at 36:00, wherever its length ends. */
static void a_running_task_ends_with_its_date(void **state)
{
    (void)state;
    msched_schedule_entry is;
    msched_schedule *week =
        build(plan_of_json(HEAD REPORT(HAPPENED("{\"date\": \"mon\", \"state\": \"started\","
                                                " \"started\": \"35:00\"}")) "]}"),
              NULL, 11);
    assert_true(find(week, "Report", 0, &is));
    assert_int_equal(is.day, 0);
    assert_int_equal(is.start_s, 35 * 3600);
    assert_int_equal(is.end_s, 36 * 3600);
    msched_schedule_unref(week);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_several_dates_add_up),
        cmocka_unit_test(a_skipped_occurrence_renames_no_other),
        cmocka_unit_test(one_of_three_is_done),
        cmocka_unit_test(a_done_occurrence_stays_where_it_was),
        cmocka_unit_test(done_occurrences_without_a_previous_schedule_name_their_dates),
        cmocka_unit_test(a_skipped_occurrence_gets_no_time),
        cmocka_unit_test(an_event_has_its_real_times),
        cmocka_unit_test(a_to_do_that_is_done_once_is_done),
        cmocka_unit_test(a_task_is_done_on_another_date),
        cmocka_unit_test(a_task_is_started),
        cmocka_unit_test(an_unknown_start_is_not_within_an_event),
        cmocka_unit_test(an_unknown_end_is_not_after_now),
        cmocka_unit_test(a_done_occurrence_takes_no_id_of_another_done_date),
        cmocka_unit_test(a_rest_may_be_shorter_than_a_piece),
        cmocka_unit_test(the_rest_of_a_paused_task_is_planned),
        cmocka_unit_test(a_task_that_has_not_begun_is_planned_again),
        cmocka_unit_test(a_numbered_occurrence_is_marked_by_date),
        cmocka_unit_test(a_program_marks_occurrences),
        cmocka_unit_test(only_to_dos_are_marked),
        cmocka_unit_test(a_date_that_is_open_again_is_planned),
        cmocka_unit_test(a_builder_records_occurrences),
        cmocka_unit_test(plan_text_records_occurrences),
        cmocka_unit_test(wrong_occurrences_are_refused),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(a_running_task_ends_with_its_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
