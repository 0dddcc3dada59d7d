#include "format/json.h"

#include "base/alloc.h"
#include "base/civil.h"
#include "base/utf8.h"
#include "format/json_explain.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

msched_result msched__json_open(msched__json *json, const char *data, size_t size, size_t max_bytes,
                                const msched_allocator *allocator, msched_error *err)
{
    *json = (msched__json){.allocator = msched__allocator_copy(allocator)};
    if (data == NULL)
        return msched__fail_null(err, "data");
    if (size > max_bytes)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "%zu bytes of JSON: the limit is %zu", size,
                            max_bytes);
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    size_t stopped = msched__utf8_check(data, size);
    if (stopped < size)
        return msched__json_fail_offset(data, stopped, MSCHED_ERROR_ENCODING, err,
                                        "not UTF-8: save the text as UTF-8");
    json->data = data;
    json->size = size;
    msched_result result = msched__json_read(json, &stopped, err);
    if (result == MSCHED_ERROR_SYNTAX)
        result = msched__json_explain(data, size, stopped, err);
    if (result != MSCHED_OK)
        msched__json_close(json);
    return result;
}

void msched__json_close(msched__json *json)
{
    msched__free(&json->allocator, json->texts);
    msched__free(&json->allocator, json->values);
    json->texts = NULL;
    json->values = NULL;
}

msched__json_node msched__json_root(const msched__json *json)
{
    return (msched__json_node){json, NULL, NULL, 0, json->values};
}

int msched__json_member(const msched__json_node *object, const char *key, msched__json_node *child)
{
    size_t size = strlen(key);
    const msched__json_value *v = object->value + 1;
    for (uint32_t left = msched__json_is_object(object) ? object->value->count : 0; left > 0;
         left--) {
        if (v->key_size == size && memcmp(v->key, key, size) == 0) {
            *child = (msched__json_node){object->document, object, v->key, 0, v};
            return 1;
        }
        v = object->document->values + v->next;
    }
    return 0;
}

int msched__json_is_object(const msched__json_node *node)
{
    return node->value->type == MSCHED__JSON_OBJECT;
}

int msched__json_is_null(const msched__json_node *node)
{
    return node->value->type == MSCHED__JSON_NULL;
}

size_t msched__json_count(const msched__json_node *array)
{
    return array->value->count;
}

int msched__json_first(const msched__json_node *array, msched__json_node *item)
{
    if (array->value->count == 0)
        return 0;
    *item = (msched__json_node){array->document, array, NULL, 0, array->value + 1};
    return 1;
}

int msched__json_next(msched__json_node *item)
{
    if (item->index + 1 == item->parent->value->count)
        return 0;
    item->value = item->document->values + item->value->next;
    item->index++;
    return 1;
}

msched__json_node msched__json_item(const msched__json_node *array, size_t index)
{
    msched__json_node item;
    msched__json_first(array, &item);
    while (item.index < index)
        msched__json_next(&item);
    return item;
}

/* Append the pointer of a node, cut if it does not fit. Returns the new length. */
static size_t write_pointer(const msched__json_node *node, char *out, size_t capacity)
{
    if (node->parent == NULL)
        return 0;
    size_t used = write_pointer(node->parent, out, capacity);
    if (used + 2 >= capacity)
        return used;
    out[used++] = '/';
    if (node->key == NULL) {
        int written = snprintf(out + used, capacity - used, "%zu", node->index);
        return used + (size_t)written < capacity ? used + (size_t)written : capacity - 1;
    }
    for (const char *p = node->key; *p != '\0' && used + 3 < capacity; p++) {
        if (*p == '~' || *p == '/') {
            out[used++] = '~';
            out[used++] = *p == '~' ? '0' : '1';
        } else {
            out[used++] = *p;
        }
    }
    out[used] = '\0';
    return used;
}

static msched_result fail_node(const msched__json_node *node, int at_key, msched_result code,
                               msched_error *err, const char *message)
{
    uint64_t line;
    uint32_t column;
    char pointer[100] = "";
    write_pointer(node, pointer, sizeof pointer);
    size_t whole = strlen(pointer);
    while (whole > 0 && msched__utf8_check(pointer, whole) < whole)
        pointer[--whole] = '\0';
    msched__json_place(node->document->data, at_key ? node->value->key_at : node->value->at, &line,
                       &column);
    return msched__fail_at(err, code, line, column, "%s%s%s", pointer, whole > 0 ? ": " : "",
                           message);
}

msched_result msched__json_fail(const msched__json_node *node, msched_result code,
                                msched_error *err, const char *format, ...)
{
    if (err == NULL)
        return code;
    char message[240];
    va_list args;
    va_start(args, format);
    msched__message_format(message, sizeof message, format, args);
    va_end(args);
    return fail_node(node, 0, code, err, message);
}

