/*
 * Plans whose schedules once claimed more than was true: what is said to be best is best, and no
 * bound is below its value.
 */
#include "../testing.h"

#include <musicsched/schedule.h>

#include <stdio.h>
#include <string.h>

/* `count` songs of so many seconds, track0, track1 .., each by its own artist, of popularity 50. */
static msched_catalog *songs_of(const uint32_t *lengths, uint32_t count)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < count; i++) {
        char id[16], artist[16];
        snprintf(id, sizeof id, "track%u", i);
        snprintf(artist, sizeof artist, "Artist %u", i);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = id;
        row.track_name = id;
        row.track_artist = artist;
        row.genre = "pop";
        row.popularity = 50;
        row.duration_ms = lengths[i] * 1000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static msched_schedule *schedule_within(const msched_catalog *catalog, const char *json,
                                        uint64_t work)
{
    msched_plan *plan;
    msched_schedule *schedule;
    msched_schedule_options options;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    msched_schedule_options_init(&options, sizeof options);
    options.work_limit = work;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, &options, &err), MSCHED_OK);
    msched_plan_unref(plan);
    return schedule;
}

static msched_schedule *schedule_of(const msched_catalog *catalog, const char *json)
{
    return schedule_within(catalog, json, 0);
}

static msched_objective objective_of(const uint32_t *lengths, uint32_t count, const char *json)
{
    msched_catalog *catalog = songs_of(lengths, count);
    msched_schedule *schedule = schedule_of(catalog, json);
    msched_objective got = {.struct_size = sizeof got};
    msched_schedule_get_objective(schedule, &got);
    msched_schedule_unref(schedule);
    msched_catalog_unref(catalog);
    for (int level = 0; level < MSCHED_LEVEL_COUNT; level++)
        assert_true(got.value[level] <= got.bound[level]);
    return got;
}

/* Each piece of a task can fill the gap between two songs. */
static void test_cut_task_in_gaps(void **state)
{
    (void)state;
    const uint32_t lengths[] = {180, 180, 180};
    msched_objective got = objective_of(
        lengths, 3,
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"08:30\"},"
        "\"todos\": [{\"id\": \"w\", \"title\": \"Work\", \"duration_s\": 1200, \"split_min_s\": "
        "600}],"
        "\"songs\": [{\"track_id\": \"track0\"}, {\"track_id\": \"track1\"}, {\"track_id\": "
        "\"track2\"}],"
        "\"listening\": {\"gap_s\": 600}}");
    assert_int_equal(got.value[MSCHED_LEVEL_SONG_WEIGHT], 450);
    assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
}

/* Songs of a few seconds, with gaps: fill ends before the meeting. */
static void test_jingles_with_gaps(void **state)
{
    (void)state;
    const uint32_t lengths[] = {15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15};
    msched_catalog *catalog = songs_of(lengths, 12);
    msched_schedule *schedule = schedule_of(
        catalog, "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"09:00\"},"
                 "\"todos\": [{\"id\": \"m\", \"title\": \"Meeting\", \"start\": \"08:02:30\", "
                 "\"end\": \"09:00\"}],"
                 "\"listening\": {\"gap_s\": 10, \"fill\": {\"duration_s\": 120}}}");
    msched_objective got = {.struct_size = sizeof got};
    msched_schedule_get_objective(schedule, &got);
    /* six songs and five gaps take 140 of 150 s */
    assert_int_equal(got.value[MSCHED_LEVEL_FILL_S], 90);
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        msched_schedule_get_entry(schedule, i, &entry);
        if (entry.kind != MSCHED_ENTRY_TODO)
            assert_true(entry.end_s <= 8 * 3600 + 150);
    }
    msched_schedule_unref(schedule);
    msched_catalog_unref(catalog);
}

/*
 * The must play has no place beside the tasks; the bound of the weight is beside none, as the day
 * is.
 */
