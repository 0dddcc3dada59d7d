/* Buffers: numbers and strings as JSON, and running out of memory without losing track. */
#include "../testing.h"
#include "base/alloc.h"
#include "base/buffer.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *no_memory(void *ctx, size_t size)
{
    (void)ctx, (void)size;
    return NULL;
}
static void *no_more_memory(void *ctx, void *block, size_t size)
{
    (void)ctx, (void)block, (void)size;
    return NULL;
}
static void release_nothing(void *ctx, void *block)
{
    (void)ctx, (void)block;
}

static void doubles_read_back_as_written(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.1, "0.1"},
        {5, "5.0"},
        {-4.97e-6, "-4.97e-06"},
        {1e300, "1e+300"},
        {1.0 / 3, "0.3333333333333333"},
        {DBL_MAX, "1.7976931348623157e+308"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched__buffer b;
        msched__buffer_init(&b, &allocator);
        msched__buffer_double(&b, cases[i].value);
        assert_string_equal(b.data, cases[i].text);
        assert_true(strtod(b.data, NULL) == cases[i].value);
        msched__buffer_free(&b);
    }
}

/* The shortest of 15, 16 and 17 digits, as the C library finds it. */
static void assert_shortest(double value)
{
    char expected[40];
    msched__buffer b;
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(expected, sizeof expected, "%.*g", precision, value);
        if (strtod(expected, NULL) == value)
            break;
    }
    if (strpbrk(expected, ".e") == NULL)
        strcat(expected, ".0");
    msched__buffer_init(&b, &allocator);
    msched__buffer_double(&b, value);
    assert_string_equal(b.data, expected);
    msched__buffer_free(&b);
}

static void doubles_are_as_short_as_can_be(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i <= 3000; i++) {
        assert_shortest(i / 3000.0);
        assert_shortest(i);
        assert_shortest(nextafter(i / 1000.0, i % 2));
    }
    for (int i = 0; i < 20000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        assert_shortest((double)(random >> 11) / 9007199254740992.0);
    }
    for (double power = 2; power > 0.01; power /= 2) {
        assert_shortest(power);
        assert_shortest(nextafter(power, 0));
        assert_shortest(nextafter(power, 4));
    }
    assert_shortest(0.1 - 1e-17);
    assert_shortest(-0.0);
    assert_shortest(999999999);
    assert_shortest(1e9);
}

static void texts_and_times_are_written_as_json(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__buffer b;
    msched__buffer_init(&b, &allocator);
    msched__buffer_json(&b, "a\"b\\c\nd\te\x7f \xC3\xA9");
    msched__buffer_char(&b, ' ');
    msched__buffer_int(&b, INT64_MIN);
    msched__buffer_char(&b, ' ');
    msched__buffer_time(&b, 129600);
    msched__buffer_char(&b, ' ');
    msched__buffer_time_short(&b, 9 * 3600 + 300);
    msched_text *text;
    assert_int_equal(msched__buffer_to_text(&b, &text, NULL), MSCHED_OK);
    assert_string_equal(
        msched_text_data(text),
        "\"a\\\"b\\\\c\\nd\\u0009e\\u007f \xC3\xA9\" -9223372036854775808 36:00:00 09:05");
    msched_text_unref(text);
}

static void a_failed_allocation_is_remembered(void **state)
{
    (void)state;
    msched_allocator allocator = {NULL, no_memory, no_more_memory, release_nothing};
    msched__buffer b;
    msched__buffer_init(&b, &allocator);
    msched__buffer_string(&b, "lost");
    msched_text *text;
    msched_error err;
    assert_int_equal(msched__buffer_to_text(&b, &text, &err), MSCHED_ERROR_MEMORY);
    assert_null(text);
    assert_int_equal(err.code, MSCHED_ERROR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles_read_back_as_written),
                                       cmocka_unit_test(doubles_are_as_short_as_can_be),
                                       cmocka_unit_test(texts_and_times_are_written_as_json),
                                       cmocka_unit_test(a_failed_allocation_is_remembered)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
