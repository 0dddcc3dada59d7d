/*
 * Schedules as JSON, text and iCalendar, from results put together here. The expected bytes are the
 * files in tests/schedule/golden; with MUSICSCHED_WRITE_GOLDEN set they are written instead of
 * compared.
 */
#include "../failing.h"
#include "../testing.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "schedule/output/schedule.h"
#include "schedule/output/schedule_clock.h"
#include "time/zone.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array)             ((uint32_t)(sizeof(array) / sizeof((array)[0])))
#define AT(hour, minute, second) ((hour)*3600 + (minute)*60 + (second))

static const char *directory(const char *variable)
{
    const char *dir = getenv(variable);
    assert_non_null(dir);
    return dir;
}

static void compare_golden(const char *name, msched_text *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory("MUSICSCHED_TEST_GOLDEN"), name);
    if (getenv("MUSICSCHED_WRITE_GOLDEN") != NULL) {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(msched_text_data(text), 1, msched_text_size(text), file),
                         msched_text_size(text));
        assert_int_equal(fclose(file), 0);
        return;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is missing", path);
    static char expected[65536];
    size_t size = fread(expected, 1, sizeof expected - 1, file);
    fclose(file);
    expected[size] = '\0';
    assert_string_equal(msched_text_data(text), expected);
    assert_int_equal(msched_text_size(text), size);
}

static msched_schedule_entry todo(const char *id, const char *title, int32_t start, int32_t end,
                                  uint32_t fixed, uint32_t piece)
{
    return (msched_schedule_entry){.kind = MSCHED_ENTRY_TODO,
                                   .id = id,
                                   .title = title,
                                   .artist = "",
                                   .during = "",
                                   .start_s = start,
                                   .end_s = end,
                                   .fixed = fixed,
                                   .piece = piece,
                                   .identity = id,
                                   .wanted = UINT32_MAX,
                                   .track = UINT32_MAX};
}

static msched_schedule_entry song(const char *id, const char *title, const char *artist,
                                  int32_t start, int32_t length, const char *during,
                                  uint32_t wanted)
{
    return (msched_schedule_entry){.kind = MSCHED_ENTRY_SONG,
                                   .id = id,
                                   .title = title,
                                   .artist = artist,
                                   .during = during,
                                   .start_s = start,
                                   .end_s = start + length,
                                   .todo = UINT32_MAX,
                                   .identity = wanted == UINT32_MAX ? "" : id,
                                   .wanted = wanted,
                                   .popularity = 97};
}

/* Entries are given as times of the clock; events end then, tasks and songs keep their length. */
static msched_schedule *make(const char *date, const char *zone, msched_schedule_entry *entries,
                             uint32_t count, const msched_allocator *allocator)
{
    msched_schedule *s = msched__schedule_create(allocator);
    assert_non_null(s);
    memcpy(s->date, date, 11);
    s->timezone = zone;
    s->entries = entries;
    s->entry_count = count;
    msched__date day;
    msched_allocator own = msched__allocator_copy(NULL);
    assert_true(msched__date_parse(date, 10, &day));
    msched__axis_load(&s->axis, directory("MUSICSCHED_TEST_ZONEINFO"), zone,
                      msched__date_to_days(day), AT(38, 0, 0), &own);
    for (uint32_t i = 0; i < count; i++) {
        int32_t length = entries[i].end_s - entries[i].start_s;
        entries[i].start_utc = entries[i].end_utc = MSCHED_NO_UTC;
        entries[i].start_s = msched__axis_real(&s->axis, entries[i].start_s);
        entries[i].end_s = entries[i].fixed ? msched__axis_real(&s->axis, entries[i].end_s) : 0;
        if (entries[i].end_s <= entries[i].start_s)
            entries[i].end_s = entries[i].start_s + length;
    }
    msched__schedule_sort_entries(s);
    msched__schedule_show_clock(s);
    return s;
}

static const char *const rivals[] = {"work", "gym"};
static const char *const candidates[] = {"0nbXyq5TXYPCO7pr3N8S4I", "2XU0oxnq2qxCpomAAuJY8K"};

