/*
 * What a solve may cost, and what a caller is warned of: its memory on a typical day and on hard ones, which must not grow with the
 * work allowed; a wall-clock limit; overlapping events, default durations, ambiguous songs.
 */
#include "../testing.h"

#include <musicsched/musicsched.h>

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

/* `events` one-hour events, `tasks` of `length` and more seconds that all differ, `songs` wanted. */
static msched_plan *day_of(int events, int tasks, int length, int songs, int fill_s)
{
    char text[32768];
    int at = snprintf(text, sizeof text, "{\"date\": \"2026-11-24\", \"listening\": {\"fill\": {\"duration_s\": %d}}, \"todos\": [",
                      fill_s);
    for (int i = 0; i < events; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s{\"title\": \"event\", \"start\": \"%d:55\", \"end\": \"%d:00\"}",
                       i > 0 ? "," : "", 10 + 4 * i, 11 + 4 * i);
    for (int i = 0; i < tasks; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, ",{\"title\": \"task\", \"priority\": %d, \"duration_s\": %d}",
                       1 + i % 4, length + 7 * i);
    at += snprintf(text + at, sizeof text - (size_t)at, "], \"songs\": [");
    for (int i = 0; i < songs; i++)
        at += snprintf(text + at, sizeof text - (size_t)at, "%s{\"track_id\": \"id%d\", \"must\": %s}", i > 0 ? "," : "", 17 * i,
                       i % 3 == 0 ? "true" : "false");
    snprintf(text + at, sizeof text - (size_t)at, "]}");
    return plan_of(text);
}

static size_t peak_of(const msched_catalog *catalog, const msched_plan *plan, uint64_t work_limit, msched_objective *objective)
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
        size_t little = peak_of(*state, plan, 300000, &few), much = peak_of(*state, plan, 3000000, &many);
        assert_int_equal(few.stop, MSCHED_STOP_WORK);
        assert_true(many.work > 4 * few.work);
        assert_true(much <= little && much <= 4 << 20);
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

static int warns(const msched_catalog *catalog, msched_plan *plan, const char *code, const char *part)
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
    assert_true(
        warns(*state,
              plan_of("{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"Work\", \"start\": \"9:00\", \"end\": \"12:30\"},"
                      "{\"title\": \"Lunch\", \"start\": \"12:00\", \"end\": \"13:00\"}]}"),
              "events_overlap", "12:00"));
    assert_false(
        warns(*state,
              plan_of("{\"date\": \"2026-11-24\", \"todos\": [{\"title\": \"Work\", \"start\": \"9:00\", \"end\": \"12:00\"},"
                      "{\"title\": \"Lunch\", \"start\": \"12:00\", \"end\": \"13:00\"}]}"),
              "events_overlap", ""));
    assert_true(
        warns(*state, plan_of("{\"date\": \"2026-11-24\", \"songs\": [{\"query\": \"Song 1\"}]}"), "ambiguous_song", "Song 1"));
    assert_int_equal(msched_plan_parse_text(&plan, NULL, "date: 2026-11-24\nCall mum\n", 26, NULL, NULL, NULL), MSCHED_OK);
    assert_true(warns(*state, plan, "default_duration", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typical_day_takes_less_than_a_mebibyte),
        cmocka_unit_test(memory_does_not_grow_with_the_work_allowed),
        cmocka_unit_test(a_wall_clock_limit_stops_the_search_and_is_told),
        cmocka_unit_test(overlaps_guesses_and_ambiguity_are_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
