/* CSV into a catalog: columns by name, values checked one by one. */
#include "base/alloc.h"
#include "base/number.h"
#include "base/options.h"
#include "base/utf8.h"
#include "catalog/builder.h"
#include "format/csv.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct load_job {
    msched_catalog_builder *builder;
    const msched_catalog_options *options; /* the builder's, with defaults */
    msched__csv *csv;
    char source[64];                         /* how messages name the input */
    const char *names[MSCHED__COLUMN_COUNT]; /* of the columns in the header */
    uint32_t fields[MSCHED__COLUMN_COUNT];   /* field number of each column, 0: not there */
    size_t field_count;                      /* of the header */
    uint64_t total_bytes;                    /* 0: not known */
    uint64_t sampled_rows, sampled_bytes;
} load_job;

void msched_catalog_options_init(msched_catalog_options *options, uint32_t struct_size)
{
    static const msched_catalog_options defaults;
    msched__options_init(options, struct_size, &defaults, sizeof defaults);
}

/* The end of a long name says more than its beginning, and messages are short. */
static void set_source(load_job *loader, const char *name)
{
    size_t size = strlen(name), keep = sizeof loader->source - 4;
    if (size <= keep) {
        memcpy(loader->source, name, size + 1);
        return;
    }
    const char *tail = name + size - keep;
    while (((unsigned char)*tail & 0xC0) == 0x80)
        tail++;
    snprintf(loader->source, sizeof loader->source, "...%s", tail);
}

/* Put source and place in front of a message that came without them. */
static void name_source(const load_job *loader, msched_error *err)
{
    msched_error plain = *err;
    if (plain.line == 0)
        msched__fail(err, plain.code, "%s: %s", loader->source, plain.message);
    else if (plain.column == 0)
        msched__fail_at(err, plain.code, plain.line, 0, "%s:%llu: %s", loader->source, (unsigned long long)plain.line,
                        plain.message);
    else
        msched__fail_at(err, plain.code, plain.line, plain.column, "%s:%llu:%u: %s", loader->source, (unsigned long long)plain.line,
                        (unsigned)plain.column, plain.message);
}

static msched__slice trim(msched__slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
        text.size--;
    return text;
}

static int is_text(msched__slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

/* ---- header ---- */

/* What the header must have: the required columns and those that the options name. */
static int is_wanted(const load_job *loader, uint32_t column)
{
    return msched__column_required(column) || loader->names[column] != msched__column_name(column);
}

/* A field of the header that may be meant as a column that is missing; 0 if none. */
static int find_resembling(const msched__csv_row *header, uint32_t column, msched__slice *found)
{
    for (size_t i = 0; i < header->field_count; i++) {
        *found = trim(header->fields[i]);
        if (msched__resembles_column(*found, column))
            return 1;
    }
    return 0;
}

static msched_result missing_columns(const load_job *loader, const msched__csv_row *header, msched_error *err)
{
    char names[120] = "", hint[120] = "";
    msched__slice other;
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++) {
        size_t used = strlen(names);
        if (!is_wanted(loader, column) || loader->fields[column] != 0)
            continue;
        snprintf(names + used, sizeof names - used, "%s%s", used == 0 ? "" : ", ", loader->names[column]);
        if (hint[0] == '\0' && find_resembling(header, column, &other))
            snprintf(hint, sizeof hint, "; where %s is meant, say so by columns: %s=%.*s", msched__quote(other).text,
                     msched__column_name(column), (int)(other.size < 40 ? other.size : 40), other.data);
    }
    if (header->field_count == 1)
        snprintf(hint, sizeof hint, " (one column only: is another delimiter meant?)");
    return msched__fail_at(err, MSCHED_ERROR_HEADER, header->line, 0, "the header lacks %s%s", names, hint);
}

static const char *column_of_field(const load_job *loader, size_t field)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++)
        if (loader->fields[column] == field)
            return msched__column_name(column);
    return field > loader->field_count ? "an extra field" : "an ignored column";
}

