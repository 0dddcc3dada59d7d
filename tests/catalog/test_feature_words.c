/* Cells of features and lengths read four at a time give the numbers that are read one by one. */
#include "../testing.h"
#include "base/number.h"
#include "catalog/cells/cells.h"
#include "catalog/read/feature_words.h"

#include <stdio.h>

static msched__feature_words_fn *reader;
static msched__feature_limits limits;

static int setup(void **state)
{
    (void)state;
    static const uint8_t all[MSCHED__WORDS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    reader = msched__feature_words_reader();
    msched__feature_limits_init(&limits, all);
    return 0;
}

/* A length that is read with the features is the one that is read alone. */
static void check_length(const char *cell, int is_read, double duration)
{
    const size_t size = strlen(cell);
    msched__values values;
    msched__evidence evidence = {0};
    double number = 0;
    const int is_usual = size <= 8 && strpbrk(cell, "eE+") == NULL &&
                         msched__parse_double(cell, size, &number) &&
                         number >= MSCHED__LEAST_WORD_MS && number <= 86400000;
    if (is_read != is_usual)
        fail_msg("\"%s\" as a length: %d", cell, is_read);
    if (!is_read)
        return;
    assert_int_equal(
        msched__cell_duration((msched__slice){cell, size}, MSCHED__UNIT_MS, &values, &evidence),
        MSCHED__CELL_READ);
    assert_memory_equal(&values.duration, &duration, sizeof duration);
    assert_int_equal(values.plain_duration, 1);
    const msched__evidence expected = {.plain_durations = 1};
    assert_memory_equal(&evidence, &expected, sizeof evidence);
}

/*
 * A row whose cells are all `cell`, after `before` other bytes. Each feature is read where it is a
 * number of its range that is short enough, and then has the same bits.
 */
static void check_cell(const char *cell, size_t before)
{
    char row[256];
    uint32_t befores[MSCHED__WORDS], ends[MSCHED__WORDS];
    double values[MSCHED__FEATURES], duration = 0, number = 0;
    const size_t size = strlen(cell);
    size_t at = before;
    memset(row, '9', sizeof row);
    for (uint32_t f = 0; f < MSCHED__WORDS; f++) {
        memcpy(row + at, cell, size);
        befores[f] = (uint32_t)at - 1; /* wraps for the first byte of a row */
        at += size;
        ends[f] = (uint32_t)at;
        row[at++] = ',';
    }
    const uint32_t found = reader(row, befores, ends, &limits, values, &duration);
    const int is_number = msched__parse_double(cell, size, &number),
              is_short = size <= 8 && strpbrk(cell, "eE+") == NULL;
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        const int expected = is_number && is_short && number != -1 &&
                             msched__feature_in_range(f, number);
        if ((int)(found >> f & 1) != expected)
            fail_msg("\"%s\" as feature %u: %d", cell, (unsigned)f, !expected);
        if (expected)
            assert_memory_equal(&values[f], &number, sizeof number);
    }
    check_length(cell, found >> MSCHED_FEATURE_DURATION_MS & 1, duration);
    assert_int_equal(found >> MSCHED__WORDS, 0);
}

static void usual_cells_are_read(void **state)
{
    (void)state;
    if (reader == NULL) /* this processor has none */
        skip();
    static const char *const cells[] = {
        "",     "0",       "1",        "11",      "12",       "-1",       "-0",       "0.748",
        ".5",   "5.",      ".",        "-",       "-.",       "-.5",      "--1",      "1.2.3",
        "1..2", "0.0583",  "0.00102",  "122.036", "999.9999", "1000.001", "-2.634",   "-12.34567",
        "1e-5", "4.2e-06", "nan",      "inf",     "0x1",      " 1",       "1 ",       "1,5",
        "200",  "-200",    "-200.001", "-1.0",    "0.99999",  "1.00001",  "1.0",      "12345678",
        "+1",   "/",       ":",        "0.5\x80", "\xB0.5",   "1-2",      "0-",       "00000001",
        "9999", "10000",   "194754",   "10000.5", "1000000.", "00194754", "86400000", "86400001"};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        for (size_t before = 8; before < 18; before++)
            check_cell(cells[i], before);
    check_cell("12345678", 0); /* the first cell of a row may be long enough */
}

static void random_cells_are_read(void **state)
{
    (void)state;
    if (reader == NULL) /* this processor has none */
        skip();
    static const char characters[] = "0123456789..--0015e+";
    uint64_t random = 1;
    for (int i = 0; i < 200000; i++) {
        char cell[11] = "";
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        const size_t size = random >> 33 & 7;
        for (size_t at = 0; at <= size; at++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            cell[at] = characters[(random >> 33) % (at < 2 ? 16 : 20)];
        }
        check_cell(cell, 12);
    }
}

static void columns_with_units_are_left_out(void **state)
{
    (void)state;
    if (reader == NULL) /* this processor has none */
        skip();
    const uint8_t none[MSCHED__WORDS] = {0};
    msched__feature_limits closed;
    uint32_t befores[MSCHED__WORDS], ends[MSCHED__WORDS];
    double values[MSCHED__FEATURES], duration;
    for (uint32_t f = 0; f < MSCHED__WORDS; f++) {
        befores[f] = 2;
        ends[f] = 8;
    }
    msched__feature_limits_init(&closed, none);
    assert_int_equal(reader("0000000000", befores, ends, &closed, values, &duration), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(usual_cells_are_read),
                                       cmocka_unit_test(random_cells_are_read),
                                       cmocka_unit_test(columns_with_units_are_left_out)};
    return cmocka_run_group_tests(tests, setup, NULL);
}
