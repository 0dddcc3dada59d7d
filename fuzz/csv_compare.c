#include "csv_compare.h"

#include "base/alloc.h"
#include "format/csv.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>

/*
 * Rows written one after the other, each field by its size and bytes: equal bytes are equal rows.
 */
typedef struct record {
    unsigned char *bytes;
    size_t size, capacity;
} record;

static void write_bytes(record *out, const void *data, size_t size)
{
    if (out->size + size > out->capacity) {
        out->capacity = 2 * (out->size + size);
        out->bytes = realloc(out->bytes, out->capacity);
        CHECK(out->bytes != NULL);
    }
    if (size > 0)
        memcpy(out->bytes + out->size, data, size);
    out->size += size;
}

static void on_field(void *data, size_t size, void *ctx)
{
    write_bytes(ctx, &size, sizeof size);
    write_bytes(ctx, data, size);
}

static void on_row(int terminator, void *ctx)
{
    const size_t end = SIZE_MAX;
    (void)terminator;
    write_bytes(ctx, &end, sizeof end);
}

static int no_space(unsigned char c)
{
    (void)c;
    return 0;
}

/* The whole input through libcsv alone. 1 if it is well formed. */
static int reference(record *out, const char *data, size_t size, char delimiter)
{
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_set_space_func(&parser, no_space);
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    int good = csv_parse(&parser, data, size, on_field, on_row, out) == size;
    good = good && csv_fini(&parser, on_field, on_row, out) == 0;
    csv_free(&parser);
    return good;
}

/*
 * The same through our reader. Returns 1 if every row was well formed; `out` ends before the first
 * broken row.
 */
static int read_all(record *out, msched__csv *csv)
{
    msched__csv_row row;
    msched_error err;
    int good = 1;
    uint64_t line = 0;
    CHECK(csv != NULL);
    for (;;) {
        msched_result result = msched__csv_next(csv, &row, &err);
        if (result == MSCHED_ERROR_SYNTAX) {
            CHECK(err.line >= 1 && err.column >= 1 && err.message[0] != '\0');
            good = 0;
            continue;
        }
        CHECK(result == MSCHED_OK);
        if (row.fields == NULL)
            break;
        CHECK(row.line > line && row.field_count >= 1);
        line = row.line;
        for (size_t i = 0; good && i < row.field_count; i++)
            on_field((void *)row.fields[i].data, row.fields[i].size, out);
        if (good)
            on_row(0, out);
    }
    msched__csv_close(csv);
    return good;
}

/* The row or the error that a reader gives, with its line. */
static void write_event(record *out, msched_result result, const msched__csv_row *row,
                        const msched_error *err)
{
    write_bytes(out, &result, sizeof result);
    if (result != MSCHED_OK) {
        write_bytes(out, &err->line, sizeof err->line);
        write_bytes(out, &err->column, sizeof err->column);
        write_bytes(out, err->message, strlen(err->message));
        return;
    }
    write_bytes(out, &row->line, sizeof row->line);
    for (size_t i = 0; i < row->field_count; i++) {
        const msched__slice field = row->ends != NULL ? msched__csv_field_between(row, i + 1)
                                                      : row->fields[i];
        on_field((void *)field.data, field.size, out);
    }
    on_row(0, out);
}

/* At most `most` rows. 0 after the last one. */
static int write_rows(record *out, msched__csv *csv, size_t most)
{
    msched__csv_row row;
    msched_error err;
    for (size_t i = 0; i < most; i++) {
        const msched_result result = msched__csv_next(csv, &row, &err);
        if (result == MSCHED_OK && row.fields == NULL && row.ends == NULL)
            return 0;
        CHECK(result == MSCHED_OK || result == MSCHED_ERROR_SYNTAX);
        write_event(out, result, &row, &err);
    }
    return 1;
}

/* All rows, from lines that are taken where there are any. */
static void write_lines(record *out, msched__csv *csv, size_t most)
{
    msched__csv *copy = msched__csv_share(csv);
    msched__csv_lines lines;
    msched_error err;
    char *buffer = NULL;
    size_t capacity = 0;
    CHECK(copy != NULL);
    for (;;) {
        CHECK(msched__csv_take_lines(csv, most, &buffer, &capacity, &lines, &err) == MSCHED_OK);
        if (lines.count > 0) {
            msched__csv_set_lines(copy, &lines);
            write_rows(out, copy, SIZE_MAX);
        } else if (!write_rows(out, csv, most)) {
            break;
        }
    }
    msched__csv_join(csv, copy);
    const msched_allocator allocator = msched__allocator_copy(NULL);
    msched__free(&allocator, buffer);
}

typedef struct source {
    const char *data;
    size_t size, piece;
} source;

static int64_t read_piece(void *ctx, void *buffer, size_t size)
{
    source *from = ctx;
    size_t count = from->piece < from->size ? from->piece : from->size;
    count = count < size ? count : size;
    memcpy(buffer, from->data, count);
    from->data += count;
    from->size -= count;
    return (int64_t)count;
}

void compare_rows(const char *data, size_t size, char delimiter, size_t piece)
{
    record alone = {0}, whole = {0}, pieces = {0};
    const msched__csv_options options = {.delimiter = delimiter,
                                         .max_row_bytes = 1u << 24,
                                         .max_bytes = UINT32_MAX,
                                         .allocator = msched__allocator_copy(NULL)};
    source from = {data, size, piece};
    int good = reference(&alone, data, size, delimiter);
    int whole_good = read_all(&whole,
                              msched__csv_open_memory(&options, (msched__slice){data, size}));
    int pieces_good = read_all(&pieces, msched__csv_open(&options, read_piece, &from));
    CHECK(whole_good == good && pieces_good == good);
    CHECK(pieces.size == whole.size &&
          (whole.size == 0 || memcmp(pieces.bytes, whole.bytes, whole.size) == 0));
    /* libcsv alone also hands on the fields before the break in a broken row */
    CHECK(good ? whole.size == alone.size : whole.size <= alone.size);
    CHECK(whole.size == 0 || memcmp(alone.bytes, whole.bytes, whole.size) == 0);
    free(alone.bytes);
    free(whole.bytes);
    free(pieces.bytes);
}

void compare_lines(const char *data, size_t size, char delimiter, size_t piece, int lenient)
{
    record whole = {0}, apart = {0};
    const msched__csv_options options = {.delimiter = delimiter,
                                         .max_row_bytes = 1u << 24,
                                         .max_bytes = UINT32_MAX,
                                         .lenient = lenient,
                                         .allocator = msched__allocator_copy(NULL)};
    source from = {data, size, 100 * piece};
    msched__csv *one = msched__csv_open_memory(&options, (msched__slice){data, size}),
                *other = msched__csv_open(&options, read_piece, &from);
    CHECK(one != NULL && other != NULL);
    write_rows(&whole, one, SIZE_MAX);
    write_lines(&apart, other, 8 + piece);
    CHECK(msched__csv_loose_rows(one) == msched__csv_loose_rows(other));
    CHECK(apart.size == whole.size &&
          (whole.size == 0 || memcmp(apart.bytes, whole.bytes, whole.size) == 0));
    msched__csv_close(one);
    msched__csv_close(other);
    free(whole.bytes);
    free(apart.bytes);
}
