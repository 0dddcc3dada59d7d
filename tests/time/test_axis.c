#include "../testing.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "time/axis.h"

#include <stdlib.h>

#define HOURS 3600
#define UNSET (-1)

static msched__axis load(const char *zone, int year, unsigned month, unsigned day, int32_t span)
{
    msched__axis axis;
    msched_allocator allocator = msched__allocator_copy(NULL);
    int64_t days = msched__date_to_days((msched__date){year, (uint8_t)month, (uint8_t)day});
    assert_int_equal(
        msched__axis_load(&axis, getenv("MUSICSCHED_TEST_ZONEINFO"), zone, days, span, &allocator),
        MSCHED_OK);
    return axis;
}

static void a_skipped_hour_has_no_times(void **state)
{
    (void)state;
    msched__axis axis = load("Europe/Berlin", 2026, 3, 29, 38 * HOURS);
    int32_t real;
    assert_int_equal(msched__axis_from_time(&axis, 1 * HOURS, &real), MSCHED__LOCAL_ONCE);
    assert_int_equal(real, 1 * HOURS);
    assert_int_equal(msched__axis_from_time(&axis, 2 * HOURS + 1800, &real), MSCHED__LOCAL_NEVER);
    assert_int_equal(real, 2 * HOURS + 1800); /* shown as 03:30 */
    assert_int_equal(msched__axis_to_time(&axis, real), 3 * HOURS + 1800);
    assert_int_equal(msched__axis_real(&axis, 30 * HOURS), 29 * HOURS);
    assert_int_equal(msched__axis_to_time(&axis, 2 * HOURS), 3 * HOURS);
    assert_int_equal(msched__axis_to_end(&axis, 2 * HOURS), 2 * HOURS);
    assert_int_equal(msched__axis_real(&axis, UNSET), UNSET);
    assert_int_equal(msched__axis_to_time(&axis, UNSET), UNSET);
}

static void an_hour_that_comes_twice_has_two_moments(void **state)
{
    (void)state;
    msched__axis axis = load("Europe/Berlin", 2026, 10, 25, 38 * HOURS);
    int32_t real, half_past_two = 2 * HOURS + 1800;
    assert_int_equal(msched__axis_from_time(&axis, half_past_two, &real), MSCHED__LOCAL_TWICE);
    assert_int_equal(real, half_past_two);
    assert_int_equal(msched__axis_from_time(&axis, half_past_two | MSCHED_TIME_SECOND, &real),
                     MSCHED__LOCAL_TWICE);
    assert_int_equal(real, half_past_two + HOURS);
    assert_int_equal(msched__axis_to_time(&axis, real), half_past_two | MSCHED_TIME_SECOND);
    assert_int_equal(msched__axis_from_time(&axis, 5 * HOURS | MSCHED_TIME_SECOND, &real),
                     MSCHED__LOCAL_ONCE);
    assert_int_equal(real, 6 * HOURS);
}

/*
 * Several dates on one axis, as one month in which clocks change, and there and back for every
 * second quarter of an hour.
 */
static void an_axis_spans_a_month(void **state)
{
    (void)state;
    static const char *const zones[] = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe",
                                        "Asia/Kolkata", "Europe/Dublin"};
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++)
        for (unsigned month = 3; month <= 10; month += 7) {
            msched__axis axis = load(zones[z], 2026, month, 10, 32 * 24 * HOURS);
            for (int32_t real = 0; real < 31 * 24 * HOURS; real += 1800) {
                int32_t time = msched__axis_to_time(&axis, real);
                assert_int_equal(msched__axis_real(&axis, time), real);
                assert_int_equal(msched__axis_real(&axis, msched__axis_to_end(&axis, real)), real);
            }
        }
}

static void no_zone_changes_nothing(void **state)
{
    (void)state;
    msched__axis axis = load("", 2026, 3, 29, 38 * HOURS);
    int32_t real;
    assert_int_equal(msched__axis_from_time(&axis, 2 * HOURS, &real), MSCHED__LOCAL_ONCE);
    assert_int_equal(real, 2 * HOURS);
    assert_int_equal(msched__axis_to_end(&axis, 30 * HOURS), 30 * HOURS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_skipped_hour_has_no_times),
        cmocka_unit_test(an_hour_that_comes_twice_has_two_moments),
        cmocka_unit_test(an_axis_spans_a_month),
        cmocka_unit_test(no_zone_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
