/* Plans as plan text: what is written means the same plan, and what has no words is refused. */
#include "../failing.h"
#include "../schedule/random_plan.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

static msched_plan *parsed(const char *text, const msched_catalog *catalog,
                           const msched_allocator *memory)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.allocator = memory;
    msched_plan *plan = NULL;
    msched_error err;
    if (msched_plan_parse_text(&plan, NULL, text, strlen(text), catalog, &options, &err) !=
            MSCHED_OK &&
        err.code != MSCHED_ERROR_MEMORY)
        fail_msg("line %u: %s in\n%s", (unsigned)err.line, err.message, text);
    return plan;
}

static msched_plan *of_json(const char *json)
{
    msched_plan *plan = NULL;
    msched_error err;
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s in\n%s", err.message, json);
    return plan;
}

/* Whether a plan has words; if so, that its text is the same plan when a person types it. */
static int is_written(msched_plan *plan, const msched_catalog *catalog)
{
    msched_text *text = NULL, *before = NULL, *after = NULL;
    msched_error err;
    msched_result result = msched_plan_to_text(plan, catalog, &text, &err);
    if (result != MSCHED_OK) {
        assert_int_equal(result, MSCHED_ERROR_VALUE);
        assert_null(text);
        return 0;
    }
    msched_plan *again = parsed(msched_text_data(text), catalog, NULL), *timeless;
    assert_int_equal(msched_plan_with_now(&timeless, plan, MSCHED_UNSET, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_to_json(timeless, &before, NULL), MSCHED_OK);
    msched_plan_unref(timeless);
    assert_int_equal(msched_plan_to_json(again, &after, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(after), msched_text_data(before));
    msched_plan_unref(again);
    msched_text_unref(text);
    msched_text_unref(before);
    msched_text_unref(after);
    return 1;
}

static void writes(const char *given, const char *expected)
{
    msched_plan *plan = parsed(given, NULL, NULL);
    msched_text *text = NULL;
    msched_error err = {0};
    if (msched_plan_to_text(plan, NULL, &text, &err) != MSCHED_OK)
        fail_msg("%s in\n%s", err.message, given);
    assert_int_equal(err.code, MSCHED_OK);
    assert_string_equal(msched_text_data(text), expected);
    msched_text_unref(text);
    assert_true(is_written(plan, NULL));
    msched_plan_unref(plan);
}

static const char day[] = "date: 2026-10-25 Europe/Berlin\n"
                          "day: 00:00-24:00\n"
                          "calendar: anna\n"
                          "assume-done: yes\n"
                          "breaks: 10m after 1h30m\n"
                          "quiet: 13:00-14:00\n"
                          "gap: 2s\n"
                          "separation: 30m\n"
                          "repeat: 3h\n"
                          "limit: 2h\n"
                          "fill: 1h pop, big room 18:00-23:00 #focus 2015-2020 min:60 max:6m\n"
                          "fill: 30m rock during:sport\n"
                          "avoid: 14 days\n"
                          "avoid: last week.json\n"
                          "avoid: heard.csv.gz\n"
                          "avoid: spotify:track:4cOdK2wGLETKBW3PvgPWqT\n"
                          "\n"
                          "01:30-02:30 (second) Night shift\n"
                          "Gym 1h after 17:00 before 21:00 pad:10m/5m #workout id:sport\n"
                          "Shower 15m after:sport before:call\n"
                          "Call 20m late\n"
                          "Letter 1h30m split:30m !3 #calm\n"
                          "  to Anna\n"
                          "  and Ben\n"
                          "[x] Breakfast 30m started 08:50 done 09:40\n"
                          "[-] Walk 30m\n"
                          "[/] Report 2h started 09:20\n"
                          "Tidy 2h paused, 25m left\n"
                          "Nap 20m not started\n"
                          "\xE2\x99\xAA Halo - Beyonce during:sport must x2\n"
                          "\xE2\x99\xAA spotify:track:0e7ipj03S05BNilyu5bRzt at 20:00\n"
                          "[x] \xE2\x99\xAA Song - Band 18:00-19:00\n";

static void a_day_is_written_as_people_write_it(void **state)
{
    (void)state;
    writes(day, day);
}

/* What is written is read without a remark. */
static void written_text_needs_no_remark(void **state)
{
    (void)state;
    static const struct {
        const char *json, *expected;
    } cases[] = {
        {"{\"date\": \"2026-11-24\", \"day\": {\"start\": \"00:00\", \"end\": \"36:00\"}, "
         "\"todos\": "
         "[{\"title\": \"Lunch\", \"duration_s\": 32400}, {\"title\": \"Tea\", \"duration_s\": "
         "25200}, "
         "{\"title\": \"Trip\", \"duration_s\": 86400}]}",
         "Lunch 9h00m\nTea 7h00m\nTrip 24h00m\n"},
        {"{\"date\": \"2026-11-23\", \"days\": 2, \"day\": {\"exceptions\": [{\"on\": [\"sat\", "
         "\"sun\"], \"start\": \"09:00\", \"end\": \"20:00\"}, {\"on\": [\"tue\"], \"off\": "
         "true}]}, "
         "\"todos\": [{\"title\": \"A\", \"duration_s\": 600}]}",
         "// day: sat,sun 09:00-20:00\nday: tue off\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        msched_plan *plan = of_json(cases[i].json), *again;
        msched_diagnostics *remarks;
        msched_text *text;
        msched_error err = {0};
        if (msched_plan_to_text(plan, NULL, &text, &err) != MSCHED_OK)
            fail_msg("%s", err.message);
        assert_non_null(strstr(msched_text_data(text), cases[i].expected));
        assert_int_equal(msched_plan_parse_text(&again, &remarks, msched_text_data(text),
                                                strlen(msched_text_data(text)), NULL, NULL, &err),
                         MSCHED_OK);
        assert_int_equal(msched_diagnostics_count(remarks), 0);
        msched_diagnostics_unref(remarks);
        msched_plan_unref(again);
        msched_text_unref(text);
        msched_plan_unref(plan);
    }
}

static const char week[] = "date: 2026-11-23 Europe/Berlin\n"
                           "days: 7\n"
                           "max-tasks: 6h\n"
                           "day: sat,sun 09:00-24:00\n"
                           "day: 2026-11-26 off\n"
                           "fill: 30m on:mon,wed\n"
                           "\n"
                           "09:00-09:15 Stand-up on:mon,tue,wed,thu,fri\n"
                           "Report 6h split:45m due:2026-11-27T17:00 max:2h/day\n"
                           "Gym 1h after 17:00 3x apart:2d\n"
                           "Read 30m !3 every day\n"
                           "Later 20m t:2026-11-24T09:00\n"
                           "14:00-14:45 Dentist on:tue\n"
                           "Bus 20m on:tue before:dentist\n"
                           "\xE2\x99\xAA Halo on:fri\n";

static void a_week_is_written_with_its_dates(void **state)
{
    (void)state;
    writes(week, week);
}

static void titles_are_quoted_where_they_would_be_read(void **state)
{
    (void)state;
    writes("date: 2026-11-24\n\"Standup at 9\" 15m\n\"9-17\" 1h\n\"Late\" 20m\nTea 15m\n",
           "date: 2026-11-24\n\n\"Standup at 9\" 15m\n\"9-17\" 1h\n\"Late\" 20m\nTea 15m\n");
}

static void to_dos_of_one_title_keep_their_ids(void **state)
{
    (void)state;
    writes("date: 2026-11-24\nCall 10m\nCall 20m\nCall 30m id:third after:call~2\n",
           "date: 2026-11-24\n\nCall 10m\nCall 20m\nCall 30m after:call~2 id:third\n");
}

static void a_plan_without_items_has_a_date(void **state)
{
    (void)state;
    msched_plan *plan = of_json("{\"version\": 1, \"date\": \"2026-11-24\", \"now\": \"14:00\"}");
    msched_text *text = NULL;
    assert_int_equal(msched_plan_to_text(plan, NULL, &text, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(text), "date: 2026-11-24\n");
    msched_text_unref(text);
    msched_plan_unref(plan);
}

static void what_has_no_words_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *items, *message;
    } cases[] = {
        {"\"songs\": [{\"query\": \"Halo\", \"weight\": 7}]",
         "plan text cannot express the song \"Halo\": \"weight\": 7; use JSON"},
        {"\"songs\": [{\"query\": \"Halo\", \"times\": 10}]",
         "plan text cannot express the song \"Halo\""},
        {"\"todos\": [{\"title\": \"Gym\", \"duration_s\": 3600, \"pin\": \"18:00\"}]",
         "plan text cannot express the to-do \"Gym\": \"pin\": \"18:00\"; use JSON"},
        {"\"todos\": [{\"title\": \"Gym\", \"duration_s\": 3600}, {\"title\": \"A\", \"id\": "
         "\"a b\", \"duration_s\": 60}]",
         "plan text cannot express the to-do \"A\": \"id\": \"a b\"; use JSON"},
        {"\"listening\": {\"fill\": {\"duration_s\": 60, \"genres\": [\"a,b\"]}}",
         "plan text cannot express a setting of the plan: \"genres\": [\"a; use JSON"},
        {"\"calendar_id\": \" x\"", "plan text cannot express a setting of the plan"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[400];
        snprintf(json, sizeof json, "{\"version\": 1, \"date\": \"2026-11-24\", %s}",
                 cases[i].items);
        msched_plan *plan = of_json(json);
        msched_text *text = NULL;
        msched_error err;
        assert_int_equal(msched_plan_to_text(plan, NULL, &text, &err), MSCHED_ERROR_VALUE);
        assert_null(text);
        if (strncmp(err.message, cases[i].message, strlen(cases[i].message)) != 0)
            fail_msg("%s: %s", json, err.message);
        msched_plan_unref(plan);
    }
}

static void a_catalog_gives_songs_their_titles(void **state)
{
    (void)state;
    static const char songs[] = "track_id,track_name,track_artist,playlist_genre\n"
                                "s1,12:51,The Strokes,rock\ns2,Halo,Someone Else,pop\n";
    static const char text[] = "date: 2026-11-24\n"
                               "fill: 20m pop, The Strokes\n"
                               "\n"
                               "\xE2\x99\xAA 12:51 - The Strokes at 20:00\n"
                               "\xE2\x99\xAA spotify:track:s2 must\n";
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_load_memory(&catalog, songs, strlen(songs), NULL, NULL),
                     MSCHED_OK);
    msched_plan *plan = parsed(text, catalog, NULL);
    msched_text *out = NULL;
    assert_int_equal(msched_plan_to_text(plan, catalog, &out, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(out), text);
    msched_text_unref(out);
    assert_true(is_written(plan, catalog));
    msched_plan_unref(plan);
    /* a song that is asked for by words is found when the text is read */
    plan = of_json("{\"version\": 1, \"date\": \"2026-11-24\", \"songs\": [{\"query\": "
                   "\"12:51 - The Strokes\", \"must\": true}]}");
    assert_int_equal(msched_plan_to_text(plan, catalog, &out, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(out),
                        "date: 2026-11-24\n\n\xE2\x99\xAA 12:51 - The Strokes must\n");
    msched_text_unref(out);
    msched_plan_unref(plan);
    /* without it, the title is a comment */
    plan = parsed("date: 2026-11-24\n\xE2\x99\xAA 12:51 - The Strokes at 20:00\n", catalog, NULL);
    assert_int_equal(msched_plan_to_text(plan, NULL, &out, NULL), MSCHED_OK);
    assert_string_equal(msched_text_data(out), "date: 2026-11-24\n\n// 12:51 - The Strokes\n"
                                               "\xE2\x99\xAA spotify:track:s1 at 20:00\n");
    msched_text_unref(out);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static void random_days_are_the_same_when_read_again(void **state)
{
    (void)state;
    int written = 0, made = 0;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        msched_plan *plan = seed % 2 != 0 ? random_plan(seed) : random_plan_wishes(seed);
        if (plan == NULL)
            continue;
        made++;
        written += is_written(plan, NULL);
        msched_plan_unref(plan);
    }
    assert_true(made > 500);
    assert_in_range(written, made / 4, made); /* the rest has weights and pins */
}

static uint32_t draw(uint64_t *seed, uint32_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33) % below;
}

/* A line of a plan of several days, or a title that looks like one, from its parts. */
static size_t draw_line(char *line, size_t room, uint64_t *seed)
{
    static const char *const titles[] = {"Gym",           "\"Tue\"",      "\"Report 2h\"",
                                         "Caf\xC3\xA9",   "\"[x] Done\"", "Call Anna",
                                         "\"every day\"", "\"1:00\""};
    static const char *const dates[] = {"",
                                        " on:tue",
                                        " on:mon,2026-11-26",
                                        " every day",
                                        " every mon,thu",
                                        " 3x apart:2d",
                                        " by Fri 17:00",
                                        " after Wed",
                                        " from Tue 9:00"};
    static const char *const rest[] = {"",
                                       " !3",
                                       " #focus",
                                       " #music #errand",
                                       " late",
                                       " after 17:00",
                                       " between 10:00 and 20:00",
                                       " split",
                                       " pad:5m",
                                       " @evening",
                                       " split:20m max:1h/day"};
    if (draw(seed, 4) == 0)
        return (size_t)snprintf(line, room, "%u:00-%u:30 %s on:%s\n", 8 + draw(seed, 4),
                                12 + draw(seed, 8), titles[draw(seed, 8)],
                                draw(seed, 2) ? "mon,fri" : "2026-11-25");
    return (size_t)snprintf(line, room, "%s %um%s%s\n", titles[draw(seed, 8)], 40 + draw(seed, 50),
                            rest[draw(seed, 11)], dates[draw(seed, 9)]);
}

static void random_weeks_are_the_same_when_read_again(void **state)
{
    (void)state;
    int written = 0;
    for (uint64_t start = 1; start <= 300; start++) {
        char text[2000];
        uint64_t seed = start;
        size_t size = (size_t)snprintf(text, sizeof text, "date: 2026-11-23\ndays: %u\n%s",
                                       5 + draw(&seed, 3),
                                       draw(&seed, 2) ? "day: thu 9:00-22:00\nday: fri off\n" : "");
        for (uint32_t n = draw(&seed, 6) + 1; n > 0; n--)
            size += draw_line(text + size, sizeof text - size, &seed);
        msched_plan *plan = NULL;
        if (msched_plan_parse_text(&plan, NULL, text, size, NULL, NULL, NULL) != MSCHED_OK)
            continue; /* such as a daily limit of a task that is in one piece */
        if (!is_written(plan, NULL))
            fail_msg("no words for\n%s", text);
        written++;
        msched_plan_unref(plan);
    }
    assert_true(written > 100);
}

static void it_survives_any_failed_allocation(void **state)
{
    (void)state;
    for (long n = 1;; n++) {
        failing memory = {.fail_at = 0};
        msched_allocator allocator = failing_allocator(&memory);
        msched_plan *plan = parsed(n % 2 != 0 ? day : week, NULL, &allocator);
        assert_non_null(plan);
        memory.count = 0;
        memory.fail_at = (n + 1) / 2;
        msched_text *text = NULL;
        msched_result result = msched_plan_to_text(plan, NULL, &text, NULL);
        assert_true(result == MSCHED_OK || result == MSCHED_ERROR_MEMORY);
        assert_int_equal(text != NULL, result == MSCHED_OK);
        int done = memory.count < (n + 1) / 2;
        memory.fail_at = 0;
        msched_text_unref(text);
        msched_plan_unref(plan);
        assert_int_equal(memory.live, 0);
        if (done && n % 2 == 0)
            break;
    }
}

static void missing_arguments_are_refused(void **state)
{
    (void)state;
    msched_text *text = NULL;
    msched_plan *plan = of_json("{\"version\": 1, \"date\": \"2026-11-24\"}");
    assert_int_equal(msched_plan_to_text(NULL, NULL, &text, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_to_text(plan, NULL, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    msched_plan_unref(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_written_as_people_write_it),
        cmocka_unit_test(written_text_needs_no_remark),
        cmocka_unit_test(a_week_is_written_with_its_dates),
        cmocka_unit_test(titles_are_quoted_where_they_would_be_read),
        cmocka_unit_test(to_dos_of_one_title_keep_their_ids),
        cmocka_unit_test(a_plan_without_items_has_a_date),
        cmocka_unit_test(what_has_no_words_is_named),
        cmocka_unit_test(a_catalog_gives_songs_their_titles),
        cmocka_unit_test(random_days_are_the_same_when_read_again),
        cmocka_unit_test(random_weeks_are_the_same_when_read_again),
        cmocka_unit_test(it_survives_any_failed_allocation),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
