/* A day filled to its end loses as few gaps as the lengths of the songs allow. */
#include "../../failing.h"
#include "../../testing.h"
#include "../catalog_of_lengths.h"

#include <musicsched/musicsched.h>

#define SONGS 600
#define DAY_S (16 * 3600)

static int32_t length_of(uint32_t song)
{
    return 90 + (int32_t)(song * 7919 % 311);
}

/* A day of music; `event` cuts it in two. */
static msched_plan *make_plan(int32_t gap_s, int event)
{
    msched_plan_builder *builder;
    msched_plan *plan;
    msched_day day;
    msched_listening listening;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-24";
    assert_int_equal(msched_plan_builder_create(&builder, &day, NULL, NULL), MSCHED_OK);
    msched_listening_init(&listening, sizeof listening);
    listening.gap_s = gap_s;
    listening.fill_s = DAY_S;
    assert_int_equal(msched_plan_builder_set_listening(builder, &listening, NULL), MSCHED_OK);
    if (event) {
        msched_todo todo;
        msched_todo_init(&todo, sizeof todo);
        todo.kind = MSCHED_TODO_EVENT;
        todo.title = "Meeting";
        todo.start_s = 12 * 3600;
        todo.end_s = 13 * 3600;
        assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    return plan;
}

/* Most seconds of songs in a time: by how many of the longest songs it takes to reach its end. */
static int64_t most_in(int32_t time, int32_t gap, uint32_t spans)
{
    int64_t sum = 0, lost = 0, best = 0;
    uint32_t of_length[401] = {0}, count = 0;
    for (uint32_t i = 0; i < SONGS; i++)
        of_length[length_of(i)]++;
    for (int32_t length = 400; length > 0; length--)
        for (uint32_t i = 0; i < of_length[length]; i++) {
            sum += length;
            lost = ++count > spans ? (int64_t)(count - spans) * gap : 0;
            int64_t fits = sum < time - lost ? sum : time - lost;
            best = fits > best ? fits : best;
        }
    return best;
}

/* Songs by start: each at least a gap after the one before, and none twice. */
static int64_t check_songs(const msched_schedule *schedule, int32_t gap)
{
    int32_t free_from = 0;
    int64_t seconds = 0;
    uint8_t played[SONGS] = {0};
    for (uint32_t i = 0; i < msched_schedule_entry_count(schedule); i++) {
        msched_schedule_entry entry = {.struct_size = sizeof entry};
        assert_int_equal(msched_schedule_get_entry(schedule, i, &entry), MSCHED_OK);
        if (entry.kind == MSCHED_ENTRY_TODO) {
            free_from = entry.end_s;
            continue;
        }
        assert_true(entry.start_s >= free_from && !played[entry.track]);
        played[entry.track] = 1;
        free_from = entry.end_s + gap;
        seconds += entry.end_s - entry.start_s;
    }
    return seconds;
}

static void a_full_day_loses_the_fewest_gaps(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_lengths(SONGS, length_of);
    for (int32_t gap = 1; gap <= 10; gap++)
        for (int event = 0; event < 2; event++) {
            msched_plan *plan = make_plan(gap, event);
            msched_schedule *schedule;
            msched_objective got = {.struct_size = sizeof got};
            assert_int_equal(msched_schedule_build(&schedule, catalog, plan, NULL, NULL),
                             MSCHED_OK);
            msched_schedule_get_objective(schedule, &got);
            int64_t most = most_in(DAY_S - event * 3600, gap, 1 + (uint32_t)event);
            assert_int_equal(got.bound[MSCHED_LEVEL_FILL_S], most);
            /* each interval has its own number of songs, of which one may be a song more */
            assert_true(got.value[MSCHED_LEVEL_FILL_S] >= most - event * gap);
            if (!event)
                assert_int_equal(got.status, MSCHED_STATUS_OPTIMAL);
            assert_int_equal(check_songs(schedule, gap), got.value[MSCHED_LEVEL_FILL_S]);
            msched_schedule_unref(schedule);
            msched_plan_unref(plan);
        }
    msched_catalog_unref(catalog);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    msched_catalog *catalog = catalog_of_lengths(SONGS, length_of);
    msched_plan *plan = make_plan(2, 0);
    for (failing memory = {0}; fail_next(&memory);) {
        msched_allocator allocator = failing_allocator(&memory);
        msched_schedule_options options;
        msched_schedule *schedule = NULL;
        msched_schedule_options_init(&options, sizeof options);
        options.allocator = &allocator;
        msched_result result = msched_schedule_build(&schedule, catalog, plan, &options, NULL);
        assert_true(result == MSCHED_ERROR_MEMORY ||
                    (result == MSCHED_OK && memory.count < memory.fail_at));
        msched_schedule_unref(schedule);
    }
    msched_plan_unref(plan);
    msched_catalog_unref(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_day_loses_the_fewest_gaps),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