static void test_weight_beside_fewer_musts(void **state)
{
    (void)state;
    const uint32_t lengths[] = {210, 60};
    msched_objective got = objective_of(
        lengths, 2,
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00:00\", \"end\": \"08:10:00\"}, "
        "\"todos\": ["
        "{\"id\": \"e0\", \"title\": \"E0\", \"start\": \"08:03:30\", \"end\": \"08:04:00\", "
        "\"buffer_before_s\": 60, "
        "\"buffer_after_s\": 60},"
        "{\"id\": \"t0\", \"title\": \"T0\", \"duration_s\": 120, \"priority\": 3, \"after\": "
        "[\"e0\"]},"
        "{\"id\": \"t2\", \"title\": \"T2\", \"duration_s\": 60, \"priority\": 3, \"after\": "
        "[\"e0\", \"t0\"]},"
        "{\"id\": \"t6\", \"title\": \"T6\", \"duration_s\": 180, \"buffer_before_s\": 120},"
        "{\"id\": \"t7\", \"title\": \"T7\", \"duration_s\": 150, \"buffer_before_s\": 150, "
        "\"latest\": \"08:05:00\", \"after\": "
        "[\"e0\"]}],"
        "\"songs\": [{\"track_id\": \"track0\", \"must\": true}, {\"track_id\": \"track1\"}], "
        "\"listening\": {\"gap_s\": 30}}");
    assert_int_equal(got.value[MSCHED_LEVEL_TASKS_1], 1);
    assert_int_equal(got.value[MSCHED_LEVEL_MUST_SONGS], 0);
    assert_int_equal(got.value[MSCHED_LEVEL_SONG_WEIGHT], 150);
    assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
}

#define WINDOW_DAY                                                                                 \
    "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"07:00\", \"end\": \"08:00\"}, "             \
    "\"listening\": {\"gap_s\": %d, "                                                              \
    "\"fill\": {\"duration_s\": %d, \"between\": [\"07:00\", \"07:10\"]}}, \"songs\": [%s]}"

/*
 * The bound of the fill knows its window, the songs that cannot leave it, and gaps; songs that can
 * leave it do.
 */
static void test_fill_in_a_window(void **state)
{
    (void)state;
    static const struct {
        int gap_s, asked_s, filled_s;
        const char *song;
    } cases[] = {
        /* it plays after the window */
        {0, 600, 600, "{\"track_id\": \"track0\"}"},
        /* it cannot */
        {0, 600, 480, "{\"track_id\": \"track0\", \"between\": [\"07:00\", \"07:08\"]}"},
        {0, 600, 480, "{\"track_id\": \"track0\", \"at\": \"07:04\"}"},
        /* four songs and three gaps take 570 s, five would take 720 s */
        {30, 600, 480, "{\"track_id\": \"track0\"}"},
    };
    const uint32_t lengths[] = {120, 120, 120, 120, 120, 120, 120, 120};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[1024];
        snprintf(json, sizeof json, WINDOW_DAY, cases[i].gap_s, cases[i].asked_s, cases[i].song);
        msched_objective got = objective_of(lengths, 8, json);
        assert_int_equal(got.value[MSCHED_LEVEL_SONG_WEIGHT], 150);
        assert_int_equal(got.value[MSCHED_LEVEL_FILL_S], cases[i].filled_s);
        assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
    }
}

/*
 * A song that is not called so is used with a warning in the schedule itself; the text says the
 * same.
 */
