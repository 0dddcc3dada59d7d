#include "arrow/arrow_rows.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/utf8.h"
#include "catalog/build/left_out.h"
#include "catalog/build/settle.h"
#include "catalog/read/column_alias.h"
#include "catalog/read/row_form.h"
#include "catalog/read/row_values.h"
#include "catalog/read/sample.h"

#include <math.h>
#include <string.h>

#define HEAD_CELL 1000 /* bytes of a cell that is looked at before the rows are read */

/* Columns of a type without readable cells are ignored. */
static msched__slice name_of(const struct ArrowSchema *column)
{
    return column->name == NULL || msched__arrow_kind_of(column) == MSCHED__ARROW_UNSUPPORTED
               ? (msched__slice){"", 0}
               : (msched__slice){column->name, strlen(column->name)};
}

static int64_t find_child(const struct ArrowSchema *schema, const char *name,
                          msched__arrow_kind kind)
{
    for (int64_t c = 0; c < schema->n_children; c++)
        if (schema->children[c]->name != NULL && strcmp(schema->children[c]->name, name) == 0 &&
            msched__arrow_kind_of(schema->children[c]) == kind)
            return c;
    return -1;
}

/*
 * Our own exports have the members of some texts in a second column. Those columns are not columns
 * of songs by themselves.
 */
