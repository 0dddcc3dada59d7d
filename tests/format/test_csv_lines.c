/* Lines that are taken apart give the rows and errors that one reader gives for the whole input. */
#include "../testing.h"
#include "base/alloc.h"
#include "format/csv.h"
#include "format/csv_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES  6000
#define EVENTS ((size_t)4 << 20)

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* What a finder has to return. */
static msched__csv_found expected(msched__slice text, size_t most)
{
    msched__csv_found found = {0, 0};
    size_t quotes = 0;
    for (size_t i = 0; i < text.size && found.count < most; i++) {
        const int before_newline = i + 1 < text.size && text.data[i + 1] == '\n';
        quotes += text.data[i] == '"';
        if (text.data[i] == '\r' && !before_newline)
            break;
        if (text.data[i] != '\n')
            continue;
        if (quotes % 2 != 0)
            break;
        found = (msched__csv_found){i + 1, found.count + 1};
    }
    return found;
}

/* Fields of a few kinds; `odd` is how rare fields are whose quotes are wrong or enclose lines. */
static size_t fill(char *text, uint32_t *seed)
{
    static const char *const fields[] = {"a",
                                         "",
                                         "longer words",
                                         "\"quoted\"",
                                         "\"a, b\"",
                                         "\"say \"\"hi\"\"\"",
                                         "5\" disc",
                                         "\"two\nlines\"",
                                         "\"three\r\n\nlines\"",
                                         "\"open",
                                         "x\"",
                                         "\"a\"b",
                                         "\r",
                                         "\"\"\"",
                                         "\xC3\xA9",
                                         "\"back \\\" slash\""};
    static const char *const ends[] = {"\n", "\r\n", "\n\n", "\r"};
    const uint32_t plain = next_random(seed) % 8, odd = 1 + next_random(seed) % 200,
                   end = next_random(seed) % 8, size = next_random(seed) % (BYTES - 100);
    size_t used = 0;
    while (used < size) {
        const uint32_t pick = next_random(seed) % odd == 0 ? next_random(seed) % 16
                                                           : next_random(seed) % (plain + 1);
        const char *field = fields[pick], *stop = ends[end < 6 ? end / 3 : next_random(seed) % 4];
        memcpy(text + used, field, strlen(field));
        used += strlen(field);
        if (next_random(seed) % 4 != 0)
            stop = ",";
        memcpy(text + used, stop, strlen(stop));
        used += strlen(stop);
    }
    return used;
}

static void finders_agree_with_a_loop(void **state)
{
    (void)state;
    msched__csv_find_fn *all[MSCHED__CSV_FINDERS];
    const size_t count = msched__csv_finders(all);
    uint32_t seed = 3;
    for (int round = 0; round < 3000; round++) {
        char *text = malloc(BYTES);
        assert_non_null(text);
        const size_t size = fill(text, &seed);
        char *exact = malloc(size + 1); /* so that a checker sees reads past the end */
        assert_non_null(exact);
        memcpy(exact, text, size);
        for (size_t at = 0; at < size; at += 1 + next_random(&seed) % 500) {
            const msched__slice rest = {exact + at, size - at};
            const size_t most = 1 + next_random(&seed) % 300;
            const msched__csv_found want = expected(rest, most);
            for (size_t f = 0; f < count; f++) {
                const msched__csv_found got = all[f](rest, most);
                assert_int_equal(got.bytes, want.bytes);
                assert_int_equal(got.count, want.count);
            }
        }
        free(exact);
        free(text);
    }
}

/* All that a reader says about an input. */
typedef struct events {
    char *text;
    size_t size;
    size_t by_lines; /* how often lines were taken */
} events;

static void tell(events *out, msched_result result, const msched__csv_row *row,
                 const msched_error *err)
{
    assert_true(out->size + BYTES < EVENTS);
    char *at = out->text + out->size;
    if (result != MSCHED_OK) {
        at += sprintf(at, "%d %llu %u %s|", (int)result, (unsigned long long)err->line,
                      (unsigned)err->column, err->message);
    } else {
        at += sprintf(at, "%llu", (unsigned long long)row->line);
        for (size_t i = 0; i < row->field_count; i++) {
            const msched__slice field = row->ends != NULL ? msched__csv_field_between(row, i + 1)
                                                          : row->fields[i];
            at += sprintf(at, "<%.*s>", (int)field.size, field.size == 0 ? "" : field.data);
        }
    }
    *at++ = '\n';
    out->size = (size_t)(at - out->text);
}

