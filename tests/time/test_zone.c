#include "../testing.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "time/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define DAY 86400

static const char *fixtures(void)
{
    return getenv("MUSICSCHED_TEST_ZONEINFO");
}

static msched__zone load(const char *dir, const char *name)
{
    msched__zone zone;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched_error err = {0};
    if (msched__zone_load(&zone, dir, name, &allocator, &err) != MSCHED_OK)
        fail_msg("%s", err.message);
    return zone;
}

static int64_t local(int year, unsigned month, unsigned day, int hour, int minute)
{
    return msched__date_to_days((msched__date){year, (uint8_t)month, (uint8_t)day}) * DAY +
           hour * 3600 + minute * 60;
}

/* The changes of 2026 in three zones, and local times around them. */
static void knows_the_changes_of_a_year(void **state)
{
    (void)state;
    static const struct {
        const char *zone;
        unsigned month, day;
        int hour, minute; /* local time */
        enum msched__local_kind kind;
        int32_t offset; /* that the answer stands for */
    } cases[] = {
        {"America/New_York", 3, 8, 1, 59, MSCHED__LOCAL_ONCE, -5 * 3600},
        {"America/New_York", 3, 8, 2, 0, MSCHED__LOCAL_NEVER, -5 * 3600},
        {"America/New_York", 3, 8, 2, 59, MSCHED__LOCAL_NEVER, -5 * 3600},
        {"America/New_York", 3, 8, 3, 0, MSCHED__LOCAL_ONCE, -4 * 3600},
        {"America/New_York", 11, 1, 0, 59, MSCHED__LOCAL_ONCE, -4 * 3600},
        {"America/New_York", 11, 1, 1, 0, MSCHED__LOCAL_TWICE, -4 * 3600},
        {"America/New_York", 11, 1, 1, 59, MSCHED__LOCAL_TWICE, -4 * 3600},
        {"America/New_York", 11, 1, 2, 0, MSCHED__LOCAL_ONCE, -5 * 3600},
        {"Europe/Berlin", 3, 29, 2, 30, MSCHED__LOCAL_NEVER, 3600},
        {"Europe/Berlin", 3, 29, 3, 0, MSCHED__LOCAL_ONCE, 7200},
        {"Europe/Berlin", 10, 25, 2, 30, MSCHED__LOCAL_TWICE, 7200},
        {"Europe/Berlin", 10, 25, 3, 0, MSCHED__LOCAL_ONCE, 3600},
        {"Europe/Dublin", 3, 29, 1, 30, MSCHED__LOCAL_NEVER, 0},
        {"Europe/Dublin", 10, 25, 1, 30, MSCHED__LOCAL_TWICE, 3600},
        {"Australia/Lord_Howe", 4, 5, 1, 45, MSCHED__LOCAL_TWICE, 11 * 3600},
        {"Australia/Lord_Howe", 4, 5, 2, 0, MSCHED__LOCAL_ONCE, 10 * 3600 + 1800},
        {"Australia/Lord_Howe", 10, 4, 2, 15, MSCHED__LOCAL_NEVER, 10 * 3600 + 1800},
        {"Australia/Lord_Howe", 10, 4, 2, 30, MSCHED__LOCAL_ONCE, 11 * 3600},
        {"Asia/Kolkata", 3, 29, 2, 30, MSCHED__LOCAL_ONCE, 5 * 3600 + 1800},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched__zone zone = load(fixtures(), cases[i].zone);
        int64_t at = local(2026, cases[i].month, cases[i].day, cases[i].hour, cases[i].minute),
                utc = 0;
        assert_int_equal(msched__zone_from_local(&zone, at, &utc), cases[i].kind);
        assert_int_equal(at - utc, cases[i].offset);
        msched__zone_free(&zone);
    }
}

static void finds_changes_both_ways(void **state)
{
    (void)state;
    msched__zone zone = load(fixtures(), "Europe/Berlin");
    msched__zone_change change;
    int64_t at = local(2026, 1, 1, 0, 0);
    const int64_t expected[] = {local(2026, 3, 29, 1, 0), local(2026, 10, 25, 1, 0),
                                local(2027, 3, 28, 1, 0)};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(msched__zone_next(&zone, at, &change), 1);
        assert_int_equal(change.utc, expected[i]);
        assert_int_equal(change.after->is_dst, i % 2 == 0);
        at = change.utc;
        msched__zone_change last;
        assert_int_equal(msched__zone_last(&zone, at, &last), 1);
        assert_int_equal(last.utc, at);
        if (i > 0) {
            assert_int_equal(msched__zone_last(&zone, at - 1, &last), 1);
            assert_int_equal(last.utc, expected[i - 1]);
        }
    }
    msched__zone_free(&zone);
    zone = load(fixtures(), "Asia/Kolkata");
    assert_int_equal(msched__zone_next(&zone, at, &change), 0);
    assert_int_equal(msched__zone_last(&zone, at, &change), 0);
    msched__zone_free(&zone);
}

static void refuses_names_that_are_no_zones(void **state)
{
    (void)state;
    static const char *const bad[] = {"",        "/etc/passwd", "../zone", "Europe//Berlin",
                                      "Europe/", "Europe/..",   "a b",     "Euro\npe"};
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        msched__zone zone;
        msched_error err = {0};
        assert_int_equal(msched__zone_name_valid(bad[i]), 0);
        assert_int_equal(msched__zone_load(&zone, fixtures(), bad[i], &allocator, &err),
                         MSCHED_ERROR_NOT_FOUND);
        assert_true(err.message[0] != '\0');
    }
    msched__zone zone;
    msched_error err = {0};
    assert_int_equal(msched__zone_load(&zone, fixtures(), "Mars/Olympus", &allocator, &err),
                     MSCHED_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "Mars/Olympus"));
}