static void test_near_songs_are_told(void **state)
{
    (void)state;
    const uint32_t lengths[] = {120};
    const char *text = "date: 2026-11-24\n\u266A track0 artist\n\u266A something else\n";
    msched_catalog *catalog = songs_of(lengths, 1);
    msched_plan *plan;
    msched_schedule *schedule;
    msched_diagnostics *said;
    assert_int_equal(msched_plan_parse_text(&plan, &said, text, strlen(text), catalog, NULL, NULL),
                     MSCHED_OK);
    static const char *const codes[] = {"near_song", "unknown_song"};
    assert_int_equal(msched_diagnostics_count(said), 2);
    for (uint32_t i = 0; i < 2; i++) {
        msched_diagnostic one = {.struct_size = sizeof one};
        msched_diagnostics_get(said, i, &one);
        assert_string_equal(one.code, codes[i]);
        assert_int_equal(strstr(one.message, "unscheduled") != NULL, i == 1);
    }
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    assert_int_equal(msched_schedule_warning_count(schedule), 1);
    msched_warning warning = {.struct_size = sizeof warning};
    msched_schedule_get_warning(schedule, 0, &warning);
    assert_string_equal(warning.code, "near_song");
    assert_string_equal(warning.message,
                        "no song is called \"track0 artist\"; using track0 - Artist 0");
    msched_schedule_unref(schedule);
    msched_diagnostics_unref(said);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

/* A fix says what else falls out with it. */
static void test_fixes_name_their_cost(void **state)
{
    (void)state;
    const uint32_t lengths[] = {120};
    msched_catalog *catalog = songs_of(lengths, 1);
    msched_schedule *schedule = schedule_of(catalog,
                                            "{\"date\": \"2026-11-24\", \"day\": {\"start\": "
                                            "\"14:30\", \"end\": \"20:00\"}, \"todos\": ["
                                            "{\"title\": \"Thesis\", \"duration_s\": 18000}, "
                                            "{\"title\": \"Talk\", \"duration_s\": 10800},"
                                            "{\"title\": \"Grade\", \"duration_s\": 10800}]}");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 2);
    for (uint32_t i = 0; i < 2; i++) {
        msched_unplaced one = {.struct_size = sizeof one};
        msched_schedule_get_unplaced(schedule, i, &one);
        assert_string_equal(one.fix_text, "make it 30 min shorter; Thesis is then left out");
    }
    msched_schedule_unref(schedule);
    msched_catalog_unref(catalog);
}

/* The fix of the only item that is not scheduled; "" if it has none. */
static void fix_text_is(const msched_schedule *schedule, const char *expected)
{
    msched_unplaced one = {.struct_size = sizeof one};
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    assert_int_equal(msched_schedule_get_unplaced(schedule, 0, &one), MSCHED_OK);
    assert_string_equal(one.fix_text, expected);
}

/* A song does not take the place of one that must play; one that must play may take another's. */
static void test_no_fix_takes_a_must(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *fix;
    } cases[] = {{"true", "false", ""},
                 {"true", "true", "leave out the song track0"},
                 {"false", "false", "leave out the song track0"}};
    const uint32_t lengths[] = {196, 196};
    msched_catalog *catalog = songs_of(lengths, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[300];
        snprintf(
            json, sizeof json,
            "{\"date\": \"2026-11-24\", \"songs\": [{\"track_id\": \"track0\", \"must\": %s}, "
            "{\"track_id\": \"track1\", \"must\": %s}], \"listening\": {\"max_total_s\": 200}}",
            cases[i].first, cases[i].second);
        msched_schedule *schedule = schedule_of(catalog, json);
        fix_text_is(schedule, cases[i].fix);
        msched_schedule_unref(schedule);
    }
    msched_catalog_unref(catalog);
}

/* Of two as important, the songs and pauses decide: a second less of T1 changes nothing. */
static void test_no_fix_by_a_lost_tie(void **state)
{
    (void)state;
    const uint32_t lengths[] = {5};
    msched_catalog *catalog = songs_of(lengths, 1);
    msched_schedule *schedule = schedule_of(
        catalog,
        "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"23:59:55\", \"end\": \"24:00:29\"}, "
        "\"todos\": ["
        "{\"id\": \"t2\", \"title\": \"T2\", \"duration_s\": 11, \"buffer_before_s\": 2, \"late\": "
        "true}, "
        "{\"id\": \"t3\", \"title\": \"T3\", \"duration_s\": 7, \"priority\": 4, "
        "\"buffer_before_s\": 1}, "
        "{\"id\": \"e0\", \"title\": \"E0\", \"start\": \"24:00:13\", \"end\": \"24:00:18\", "
        "\"music\": true}, "
        "{\"id\": \"t1\", \"title\": \"T1\", \"duration_s\": 10, \"priority\": 4}], "
        "\"songs\": [{\"track_id\": \"track0\", \"between\": [\"24:00:09\", \"24:00:15\"]}]}");
    fix_text_is(schedule, "leave out T3");
    msched_schedule_unref(schedule);
    msched_catalog_unref(catalog);
}

