/* Dates and times of day. */
#include "../testing.h"
#include "base/civil.h"

#include <stdio.h>

static void days_and_dates_agree_over_four_centuries(void **state)
{
    (void)state;
    msched__date first;
    assert_true(msched__date_parse("1800-01-01", 10, &first));
    int64_t day = msched__date_to_days(first);
    msched__date before = {1799, 12, 31};
    for (int i = 0; i < 146097; i++, day++) {
        msched__date date = msched__date_from_days(day);
        assert_true(msched__date_to_days(date) == day);
        assert_true(
            date.year > before.year || (date.year == before.year && date.month > before.month) ||
            (date.year == before.year && date.month == before.month && date.day == before.day + 1));
        before = date;
    }
    assert_int_equal(before.year, 2199);
    assert_int_equal(msched__date_to_days((msched__date){1970, 1, 1}), 0);
    assert_int_equal(msched__days_weekday(msched__date_to_days((msched__date){2026, 11, 24})), 2);
}

static void only_real_dates_pass(void **state)
{
    (void)state;
    msched__date date;
    assert_true(msched__date_parse("2020", 4, &date) && date.month == 0);
    assert_true(msched__date_parse("2020-02", 7, &date) && date.day == 0);
    assert_true(msched__date_parse("2020-02-29", 10, &date));
    assert_false(msched__date_parse("2019-02-29", 10, &date));
    assert_false(msched__date_parse("2019-13", 7, &date));
    assert_false(msched__date_parse("2019/01/01", 10, &date));
    assert_false(msched__date_parse("19-01-01", 8, &date));
}

/* Each byte of a date matters, as digits and hyphens are checked together. */
static void any_other_byte_is_refused(void **state)
{
    (void)state;
    static const char good[] = "2019-06-14";
    for (size_t at = 0; at < 10; at++) {
        for (int byte = 0; byte < 256; byte++) {
            char text[11];
            msched__date date = {0, 0, 0};
            memcpy(text, good, sizeof text);
            text[at] = (char)byte;
            const int is_hyphen = good[at] == '-', is_digit = byte >= '0' && byte <= '9';
            int32_t year, month, day;
            const int is_date = (is_hyphen ? byte == '-' : is_digit) &&
                                sscanf(text, "%4d-%2d-%2d", &year, &month, &day) == 3 &&
                                month >= 1 && month <= 12 && day >= 1 && day <= 30;
            assert_int_equal(msched__date_parse(text, 10, &date), is_date);
            if (is_date)
                assert_true(date.year == year && date.month == month && date.day == day);
        }
    }
}

static void times_of_day_reach_36_hours(void **state)
{
    (void)state;
    int32_t s;
    assert_true(msched__time_parse("7:05", 4, &s) && s == 25500);
    assert_true(msched__time_parse("36:00", 5, &s) && s == 129600);
    assert_true(msched__time_parse("23:59:59", 8, &s) && s == 86399);
    assert_false(msched__time_parse("36:01", 5, &s));
    assert_false(msched__time_parse("25:99", 5, &s));
    assert_false(msched__time_parse("9", 1, &s));
    assert_false(msched__time_parse("", 0, &s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(days_and_dates_agree_over_four_centuries),
                                       cmocka_unit_test(only_real_dates_pass),
                                       cmocka_unit_test(any_other_byte_is_refused),
                                       cmocka_unit_test(times_of_day_reach_36_hours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