/* The next row, errors with the column's name and the source's. */
static msched_result next_row(load_job *loader, msched__csv_row *row, msched_error *err)
{
    msched_result result = msched__csv_next(loader->csv, row, err);
    if (result == MSCHED_ERROR_SYNTAX) {
        msched_error plain = *err;
        msched__fail_at(err, result, plain.line, plain.column, "%s: %s %s",
                        loader->field_count == 0 ? "header" : column_of_field(loader, plain.column), msched__quote(row->bytes).text,
                        plain.message);
    }
    if (result != MSCHED_OK)
        name_source(loader, err);
    return result;
}

static msched_result find_columns(load_job *loader, const msched__csv_row *header, msched_error *err)
{
    for (size_t i = 0; i < header->field_count; i++) {
        msched__slice name = trim(header->fields[i]);
        for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++) {
            if (!is_text(name, loader->names[column]))
                continue;
            if (loader->fields[column] != 0)
                return msched__fail_at(err, MSCHED_ERROR_HEADER, header->line, (uint32_t)i + 1,
                                       "the header names %s twice, first in field %u", loader->names[column],
                                       (unsigned)loader->fields[column]);
            loader->fields[column] = (uint32_t)i + 1;
        }
    }
    for (uint32_t column = 0; column < MSCHED__COLUMN_COUNT; column++)
        if (is_wanted(loader, column) && loader->fields[column] == 0)
            return missing_columns(loader, header, err);
    return MSCHED_OK;
}

/* UTF-16, a packed file and the like are told as what they are, not as a header without the columns. */
static msched_result check_header_bytes(const msched__csv_row *header, msched_error *err)
{
    size_t good = msched__utf8_check(header->bytes.data, header->bytes.size);
    if (good == header->bytes.size)
        return MSCHED_OK;
    return msched__fail_at(err, MSCHED_ERROR_ENCODING, header->line, 0,
                           "the header has byte 0x%02X, which is not UTF-8 there: the input must be CSV text, saved as UTF-8",
                           (unsigned)(unsigned char)header->bytes.data[good]);
}

static msched_result read_header(load_job *loader, msched_error *err)
{
    msched__csv_row header;
    msched_result result = next_row(loader, &header, err);
    if (result != MSCHED_OK)
        return result;
    if (header.fields == NULL) {
        result = msched__fail(err, MSCHED_ERROR_HEADER,
                              "the input is empty: it needs a header line with track_id, track_name, "
                              "track_artist, track_popularity and duration_ms");
    } else {
        result = check_header_bytes(&header, err);
        if (result == MSCHED_OK)
            result = find_columns(loader, &header, err);
    }
    loader->field_count = header.field_count;
    if (result != MSCHED_OK)
        name_source(loader, err);
    return result;
}

/* ---- one row ---- */

static msched_result check_field_count(const load_job *loader, const msched__csv_row *row, msched_error *err)
{
    if (row->field_count == loader->field_count)
        return MSCHED_OK;
    if (row->field_count < loader->field_count)
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, row->line, (uint32_t)row->field_count + 1,
                               "the row ends after field %zu of %zu, %s: the next column, %s, is missing", row->field_count,
                               loader->field_count, msched__quote(row->fields[row->field_count - 1]).text,
                               column_of_field(loader, row->field_count + 1));
    return msched__fail_at(err, MSCHED_ERROR_SYNTAX, row->line, (uint32_t)loader->field_count + 1,
                           "the row has %zu fields, but the header has %zu; the first one too many is %s: put a text that holds "
                           "the delimiter in quotes",
                           row->field_count, loader->field_count, msched__quote(row->fields[loader->field_count]).text);
}