/* A full day of which little is proved; %s: when the window of a song ends. */
static const char quarters[] =
    "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"10:00\", \"end\": \"26:00\"}, \"todos\": "
    "[{\"title\": \"t0\", \"duration_s\": 900}, "
    "{\"title\": \"t1\", \"duration_s\": 900, \"buffer_before_s\": 600}, "
    "{\"title\": \"t2\", \"duration_s\": 900, \"earliest\": \"12:30\"}, "
    "{\"title\": \"t3\", \"duration_s\": 900}, "
    "{\"title\": \"t4\", \"duration_s\": 900, \"late\": true}, "
    "{\"title\": \"t5\", \"duration_s\": 900, \"music\": true, \"after\": [\"t1\"]}, "
    "{\"title\": \"t6\", \"duration_s\": 900, \"buffer_before_s\": 1, \"late\": true}, "
    "{\"title\": \"t7\", \"duration_s\": 900, \"before\": [\"t6\"]}, "
    "{\"title\": \"t8\", \"duration_s\": 900, \"music\": true}, "
    "{\"title\": \"t9\", \"duration_s\": 900, \"earliest\": \"19:30\"}, "
    "{\"title\": \"t10\", \"duration_s\": 900, \"music\": true}, "
    "{\"title\": \"t11\", \"duration_s\": 900}, "
    "{\"title\": \"t12\", \"duration_s\": 900, \"earliest\": \"21:00\"}, "
    "{\"title\": \"t13\", \"duration_s\": 900, \"music\": true}, "
    "{\"title\": \"t14\", \"duration_s\": 900, \"earliest\": \"22:30\"}, "
    "{\"title\": \"t15\", \"duration_s\": 900}, "
    "{\"title\": \"t16\", \"duration_s\": 900}, "
    "{\"title\": \"t17\", \"duration_s\": 900}, "
    "{\"title\": \"t18\", \"duration_s\": 900, \"buffer_after_s\": 300}, "
    "{\"title\": \"t19\", \"duration_s\": 900, \"earliest\": \"15:30\"}, "
    "{\"title\": \"t20\", \"duration_s\": 900, \"earliest\": \"18:45\"}, "
    "{\"title\": \"t21\", \"duration_s\": 900}, "
    "{\"title\": \"t22\", \"duration_s\": 900}, "
    "{\"title\": \"t23\", \"duration_s\": 900, \"pin\": \"22:00\", \"before\": [\"t11\"]}, "
    "{\"title\": \"t24\", \"duration_s\": 900, \"late\": true}], \"songs\": [{\"track_id\": "
    "\"track0\"}, "
    "{\"track_id\": \"track1\", \"between\": [\"20:00\", \"21:00\"], \"during\": \"t10\", "
    "\"times\": 3}, "
    "{\"track_id\": \"track2\", \"during\": \"t9\"}, "
    "{\"track_id\": \"track3\", \"between\": [\"19:00\", \"19:15\"]}, "
    "{\"track_id\": \"track4\"}, {\"track_id\": \"track5\"}, "
    "{\"track_id\": \"track6\"}, "
    "{\"track_id\": \"track7\", \"between\": [\"20:00\", \"20:05\"]}, "
    "{\"track_id\": \"track8\", \"between\": [\"17:00\", \"%s\"], \"during\": \"t5\"}, "
    "{\"track_id\": \"track9\", \"between\": [\"14:00\", \"14:04\"]}, "
    "{\"track_id\": \"track10\"}, {\"track_id\": \"track11\", \"during\": \"t8\"}, "
    "{\"track_id\": \"track12\"}, {\"track_id\": \"track13\"}, "
    "{\"track_id\": \"track14\"}, {\"track_id\": \"track15\"}, "
    "{\"track_id\": \"track17\"}, "
    "{\"track_id\": \"track0\", \"between\": [\"16:15\", \"16:30\"]}, "
    "{\"track_id\": \"track18\"}, {\"track_id\": \"track19\", \"during\": \"t10\"}, "
    "{\"track_id\": \"track20\", \"between\": [\"14:30\", \"14:45\"]}, "
    "{\"track_id\": \"track21\"}, {\"track_id\": \"track22\", \"at\": \"23:15\"}, "
    "{\"track_id\": \"track23\"}]}";

