/* Numbers: exact where strtod is, refused where they are no plain decimals. */
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
    static const char *const texts[] = {"", "-", ".", "1e", "1e+", "0x10", "inf", "nan", " 1", "1 ", "1,5", "1.2.3", "1e400", "e5"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value;
        assert_false(msched__parse_double(texts[i], strlen(texts[i]), &value));
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
                                       cmocka_unit_test(malformed_doubles_are_refused), cmocka_unit_test(integers_stay_in_range)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
