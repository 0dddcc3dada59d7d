#include "../testing.h"

#include "plan/plan_data.h"

#include "../failing.h"

#include <stdio.h>

static msched_plan_builder *begin(const msched_allocator *allocator)
{
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-24";
    day.timezone = "Europe/Berlin";
    msched_plan_builder *builder = NULL;
    assert_int_equal(msched_plan_builder_create(&builder, &day, allocator, NULL), MSCHED_OK);
    return builder;
}

static msched_todo task(const char *id, int32_t duration_s)
{
    msched_todo todo;
    msched_todo_init(&todo, sizeof todo);
    todo.id = id;
    todo.title = "Something";
    todo.duration_s = duration_s;
    return todo;
}

static void test_defaults(void **state)
{
    (void)state;
    msched_plan_builder *builder = begin(NULL);
    msched_todo todo = task(NULL, 600), got = {.struct_size = sizeof got};
    assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    msched_song song, song_got = {.struct_size = sizeof song_got};
    msched_song_init(&song, sizeof song);
    song.query = "Dance Monkey";
    song.between_start_s = 64800;
    song.during = "something";
    assert_int_equal(msched_plan_builder_add_song(builder, &song, NULL), MSCHED_OK);
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_get_todo(plan, 0, &got), MSCHED_OK);
    assert_string_equal(got.id, "something");
    assert_int_equal(got.earliest_s, 7 * 3600);
    assert_int_equal(got.latest_s, 23 * 3600);
    assert_int_equal(got.priority, 1);
    assert_int_equal(msched_plan_get_todo(plan, 1, &got), MSCHED_ERROR_ARGUMENT);
    assert_int_equal(msched_plan_get_song(plan, 0, &song_got), MSCHED_OK);
    assert_null(song_got.track_id);
    assert_int_equal(song_got.between_end_s, 23 * 3600);
    assert_int_equal(song_got.times, 1);
    assert_int_equal(plan->songs[0].during, 0);
    msched_plan_unref(plan);
}

static void test_quiet_is_merged(void **state)
{
    (void)state;
    msched_plan_builder *builder = begin(NULL);
    const int32_t quiet[] = {82800, 86400, 3600, 7200, 7200, 9000, 84000, 90000};
    msched_listening listening, got = {.struct_size = sizeof got};
    msched_listening_init(&listening, sizeof listening);
    listening.quiet_s = quiet;
    listening.quiet_count = 4;
    assert_int_equal(msched_plan_builder_set_listening(builder, &listening, NULL), MSCHED_OK);
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_get_listening(plan, &got), MSCHED_OK);
    const int32_t merged[] = {3600, 9000, 82800, 90000};
    assert_int_equal(got.quiet_count, 2);
    assert_memory_equal(got.quiet_s, merged, sizeof merged);
    msched_plan_unref(plan);
}

