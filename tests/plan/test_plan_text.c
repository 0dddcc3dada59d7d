#include "../testing.h"

#include "plan/plan_data.h"

#include "../counting.h"
#include "../failing.h"
#include "../files_of.h"

#include <musicsched/lookup.h>

#include <stdio.h>

static msched_catalog *catalog;
static const char *corpus;

static int setup(void **state)
{
    (void)state;
    static const struct {
        const char *id, *name, *artist, *genre, *subgenre;
        int32_t popularity;
    } rows[] = {
        {"dm1", "Dance Monkey", "Tones and I", "pop", "dance pop", 100},
        {"dm2", "Dance Monkey", "Tones and I", "pop", "dance pop", 70},
        {"dm3", "Dance Monkey", "Skylike", "edm", "big room", 40},
        {"s1251", "12:51", "The Strokes", "rock", "album rock", 60},
        {"mem", "Memories - Dillon Francis Remix", "Maroon 5", "pop", "dance pop", 50},
        {"mem0", "Memories", "Maroon 5", "pop", "dance pop", 99},
        {"4am", "4AM", "Melanie", "pop", "electropop", 55},
        {"must1", "A must", "Someone by 5", "pop", "electropop", 30},
        {"beyo", "Halo", "Beyonc\xc3\xa9", "r&b", "neo soul", 80},
    };
    msched_catalog_builder *builder;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = rows[i].id;
        row.track_name = rows[i].name;
        row.track_artist = rows[i].artist;
        row.genre = rows[i].genre;
        row.subgenre = rows[i].subgenre;
        row.playlist_id = row.playlist_name = "p";
        row.popularity = rows[i].popularity;
        row.duration_ms = 200000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    return msched_catalog_builder_finish(&catalog, builder, NULL) != MSCHED_OK;
}

static int teardown(void **state)
{
    (void)state;
    msched_catalog_unref(catalog);
    return 0;
}

static msched_result parse(msched_plan **plan, msched_diagnostics **diagnostics, const char *text,
                           const msched_catalog *songs, msched_error *err)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    return msched_plan_parse_text(plan, diagnostics, text, strlen(text), songs, &options, err);
}

/* The plan of a text that must be one. */
static msched_plan *read_plan(const char *text)
{
    msched_plan *plan;
    msched_error err = {0};
    if (parse(&plan, NULL, text, catalog, &err) != MSCHED_OK)
        fail_msg("%s: %s", text, err.message);
    return plan;
}

/* A line and the to-do it must give, as JSON from its title on. */
static void test_todo_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *json;
    } rows[] = {
        {"9:00-17:00 Work", "\"Work\", \"start\": \"09:00\", \"end\": \"17:00\"}"},
        {"9-17 Work #focus", "\"Work\", \"start\": \"09:00\", \"end\": \"17:00\", \"music\": true, "
                             "\"mood\": \"focus\"}"},
        {"- [ ] 08:00 \xe2\x80\x93 08:30 Standup !1 #nomusic",
         "\"Standup\", \"start\": \"08:00\", \"end\": \"08:30\"}"},
        {"Gym 1h after 18:00 !1 #music",
         "\"Gym\", \"duration_s\": 3600, \"earliest\": \"18:00\", \"music\": true}"},
        {"Gym 1h30 before 9pm #workout id:gym",
         "\"Gym\", \"duration_s\": 5400, \"latest\": \"21:00\", \"music\": true, \"mood\": "
         "\"workout\"}"},
        {"Write report 3h split:45m by 17:00 !2 #focus",
         "\"Write report\", \"duration_s\": 10800, \"latest\": \"17:00\", \"priority\": 2, "
         "\"split_min_s\": 2700, \"music\": true, "
         "\"mood\": \"focus\"}"},
        {"(A) Call mum for 20 min @evening",
         "\"Call mum\", \"duration_s\": 1200, \"earliest\": \"18:00\", \"latest\": \"23:00\"}"},
        {"14:00 Dentist 45m", "\"Dentist\", \"start\": \"14:00\", \"end\": \"14:45\"}"},
        {"23:00-01:30 Night shift", "\"Night shift\", \"start\": \"23:00\", \"end\": \"25:30\"}"},
        {"Read The 9/11 Report 40m #calm",
         "\"Read The 9/11 Report\", \"duration_s\": 2400, \"music\": true, \"mood\": \"calm\"}"},
        {"\"Standup at 9\" 15m @morning",
         "\"Standup at 9\", \"duration_s\": 900, \"earliest\": \"06:00\", \"latest\": \"12:00\"}"},
        {"Call mum", "\"Call mum\", \"duration_s\": 1800}"},
        {"Shower 15m pad:5m",
         "\"Shower\", \"duration_s\": 900, \"buffer_before_s\": 300, \"buffer_after_s\": 300}"},
        {"Shower 15m pad:5m/0", "\"Shower\", \"duration_s\": 900, \"buffer_before_s\": 300}"},
        {"Optician 3", "\"Optician\", \"start\": \"15:00\", \"end\": \"15:30\"}"},
        {"Dentiste 10", "\"Dentiste\", \"start\": \"10:00\", \"end\": \"10:30\"}"},
        {"Dinner at 7pm 1.5h", "\"Dinner\", \"start\": \"19:00\", \"end\": \"20:30\"}"},
        {"Dinner 7pm to 9:30 pm", "\"Dinner\", \"start\": \"19:00\", \"end\": \"21:30\"}"},
        {"Dinner from 19:00 to 21:30", "\"Dinner\", \"start\": \"19:00\", \"end\": \"21:30\"}"},
        {"Lunch at noon 1h", "\"Lunch\", \"start\": \"12:00\", \"end\": \"13:00\"}"},
        {"Read until midnight 1h 30m", "\"Read\", \"duration_s\": 5400, \"latest\": \"24:00\"}"},
        {"22:30-midnight Film", "\"Film\", \"start\": \"22:30\", \"end\": \"24:00\"}"},
        {"1. Buy 2 eggs for 3 people [45 min] p3",
         "\"Buy 2 eggs for 3 people\", \"duration_s\": 2700, \"priority\": 3}"},
        {"\xe2\x80\xa2 Swim 50 m 20m", "\"Swim 50 m\", \"duration_s\": 1200}"},
        {"30m Yoga", "\"Yoga\", \"duration_s\": 1800}"},
        {"Split wood 1h nosplit", "\"Split wood\", \"duration_s\": 3600}"},
        {"Write 2h split", "\"Write\", \"duration_s\": 7200, \"split_min_s\": 900}"},
        {"Read after 19:00 @evening 1h",
         "\"Read\", \"duration_s\": 3600, \"earliest\": \"19:00\", \"latest\": \"23:00\"}"},
        {"Work 9-17 1h", "\"Work 9-17\", \"duration_s\": 3600}"},
        {"\xe2\x80\x9cPlan at 9\xe2\x80\x9d 1h", "\"Plan at 9\", \"duration_s\": 3600}"},
        {"Caf\xc3\xa9\tcr\xc3\xa8me 10m", "\"Caf\xc3\xa9 cr\xc3\xa8me\", \"duration_s\": 600}"},
        {"Days: three 10m", "\"Days: three\", \"duration_s\": 600}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan = read_plan(rows[i].line);
        msched_text *json;
        assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
        char wanted[400];
        snprintf(wanted, sizeof wanted, "\", \"title\": %s]", rows[i].json);
        if (strstr(msched_text_data(json), wanted) == NULL)
            fail_msg("%s gives %s", rows[i].line, msched_text_data(json));
        msched_text_unref(json);
        msched_plan_unref(plan);
    }
}

