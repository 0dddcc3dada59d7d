/*
 * Plan text with faults: what can be read is planned, what cannot is named, and each edit mends
 * what it is offered for.
 */
#include "../testing.h"

#include "plan/plan_data.h"

#include "../failing.h"

#include <musicsched/plan.h>

#include <stdio.h>
#include <stdlib.h>

typedef struct reading {
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_result result;
} reading;

static reading read_text(const char *text, uint32_t lenient)
{
    reading r = {NULL, NULL, MSCHED_OK};
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-28";
    options.lenient = lenient;
    r.result = msched_plan_parse_text(&r.plan, &r.diagnostics, text, strlen(text), NULL, &options,
                                      NULL);
    return r;
}

static void drop(reading *r)
{
    msched_plan_unref(r->plan);
    msched_diagnostics_unref(r->diagnostics);
}

static msched_diagnostic get(const msched_diagnostics *diagnostics, uint32_t index)
{
    msched_diagnostic d = {.struct_size = sizeof d};
    assert_int_equal(msched_diagnostics_get(diagnostics, index, &d), MSCHED_OK);
    return d;
}

static uint32_t count_errors(const msched_diagnostics *diagnostics)
{
    uint32_t errors = 0;
    for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++)
        errors += get(diagnostics, i).severity == MSCHED_SEVERITY_ERROR;
    return errors;
}

/* Titles of the plan's to-dos with "|" between. */
static const char *titles(const msched_plan *plan)
{
    static char out[1000];
    out[0] = '\0';
    for (uint32_t i = 0; plan != NULL && i < plan->todo_count; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i > 0 ? "|" : "",
                 plan->todos[i].title);
    return out;
}

static void test_readable_lines_are_planned(void **state)
{
    (void)state;
    static const struct {
        const char *text, *titles;
        uint32_t songs, errors;
    } rows[] = {
        {"Tea 5m\nStandup at 9\nGym 1h\n", "Tea|Gym", 0, 1},
        {"Tea 5m after:gym\nGym 1h !9\n", "Tea", 0, 1},
        {"Tea 5m after:nobody\nGym 1h\n", "Gym", 0, 1},
        {"A 5m id:a after:b\nB 5m id:b after:a\nC 5m id:c after:d\nD 5m id:d after:c\n", "B|D", 0,
         2},
        {"A 5m id:a\nB 5m id:a\n", "A", 0, 1},
        {"Gym 1h !9 id:g\n\xe2\x99\xaa Halo during:g\n\xe2\x99\xaa Hey\nTea 5m", "Tea", 1, 2},
        {"day: never\nfill: 1h polka @brunch\nTea 5m\n", "Tea", 0, 2},
        {"Gym 2h after 19:00 before 20:30\nTea 5m\n", "Tea", 0, 1},
        {"Tea 5m\n\xff\nGym 1h\n", "Tea|Gym", 0, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reading strict = read_text(rows[i].text, 0), r = read_text(rows[i].text, 1);
        assert_null(strict.plan);
        assert_int_not_equal(strict.result, MSCHED_OK);
        if (r.result != MSCHED_OK || strcmp(titles(r.plan), rows[i].titles) != 0 ||
            r.plan->song_count != rows[i].songs || count_errors(r.diagnostics) != rows[i].errors)
            fail_msg("%s: %u, %s, %u errors", rows[i].text, (unsigned)r.result, titles(r.plan),
                     (unsigned)count_errors(r.diagnostics));
        uint32_t told = 0;
        for (uint32_t k = 0; k < r.plan->warning_count; k++)
            told += strcmp(r.plan->warnings[k].code, "line_left_out") == 0;
        assert_int_equal(told, rows[i].errors);
        drop(&strict);
        drop(&r);
    }
}

static void test_nothing_readable_is_an_error(void **state)
{
    (void)state;
    reading r = read_text("Standup at 9\nMeeting 25:99\n", 1);
    assert_null(r.plan);
    assert_int_equal(r.result, MSCHED_ERROR_VALUE);
    drop(&r);
}

static void test_other_files_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
         "iCalendar"},
        {"\xef\xbb\xbf{\"version\": 1, \"date\": \"2026-11-28\"}", "JSON"},
        {"[{\"title\": \"Gym\"}]", "JSON"},
        {"Subject,Start Date,Start Time\nDentist,11/28/2026,10:00\n", "CSV"},
        {"track_id;track_name;track_artist\n1;a;b\n", "CSV"},
        {"TYPE\tCONTENT\tPRIORITY\ntask\tGym\t1\n", "CSV"},
        {"<!DOCTYPE html>\n<html>", "web page"},
        {"%PDF-1.7\n", "PDF"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        reading r = read_text(rows[i].text, 1);
        assert_null(r.plan);
        assert_int_equal(r.result, MSCHED_ERROR_SYNTAX);
        assert_int_equal(msched_diagnostics_count(r.diagnostics), 1);
        msched_diagnostic d = get(r.diagnostics, 0);
        assert_string_equal(d.code, "not_plan_text");
        assert_non_null(strstr(d.message, rows[i].says));
        drop(&r);
    }
    reading r = read_text("Buy milk, eggs, bread 20m\nCall, write, rest 10m\n[ ] Tea 5m\n", 0);
    assert_string_equal(titles(r.plan), "Buy milk, eggs, bread|Call, write, rest|Tea");
    drop(&r);
}

