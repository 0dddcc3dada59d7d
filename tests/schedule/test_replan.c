/*
 * Planning the rest of a day again: what keeps its identity and its time, and what the states of
 * to-dos do.
 */
#include "../testing.h"

#include <musicsched/schedule.h>

#include <stdio.h>
#include <string.h>

static msched_plan *parse(const char *json)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

static msched_schedule *build_with(const char *json, const msched_schedule *previous,
                                   uint32_t assume_done, uint32_t no_order)
{
    msched_plan *plan = parse(json);
    msched_schedule *schedule = NULL;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = previous;
    options.assume_done = assume_done;
    options.no_order = no_order;
    assert_int_equal(msched_schedule_build(&schedule, NULL, plan, &options, NULL), MSCHED_OK);
    msched_plan_unref(plan);
    return schedule;
}

/* Without pauses, so that times show what replanning does. */
static msched_schedule *build(const char *json, const msched_schedule *previous,
                              uint32_t assume_done)
{
    return build_with(json, previous, assume_done, 1);
}

/* "a 08:00-08:30 done, b 09:00-10:00", all entries in order. */
static void describe(const msched_schedule *schedule, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        msched_schedule_get_entry(schedule, i, &e);
        used += (size_t)snprintf(out + used, size - used, "%s%s %02d:%02d-%02d:%02d%s%s",
                                 i > 0 ? ", " : "", e.id, (int)e.start_s / 3600,
                                 (int)e.start_s / 60 % 60, (int)e.end_s / 3600,
                                 (int)e.end_s / 60 % 60, e.state == MSCHED_STATE_OPEN ? "" : " ",
                                 e.state == MSCHED_STATE_OPEN ? "" : msched_state_name(e.state));
    }
}

#define DAY "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"20:00\"}"
#define ABC                                                                                        \
    ", \"todos\": [{\"title\": \"A\", \"duration_s\": 1800}, {\"title\": \"B\", \"duration_s\": "  \
    "1800}, {\"title\": \"C\", "                                                                   \
    "\"duration_s\": 1800}]}"

/*
 * 1 if the schedule has an entry with this id, state and length, which also starts then if it has
 * begun.
 */
static int has_entry(const msched_schedule *schedule, const msched_schedule_entry *wanted)
{
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        msched_schedule_get_entry(schedule, i, &e);
        if (strcmp(e.id, wanted->id) == 0 && e.state == wanted->state &&
            e.end_s - e.start_s == wanted->end_s - wanted->start_s &&
            (e.state == MSCHED_STATE_OPEN || e.start_s == wanted->start_s))
            return 1;
    }
    return 0;
}

/* Pauses change the times of what has not begun, and nothing else. */
static void check_pauses(const msched_schedule *plain, const msched_schedule *paced)
{
    assert_int_equal(msched_schedule_entry_count(paced), msched_schedule_entry_count(plain));
    for (uint32_t i = 0; i < msched_schedule_entry_count(plain); i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        msched_schedule_get_entry(plain, i, &e);
        assert_true(has_entry(paced, &e));
    }
}

/* The first plan, then the second with the first as the previous schedule. */
static void check(const char *first, const char *second, uint32_t assume_done, const char *wanted)
{
    msched_schedule *before = build(first, NULL, 0), *after = build(second, before, assume_done);
    char text[1000];
    describe(after, text, sizeof text);
    assert_string_equal(text, wanted);
    msched_schedule *paced = build_with(second, before, assume_done, 0);
    check_pauses(after, paced);
    msched_schedule_unref(paced);
    msched_schedule_unref(after);
    msched_schedule_unref(before);
}

static void what_is_done_leaves_the_others_where_they_are(void **state)
{
    (void)state;
    check(DAY ABC,
          DAY
          ", \"now\": \"08:30\", \"todos\": [{\"title\": \"A\", \"duration_s\": 1800, \"state\": "
          "\"done\"},"
          "{\"title\": \"B\", \"duration_s\": 1800}, {\"title\": \"C\", \"duration_s\": 1800}]}",
          0, "a 08:00-08:30 done, b 08:30-09:00, c 09:00-09:30");
}

static void inserted_moved_and_deleted_lines_move_no_other(void **state)
{
    (void)state;
    check(DAY ABC,
          DAY ", \"now\": \"08:30\", \"todos\": [{\"title\": \"New\", \"duration_s\": 600}, "
              "{\"title\": \"C\", \"duration_s\": 1800},"
              "{\"title\": \"B\", \"duration_s\": 1800}]}",
          0, "b 08:30-09:00, c 09:00-09:30, new 09:30-09:40");
}