/* A line, and the state it must give, as JSON. */
static void test_states(void **state)
{
    (void)state;
    static const struct {
        const char *line, *json;
    } rows[] = {
        {"[x] Gym 1h", "\"duration_s\": 3600, \"state\": \"done\"}"},
        {"[x] Gym 1h done 9:40", "\"state\": \"done\", \"ended\": \"09:40\"}"},
        {"Gym 1h started 8:50 done at 9:40",
         "\"state\": \"done\", \"started\": \"08:50\", \"ended\": \"09:40\"}"},
        {"[/] Gym 1h", "\"state\": \"started\"}"},
        {"[/] Gym 1h started 9:20", "\"state\": \"started\", \"started\": \"09:20\"}"},
        {"[/] Gym 2h 25m left", "\"duration_s\": 7200, \"state\": \"paused\", \"left_s\": 1500}"},
        {"Gym 1h paused 25m left", "\"state\": \"paused\", \"left_s\": 1500}"},
        {"Gym 1h started 9:20 paused, 25 minutes left",
         "\"state\": \"paused\", \"started\": \"09:20\", \"left_s\": 1500}"},
        {"Gym 1h not started", "\"state\": \"not_started\"}"},
        {"[-] Gym 1h", "\"state\": \"skipped\"}"},
        {"x 9:00-10:00 Gym done 10:25",
         "\"end\": \"10:00\", \"state\": \"done\", \"ended\": \"10:25\"}"},
        {"[x] Gym 1h 2h after:nobody", "\"state\": \"done\"}"},
        {"[x] \xe2\x99\xaa Dance Monkey - Tones and I", "\"state\": \"done\"}"},
        {"breaks: 10m after 2h", "\"break_s\": 600, \"break_after_s\": 7200}"},
        {"Breaks: 5 min EVERY 45 min", "\"break_s\": 300, \"break_after_s\": 2700}"},
        {"Breaks: 5 min after 45 min", "\"break_s\": 300, \"break_after_s\": 2700}"},
        {"breaks: 15m", "\"break_s\": 900, \"break_after_s\": 5400}"},
        {"breaks: none", "\"title\": \"breaks: none\""},
        {"assume-done: yes\ncalendar: anna", "\"calendar_id\": \"anna\", \"assume_done\": true"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan = read_plan(rows[i].line);
        msched_text *json;
        assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
        if (strstr(msched_text_data(json), rows[i].json) == NULL)
            fail_msg("%s gives %s", rows[i].line, msched_text_data(json));
        msched_text_unref(json);
        msched_plan_unref(plan);
    }
}

/* Ticking off a line renames no other, and what follows it need not be changed. */
static void test_done_lines_keep_their_place(void **state)
{
    (void)state;
    msched_plan *plan =
        read_plan("[x] Gym 1h\nGym 1h\nShower 10m after:gym~2\nTea 10m after:lunch\n[x] Lunch 30m");
    assert_int_equal(plan->todo_count, 5);
    assert_string_equal(plan->todos[1].id, "gym~2");
    assert_int_equal(plan->todos[2].after[0], 1);
    assert_int_equal(plan->todos[3].after[0], 4);
    msched_plan_unref(plan);
}

static void test_links_by_id_and_title(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(
        "Gym 1h id:g #music\nShower 15m after:g pad:5m\nCall Mum 5m\nTea 5m after:call-mum,g\n"
        "\xe2\x99\xaa Dance Monkey - Tones and I during:gym x2 nice");
    assert_int_equal(plan->todos[1].after[0], 0);
    assert_int_equal(plan->todos[3].after_count, 2);
    assert_int_equal(plan->todos[3].after[1], 2);
    assert_int_equal(plan->songs[0].during, 0);
    assert_int_equal(plan->songs[0].times, 2);
    assert_int_equal(plan->todos[3].line, 4);
    assert_int_equal(plan->songs[0].line, 5);
    msched_plan_unref(plan);
}

static void test_song_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line, *track;
        int32_t start, end, at;
        uint32_t must;
    } rows[] = {
        {"\xe2\x99\xaa Dance Monkey - Tones and I @evening", "dm1", 64800, 82800, -1, 0},
        {"\xe2\x99\xaa 12:51 - The Strokes after 20:00 must", "s1251", 72000, 82800, -1, 1},
        {"\xe2\x99\xab Memories - Dillon Francis Remix - Maroon 5 8:00-9:00", "mem", 28800, 32400,
         -1, 0},
        {"song: dance  monkey - tones AND i", "dm1", -1, -1, -1, 0},
        {"- \xe2\x99\xaa Dance Monkey", "dm1", -1, -1, -1, 0},
        {"\xe2\x99\xaa 4AM", "4am", -1, -1, -1, 0},
        {"\xe2\x99\xaa A must - Someone by 5", "must1", -1, -1, -1, 0},
        {"\xe2\x99\xaa A must must", "must1", -1, -1, -1, 1},
        {"\xe2\x99\xaa Beyonce - Halo at 9pm", "beyo", -1, -1, 75600, 0},
        {"spotify:track:dm3 must", "dm3", -1, -1, -1, 1},
        {"https://open.spotify.com/track/dm3?si=abc @morning", "dm3", 21600, 43200, -1, 0},
        {"\xe2\x99\xaa open.spotify.com/track/dm3", "dm3", -1, -1, -1, 0},
        {"\xe2\x99\xaa Dance Monkey by Skylike", "dm3", -1, -1, -1, 0},
        {"\xe2\x99\xaa Halo von Beyonc\xc3\xa9 must", "beyo", -1, -1, -1, 1},
        {"\xe2\x99\xaa \"Halo\" by Beyonc\xc3\xa9", "beyo", -1, -1, -1, 0},
        {"\xe2\x99\xaa A must by Someone by 5", "must1", -1, -1, -1, 0},
        {"\360\237\216\265 Dance Monkey by Skylike", "dm3", -1, -1, -1, 0},
        {"\360\237\216\247Beyonc\xc3\xa9 - Halo @evening", "beyo", 64800, 82800, -1, 0},
        {"Listen to Dance Monkey - Skylike must", "dm3", -1, -1, -1, 1},
        {"- Play Halo by Beyonc\xc3\xa9", "beyo", -1, -1, -1, 0},
        {"Musik: 4AM", "4am", -1, -1, -1, 0},
        {"listen to Dance Monkey in the evening", "dm1", 64800, 82800, -1, 0},
        {"\xe2\x99\xaa Halo - Beyonc\xc3\xa9 18:00", "beyo", -1, -1, 64800, 0},
        {"\xe2\x99\xaa Halo - Beyonc\xc3\xa9 (4:21)", "beyo", -1, -1, -1, 0},
        {"\xe2\x99\xaa 12:51 - The Strokes 2:33", "s1251", -1, -1, -1, 0},
        {"\xe2\x99\xaa The Strokes - 12:51", "s1251", -1, -1, -1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan = read_plan(rows[i].line);
        const msched__plan_song *song = plan->songs;
        if (plan->song_count != 1 || strcmp(song->track_id, rows[i].track) != 0 ||
            song->between_start_s != rows[i].start || song->between_end_s != rows[i].end ||
            song->start_s != rows[i].at || song->must != rows[i].must)
            fail_msg("%s: %s %d-%d", rows[i].line, plan->song_count > 0 ? song->track_id : "none",
                     (int)song->between_start_s, (int)song->between_end_s);
        msched_plan_unref(plan);
    }
}

