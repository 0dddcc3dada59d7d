#include "arrow/arrow_table.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/refcount.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COLUMNS     40
#define POPULATED_BYTES ((size_t)64 * 1024) /* larger columns are mapped at once */

typedef struct column {
    const char *name, *format;
    int64_t length, null_count;
    const void *buffers[3]; /* validity, then values or offsets, then bytes */
    int64_t buffer_count;
    struct column *dictionary, *items; /* the values of codes; the items of lists */
} column;

struct msched__arrow_table {
    msched__refcount refs;
    msched__arena arena;
    msched_catalog *catalog;
    uint32_t rows;
    uint32_t column_count;
    int failed;
    column columns[MAX_COLUMNS];
};

/*
 * Private data of every exported array: a reference to the table, and the structs that must outlive
 * a move of the array.
 */
typedef struct array_private {
    msched__arrow_table *table;
    struct ArrowArray *parts; /* children, or the dictionary */
    struct ArrowArray **part_pointers;
    const void *no_buffers[1];
} array_private;

typedef struct schema_private {
    struct ArrowSchema *parts;
    struct ArrowSchema **part_pointers;
} schema_private;

typedef struct stream_private {
    msched__arrow_table *table;
    int done;
} stream_private;

static const msched_allocator *allocator_of(const msched__arrow_table *table)
{
    return &table->arena.allocator;
}

msched__arrow_table *msched__arrow_table_create(uint32_t rows, const msched_catalog *catalog)
{
    msched_allocator allocator = msched__allocator_copy(NULL);
    msched__arrow_table *table = msched__alloc_zero(&allocator, 1, sizeof *table);
    if (table == NULL)
        return NULL;
    msched__refcount_init(&table->refs);
    msched__arena_init(&table->arena, &allocator, 0);
    table->catalog = msched_catalog_ref((msched_catalog *)catalog);
    table->rows = rows;
    return table;
}

void msched__arrow_table_unref(msched__arrow_table *table)
{
    if (table == NULL || !msched__refcount_drop(&table->refs))
        return;
    msched_catalog_unref(table->catalog);
    msched_allocator allocator = *allocator_of(table);
    msched__arena_reset(&table->arena);
    msched__free(&allocator, table);
}

void *msched__arrow_alloc(msched__arrow_table *table, size_t count, size_t size)
{
    void *block = table->failed ? NULL : msched__arena_alloc(&table->arena, count, size);
    table->failed |= block == NULL;
    if (block != NULL && count * size >= POPULATED_BYTES)
        msched__populate(allocator_of(table), block, 0, count * size);
    return block;
}

static column *add_column(msched__arrow_table *table, const char *name, const char *format)
{
    if (table->failed || table->column_count == MAX_COLUMNS) {
        table->failed = 1;
        return NULL;
    }
    column *added = &table->columns[table->column_count++];
    *added = (column){.name = name, .format = format, .length = table->rows, .buffer_count = 2};
    return added;
}

void msched__arrow_add_numbers(msched__arrow_table *table, const char *name, const char *format,
                               const void *values, const uint8_t *valid, int64_t null_count)
{
    column *added = add_column(table, name, format);
    if (added == NULL)
        return;
    added->buffers[0] = null_count > 0 ? valid : NULL;
    added->buffers[1] = values;
    added->null_count = null_count;
}

/* An all-zero validity bitmap for the table's rows. */
static uint8_t *new_bitmap(msched__arrow_table *table)
{
    size_t bytes = ((size_t)table->rows + 7) / 8;
    uint8_t *bits = msched__arrow_alloc(table, bytes, 1);
    if (bits != NULL)
        memset(bits, 0, bytes);
    return bits;
}

void msched__arrow_add_doubles(msched__arrow_table *table, const char *name, const double *values)
{
    /* most columns know all values, and counting takes a fraction of the time of the bitmap */
    int64_t nulls = 0;
    for (uint32_t i = 0; i < table->rows; i++)
        nulls += values[i] != values[i];
    uint8_t *valid = nulls == 0 ? NULL : new_bitmap(table);
    for (uint32_t i = 0; valid != NULL && i < table->rows; i++)
        valid[i / 8] |= (uint8_t)(!isnan(values[i]) << i % 8);
    msched__arrow_add_numbers(table, name, "g", values, valid, nulls);
}

void msched__arrow_add_dates(msched__arrow_table *table, const char *name,
                             const msched__date *dates)
{
    int32_t *days = msched__arrow_alloc(table, table->rows, sizeof *days);
    uint8_t *valid = new_bitmap(table);
    int64_t nulls = 0;
    if (days == NULL || valid == NULL)
        return;
    for (uint32_t i = 0; i < table->rows; i++) {
        int known = dates[i].day != 0;
        days[i] = known ? (int32_t)msched__date_to_days(dates[i]) : 0;
        valid[i / 8] |= (uint8_t)(known << i % 8);
        nulls += !known;
    }
    msched__arrow_add_numbers(table, name, "tdD", days, valid, nulls);
}