enum outcome { MORE, END, FAILED };

/* At most `most` rows of what `csv` reads. */
static enum outcome tell_rows(events *out, msched__csv *csv, size_t most)
{
    msched__csv_row row;
    msched_error err = {0};
    for (size_t i = 0; i < most; i++) {
        const msched_result result = msched__csv_next(csv, &row, &err);
        if (result == MSCHED_OK && row.fields == NULL && row.ends == NULL)
            return END;
        tell(out, result, &row, &err);
        if (result != MSCHED_OK && result != MSCHED_ERROR_SYNTAX)
            return FAILED;
    }
    return MORE;
}

static void tell_lines(events *out, msched__csv *csv, uint32_t *seed)
{
    const msched_allocator allocator = msched__allocator_copy(NULL);
    msched__csv *copy = msched__csv_share(csv);
    msched_error err = {0};
    char *buffer = NULL;
    size_t capacity = 0;
    assert_non_null(copy);
    for (;;) {
        msched__csv_lines lines;
        const msched_result result = msched__csv_take_lines(csv, 8 + next_random(seed) % 40,
                                                            &buffer, &capacity, &lines, &err);
        if (result != MSCHED_OK) {
            tell(out, result, NULL, &err);
            break;
        }
        if (lines.count > 0) {
            msched__csv_set_lines(copy, &lines);
            out->by_lines++;
            if (tell_rows(out, copy, SIZE_MAX) == FAILED)
                break;
        } else if (tell_rows(out, csv, 1 + next_random(seed) % 5) != MORE) {
            break;
        }
    }
    msched__csv_join(csv, copy);
    msched__free(&allocator, buffer);
}

typedef struct source {
    const char *data;
    size_t size;
    uint32_t seed;
} source;

static int64_t read_piece(void *ctx, void *buffer, size_t size)
{
    source *from = ctx;
    size_t count = 1 + next_random(&from->seed) % 3000;
    count = count < from->size ? count : from->size;
    count = count < size ? count : size;
    memcpy(buffer, from->data, count);
    from->data += count;
    from->size -= count;
    return (int64_t)count;
}

static void lines_say_what_one_reader_says(void **state)
{
    (void)state;
    uint32_t seed = 11;
    size_t by_lines = 0;
    events one = {malloc(EVENTS), 0, 0}, apart = {malloc(EVENTS), 0, 0};
    char *text = malloc(BYTES);
    assert_true(one.text != NULL && apart.text != NULL && text != NULL);
    for (int round = 0; round < 6000; round++) {
        const msched__slice input = {text, fill(text, &seed)};
        const msched__csv_options options = {
            .delimiter = ',',
            .max_row_bytes = round % 3 == 0 ? 60 + next_random(&seed) % 200 : 1u << 20,
            .max_bytes = round % 7 == 0 ? next_random(&seed) % BYTES : UINT32_MAX,
            .lenient = round % 2,
            .allocator = msched__allocator_copy(NULL)};
        source from = {input.data, input.size, seed}, again = from;
        const int from_memory = round % 5 < 2;
        msched__csv *csv = from_memory ? msched__csv_open_memory(&options, input)
                                       : msched__csv_open(&options, read_piece, &from);
        assert_non_null(csv);
        one.size = apart.size = 0;
        tell_rows(&one, csv, SIZE_MAX);
        const uint64_t loose = msched__csv_loose_rows(csv);
        msched__csv_close(csv);
        csv = from_memory ? msched__csv_open_memory(&options, input)
                          : msched__csv_open(&options, read_piece, &again);
        assert_non_null(csv);
        tell_lines(&apart, csv, &seed);
        assert_int_equal(apart.size, one.size);
        assert_memory_equal(apart.text, one.text, one.size);
        assert_int_equal(msched__csv_loose_rows(csv), loose);
        msched__csv_close(csv);
        by_lines += apart.by_lines;
        apart.by_lines = 0;
    }
    assert_true(by_lines > 10000);
    free(text);
    free(one.text);
    free(apart.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finders_agree_with_a_loop),
                                       cmocka_unit_test(lines_say_what_one_reader_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