static msched_result bad_bytes(const load_job *loader, const msched__csv_row *row, msched_error *err)
{
    for (size_t i = 0; i < row->field_count; i++) {
        msched__slice field = row->fields[i];
        size_t good = msched__utf8_check(field.data, field.size);
        if (good < field.size)
            return msched__fail_at(err, MSCHED_ERROR_ENCODING, row->line, (uint32_t)i + 1,
                                   "%s: %s is followed by byte 0x%02X, which is not UTF-8 there: save the file as UTF-8",
                                   column_of_field(loader, i + 1), msched__quote((msched__slice){field.data, good}).text,
                                   (unsigned)(unsigned char)field.data[good]);
    }
    return MSCHED_OK;
}

static msched_result check_sizes(const load_job *loader, const msched__csv_row *row, msched_error *err)
{
    uint32_t limit = loader->options->max_field_bytes;
    for (size_t i = 0; row->bytes.size > limit && i < row->field_count; i++)
        if (row->fields[i].size > limit)
            return msched__fail_at(err, MSCHED_ERROR_LIMIT, row->line, (uint32_t)i + 1,
                                   "%s: %s is longer than %u bytes: raise max_field_bytes to load it",
                                   column_of_field(loader, i + 1), msched__quote(row->fields[i]).text, (unsigned)limit);
    return MSCHED_OK;
}

/* The cell of a column; empty where the column is not there. */
static msched__slice cell(const load_job *loader, const msched__csv_row *row, uint32_t column)
{
    uint32_t field = loader->fields[column];
    return field == 0 ? (msched__slice){"", 0} : row->fields[field - 1];
}

/* A whole number min..max, also as pandas writes it where a column has gaps: "66.0". */
static int parse_whole(msched__slice text, int64_t min, int64_t max, int64_t *value)
{
    if (text.size > 2 && memcmp(text.data + text.size - 2, ".0", 2) == 0)
        text.size -= 2;
    return msched__parse_int(text.data, text.size, value) && *value >= min && *value <= max;
}

static int is_unknown(msched__slice text)
{
    return text.size == 0 || is_text(text, "NA") || is_text(text, "NaN") || is_text(text, "nan");
}

static msched_result read_feature(uint32_t feature, msched__slice text, double *value, const msched__row_place *place,
                                  msched_error *err)
{
    if (!msched__parse_double(text.data, text.size, value)) {
        *value = NAN;
        text = trim(text);
        if (is_unknown(text))
            return MSCHED_OK;
        if (!msched__parse_double(text.data, text.size, value))
            return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_FEATURE + feature,
                                    "%s is not a number (decimal point, no unit)", msched__quote(text).text);
    }
    if (feature == MSCHED_FEATURE_KEY && *value == -1)
        *value = NAN;
    if (!msched__feature_in_range(feature, *value))
        return msched__feature_fail(feature, msched__quote(text).text, place, err);
    return MSCHED_OK;
}

static msched_result read_numbers(const load_job *loader, const msched__csv_row *row, msched__values *values,
                                  const msched__row_place *place, msched_error *err)
{
    int64_t whole;
    msched__slice text = trim(cell(loader, row, MSCHED__COLUMN_POPULARITY));
    if (!parse_whole(text, 0, 100, &whole))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_POPULARITY, "%s is not a whole number 0..100",
                                msched__quote(text).text);
    values->popularity = (uint32_t)whole;
    text = trim(cell(loader, row, MSCHED__COLUMN_DURATION));
    if (!parse_whole(text, 1, 86400000, &whole))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_DURATION,
                                "%s is not a whole number of milliseconds 1..86400000", msched__quote(text).text);
    values->duration_ms = (uint32_t)whole;
    text = trim(cell(loader, row, MSCHED__COLUMN_RELEASE_DATE));
    values->date = (msched__date){0, 0, 0};
    if (!is_unknown(text) && !msched__date_parse(text.data, text.size, &values->date))
        return msched__row_fail(err, place, MSCHED_ERROR_VALUE, MSCHED__COLUMN_RELEASE_DATE,
                                "%s is not a date YYYY, YYYY-MM or YYYY-MM-DD", msched__quote(text).text);
    for (uint32_t f = 0; f < MSCHED__FEATURES; f++) {
        text = cell(loader, row, MSCHED__COLUMN_FEATURE + f);
        msched_result result = read_feature(f, text, &values->feature[f], place, err);
        if (result != MSCHED_OK)
            return result;
    }
    return MSCHED_OK;
}

