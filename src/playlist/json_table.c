/*
 * Data sets in JSON are tables, an object for each row. As CSV, they are read by the names and the
 * units that song files have, so that no second reader of lengths and popularities is needed.
 */
#include "playlist/json_table.h"

#include "base/slice.h"
#include "catalog/cells/row.h"
#include "catalog/read/column_alias.h"

#include <string.h>

#define COLUMNS    200            /* of a table; the keys after these are left out */
#define PATH_BYTES ((size_t)128)  /* of a key with those around it */
#define CELL_BYTES ((size_t)4000) /* of a cell; lyrics and the like are left out */
#define DEEPEST    4

typedef struct table {
    msched__buffer names; /* each ended by a NUL */
    size_t name_at[COLUMNS];
    size_t count, next; /* columns; which is expected, if objects have their keys in one order */
    const msched__json_value *cells[COLUMNS]; /* of a row, NULL: none */
    int is_complete;                          /* all columns are known */
    char path[PATH_BYTES];
} table;

/* The column of the path, or COLUMNS. */
static size_t column_of(table *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const size_t column = (t->next + i) % t->count;
        if (msched__same_letters(t->names.data + t->name_at[column], t->path, SIZE_MAX)) {
            t->next = column + 1;
            return column;
        }
    }
    if (t->is_complete || t->count == COLUMNS || t->names.failed)
        return COLUMNS;
    t->name_at[t->count] = t->names.size;
    msched__buffer_add(&t->names, t->path, strlen(t->path) + 1);
    return t->names.failed ? COLUMNS : t->count++;
}

/* Find the columns of the members of an object whose own path has `size` bytes. */
static void visit(table *t, const msched__json_node *object, size_t size, int depth)
{
    msched__json_node member;
    for (int more = msched__json_first(object, &member); more; more = msched__json_next(&member)) {
        const char *key = member.value->key;
        const size_t length = strlen(key);
        if (size + length + 2 > PATH_BYTES)
            continue;
        memcpy(t->path + size, key, length + 1);
        if (!msched__json_is_object(&member)) {
            const size_t column = column_of(t);
            if (column < COLUMNS && t->cells[column] == NULL && !msched__json_is_null(&member))
                t->cells[column] = member.value;
        } else if (depth < DEEPEST) {
            t->path[size + length] = '.';
            visit(t, &member, size + length + 1, depth + 1);
        }
    }
}

/* In one line, so that rows and lines have the same numbers. */
static void put_text(msched__buffer *out, const char *text)
{
    msched__buffer_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"')
            msched__buffer_char(out, '"');
        msched__buffer_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
    }
    msched__buffer_char(out, '"');
}

/* An item of a list: a text, or an object by its name. NULL: neither. */
static const char *item_text(const msched__json_node *item)
{
    msched__json_node name = *item;
    if (msched__json_is_object(item) && !msched__json_member(item, "name", &name))
        return NULL;
    return name.value->type == MSCHED__JSON_STRING ? name.value->string : NULL;
}

static void put_list(msched__buffer *out, msched__buffer *list, const msched__json_node *array)
{
    msched__json_node item;
    const char *text;
    size_t count = 0;
    msched__buffer_clear(list);
    msched__buffer_char(list, '[');
    for (int more = msched__json_first(array, &item); more; more = msched__json_next(&item)) {
        if ((text = item_text(&item)) == NULL)
            continue;
        msched__buffer_string(list, count++ > 0 ? ", " : "");
        msched__buffer_json(list, text);
    }
    msched__buffer_char(list, ']');
    if (list->failed)
        out->failed = 1;
    else if (count > 0 && list->size <= CELL_BYTES)
        put_text(out, list->data);
}

static void put_cell(msched__buffer *out, msched__buffer *list, const msched__json *json,
                     const msched__json_value *value)
{
    const msched__json_node node = {json, NULL, NULL, 0, value};
    if (value == NULL)
        return;
    if (value->type == MSCHED__JSON_STRING && strlen(value->string) <= CELL_BYTES)
        put_text(out, value->string);
    else if (value->type == MSCHED__JSON_INTEGER)
        msched__buffer_int(out, value->integer);
    else if (value->type == MSCHED__JSON_REAL)
        msched__buffer_double(out, value->real);
    else if (value->type == MSCHED__JSON_TRUE || value->type == MSCHED__JSON_FALSE)
        msched__buffer_string(out, value->type == MSCHED__JSON_TRUE ? "true" : "false");
    else if (value->type == MSCHED__JSON_ARRAY)
        put_list(out, list, &node);
}

/* Visit each object; with `out`, write it. 0 if an item is not an object. */
static int visit_rows(table *t, const msched__json_node *array, msched__buffer *out,
                      msched__buffer *list)
{
    msched__json_node row;
    for (int more = msched__json_first(array, &row); more; more = msched__json_next(&row)) {
        if (!msched__json_is_object(&row))
            return 0;
        memset(t->cells, 0, sizeof t->cells);
        t->next = 0;
        visit(t, &row, 0, 1);
        for (size_t i = 0; out != NULL && i < t->count; i++) {
            put_cell(out, list, array->document, t->cells[i]);
            msched__buffer_char(out, i + 1 < t->count ? ',' : '\n');
        }
    }
    return 1;
}