/* One of everything that a schedule can hold. */
static msched_schedule *full_day(const msched_allocator *allocator)
{
    static msched_schedule_entry entries[8];
    entries[0] = song("0nbXyq5TXYPCO7pr3N8S4I", "The Box \u2014 \"live\"", "Roddy Ricch",
                      AT(17, 15, 0), 197, "gym", 1);
    entries[1] = todo("work", "Work, office; \\room 2", AT(9, 0, 0), AT(17, 0, 0), 1, 0);
    entries[2] = todo("gym", "Gym", AT(17, 10, 0), AT(18, 10, 0), 0, 0);
    entries[3] = todo("report", "Report", AT(7, 0, 0), AT(7, 45, 0), 0, 1);
    entries[4] = todo("report", "Report", AT(18, 15, 0), AT(19, 0, 0), 0, 2);
    entries[5] = song("2XU0oxnq2qxCpomAAuJY8K", "Dance Monkey", "Tones and I", AT(20, 0, 0), 210,
                      "", 0);
    entries[6] = song("2XU0oxnq2qxCpomAAuJY8K", "Dance Monkey", "Tones and I", AT(24, 5, 0), 210,
                      "", UINT32_MAX);
    entries[7] = todo("night", "Night\x1b[31m train", AT(23, 30, 0), AT(25, 30, 0), 1, 0);
    msched_schedule *s = make("2026-11-24", "America/New_York", entries, COUNT(entries), allocator);
    static msched_unplaced unplaced[] = {
        {.kind = MSCHED_UNPLACED_TODO,
         .id = "nap",
         .title = "Nap",
         .todo = 4,
         .wanted = UINT32_MAX,
         .reason = MSCHED_REASON_NO_GAP,
         .text = "needs 45 min before 17:00; the longest free slot is 30 min",
         .needed_s = 2700,
         .available_s = 1800,
         .window_start_s = AT(9, 0, 0),
         .window_end_s = AT(17, 0, 0),
         .fix = MSCHED_FIX_SHORTER,
         .fix_s = 900,
         .fix_id = "",
         .fix_text = "make it 15 min shorter",
         .rival_count = 2,
         .rivals = rivals},
        {.kind = MSCHED_UNPLACED_TODO,
         .id = "call",
         .title = "Call",
         .todo = 5,
         .wanted = UINT32_MAX,
         .reason = MSCHED_REASON_OVERBOOKED,
         .text = "fits alone, but not together with Gym",
         .needed_s = 600,
         .fix = MSCHED_FIX_DROP,
         .fix_id = "gym",
         .fix_text = "leave out Gym"},
        {.kind = MSCHED_UNPLACED_SONG,
         .id = "",
         .title = "Dance Monky",
         .todo = UINT32_MAX,
         .wanted = 2,
         .plays = 2,
         .reason = MSCHED_REASON_UNKNOWN_SONG,
         .text = "no such song",
         .fix = MSCHED_FIX_CHOOSE,
         .fix_id = "",
         .fix_text = "take one of the candidates",
         .candidate_count = 2,
         .candidates = candidates},
        {.kind = MSCHED_UNPLACED_FILL,
         .id = "",
         .title = "",
         .todo = UINT32_MAX,
         .wanted = UINT32_MAX,
         .reason = MSCHED_REASON_FILL_SHORT,
         .text = "58 min of 60 min",
         .fix_id = "",
         .fix_text = ""},
    };
    s->unplaced = unplaced;
    s->unplaced_count = COUNT(unplaced);
    static msched_overload overloads[] = {{.start_s = AT(17, 0, 0),
                                           .end_s = AT(19, 0, 0),
                                           .demand_s = 8100,
                                           .capacity_s = 7200,
                                           .members = rivals,
                                           .member_count = 2}};
    s->overloads = overloads;
    s->overload_count = 1;
    static msched_warning warnings[] = {
        {.code = "events_overlap", .message = "Work and Lunch overlap from 12:00 to 12:30"}};
    s->warnings = warnings;
    s->warning_count = 1;
    s->objective.status = MSCHED_STATUS_FEASIBLE;
    s->objective.stop = MSCHED_STOP_WORK;
    s->objective.proved_levels = 2;
    const int64_t value[MSCHED_LEVEL_COUNT] = {2, 0, 1, 0, 0, 395, 210},
                  bound[MSCHED_LEVEL_COUNT] = {2, 0, 2, 0, 0, 500, 3600};
    memcpy(s->objective.value, value, sizeof value);
    memcpy(s->objective.bound, bound, sizeof bound);
    s->objective.work = 200000;
    s->objective.moved = 1;
    s->objective.preference = 0.1;
    s->objective.repeats_s = 1;
    s->objective.breaks_s = 2;
    s->objective.pauses_s = 3;
    s->objective.longest_run_s = 4;
    s->objective.usual_s = 8;
    s->objective.spread_s = 5;
    s->objective.mood_s = 6;
    s->objective.silence_s = 7;
    return s;
}