/*
 * Where a search proves nothing, a trial may find what the search of the changed day does not. This
 * is too little work for a proof.
 */
static void test_a_later_end_places_the_song(void **state)
{
    (void)state;
    const uint32_t song = 8,
                   lengths[] = {245, 142, 199, 235, 189, 235, 203, 129, 168, 251, 198, 252,
                                198, 171, 259, 178, 258, 268, 182, 229, 456, 204, 178, 242};
    msched_catalog *catalog = songs_of(lengths, sizeof lengths / sizeof *lengths);
    char json[sizeof quarters + 16], end[16] = "17:05";
    int missing = 0;
    for (int later = 0; later < 2 && end[0] != '\0'; later++) {
        snprintf(json, sizeof json, quarters, end);
        end[0] = '\0';
        msched_schedule *schedule = schedule_within(catalog, json, 100000);
        for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
            msched_unplaced one = {.struct_size = sizeof one};
            msched_schedule_get_unplaced(schedule, i, &one);
            if (one.wanted != song)
                continue;
            assert_false(later);
            assert_true(one.fix != MSCHED_FIX_NONE);
            missing++;
            int32_t time = 17 * 3600 + 5 * 60 + one.fix_s;
            if (one.fix == MSCHED_FIX_LATER)
                snprintf(end, sizeof end, "%02d:%02d:%02d", (int)time / 3600, (int)time / 60 % 60,
                         (int)time % 60);
        }
        msched_schedule_unref(schedule);
    }
    assert_int_equal(missing, 1);
    msched_catalog_unref(catalog);
}

/* What waits for something that is not placed names the first to-do that is not. */
static void test_waiting_tasks_name_the_first(void **state)
{
    static const uint32_t lengths[] = {120};
    static const char *const reasons[] = {
        "needs 2 h within the day; the longest free slot is 1 h",
        "must follow Bake, which is unscheduled",
        "must follow Cool, which has to wait for Bake, which is unscheduled"};
    (void)state;
    msched_catalog *catalog = songs_of(lengths, 1);
    msched_schedule *schedule = schedule_of(
        catalog, "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"08:00\", \"end\": \"09:00\"},"
                 "\"todos\": [{\"id\": \"bake\", \"title\": \"Bake\", \"duration_s\": 7200},"
                 "{\"id\": \"cool\", \"title\": \"Cool\", \"duration_s\": 600,"
                 "\"after\": [\"bake\"]},"
                 "{\"title\": \"Serve\", \"duration_s\": 600, \"after\": [\"cool\"]}]}");
    assert_int_equal(msched_schedule_unplaced_count(schedule), 3);
    for (uint32_t i = 0; i < 3; i++) {
        msched_unplaced one = {.struct_size = sizeof one};
        msched_schedule_get_unplaced(schedule, i, &one);
        assert_string_equal(one.text, reasons[i]);
    }
    msched_schedule_unref(schedule);
    msched_catalog_unref(catalog);
}

