#include "table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct column {
    char *name;
    double *numbers; /* NULL in a text column */
    char **texts;    /* NULL in a number column */
} column;

struct table {
    uint32_t rows, column_count;
    column *columns;
};

static table *fail(table *self, msched_error *err, msched_result code, const char *message)
{
    table_free(self);
    memset(err, 0, sizeof *err);
    err->code = code;
    snprintf(err->message, sizeof err->message, "%s", message);
    return NULL;
}

static table *table_create(uint32_t rows, uint32_t columns)
{
    table *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->rows = rows;
    self->column_count = columns;
    self->columns = calloc(columns == 0 ? 1 : columns, sizeof *self->columns);
    if (self->columns == NULL) {
        free(self);
        return NULL;
    }
    return self;
}

void table_free(table *self)
{
    if (self == NULL)
        return;
    for (uint32_t c = 0; c < self->column_count; c++) {
        column *each = &self->columns[c];
        for (uint32_t r = 0; each->texts != NULL && r < self->rows; r++)
            free(each->texts[r]);
        free(each->texts);
        free(each->numbers);
        free(each->name);
    }
    free(self->columns);
    free(self);
}

static char *copy_text(const char *data, size_t size)
{
    char *copy = malloc(size + 1);
    if (copy != NULL) {
        memcpy(copy, data, size);
        copy[size] = '\0';
    }
    return copy;
}

static int is_valid(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *bits = array->buffers[0];
    return bits == NULL || (bits[row / 8] >> row % 8 & 1);
}

/* The library's exports use these formats only (musicsched/arrow.h). */
static double number_at(char format, const void *values, int64_t row)
{
    switch (format) {
    case 'C': return ((const uint8_t *)values)[row];
    case 'i': return ((const int32_t *)values)[row];
    case 'I': return ((const uint32_t *)values)[row];
    case 'L': return (double)((const uint64_t *)values)[row];
    default: return ((const double *)values)[row];
    }
}

static int fill_texts(column *out, const struct ArrowArray *array, uint32_t rows)
{
    const struct ArrowArray *values = array->dictionary == NULL ? array : array->dictionary;
    const int32_t *codes = array->dictionary == NULL ? NULL : array->buffers[1], *offsets = values->buffers[1];
    const char *bytes = values->buffers[2];
    out->texts = calloc(rows == 0 ? 1 : rows, sizeof *out->texts);
    if (out->texts == NULL)
        return 0;
    for (uint32_t r = 0; r < rows; r++) {
        if (!is_valid(array, r))
            continue;
        int64_t at = codes == NULL ? (int64_t)r : codes[r];
        out->texts[r] = copy_text(bytes + offsets[at], (size_t)(offsets[at + 1] - offsets[at]));
        if (out->texts[r] == NULL)
            return 0;
    }
    return 1;
}

static int fill_column(column *out, const struct ArrowSchema *schema, const struct ArrowArray *array, uint32_t rows)
{
    out->name = copy_text(schema->name, strlen(schema->name));
    if (out->name == NULL)
        return 0;
    if (schema->dictionary != NULL || schema->format[0] == 'u')
        return fill_texts(out, array, rows);
    out->numbers = malloc((rows == 0 ? 1 : rows) * sizeof *out->numbers);
    if (out->numbers == NULL)
        return 0;
    for (uint32_t r = 0; r < rows; r++)
        out->numbers[r] = is_valid(array, r) ? number_at(schema->format[0], array->buffers[1], r) : NAN;
    return 1;
}