/* Which lines are songs, with their mark or without. */
static void test_songs_without_a_mark(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t songs, todos;
    } rows[] = {
        {"Songs:\n- Halo\n- Dance Monky\n\n- Memories\nGym 1h", 2, 2},
        {"## Playlist\n\n1. Halo\n2. 4AM - Melanie\n## Evening\nHalo", 2, 1},
        {"Lieder\nHalo", 0, 2},
        {"Songs:\nHalo\nToday:\nGym 1h", 1, 1},
        {"Songs:\n- 18:00 Halo\n- Memories", 0, 2},
        {"Songs:\n- [x] Halo\n- 4AM", 2, 0},
        {"# Music\n- practice piano 20m\n- Halo\n- choir\n- 4AM", 2, 2},
        {"Songs: Halo, 4AM", 0, 1},
        {"\"listen to Halo\" 20m", 0, 1},
        {"listen to Halo 20m", 0, 1},
        {"play Halo", 0, 1},
        {"\360\237\216\265 choir", 0, 1},
        {"listen to Halo", 0, 1},
        {"Mail \"the @done list\" 5m\nCheck @done items 5m", 0, 2},
        {"Music: Halo", 1, 0},
        {"Gym 1h\n  \360\237\216\265 Dance Monkey\nRun 1h\n  in the park", 1, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan = read_plan(rows[i].text);
        if (plan->song_count != rows[i].songs || plan->todo_count != rows[i].todos)
            fail_msg("%s: %u songs, %u to-dos", rows[i].text, (unsigned)plan->song_count,
                     (unsigned)plan->todo_count);
        msched_plan_unref(plan);
    }
}

/* The JSON of a text of several days has `part`. */
static void has_in_week(const char *line, const char *part)
{
    char text[200];
    msched_text *json = NULL;
    snprintf(text, sizeof text, "date: 2026-11-23\ndays: 7\n%s", line);
    msched_plan *plan = read_plan(text);
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    if (strstr(msched_text_data(json), part) == NULL)
        fail_msg("%s: no %s in %s", line, part, msched_text_data(json));
    msched_text_unref(json);
    msched_plan_unref(plan);
}

static void test_dates_of_songs_and_fills_in_words(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"\xe2\x99\xaa Halo fri", "\"track_id\": \"beyo\", \"query\": \"Halo\", \"on\": [\"fri\"]"},
        {"\xe2\x99\xaa Halo on Tuesday evening must",
         "\"query\": \"Halo\", \"between\": [\"18:00\", \"23:00\"]"},
        {"\xe2\x99\xaa Halo on Tuesday evening must", "\"on\": [\"tue\"]"},
        {"\xe2\x99\xaa Halo every evening", "\"times\": \"each\""},
        {"\xe2\x99\xaa Halo weekend", "\"on\": [\"sat\", \"sun\"]"},
        {"\xe2\x99\xaa Black Friday", "\"query\": \"Black Friday\""}, /* no such song */
        {"fill: 1h pop evening", "\"between\": [\"18:00\", \"23:00\"]"},
        {"fill: 1h rock on weekends", "\"on\": [\"sat\", \"sun\"]"},
        {"fill: 1h pop mon,wed", "\"on\": [\"mon\", \"wed\"]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        has_in_week(cases[i][0], cases[i][1]);
}