/* As on systems that leave out the files of old names. */
static void follows_links_of_names_without_a_file(void **state)
{
    (void)state;
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__zone zone;
    msched_error err = {0};
    assert_int_equal(msched__zone_load(&zone, fixtures(), "Europe/Bonn", &allocator, &err),
                     MSCHED_OK);
    assert_int_equal(msched__zone_at(&zone, INT64_C(1783000000))->offset_s, 7200); /* July 2026 */
    msched__zone_free(&zone);
    static const char *const bad[] = {"Europe/Lost", "Europe/Outside", "Europe/Bon", "L"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(msched__zone_load(&zone, fixtures(), bad[i], &allocator, &err),
                         MSCHED_ERROR_NOT_FOUND);
        assert_non_null(strstr(err.message, bad[i]));
    }
}

static void reads_rules(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int good;
    } cases[] = {
        {"UTC0", 1},
        {"CET-1CEST,M3.5.0,M10.5.0/3", 1},
        {"<+03>-3", 1},
        {"<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1},
        {"EST5EDT,0/0,J365/25", 1},
        {"XXX-24:59:59", 1},
        {"", 0},
        {"CE-1", 0},
        {"CET", 0},
        {"CET-1CEST", 0},
        {"CET-25", 0},
        {"CET-1CEST,M13.1.0,M1.1.0", 0},
        {"CET-1CEST,M3.6.0,M1.1.0", 0},
        {"CET-1CEST,M3.5.7,M1.1.0", 0},
        {"CET-1 ", 0},
        {"CET-1CEST,M3.5.0", 0},
        {"CET-1CEST,J0,J1", 0},
        {"CET-1CEST,M3.5.0,M10.5.0/168", 0},
        {"<+03-3", 0},
        {"CET-1:60", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        msched__tz_tail tail;
        assert_int_equal(msched__tz_tail_parse(&tail, cases[i].text, strlen(cases[i].text)),
                         cases[i].good);
    }
}

/* Every shorter front of a file, and every byte changed in it, is refused or read without harm. */
static void survives_broken_files(void **state)
{
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s/Europe/Berlin", fixtures());
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    unsigned char data[512];
    size_t size = fread(data, 1, sizeof data, file);
    fclose(file);
    assert_true(size > 100 && size < sizeof data);
    msched_allocator allocator = msched__allocator_copy(NULL);
    for (size_t cut = 0; cut < size; cut++) {
        msched__tzif tzif;
        unsigned char *exact = malloc(cut + 1);
        assert_non_null(exact);
        memcpy(exact, data, cut);
        assert_int_equal(msched__tzif_parse(&tzif, exact, cut, &allocator, NULL),
                         MSCHED_ERROR_SYNTAX);
        free(exact);
    }
    for (size_t at = 0; at < size; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            data[at] ^= (unsigned char)(1u << bit);
            msched__zone zone;
            if (msched__tzif_parse(&zone.data, data, size, &allocator, NULL) == MSCHED_OK) {
                int64_t utc;
                msched__zone_from_local(&zone, local(2026, 3, 29, 2, 30), &utc);
                msched__zone_free(&zone);
            }
            data[at] ^= (unsigned char)(1u << bit);
        }
    }
    msched__tzif tzif;
    assert_int_equal(msched__tzif_parse(&tzif, data, MSCHED__TZIF_MAX_BYTES + 1, &allocator, NULL),
                     MSCHED_ERROR_LIMIT);
}

/* The C library's reading of the machine's zone files, from 1970 to 2100, is ours. */
static void agrees_with_the_c_library(void **state)
{
    (void)state;
    static const char *const names[] = {"America/New_York",    "Europe/Berlin",    "Europe/Dublin",
                                        "Australia/Lord_Howe", "Asia/Kolkata",     "Pacific/Apia",
                                        "Africa/Casablanca",   "America/Sao_Paulo"};
    FILE *file = fopen(MSCHED__ZONEINFO_DIR "/Europe/Dublin", "rb");
    if (file == NULL)
        skip();
    fclose(file);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        setenv("TZ", names[i], 1);
        tzset();
        msched__zone zone = load(NULL, names[i]);
        for (int64_t utc = 0; utc < local(2100, 1, 1, 0, 0); utc += 40 * 3600 - 7) {
            time_t moment = (time_t)utc;
            struct tm parts;
            assert_non_null(localtime_r(&moment, &parts));
            const msched__tz_type *type = msched__zone_at(&zone, utc);
            int64_t shown = local(parts.tm_year + 1900, (unsigned)parts.tm_mon + 1,
                                  (unsigned)parts.tm_mday, parts.tm_hour, parts.tm_min) +
                            parts.tm_sec;
            assert_int_equal(utc + type->offset_s, shown);
            assert_int_equal(type->is_dst, parts.tm_isdst > 0);
            int64_t back;
            if (msched__zone_from_local(&zone, shown, &back) == MSCHED__LOCAL_ONCE)
                assert_int_equal(back, utc);
            else
                assert_true(back <= utc);
        }
        msched__zone_free(&zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_the_changes_of_a_year),
        cmocka_unit_test(finds_changes_both_ways),
        cmocka_unit_test(refuses_names_that_are_no_zones),
        cmocka_unit_test(follows_links_of_names_without_a_file),
        cmocka_unit_test(reads_rules),
        cmocka_unit_test(survives_broken_files),
        cmocka_unit_test(agrees_with_the_c_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