static msched_ical_options ical_options(void)
{
    msched_ical_options options;
    msched_ical_options_init(&options, sizeof options);
    options.zoneinfo_dir = directory("MUSICSCHED_TEST_ZONEINFO");
    return options;
}

static void compare_all(const char *name, const msched_schedule *s)
{
    char file[128];
    msched_text *text;
    msched_error err = {0};
    msched_ical_options options = ical_options();
    assert_int_equal(msched_schedule_to_ical(s, &text, &options, &err), MSCHED_OK);
    snprintf(file, sizeof file, "%s.ics", name);
    compare_golden(file, text);
    msched_text_unref(text);
    assert_int_equal(msched_schedule_to_text(s, &text, &err), MSCHED_OK);
    snprintf(file, sizeof file, "%s.txt", name);
    compare_golden(file, text);
    msched_text_unref(text);
}

static void writes_a_full_day(void **state)
{
    (void)state;
    msched_schedule *s = full_day(NULL);
    msched_text *text;
    assert_int_equal(msched_schedule_to_json(s, &text, NULL), MSCHED_OK);
    compare_golden("full.json", text);
    msched_text_unref(text);
    compare_all("full", s);
    s->timezone = "";
    s->axis.count = 0;
    for (uint32_t i = 0; i < s->entry_count; i++)
        s->entries[i].start_utc = s->entries[i].end_utc = MSCHED_NO_UTC;
    compare_all("floating", s);
    msched_schedule_unref(s);
}

static void writes_an_empty_day(void **state)
{
    (void)state;
    msched_schedule *s = make("2026-02-28", "", NULL, 0, NULL);
    msched_text *text;
    assert_int_equal(msched_schedule_to_json(s, &text, NULL), MSCHED_OK);
    compare_golden("empty.json", text);
    msched_text_unref(text);
    compare_all("empty", s);
    msched_schedule_unref(s);
}

/* Items before, in, across and after the hour that is lost or comes twice. */
static void writes_days_of_clock_changes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *date, *zone;
    } days[] = {
        {"new-york-spring", "2026-03-08", "America/New_York"},
        {"new-york-autumn", "2026-11-01", "America/New_York"},
        {"berlin-spring", "2026-03-29", "Europe/Berlin"},
        {"berlin-autumn", "2026-10-25", "Europe/Berlin"},
        {"lord-howe-spring", "2026-10-04", "Australia/Lord_Howe"},
        {"lord-howe-autumn", "2026-04-05", "Australia/Lord_Howe"},
    };
    for (size_t i = 0; i < COUNT(days); i++) {
        msched_schedule_entry entries[] = {
            todo("before", "Before", AT(0, 30, 0), AT(0, 45, 0), 1, 0),
            todo("night", "Night shift", AT(0, 45, 0), AT(5, 0, 0), 1, 0),
            song("0nbXyq5TXYPCO7pr3N8S4I", "The Box", "Roddy Ricch", AT(1, 58, 0), 197, "night", 0),
            todo("inside", "Inside", AT(2, 5, 0), AT(2, 15, 0), 0, 0),
            song("2XU0oxnq2qxCpomAAuJY8K", "Dance Monkey", "Tones and I", AT(2, 28, 0), 210, "", 1),
            todo("across", "Across", AT(2, 20, 0), AT(3, 20, 0), 0, 0),
            todo("ends-inside", "Ends inside", AT(1, 0, 0), AT(2, 25, 0), 1, 0),
            todo("begins-inside", "Begins inside", AT(2, 10, 0), AT(3, 0, 0), 1, 0),
            todo("after", "After", AT(8, 0, 0), AT(9, 0, 0), 1, 0),
            todo("next-day", "Next day", AT(24, 30, 0), AT(26, 0, 0), 1, 0),
        };
        msched_schedule *s = make(days[i].date, days[i].zone, entries, COUNT(entries), NULL);
        compare_all(days[i].name, s);
        msched_schedule_unref(s);
    }
}