void msched__arrow_add_text(msched__arrow_table *table, const char *name, const int32_t *offsets,
                            const char *bytes)
{
    int64_t nulls = 0;
    for (uint32_t i = 0; i < table->rows; i++)
        nulls += offsets[i] == offsets[i + 1];
    uint8_t *valid = nulls == 0 ? NULL : new_bitmap(table);
    column *added = add_column(table, name, "u");
    if (added == NULL)
        return;
    for (uint32_t i = 0; valid != NULL && i < table->rows; i++)
        valid[i / 8] |= (uint8_t)((offsets[i] != offsets[i + 1]) << i % 8);
    added->null_count = nulls;
    added->buffers[0] = valid;
    added->buffers[1] = offsets;
    added->buffers[2] = bytes;
    added->buffer_count = 3;
}

void msched__arrow_add_strings(msched__arrow_table *table, const char *name,
                               const char *const *strings)
{
    uint8_t *valid = new_bitmap(table);
    int32_t *offsets = msched__arrow_alloc(table, (size_t)table->rows + 1, sizeof *offsets);
    size_t total = 0;
    int64_t nulls = 0;
    if (offsets == NULL || strings == NULL) {
        table->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < table->rows; i++) {
        offsets[i] = (int32_t)total;
        total += strings[i] == NULL ? 0 : strlen(strings[i]);
        nulls += strings[i] == NULL;
        if (total > INT32_MAX) {
            table->failed = 1;
            return;
        }
    }
    offsets[table->rows] = (int32_t)total;
    char *bytes = msched__arrow_alloc(table, total, 1);
    if (bytes == NULL)
        return;
    for (uint32_t i = 0; i < table->rows; i++) {
        if (strings[i] == NULL)
            continue;
        memcpy(bytes + offsets[i], strings[i], (size_t)(offsets[i + 1] - offsets[i]));
        valid[i / 8] |= (uint8_t)(1u << i % 8);
    }
    column *added = add_column(table, name, "u");
    if (added == NULL)
        return;
    added->buffers[0] = nulls > 0 ? valid : NULL;
    added->buffers[1] = offsets;
    added->buffers[2] = bytes;
    added->buffer_count = 3;
    added->null_count = nulls;
}

void msched__arrow_add_dictionary(msched__arrow_table *table, const char *name,
                                  const uint32_t *codes, const int32_t *offsets, const char *bytes,
                                  uint32_t value_count)
{
    uint8_t *valid = new_bitmap(table);
    column *values = msched__arrow_alloc(table, 1, sizeof *values);
    /* codes are below 2^31: signed, as pandas takes them */
    column *added = add_column(table, name, "i");
    if (added == NULL)
        return;
    for (uint32_t i = 0; i < table->rows; i++) {
        int known = codes[i] != UINT32_MAX;
        valid[i / 8] |= (uint8_t)(known << i % 8);
        added->null_count += !known;
    }
    added->buffers[0] = added->null_count > 0 ? valid : NULL;
    added->buffers[1] = codes;
    *values = (column){.name = "",
                       .format = "u",
                       .length = value_count,
                       .buffers = {NULL, offsets, bytes},
                       .buffer_count = 3};
    added->dictionary = values;
}

void msched__arrow_add_lists(msched__arrow_table *table, const char *name, const int32_t *lists,
                             const int32_t *offsets, const char *bytes)
{
    column *items = msched__arrow_alloc(table, 1, sizeof *items);
    column *added = add_column(table, name, "+l");
    if (added == NULL)
        return;
    added->buffers[1] = lists;
    *items = (column){.name = "item",
                      .format = "u",
                      .length = lists[table->rows],
                      .buffers = {NULL, offsets, bytes},
                      .buffer_count = 3};
    added->items = items;
}

/* --- schema --- */

/* The column inside another one; NULL: none. */
static const column *inside(const column *from)
{
    return from->dictionary != NULL ? from->dictionary : from->items;
}

static void release_schema(struct ArrowSchema *schema)
{
    schema_private *own = schema->private_data;
    for (int64_t i = 0; i < schema->n_children; i++)
        if (schema->children[i]->release != NULL)
            schema->children[i]->release(schema->children[i]);
    if (schema->dictionary != NULL && schema->dictionary->release != NULL)
        schema->dictionary->release(schema->dictionary);
    if (own != NULL) {
        free(own->parts);
        free(own->part_pointers);
        free(own);
    }
    schema->release = NULL;
}

