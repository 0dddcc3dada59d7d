#include "table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct table_column {
    char *name;
    double *numbers; /* NULL in a text column */
    int whole;       /* numbers: no fraction by type */
    char **texts;    /* NULL in a number column */
    uint32_t count;  /* of the texts; in a column of lists, of all lists together */
    int is_list;     /* numbers are the sizes of the lists */
} table_column;

struct table {
    uint32_t rows, column_count, capacity;
    int out_of_memory;
    table_column *columns;
};

table *table_create(uint32_t rows, uint32_t columns)
{
    table *self = calloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->rows = rows;
    self->capacity = columns;
    self->columns = calloc((size_t)columns + 1, sizeof *self->columns);
    if (self->columns != NULL)
        return self;
    free(self);
    return NULL;
}

void table_free(table *self)
{
    if (self == NULL)
        return;
    for (uint32_t c = 0; c < self->column_count; c++) {
        table_column *each = &self->columns[c];
        for (uint32_t r = 0; each->texts != NULL && r < each->count; r++)
            free(each->texts[r]);
        free(each->texts);
        free(each->numbers);
        free(each->name);
    }
    free(self->columns);
    free(self);
}

table *table_finish(table *self, msched_error *err)
{
    if (self != NULL && !self->out_of_memory)
        return self;
    table_free(self);
    *err = (msched_error){.code = MSCHED_ERROR_MEMORY, .message = "out of memory"};
    return NULL;
}

