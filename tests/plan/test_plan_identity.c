#include "../testing.h"

#include "base/alloc.h"
#include "plan/plan_data.h"
#include "plan/plan_identity.h"

#include <stdio.h>
#include <string.h>

static void identify(const char *const *titles, const char *const *ids, uint32_t count,
                     const char *const *wanted)
{
    msched__identity items[8];
    msched__arena arena;
    msched_allocator memory = msched__allocator_copy(NULL);
    msched__arena_init(&arena, &memory, 0);
    for (uint32_t i = 0; i < count; i++)
        items[i] = (msched__identity){titles[i], ids == NULL ? "" : ids[i]};
    assert_true(msched__plan_identify(&arena, items, count));
    for (uint32_t i = 0; i < count; i++)
        assert_string_equal(items[i].id, wanted[i]);
    msched__arena_reset(&arena);
}

static void test_titles(void **state)
{
    (void)state;
    identify((const char *[]){"Gym", "Call  mum", "GYM", "\xc3\x89t\xc3\xa9"}, NULL, 4,
             (const char *[]){"gym", "call-mum", "gym~2", "\xc3\xa9t\xc3\xa9"});
}

/* An id given to one of equal titles does not rename the others. */
static void test_given_ids_count(void **state)
{
    (void)state;
    identify((const char *[]){"Gym", "Gym", "Gym"}, (const char *[]){"", "mine", ""}, 3,
             (const char *[]){"gym", "mine", "gym~3"});
}

static void test_given_ids_are_not_taken_twice(void **state)
{
    (void)state;
    identify((const char *[]){"Gym", "Swim", "Gym"}, (const char *[]){"", "gym", ""}, 3,
             (const char *[]){"gym~2", "gym", "gym~3"});
    identify((const char *[]){"Gym~2", "Gym", "Gym"}, NULL, 3,
             (const char *[]){"gym~2", "gym", "gym~3"});
}

static void test_long_titles_differ(void **state)
{
    (void)state;
    char a[300], b[300];
    memset(a, 'a', sizeof a - 1);
    a[sizeof a - 1] = '\0';
    memcpy(b, a, sizeof b);
    b[sizeof b - 2] = 'b';
    msched__arena arena;
    msched_allocator memory = msched__allocator_copy(NULL);
    msched__arena_init(&arena, &memory, 0);
    const char *first = msched__plan_slug(&arena, a, strlen(a)),
               *second = msched__plan_slug(&arena, b, strlen(b));
    assert_int_equal(strlen(first), 109);
    assert_string_not_equal(first, second);
    assert_string_equal(first, msched__plan_slug(&arena, a, strlen(a)));
    msched__arena_reset(&arena);
}

static msched_plan *read_text(const char *text)
{
    msched_plan *plan = NULL;
    msched_error err = {0};
    if (msched_plan_parse_text(&plan, NULL, text, strlen(text), NULL, NULL, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return plan;
}

/* A line keeps its identity when it is ticked off in todo.txt, or written in Markdown. */
static void test_marks_are_not_part_of_names(void **state)
{
    (void)state;
    static const char *const lines[] = {"Call mum",
                                        "x Call mum",
                                        "x 2026-11-24 2026-11-20 Call mum",
                                        "- [ ] **Call** [mum](https://a.example/mum)",
                                        "- [x] *Call mum*",
                                        "- DONE Call mum",
                                        "\xE2\x98\x92 Call mum",
                                        "Call mum ^1a2b3c"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char text[100];
        snprintf(text, sizeof text, "date: 2026-11-24\n%s\n", lines[i]);
        msched_plan *plan = read_text(text);
        assert_string_equal(plan->todos[0].title, "Call mum");
        assert_string_equal(plan->todos[0].id, "call-mum");
        msched_plan_unref(plan);
    }
}

static void test_text_names_by_occurrence(void **state)
{
    (void)state;
    msched_plan *plan = read_text("date: 2026-11-24\nGym 1h\nGym 30m\nShower 10m after:gym~2\n");
    assert_string_equal(plan->todos[1].id, "gym~2");
    assert_int_equal(plan->todos[2].after[0], 1);
    msched_plan_unref(plan);
    const char *two = "date: 2026-11-24\nGym 1h\nGym 30m\nShower 10m after:gym\n";
    msched_error err;
    assert_int_equal(msched_plan_parse_text(&plan, NULL, two, strlen(two), NULL, NULL, &err),
                     MSCHED_ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_given_ids_count),
        cmocka_unit_test(test_given_ids_are_not_taken_twice),
        cmocka_unit_test(test_long_titles_differ),
        cmocka_unit_test(test_marks_are_not_part_of_names),
        cmocka_unit_test(test_text_names_by_occurrence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