static void test_a_day_plan_of_notes(void **state)
{
    (void)state;
    static const char text[] =
        "---\ntitle: My day\ndate: 2026-11-30\ntags:\n  - daily\n---\n\n# Day planner\n\n"
        "- [x] 07:00 Wake up\n- [ ] 09:00 - 10:00 Write report #work\n\t- look at the numbers\n"
        "    - ask Kim\n- [-] 10:00 Old meeting\n- [/] 10:30 Review\n    - [ ] 11:00 - 11:15 "
        "Break\n***\n"
        "> a quote\n- [>] Moved 1h\n~~Struck 1h~~\n- [ ] Read 20m\n";
    reading r = read_text(text, 0);
    assert_int_equal(r.result, MSCHED_OK);
    assert_string_equal(r.plan->date, "2026-11-30");
    assert_string_equal(titles(r.plan),
                        "Wake up|Write report|Old meeting|Review|Break|Moved|Struck|Read");
    assert_int_equal(r.plan->todos[0].state, MSCHED_STATE_DONE);
    assert_string_equal(r.plan->todos[1].description, "- look at the numbers\n- ask Kim");
    assert_string_equal(r.plan->todos[1].labels[0], "work");
    assert_int_equal(r.plan->todos[2].state, MSCHED_STATE_SKIPPED);
    assert_int_equal(r.plan->todos[3].state, MSCHED_STATE_STARTED);
    assert_int_equal(r.plan->todos[6].state, MSCHED_STATE_SKIPPED);
    assert_string_equal(r.plan->todos[7].description, "");
    drop(&r);
    r = read_text("---\nTea 5m\n---\nGym 1h\n", 0); /* rules, no front matter */
    assert_string_equal(titles(r.plan), "Tea|Gym");
    drop(&r);
}

static void test_labels_and_notes_survive_json(void **state)
{
    (void)state;
    reading r = read_text("Tea 5m #work @home\n  with milk\n  \"hot\"\n", 0);
    msched_text *json, *again;
    msched_plan *plan;
    assert_int_equal(msched_plan_to_json(r.plan, &json, NULL), MSCHED_OK);
    assert_non_null(
        strstr(msched_text_data(json),
               "\"labels\": [\"work\", \"home\"], \"description\": \"with milk\\n\\\"hot\\\"\""));
    assert_int_equal(
        msched_plan_parse_json(&plan, msched_text_data(json), msched_text_size(json), NULL, NULL),
        MSCHED_OK);
    assert_int_equal(msched_plan_to_json(plan, &again, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(json), msched_text_data(again));
    msched_todo todo = {.struct_size = sizeof todo};
    assert_int_equal(msched_plan_get_todo(plan, 0, &todo), MSCHED_OK);
    assert_int_equal(todo.label_count, 2);
    assert_string_equal(todo.description, "with milk\n\"hot\"");
    msched_text_unref(json);
    msched_text_unref(again);
    msched_plan_unref(plan);
    drop(&r);
}

/* Bytes of the first characters of a line. */
static size_t bytes_of(const char *line, uint32_t characters)
{
    size_t at = 0;
    while (characters > 0 && line[at] != '\0' && line[at] != '\n') {
        at++;
        while (((unsigned char)line[at] & 0xC0) == 0x80)
            at++;
        characters--;
    }
    return at;
}

/* The text with one edit made. The caller frees it. */
static char *edited(const char *text, const msched_diagnostic *d, uint32_t which)
{
    const char *line = text;
    for (uint32_t number = 1; number < d->edit_line; number++)
        line = strchr(line, '\n') + 1;
    size_t start = (size_t)(line - text) + bytes_of(line, d->edit_column - 1);
    size_t end = (size_t)(line - text) + bytes_of(line, d->edit_end_column - 1);
    char *out = malloc(strlen(text) + strlen(d->edits[which]) + 1);
    assert_non_null(out);
    sprintf(out, "%.*s%s%s", (int)start, text, d->edits[which], text + end);
    return out;
}

static uint32_t count_code(const msched_diagnostics *diagnostics, const char *code)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++)
        count += strcmp(get(diagnostics, i).code, code) == 0;
    return count;
}