/* Names and formats are static, so a schema does not need the table. 1 on success. */
static int export_schema(struct ArrowSchema *out, const char *name, const char *format,
                         uint32_t parts, int is_dictionary)
{
    *out = (struct ArrowSchema){.format = format, .name = name, .release = release_schema};
    if (parts == 0)
        return 1;
    schema_private *own = calloc(1, sizeof *own);
    out->private_data = own;
    if (own == NULL || (own->parts = calloc(parts, sizeof *own->parts)) == NULL ||
        (own->part_pointers = calloc(parts, sizeof *own->part_pointers)) == NULL) {
        release_schema(out);
        return 0;
    }
    for (uint32_t i = 0; i < parts; i++)
        own->part_pointers[i] = &own->parts[i];
    if (is_dictionary) {
        out->dictionary = own->parts;
    } else {
        out->n_children = parts;
        out->children = own->part_pointers;
    }
    return 1;
}

static int export_column_schema(struct ArrowSchema *out, const column *from)
{
    const column *part = inside(from);
    if (!export_schema(out, from->name, from->format, part != NULL, from->dictionary != NULL))
        return 0;
    out->flags = ARROW_FLAG_NULLABLE;
    if (part != NULL &&
        !export_column_schema(from->items != NULL ? out->children[0] : out->dictionary, part)) {
        release_schema(out);
        return 0;
    }
    return 1;
}

static int stream_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const msched__arrow_table *table = ((stream_private *)stream->private_data)->table;
    if (!export_schema(out, "", "+s", table->column_count, 0))
        return ENOMEM;
    for (uint32_t i = 0; i < table->column_count; i++) {
        if (!export_column_schema(out->children[i], &table->columns[i])) {
            release_schema(out);
            return ENOMEM;
        }
    }
    return 0;
}

/* --- arrays --- */

static void release_array(struct ArrowArray *array)
{
    array_private *own = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release != NULL)
            array->children[i]->release(array->children[i]);
    if (array->dictionary != NULL && array->dictionary->release != NULL)
        array->dictionary->release(array->dictionary);
    free(own->parts);
    free(own->part_pointers);
    msched__arrow_table_unref(own->table);
    free(own);
    array->release = NULL;
}

/* An array over `from` (NULL: the struct of all columns) that shares the table. 1 on success. */
static int export_array(struct ArrowArray *out, msched__arrow_table *table, const column *from)
{
    array_private *own = calloc(1, sizeof *own);
    *out = (struct ArrowArray){0};
    if (own == NULL)
        return 0;
    msched__refcount_add(&table->refs);
    own->table = table;
    out->private_data = own;
    out->release = release_array;
    out->length = from == NULL ? table->rows : from->length;
    out->null_count = from == NULL ? 0 : from->null_count;
    out->n_buffers = from == NULL ? 1 : from->buffer_count;
    out->buffers = from == NULL ? own->no_buffers : (const void **)(uintptr_t)from->buffers;
    uint32_t parts = from == NULL ? table->column_count : inside(from) != NULL;
    if (parts > 0) {
        own->parts = calloc(parts, sizeof *own->parts);
        own->part_pointers = calloc(parts, sizeof *own->part_pointers);
    }
    for (uint32_t i = 0; i < parts; i++) {
        const column *part = from == NULL ? &table->columns[i] : inside(from);
        if (own->parts == NULL || own->part_pointers == NULL ||
            !export_array(&own->parts[i], table, part)) {
            release_array(out);
            return 0;
        }
        own->part_pointers[i] = &own->parts[i];
        if (from == NULL || from->items != NULL) {
            out->children = own->part_pointers;
            out->n_children = i + 1;
        } else {
            out->dictionary = own->parts;
        }
    }
    return 1;
}

static int stream_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_private *own = stream->private_data;
    *out = (struct ArrowArray){0};
    if (own->done)
        return 0;
    if (!export_array(out, own->table, NULL))
        return ENOMEM;
    own->done = 1;
    return 0;
}

static const char *stream_get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "out of memory"; /* the only way these streams fail */
}

static void stream_release(struct ArrowArrayStream *stream)
{
    stream_private *own = stream->private_data;
    msched__arrow_table_unref(own->table);
    free(own);
    stream->release = NULL;
}

msched_result msched__arrow_table_finish(msched__arrow_table *table,
                                         struct ArrowArrayStream *stream, msched_error *err)
{
    stream_private *own = table == NULL || table->failed ? NULL : calloc(1, sizeof *own);
    if (own == NULL) {
        msched__arrow_table_unref(table);
        return msched__fail_memory(err);
    }
    own->table = table;
    *stream = (struct ArrowArrayStream){stream_get_schema, stream_get_next, stream_get_last_error,
                                        stream_release, own};
    return MSCHED_OK;
}