/* A task with songs moves to where both may be listened to, out of quiet time. */
static void test_host_leaves_quiet_time(void **state)
{
    static const uint32_t lengths[] = {230, 250};
    (void)state;
    msched_objective got = objective_of(
        lengths, 2,
        "{\"date\":\"2026-11-24\",\"day\":{\"start\":\"08:00\",\"end\":\"11:00\"},"
        "\"todos\":[{\"id\":\"walk\",\"title\":\"Walk\",\"duration_s\":1200,\"music\":true,"
        "\"latest\":\"08:30\"}],"
        "\"songs\":[{\"track_id\":\"track0\",\"during\":\"walk\"},"
        "{\"track_id\":\"track1\",\"during\":\"walk\"}],"
        "\"listening\":{\"quiet\":[[\"08:00\",\"08:15\"]]}}");
    assert_int_equal(got.value[MSCHED_LEVEL_SONG_WEIGHT], 300);
    assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
}

/* One of two tasks cannot be placed, so that the songs during it cannot play either. */
static void test_songs_need_their_hosts(void **state)
{
    static const uint32_t lengths[] = {200, 210};
    (void)state;
    msched_objective got = objective_of(
        lengths, 2,
        "{\"date\":\"2026-11-24\",\"day\":{\"start\":\"08:00\",\"end\":\"13:00\"},"
        "\"todos\":[{\"id\":\"run\",\"title\":\"Run\",\"duration_s\":2700,\"music\":true,"
        "\"earliest\":\"11:30\"},"
        "{\"id\":\"cook\",\"title\":\"Cook\",\"duration_s\":2700,\"music\":true,"
        "\"earliest\":\"12:00\",\"latest\":\"12:45\"}],"
        "\"songs\":[{\"track_id\":\"track0\",\"during\":\"run\"},"
        "{\"track_id\":\"track1\",\"during\":\"cook\",\"weight\":90}]}");
    assert_int_equal(got.value[MSCHED_LEVEL_TASKS_1], 1);
    assert_int_equal(got.value[MSCHED_LEVEL_SONG_WEIGHT], 150);
    assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
}

/* The piece before a meeting is as long as the time after it leaves of the task. */
static void test_piece_is_what_another_room_leaves(void **state)
{
    static const uint32_t lengths[] = {200};
    (void)state;
    msched_objective got =
        objective_of(lengths, 1,
                     "{\"date\":\"2026-11-24\",\"day\":{\"start\":\"08:00\",\"end\":\"11:45\"},"
                     "\"todos\":[{\"title\":\"Meeting\",\"start\":\"10:00\",\"end\":\"11:05\","
                     "\"buffer_before_s\":1200},"
                     "{\"title\":\"Call\",\"start\":\"11:35\",\"end\":\"12:00\"},"
                     "{\"title\":\"Mail\",\"duration_s\":1200},"
                     "{\"title\":\"Report\",\"duration_s\":3600,\"split_min_s\":1500},"
                     "{\"title\":\"Code\",\"duration_s\":3000,\"buffer_after_s\":1200,"
                     "\"split_min_s\":300}]}");
    assert_int_equal(got.value[MSCHED_LEVEL_TASKS_1], 3);
    assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
}

/*
 * With its own schedule as the previous one, a day does not exchange a task for others whose must
 * play has no place then.
 */