static void test_songs_without_a_catalog_are_kept_as_queries(void **state)
{
    (void)state;
    msched_plan *plan;
    assert_int_equal(parse(&plan, NULL,
                           "\xe2\x99\xaa Some Song - Someone @evening must\n\xe2\x99\xaa 4AM", NULL,
                           NULL),
                     MSCHED_OK);
    assert_string_equal(plan->songs[0].query, "Some Song - Someone");
    assert_int_equal(plan->songs[0].must, 1);
    assert_string_equal(plan->songs[1].query, "4AM");
    msched_plan_unref(plan);
}

/* When the time is over, near songs are no longer searched for; the text is read all the same. */
static void test_a_time_limit_ends_the_search_for_songs(void **state)
{
    (void)state;
    enum { SONGS = 2000 };
    static char text[SONGS * 24];
    size_t size = 0;
    for (int i = 0; i < SONGS; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "\xe2\x99\xaa Halllo %d\n", i);
    msched_plan *plan = NULL;
    msched_diagnostics *found = NULL;
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    options.time_limit_ms = 1;
    assert_int_equal(msched_plan_parse_text(&plan, &found, text, size, catalog, &options, NULL),
                     MSCHED_OK);
    assert_int_equal(plan->song_count, SONGS);
    assert_int_equal(msched_diagnostics_count(found), SONGS);
    msched_diagnostic last = {.struct_size = sizeof last};
    msched_diagnostics_get(found, SONGS - 1, &last);
    assert_string_equal(last.code, "unknown_song");
    assert_non_null(strstr(last.message, "time limit"));
    msched_diagnostics_unref(found);
    msched_plan_unref(plan);
}