static void test_every_edit_mends(void **state)
{
    (void)state;
    static const char *const lines[] = {"9-5 Work",
                                        "Call mum",
                                        "- [ ] Caf\xc3\xa9 at 9 30m",
                                        "3-2 Study",
                                        "Study 4-11 with Kim",
                                        "Walk noon 20m",
                                        "Do a 30 minute workout",
                                        "Meeting 25:99",
                                        "Gym 1h 2h",
                                        "!2 Gym 1h !3",
                                        "Pay rent !7",
                                        "Nap 0m",
                                        "10:00-11:00 Call 2h",
                                        "10:00-11:00 Call after 9:00",
                                        "10:00-11:00 Call split:10m",
                                        "Call 10m during:gym",
                                        "Call 10m after:gym",
                                        "Call 10m id:",
                                        "Call 10m after 23:30",
                                        "Gym 2h after 19:00 before 20:30",
                                        "Read #focsu 30m",
                                        "Read @evenig 30m",
                                        "30-45 min run",
                                        "9h30 Cours 1h",
                                        "Cours 9h30",
                                        "2:30 Call 10m",
                                        "r\xc3\xa9veil 7h",
                                        "Fast 16h",
                                        "Thesis 9h",
                                        "nap 20",
                                        "Pills every 8 hours 5m",
                                        "- [ ] Caf\xc3\xa9 every hour and water 10m",
                                        "Walk every 4h @evening 10m",
                                        "Conference all day 1h",
                                        "Call NYC 4pm ET 10m",
                                        "Submit report (60)",
                                        "Post letter 10m by EOD",
                                        "Proposal 10m due COB",
                                        "Bed 12",
                                        "Parcel 10m (closes 5.30)",
                                        "Pills every 6 h",
                                        "Train 7.52",
                                        "fill: 1h rock before 9",
                                        "an hour or two of gaming",
                                        "Gym 2 x 45m",
                                        "Gym 1.30h",
                                        "Tea at quarter past 4 10m",
                                        "Tea half past four 10m",
                                        "Call Sam 5ish 10m",
                                        "day: never",
                                        "gap: wide",
                                        "1h",
                                        "a\x01"
                                        "b 5m",
                                        "\xff"
                                        "b 5m",
                                        "\xe2\x99\xaa Halo @brunch",
                                        "\xe2\x99\xaa Halo at 9:00 after 8:00",
                                        "spotify:track:"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "Tea 5m\n%s\nSoup 5m\n", lines[i]);
        reading r = read_text(text, 1);
        uint32_t offered = 0;
        for (uint32_t k = 0; k < msched_diagnostics_count(r.diagnostics); k++) {
            msched_diagnostic d = get(r.diagnostics, k);
            if (d.severity == MSCHED_SEVERITY_NOTE)
                continue;
            if (d.edit_count == 0 || d.edit_line == 0 || d.edit_end_column < d.edit_column)
                fail_msg("%s: %s has no edit", lines[i], d.code);
            for (uint32_t e = 0; e < d.edit_count; e++, offered++) {
                char *after = edited(text, &d, e);
                reading again = read_text(after, 1);
                if (count_code(again.diagnostics, d.code) >= count_code(r.diagnostics, d.code))
                    fail_msg("%s: %s stays in %s", lines[i], d.code, after);
                drop(&again);
                free(after);
            }
        }
        if (offered == 0)
            fail_msg("%s: nothing is said", lines[i]);
        drop(&r);
    }
}

