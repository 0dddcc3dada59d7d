/*
 * What a solve may cost, and what a caller is warned of: its memory on a typical day and on hard
 * ones, which must not grow with the work allowed; a wall-clock limit; overlapping events, default
 * durations, ambiguous songs.
 */
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct meter {
    size_t held, peak;
} meter;

typedef union head {
    size_t size;
    max_align_t align;
} head;

static void *meter_reallocate(void *ctx, void *block, size_t size)
{
    meter *m = ctx;
    head *old = block == NULL ? NULL : (head *)block - 1;
    size_t was = old == NULL ? 0 : old->size;
    head *made = realloc(old, sizeof *made + size);
    if (made == NULL)
        return NULL;
    made->size = size;
    m->held += size - was;
    if (m->held > m->peak)
        m->peak = m->held;
    return made + 1;
}

static void *meter_allocate(void *ctx, size_t size)
{
    return meter_reallocate(ctx, NULL, size);
}

static void meter_release(void *ctx, void *block)
{
    if (block == NULL)
        return;
    ((meter *)ctx)->held -= ((head *)block - 1)->size;
    free((head *)block - 1);
}

/* 3,000 songs of two to five minutes by 300 artists; the first two share their title. */
static int setup(void **state)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (int i = 0; i < 3000; i++) {
        char id[24], name[24], artist[24];
        snprintf(id, sizeof id, "id%d", i);
        snprintf(name, sizeof name, "Song %d", i < 2 ? 1 : i);
        snprintf(artist, sizeof artist, "Artist %d", i % 300);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = id;
        row.track_name = name;
        row.track_artist = artist;
        row.genre = "pop";
        row.popularity = i % 100;
        row.duration_ms = (uint32_t)(120000 + i * 7919 % 180000);
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    *state = catalog;
    return 0;
}

static int teardown(void **state)
{
    msched_catalog_unref(*state);
    return 0;
}