/* Errors about one column name the source themselves; those about the row's form do not. */
static msched_result check_form(const load_job *loader, const msched__csv_row *row, msched_error *err)
{
    msched_result result = MSCHED_OK;
    if (msched__utf8_check(row->bytes.data, row->bytes.size) < row->bytes.size)
        result = bad_bytes(loader, row, err);
    if (result == MSCHED_OK)
        result = check_field_count(loader, row, err);
    if (result == MSCHED_OK)
        result = check_sizes(loader, row, err);
    if (result != MSCHED_OK)
        name_source(loader, err);
    return result;
}

static msched_result read_values(const load_job *loader, const msched__csv_row *row, msched__values *values,
                                 const msched__row_place *place, msched_error *err)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_TEXTS; column++) {
        values->text[column] = cell(loader, row, column);
        if (column <= MSCHED__COLUMN_TRACK_ARTIST && values->text[column].size == 0)
            return msched__check_text(column, values->text[column], place, err);
    }
    msched__builder_announce(loader->builder, values);
    return read_numbers(loader, row, values, place, err);
}

static msched_result add_row(load_job *loader, const msched__csv_row *row, msched_error *err)
{
    msched__values values;
    const msched__row_place place = {loader->source, row->line, loader->fields};
    msched_result result = check_form(loader, row, err);
    if (result == MSCHED_OK)
        result = read_values(loader, row, &values, &place, err);
    if (result != MSCHED_OK)
        return msched__builder_refuse(loader->builder, err);
    result = msched__builder_add_values(loader->builder, &values, &place, err);
    return result == MSCHED_ERROR_CONFLICT ? msched__builder_refuse(loader->builder, err) : result;
}

/* After a sample of rows, tell the builder how many the whole input will have. */
#define SAMPLE_ROWS        256
#define MOST_EXPECTED_ROWS 4000000 /* beyond, growing step by step is cheap beside reading */
static void expect_rows(load_job *loader, const msched__csv_row *row)
{
    if (loader->sampled_rows == SAMPLE_ROWS)
        return;
    loader->sampled_bytes += row->bytes.size + 1;
    if (++loader->sampled_rows < SAMPLE_ROWS || loader->total_bytes == 0)
        return;
    uint64_t rows = loader->total_bytes / (loader->sampled_bytes / SAMPLE_ROWS) + SAMPLE_ROWS;
    if (rows <= MOST_EXPECTED_ROWS)
        msched__builder_expect(loader->builder, (uint32_t)(rows + rows / 32));
}

static msched_result read_rows(load_job *loader, msched_error *err)
{
    msched__csv_row row;
    msched_result result = read_header(loader, err);
    while (result == MSCHED_OK) {
        result = next_row(loader, &row, err);
        if (result == MSCHED_OK && row.fields == NULL)
            return MSCHED_OK;
        if (result == MSCHED_OK) {
            expect_rows(loader, &row);
            result = add_row(loader, &row, err);
        } else if (result == MSCHED_ERROR_SYNTAX) {
            result = msched__builder_refuse(loader->builder, err);
        }
    }
    return result;
}

/* ---- the three ways in ---- */

typedef struct load_input {
    const char *name;     /* where the options give none */
    msched__slice memory; /* used when read is NULL */
    msched_read_fn read;
    void *read_ctx;
    uint64_t total_bytes; /* 0: not known */
} load_input;

