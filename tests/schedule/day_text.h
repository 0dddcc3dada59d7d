/*
 * tests/schedule/day_text.h: days written as plan text, solved with a catalog of 60 songs of three
 * minutes each, "song 0" to "song 59", all by other artists.
 */
#ifndef TESTS_DAY_TEXT_H
#define TESTS_DAY_TEXT_H

#include "../failing.h"
#include "../testing.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <string.h>

#define DAY_SONGS  60
#define DAY_SONG_S 180

/* With `differ`, the songs have other tempos, energies and keys, so that their order matters. */
static inline msched_catalog *day_catalog_of(int differ)
{
    msched_catalog_builder *builder = NULL;
    msched_catalog *catalog = NULL;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < DAY_SONGS; i++) {
        char id[20], title[20], artist[20];
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        snprintf(id, sizeof id, "track%u", (unsigned)i);
        snprintf(title, sizeof title, "Song %u", (unsigned)i);
        snprintf(artist, sizeof artist, "Artist %u", (unsigned)i);
        row.track_id = id;
        row.track_name = title;
        row.track_artist = artist;
        row.popularity = 50;
        row.duration_ms = DAY_SONG_S * 1000;
        if (differ) {
            row.feature[MSCHED_FEATURE_TEMPO] = 70 + i * 37 % DAY_SONGS * 2;
            row.feature[MSCHED_FEATURE_ENERGY] = i * 23 % DAY_SONGS / (double)DAY_SONGS;
            row.feature[MSCHED_FEATURE_KEY] = i * 7 % 12;
            row.feature[MSCHED_FEATURE_MODE] = i % 2;
        }
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

static inline msched_catalog *day_catalog(void)
{
    return day_catalog_of(0);
}

static inline msched_plan *day_plan(const msched_catalog *catalog, const char *text)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    msched_plan_text_options options;
    msched_plan_text_options_init(&options, sizeof options);
    options.default_date = "2026-11-24";
    if (msched_plan_parse_text(&plan, NULL, text, strlen(text), catalog, &options, &err) !=
        MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

/* A text solved with level 8 (`wished`) or without. */
static inline msched_schedule *day_solve(const msched_catalog *catalog, const char *text,
                                         int wished)
{
    msched_schedule *schedule = NULL;
    msched_schedule_options options;
    msched_schedule_options_init(&options, sizeof options);
    options.no_order = !wished;
    msched_plan *plan = day_plan(catalog, text);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, &options, NULL), MSCHED_OK);
    msched_plan_unref(plan);
    return schedule;
}

static inline msched_objective day_objective(const msched_schedule *schedule)
{
    msched_objective objective = {.struct_size = sizeof objective};
    assert_int_equal(msched_schedule_get_objective(schedule, &objective), MSCHED_OK);
    return objective;
}

/* "work 09:00-17:00, track1 17:00-17:03": all entries in order of time. */
static inline void day_describe(const msched_schedule *schedule, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule) && used < size; i++) {
        msched_schedule_entry e = {.struct_size = sizeof e};
        msched_schedule_get_entry(schedule, i, &e);
        used += (size_t)snprintf(out + used, size - used, "%s%s %02d:%02d-%02d:%02d",
                                 i > 0 ? ", " : "", e.id, (int)e.start_s / 3600,
                                 (int)e.start_s / 60 % 60, (int)e.end_s / 3600,
                                 (int)e.end_s / 60 % 60);
    }
}

/* Solve a text and compare the day. */
static inline void day_check(const msched_catalog *catalog, const char *text, const char *wanted)
{
    char found[4000];
    msched_schedule *schedule = day_solve(catalog, text, 1);
    day_describe(schedule, found, sizeof found);
    assert_string_equal(found, wanted);
    msched_schedule_unref(schedule);
}

/* Level 8 costs no level before it. */
static inline void day_loses_nothing(const msched_catalog *catalog, const char *text)
{
    msched_schedule *with = day_solve(catalog, text, 1), *without = day_solve(catalog, text, 0);
    const msched_objective a = day_objective(with), b = day_objective(without);
    for (int level = 0; level < MSCHED_LEVEL_COUNT; level++)
        assert_int_equal(a.value[level], b.value[level]);
    msched_schedule_unref(without);
    msched_schedule_unref(with);
}

/* Make each allocation of a day fail once. */
static inline void day_survives(const msched_catalog *catalog, const char *text)
{
    msched_result result = MSCHED_ERROR_MEMORY;
    msched_plan *plan = day_plan(catalog, text);
    for (long n = 1; result == MSCHED_ERROR_MEMORY; n++) {
        failing memory = {.fail_at = n};
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule *schedule = NULL;
        msched_schedule_options options;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        result = msched_schedule_build(&schedule, catalog, plan, &options, NULL);
        msched_schedule_unref(schedule);
        assert_int_equal(memory.live, 0);
    }
    assert_int_equal(result, MSCHED_OK);
    msched_plan_unref(plan);
}

#endif