void msched__json_table_write(msched__buffer *out, const msched__json_node *array)
{
    table t = {0};
    msched__buffer list;
    msched__buffer_init(&t.names, &out->allocator);
    msched__buffer_init(&list, &out->allocator);
    if (visit_rows(&t, array, NULL, NULL) && t.count > 0) {
        for (size_t i = 0; i < t.count; i++) {
            put_text(out, t.names.data + t.name_at[i]);
            msched__buffer_char(out, i + 1 < t.count ? ',' : '\n');
        }
        t.is_complete = 1;
        (void)visit_rows(&t, array, out, &list);
    }
    out->failed |= t.names.failed;
    msched__buffer_free(&t.names);
    msched__buffer_free(&list);
}

static int is_title(const char *name)
{
    uint32_t rank;
    uint8_t unit;
    return msched__column_alias((msched__slice){name, strlen(name)}, &rank, &unit) ==
           MSCHED__COLUMN_TRACK_NAME;
}

static int is_nested(const msched__json_node *node)
{
    return node->value->type == MSCHED__JSON_ARRAY || msched__json_is_object(node);
}

/* The number of items; 0 if they have other keys than those that begin at `like`. */
static size_t count_items(const msched__json_node *node, const msched__json_node *like)
{
    msched__json_node item, other = *like;
    size_t count = 0;
    int has_other = 1;
    for (int more = msched__json_first(node, &item); more; more = msched__json_next(&item)) {
        const char *key = item.value->key, *wanted = other.value->key;
        if (!has_other || (key != NULL && wanted != NULL && strcmp(key, wanted) != 0))
            return 0;
        has_other = msched__json_next(&other);
        count++;
    }
    return count;
}

/* The columns of a frame that is an array or an object for each: the next item of each. */
typedef struct frame {
    const char *names[COLUMNS];
    msched__json_node members[COLUMNS], items[COLUMNS];
    size_t count, rows;
    int has_title;
} frame;

/* 0 if a member is not a column, or columns differ in their rows, or no texts are titles. */
static int find_columns(frame *f, const msched__json_node *object)
{
    msched__json_node member;
    for (int more = msched__json_first(object, &member); more; more = msched__json_next(&member)) {
        if (!is_nested(&member) || f->count == COLUMNS)
            return 0;
        f->members[f->count] = member; /* must live as long as its items */
        if (!msched__json_first(&f->members[f->count], &f->items[f->count]))
            return 0;
        const size_t rows = count_items(&member, &f->items[0]);
        if (f->count > 0 && rows != f->rows)
            return 0;
        f->rows = rows;
        f->names[f->count] = member.value->key;
        f->has_title |= is_title(f->names[f->count]) && !is_nested(&f->items[f->count]);
        f->count++;
    }
    return f->count > 1 && f->has_title;
}

static void write_columns(msched__buffer *out, msched__buffer *list, frame *f)
{
    for (size_t i = 0; i < f->count; i++) {
        put_text(out, f->names[i]);
        msched__buffer_char(out, i + 1 < f->count ? ',' : '\n');
    }
    for (size_t row = 0; row < f->rows; row++)
        for (size_t i = 0; i < f->count; i++) {
            put_cell(out, list, f->items[i].document, f->items[i].value);
            (void)msched__json_next(&f->items[i]);
            msched__buffer_char(out, i + 1 < f->count ? ',' : '\n');
        }
}

/* {"columns": ["title", ..], "data": [["Rain", ..], ..]} */
static int write_split(msched__buffer *out, msched__buffer *list, const msched__json_node *object)
{
    msched__json_node names, data, row, cell;
    int has_title = 0;
    if (!msched__json_member(object, "columns", &names) ||
        !msched__json_member(object, "data", &data) || names.value->type != MSCHED__JSON_ARRAY ||
        data.value->type != MSCHED__JSON_ARRAY)
        return 0;
    for (int more = msched__json_first(&names, &cell); more; more = msched__json_next(&cell))
        has_title |= cell.value->type == MSCHED__JSON_STRING && is_title(cell.value->string);
    for (int more = msched__json_first(&data, &row); more; more = msched__json_next(&row))
        has_title = has_title && row.value->type == MSCHED__JSON_ARRAY;
    if (!has_title)
        return 0;
    for (int more = msched__json_first(&names, &cell), n = 0; more;
         more = msched__json_next(&cell), n++) {
        msched__buffer_string(out, n > 0 ? "," : "");
        put_cell(out, list, object->document, cell.value);
    }
    msched__buffer_char(out, '\n');
    for (int more = msched__json_first(&data, &row); more; more = msched__json_next(&row)) {
        int n = 0;
        for (int next = msched__json_first(&row, &cell); next; next = msched__json_next(&cell)) {
            msched__buffer_string(out, n++ > 0 ? "," : "");
            put_cell(out, list, object->document, cell.value);
        }
        msched__buffer_char(out, '\n');
    }
    return 1;
}

/* {"0": {"title": "Rain", ..}, ..} */
static int is_rows(const msched__json_node *object)
{
    msched__json_node row, cell;
    int has_title = 0;
    for (int more = msched__json_first(object, &row); more; more = msched__json_next(&row)) {
        if (!msched__json_is_object(&row))
            return 0;
        for (int next = msched__json_first(&row, &cell); next && !has_title;
             next = msched__json_next(&cell))
            has_title = is_title(cell.value->key);
    }
    return has_title;
}

int msched__json_frame_write(msched__buffer *out, const msched__json_node *object)
{
    const size_t before = out->size;
    frame f = {.count = 0};
    msched__buffer list;
    msched__buffer_init(&list, &out->allocator);
    if (find_columns(&f, object))
        write_columns(out, &list, &f);
    else if (!write_split(out, &list, object) && is_rows(object))
        msched__json_table_write(out, object);
    msched__buffer_free(&list);
    return out->size > before || out->failed;
}