table *table_from_stream(struct ArrowArrayStream *stream, msched_error *err)
{
    struct ArrowSchema schema = {0};
    struct ArrowArray batch = {0};
    table *self = NULL;
    int ready = stream->get_schema(stream, &schema) == 0 && stream->get_next(stream, &batch) == 0;
    if (ready)
        self = table_create((uint32_t)batch.length, (uint32_t)batch.n_children);
    for (uint32_t c = 0; self != NULL && c < self->column_count; c++)
        if (!fill_column(&self->columns[c], schema.children[c], batch.children[c], self->rows))
            self = fail(self, err, MSCHED_ERROR_MEMORY, "out of memory");
    if (self == NULL)
        fail(NULL, err, MSCHED_ERROR_MEMORY, "out of memory");
    if (batch.release != NULL)
        batch.release(&batch);
    if (schema.release != NULL)
        schema.release(&schema);
    stream->release(stream);
    return self;
}

/* All candidates of a diagnostic in one text. */
static char *join_candidates(const msched_diagnostic *diagnostic)
{
    size_t size = 0;
    for (uint32_t i = 0; i < diagnostic->candidate_count; i++)
        size += strlen(diagnostic->candidates[i]) + 2;
    char *joined = malloc(size + 1);
    if (joined == NULL)
        return NULL;
    joined[0] = '\0';
    for (uint32_t i = 0, at = 0; i < diagnostic->candidate_count; i++)
        at += (uint32_t)sprintf(joined + at, "%s%s", i > 0 ? "; " : "", diagnostic->candidates[i]);
    return joined;
}

table *table_from_diagnostics(const msched_diagnostics *diagnostics, msched_error *err)
{
    static const char *const names[] = {"severity", "line", "column", "code", "message", "repair", "candidates"};
    static const char *const severities[] = {"error", "warning", "note"};
    table *self = table_create(msched_diagnostics_count(diagnostics), 7);
    if (self == NULL)
        return fail(NULL, err, MSCHED_ERROR_MEMORY, "out of memory");
    int ready = 1;
    for (uint32_t c = 0; c < 7; c++) {
        column *each = &self->columns[c];
        int number = c == 1 || c == 2;
        each->name = copy_text(names[c], strlen(names[c]));
        each->numbers = number ? calloc(self->rows + 1, sizeof *each->numbers) : NULL;
        each->texts = number ? NULL : calloc(self->rows + 1, sizeof *each->texts);
        ready &= each->name != NULL && (number ? each->numbers != NULL : each->texts != NULL);
    }
    for (uint32_t r = 0; ready && r < self->rows; r++) {
        msched_diagnostic diagnostic = {.struct_size = sizeof diagnostic};
        msched_diagnostics_get(diagnostics, r, &diagnostic);
        const char *texts[] = {severities[diagnostic.severity % 3], NULL, NULL, diagnostic.code, diagnostic.message, diagnostic.repair};
        self->columns[1].numbers[r] = diagnostic.line;
        self->columns[2].numbers[r] = diagnostic.column;
        for (uint32_t c = 0; ready && c < 7; c++) {
            if (c == 1 || c == 2)
                continue;
            char *copy = c == 6 ? join_candidates(&diagnostic) : copy_text(texts[c], strlen(texts[c]));
            self->columns[c].texts[r] = copy;
            ready &= copy != NULL;
        }
    }
    return ready ? self : fail(self, err, MSCHED_ERROR_MEMORY, "out of memory");
}

uint32_t table_rows(const table *self)
{
    return self->rows;
}

uint32_t table_columns(const table *self)
{
    return self->column_count;
}

const char *table_name(const table *self, uint32_t index)
{
    return index < self->column_count ? self->columns[index].name : NULL;
}

int table_is_text(const table *self, uint32_t index)
{
    return index < self->column_count && self->columns[index].texts != NULL;
}

number_list table_numbers(const table *self, uint32_t index)
{
    if (index >= self->column_count || self->columns[index].numbers == NULL)
        return (number_list){NULL, 0};
    return (number_list){self->columns[index].numbers, self->rows};
}

text_list table_texts(const table *self, uint32_t index)
{
    if (index >= self->column_count || self->columns[index].texts == NULL)
        return (text_list){NULL, 0};
    return (text_list){(const char *const *)self->columns[index].texts, self->rows};
}