/* A song that begins before the clocks go back ends at an earlier time of the clock. */
static void counts_real_seconds_of_music(void **state)
{
    (void)state;
    msched_schedule_entry entries[] = {
        song("0nbXyq5TXYPCO7pr3N8S4I", "The Box", "Roddy Ricch", AT(2, 56, 0), 600, "", UINT32_MAX),
    };
    msched_schedule *s = make("2026-10-25", "Europe/Berlin", entries, COUNT(entries), NULL);
    msched_text *text;
    assert_int_equal(msched_schedule_to_text(s, &text, NULL), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(text), "02:56-02:06 (second)"));
    assert_non_null(strstr(msched_text_data(text), "1 more song (10 min)"));
    msched_text_unref(text);
    msched_schedule_unref(s);
}

static uint32_t occurrences(const char *text, const char *what)
{
    uint32_t count = 0;
    for (const char *p = text; (p = strstr(p, what)) != NULL; p++)
        count++;
    return count;
}

static void ical_takes_its_options(void **state)
{
    (void)state;
    msched_schedule *s = full_day(NULL);
    msched_ical_options options = ical_options();
    msched_error err = {0};
    msched_text *text;
    static const uint32_t events[] = {8, 5, 3};
    for (uint32_t songs = 0; songs < 3; songs++) {
        options.songs = songs;
        assert_int_equal(msched_schedule_to_ical(s, &text, &options, &err), MSCHED_OK);
        assert_int_equal(occurrences(msched_text_data(text), "BEGIN:VEVENT"), events[songs]);
        msched_text_unref(text);
    }
    options.timestamp = "20260102T030405Z";
    assert_int_equal(msched_schedule_to_ical(s, &text, &options, &err), MSCHED_OK);
    assert_int_equal(occurrences(msched_text_data(text), "DTSTAMP:20260102T030405Z\r\n"), 3);
    msched_text_unref(text);
    static const char *const bad[] = {"", "20260102T030405", "20260132T030405Z", "20260102T250000Z",
                                      "2026-01-02T03:04Z"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        options.timestamp = bad[i];
        assert_int_equal(msched_schedule_to_ical(s, &text, &options, &err), MSCHED_ERROR_ARGUMENT);
        assert_null(text);
    }
    options.timestamp = NULL;
    options.songs = 3;
    assert_int_equal(msched_schedule_to_ical(s, &text, &options, &err), MSCHED_ERROR_ARGUMENT);
    options.songs = 0;
    s->timezone = "Mars/Olympus";
    assert_int_equal(msched_schedule_to_ical(s, &text, &options, &err), MSCHED_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "Mars/Olympus"));
    /* Text tells the times all the same. */
    assert_int_equal(msched_schedule_to_text(s, &text, &err), MSCHED_OK);
    assert_non_null(strstr(msched_text_data(text), "09:00:00-17:00:00"));
    msched_text_unref(text);
    msched_schedule_unref(s);
}