/* The day that is offered for an item which it cuts off, and which it then has room for. */
static void test_a_day_with_room_is_offered(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Gym 1h after 23:30", "day: 07:00-24:30\n"},
        {"Gym 1h after 22:30", "day: 07:00-23:30\n"},
        {"Gym 1h before 7:00", "day: 06:00-23:00\n"},
        {"day: 8:00-18:00\nGym 1h in the evening", "08:00-19:00"},
        {"day: 8:00-18:00\nGym 1h before 8:30", "07:30-18:00"},
        {"day: 8:00-18:00\n\xe2\x99\xaa Halo at 7:00", "07:00-18:00"},
        {"Soup 5m\nday: 8:00-18:00\n\xe2\x99\xaa Halo after 19:00", "08:00-19:10"},
        {"---\ndate: 2026-11-24\n---\nGym 1h after 22:30", "day: 07:00-23:30\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reading r = read_text(cases[i][0], 1);
        msched_diagnostic d = get(r.diagnostics, 0);
        assert_int_equal(d.severity, MSCHED_SEVERITY_ERROR);
        assert_int_equal(d.edit_count, 2);
        assert_string_equal(d.edits[0], cases[i][1]);
        for (uint32_t e = 0; e < d.edit_count; e++) {
            char *after = edited(cases[i][0], &d, e);
            reading again = read_text(after, 1);
            for (uint32_t k = 0; k < msched_diagnostics_count(again.diagnostics); k++)
                assert_int_not_equal(get(again.diagnostics, k).severity, MSCHED_SEVERITY_ERROR);
            drop(&again);
            free(after);
        }
        drop(&r);
    }
}

/* A shortened name offers the to-dos that have its words, and the offered line is planned. */
static void test_a_shortened_name_offers_the_to_do(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"Caf\xc3\xa9 trip to town 1h\nWalk 1h after:town", "caf\xc3\xa9-trip-to-town", "1"},
        {"Drive to town 1h\nRest 10m\nWalk 1h after:rest,town", "drive-to-town", "1"},
        {"Drive home 1h\nWalk home 1h #music\nfill: 10m during:home", "drive-home", "2"},
        {"Drive home 1h #music\n\xe2\x99\xaa Halo must during:drive", "drive-home", "1"},
        {"Drive 1h\nWalk 1h after:driv", "// ", "1"}, /* not its words */
        {"Walk the dog 1h after:dog", "// ", "1"},    /* its own */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reading r = read_text(cases[i][0], 1);
        assert_int_equal(count_code(r.diagnostics, "unknown_id"), 1);
        for (uint32_t k = 0; k < msched_diagnostics_count(r.diagnostics); k++) {
            msched_diagnostic d = get(r.diagnostics, k);
            if (strcmp(d.code, "unknown_id") != 0)
                continue;
            assert_string_equal(d.edits[0], cases[i][1]);
            assert_int_equal(d.edit_count, cases[i][2][0] - '0');
            char *after = edited(cases[i][0], &d, 0);
            reading again = read_text(after, 1);
            assert_int_equal(count_code(again.diagnostics, "unknown_id"), 0);
            drop(&again);
            free(after);
        }
        drop(&r);
    }
}

/* The text after the sure edits. */
static void fixes(const char *text, const char *wanted)
{
    reading r = read_text(text, 1);
    msched_text *fixed;
    assert_int_equal(msched_plan_text_fix(&fixed, text, strlen(text), r.diagnostics, NULL),
                     MSCHED_OK);
    assert_string_equal(msched_text_data(fixed), wanted);
    msched_text_unref(fixed);
    drop(&r);
}

static void test_fix_makes_the_sure_edits(void **state)
{
    (void)state;
    static const char text[] = "\xef\xbb\xbf"
                               "Call mum\r\nStandup at 9\nGym 1h 2h\nWalk noon 20m\nMeeting 25:99 "
                               "!9\nCaf\xc3\xa9 #focsu 30m";
    static const char wanted[] =
        "\xef\xbb\xbf"
        "Call mum 30m\r\nStandup at 9\nGym 1h\n\"Walk noon\" 20m\n// Meeting 25:99 !9\n"
        "Caf\xc3\xa9 #focus 30m";
    msched_text *fixed;
    fixes(text, wanted);
    assert_int_equal(msched_plan_text_fix(&fixed, text, strlen(text), NULL, NULL),
                     MSCHED_ERROR_ARGUMENT);
}

