/*
 * fuzz/fuzz_csv.c: CSV of any bytes. A first byte below 32 that ends no line chooses delimiter and
 * piece size. Checked: rows are what libcsv alone gives for the whole input, pieces change nothing,
 * and a catalog loads or fails with a place and a message.
 */
#include "base/alloc.h"
#include "format/csv.h"

#include <csv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

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

static void compare_rows(const char *data, size_t size, char delimiter, size_t piece)
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

static void load(const char *data, size_t size, uint32_t delimiter, uint32_t skip_bad_rows,
                 uint32_t strict)
{
    msched_catalog_options options;
    msched_catalog_options_init(&options, sizeof options);
    options.delimiter = delimiter;
    options.strict = strict;
    options.skip_bad_rows = skip_bad_rows;
    options.max_field_bytes = 200;
    msched_catalog *catalog;
    msched_error err = {0};
    msched_result result = msched_catalog_load_memory(&catalog, data, size, &options, &err);
    CHECK((result == MSCHED_OK) == (catalog != NULL));
    if (result == MSCHED_OK) {
        msched_track track = {.struct_size = sizeof track};
        uint32_t index;
        for (uint32_t i = 0; msched_catalog_get_track(catalog, i, &track) == MSCHED_OK; i++) {
            CHECK(msched_catalog_find_id(catalog, track.id, &index, NULL) == MSCHED_OK &&
                  index == i);
            CHECK(track.popularity >= -1 && track.popularity <= 100 &&
                  track.duration_ms <= 86400000 && track.id[0] != '\0');
            CHECK(!strict || (track.popularity >= 0 && track.duration_ms > 0 &&
                              track.name[0] != '\0' && track.artist[0] != '\0'));
        }
    } else {
        CHECK(err.code == result && strncmp(err.message, "<memory>:", 9) == 0);
        CHECK(strlen(err.message) < sizeof err.message);
    }
    msched_catalog_unref(catalog);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    uint8_t choice = size > 0 && data[0] < 32 && data[0] != '\n' && data[0] != '\r' ? data[0] : 0;
    size_t from = choice != 0;
    char delimiter = delimiters[choice % 4];
    compare_rows((const char *)data + from, size - from, delimiter, (size_t)choice % 7 + 1);
    for (uint32_t strict = 0; strict < 2; strict++) {
        load((const char *)data + from, size - from, (unsigned char)delimiter, 0, strict);
        load((const char *)data + from, size - from, (unsigned char)delimiter, 1, strict);
    }
    load((const char *)data + from, size - from, 0, 1, 0);
    return 0;
}