/* One wrong line each: code, severity, column; every error and warning offers a repair. */
static void test_diagnosed_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        uint32_t severity, column;
        const char *code, *says;
    } rows[] = {
        {"9-5 Work", 1, 1, "assumed_time", "9:00-17:00"},
        {"2-4 Study", 1, 1, "assumed_time", "14:00-16:00"},
        {"3-2 Study", 0, 1, "ambiguous_range", "quote the title"},
        {"day: 0:00-24:00\n2-4 Study", 0, 1, "ambiguous_range", "2:00-4:00 or 14:00-16:00"},
        {"day: 0:00-32:00\nFeed at 2am 10m", 0, 9, "ambiguous_time", "at 2:00 or at 26:00"},
        {"day: 8:00-32:00\nFeed at 2am 10m", 2, 6, "next_day", ""},
        {"Standup at 9", 0, 12, "ambiguous_time", "at 9:00 or at 21:00"},
        {"Meeting 25:99", 0, 9, "bad_time", "36:00"},
        {"Meeting at 13pm", 0, 12, "bad_time", ""},
        {"Walk noon 20m", 1, 6, "time_in_title", "quote the title"},
        {"Gym after work 1h", 1, 5, "time_in_title",
         "after 17:00 (a line cannot name events of a calendar), or add a line for work"},
        {"- Gym after choir 1h", 1, 7, "time_in_title", "a line cannot name events of a calendar"},
        {"- [ ] after choir, gym 1h", 1, 7, "time_in_title",
         "a line cannot name events of a calendar"},
        {"Gym 2h after 19:00 before 20:30", 0, 8, "window_too_short",
         "needs 120 min, but the window has 90"},
        {"Gym 2h after 22:00", 0, 8, "window_too_short", "but the window has 60"},
        {"Gym 2h after 20:00 before 19:00", 0, 8, "window_too_short", ""},
        {"Gym 1h 2h", 0, 8, "duplicate_attribute", "\"1h\" at column 5"},
        {"(A) Gym 1h !2", 0, 12, "duplicate_attribute", "at column 1"},
        {"Pay rent !7", 0, 10, "bad_priority", "!1"},
        {"Lunch 30m @evenin", 1, 11, "unknown_daypart", "@evening"},
        {"Lunch 30m #focsu", 1, 11, "unknown_tag", "#focus"},
        {"Lunch 30m #brunch", 2, 11, "label", ""},
        {"Lunch 30m #nomusic #calm", 0, 20, "conflicting_attributes", ""},
        {"!1 #music", 0, 1, "no_title", ""},
        {"- [ ]", 0, 1, "no_title", ""},
        {"\"\" 1h", 0, 1, "no_title", ""},
        {"Nap 0m", 0, 5, "bad_duration", ""},
        {"Nap 1h75", 0, 5, "bad_duration", ""},
        {"Nap 40h", 0, 5, "bad_duration", ""},
        {"10:00-11:00 Call 2h", 0, 18, "range_and_duration", ""},
        {"10:00-11:00 Call after 9:00", 0, 18, "conflicting_attributes",
         "\"after 9:00\" cannot be combined with \"10:00-11:00\""},
        {"Call 10m by 01:00", 0, 10, "outside_day", "day: 07:00-25:00"},
        {"\xe2\x99\xaa Halo by 2:00", 0, 8, "outside_day", "write 26:00"},
        {"Call 10m 20m", 0, 10, "duplicate_attribute", "cannot be combined with \"10m\""},
        {"10:00-11:00 Call split:10m", 0, 18, "not_for_events", ""},
        {"Call 10m during:gym", 0, 10, "not_for_todos", ""},
        {"Call 10m after:gym", 0, 10, "unknown_id", "id:NAME"},
        {"Call 10m after:call", 0, 10, "cycle", ""},
        {"Call 10m id:", 0, 10, "bad_name", ""},
        {"Call 10m split:x", 0, 10, "bad_duration", ""},
        {"Call 10m pad:x", 0, 10, "bad_duration", ""},
        {"Call 10m after 23:30", 0, 10, "outside_day", "07:00-23:00"},
        {"14:00 Call 24h", 0, 1, "outside_day", ""},
        {"a\x01"
         "b",
         0, 2, "bad_character", ""},
        {"\xc3\xa9\xff", 0, 2, "bad_utf8", "UTF-8"},
        {"Call mum", 1, 1, "default_duration", "45m"},
        {"23:00-01:30 Night shift", 2, 1, "past_midnight", "01:30"},
        {"- [x] Done", 2, 1, "done", "1 item is done"},
        {"- Mail Ida @done(2026-11-20) @home", 2, 1, "done", "1 item is done"},
        {"Gym 1h 25m left not started", 0, 17, "conflicting_attributes", "\"25m left\""},
        {"Gym 1h started 9:20 done 9:10", 0, 21, "bad_time", "25:30"},
        {"assume-done: maybe", 0, 14, "bad_setting", ""},
        {"\xe2\x99\xaa Dance Monkey", 1, 3, "ambiguous_song",
         "write \"Dance Monkey - Tones and I\" or \"Dance Monkey - Skylike\""},
        {"play Dance Monkey 3m", 2, 1, "music_in_title", "write \xe2\x99\xaa"},
        {"listen to Dance Monkey by Tones and I 3m", 2, 1, "music_in_title", ""},
        {"listen to Dance Monkey by Tones and I", 2, 1, "read_as_song", "quote the title"},
        {"Songs: Dance Monkey, Halo 3m", 1, 1, "music_in_title", "a line of its own"},
        {"listen to Halo while running 3m", 1, 1, "music_in_title", "during:NAME"},
        {"play some rock while cooking 3m", 1, 1, "music_in_title", "fill:"},
        {"3 songs by Tones and I", 1, 1, "music_in_title", "fill:"},
        {"25:00-26:00 Late", 0, 13, "no_title", "quotation marks"},
        {"\xe2\x99\xaa Memories Dillon Remix", 1, 3, "near_song",
         "write \"Memories - Dillon Francis Remix - Maroon 5\""},
        {"\xe2\x99\xaa Dance Monky - Tones and I", 1, 3, "unknown_song",
         "did you mean \"Dance Monkey - Tones and I\"?"},
        {"\xe2\x99\xaa Dance Monkey - Tones and I whatever", 1, 3, "unknown_song", ""},
        {"\xe2\x99\xaa Dance Monkey - Tones and I after 9", 0, 36, "ambiguous_time", ""},
        {"\xe2\x99\xaa Halo @brunch", 0, 8, "unknown_daypart", ""},
        {"\xe2\x99\xaa Halo at 9:00 after 8:00", 0, 16, "conflicting_attributes", ""},
        {"\xe2\x99\xaa Halo 4:21", 2, 8, "length_of_song", "write at"},
        {"\xe2\x99\xaa Halo during:gym", 0, 8, "unknown_id", ""},
        {"\xe2\x99\xaa Halo after 23:30", 0, 8, "outside_day", ""},
        {"\xe2\x99\xaa", 0, 1, "no_title", ""},
        {"spotify:track:", 0, 15, "bad_track_id", ""},
        {"spotify:track:dm3 loud", 0, 19, "unexpected_text", ""},
        {"spotify:track:zzz", 1, 15, "unknown_song", ""},
        {"day: all", 0, 6, "bad_setting", "06:30-23:00"},
        {"date: tomorrow", 0, 7, "bad_date", ""},
        {"date: 2026-11-24 Mars/../x", 0, 18, "bad_timezone", ""},
        {"tz: Mars/../x", 0, 5, "bad_timezone", ""},
        {"max: 1h", 0, 1, "unknown_setting", "limit: 1h"},
        {"quite: 13:00-14:00", 0, 1, "unknown_setting", "quiet: 13:00-14:00"},
        {"seperation: 20m", 0, 1, "unknown_setting", "separation: 20m"},
        {"gapp: 5s", 0, 1, "unknown_setting", "gap: 5s"},
        {"timezne: Europe/Berlin", 0, 1, "unknown_setting", "timezone: Europe/Berlin"},
        {"assume-dnoe: yes", 0, 1, "unknown_setting", "assume-done: yes"},
        {"date: 2026-11-24 Mars/Olympus", 1, 0, "unknown_timezone", ""},
        {"gap: wide", 0, 6, "bad_duration", ""},
        {"gap: 2s\ngap: 3s", 0, 1, "duplicate_setting", "line 1"},
        {"quiet: x", 0, 8, "bad_setting", ""},
        {"fill: pop", 0, 7, "bad_setting", "name a to-do"},
        {"fill: polka", 0, 7, "unknown_id", "write a length and a genre"},
        {"Gym 1h #music\nGym 2h\nfill: gym", 0, 7, "unknown_id", "the title of one to-do"},
        {"fill: 1h polka", 0, 10, "unknown_genre", "edm"},
        {"fill: 1h party", 0, 10, "unknown_genre", "#party"},
        {"fill: 1h Workout music", 0, 10, "unknown_genre", "#workout"},
        {"fill: 1h pop during gym", 0, 10, "unknown_genre", "during:gym"},
        {"\xe2\x99\xaa Halo during leg day", 1, 3, "unknown_song", "during:leg-day"},
        {"Commute to hospital 1h\n\xe2\x99\xaa Halo during commute", 1, 3, "unknown_song",
         "during:commute-to-hospital"},
        {"Train home 1h\n\xe2\x99\xaa Halo on the train", 1, 3, "unknown_song",
         "during:train-home"},
        {"fill: 1h pop #music", 0, 14, "unknown_tag", ""},
        {"fill: 1h pop after 20:00 before 18:00", 0, 7, "conflicting_attributes", "earlier"},
        {"fill: 1h pop after 20:00 @evening", 0, 7, "conflicting_attributes", "one of the two"},
        {"fill: 1h pop min:101", 0, 14, "bad_setting", ""},
        {"date: 2026-03-29 Europe/Berlin\nCall 10m after 02:30\nday: 0:00-24:00", 0, 10,
         "nonexistent_time", "03:30"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_plan *plan;
        msched_diagnostics *diagnostics;
        msched_error err = {0};
        msched_result result = parse(&plan, &diagnostics, rows[i].line, catalog, &err);
        msched_diagnostic d = {.struct_size = sizeof d};
        if (msched_diagnostics_count(diagnostics) == 0)
            fail_msg("%s: nothing is said", rows[i].line);
        assert_int_equal(msched_diagnostics_get(diagnostics, 0, &d), MSCHED_OK);
        if (d.severity != rows[i].severity || d.column != rows[i].column ||
            strcmp(d.code, rows[i].code) != 0 ||
            (strstr(d.message, rows[i].says) == NULL && strstr(d.repair, rows[i].says) == NULL))
            fail_msg("%s: %u at %u %s: %s [%s]", rows[i].line, (unsigned)d.severity,
                     (unsigned)d.column, d.code, d.message, d.repair);
        assert_true(d.severity == MSCHED_SEVERITY_NOTE || d.repair[0] != '\0');
        assert_null(strstr(d.repair, "candidates")); /* not every reader is shown them */
        assert_int_equal(result == MSCHED_OK, d.severity != MSCHED_SEVERITY_ERROR);
        assert_true(result == MSCHED_OK || (err.line == d.line && err.column == d.column));
        msched_diagnostics_unref(diagnostics);
        msched_plan_unref(plan);
    }
}