static void test_musts_keep_their_hosts(void **state)
{
    static const uint32_t lengths[] = {9, 2};
    static const char day[] =
        "{\"date\":\"2026-11-24\",\"day\":{\"start\":\"00:00:00\",\"end\":\"00:00:30\"},"
        "\"todos\":[{\"id\":\"e0\",\"title\":\"E0\",\"start\":\"00:00:15\","
        "\"end\":\"00:00:17\"},"
        "{\"id\":\"e1\",\"title\":\"E1\",\"start\":\"00:00:21\",\"end\":\"00:00:27\","
        "\"music\":true,\"buffer_after_s\":2},"
        "{\"id\":\"t0\",\"title\":\"T0\",\"duration_s\":5,\"buffer_before_s\":4},"
        "{\"id\":\"t1\",\"title\":\"T1\",\"duration_s\":5,\"music\":true,"
        "\"buffer_after_s\":2,\"earliest\":\"00:00:06\"},"
        "{\"id\":\"t2\",\"title\":\"T2\",\"duration_s\":3,\"priority\":2,"
        "\"buffer_after_s\":1},"
        "{\"id\":\"t3\",\"title\":\"T3\",\"duration_s\":5,\"music\":true},"
        "{\"id\":\"t4\",\"title\":\"T4\",\"duration_s\":9,\"priority\":2,\"music\":true}],"
        "\"songs\":[{\"track_id\":\"track0\",\"must\":true,\"during\":\"t3\"},"
        "{\"track_id\":\"track1\",\"must\":true,\"between\":[\"00:00:27\",\"00:00:36\"]},"
        "{\"track_id\":\"track1\",\"must\":true,\"during\":\"t1\"},"
        "{\"track_id\":\"track0\",\"must\":true,\"times\":2}],"
        "\"listening\":{\"gap_s\":1,\"quiet\":[[\"00:00:06\",\"00:00:07\"]]}}";
    (void)state;
    msched_catalog *catalog = songs_of(lengths, 2);
    msched_schedule *first = schedule_of(catalog, day), *second;
    msched_schedule_options options;
    msched_plan *plan;
    msched_schedule_options_init(&options, sizeof options);
    options.previous = first;
    assert_int_equal(msched_plan_parse_json(&plan, day, strlen(day), NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&second, catalog, plan, &options, NULL), MSCHED_OK);
    int is_placed = 0, plays = 0;
    for (uint32_t i = 0; i < msched_schedule_entry_count(second); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        msched_schedule_get_entry(second, i, &entry);
        is_placed |= entry.kind == MSCHED_ENTRY_TODO && strcmp(entry.id, "t1") == 0;
        plays |= entry.kind == MSCHED_ENTRY_SONG && entry.wanted == 2;
    }
    assert_true(is_placed && plays);
    msched_plan_unref(plan);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
    msched_catalog_unref(catalog);
}

/* Songs play in the piece of a task that has begun, and in the rest of it. */
static void test_songs_in_a_begun_piece(void **state)
{
    static const uint32_t lengths[] = {223, 181, 215, 241, 181, 200, 185};
    static const char before[] =
        "{\"version\":1,\"date\":\"2026-11-24\",\"entries\":[{\"kind\":\"todo\",\"id\":\"gym\","
        "\"title\":\"Gym\",\"start\":\"10:00:00\",\"end\":\"10:30:00\",\"piece\":1}]}";
    static const char day[] =
        "{\"date\":\"2026-11-24\",\"day\":{\"start\":\"10:00\",\"end\":\"11:45\"},"
        "\"now\":\"10:10\",\"todos\":[{\"id\":\"gym\",\"title\":\"Gym\","
        "\"duration_s\":3600,\"split_min_s\":1800,\"music\":true},"
        "{\"title\":\"Mail\",\"duration_s\":840},"
        "{\"title\":\"Call\",\"duration_s\":600,\"latest\":\"11:08\"}],"
        "\"songs\":["
        "{\"track_id\":\"track0\",\"during\":\"gym\",\"between\":[\"10:10\",\"10:30\"]},"
        "{\"track_id\":\"track1\",\"during\":\"gym\",\"between\":[\"10:10\",\"10:30\"]},"
        "{\"track_id\":\"track2\",\"during\":\"gym\",\"between\":[\"10:10\",\"10:30\"]},"
        "{\"track_id\":\"track3\"},"
        "{\"track_id\":\"track4\",\"between\":[\"10:36\",\"10:41\"]},"
        "{\"track_id\":\"track5\",\"between\":[\"11:15\",\"11:40\"]},"
        "{\"track_id\":\"track6\"}]}";
    msched_objective got = {.struct_size = sizeof got};
    msched_schedule_options options;
    msched_schedule *first, *second;
    msched_plan *plan;
    (void)state;
    msched_catalog *catalog = songs_of(lengths, 7);
    msched_schedule_options_init(&options, sizeof options);
    assert_int_equal(msched_schedule_parse_json(&first, before, strlen(before), NULL, NULL),
                     MSCHED_OK);
    options.previous = first;
    assert_int_equal(msched_plan_parse_json(&plan, day, strlen(day), NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&second, catalog, plan, &options, NULL), MSCHED_OK);
    msched_schedule_get_objective(second, &got);
    assert_int_equal(got.value[MSCHED_LEVEL_TASKS_1], 3);
    assert_int_equal(got.value[MSCHED_LEVEL_SONG_WEIGHT], 1050);
    msched_plan_unref(plan);
    msched_schedule_unref(second);
    msched_schedule_unref(first);
    msched_catalog_unref(catalog);
}