static void test_what_repeats_within_the_day_becomes_lines(void **state)
{
    (void)state;
    static const char text[] = "- [ ] **Pills** every 8 hours with water 5m\nDrink every 4h 5m\n";
    static const char wanted[] = "- [ ] 8:00 **Pills** with water 5m\n"
                                 "- [ ] 16:00 **Pills** with water 5m\n"
                                 "8:00 Drink 5m\n12:00 Drink 5m\n16:00 Drink 5m\n20:00 Drink 5m\n";
    reading r = read_text(text, 0);
    msched_text *fixed;
    assert_string_equal(titles(r.plan), "Pills with water|Drink");
    assert_int_equal(msched_plan_text_fix(&fixed, text, strlen(text), r.diagnostics, NULL),
                     MSCHED_OK);
    assert_string_equal(msched_text_data(fixed), wanted);
    msched_text_unref(fixed);
    drop(&r);
}

static void test_a_fix_keeps_the_date_and_the_time(void **state)
{
    (void)state;
    static const char week[] = "date: 2026-11-23\ndays: 7\n";
    static const char *const cases[][2] = {
        {"## Tue\nPills every 8 hours 5m\n", "## Tue\n8:00 Pills 5m\n16:00 Pills 5m\n"},
        {"24-25 Nov\nPills every 8 hours 5m\n", "24-25 Nov\n8:00 Pills 5m\n16:00 Pills 5m\n"},
        {"Tue: Pills every 8 hours 5m\n", "8:00 Tue: Pills 5m\n16:00 Tue: Pills 5m\n"},
        {"Pills every 8 hours 5m\n", "every day 8:00 Pills 5m\nevery day 16:00 Pills 5m\n"},
        {"Pills every 8 hours 5m by Fri\n", "Pills every 8 hours 5m by Fri\n"},
        {"Tue call 9:00 10:00 Ana\n", "Tue call 9:00 10:00 Ana 30m\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200], wanted[200];
        snprintf(text, sizeof text, "%s%s", week, cases[i][0]);
        snprintf(wanted, sizeof wanted, "%s%s", week, cases[i][1]);
        fixes(text, wanted);
    }
}

/* What people type in more than one sense, and the readings that are offered. */
static void test_the_readings_of_a_line_are_offered(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"Send invoice by EOD 20m", "time_in_title", "by 17:00|by 18:00|by 23:00"},
        {"Proposal 10m due COB", "time_in_title", "by 17:00|by 18:00"},
        {"after lunch walk 20m", "time_in_title", "after 13:00|after 14:00"},
        {"- Lunch 12-13\n- After lunch: walk 20m", "assumed_order", "after:lunch"},
        {"Gym 17-18\nShower 10m afterwards", "assumed_order", "after:gym"},
        {"Call Jo 10m @ dinner time", "time_in_title", "@evening"},
        {"Bed 12", "assumed_time", "24:00|12:00"},
        {"Dinner 10m (by 5)", "assumed_time", "before 17:00"},
        {"fill: 1h rock before 9", "ambiguous_time", "before 9:00|before 21:00"},
        {"Night shift 19:15-7:45\nBreak 0100 30m", "assumed_time", "25:00"},
        {"Night shift 19:15-7:45\nBreak 1:00-1:30", "assumed_time", "25:00-25:30"},
        {"tz: Europe/Berlin\nStandup 10:00 PST 30m", "assumed_time", "19:00|10:00"},
        {"tz: Europe/Berlin\nWebinar 11:00-12:00 UTC+3", "assumed_time", "9:00-10:00|11:00-12:00"},
        {"tz: Europe/Berlin\nCall 3pm CET 30m", "assumed_time", ""},
        {"tz: Europe/Berlin\nCall 10:00 IST 30m", "time_in_title", "// "},
        {"Standup 10:00 PST 30m", "time_in_title", "// "}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char offered[200] = "";
        reading r = read_text(cases[i][0], 1);
        for (uint32_t k = 0; k < msched_diagnostics_count(r.diagnostics); k++) {
            const msched_diagnostic d = get(r.diagnostics, k);
            for (uint32_t e = 0; strcmp(d.code, cases[i][1]) == 0 && e < d.edit_count; e++)
                snprintf(offered + strlen(offered), sizeof offered - strlen(offered), "%s%s",
                         offered[0] == '\0' ? "" : "|", d.edits[e]);
        }
        if (strcmp(offered, cases[i][2]) != 0)
            fail_msg("%s: offers %s", cases[i][0], offered);
        drop(&r);
    }
}

