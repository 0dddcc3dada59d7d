/* Numbers: exact where strtod is, refused where they are not plain decimals. */
#include "../testing.h"
#include "base/number.h"

#include <stdlib.h>

static void doubles_are_correctly_rounded(void **state)
{
    (void)state;
    static const char *const texts[] = {"0",
                                        "126",
                                        "-4.2",
                                        "4.97e-6",
                                        "0.00064899999999999995",
                                        "4.9099999999999996e-06",
                                        "1e22",
                                        "1e23",
                                        "123456789012345678901234567890",
                                        "9007199254740993",
                                        "1e-300",
                                        ".5",
                                        "5."};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = -1;
        assert_true(msched__parse_double(texts[i], strlen(texts[i]), &value));
        assert_true(value == strtod(texts[i], NULL));
    }
}

static void malformed_doubles_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",      "-",     ".",     "1e",    "1e+",   "1e+-2",
                                        "1e-+2", "1e--2", "1e++2", "0x10",  "inf",   "nan",
                                        " 1",    "1 ",    "1,5",   "1.2.3", "1e400", "e5"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value;
        assert_false(msched__parse_double(texts[i], strlen(texts[i]), &value));
    }
}

/* Any few characters are a number where strtod takes all of them, and the same one. */
static void short_texts_are_what_strtod_says(void **state)
{
    (void)state;
    static const char characters[] = "00123456789999...-/:\xB0";
    uint32_t random = 1;
    for (int i = 0; i < 300000; i++) {
        char text[12] = "", *end;
        const int size = 1 + i % 10;
        for (int at = 0; at < size; at++) {
            random = random * 1664525 + 1013904223;
            text[at] = characters[(random >> 16) % (i % 3 == 0 ? sizeof characters - 1 : 17)];
        }
        double value = -1, expected = strtod(text, &end);
        const int whole = end == text + size;
        if (msched__parse_double(text, (size_t)size, &value) != whole ||
            (whole && memcmp(&value, &expected, sizeof value) != 0))
            fail_msg("\"%s\"", text);
    }
}

static void integers_stay_in_range(void **state)
{
    (void)state;
    int64_t value;
    assert_true(msched__parse_int("9223372036854775807", 19, &value));
    assert_true(value == INT64_MAX);
    assert_true(msched__parse_int("-12", 3, &value));
    assert_int_equal(value, -12);
    assert_false(msched__parse_int("9223372036854775808", 19, &value));
    assert_false(msched__parse_int("", 0, &value));
    assert_false(msched__parse_int("1.0", 3, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(doubles_are_correctly_rounded),
                                       cmocka_unit_test(malformed_doubles_are_refused),
                                       cmocka_unit_test(short_texts_are_what_strtod_says),
                                       cmocka_unit_test(integers_stay_in_range)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
