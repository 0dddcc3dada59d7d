/* Build a catalog from Arrow record batches. */
#include "arrow/arrow_rows.h"
#include "base/alloc.h"
#include "base/buffer.h"
#include "base/civil.h"
#include "base/error.h"
#include "base/options.h"
#include "catalog/build/left_out.h"
#include "catalog/cells/row.h"
#include "catalog/read/header.h"

#include <math.h>
#include <string.h>

typedef enum field_type {
    FIELD_TEXT,
    FIELD_DATE,
    FIELD_POPULARITY,
    FIELD_DURATION,
    FIELD_FEATURE
} field_type;

/* Where the values of each column go in msched_catalog_row. */
typedef struct field {
    field_type type;
    size_t offset;
} field;

#define ROW(member) offsetof(msched_catalog_row, member)
#define FEATURE(name)                                                                              \
    [MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_##                                                    \
        name] = {FIELD_FEATURE, ROW(feature) + MSCHED_FEATURE_##name * sizeof(double)}
static const field fields[MSCHED__COLUMN_COUNT] = {
    [MSCHED__COLUMN_TRACK_ID] = {FIELD_TEXT, ROW(track_id)},
    [MSCHED__COLUMN_TRACK_NAME] = {FIELD_TEXT, ROW(track_name)},
    [MSCHED__COLUMN_TRACK_ARTIST] = {FIELD_TEXT, ROW(track_artist)},
    [MSCHED__COLUMN_ALBUM_ID] = {FIELD_TEXT, ROW(album_id)},
    [MSCHED__COLUMN_ALBUM_NAME] = {FIELD_TEXT, ROW(album_name)},
    [MSCHED__COLUMN_PLAYLIST_ID] = {FIELD_TEXT, ROW(playlist_id)},
    [MSCHED__COLUMN_PLAYLIST_NAME] = {FIELD_TEXT, ROW(playlist_name)},
    [MSCHED__COLUMN_GENRE] = {FIELD_TEXT, ROW(genre)},
    [MSCHED__COLUMN_SUBGENRE] = {FIELD_TEXT, ROW(subgenre)},
    [MSCHED__COLUMN_POPULARITY] = {FIELD_POPULARITY, ROW(popularity)},
    [MSCHED__COLUMN_RELEASE_DATE] = {FIELD_DATE, ROW(release_date)},
    [MSCHED__COLUMN_DURATION] = {FIELD_DURATION, ROW(duration_ms)},
    FEATURE(DANCEABILITY),
    FEATURE(ENERGY),
    FEATURE(KEY),
    FEATURE(LOUDNESS),
    FEATURE(MODE),
    FEATURE(SPEECHINESS),
    FEATURE(ACOUSTICNESS),
    FEATURE(INSTRUMENTALNESS),
    FEATURE(LIVENESS),
    FEATURE(VALENCE),
    FEATURE(TEMPO),
};

typedef struct arrow_import {
    const msched_catalog_options *options;
    struct ArrowSchema schema;
    const char *names[MSCHED__COLUMN_COUNT]; /* of the columns in the schema */
    int64_t child[MSCHED__COLUMN_COUNT];     /* of each column in the schema, -1: not there */
    msched_catalog_builder *builder;
    msched__arrow_rows rows; /* unless strict */
    msched__buffer texts;    /* of one row, each ended by a NUL */
    uint64_t row;            /* 1-based */
} arrow_import;

static int type_fits(field_type type, msched__arrow_kind kind)
{
    if (kind == MSCHED__ARROW_NULL)
        return 1;
    if (type == FIELD_DATE)
        return kind == MSCHED__ARROW_TEXT || kind == MSCHED__ARROW_DATE;
    return kind == (type == FIELD_TEXT ? MSCHED__ARROW_TEXT : MSCHED__ARROW_NUMBER);
}

/* The columns of the schema, matched by name as a CSV header is. */
static msched_result match_schema(arrow_import *self, msched_error *err)
{
    const size_t count = self->schema.n_children > 0 ? (size_t)self->schema.n_children : 0;
    const msched_allocator allocator = self->texts.allocator;
    msched__header_names names;
    msched__header_map map;
    msched__slice *header = msched__alloc_array(&allocator, count, sizeof *header);
    msched_result result = header == NULL ? msched__fail_memory(err)
                                          : msched__header_names_read(&names, self->options, err);
    for (size_t c = 0; result == MSCHED_OK && c < count; c++) {
        const char *name = self->schema.children[c]->name;
        header[c] = name == NULL ? (msched__slice){"", 0} : (msched__slice){name, strlen(name)};
    }
    if (result == MSCHED_OK)
        result = msched__header_match(&map, &names, header, count, err);
    if (result == MSCHED_OK && !msched__header_suffices(&map, &names))
        result = msched__header_fail(&map, &names, header, count, 0, err);
    for (size_t f = 0; result == MSCHED_OK && f < MSCHED__COLUMN_COUNT; f++) {
        self->names[f] = names.name[f];
        self->child[f] = (int64_t)map.fields[f] - 1;
    }
    msched__free(&allocator, header);
    return result;
}

static msched_result find_columns(arrow_import *self, const struct ArrowArray *batch,
                                  msched_error *err)
{
    if (!self->options->strict)
        return msched__arrow_rows_begin(&self->rows, self->builder, &self->schema, batch, err);
    msched_result result = match_schema(self, err);
    for (size_t f = 0; result == MSCHED_OK && f < MSCHED__COLUMN_COUNT; f++) {
        if (self->child[f] < 0)
            continue;
        const struct ArrowSchema *column = self->schema.children[self->child[f]];
        if (!type_fits(fields[f].type, msched__arrow_kind_of(column)))
            return msched__fail(err, MSCHED_ERROR_HEADER,
                                "column %s has the Arrow type \"%s\": cast it to %s", column->name,
                                column->format,
                                fields[f].type == FIELD_TEXT   ? "text"
                                : fields[f].type == FIELD_DATE ? "text or a date"
                                                               : "a number");
    }
    return result;
}

static msched_result bad_value(const arrow_import *self, size_t f, msched_error *err,
                               const char *wanted)
{
    return msched__fail_at(err, MSCHED_ERROR_VALUE, self->row, (uint32_t)self->child[f] + 1,
                           "%s:%llu: %s: %s", self->options->source_name,
                           (unsigned long long)self->row, self->names[f], wanted);
}

/* Append a text value to the row's texts; *at receives its place (SIZE_MAX: null). */
static msched_result read_text(arrow_import *self, size_t f, const struct ArrowSchema *schema,
                               const struct ArrowArray *array, int64_t row, size_t *at,
                               msched_error *err)
{
    *at = SIZE_MAX;
    if (!msched__arrow_is_valid(schema, array, row))
        return MSCHED_OK;
    *at = self->texts.size;
    if (msched__arrow_kind_of(schema) == MSCHED__ARROW_DATE) {
        int64_t days = msched__arrow_days(schema, array, row);
        if (days < -719162 || days > 2932896) /* 0001-01-01 .. 9999-12-31 */
            return bad_value(self, f, err, "the date is outside the years 1 to 9999");
        msched__date date = msched__date_from_days(days);
        msched__buffer_format(&self->texts, "%04d-%02u-%02u", (int)date.year, (unsigned)date.month,
                              (unsigned)date.day);
    } else {
        const char *data;
        size_t size;
        if (!msched__arrow_text(schema, array, row, &data, &size))
            return bad_value(self, f, err, "the Arrow array is inconsistent");
        if (size > 0 && memchr(data, '\0', size) != NULL)
            return msched__fail_at(
                err, MSCHED_ERROR_ENCODING, self->row, (uint32_t)self->child[f] + 1,
                "%s:%llu: %s: the text contains a NUL", self->options->source_name,
                (unsigned long long)self->row, self->names[f]);
        msched__buffer_add(&self->texts, data, size);
    }
    msched__buffer_char(&self->texts, '\0');
    return self->texts.failed ? msched__fail_memory(err) : MSCHED_OK;
}

static msched_result read_number(arrow_import *self, size_t f, const struct ArrowSchema *schema,
                                 const struct ArrowArray *array, int64_t row,
                                 msched_catalog_row *out, msched_error *err)
{
    unsigned char *target = (unsigned char *)out + fields[f].offset;
    double value = msched__arrow_is_valid(schema, array, row)
                       ? msched__arrow_number(schema, array, row)
                       : (double)NAN;
    if (fields[f].type == FIELD_FEATURE) {
        memcpy(target, &value, sizeof value);
        return MSCHED_OK;
    }
    /* The builder checks the ranges; this checks only what does not fit into its fields. */
    if (!(value >= 0 && value <= 4294967295.0) || value != floor(value))
        return bad_value(self, f, err,
                         fields[f].type == FIELD_POPULARITY ? "not a whole number 0..100"
                                                            : "not a whole number 1..86400000");
    if (fields[f].type == FIELD_POPULARITY) {
        int32_t popularity = value > INT32_MAX ? INT32_MAX : (int32_t)value;
        memcpy(target, &popularity, sizeof popularity);
    } else {
        uint32_t duration_ms = (uint32_t)value;
        memcpy(target, &duration_ms, sizeof duration_ms);
    }
    return MSCHED_OK;
}

static msched_result read_row(arrow_import *self, const struct ArrowArray *batch, int64_t row,
                              msched_error *err)
{
    msched_catalog_row out;
    size_t at[MSCHED__COLUMN_COUNT];
    msched_catalog_row_init(&out, sizeof out);
    msched__buffer_clear(&self->texts);
    for (size_t f = 0; f < MSCHED__COLUMN_COUNT; f++) {
        at[f] = SIZE_MAX;
        if (self->child[f] < 0)
            continue;
        const struct ArrowSchema *schema = self->schema.children[self->child[f]];
        const struct ArrowArray *array = batch->children[self->child[f]];
        msched_result result = fields[f].type == FIELD_TEXT || fields[f].type == FIELD_DATE
                                   ? read_text(self, f, schema, array, row, &at[f], err)
                                   : read_number(self, f, schema, array, row, &out, err);
        if (result != MSCHED_OK)
            return result;
    }
    for (size_t f = 0; f < MSCHED__COLUMN_COUNT; f++) { /* only now: the buffer no longer moves */
        const char *text = at[f] == SIZE_MAX ? NULL : self->texts.data + at[f];
        if (at[f] != SIZE_MAX)
            memcpy((unsigned char *)&out + fields[f].offset, &text, sizeof text);
    }
    return msched_catalog_builder_add(self->builder, &out, err);
}

/*
 * As read_row; a row whose values do not fit into msched_catalog_row is refused like other bad
 * rows.
 */
static msched_result take_row(arrow_import *self, const struct ArrowArray *batch, int64_t row,
                              msched_error *err)
{
    msched_error reason = {0};
    uint64_t rows_before = self->builder->row_count;
    if (!self->options->strict) {
        msched_result added = msched__arrow_rows_add(&self->rows, batch, row, self->row, &reason);
        if (added != MSCHED_OK && err != NULL)
            *err = reason;
        return added;
    }
    msched_result result = read_row(self, batch, row, &reason);
    if (result != MSCHED_OK && self->builder->row_count == rows_before) {
        self->builder->row_count++;
        if (result == MSCHED_ERROR_VALUE || result == MSCHED_ERROR_ENCODING)
            result = msched__builder_refuse(self->builder, &reason);
    }
    if (result != MSCHED_OK && err != NULL)
        *err = reason;
    return result;
}

static msched_result check_batch(const arrow_import *self, const struct ArrowArray *batch,
                                 msched_error *err)
{
    if (batch->n_children != self->schema.n_children)
        return msched__fail(err, MSCHED_ERROR_IO,
                            "a record batch has %lld columns, its schema %lld",
                            (long long)batch->n_children, (long long)self->schema.n_children);
    for (int64_t c = 0; c < batch->n_children; c++)
        if (batch->children[c]->length < batch->offset + batch->length)
            return msched__fail(err, MSCHED_ERROR_IO, "column %s is shorter than its record batch",
                                self->schema.children[c]->name == NULL
                                    ? "without a name"
                                    : self->schema.children[c]->name);
    return MSCHED_OK;
}

static msched_result read_batch(arrow_import *self, const struct ArrowArray *batch,
                                msched_error *err)
{
    for (int64_t i = 0; i < batch->length; i++) {
        self->row++;
        const msched_catalog_options *options = self->options;
        if (self->row % 4096 == 0 && options->cancel != NULL &&
            options->cancel(options->cancel_ctx) != 0)
            return msched__fail(err, MSCHED_ERROR_CANCELLED, "canceled at row %llu",
                                (unsigned long long)self->row);
        if (self->row % 4096 == 0 && options->progress != NULL)
            options->progress(options->progress_ctx, self->row, 0);
        msched_result result = take_row(self, batch, batch->offset + i, err);
        if (result != MSCHED_OK)
            return result;
    }
    return MSCHED_OK;
}

static msched_result stream_failure(struct ArrowArrayStream *stream, msched_error *err)
{
    const char *message = stream->get_last_error(stream);
    return msched__fail(err, MSCHED_ERROR_IO, "the Arrow stream failed: %s",
                        message == NULL ? "no reason given" : message);
}

static msched_result read_stream(arrow_import *self, struct ArrowArrayStream *stream,
                                 msched_error *err)
{
    msched_result result = MSCHED_OK;
    int has_columns = 0, has_batch = 1;
    while (result == MSCHED_OK && has_batch) {
        struct ArrowArray batch = {0};
        if (stream->get_next(stream, &batch) != 0)
            return stream_failure(stream, err);
        has_batch = batch.release != NULL;
        if (has_batch)
            result = check_batch(self, &batch, err);
        if (result == MSCHED_OK && !has_columns)
            result = find_columns(self, has_batch ? &batch : NULL, err);
        has_columns = 1;
        if (result == MSCHED_OK && has_batch)
            result = read_batch(self, &batch, err);
        if (has_batch)
            batch.release(&batch);
    }
    return result == MSCHED_OK && !self->options->strict ? msched__arrow_rows_end(&self->rows, err)
                                                         : result;
}

msched_result msched_catalog_import_arrow(msched_catalog **out, struct ArrowArrayStream *stream,
                                          const msched_catalog_options *options, msched_error *err)
{
    if (out != NULL)
        *out = NULL;
    if (stream == NULL || stream->release == NULL)
        return msched__fail(err, MSCHED_ERROR_ARGUMENT,
                            stream == NULL ? "stream is NULL"
                                           : "the Arrow stream was already released");
    if (out == NULL) {
        stream->release(stream);
        return msched__fail_null(err, "out");
    }
    msched_catalog_options known;
    msched_catalog_options_init(&known, sizeof known);
    arrow_import self = {.options = &known};
    msched_result result = msched__options_read(&known, sizeof known, options, "options", err);
    if (known.source_name == NULL)
        known.source_name = "<table>";
    if (result == MSCHED_OK)
        result = msched_catalog_builder_create(&self.builder, &known, err);
    msched_allocator allocator = msched__allocator_copy(known.allocator);
    msched__buffer_init(&self.texts, &allocator);
    if (result == MSCHED_OK && stream->get_schema(stream, &self.schema) != 0)
        result = stream_failure(stream, err);
    else if (result == MSCHED_OK)
        result = read_stream(&self, stream, err);
    msched__arrow_rows_free(&self.rows);
    if (self.schema.release != NULL)
        self.schema.release(&self.schema);
    msched__buffer_free(&self.texts);
    stream->release(stream);
    if (result == MSCHED_OK)
        return msched_catalog_builder_finish(out, self.builder, err);
    msched_catalog_builder_free(self.builder);
    return result;
}