/* A break below a night shift is after midnight, and a time of another zone is converted. */
static void test_events_are_where_they_are_meant(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t start, end;
        const char *title;
    } cases[] = {
        {"Night shift 19:15-7:45\nBreak 0100 30m", 90000, 91800, "Break"},
        {"Break 0100 30m\nNight shift 19:15-7:45", 69300, 114300, "Night shift"},
        {"Night shift 19:15-7:45\n7:15 Handover", 26100, 27900, "Handover"},
        {"day: 0:00-24:00\nNight shift 19:15-7:45\nBreak 1:00-1:30am", 3600, 5400, "Break"},
        {"tz: Europe/Berlin\nStandup 10:00 PST 30m", 68400, 70200, "Standup"},
        {"tz: Europe/Berlin\nCall Tokyo 9am JST", 3600, 5400, "Call Tokyo"},
        {"tz: Europe/Berlin\nTalk 23:00 PST", 115200, 117000, "Talk"},
        {"tz: Europe/Berlin\nTalk 11:00-12:00 UTC+3 room", 32400, 36000, "Talk room"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        reading r = read_text(cases[i].text, 1);
        assert_non_null(r.plan);
        const msched__plan_todo *todo = &r.plan->todos[r.plan->todo_count - 1];
        if (todo->start_s != cases[i].start || todo->end_s != cases[i].end ||
            strcmp(todo->title, cases[i].title) != 0)
            fail_msg("%s: %s %d-%d", cases[i].text, todo->title, (int)todo->start_s,
                     (int)todo->end_s);
        drop(&r);
    }
}

static void test_equal_assumptions_are_one_warning_of_the_plan(void **state)
{
    (void)state;
    reading r = read_text("Tea\nGym\nSoup\n", 0);
    assert_int_equal(r.plan->warning_count, 1);
    assert_string_equal(r.plan->warnings[0].message,
                        "assuming 30 minutes for 3 to-dos without a length, lines 1, 2, 3");
    drop(&r);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    static const char text[] =
        "---\ntags: x\n---\nTea #work @home\n  note\n\xe2\x80\x9cQuoted\xe2\x80\x9d \xef\xbc\x91h\n"
        "Lunch 12:00-13:00 with Kim\nStandup at 9\nA 5m id:a after:b\nB 5m id:b after:a\nGym 1h "
        "2h\n- [ ] **Call** [mum](https://a.example/b) ~~now~~ \xF0\x9F\x8F\x83"
        "9:00 20\nCall 9am JST\nPills every 8 hours 5m\nPost by EOD\nWeek of Dec 7\nKW 48\nFri "
        "off\navoid: a.json\n";
    msched_result result = MSCHED_ERROR_MEMORY;
    for (long n = 0; result == MSCHED_ERROR_MEMORY && n < 3000; n++) {
        failing f = {.fail_at = n + 1};
        msched_allocator allocator = failing_allocator(&f);
        msched_plan_text_options options;
        msched_plan_text_options_init(&options, sizeof options);
        options.allocator = &allocator;
        options.default_date = "2026-11-28";
        options.lenient = 1;
        msched_plan *plan = NULL;
        msched_diagnostics *diagnostics = NULL;
        msched_text *fixed = NULL;
        result = msched_plan_parse_text(&plan, &diagnostics, text, strlen(text), NULL, &options,
                                        NULL);
        assert_true((plan != NULL) == (result == MSCHED_OK));
        if (result == MSCHED_OK)
            result = msched_plan_text_fix(&fixed, text, strlen(text), diagnostics, NULL);
        msched_text_unref(fixed);
        msched_plan_unref(plan);
        msched_diagnostics_unref(diagnostics);
        assert_int_equal(f.live, 0);
    }
    assert_int_equal(result, MSCHED_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readable_lines_are_planned),
        cmocka_unit_test(test_nothing_readable_is_an_error),
        cmocka_unit_test(test_other_files_are_named),
        cmocka_unit_test(test_a_day_plan_of_notes),
        cmocka_unit_test(test_labels_and_notes_survive_json),
        cmocka_unit_test(test_every_edit_mends),
        cmocka_unit_test(test_a_day_with_room_is_offered),
        cmocka_unit_test(test_a_shortened_name_offers_the_to_do),
        cmocka_unit_test(test_fix_makes_the_sure_edits),
        cmocka_unit_test(test_what_repeats_within_the_day_becomes_lines),
        cmocka_unit_test(test_a_fix_keeps_the_date_and_the_time),
        cmocka_unit_test(test_the_readings_of_a_line_are_offered),
        cmocka_unit_test(test_events_are_where_they_are_meant),
        cmocka_unit_test(test_equal_assumptions_are_one_warning_of_the_plan),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