/* The name that is offered for a song is that of the to-do without "after work". */
static void test_song_during_a_todo_with_an_order(void **state)
{
    (void)state;
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_error err = {0};
    msched_diagnostic d = {.struct_size = sizeof d};
    parse(&plan, &diagnostics,
          "Work 9:00-17:00\nGym 1h #music after work\n\xe2\x99\xaa Halo during gym\n", catalog,
          &err);
    uint32_t at = 0;
    while (msched_diagnostics_get(diagnostics, at, &d) == MSCHED_OK &&
           strcmp(d.code, "unknown_song") != 0)
        at++;
    assert_string_equal(d.repair, "write during:gym");
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
}

/* Many songs that may name many to-dos need little memory. */
static void test_songs_beside_many_todos(void **state)
{
    (void)state;
    enum { COUNT = 300, LINE = 80, MOST_BYTES = 8 << 20 };
    char *text = malloc((size_t)2 * COUNT * LINE);
    size_t size = 0;
    assert_non_null(text);
    for (int i = 0; i < COUNT; i++)
        size += (size_t)snprintf(text + size, LINE, "Clean the room number %d 1m\n", i);
    for (int i = 0; i < COUNT; i++)
        size += (size_t)snprintf(text + size, LINE,
                                 "\xe2\x99\xaa Zzq on the way on the sea on the bus %d\n", i);
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    options.allocator = &counting_allocator;
    assert_int_equal(
        msched_plan_parse_text(&plan, &diagnostics, text, size, catalog, &options, NULL),
        MSCHED_OK);
    assert_true(most_held > 0 && most_held < MOST_BYTES);
    msched_diagnostics_unref(diagnostics);
    msched_plan_unref(plan);
    assert_int_equal(held, 0);
    free(text);
}

static void test_all_errors_at_once_in_order(void **state)
{
    (void)state;
    static const char text[] = "Tea 5m after:coffee\r\n\r\n# a remark\r\n3-2 Work !9\r\nA 1h id:a "
                               "after:b\nB 1h id:b after:a\nC 1h id:a\n";
    static const struct {
        uint32_t line, column;
        const char *code;
    } wanted[] = {{1, 8, "unknown_id"},
                  {4, 1, "ambiguous_range"},
                  {4, 10, "bad_priority"},
                  {5, 11, "cycle"},
                  {7, 6, "duplicate_id"}};
    msched_plan *plan;
    msched_diagnostics *diagnostics;
    assert_int_equal(parse(&plan, &diagnostics, text, catalog, NULL), MSCHED_ERROR_NOT_FOUND);
    assert_null(plan);
    assert_int_equal(msched_diagnostics_count(diagnostics), 5);
    for (uint32_t i = 0; i < 5; i++) {
        msched_diagnostic d = {.struct_size = sizeof d};
        msched_diagnostics_get(diagnostics, i, &d);
        assert_int_equal(d.line, wanted[i].line);
        assert_int_equal(d.column, wanted[i].column);
        assert_string_equal(d.code, wanted[i].code);
        if (i == 3)
            assert_string_equal(d.message, "a after b after a");
    }
    msched_diagnostics_unref(diagnostics);
}

static void test_settings(void **state)
{
    (void)state;
    msched_plan *plan = read_plan(
        "\xEF\xBB\xBF"
        "Date: 2026-03-29 Europe/Berlin\nday: 6:30-1:00\nbuffer: 10m/5m\nseparation: 30m\ngap: 2s\n"
        "repeat: 3h\nquiet: 13-14, 22:00-24:00\nlimit: 2h\n// remark\n"
        "fill: 1h POP, big room, beyonc\xc3\xa9 @evening #focus 2015-2020 min:60 max:6m\nTea "
        "10m\nNap 10m "
        "pad:0");
    assert_string_equal(plan->date, "2026-03-29");
    assert_string_equal(plan->timezone, "Europe/Berlin");
    assert_int_equal(plan->day_end_s, 24 * 3600); /* real seconds: clocks go forward on this day */
    assert_int_equal(plan->todos[0].buffer_before_s, 600);
    assert_int_equal(plan->todos[0].buffer_after_s, 300);
    assert_int_equal(plan->todos[1].buffer_before_s, 0);
    const msched_listening *l = &plan->listening;
    assert_int_equal(l->artist_separation_s, 1800);
    assert_int_equal(l->repeat_s, 3 * 3600);
    assert_int_equal(l->gap_s, 2);
    assert_int_equal(l->quiet_count, 2);
    assert_int_equal(l->quiet_s[3], 23 * 3600);
    assert_int_equal(plan->quiet_clock_s[3], 86400);
    assert_int_equal(l->max_total_s, 7200);
    assert_int_equal(l->fill_s, 3600);
    assert_string_equal(l->fill_genres[0], "pop");
    assert_string_equal(l->fill_subgenres[0], "big room");
    assert_string_equal(l->fill_artists[0], "Beyonc\xc3\xa9");
    assert_int_equal(l->fill_mood, MSCHED_MOOD_FOCUS);
    assert_int_equal(l->fill_year_max, 2020);
    assert_int_equal(l->fill_min_popularity, 60);
    assert_int_equal(l->fill_max_track_s, 360);
    assert_int_equal(l->fill_between_start_s, 17 * 3600); /* shown as 18:00 */
    msched_plan_unref(plan);
}

/* A fill with one end of its window; the day has the other. */
static void test_fill_bounds(void **state)
{
    (void)state;
    msched_plan *plan = read_plan("date: 2026-11-24\nday: 7:00-23:00\n"
                                  "fill: 20m #wind-down after 20:00\nfill: 1h pop before 9:00\n");
    const msched_listening *late = msched__plan_fill_rules(plan, 0),
                           *early = msched__plan_fill_rules(plan, 1);
    assert_int_equal(late->fill_between_start_s, 20 * 3600);
    assert_int_equal(late->fill_between_end_s, 23 * 3600);
    assert_int_equal(early->fill_between_start_s, 7 * 3600);
    assert_int_equal(early->fill_between_end_s, 9 * 3600);
    msched_plan_unref(plan);
}