static void getters_copy_and_check(void **state)
{
    (void)state;
    msched_schedule *s = full_day(NULL);
    assert_int_equal(msched_schedule_entry_count(s), 8);
    assert_int_equal(msched_schedule_unplaced_count(s), 4);
    assert_int_equal(msched_schedule_overload_count(s), 1);
    assert_int_equal(msched_schedule_warning_count(s), 1);
    msched_schedule_entry entry = {.struct_size = sizeof entry};
    assert_int_equal(msched_schedule_get_entry(s, 0, &entry), MSCHED_OK);
    assert_string_equal(entry.id, "report");
    assert_int_equal(entry.struct_size, sizeof entry);
    assert_int_equal(msched_schedule_get_entry(s, 8, &entry), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_get_entry(NULL, 0, &entry), MSCHED_ERROR_ARGUMENT);
    msched_unplaced unplaced = {.struct_size = sizeof unplaced};
    assert_int_equal(msched_schedule_get_unplaced(s, 2, &unplaced), MSCHED_OK);
    assert_int_equal(unplaced.plays, 2);
    assert_int_equal(msched_schedule_get_unplaced(s, 4, &unplaced), MSCHED_ERROR_ARGUMENT);
    msched_overload overload = {.struct_size = sizeof overload};
    assert_int_equal(msched_schedule_get_overload(s, 0, &overload), MSCHED_OK);
    assert_true(overload.demand_s > overload.capacity_s);
    assert_int_equal(msched_schedule_get_overload(s, 1, &overload), MSCHED_ERROR_ARGUMENT);
    msched_warning warning = {.struct_size = sizeof warning};
    assert_int_equal(msched_schedule_get_warning(s, 0, &warning), MSCHED_OK);
    assert_string_equal(warning.code, "events_overlap");
    assert_int_equal(msched_schedule_get_warning(s, 1, &warning), MSCHED_ERROR_ARGUMENT);
    msched_objective objective = {.struct_size = 8};
    /* an older caller's shorter struct */
    assert_int_equal(msched_schedule_get_objective(s, &objective), MSCHED_OK);
    assert_int_equal(objective.work, 0);
    objective.struct_size = sizeof objective;
    assert_int_equal(msched_schedule_get_objective(s, &objective), MSCHED_OK);
    assert_int_equal(objective.work, 200000);
    assert_string_equal(msched_schedule_date(s), "2026-11-24");
    assert_string_equal(msched_schedule_timezone(s), "America/New_York");
    assert_string_equal(msched_reason_name(MSCHED_REASON_NO_GAP), "no_gap");
    assert_string_equal(msched_reason_name(MSCHED_REASON_STOPPED), "stopped");
    assert_null(msched_reason_name(MSCHED_REASON_UNKNOWN_LENGTH + 1));
    assert_ptr_equal(msched_schedule_ref(s), s);
    msched_schedule_unref(s);
    msched_schedule_unref(s);
    msched_schedule_unref(NULL);
}

static void outputs_survive_a_failed_allocation(void **state)
{
    (void)state;
    for (int kind = 0; kind < 3; kind++) {
        int failed_once = 1;
        for (long n = 1; failed_once; n++) {
            failing memory = {0};
            msched_allocator allocator = failing_allocator(&memory);
            msched_schedule *s = full_day(&allocator);
            msched_ical_options options = ical_options();
            options.allocator = &allocator;
            msched_text *text = NULL;
            msched_error err = {0};
            memory.fail_at = memory.count + n;
            msched_result result = kind == 0   ? msched_schedule_to_json(s, &text, &err)
                                   : kind == 1 ? msched_schedule_to_text(s, &text, &err)
                                               : msched_schedule_to_ical(s, &text, &options, &err);
            failed_once = memory.count >= memory.fail_at;
            assert_true(result == MSCHED_OK ||
                        (result == MSCHED_ERROR_MEMORY && text == NULL && err.code == result));
            assert_true(failed_once || result == MSCHED_OK);
            msched_text_unref(text);
            msched_schedule_unref(s);
            assert_int_equal(memory.live, 0);
        }
    }
    failing memory = {.fail_at = 1};
    msched_allocator allocator = failing_allocator(&memory);
    assert_null(msched__schedule_create(&allocator));
}

static void null_arguments_are_refused(void **state)
{
    (void)state;
    msched_text *text;
    msched_schedule *s = make("2026-02-28", "", NULL, 0, NULL);
    assert_int_equal(msched_schedule_to_json(NULL, &text, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_to_json(s, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_to_text(NULL, &text, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_to_text(s, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_to_ical(NULL, &text, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_schedule_to_ical(s, NULL, NULL, NULL), MSCHED_ERROR_ARGUMENT);
    msched_schedule_unref(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_a_full_day),
        cmocka_unit_test(writes_an_empty_day),
        cmocka_unit_test(writes_days_of_clock_changes),
        cmocka_unit_test(counts_real_seconds_of_music),
        cmocka_unit_test(ical_takes_its_options),
        cmocka_unit_test(getters_copy_and_check),
        cmocka_unit_test(outputs_survive_a_failed_allocation),
        cmocka_unit_test(null_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
