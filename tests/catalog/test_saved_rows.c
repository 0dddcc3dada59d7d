/* Rows of a saved catalog that several threads check. */
#include "../testing.h"

#include "catalog/saved/saved_rows.h"

#include <stdlib.h>
#include <string.h>

#define ROWS 1400000u /* enough for threads, and not a whole number of steps */

typedef struct column {
    uint8_t seen[ROWS];
    uint32_t wrong; /* a row; ROWS: none */
} column;

static column *rows;

/* Each row belongs to one step, so that threads write different bytes. */
static int check(const void *ctx, uint32_t from, uint32_t to)
{
    const column *c = ctx;
    for (uint32_t row = from; row < to; row++)
        rows->seen[row]++;
    return c->wrong < from || c->wrong >= to;
}

static void every_row_is_checked_once(void **state)
{
    (void)state;
    const uint32_t counts[] = {0, 1, 1000, 524287, 524288, ROWS};
    for (int by_threads = 0; by_threads < 2; by_threads++)
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            const msched_catalog catalog = {.checks_by_threads = by_threads};
            memset(rows->seen, 0, ROWS);
            rows->wrong = ROWS;
            assert_true(msched__rows_are_sound(&catalog, check, rows, counts[i]));
            for (uint32_t row = 0; row < ROWS; row++)
                if (rows->seen[row] != (row < counts[i]))
                    fail_msg("row %u of %u: %u times", row, counts[i], rows->seen[row]);
        }
}

static void one_wrong_row_is_found(void **state)
{
    (void)state;
    const uint32_t places[] = {0, 262143, 262144, 700000, ROWS - 1};
    for (int by_threads = 0; by_threads < 2; by_threads++)
        for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
            const msched_catalog catalog = {.checks_by_threads = by_threads};
            rows->wrong = places[i];
            assert_false(msched__rows_are_sound(&catalog, check, rows, ROWS));
            assert_true(msched__rows_are_sound(&catalog, check, rows, places[i]));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_is_checked_once),
                                       cmocka_unit_test(one_wrong_row_is_found)};
    rows = malloc(sizeof *rows);
    const int failed = rows == NULL ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
    free(rows);
    return failed;
}