/* Songs that fill leaves out, by title or id; the lines are kept in JSON. */
static void test_songs_to_avoid(void **state)
{
    (void)state;
    msched_plan *plan = read_plan("date: 2026-11-24\nfill: 1h\navoid: Halo - Beyonc\xc3\xa9\n"
                                  "avoid: \xe2\x99\xaa 12:51 - The Strokes\n"
                                  "avoid: spotify:track:0123456789012345678901\nTea 10m\n");
    msched_text *json = NULL;
    msched_plan *again = NULL;
    assert_int_equal(plan->todo_count, 1);
    assert_int_equal(msched_plan_to_json(plan, &json, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_parse_json(&again, msched_text_data(json),
                                            strlen(msched_text_data(json)), NULL, NULL),
                     MSCHED_OK);
    const msched_listening *both[] = {&plan->listening, &again->listening};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(both[i]->fill_avoid_count, 3);
        assert_string_equal(both[i]->fill_avoid[0], "beyo");
        assert_string_equal(both[i]->fill_avoid[1], "s1251");
        assert_string_equal(both[i]->fill_avoid[2], "0123456789012345678901");
    }
    msched_text_unref(json);
    msched_plan_unref(again);
    msched_plan_unref(plan);
}

static void test_songs_to_avoid_that_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *line, *code;
        int is_error;
    } rows[] = {{"avoid: Nothing Like This", "unknown_song", 0},
                {"avoid: Dance Monkey", "ambiguous_song", 0},
                {"avoid:", "bad_setting", 1},
                {"avoid: spotify:track:", "bad_track_id", 1},
                {"avoid: spotify:track:dm1 must", "unexpected_text", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[200];
        msched_plan *plan = NULL;
        msched_diagnostics *diagnostics = NULL;
        msched_diagnostic d = {.struct_size = sizeof d};
        snprintf(text, sizeof text, "date: 2026-11-24\nTea 10m\n%s\n", rows[i].line);
        msched_result result = parse(&plan, &diagnostics, text, catalog, NULL);
        assert_int_equal(result != MSCHED_OK, rows[i].is_error);
        assert_int_equal(msched_diagnostics_get(diagnostics, 0, &d), MSCHED_OK);
        assert_string_equal(d.code, rows[i].code);
        assert_int_equal(d.line, 3);
        assert_true(d.edit_count > 0);
        msched_diagnostics_unref(diagnostics);
        msched_plan_unref(plan);
    }
}

static void test_date_is_needed(void **state)
{
    (void)state;
    msched_plan *plan;
    msched_error err;
    assert_int_equal(msched_plan_parse_text(&plan, NULL, "Tea 5m", 6, NULL, NULL, &err),
                     MSCHED_ERROR_VALUE);
    assert_non_null(strstr(err.message, "no_date"));
}

static void test_warnings_stay_with_the_plan(void **state)
{
    (void)state;
    msched_plan *plan = read_plan("Tea\n\xe2\x99\xaa Dance Monkey\n23:00-1:00 Shift");
    assert_int_equal(plan->warning_count, 3);
    assert_string_equal(plan->warnings[0].code, "default_duration");
    assert_string_equal(plan->warnings[1].code, "ambiguous_song");
    assert_non_null(strstr(plan->warnings[1].message, "line 2: "));
    msched_plan_unref(plan);
}

static void test_line_too_long(void **state)
{
    (void)state;
    static char text[5000];
    memset(text, 'a', sizeof text - 1);
    msched_plan *plan;
    msched_error err;
    assert_int_equal(parse(&plan, NULL, text, catalog, &err), MSCHED_ERROR_LIMIT);
    assert_non_null(strstr(err.message, "line_too_long"));
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    static const char text[] =
        "date: 2026-03-29 Europe/Berlin\nquiet: 22:00-24:00\nfill: 1h pop, big room\n"
        "fill: rock during:gym\nGym 1h id:gym "
        "#music\nTea 5m after:gym\nBus 5m before:gym,tea late\n"
        "\xe2\x99\xaa Dance Monkey during:gym\n\xe2\x99\xaa Dance Monky\n!1\n9-5 x";
    for (int wrong = 0; wrong < 2; wrong++) {
        msched_result result = MSCHED_ERROR_MEMORY;
        for (long n = 0; result == MSCHED_ERROR_MEMORY && n < 3000; n++) {
            failing f = {.fail_at = n + 1};
            msched_allocator allocator = failing_allocator(&f);
            msched_plan_text_options options;
            msched_plan_text_options_init(&options, sizeof options);
            options.allocator = &allocator;
            msched_plan *plan = NULL;
            msched_diagnostics *diagnostics = NULL;
            size_t size = strlen(text) - (wrong ? 0 : 9);
            result = msched_plan_parse_text(&plan, &diagnostics, text, size, catalog, &options,
                                            NULL);
            assert_true((plan != NULL) == (result == MSCHED_OK));
            msched_plan_unref(plan);
            msched_diagnostics_unref(diagnostics);
            assert_int_equal(f.live, 0);
        }
        assert_int_equal(result, wrong ? MSCHED_ERROR_SYNTAX : MSCHED_OK);
    }
}

static uint64_t random_state = 88172645463325252u;

static uint32_t random_below(uint32_t bound)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 20) % bound;
}

/*
 * Whatever is typed: no crash, and every word about it stands within the text and offers a repair.
 */