static msched_result open_input(load_job *loader, const load_input *input, msched_error *err)
{
    const msched_catalog_options *options = loader->options;
    if (!msched__csv_delimiter_ok(options->delimiter))
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            "delimiter must be a tab or a printable ASCII character other than a quote");
    msched__csv_options csv = {
        .delimiter = (char)options->delimiter,
        .max_row_bytes = options->max_row_bytes,
        .max_bytes = options->max_bytes,
        .total_bytes = input->total_bytes,
        .allocator = loader->builder->allocator,
        .progress = options->progress,
        .progress_ctx = options->progress_ctx,
        .cancel = options->cancel,
        .cancel_ctx = options->cancel_ctx,
    };
    set_source(loader, options->source_name != NULL ? options->source_name : input->name);
    loader->csv =
        input->read != NULL ? msched__csv_open(&csv, input->read, input->read_ctx) : msched__csv_open_memory(&csv, input->memory);
    return loader->csv == NULL ? msched__fail_memory(err) : MSCHED_OK;
}

static msched_result load(msched_catalog **out, const load_input *input, const msched_catalog_options *options, msched_error *err)
{
    load_job loader = {.total_bytes = input->total_bytes};
    msched_error local;
    err = err == NULL ? &local : err;
    msched_result result = msched_catalog_builder_create(&loader.builder, options, err);
    if (result != MSCHED_OK)
        return result;
    loader.options = msched__builder_options(loader.builder);
    msched_error reason;
    result = msched__header_names(loader.options, loader.names, &reason);
    if (result == MSCHED_OK)
        result = open_input(&loader, input, &reason);
    if (result == MSCHED_OK)
        result = read_rows(&loader, &reason);
    msched__csv_close(loader.csv);
    if (result == MSCHED_OK)
        return msched_catalog_builder_finish(out, loader.builder, err);
    *err = reason;
    msched_catalog_builder_free(loader.builder);
    return result;
}

msched_result msched_catalog_load_memory(msched_catalog **out, const void *data, size_t size_bytes,
                                         const msched_catalog_options *options, msched_error *err)
{
    if (out == NULL || (data == NULL && size_bytes > 0))
        return msched__fail_null(err, out == NULL ? "out" : "data");
    *out = NULL;
    const load_input input = {.name = "<memory>", .memory = {data, size_bytes}, .total_bytes = size_bytes};
    return load(out, &input, options, err);
}

msched_result msched_catalog_load_callback(msched_catalog **out, msched_read_fn read, void *read_ctx,
                                           const msched_catalog_options *options, msched_error *err)
{
    if (out == NULL || read == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "read");
    *out = NULL;
    const load_input input = {.name = "<callback>", .read = read, .read_ctx = read_ctx};
    return load(out, &input, options, err);
}

static int64_t read_file(void *ctx, void *buffer, size_t size)
{
    ssize_t got;
    do {
        got = read(*(const int *)ctx, buffer, size);
    } while (got < 0 && errno == EINTR);
    return got;
}

static msched_result cannot_open(const char *path, int number, msched_error *err)
{
    char why[100];
    if (strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
    return msched__fail(err, MSCHED_ERROR_IO, "%.120s: cannot be read: %s", path, why);
}

msched_result msched_catalog_load_path(msched_catalog **out, const char *path, const msched_catalog_options *options,
                                       msched_error *err)
{
    if (out == NULL || path == NULL)
        return msched__fail_null(err, out == NULL ? "out" : "path");
    *out = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return cannot_open(path, errno, err);
    struct stat status;
    msched_result result;
    if (fstat(file, &status) != 0)
        result = cannot_open(path, errno, err);
    else if (S_ISDIR(status.st_mode))
        result = cannot_open(path, EISDIR, err);
    else {
        const load_input input = {.name = path,
                                  .read = read_file,
                                  .read_ctx = &file,
                                  .total_bytes = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0};
        result = load(out, &input, options, err);
    }
    close(file);
    return result;
}