/* One refused to-do per row: what is wrong with it must be named. */
static void test_refused_todos(void **state)
{
    (void)state;
    static const struct {
        msched_todo todo;
        msched_result code;
        const char *says;
    } rows[] = {
        {{.duration_s = 600, .title = ""}, MSCHED_ERROR_VALUE, "title"},
        {{.duration_s = 600, .title = "   "}, MSCHED_ERROR_VALUE, "title"},
        {{.duration_s = 600, .title = "a\nb"}, MSCHED_ERROR_VALUE, "control character"},
        {{.duration_s = 600, .title = "\xff"}, MSCHED_ERROR_ENCODING, "UTF-8"},
        {{.duration_s = 0, .title = "a"}, MSCHED_ERROR_VALUE, "duration_s is 0"},
        {{.duration_s = 129601, .title = "a"}, MSCHED_ERROR_VALUE, "129601"},
        {{.duration_s = 600, .title = "a", .priority = 5}, MSCHED_ERROR_VALUE, "priority is 5"},
        {{.duration_s = 600, .title = "a", .buffer_after_s = -5},
         MSCHED_ERROR_VALUE,
         "buffer_after_s is -5"},
        {{.duration_s = 600, .title = "a", .split_min_s = 601}, MSCHED_ERROR_VALUE, "split_min_s"},
        {{.duration_s = 600, .title = "a", .mood = 99, .music = 1}, MSCHED_ERROR_ARGUMENT, "mood"},
        {{.duration_s = 600, .title = "a", .mood = 1}, MSCHED_ERROR_VALUE, "needs music"},
        {{.duration_s = 600, .title = "a", .music = 2}, MSCHED_ERROR_ARGUMENT, "music"},
        {{.duration_s = 600, .title = "a", .earliest_s = 5000, .latest_s = 4000},
         MSCHED_ERROR_VALUE,
         "latest"},
        {{.duration_s = 600, .title = "a", .start_s = 129001}, MSCHED_ERROR_VALUE, "pin"},
        {{.duration_s = 600, .title = "a", .start_s = 5000, .split_min_s = 100},
         MSCHED_ERROR_VALUE,
         "one piece"},
        {{.duration_s = 600, .title = "a", .kind = 7}, MSCHED_ERROR_ARGUMENT, "kind"},
        {{.kind = MSCHED_TODO_EVENT, .title = "a", .start_s = 5000, .end_s = 5000},
         MSCHED_ERROR_VALUE,
         "end"},
        {{.kind = MSCHED_TODO_EVENT,
          .title = "a",
          .start_s = 5000,
          .end_s = 6000,
          .earliest_s = 4000},
         MSCHED_ERROR_VALUE,
         "earliest"},
        {{.kind = MSCHED_TODO_EVENT, .title = "a", .start_s = 5000},
         MSCHED_ERROR_VALUE,
         "end is missing"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_todo todo = rows[i].todo;
        todo.struct_size = sizeof todo;
        todo.id = "gym";
        int32_t *times[] = {&todo.start_s,   &todo.end_s,   &todo.earliest_s, &todo.latest_s,
                            &todo.started_s, &todo.ended_s, &todo.left_s};
        for (size_t k = 0; k < sizeof times / sizeof *times; k++)
            if (*times[k] == 0)
                *times[k] = MSCHED_UNSET;
        if (todo.kind == MSCHED_TODO_EVENT)
            todo.duration_s = MSCHED_UNSET;
        msched_plan_builder *builder = begin(NULL);
        msched_error err = {0};
        if (msched_plan_builder_add_todo(builder, &todo, &err) != rows[i].code ||
            strstr(err.message, rows[i].says) == NULL)
            fail_msg("row %zu: code %u, \"%s\"", i, (unsigned)err.code, err.message);
        if (rows[i].code != MSCHED_ERROR_ENCODING)
            assert_non_null(strstr(err.message, "to-do 1 \"gym\""));
        msched_plan_builder_free(builder);
    }
}

static void test_window_shorter_than_the_task_is_a_valid_plan(void **state)
{
    (void)state;
    msched_plan_builder *builder = begin(NULL);
    msched_todo todo = task("a", 7200);
    todo.earliest_s = 36000;
    todo.latest_s = 39600;
    assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    msched_plan_unref(plan);
}

/* `after` of a, b and c as given; the finished plan's error. */
static msched_error finish_with_after(const char *a, const char *b, const char *c)
{
    msched_plan_builder *builder = begin(NULL);
    const char *ids[] = {"a", "b", "c"}, *after[] = {a, b, c};
    for (size_t i = 0; i < 3; i++) {
        msched_todo todo = task(ids[i], 600);
        todo.after_count = after[i] != NULL;
        todo.after = &after[i];
        assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    }
    msched_plan *plan = NULL;
    msched_error err = {0};
    msched_plan_builder_finish(&plan, builder, &err);
    msched_plan_unref(plan);
    return err;
}

static void test_links(void **state)
{
    (void)state;
    assert_int_equal(finish_with_after("c", "a", NULL).code, MSCHED_OK);
    msched_error err = finish_with_after("c", "a", "b");
    assert_int_equal(err.code, MSCHED_ERROR_CONFLICT);
    assert_non_null(strstr(err.message, "a after c after b after a"));
    err = finish_with_after("a", NULL, NULL);
    assert_int_equal(err.code, MSCHED_ERROR_CONFLICT);
    assert_non_null(strstr(err.message, "itself"));
    err = finish_with_after(NULL, "nobody", NULL);
    assert_int_equal(err.code, MSCHED_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "\"nobody\""));
}

static void test_duplicate_id(void **state)
{
    (void)state;
    msched_plan_builder *builder = begin(NULL);
    msched_todo todo = task("a", 60);
    assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_builder_add_todo(builder, &todo, NULL), MSCHED_OK);
    msched_plan *plan = NULL;
    msched_error err;
    assert_int_equal(msched_plan_builder_finish(&plan, builder, &err), MSCHED_ERROR_CONFLICT);
    assert_null(plan);
    assert_non_null(strstr(err.message, "to-do 2 \"a\""));
}