static char *copy_text(table *self, const char *data, size_t size)
{
    char *copy = malloc(size + 1);
    if (copy == NULL) {
        self->out_of_memory = 1;
        return NULL;
    }
    memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

static table_column *add_column(table *self, const char *name)
{
    if (self == NULL || self->column_count == self->capacity)
        return NULL;
    table_column *added = &self->columns[self->column_count++];
    added->name = copy_text(self, name, strlen(name));
    return added;
}

double *table_add_numbers(table *self, const char *name, int whole)
{
    table_column *added = add_column(self, name);
    if (added == NULL)
        return NULL;
    added->whole = whole;
    added->numbers = calloc((size_t)self->rows + 1, sizeof *added->numbers);
    self->out_of_memory |= added->numbers == NULL;
    return added->numbers;
}

char **table_add_texts(table *self, const char *name)
{
    table_column *added = add_column(self, name);
    if (added == NULL)
        return NULL;
    added->count = self->rows;
    added->texts = calloc((size_t)self->rows + 1, sizeof *added->texts);
    self->out_of_memory |= added->texts == NULL;
    return added->texts;
}

void table_set_text(table *self, char **column, uint32_t row, const char *text)
{
    if (self != NULL && column != NULL && text != NULL)
        column[row] = copy_text(self, text, strlen(text));
}

void table_set_texts(table *self, char **column, uint32_t row, const char *const *texts,
                     uint32_t count)
{
    if (self == NULL || column == NULL)
        return;
    size_t size = 1;
    for (uint32_t i = 0; i < count; i++)
        size += strlen(texts[i]) + 2;
    char *joined = column[row] = calloc(size, 1);
    self->out_of_memory |= joined == NULL;
    for (uint32_t i = 0; joined != NULL && i < count; i++)
        joined += sprintf(joined, "%s%s", i > 0 ? "; " : "", texts[i]);
}

static int is_valid(const struct ArrowArray *array, int64_t row)
{
    const uint8_t *bits = array->buffers[0];
    return bits == NULL || (bits[row / 8] >> row % 8 & 1);
}

/* The formats that the library's exports use for numbers. */
static int is_number(const char *format)
{
    return format[0] != '\0' && strchr("CiIlLg", format[0]) != NULL && format[1] == '\0';
}

static double number_at(char format, const void *values, int64_t row)
{
    switch (format) {
    case 'C':
        return ((const uint8_t *)values)[row];
    case 'i':
        return ((const int32_t *)values)[row];
    case 'I':
        return ((const uint32_t *)values)[row];
    case 'L':
        return (double)((const uint64_t *)values)[row];
    case 'l':
        return (double)((const int64_t *)values)[row];
    default:
        return ((const double *)values)[row];
    }
}

static void fill_texts(table *self, char **out, const struct ArrowArray *array)
{
    const struct ArrowArray *values = array->dictionary == NULL ? array : array->dictionary;
    const int32_t *codes = array->dictionary == NULL ? NULL : array->buffers[1];
    const int32_t *offsets = values->buffers[1];
    const char *bytes = values->buffers[2];
    for (uint32_t r = 0; out != NULL && r < self->rows; r++) {
        if (!is_valid(array, r))
            continue;
        int64_t at = codes == NULL ? (int64_t)r : codes[r];
        out[r] = copy_text(self, bytes + offsets[at], (size_t)(offsets[at + 1] - offsets[at]));
    }
}

static void write_date(char *out, size_t size, int32_t days)
{
    const time_t seconds = (time_t)days * 86400;
    struct tm date = {0};
    gmtime_r(&seconds, &date);
    snprintf(out, size, "%04d-%02d-%02d", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
}

/* Dates as texts, which every language turns into its own. */
static void fill_dates(table *self, char **out, const struct ArrowArray *array)
{
    char text[40];
    const int32_t *days = array->buffers[1];
    for (uint32_t r = 0; out != NULL && r < self->rows; r++) {
        if (!is_valid(array, r))
            continue;
        write_date(text, sizeof text, days[r]);
        out[r] = copy_text(self, text, strlen(text));
    }
}

/* The items of all lists one after the other, and how many each list has. */
static void fill_lists(table *self, const char *name, const struct ArrowArray *array)
{
    const int32_t *lists = array->buffers[1], *offsets = array->children[0]->buffers[1];
    const char *bytes = array->children[0]->buffers[2];
    double *sizes = table_add_numbers(self, name, 1);
    if (sizes == NULL)
        return;
    table_column *column = &self->columns[self->column_count - 1];
    column->is_list = 1;
    for (uint32_t r = 0; r < self->rows; r++)
        sizes[r] = lists[r + 1] - lists[r];
    column->texts = calloc((size_t)lists[self->rows] + 1, sizeof *column->texts);
    self->out_of_memory |= column->texts == NULL;
    for (int32_t i = 0; column->texts != NULL && i < lists[self->rows]; i++) {
        column->texts[i] = copy_text(self, bytes + offsets[i],
                                     (size_t)(offsets[i + 1] - offsets[i]));
        column->count++;
    }
}

static int fill_column(table *self, const struct ArrowSchema *schema,
                       const struct ArrowArray *array)
{
    const char *format = schema->dictionary != NULL ? schema->dictionary->format : schema->format;
    if (strcmp(format, "u") == 0) {
        fill_texts(self, table_add_texts(self, schema->name), array);
        return 1;
    }
    if (strcmp(format, "+l") == 0 && strcmp(schema->children[0]->format, "u") == 0) {
        fill_lists(self, schema->name, array);
        return 1;
    }
    if (strcmp(format, "tdD") == 0) {
        fill_dates(self, table_add_texts(self, schema->name), array);
        return 1;
    }
    if (!is_number(format))
        return 0;
    double *numbers = table_add_numbers(self, schema->name, format[0] != 'g');
    for (uint32_t r = 0; numbers != NULL && r < self->rows; r++)
        numbers[r] = is_valid(array, r) ? number_at(format[0], array->buffers[1], r) : NAN;
    return 1;
}

table *table_from_stream(struct ArrowArrayStream *stream, msched_error *err)
{
    struct ArrowSchema schema = {0};
    struct ArrowArray batch = {0};
    table *self = NULL;
    int known = 1;
    if (stream->get_schema(stream, &schema) == 0 && stream->get_next(stream, &batch) == 0)
        self = table_create((uint32_t)batch.length, (uint32_t)batch.n_children);
    for (int64_t c = 0; self != NULL && known && c < batch.n_children; c++)
        known = fill_column(self, schema.children[c], batch.children[c]);
    if (batch.release != NULL)
        batch.release(&batch);
    if (schema.release != NULL)
        schema.release(&schema);
    stream->release(stream);
    self = table_finish(self, err);
    if (known)
        return self;
    table_free(self);
    *err = (msched_error){.code = MSCHED_ERROR_VALUE,
                          .message = "a column is of a type that these bindings do not know"};
    return NULL;
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

int table_is_list(const table *self, uint32_t index)
{
    return index < self->column_count && self->columns[index].is_list;
}

number_list table_numbers(const table *self, uint32_t index)
{
    if (index >= self->column_count || self->columns[index].numbers == NULL)
        return (number_list){NULL, 0, 0};
    return (number_list){self->columns[index].numbers, self->rows, self->columns[index].whole};
}

text_list table_texts(const table *self, uint32_t index)
{
    if (index >= self->column_count || self->columns[index].texts == NULL)
        return (text_list){NULL, 0};
    return (text_list){(const char *const *)self->columns[index].texts, self->columns[index].count};
}