/*
 * The fill plays a recording once that is there under two artists, not beside a wanted one, and not
 * where one of both is avoided. Its bound knows that, but for wanted songs.
 */
static void test_fill_knows_duplicates(void **state)
{
    static const struct {
        const char *rest; /* of the plan */
        int64_t fill_s, bound_s;
    } cases[] = {
        {"\"listening\":{\"fill\":{\"duration_s\":900}}}", 310, 310},
        {"\"listening\":{\"fill\":{\"duration_s\":900,\"avoid\":[\"b\"]}}}", 100, 100},
        {"\"songs\":[{\"track_id\":\"b\"}],\"listening\":{\"fill\":{\"duration_s\":900}}}", 100,
         310},
        {"\"listening\":{\"gap_s\":5,\"fill\":{\"duration_s\":900}}}", 310, 310},
        {"\"listening\":{\"artist_separation_s\":5,\"fill\":{\"duration_s\":900}}}", 310, 310},
        {"\"listening\":{\"artist_separation_s\":5,\"fill\":{\"duration_s\":420}}}", 310, 310},
    };
    static const char csv[] = "track_id,track_name,track_artist,track_popularity,duration_ms\n"
                              "a,Best Part (feat. H.E.R.),Daniel Caesar,79,209831\n"
                              "b,Best Part (feat. Daniel Caesar),H.E.R.,78,209400\n"
                              "c,Best Part,Lena,50,100000\n";
    msched_catalog *catalog;
    (void)state;
    assert_int_equal(msched_catalog_load_memory(&catalog, csv, sizeof csv - 1, NULL, NULL),
                     MSCHED_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[512];
        snprintf(json, sizeof json,
                 "{\"date\":\"2026-11-24\",\"day\":{\"start\":\"08:00\",\"end\":\"08:30\"},%s",
                 cases[i].rest);
        msched_schedule *schedule = schedule_of(catalog, json);
        msched_objective got = {.struct_size = sizeof got};
        msched_schedule_get_objective(schedule, &got);
        assert_int_equal(got.value[MSCHED_LEVEL_FILL_S], cases[i].fill_s);
        assert_int_equal(got.bound[MSCHED_LEVEL_FILL_S], cases[i].bound_s);
        msched_schedule_unref(schedule);
    }
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut_task_in_gaps),
        cmocka_unit_test(test_jingles_with_gaps),
        cmocka_unit_test(test_weight_beside_fewer_musts),
        cmocka_unit_test(test_fill_in_a_window),
        cmocka_unit_test(test_near_songs_are_told),
        cmocka_unit_test(test_fixes_name_their_cost),
        cmocka_unit_test(test_no_fix_takes_a_must),
        cmocka_unit_test(test_no_fix_by_a_lost_tie),
        cmocka_unit_test(test_a_later_end_places_the_song),
        cmocka_unit_test(test_waiting_tasks_name_the_first),
        cmocka_unit_test(test_host_leaves_quiet_time),
        cmocka_unit_test(test_songs_need_their_hosts),
        cmocka_unit_test(test_piece_is_what_another_room_leaves),
        cmocka_unit_test(test_musts_keep_their_hosts),
        cmocka_unit_test(test_songs_in_a_begun_piece),
        cmocka_unit_test(test_fill_knows_duplicates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
