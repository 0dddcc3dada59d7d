/*
 * Days that ask for more than they hold: must plays come before lesser tasks, and however little
 * work is allowed no day is worse than tasks put in one by one.
 */
#include "../failing.h"
#include "../testing.h"
#include "base/hash.h"
#include "catalog_of_lengths.h"

#include <musicsched/musicsched.h>

#include <stdio.h>
#include <stdlib.h>

#define CHORES  32
#define CHORE_S 1800
#define SONGS   200
#define MANY    600
#define DAY_S   (16 * 3600)

static int32_t song_length(uint32_t i)
{
    return 150 + (int32_t)(i * 37 % 90);
}

static msched_plan_builder *begin_day(void)
{
    msched_plan_builder *builder;
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-24";
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    return builder;
}

/* Chores of half an hour for the whole day, and must plays. */
static msched_plan *chores_and_musts(uint32_t musts)
{
    msched_plan *plan;
    msched_plan_builder *builder = begin_day();
    for (uint32_t i = 0; i < CHORES; i++) {
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        todo.title = "Chore";
        todo.duration_s = CHORE_S;
        todo.priority = 4;
        assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    }
    for (uint32_t i = 0; i < musts; i++) {
        char id[16];
        msched_song song;
        snprintf(id, sizeof id, "track%u", i);
        msched_song_init(&song, sizeof song);
        song.track_id = id;
        song.must = 1;
        assert_int_equal(msched_plan_builder_add_song(builder, &song, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    return plan;
}

static void must_plays_come_before_lesser_tasks(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_lengths(SONGS, song_length);
    int32_t listened = 0;
    for (uint32_t musts = 0; musts <= SONGS; musts++) {
        if (musts % 40 == 0) {
            msched_plan *plan = chores_and_musts(musts);
            msched_schedule *schedule;
            msched_objective got = {.struct_size = sizeof got};
            assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL),
                             MSCHED_OK);
            msched_schedule_get_objective(schedule, &got);
            assert_int_equal(got.value[MSCHED_LEVEL_MUST_SONGS], musts);
            assert_int_equal(got.value[MSCHED_LEVEL_TASKS_4], (DAY_S - listened) / CHORE_S);
            assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
            msched_schedule_unref(schedule);
            msched_plan_unref(plan);
        }
        listened += song_length(musts);
    }
    msched_catalog_unref(catalog);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_lengths(SONGS, song_length);
    msched_plan *plan = chores_and_musts(20);
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule *schedule = NULL;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        options.work_limit = 3000;
        options.no_reasons = 1;
        msched_result result = msched_schedule_build(&schedule, catalog, plan, &options, NULL);
        assert_true(result == MSCHED_ERROR_MEMORY ||
                    (result == MSCHED_OK && memory.count < memory.fail_at));
        msched_schedule_unref(schedule);
    }
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

typedef struct chore {
    int32_t earliest, latest, length;
    uint32_t priority;
} chore;

static void draw_chores(chore *all, uint64_t seed)
{
    for (uint32_t i = 0; i < MANY; i++) {
        uint64_t x = msched__hash_mix(seed * MANY + i);
        chore *c = &all[i];
        c->length = 20 + (int32_t)(x % 150);
        int32_t window = c->length * (2 + (int32_t)(x >> 8 & 31));
        c->earliest = 7 * 3600 + (int32_t)((x >> 16) % (uint64_t)(DAY_S - window));
        c->latest = c->earliest + window;
        c->priority = 1 + (uint32_t)(x >> 56 & 3);
    }
}

static int by_importance(const void *x, const void *y)
{
    const chore *a = x, *b = y;
    return a->priority != b->priority ? (a->priority < b->priority ? -1 : 1)
                                      : (a->latest > b->latest) - (a->latest < b->latest);
}

/* Chores that stand, by start: each is put where it fits first. Returns 1 where it fits. */
static int put_in(msched_todo *stand, uint32_t count, const chore *c)
{
    int32_t start = c->earliest;
    uint32_t at = 0;
    while (at < count && stand[at].start_s < start + c->length) {
        start = stand[at].end_s > start ? stand[at].end_s : start;
        at++;
    }
    if (start + c->length > c->latest)
        return 0;
    for (uint32_t i = count; i > at; i--)
        stand[i] = stand[i - 1];
    stand[at].start_s = start;
    stand[at].end_s = start + c->length;
    return 1;
}

static msched_plan *plan_of(const chore *all)
{
    msched_plan *plan;
    msched_plan_builder *builder = begin_day();
    for (uint32_t i = 0; i < MANY; i++) {
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        todo.title = "Chore";
        todo.duration_s = all[i].length;
        todo.earliest_s = all[i].earliest;
        todo.latest_s = all[i].latest;
        todo.priority = all[i].priority;
        assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    return plan;
}

static void little_work_is_no_worse_than_putting_in_one_by_one(void **state)
{
    static const int levels[] = {MSCHED_LEVEL_TASKS_1, MSCHED_LEVEL_TASKS_2, MSCHED_LEVEL_TASKS_3,
                                 MSCHED_LEVEL_TASKS_4};
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        static chore all[MANY];
        static msched_todo stand[MANY];
        int64_t greedy[4] = {0};
        uint32_t count = 0;
        draw_chores(all, seed);
        msched_plan *plan = plan_of(all);
        qsort(all, MANY, sizeof *all, by_importance);
        for (uint32_t i = 0; i < MANY; i++)
            if (put_in(stand, count, &all[i])) {
                greedy[all[i].priority - 1]++;
                count++;
            }
        for (uint64_t work = 1; work <= 1000000; work *= 1000) {
            msched_schedule_options options;
            msched_schedule *schedule;
            msched_objective got = {.struct_size = sizeof got};
            msched_schedule_options_init(&options, sizeof options);
            options.work_limit = work;
            options.no_reasons = 1;
            assert_int_equal(msched_schedule_build(&schedule, NULL, plan, &options, NULL),
                             MSCHED_OK);
            msched_schedule_get_objective(schedule, &got);
            int better = 0;
            for (int p = 0; p < 4 && better == 0; p++)
                better = (got.value[levels[p]] > greedy[p]) - (got.value[levels[p]] < greedy[p]);
            assert_true(better >= 0);
            msched_schedule_unref(schedule);
        }
        msched_plan_unref(plan);
    }
}

#define ARTISTS   5
#define OF_ARTIST 12
#define APART_S   3600
#define LISTEN_S  (4 * 3600)

static int32_t length_of(uint32_t artist, uint32_t song)
{
    return 150 + (int32_t)((artist * 71 + song * 53) % 400);
}

static msched_catalog *few_artists(void)
{
    msched_catalog_builder *builder;
    msched_catalog *catalog;
    assert_int_equal(msched_catalog_builder_create(&builder, NULL, NULL), MSCHED_OK);
    for (uint32_t i = 0; i < ARTISTS * OF_ARTIST; i++) {
        char id[16], artist[16];
        snprintf(id, sizeof id, "track%u", i);
        snprintf(artist, sizeof artist, "artist%u", i / OF_ARTIST);
        msched_catalog_row row;
        msched_catalog_row_init(&row, sizeof row);
        row.track_id = row.track_name = id;
        row.track_artist = artist;
        row.genre = "pop";
        row.popularity = (int32_t)(100 - i);
        row.duration_ms = (uint32_t)length_of(i / OF_ARTIST, i % OF_ARTIST) * 1000;
        assert_int_equal(msched_catalog_builder_add(builder, &row, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_catalog_builder_finish(&catalog, builder, NULL), MSCHED_OK);
    return catalog;
}

/* Again and again the longest song that fits, by the artists who may play first. */
static int32_t longest_first(void)
{
    int32_t free_at[ARTISTS] = {0}, time = 0, total = 0;
    uint8_t used[ARTISTS][OF_ARTIST] = {{0}};
    for (;;) {
        int32_t start = INT32_MAX, longest = 0;
        uint32_t who = 0, what = 0;
        for (uint32_t a = 0; a < ARTISTS; a++)
            for (uint32_t k = 0; k < OF_ARTIST; k++) {
                int32_t at = free_at[a] > time ? free_at[a] : time, length = length_of(a, k);
                if (used[a][k] || at + length > LISTEN_S || at > start ||
                    (at == start && length <= longest))
                    continue;
                start = at;
                longest = length;
                who = a;
                what = k;
            }
        if (start == INT32_MAX)
            return total;
        used[who][what] = 1;
        total += longest;
        time = start + longest;
        free_at[who] = time + APART_S;
    }
}

static void fill_with_artists_apart_is_as_long_as_longest_first(void **state)
{
    (void)state;
    msched_catalog *catalog = few_artists();
    msched_plan_builder *builder;
    msched_plan *plan;
    msched_schedule *schedule;
    msched_day day;
    msched_listening listening;
    msched_objective got = {.struct_size = sizeof got};
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-24";
    day.start_s = 8 * 3600;
    day.end_s = day.start_s + LISTEN_S;
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    msched_listening_init(&listening, sizeof listening);
    listening.artist_separation_s = APART_S;
    listening.fill_s = LISTEN_S;
    assert_int_equal(msched_plan_builder_set_listening(builder, &listening, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL), MSCHED_OK);
    msched_schedule_get_objective(schedule, &got);
    assert_true(got.value[MSCHED_LEVEL_FILL_S] >= longest_first());
    msched_schedule_unref(schedule);
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(must_plays_come_before_lesser_tasks),
        cmocka_unit_test(little_work_is_no_worse_than_putting_in_one_by_one),
        cmocka_unit_test(fill_with_artists_apart_is_as_long_as_longest_first),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