static msched_plan *plan_of(const char *json)
{
    msched_plan *plan;
    msched_error err = {0};
    if (msched_plan_parse_json(&plan, json, strlen(json), NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

/*
 * `events` one-hour events, `tasks` of `length` and more seconds that all differ, `songs` wanted.
 */
static msched_plan *day_of(int events, int tasks, int length, int songs, int fill_s)
{
    char text[32768];
    int at = snprintf(
        text, sizeof text,
        "{\"date\": \"2026-11-24\", \"listening\": {\"fill\": {\"duration_s\": %d}}, \"todos\": [",
        fill_s);
    for (int i = 0; i < events; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s{\"title\": \"event\", \"start\": \"%d:55\", \"end\": \"%d:00\"}",
                       i > 0 ? "," : "", 10 + 4 * i, 11 + 4 * i);
    for (int i = 0; i < tasks; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       ",{\"title\": \"task\", \"priority\": %d, \"duration_s\": %d}", 1 + i % 4,
                       length + 7 * i);
    at += snprintf(text + at, sizeof text - (size_t)at, "], \"songs\": [");
    for (int i = 0; i < songs; i++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s{\"track_id\": \"id%d\", \"must\": %s}", i > 0 ? "," : "", 17 * i,
                       i % 3 == 0 ? "true" : "false");
    snprintf(text + at, sizeof text - (size_t)at, "]}");
    return plan_of(text);
}

static size_t peak_of(const msched_catalog *catalog, const msched_plan *plan, uint64_t work_limit,
                      msched_objective *objective)
{
    meter m = {0};
    msched_allocator allocator = {&m, meter_allocate, meter_reallocate, meter_release};
    msched_schedule_options options;
    msched_schedule *schedule;
    msched_schedule_options_init(&options, sizeof options);
    options.allocator = &allocator;
    options.work_limit = work_limit;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, &options, NULL), MSCHED_OK);
    *objective = (msched_objective){.struct_size = sizeof *objective};
    msched_schedule_get_objective(schedule, objective);
    msched_schedule_unref(schedule);
    assert_int_equal(m.held, 0);
    return m.peak;
}

static void a_typical_day_takes_less_than_a_mebibyte(void **state)
{
    msched_plan *plan = day_of(3, 8, 1800, 10, 3600);
    msched_objective objective;
    assert_true(peak_of(*state, plan, 0, &objective) <= 1 << 20);
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    msched_plan_unref(plan);
}

static void memory_does_not_grow_with_the_work_allowed(void **state)
{
    static const int tasks[] = {16, 30};
    for (int i = 0; i < 2; i++) {
        msched_plan *plan = day_of(3, tasks[i], 3600 - 900 * i, 20, 0);
        msched_objective few, many;
        size_t little = peak_of(*state, plan, 300000, &few),
               much = peak_of(*state, plan, 3000000, &many);
        assert_int_equal(few.stop, MSCHED_STOP_WORK);
        assert_true(many.work > 4 * few.work);
        /* which days are tried for fixes depends on the work, and so does the largest of them */
        assert_true(much <= little + little / 4 && much <= 4 << 20);
        msched_plan_unref(plan);
    }
}

static void a_wall_clock_limit_stops_the_search_and_is_told(void **state)
{
    msched_plan *plan = day_of(3, 30, 2700, 20, 0);
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_options options;
    msched_schedule *schedule;
    msched_schedule_options_init(&options, sizeof options);
    options.work_limit = UINT64_C(1) << 40;
    options.time_limit_ms = 1;
    assert_int_equal(msched_schedule_build(&schedule, *state, plan, &options, NULL), MSCHED_OK);
    msched_schedule_get_objective(schedule, &objective);
    assert_int_equal(objective.stop, MSCHED_STOP_TIME);
    assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
    assert_true(msched_schedule_entry_count(schedule) > 10);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

/* Asks to stop from call number `stop_at` on. */
typedef struct caller {
    long calls, stop_at;
} caller;

static int32_t count_calls(void *ctx)
{
    caller *c = ctx;
    return ++c->calls >= c->stop_at;
}

/* A day built without a limit of work, until the caller wants no more. */
static msched_objective build_until(const msched_catalog *catalog, const msched_plan *plan,
                                    caller *c, uint32_t no_reasons, msched_schedule **out)
{
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.work_limit = UINT64_MAX;
    options.no_reasons = no_reasons;
    options.cancel = count_calls;
    options.cancel_ctx = c;
    assert_int_equal(msched_schedule_build(out, catalog, plan, &options, NULL), MSCHED_OK);
    msched_schedule_get_objective(*out, &objective);
    return objective;
}

/*
 * A catalog of `songs` songs, five of each artist, of lengths and popularities with which no search
 * comes to its end soon.
 */
static msched_catalog *songs_of_few(int songs)
{
    static const int lengths[] = {232, 256, 233, 384, 224, 237, 305, 245,
                                  208, 278, 200, 234, 193, 223, 212, 171};
    static const int popularity[] = {35, 40, 44, 35, 31, 83, 5, 75, 76, 42, 0, 54, 50, 0, 45, 48};
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (int i = 0; i < songs; i++) {
        char id[24], artist[24];
        snprintf(id, sizeof id, "few%d", i);
        snprintf(artist, sizeof artist, "Artist %d", i / 5);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = id;
        row.track_artist = artist;
        row.popularity = popularity[i % 16];
        row.duration_ms = (uint32_t)(lengths[i % 16] - i / 16 * 7) * 1000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

/* All these songs in the time from 9:00, those of one artist `separation_s` apart. */
static msched_plan *separated_songs(int songs, int separation_s, const char *end)
{
    char text[4096];
    int at = snprintf(text, sizeof text,
                      "{\"date\": \"2026-11-24\", \"day\": {\"start\": \"9:00\", \"end\": \"%s\"}, "
                      "\"listening\": "
                      "{\"artist_separation_s\": %d}, \"songs\": [",
                      end, separation_s);
    for (int i = 0; i < songs; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s{\"track_id\": \"few%d\"}",
                       i > 0 ? "," : "", i);
    snprintf(text + at, sizeof text - (size_t)at, "]}");
    return plan_of(text);
}

static void the_caller_ends_a_search_of_songs(void **state)
{
    (void)state;
    static const long stops[] = {1, 2, 17, 100, 400};
    static const int songs[] = {16, 45};
    for (int p = 0; p < 2; p++) {
        msched_catalog *catalog = songs_of_few(songs[p]);
        msched_plan *plan = p == 0 ? separated_songs(16, 720, "10:00")
                                   : separated_songs(45, 1020, "11:30");
        for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
            /* each song that is looked up is one call */
            caller c = {.stop_at = songs[p] + stops[i]};
            msched_schedule *schedule;
            msched_objective objective = build_until(catalog, plan, &c, 0, &schedule);
            assert_int_equal(objective.stop, MSCHED_STOP_CANCEL);
            assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
            assert_true(objective.bound[MSCHED_LEVEL_SONG_WEIGHT] >=
                        objective.value[MSCHED_LEVEL_SONG_WEIGHT]);
            assert_true(msched_schedule_entry_count(schedule) > 5);
            assert_true(c.calls < c.stop_at + 10); /* nothing goes on */
            msched_schedule_unref(schedule);
        }
        msched_plan_unref(plan);
        msched_catalog_unref(catalog);
    }
}

static void the_clock_ends_a_search_of_songs(void **state)
{
    (void)state;
    msched_catalog *catalog = songs_of_few(16);
    msched_plan *plan = separated_songs(16, 720, "10:00");
    msched_objective objective = {.struct_size = sizeof objective};
    msched_schedule_options options;
    msched_schedule *schedule;
    msched_schedule_options_init(&options, sizeof options);
    options.work_limit = UINT64_MAX;
    options.time_limit_ms = 20;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, &options, NULL), MSCHED_OK);
    msched_schedule_get_objective(schedule, &objective);
    assert_int_equal(objective.stop, MSCHED_STOP_TIME);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

static void songs_that_were_not_looked_up_are_told(void **state)
{
    msched_plan *plan = plan_of(
        "{\"date\": \"2026-11-24\", \"songs\": [{\"query\": \"Song 7\"}, {\"query\": \"Song 8\"}, "
        "{\"query\": \"no such thing\"}]}");
    caller c = {.stop_at = 2};
    msched_schedule *schedule;
    msched_unplaced item = {.struct_size = sizeof item};
    msched_objective objective = build_until(*state, plan, &c, 0, &schedule);
    assert_int_equal(objective.stop, MSCHED_STOP_CANCEL);
    /* the second is in the catalog: nothing may be said to be the best without it */
    assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
    assert_int_equal(objective.proved_levels, MSCHED_LEVEL_SONG_WEIGHT);
    assert_int_equal(objective.bound[MSCHED_LEVEL_SONG_WEIGHT],
                     objective.value[MSCHED_LEVEL_SONG_WEIGHT] + 2 * 200);
    assert_int_equal(msched_schedule_entry_count(schedule), 1);
    assert_int_equal(msched_schedule_unplaced_count(schedule), 2);
    for (uint32_t i = 0; i < 2; i++) {
        msched_schedule_get_unplaced(schedule, i, &item);
        assert_int_equal(item.reason, MSCHED_REASON_STOPPED);
        assert_string_equal(item.text, "not looked up: the call was canceled first");
        assert_int_equal(item.fix, MSCHED_FIX_NONE);
    }
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

static void a_must_that_was_not_looked_up_leaves_open_what_fits(void **state)
{
    msched_plan *plan = plan_of(
        "{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"Read\", \"duration_s\": 600, "
        "\"priority\": 3}], \"songs\": [{\"query\": \"Song 7\", \"must\": true, \"times\": 2}]}");
    caller c = {.stop_at = 1};
    msched_schedule *schedule;
    msched_objective objective = build_until(*state, plan, &c, 0, &schedule);
    assert_int_equal(objective.status, MSCHED_STATUS_FEASIBLE);
    assert_int_equal(objective.proved_levels, MSCHED_LEVEL_MUST_SONGS);
    assert_int_equal(objective.bound[MSCHED_LEVEL_MUST_SONGS], 2);
    assert_int_equal(objective.bound[MSCHED_LEVEL_TASKS_3], 1);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

static void a_song_with_an_id_needs_no_time_to_be_found(void **state)
{
    msched_plan *plan = plan_of("{\"date\": \"2026-11-24\", \"songs\": [{\"track_id\": \"id7\"}]}");
    caller c = {.stop_at = 1};
    msched_schedule *schedule;
    assert_int_equal(build_until(*state, plan, &c, 0, &schedule).stop, MSCHED_STOP_CANCEL);
    assert_int_equal(msched_schedule_entry_count(schedule), 1);
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

static uint32_t count_fixes(const msched_schedule *schedule)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < msched_schedule_unplaced_count(schedule); i++) {
        msched_unplaced item = {.struct_size = sizeof item};
        msched_schedule_get_unplaced(schedule, i, &item);
        count += item.fix != MSCHED_FIX_NONE;
    }
    return count;
}

static void a_limit_that_fires_among_the_fixes_is_told(void **state)
{
    msched_plan *plan = plan_of("{\"date\": \"2026-11-24\", \"day\": {\"start\": \"9:00\", "
                                "\"end\": \"11:00\"}, \"todos\": ["
                                "{\"title\": \"a\", \"duration_s\": 3600}, {\"title\": \"b\", "
                                "\"duration_s\": 3000, \"latest\": \"10:30\"},"
                                "{\"title\": \"c\", \"duration_s\": 3300, \"latest\": \"10:45\"}, "
                                "{\"title\": \"d\", \"duration_s\": 2400}]}");
    caller whole = {.stop_at = LONG_MAX}, solve = whole, cut;
    msched_schedule *all, *none, *some;
    assert_int_equal(build_until(*state, plan, &whole, 0, &all).stop, MSCHED_STOP_NONE);
    assert_int_equal(build_until(*state, plan, &solve, 1, &none).stop, MSCHED_STOP_NONE);
    assert_true(count_fixes(all) > 0);
    assert_true(whole.calls > solve.calls);
    cut = (caller){.stop_at = solve.calls + 1};
    msched_objective objective = build_until(*state, plan, &cut, 0, &some);
    assert_int_equal(objective.stop, MSCHED_STOP_CANCEL);
    /* the day itself was proved before */
    assert_int_equal(objective.status, MSCHED_STATUS_OPTIMAL);
    assert_true(count_fixes(some) < count_fixes(all));
    msched_schedule_unref(all);
    msched_schedule_unref(none);
    msched_schedule_unref(some);
    msched_plan_unref(plan);
}

static int warns(const msched_catalog *catalog, msched_plan *plan, const char *code,
                 const char *part)
{
    msched_schedule *schedule;
    int found = 0;
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < msched_schedule_warning_count(schedule); i++) {
        msched_warning warning = {.struct_size = sizeof warning};
        msched_schedule_get_warning(schedule, i, &warning);
        found |= strcmp(warning.code, code) == 0 && strstr(warning.message, part) != NULL;
    }
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    return found;
}

static void overlaps_guesses_and_ambiguity_are_told(void **state)
{
    msched_plan *plan;
    assert_true(warns(*state,
                      plan_of("{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"Work\", "
                              "\"start\": \"9:00\", \"end\": \"12:30\"},"
                              "{\"title\": \"Lunch\", \"start\": \"12:00\", \"end\": \"13:00\"}]}"),
                      "events_overlap", "12:00"));
    assert_false(
        warns(*state,
              plan_of("{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"Work\", \"start\": "
                      "\"9:00\", \"end\": \"12:00\"},"
                      "{\"title\": \"Lunch\", \"start\": \"12:00\", \"end\": \"13:00\"}]}"),
              "events_overlap", ""));
    assert_true(warns(*state,
                      plan_of("{\"date\": \"2026-11-24\", \"songs\": [{\"query\": \"Song 1\"}]}"),
                      "ambiguous_song", "Song 1"));
    assert_int_equal(
        msched_plan_parse_text(&plan, NULL, "date: 2026-11-24\nCall mum\n", 26, NULL, NULL, NULL),
        MSCHED_OK);
    assert_true(warns(*state, plan, "default_duration", ""));
}

static void a_song_with_a_fixed_start_is_explained_at_that_time(void **state)
{
    msched_plan *plan = plan_of(
        "{\"date\": \"2026-11-24\", \"songs\": [{\"track_id\": \"id2\", \"at\": "
        "\"9:15\", \"must\": true}, {\"track_id\": \"id3\", \"at\": \"9:16\"}]}");
    msched_unplaced item = {.struct_size = sizeof item};
    msched_schedule *schedule;
    assert_int_equal(msched_schedule_build(&schedule, *state, plan, NULL, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_unplaced_count(schedule), 1);
    assert_int_equal(msched_schedule_get_unplaced(schedule, 0, &item), MSCHED_OK);
    assert_int_equal(item.window_start_s, 9 * 3600 + 960);
    assert_int_equal(item.window_end_s, item.window_start_s + item.needed_s);
    assert_int_equal(item.reason, MSCHED_REASON_LISTENING_FULL);
    assert_true(item.available_s < item.needed_s);
    assert_non_null(strstr(item.text, "in one piece between 09:16 and"));
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typical_day_takes_less_than_a_mebibyte),
        cmocka_unit_test(memory_does_not_grow_with_the_work_allowed),
        cmocka_unit_test(a_wall_clock_limit_stops_the_search_and_is_told),
        cmocka_unit_test(the_caller_ends_a_search_of_songs),
        cmocka_unit_test(the_clock_ends_a_search_of_songs),
        cmocka_unit_test(songs_that_were_not_looked_up_are_told),
        cmocka_unit_test(a_must_that_was_not_looked_up_leaves_open_what_fits),
        cmocka_unit_test(a_song_with_an_id_needs_no_time_to_be_found),
        cmocka_unit_test(a_limit_that_fires_among_the_fixes_is_told),
        cmocka_unit_test(overlaps_guesses_and_ambiguity_are_told),
        cmocka_unit_test(a_song_with_a_fixed_start_is_explained_at_that_time),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