static void test_bad_days(void **state)
{
    (void)state;
    static const struct {
        const char *date, *zone;
        int32_t start, end, now;
    } rows[] = {
        {NULL, NULL, 0, 100, -1},
        {"2026-02-29", NULL, 0, 100, -1},
        {"2026-11", NULL, 0, 100, -1},
        {"2026-11-24", "../etc", 0, 100, -1},
        {"2026-11-24", "A B", 0, 100, -1},
        {"2026-11-24", NULL, 100, 100, -1},
        {"2026-11-24", NULL, 0, 129601, -1},
        {"2026-11-24", NULL, -1, 100, -1},
        {"2026-11-24", NULL, 0, 100, 129601},
        {"2026-11-24", "/Europe/Berlin", 0, 100, -1},
        {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", NULL, 0, 100, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        msched_day day;
        msched_day_init(&day, sizeof day);
        day.date = rows[i].date;
        day.timezone = rows[i].zone;
        day.start_s = rows[i].start;
        day.end_s = rows[i].end;
        day.now_s = rows[i].now;
        msched_plan_builder *builder = NULL;
        msched_error err;
        if (msched_plan_builder_create(&builder, &day, NULL, &err) != MSCHED_ERROR_VALUE)
            fail_msg("row %zu was taken", i);
        assert_null(builder);
    }
}

static msched_result build_all(const msched_allocator *allocator)
{
    msched_day day;
    msched_day_init(&day, sizeof day);
    day.date = "2026-11-24";
    msched_plan_builder *builder = NULL;
    msched_result result = msched_plan_builder_create(&builder, &day, allocator, NULL);
    const char *after[] = {"t0"}, *genres[] = {"pop", "rock"};
    char id[16];
    for (int i = 0; result == MSCHED_OK && i < 20; i++) {
        snprintf(id, sizeof id, "t%d", i);
        msched_todo todo = task(id, 60);
        todo.after = after;
        todo.after_count = i > 0;
        result = msched_plan_builder_add_todo(builder, &todo, NULL);
    }
    msched_song song;
    msched_song_init(&song, sizeof song);
    song.query = "x";
    song.during = "t3";
    if (result == MSCHED_OK)
        result = msched_plan_builder_add_song(builder, &song, NULL);
    msched_listening listening;
    msched_listening_init(&listening, sizeof listening);
    const int32_t quiet[] = {0, 10};
    listening.quiet_s = quiet;
    listening.quiet_count = 1;
    listening.fill_genres = genres;
    listening.fill_genre_count = 2;
    if (result == MSCHED_OK)
        result = msched_plan_builder_set_listening(builder, &listening, NULL);
    msched_plan *plan = NULL;
    if (result == MSCHED_OK)
        result = msched_plan_builder_finish(&plan, builder, NULL);
    else
        msched_plan_builder_free(builder);
    msched_text *text = NULL;
    if (result == MSCHED_OK)
        result = msched_plan_to_json(plan, &text, NULL);
    msched_text_unref(text);
    msched_plan_unref(plan);
    return result;
}

/* Fills after the first keep the rules of listening; at most 16 are taken. */
static void test_fills(void **state)
{
    (void)state;
    msched_plan_builder *builder = begin(NULL);
    msched_listening rules, got = {.struct_size = sizeof got};
    msched_listening_init(&rules, sizeof rules);
    rules.gap_s = 5;
    rules.fill_s = 60;
    assert_int_equal(msched_plan_builder_set_listening(builder, &rules, NULL), MSCHED_OK);
    msched_listening_init(&rules, sizeof rules);
    for (int32_t i = 1; i < MSCHED_PLAN_MAX_FILLS; i++) {
        rules.fill_s = 60 + i;
        assert_int_equal(msched_plan_builder_add_fill(builder, &rules, NULL), MSCHED_OK);
    }
    assert_int_equal(msched_plan_builder_add_fill(builder, &rules, NULL), MSCHED_ERROR_LIMIT);
    msched_plan *plan = NULL;
    assert_int_equal(msched_plan_builder_finish(&plan, builder, NULL), MSCHED_OK);
    assert_int_equal(msched_plan_get_fill(plan, 15, &got), MSCHED_OK);
    assert_int_equal(got.fill_s, 75);
    assert_int_equal(got.gap_s, 5);
    assert_int_equal(msched_plan_get_fill(plan, 16, &got), MSCHED_ERROR_ARGUMENT);
    msched_plan_unref(plan);
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    msched_result result = MSCHED_ERROR_MEMORY;
    long n = 0;
    for (; result == MSCHED_ERROR_MEMORY && n < 1000; n++) {
        failing f = {.fail_at = n + 1};
        msched_allocator allocator = failing_allocator(&f);
        result = build_all(&allocator);
        assert_int_equal(f.live, 0);
    }
    assert_int_equal(result, MSCHED_OK);
    assert_true(n > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_quiet_is_merged),
        cmocka_unit_test(test_refused_todos),
        cmocka_unit_test(test_window_shorter_than_the_task_is_a_valid_plan),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_duplicate_id),
        cmocka_unit_test(test_bad_days),
        cmocka_unit_test(test_fills),
        cmocka_unit_test(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
