/* Dates and times of day. */
#include "../testing.h"
#include "base/civil.h"

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
                                       cmocka_unit_test(times_of_day_reach_36_hours)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