static void test_random_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {"9:00",
                                         "-",
                                         " ",
                                         "Gym",
                                         "1h",
                                         "after",
                                         "9",
                                         "!1",
                                         "#focus",
                                         "@evening",
                                         "\n",
                                         "\xe2\x99\xaa ",
                                         "Halo",
                                         "song:",
                                         "\"",
                                         "id:",
                                         "after:",
                                         "pad:5m",
                                         "split",
                                         "25:99",
                                         "pm",
                                         "day: ",
                                         "fill: ",
                                         "date: ",
                                         "(A) ",
                                         "\xc3\xa9",
                                         "\xff",
                                         "\t",
                                         "x ",
                                         "must",
                                         "to",
                                         "[",
                                         "]",
                                         "1.5h",
                                         "12:51 - The Strokes",
                                         "min",
                                         "quiet: ",
                                         "\r\n",
                                         ",",
                                         "during:Gym"};
    char text[400];
    for (int round = 0; round < 20000; round++) {
        size_t size = 0;
        for (uint32_t n = random_below(25); n > 0; n--) {
            const char *piece = pieces[random_below(sizeof pieces / sizeof pieces[0])];
            size_t length = strlen(piece);
            if (size + length + 2 > sizeof text)
                break;
            memcpy(text + size, piece, length);
            size += length;
            if (random_below(2))
                text[size++] = ' ';
        }
        if (size > 0 && random_below(4) == 0)
            text[random_below((uint32_t)size)] = (char)(1 + random_below(255));
        text[size] = '\0';
        uint32_t lines = 1;
        for (size_t i = 0; i < size; i++)
            lines += text[i] == '\n';
        msched_plan *plan;
        msched_diagnostics *diagnostics;
        msched_error err = {0};
        msched_result result = parse(&plan, &diagnostics, text, round % 2 ? catalog : NULL, &err);
        uint32_t errors = 0;
        for (uint32_t i = 0; i < msched_diagnostics_count(diagnostics); i++) {
            msched_diagnostic d = {.struct_size = sizeof d};
            msched_diagnostics_get(diagnostics, i, &d);
            if (d.line > lines || d.column > size + 1 || d.message[0] == '\0' ||
                (d.severity < 2 && d.repair[0] == '\0') ||
                (d.severity == 0 && (d.line == 0 || d.column == 0)))
                fail_msg("%s: %s at %u:%u", text, d.code, (unsigned)d.line, (unsigned)d.column);
            errors += d.severity == MSCHED_SEVERITY_ERROR;
        }
        if ((errors == 0) != (result == MSCHED_OK) || (plan != NULL) != (result == MSCHED_OK))
            fail_msg("%s: %u errors, result %u %s", text, (unsigned)errors, (unsigned)result,
                     err.message);
        msched_diagnostics_unref(diagnostics);
        msched_plan_unref(plan);
    }
}

/* y_ must be a plan, n_ must have an error with a place, i_ must only not crash. */
static void check_file(const char *name, const char *data, size_t size)
{
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    msched_plan *plan;
    msched_error err = {0};
    msched_result result = msched_plan_parse_text(&plan, NULL, data, size, catalog, &options, &err);
    if ((name[0] == 'y' && result != MSCHED_OK) ||
        (name[0] == 'n' && (result == MSCHED_OK || err.line == 0 || err.column == 0)))
        fail_msg("%s: %u %s", name, (unsigned)result, err.message);
    msched_plan_unref(plan);
}

static void test_corpus(void **state)
{
    (void)state;
    assert_true(files_of(corpus, check_file) > 10);
}

/* Each line "fill:" is a fill of its own; one during a to-do that is left out is left out, too. */
static void test_several_fills(void **state)
{
    (void)state;
    static const char text[] =
        "date: 2026-11-24\nRun 31m #workout id:run\nSwim 1h tomorrow #music\n"
        "fill: 30m rock @morning\nfill: Run max:6m\n"
        "fill: 10m during:swim\nfill: 20m 20:00-21:00 #focus\n"
        "avoid: spotify:track:0nbXyq5TXYPCO7pr3N8S4I";
    msched_plan *plan;
    msched_listening fill = {.struct_size = sizeof fill};
    assert_int_equal(msched_plan_parse_text(&plan, NULL, text, strlen(text), NULL, NULL, NULL),
                     MSCHED_OK);
    assert_int_equal(msched_plan_get_fill(plan, 0, &fill), MSCHED_OK);
    assert_int_equal(fill.fill_s, 1800);
    assert_string_equal(fill.fill_genres[0], "rock");
    assert_int_equal(fill.fill_between_end_s, 12 * 3600);
    assert_int_equal(msched_plan_get_fill(plan, 1, &fill), MSCHED_OK);
    assert_int_equal(fill.fill_s, 31 * 60); /* the whole run */
    assert_string_equal(fill.fill_during, "run");
    assert_int_equal(fill.fill_max_track_s, 360);
    assert_int_equal(fill.fill_avoid_count, 1);
    assert_int_equal(msched_plan_get_fill(plan, 2, &fill), MSCHED_OK);
    assert_int_equal(fill.fill_s, 1200);
    assert_int_equal(fill.fill_mood, MSCHED_MOOD_FOCUS);
    assert_int_equal(msched_plan_get_fill(plan, 3, &fill), MSCHED_ERROR_ARGUMENT);
    msched_plan_unref(plan);
}

int main(int argc, char **argv)
{
    corpus = argc > 1 ? argv[1] : "tests/corpus/plan-text";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_todo_lines),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_done_lines_keep_their_place),
        cmocka_unit_test(test_links_by_id_and_title),
        cmocka_unit_test(test_song_lines),
        cmocka_unit_test(test_dates_of_songs_and_fills_in_words),
        cmocka_unit_test(test_songs_without_a_mark),
        cmocka_unit_test(test_songs_without_a_catalog_are_kept_as_queries),
        cmocka_unit_test(test_a_time_limit_ends_the_search_for_songs),
        cmocka_unit_test(test_diagnosed_lines),
        cmocka_unit_test(test_song_during_a_todo_with_an_order),
        cmocka_unit_test(test_songs_beside_many_todos),
        cmocka_unit_test(test_all_errors_at_once_in_order),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_songs_to_avoid),
        cmocka_unit_test(test_songs_to_avoid_that_are_none),
        cmocka_unit_test(test_date_is_needed),
        cmocka_unit_test(test_warnings_stay_with_the_plan),
        cmocka_unit_test(test_line_too_long),
        cmocka_unit_test(test_corpus),
        cmocka_unit_test(test_fill_bounds),
        cmocka_unit_test(test_several_fills),
        cmocka_unit_test(test_every_allocation_may_fail),
        cmocka_unit_test(test_random_texts),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