static const char *type_name(const msched__json_value *value)
{
    static const char *const names[] = {"null",     "true or false", "true or false", "a number",
                                        "a number", "a string",      "an array",      "an object"};
    return names[value->type];
}

static msched_result fail_type(const msched__json_node *node, const char *wanted, msched_error *err)
{
    return msched__json_fail(
        node, MSCHED_ERROR_VALUE, err, "must be %s, not %s%s", wanted, type_name(node->value),
        msched__json_is_null(node) && node->key != NULL ? "; omit the key for the default" : "");
}

static msched_result unknown_key(const msched__json_node *object, const char *key,
                                 const char *const *known, msched_error *err)
{
    msched__json_node child;
    char message[240];
    size_t used = (size_t)snprintf(message, sizeof message, "unknown key; expected one of");
    for (size_t i = 0; known[i] != NULL && used < sizeof message; i++)
        used += (size_t)snprintf(message + used, sizeof message - used, "%s %s", i == 0 ? "" : ",",
                                 known[i]);
    msched__json_member(object, key, &child);
    return fail_node(&child, 1, MSCHED_ERROR_VALUE, err, message);
}

/* Index of a key among those from `from` on, or their end. */
static size_t find_key(const char *const *known, size_t from, const char *key)
{
    while (known[from] != NULL && (known[from][0] != key[0] || strcmp(known[from], key) != 0))
        from++;
    return from;
}

msched_result msched__json_object(const msched__json_node *node, const char *const *known,
                                  msched__json_node *members, msched_error *err)
{
    if (!msched__json_is_object(node))
        return fail_type(node, "an object", err);
    for (size_t i = 0; members != NULL && known[i] != NULL; i++)
        members[i].value = NULL;
    const msched__json_value *v = node->value + 1;
    size_t next = 0; /* keys usually come in the same order */
    for (uint32_t left = node->value->count; left > 0; left--) {
        size_t i = find_key(known, next, v->key);
        if (known[i] == NULL)
            i = find_key(known, 0, v->key);
        if (known[i] == NULL)
            return unknown_key(node, v->key, known, err);
        next = i + 1;
        if (members != NULL)
            members[i] = (msched__json_node){node->document, node, v->key, 0, v};
        v = node->document->values + v->next;
    }
    return MSCHED_OK;
}

msched_result msched__json_array(const msched__json_node *node, size_t max_count, msched_error *err)
{
    if (node->value->type != MSCHED__JSON_ARRAY)
        return fail_type(node, "an array", err);
    if (node->value->count > max_count)
        return msched__json_fail(node, MSCHED_ERROR_LIMIT, err,
                                 "has %u items: at most %zu are read", node->value->count,
                                 max_count);
    return MSCHED_OK;
}

msched_result msched__json_string(const msched__json_node *node, const char **out,
                                  msched_error *err)
{
    if (node->value->type != MSCHED__JSON_STRING)
        return fail_type(node, "a string", err);
    *out = node->value->string;
    return MSCHED_OK;
}

msched_result msched__json_bool(const msched__json_node *node, int *out, msched_error *err)
{
    if (node->value->type != MSCHED__JSON_TRUE && node->value->type != MSCHED__JSON_FALSE)
        return fail_type(node, "true or false", err);
    *out = node->value->type == MSCHED__JSON_TRUE;
    return MSCHED_OK;
}

msched_result msched__json_int(const msched__json_node *node, int64_t min, int64_t max,
                               int64_t *out, msched_error *err)
{
    int64_t value;
    if (node->value->type == MSCHED__JSON_INTEGER) {
        value = node->value->integer;
    } else if (node->value->type == MSCHED__JSON_REAL) {
        double real = node->value->real;
        if (!(fabs(real) < 1e15) || floor(real) != real)
            return msched__json_fail(node, MSCHED_ERROR_VALUE, err,
                                     "must be a whole number from %lld to %lld", (long long)min,
                                     (long long)max);
        value = (int64_t)real;
    } else {
        return fail_type(node, "a whole number", err);
    }
    if (value < min || value > max)
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "is %lld: must be %lld to %lld",
                                 (long long)value, (long long)min, (long long)max);
    *out = value;
    return MSCHED_OK;
}

msched_result msched__json_time(const msched__json_node *node, int32_t *out, msched_error *err)
{
    if (node->value->type != MSCHED__JSON_STRING)
        return fail_type(node, "a time such as \"14:30\"", err);
    const char *text = node->value->string;
    if (!msched__time_parse(text, strlen(text), out))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err,
                                 "\"%.40s\" is not a time: write HH:MM or HH:MM:SS, up to 36:00",
                                 text);
    return MSCHED_OK;
}