static void find_lists(msched__arrow_rows *rows)
{
    static const struct {
        uint32_t column;
        const char *text, *list;
    } pairs[] = {{MSCHED__COLUMN_TRACK_ARTIST, "track_artist", "artists"},
                 {MSCHED__COLUMN_GENRE, "playlist_genre", "genres"},
                 {MSCHED__COLUMN_SUBGENRE, "playlist_subgenre", "subgenres"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const int64_t list = find_child(rows->schema, pairs[i].list, MSCHED__ARROW_LIST);
        if (list < 0 || find_child(rows->schema, pairs[i].text, MSCHED__ARROW_TEXT) < 0)
            continue;
        rows->fields[list] = (msched__slice){"", 0};
        rows->lists[pairs[i].column] = (uint32_t)list + 1;
    }
}

static void note_ignored(msched__arrow_rows *rows)
{
    msched__report *report = &rows->builder->report;
    for (int64_t c = 0; c < rows->schema->n_children; c++) {
        const struct ArrowSchema *column = rows->schema->children[c];
        uint32_t rank;
        uint8_t unit;
        if (column->name != NULL && msched__arrow_kind_of(column) == MSCHED__ARROW_UNSUPPORTED &&
            msched__column_alias((msched__slice){column->name, strlen(column->name)}, &rank,
                                 &unit) != MSCHED__COLUMN_ALL)
            msched__report_note(report, report->last_file,
                                "%.60s: ignored, because its Arrow type \"%.20s\" is not supported",
                                column->name, column->format);
    }
}

/* A number as text, whole ones without a point. */
static void add_number(msched__buffer *out, double value)
{
    if (isnan(value))
        return;
    if (value == floor(value) && fabs(value) < 1e15)
        msched__buffer_int(out, (int64_t)value);
    else
        msched__buffer_double(out, value);
}

static void put_text(msched__buffer *out, const char *data, size_t size)
{
    msched__buffer_char(out, '"');
    msched__buffer_csv(out, data, size < HEAD_CELL ? size : HEAD_CELL);
    msched__buffer_char(out, '"');
}

static void put_cell(msched__buffer *out, const struct ArrowSchema *schema,
                     const struct ArrowArray *array, int64_t row)
{
    const char *data;
    size_t size;
    const msched__arrow_kind kind = msched__arrow_kind_of(schema);
    if (kind != MSCHED__ARROW_TEXT && kind != MSCHED__ARROW_NUMBER)
        return;
    if (!msched__arrow_is_valid(schema, array, row))
        return;
    if (kind == MSCHED__ARROW_NUMBER)
        add_number(out, msched__arrow_number(schema, array, row));
    else if (msched__arrow_text(schema, array, row, &data, &size))
        put_text(out, data, size);
}

/* The first rows as CSV, because the first rows of song files show units and forms of texts. */
static void write_head(msched__buffer *out, const msched__arrow_rows *rows,
                       const struct ArrowArray *batch)
{
    const int64_t count = rows->schema->n_children;
    for (int64_t c = 0; c < count; c++) {
        put_text(out, rows->fields[c].data, rows->fields[c].size);
        msched__buffer_char(out, c + 1 < count ? ',' : '\n');
    }
    for (int64_t row = 0; row < batch->length && row < MSCHED__SAMPLE_ROWS; row++)
        for (int64_t c = 0; c < count; c++) {
            put_cell(out, rows->schema->children[c], batch->children[c], batch->offset + row);
            msched__buffer_char(out, c + 1 < count ? ',' : '\n');
        }
}

static msched_result match_columns(msched__arrow_rows *rows, size_t count,
                                   const struct ArrowArray *batch, msched_error *err)
{
    msched__row_reader *reader = &rows->reader;
    msched__buffer head;
    msched__buffer_init(&head, &rows->builder->allocator);
    if (batch != NULL && count > 0)
        write_head(&head, rows, batch);
    if (head.size > 0) {
        reader->head = (msched__slice){head.data, head.size};
        reader->report->delimiter = ',';
    }
    const msched_result result = head.failed
                                     ? msched__fail_memory(err)
                                     : msched__row_reader_begin_table(reader,
                                                                      &rows->builder->report,
                                                                      rows->fields, count, err);
    reader->head = (msched__slice){NULL, 0};
    reader->report->delimiter = '\0';
    msched__buffer_free(&head);
    return result;
}

msched_result msched__arrow_rows_begin(msched__arrow_rows *rows, msched_catalog_builder *builder,
                                       const struct ArrowSchema *schema,
                                       const struct ArrowArray *batch, msched_error *err)
{
    const msched_allocator *allocator = &builder->allocator;
    const size_t count = schema->n_children > 0 ? (size_t)schema->n_children : 0;
    rows->builder = builder;
    rows->schema = schema;
    if (msched__report_add_file(&builder->report) == NULL)
        return msched__fail_memory(err);
    msched__row_reader_init(&rows->reader, msched__builder_options(builder),
                            builder->options.source_name, &builder->report);
    msched__buffer_init(&rows->texts, allocator);
    rows->fields = msched__alloc_zero(allocator, count, sizeof *rows->fields);
    rows->made = msched__alloc_zero(allocator, count, 1);
    rows->at = msched__alloc_zero(allocator, count, sizeof *rows->at);
    if (rows->fields == NULL || rows->made == NULL || rows->at == NULL)
        return msched__fail_memory(err);
    for (size_t c = 0; c < count; c++)
        rows->fields[c] = name_of(schema->children[c]);
    find_lists(rows);
    const msched_result result = match_columns(rows, count, batch, err);
    rows->reader.numbers = rows->numbers;
    rows->reader.is_number = rows->is_number;
    rows->reader.row.fields = rows->fields;
    rows->reader.row.field_count = count;
    if (result == MSCHED_OK)
        note_ignored(rows);
    return result;
}

static int is_numeric(uint32_t column)
{
    return column == MSCHED__COLUMN_POPULARITY ||
           (column >= MSCHED__COLUMN_FEATURE && column < MSCHED__COLUMN_COUNT);
}

static void add_date(msched__buffer *out, int64_t days)
{
    if (days < -719162 || days > 2932896) { /* 0001-01-01 .. 9999-12-31 */
        msched__buffer_string(out, "a date outside the years 1 to 9999");
        return;
    }
    const msched__date date = msched__date_from_days(days);
    msched__buffer_format(out, "%04d-%02u-%02u", (int)date.year, (unsigned)date.month,
                          (unsigned)date.day);
}

/* The members, separated by MSCHED__MEMBER_END and a blank. 0 if the array is broken. */
static int add_list(msched__buffer *out, const struct ArrowSchema *schema,
                    const struct ArrowArray *array, int64_t row)
{
    int64_t from, to;
    if (!msched__arrow_list(schema, array, row, &from, &to))
        return 0;
    const struct ArrowSchema *item = schema->children[0];
    const struct ArrowArray *items = array->children[0];
    const size_t start = out->size;
    for (; from < to; from++) {
        const char *data;
        size_t size;
        if (!msched__arrow_is_valid(item, items, from))
            continue;
        if (!msched__arrow_text(item, items, from, &data, &size))
            return 0;
        if (size > 0 && out->size > start) {
            msched__buffer_char(out, MSCHED__MEMBER_END);
            msched__buffer_char(out, ' ');
        }
        msched__buffer_add(out, data, size);
    }
    return 1;
}

static msched_result bad_array(const msched__row_place *place, uint32_t column, msched_error *err)
{
    return msched__row_fail(err, place, MSCHED_ERROR_VALUE, column,
                            "the Arrow array is inconsistent");
}

/*
 * The members of a text that is in the row, if they make that text: a text that was changed since
 * they were split counts more than they.
 */
static int read_members(msched__arrow_rows *rows, const struct ArrowArray *batch, int64_t row,
                        uint32_t column)
{
    const uint32_t child = rows->reader.map.fields[column] - 1, list = rows->lists[column] - 1;
    const msched__slice text = rows->fields[child];
    const size_t at = rows->texts.size;
    if (!msched__arrow_is_valid(rows->schema->children[list], batch->children[list], row))
        return 1;
    if (!add_list(&rows->texts, rows->schema->children[list], batch->children[list], row))
        return 0;
    int is_same = !rows->texts.failed && rows->texts.size - at == text.size;
    for (size_t i = 0; is_same && i < text.size; i++) {
        const char c = rows->texts.data[at + i];
        is_same = text.data[i] == (c == MSCHED__MEMBER_END ? ',' : c);
    }
    if (is_same && text.size > 0) {
        rows->made[child] = 1;
        rows->at[child] = at;
    }
    return 1;
}

/* The text of a cell, or the number that it is. */
static msched_result read_cell(msched__arrow_rows *rows, const struct ArrowArray *batch,
                               int64_t row, uint32_t column, const msched__row_place *place,
                               msched_error *err)
{
    const uint32_t child = rows->reader.map.fields[column] - 1;
    const struct ArrowSchema *schema = rows->schema->children[child];
    const struct ArrowArray *array = batch->children[child];
    msched__slice *cell = &rows->fields[child];
    const msched__arrow_kind kind = msched__arrow_kind_of(schema);
    *cell = (msched__slice){"", 0};
    rows->is_number[column] = rows->made[child] = 0;
    if (!msched__arrow_is_valid(schema, array, row))
        return MSCHED_OK;
    if (kind == MSCHED__ARROW_TEXT)
        return msched__arrow_text(schema, array, row, &cell->data, &cell->size) &&
                       (column >= MSCHED__COLUMN_TEXTS || rows->lists[column] == 0 ||
                        read_members(rows, batch, row, column))
                   ? MSCHED_OK
                   : bad_array(place, column, err);
    rows->made[child] = 1;
    rows->at[child] = rows->texts.size;
    if (kind == MSCHED__ARROW_NUMBER) {
        const double value = msched__arrow_number(schema, array, row);
        rows->is_number[column] = is_numeric(column);
        rows->numbers[column] = value;
        if (!is_numeric(column))
            add_number(&rows->texts, value);
    } else if (kind == MSCHED__ARROW_LENGTH) {
        msched__buffer_int(&rows->texts,
                           (int64_t)floor(msched__arrow_number(schema, array, row) + 0.5));
        msched__buffer_string(&rows->texts, " ms");
    } else if (kind == MSCHED__ARROW_DATE) {
        add_date(&rows->texts, msched__arrow_days(schema, array, row));
    } else if (!add_list(&rows->texts, schema, array, row)) {
        return bad_array(place, column, err);
    }
    cell->size = rows->texts.size - rows->at[child];
    return MSCHED_OK;
}

/* The checks that CSV rows get when their fields are split. */
static msched_result check_cell(const msched__arrow_rows *rows, uint32_t column,
                                const msched__row_place *place, msched_error *err)
{
    const msched__slice cell = rows->fields[rows->reader.map.fields[column] - 1];
    const uint32_t limit = rows->builder->options.max_field_bytes;
    if (cell.size > limit)
        return msched__row_fail(err, place, MSCHED_ERROR_LIMIT, column,
                                "longer than %u bytes: raise max_field_bytes", (unsigned)limit);
    return msched__check_text(0, column, cell, place, err);
}

static msched_result read_cells(msched__arrow_rows *rows, const struct ArrowArray *batch,
                                int64_t row, const msched__row_place *place, msched_error *err)
{
    const uint32_t *fields = rows->reader.map.fields;
    msched_result result = MSCHED_OK;
    size_t bytes = 0;
    msched__buffer_clear(&rows->texts);
    for (uint32_t column = 0; result == MSCHED_OK && column < MSCHED__COLUMN_ALL; column++)
        if (fields[column] != 0)
            result = read_cell(rows, batch, row, column, place, err);
    if (rows->texts.failed)
        return msched__fail_memory(err);
    for (uint32_t column = 0; result == MSCHED_OK && column < MSCHED__COLUMN_ALL; column++) {
        if (fields[column] == 0)
            continue;
        const uint32_t child = fields[column] - 1;
        if (rows->made[child])
            rows->fields[child].data = rows->texts.data == NULL
                                           ? ""
                                           : rows->texts.data + rows->at[child];
        bytes += rows->fields[child].size;
        if (rows->fields[child].size > 0)
            result = check_cell(rows, column, place, err);
    }
    rows->reader.row.bytes = (msched__slice){"", bytes};
    return result;
}

static int is_blank(const msched__arrow_rows *rows)
{
    for (uint32_t column = 0; column < MSCHED__COLUMN_ALL; column++)
        if (rows->reader.map.fields[column] != 0 &&
            (rows->is_number[column] || rows->fields[rows->reader.map.fields[column] - 1].size > 0))
            return 0;
    return 1;
}

msched_result msched__arrow_rows_add(msched__arrow_rows *rows, const struct ArrowArray *batch,
                                     int64_t row, uint64_t number, msched_error *err)
{
    msched_catalog_builder *builder = rows->builder;
    const msched__row_place place = {rows->reader.source, number, rows->reader.map.fields};
    msched__values values;
    rows->reader.row.line = number;
    builder->row_count = number;
    msched_result result = read_cells(rows, batch, row, &place, err);
    if (result == MSCHED_OK && is_blank(rows)) {
        builder->report.last_file->blank_rows++;
        return MSCHED_OK;
    }
    if (result == MSCHED_OK)
        result = msched__read_values(&rows->reader, &values, &place, err);
    if (result == MSCHED_ERROR_NOT_FOUND) {
        err->code = MSCHED_ERROR_VALUE;
        return msched__builder_lose(builder, err);
    }
    if (result == MSCHED_OK)
        return msched__builder_add_values(builder, &values, &place, err);
    return result == MSCHED_ERROR_MEMORY ? result : msched__builder_refuse(builder, err);
}

msched_result msched__arrow_rows_end(msched__arrow_rows *rows, msched_error *err)
{
    msched_result result = msched__builder_check_losses(rows->builder, rows->reader.source, err);
    return result == MSCHED_OK ? msched__builder_settle(rows->builder, &rows->reader.evidence, err)
                               : result;
}

void msched__arrow_rows_free(msched__arrow_rows *rows)
{
    if (rows->builder == NULL)
        return;
    const msched_allocator allocator = rows->builder->allocator;
    if (rows->reader.report != NULL) {
        msched__row_reader_free(&rows->reader);
        msched__buffer_free(&rows->texts);
    }
    msched__free(&allocator, rows->fields);
    msched__free(&allocator, rows->made);
    msched__free(&allocator, rows->at);
}
