/* Every scanner splits random rows as a loop over the bytes does. */
#include "../testing.h"
#include "format/csv_scan.h"

#include <stdlib.h>
#include <string.h>

#define BYTES     1200
#define CAPACITY  96
#define UNTOUCHED 0x5A

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* What a scanner has to return; -1 if it may give the row up. */
static int expected(const char *at, const char *end, char delimiter, uint32_t *ends,
                    msched__csv_scanned *row)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == NULL)
        return 0;
    const char *stop = newline > at && newline[-1] == '\r' ? newline - 1 : newline;
    *row = (msched__csv_scanned){(size_t)(newline + 1 - at), (size_t)(stop - at), 1, 1};
    for (const char *c = at; c < stop; c++) {
        if (*c == '"' || *c == '\r')
            return 0;
        row->is_ascii &= (signed char)*c > 0;
        if (*c == delimiter && row->field_count == CAPACITY)
            return 0;
        if (*c == delimiter)
            ends[row->field_count++ - 1] = (uint32_t)(c - at);
    }
    ends[row->field_count - 1] = (uint32_t)(stop - at);
    const int is_close = end - newline <= 64, are_many = row->field_count + 64 > CAPACITY;
    return is_close || are_many ? -1 : 1;
}

static void check(msched__csv_scan_fn *scan, const char *at, const char *end, char delimiter)
{
    uint32_t want[CAPACITY], got[CAPACITY + 1];
    msched__csv_scanned wanted, row;
    memset(got, UNTOUCHED, sizeof got);
    const int must = expected(at, end, delimiter, want, &wanted),
              is_split = scan(at, end, delimiter, got, CAPACITY, &row);
    for (size_t i = 0; i < sizeof got[0]; i++)
        assert_int_equal(((const char *)&got[CAPACITY])[i], UNTOUCHED);
    if (must >= 0)
        assert_int_equal(is_split, must);
    if (!is_split)
        return;
    assert_int_equal(row.bytes, wanted.bytes);
    assert_int_equal(row.text_bytes, wanted.text_bytes);
    assert_int_equal(row.field_count, wanted.field_count);
    assert_int_equal(row.is_ascii, wanted.is_ascii);
    for (size_t i = 0; i < row.field_count; i++)
        assert_int_equal(got[i], want[i]);
}

/* Rows of many shapes: each text has its own share of the bytes that matter. */
static void fill(char *text, size_t size, char delimiter, uint32_t *seed)
{
    const char special[] = {delimiter, delimiter, '\n', '\r', '"', '\0', '\x80', '\xFF'};
    const uint32_t rare = 2 + next_random(seed) % 150, kinds = 1 + next_random(seed) % 8;
    for (size_t i = 0; i < size; i++)
        text[i] = next_random(seed) % rare == 0 ? special[next_random(seed) % kinds]
                                                : (char)(' ' + next_random(seed) % 95);
    for (size_t i = 0; i < size; i++)
        if (kinds < 5 && text[i] == '"')
            text[i] = 'q';
    for (size_t row = next_random(seed) % 300; row < size; row += 1 + next_random(seed) % 300) {
        text[row] = '\n';
        if (row > 0 && next_random(seed) % 2 == 0)
            text[row - 1] = '\r';
    }
}

static void all_scanners_agree_on_random_bytes(void **state)
{
    (void)state;
    static const char delimiters[] = {',', ';', '\t', '|', ' '};
    msched__csv_scan_fn *all[MSCHED__CSV_SCANNERS];
    const size_t count = msched__csv_scanners(all);
    uint32_t seed = 7;
    assert_true(count >= 1 && all[count - 1] == msched__csv_scanner());
    for (int round = 0; round < 4000; round++) {
        const char delimiter = delimiters[round % 5];
        const size_t size = next_random(&seed) % BYTES;
        char *text = malloc(size + 1); /* of this size, so that a checker sees reads past the end */
        assert_non_null(text);
        fill(text, size, delimiter, &seed);
        for (size_t at = 0; at < size; at += 1 + next_random(&seed) % 60)
            for (size_t s = 0; s < count; s++)
                check(all[s], text + at, text + size, delimiter);
        free(text);
    }
}

/* A CR is the last byte of a block of 64, and its LF the first of the next. */
static void a_line_end_is_split_by_a_block(void **state)
{
    (void)state;
    msched__csv_scan_fn *all[MSCHED__CSV_SCANNERS];
    const size_t count = msched__csv_scanners(all);
    for (size_t size = 0; size < 200; size++) {
        char text[400];
        memset(text, 'a', sizeof text);
        text[size] = '\r';
        for (int is_line_end = 0; is_line_end < 2; is_line_end++) {
            text[size + 1] = is_line_end ? '\n' : 'b';
            text[size + 2] = '\n';
            for (size_t s = 0; s < count; s++) {
                uint32_t ends[CAPACITY];
                msched__csv_scanned row;
                assert_int_equal(all[s](text, text + sizeof text, ',', ends, CAPACITY, &row),
                                 is_line_end);
                if (is_line_end)
                    assert_int_equal(ends[0], size);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_scanners_agree_on_random_bytes),
                                       cmocka_unit_test(a_line_end_is_split_by_a_block)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