static void what_nobody_calls_done_is_planned_again(void **state)
{
    (void)state;
    check(DAY ABC, DAY ", \"now\": \"08:45\"" ABC, 0,
          "b 08:30-09:00 started, c 09:00-09:30, a 09:30-10:00");
    check(DAY ABC, DAY ", \"now\": \"08:45\"" ABC, 1,
          "a 08:00-08:30 done, b 08:30-09:00 started, c 09:00-09:30");
    check(DAY ABC, DAY ", \"now\": \"08:45\", \"assume_done\": true" ABC, 0,
          "a 08:00-08:30 done, b 08:30-09:00 started, c 09:00-09:30");
}

static void states_of_one_to_do(void **state)
{
    (void)state;
    static const char plain[] = DAY
        ", \"todos\": [{\"title\": \"Lunch\", \"start\": \"12:00\", \"end\": \"13:00\"},"
        "{\"title\": \"Report\", \"duration_s\": 7200}]}";
    static const struct {
        const char *now, *state, *wanted;
    } rows[] = {
        {"09:00", "\"done\", \"ended\": \"08:50\"", "report 08:00-08:50 done, lunch 12:00-13:00"},
        {"09:00", "\"done\", \"started\": \"08:10\", \"ended\": \"08:50\"",
         "report 08:10-08:50 done, lunch 12:00-13:00"},
        {"11:00", "\"done\"", "report 08:00-10:00 done, lunch 12:00-13:00"},
        {"09:00", "\"done\"", "report 08:00-09:00 done, lunch 12:00-13:00"},
        {"09:00", "\"started\"", "report 08:00-10:00 started, lunch 12:00-13:00"},
        {"09:30", "\"started\", \"started\": \"09:20\"",
         "report 09:20-11:20 started, lunch 12:00-13:00"},
        {"11:30", "\"started\", \"started\": \"11:20\"",
         "report 11:20-12:00 started, lunch 12:00-13:00, report 13:00-14:20 started"},
        {"10:45", "\"started\", \"started\": \"08:00\"",
         "report 08:00-10:45 started, lunch 12:00-13:00"},
        {"09:35", "\"paused\", \"left_s\": 1500",
         "report 08:00-09:35 paused, report 09:35-10:00, lunch 12:00-13:00"},
        {"10:35", "\"paused\", \"left_s\": 1500",
         "report 08:00-09:35 paused, report 10:35-11:00, lunch 12:00-13:00"},
        {"09:00", "\"not_started\"", "report 09:00-11:00, lunch 12:00-13:00"},
        {"09:00", "\"skipped\"", "lunch 12:00-13:00"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[1000];
        snprintf(json, sizeof json,
                 DAY ", \"now\": \"%s\", \"todos\": [{\"title\": \"Lunch\", \"start\": \"12:00\", "
                     "\"end\": \"13:00\"},"
                     "{\"title\": \"Report\", \"duration_s\": 7200, \"state\": %s}]}",
                 rows[i].now, rows[i].state);
        check(plain, json, 0, rows[i].wanted);
    }
}

static void an_event_has_its_real_times(void **state)
{
    (void)state;
    static const char plain[] = DAY
        ", \"todos\": [{\"title\": \"Talk\", \"start\": \"09:00\", \"end\": \"10:00\"},"
        "{\"title\": \"Mail\", \"duration_s\": 600, \"earliest\": \"09:00\"}]}";
    static const struct {
        const char *state, *wanted;
    } rows[] = {
        {"\"done\", \"ended\": \"10:25\"", "talk 09:00-10:25 done, mail 10:25-10:35"},
        {"\"done\", \"ended\": \"09:40\"", "talk 09:00-09:40 done, mail 10:00-10:10"},
        {"\"started\", \"started\": \"09:15\"", "talk 09:15-10:00 started, mail 10:00-10:10"},
        {"\"skipped\"", "mail 10:00-10:10"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[1000];
        snprintf(json, sizeof json,
                 DAY ", \"now\": \"09:50\", \"todos\": [{\"title\": \"Talk\", \"start\": "
                     "\"09:00\", \"end\": \"10:00\", \"state\": %s},"
                     "{\"title\": \"Mail\", \"duration_s\": 600, \"earliest\": \"09:00\"}]}",
                 rows[i].state);
        check(plain, json, 0, rows[i].wanted);
    }
}

/* To-dos after one that is done or skipped need not wait for it, and it is not missing. */
static void closed_to_dos_hold_up_nothing(void **state)
{
    (void)state;
    static const char *const states[] = {"done", "skipped"};
    for (size_t i = 0; i < 2; i++) {
        char json[1000];
        snprintf(json, sizeof json,
                 DAY ", \"todos\": [{\"title\": \"Gym\", \"duration_s\": 3600, \"latest\": "
                     "\"08:30\", \"state\": \"%s\"},"
                     "{\"title\": \"Shower\", \"duration_s\": 600, \"after\": [\"gym\"]}]}",
                 states[i]);
        msched_schedule *schedule = build(json, NULL, 0);
        char text[200];
        describe(schedule, text, sizeof text);
        assert_string_equal(text, "shower 08:00-08:10");
        assert_int_equal(msched_schedule_unplaced_count(schedule), 0);
        msched_schedule_unref(schedule);
    }
}

/* An event that is done keeps the end that it had, however late it is asked. */
static void done_events_stay_as_they_were(void **state)
{
    (void)state;
    static const char first[] = DAY
        ", \"now\": \"09:20\", \"todos\": [{\"title\": \"Talk\", \"start\": \"09:00\", \"end\": "
        "\"10:00\", \"state\": \"done\"}]}";
    static const struct {
        const char *now, *talk, *wanted;
    } rows[] = {
        {"09:20", "", "talk 09:00-09:20 done, mail 09:20-10:20"},
        {"09:40", "", "talk 09:00-09:20 done, mail 09:40-10:40"},
        {"11:00", "", "talk 09:00-09:20 done, mail 11:00-12:00"},
        /* ticked off before it began, it takes no time */
        {"08:30", "", "mail 08:30-09:30"},
        /* that it began later than planned does not end it at once */
        {"11:30", ", \"started\": \"10:15\"", "talk 10:15-11:15 done, mail 11:30-12:30"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[1000];
        snprintf(json, sizeof json,
                 DAY ", \"now\": \"%s\", \"todos\": [{\"title\": \"Talk\", \"start\": "
                     "\"09:00\", \"end\": \"10:00\", \"state\": \"done\"%s},"
                     "{\"title\": \"Mail\", \"duration_s\": 3600}]}",
                 rows[i].now, rows[i].talk);
        check(first, json, 0, rows[i].wanted);
    }
}

/* A done task of which only the start is given keeps all parts that it had. */
static void done_tasks_keep_their_parts(void **state)
{
    (void)state;
    static const char plain[] = DAY
        ", \"now\": \"09:00\", \"todos\": [{\"title\": \"Lunch\", \"start\": \"09:30\", \"end\": "
        "\"10:00\"}, {\"title\": \"Report\", \"duration_s\": 3600, \"state\": \"started\", "
        "\"started\": \"09:00\"}]}";
    check(plain,
          DAY ", \"now\": \"11:00\", \"todos\": [{\"title\": \"Lunch\", \"start\": \"09:30\", "
              "\"end\": \"10:00\"}, {\"title\": \"Report\", \"duration_s\": 3600, \"state\": "
              "\"done\", \"started\": \"09:00\"}]}",
          0, "report 09:00-09:30 done, lunch 09:30-10:00, report 10:00-10:30 done");
}

#define PIECES(now, state, more)                                                                   \
    DAY now ", \"todos\": [{\"title\": \"A\", \"start\": \"09:00\", \"end\": \"10:00\"}, "         \
            "{\"title\": \"B\", \"start\": \"11:00\", \"end\": \"12:00\"}, "                       \
            "{\"title\": \"Report\", \"duration_s\": 10800, \"split_min_s\": 1800" state "}" more  \
            "]}"

/* Each piece of a task that is in progress counts once, and the time that is left adds up. */
static void pieces_of_a_task_in_progress_add_up(void **state)
{
    (void)state;
    static const struct {
        const char *plan, *wanted;
    } rows[] = {
        {PIECES(", \"now\": \"12:30\"", ", \"state\": \"started\"", ""),
         "report 08:00-09:00 paused, a 09:00-10:00, report 10:00-11:00 paused, b 11:00-12:00, "
         "report 12:00-13:00 started"},
        {PIECES(", \"now\": \"12:30\"", ", \"state\": \"paused\", \"left_s\": 5400", ""),
         "report 08:00-09:00 paused, a 09:00-10:00, report 10:00-10:30 paused, b 11:00-12:00, "
         "report 12:30-14:00"},
        {PIECES(", \"now\": \"12:30\"", ", \"state\": \"paused\", \"left_s\": 2400", ""),
         "report 08:00-09:00 paused, a 09:00-10:00, report 10:00-11:00 paused, b 11:00-12:00, "
         "report 12:00-12:20 paused, report 12:30-13:10"},
        {PIECES(", \"now\": \"13:30\"", ", \"state\": \"done\", \"ended\": \"13:10\"", ""),
         "report 08:00-09:00 done, a 09:00-10:00, report 10:00-11:00 done, b 11:00-12:00, "
         "report 12:00-13:10 done"},
        /* the rest finds no time, and what has begun stays */
        {PIECES(", \"now\": \"12:30\"",
                ", \"state\": \"paused\", \"left_s\": 5400, \"latest\": \"12:40\"", ""),
         "report 08:00-09:00 paused, a 09:00-10:00, report 10:00-10:30 paused, b 11:00-12:00"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check(PIECES("", "", ""), rows[i].plan, 0, rows[i].wanted);
}

/* A paused task that goes on keeps what was done before the pause, in each later schedule. */
static void a_paused_task_goes_on(void **state)
{
    (void)state;
    static const char paused[] = DAY
        ", \"now\": \"09:00\", \"todos\": [{\"title\": \"Report\", \"duration_s\": 7200, \"state\":"
        " \"paused\", \"left_s\": 4800, \"started\": \"08:20\"}]}";
    static const char goes_on[] = DAY
        ", \"now\": \"11:00\", \"todos\": [{\"title\": \"Report\", \"duration_s\": 7200, \"state\":"
        " \"started\", \"started\": \"10:50\"}]}";
    msched_schedule *first = build(paused, NULL, 0), *second = build(goes_on, first, 0),
                    *third = build(goes_on, second, 0);
    char text[1000];
    describe(second, text, sizeof text);
    assert_string_equal(text, "report 08:20-09:00 paused, report 10:50-12:10 started");
    describe(third, text, sizeof text);
    assert_string_equal(text, "report 08:20-09:00 paused, report 10:50-12:10 started");
    msched_schedule_unref(third);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
}

/* A new event interrupts a task that the user has started; planning again changes nothing. */
static void a_new_event_interrupts_what_runs(void **state)
{
    (void)state;
    static const char plain[] = DAY ", \"todos\": [{\"title\": \"Report\", \"duration_s\": 7200}]}";
    static const char call[] = DAY
        ", \"now\": \"08:50\", \"todos\": [{\"title\": \"Report\", \"duration_s\": 7200, "
        "\"state\": \"started\"}, "
        "{\"title\": \"Call\", \"start\": \"09:00\", \"end\": \"09:30\"}, "
        "{\"title\": \"Visit\", \"start\": \"09:20\", \"end\": \"10:00\"}]}";
    static const char wanted[] = "report 08:00-09:00 started, call 09:00-09:30, "
                                 "visit 09:20-10:00, report 10:00-11:00 started";
    msched_schedule *first = build(plain, NULL, 0), *second = build(call, first, 0),
                    *third = build(call, second, 0);
    char text[1000];
    describe(second, text, sizeof text);
    assert_string_equal(text, wanted);
    describe(third, text, sizeof text);
    assert_string_equal(text, wanted);
    msched_schedule_unref(third);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
}

/* What was done for longer than planned, into the buffer of what runs, does not stop that. */
static void a_buffer_that_is_past_stops_nothing(void **state)
{
    (void)state;
    static const char plain[] = DAY
        ", \"todos\": [{\"title\": \"A\", \"duration_s\": 3600}, {\"title\": \"B\", "
        "\"duration_s\": 3600, \"buffer_before_s\": 600, \"after\": [\"a\"]}]}";
    check(plain,
          DAY ", \"now\": \"09:20\", \"todos\": [{\"title\": \"A\", \"duration_s\": 3600, "
              "\"state\": \"done\", \"ended\": \"09:05\"}, {\"title\": \"B\", "
              "\"duration_s\": 3600, \"buffer_before_s\": 600, \"after\": [\"a\"]}]}",
          0, "a 08:00-09:05 done, b 09:10-10:10 started");
}

/* The rest of the report finds no time any more; without its begun part, there would be time. */
static void nothing_is_proved_beside_a_begun_task_that_is_left_out(void **state)
{
    (void)state;
    static const char report[] =
        "{\"title\": \"Report\", \"duration_s\": 9000, \"split_min_s\": 1800, \"priority\": 3}, ";
    char plain[1000], later[1000];
    snprintf(plain, sizeof plain,
             DAY ", \"todos\": [%s{\"title\": \"A\", \"start\": \"09:00\", \"end\": \"09:30\"}]}",
             report);
    snprintf(later, sizeof later,
             DAY ", \"now\": \"08:20\", \"todos\": [%s{\"title\": \"A\", \"start\": \"09:00\", "
                 "\"end\": \"20:00\"}, {\"title\": \"B\", \"duration_s\": 2400, \"priority\": 4}]}",
             report);
    msched_schedule *first = build(plain, NULL, 0), *second = build(later, first, 0);
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_get_objective(second, &objective);
    assert_int_equal(msched_schedule_entry_count(second), 1);
    assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
}

/* What is made shorter or longer while it runs, or after it ended. */
static void lengths_that_change(void **state)
{
    (void)state;
    static const struct {
        const char *now;
        int length_s, assume_done;
        const char *wanted;
        int split_min_s;
    } rows[] = {
        {"08:30", 7200, 0, "report 08:00-10:00 started", 0},
        {"08:45", 1800, 0, "report 08:45-09:15", 0},
        {"08:45", 1800, 1, "report 08:00-08:30 done", 0},
        {"09:30", 7200, 1, "report 09:30-11:30", 0},
        {"09:30", 3600, 1, "report 08:00-09:00 done", 0},
        {"08:30", 2700, 0, "report 08:00-08:45 started", 900},
        {"08:45", 1800, 0, "report 08:45-09:15", 900},
        {"08:45", 1800, 1, "report 08:00-08:30 done", 900},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[400];
        snprintf(json, sizeof json,
                 DAY ", \"now\": \"%s\", \"todos\": [{\"title\": \"Report\", \"duration_s\": %d, "
                     "\"split_min_s\": %d}]}",
                 rows[i].now, rows[i].length_s, rows[i].split_min_s);
        check(DAY ", \"todos\": [{\"title\": \"Report\", \"duration_s\": 3600}]}", json,
              (uint32_t)rows[i].assume_done, rows[i].wanted);
    }
}

/* What follows a paused to-do cannot count as done before the rest of it. */
static void nothing_is_assumed_before_the_rest_of_what_it_follows(void **state)
{
    (void)state;
    static const char format[] = DAY
        "%s, \"todos\": [{\"title\": \"Gym\", \"duration_s\": 3600%s}, {\"title\": \"Shower\", "
        "\"duration_s\": 600, \"after\": [\"gym\"]}]}";
    char first[500], second[500];
    snprintf(first, sizeof first, format, "", "");
    snprintf(second, sizeof second, format, ", \"now\": \"10:00\"",
             ", \"state\": \"paused\", \"left_s\": 1200");
    check(first, second, 1, "gym 08:00-08:40 paused, gym 10:00-10:20, shower 10:20-10:30");
}

/* The text for people says what has become of everything, also of a schedule that is read back. */
static void texts_say_what_happened(void **state)
{
    (void)state;
    static const char json[] = DAY
        ", \"now\": \"10:00\", \"todos\": ["
        "{\"title\": \"Talk\", \"start\": \"09:00\", \"end\": \"10:00\", \"state\": \"done\", "
        "\"ended\": \"09:40\"},"
        "{\"title\": \"Report\", \"duration_s\": 7200, \"state\": \"started\", \"started\": "
        "\"09:50\"},"
        "{\"title\": \"Mail\", \"duration_s\": 1800, \"state\": \"paused\", \"started\": "
        "\"08:10\", \"left_s\": 600},"
        "{\"title\": \"Gym\", \"duration_s\": 3600, \"state\": \"skipped\"},"
        "{\"title\": \"Bank\", \"duration_s\": 1200, \"state\": \"done\"},"
        "{\"title\": \"Walk\", \"duration_s\": 1800}]}";
    static const char wanted[] = "Tuesday 24 November 2026\n\n"
                                 "  08:10-08:30     Mail (part 1, paused)\n"
                                 "  09:00-09:40     Talk (done)\n"
                                 "  09:50-11:50     Report (started)\n"
                                 "  11:50-12:00     Mail (part 2)\n"
                                 "  12:00-12:30     Walk\n\n"
                                 "Note:\n"
                                 "  skipped today: Gym\n"
                                 "  done at unknown times: Bank\n\n"
                                 "1 event, 3 tasks. No better schedule exists.\n";
    msched_schedule *first = build(json, NULL, 0), *again = NULL;
    msched_text *text, *bytes;
    assert_int_equal(msched_schedule_to_text(first, &text, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(text), wanted);
    msched_text_unref(text);
    assert_int_equal(msched_schedule_to_json(first, &bytes, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_parse_json(&again, msched_text_data(bytes),
                                                msched_text_size(bytes), NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_schedule_to_text(again, &text, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(text), wanted);
    msched_text_unref(text);
    msched_text_unref(bytes);
    msched_schedule_unref(again);
    msched_schedule_unref(first);
}

static void states_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\"state\": \"gone\"",
        "\"state\": \"paused\"",
        "\"state\": \"open\", \"started\": \"09:00\"",
        "\"state\": \"started\", \"ended\": \"09:00\"",
        "\"state\": \"done\", \"left_s\": 60",
        "\"state\": \"done\", \"started\": \"09:00\", \"ended\": \"09:00\"",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char json[400];
        msched_plan *plan;
        snprintf(json, sizeof json,
                 DAY ", \"todos\": [{\"title\": \"A\", \"duration_s\": 600, %s}]}", wrong[i]);
        assert_int_equal(msched_plan_parse_json(&plan, json, strlen(json), NULL, NULL),
                         MSCHED_ERROR_VALUE);
    }
}

#define TODO(rest)  "{" rest ", \"duration_s\": 1800}"
#define REPORT      TODO("\"id\": \"gym\", \"title\": \"Report\"")
#define GYM         TODO("\"title\": \"Gym\"")
#define MAIL        TODO("\"title\": \"Mail\"")
#define TODOS(list) ", \"todos\": [" list "]}"

/* "Gym" is gym~2 beside a to-do with the id gym, and gym without it. */
static void an_id_that_is_the_name_of_a_title_mixes_up_nothing(void **state)
{
    (void)state;
    check(DAY TODOS(REPORT ", " GYM ", " GYM ", " MAIL), DAY TODOS(GYM ", " GYM ", " MAIL), 0,
          "gym 08:30-09:00, gym~2 09:00-09:30, mail 09:30-10:00");
    check(DAY TODOS(GYM ", " MAIL), DAY TODOS(REPORT ", " GYM ", " MAIL), 0,
          "gym~2 08:00-08:30, mail 08:30-09:00, gym 09:00-09:30");
    check(DAY ", \"days\": 2" TODOS(REPORT ", " GYM ", " MAIL),
          DAY ", \"days\": 2" TODOS(GYM ", " MAIL), 0, "mail 08:30-09:00, gym 08:00-08:30");
    /* one that is given another title with its id stays where it is */
    check(DAY TODOS(GYM ", " MAIL), DAY TODOS(MAIL ", " REPORT), 0,
          "gym 08:00-08:30, mail 08:30-09:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_leaves_the_others_where_they_are),
        cmocka_unit_test(inserted_moved_and_deleted_lines_move_no_other),
        cmocka_unit_test(what_nobody_calls_done_is_planned_again),
        cmocka_unit_test(states_of_one_to_do),
        cmocka_unit_test(an_event_has_its_real_times),
        cmocka_unit_test(closed_to_dos_hold_up_nothing),
        cmocka_unit_test(done_events_stay_as_they_were),
        cmocka_unit_test(done_tasks_keep_their_parts),
        cmocka_unit_test(pieces_of_a_task_in_progress_add_up),
        cmocka_unit_test(a_paused_task_goes_on),
        cmocka_unit_test(a_new_event_interrupts_what_runs),
        cmocka_unit_test(a_buffer_that_is_past_stops_nothing),
        cmocka_unit_test(nothing_is_proved_beside_a_begun_task_that_is_left_out),
        cmocka_unit_test(lengths_that_change),
        cmocka_unit_test(nothing_is_assumed_before_the_rest_of_what_it_follows),
        cmocka_unit_test(texts_say_what_happened),
        cmocka_unit_test(states_that_cannot_be_are_refused),
        cmocka_unit_test(an_id_that_is_the_name_of_a_title_mixes_up_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
