#include "format/json.h"

#include "base/civil.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MAX_DEPTH 32

static msched_result fail_offset(const char *data, size_t offset, msched_result code, msched_error *err, const char *message)
{
    uint64_t line;
    uint32_t column;
    msched__json_place(data, offset, &line, &column);
    return msched__fail_at(err, code, line, column, "%s", message);
}

/* Offset of the bracket that nests too deep, or `size`. Jansson's own limit of 2,048 asks more stack than small threads have. */
static size_t check_depth(const char *data, size_t size)
{
    size_t depth = 0;
    int in_string = 0;
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"' || c == '\n')
                in_string = 0;
        } else if (c == '"') {
            in_string = 1;
        } else if (c == '{' || c == '[') {
            if (++depth > MAX_DEPTH)
                return i;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return size;
}

static msched_result parse_failure(const json_error_t *error, msched_error *err)
{
    uint64_t line = error->line > 0 ? (uint64_t)error->line : 1;
    uint32_t column = error->column > 0 ? (uint32_t)error->column : 1;
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return msched__fail_memory(err);
    case json_error_duplicate_key:
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "%s: leave one of the two out", error->text);
    case json_error_numeric_overflow:
        return msched__fail_at(err, MSCHED_ERROR_VALUE, line, column, "%s", error->text);
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return msched__fail_at(err, MSCHED_ERROR_ENCODING, line, column, "a text must not hold \\u0000");
    default:
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "not valid JSON: %s", error->text);
    }
}

msched_result msched__json_open(msched__json *json, const char *data, size_t size, size_t max_bytes, msched_error *err)
{
    *json = (msched__json){NULL, 0, NULL};
    if (data == NULL)
        return msched__fail_null(err, "data");
    if (size > max_bytes)
        return msched__fail(err, MSCHED_ERROR_LIMIT, "%zu bytes of JSON: at most %zu are read", size, max_bytes);
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
        data += 3;
        size -= 3;
    }
    size_t bad = msched__utf8_check(data, size);
    if (bad < size)
        return fail_offset(data, bad, MSCHED_ERROR_ENCODING, err, "not UTF-8: save the text as UTF-8");
    bad = check_depth(data, size);
    if (bad < size)
        return fail_offset(data, bad, MSCHED_ERROR_LIMIT, err, "nested more than 32 deep");
    json_error_t error;
    memset(&error, 0, sizeof error);
    json->data = data;
    json->size = size;
    json->root = json_loadb(data, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    return json->root == NULL ? parse_failure(&error, err) : MSCHED_OK;
}

void msched__json_close(msched__json *json)
{
    json_decref(json->root);
    json->root = NULL;
}

msched__json_node msched__json_root(const msched__json *json)
{
    return (msched__json_node){json, NULL, NULL, 0, json->root};
}

int msched__json_member(const msched__json_node *object, const char *key, msched__json_node *child)
{
    const json_t *value = json_object_get(object->value, key);
    if (value == NULL)
        return 0;
    *child = (msched__json_node){object->document, object, key, 0, value};
    return 1;
}

size_t msched__json_count(const msched__json_node *array)
{
    return json_array_size(array->value);
}

msched__json_node msched__json_item(const msched__json_node *array, size_t index)
{
    return (msched__json_node){array->document, array, NULL, index, json_array_get(array->value, index)};
}

/* Append the pointer of a node; what does not fit is cut. Returns the new length. */
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

static msched_result fail_node(const msched__json_node *node, int at_key, msched_result code, msched_error *err,
                               const char *message)
{
    uint64_t line;
    uint32_t column;
    char pointer[100] = "";
    write_pointer(node, pointer, sizeof pointer);
    size_t whole = strlen(pointer);
    while (whole > 0 && msched__utf8_check(pointer, whole) < whole)
        pointer[--whole] = '\0';
    msched__json_place(node->document->data, msched__json_locate(node, at_key), &line, &column);
    return msched__fail_at(err, code, line, column, "%s%s%s", pointer, whole > 0 ? ": " : "", message);
}

msched_result msched__json_fail(const msched__json_node *node, msched_result code, msched_error *err, const char *format, ...)
{
    if (err == NULL)
        return code;
    char message[240];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    size_t size = strlen(message);
    while (size > 0 && msched__utf8_check(message, size) < size)
        message[--size] = '\0';
    return fail_node(node, 0, code, err, message);
}

static const char *type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_NULL:
        return "null";
    default:
        return "true or false";
    }
}

static msched_result fail_type(const msched__json_node *node, const char *wanted, msched_error *err)
{
    return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "must be %s, not %s%s", wanted, type_name(node->value),
                             json_is_null(node->value) && node->key != NULL ? "; leave the key out for the default" : "");
}

static msched_result unknown_key(const msched__json_node *object, const char *key, const char *const *known, msched_error *err)
{
    msched__json_node child;
    char message[240];
    size_t used = (size_t)snprintf(message, sizeof message, "unknown key; known are");
    for (size_t i = 0; known[i] != NULL && used < sizeof message; i++)
        used += (size_t)snprintf(message + used, sizeof message - used, "%s %s", i == 0 ? "" : ",", known[i]);
    msched__json_member(object, key, &child);
    return fail_node(&child, 1, MSCHED_ERROR_VALUE, err, message);
}

msched_result msched__json_object(const msched__json_node *node, const char *const *known, msched_error *err)
{
    if (!json_is_object(node->value))
        return fail_type(node, "an object", err);
    /* the casts drop const only: iterating changes nothing */
    json_t *object = (json_t *)(uintptr_t)node->value;
    for (void *it = json_object_iter(object); it != NULL; it = json_object_iter_next(object, it)) {
        const char *key = json_object_iter_key(it);
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0)
            i++;
        if (known[i] == NULL)
            return unknown_key(node, key, known, err);
    }
    return MSCHED_OK;
}

msched_result msched__json_array(const msched__json_node *node, size_t max_count, msched_error *err)
{
    if (!json_is_array(node->value))
        return fail_type(node, "an array", err);
    if (json_array_size(node->value) > max_count)
        return msched__json_fail(node, MSCHED_ERROR_LIMIT, err, "has %zu items: at most %zu are read", json_array_size(node->value),
                                 max_count);
    return MSCHED_OK;
}

msched_result msched__json_string(const msched__json_node *node, const char **out, msched_error *err)
{
    if (!json_is_string(node->value))
        return fail_type(node, "a string", err);
    *out = json_string_value(node->value);
    return MSCHED_OK;
}

msched_result msched__json_bool(const msched__json_node *node, int *out, msched_error *err)
{
    if (!json_is_boolean(node->value))
        return fail_type(node, "true or false", err);
    *out = json_is_true(node->value);
    return MSCHED_OK;
}

msched_result msched__json_int(const msched__json_node *node, int64_t min, int64_t max, int64_t *out, msched_error *err)
{
    int64_t value;
    if (json_is_integer(node->value)) {
        value = json_integer_value(node->value);
    } else if (json_is_real(node->value)) {
        double real = json_real_value(node->value);
        if (!(fabs(real) < 1e15) || floor(real) != real)
            return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "must be a whole number from %lld to %lld", (long long)min,
                                     (long long)max);
        value = (int64_t)real;
    } else {
        return fail_type(node, "a whole number", err);
    }
    if (value < min || value > max)
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "is %lld: must be %lld to %lld", (long long)value, (long long)min,
                                 (long long)max);
    *out = value;
    return MSCHED_OK;
}

msched_result msched__json_time(const msched__json_node *node, int32_t *out, msched_error *err)
{
    if (!json_is_string(node->value))
        return fail_type(node, "a time such as \"14:30\"", err);
    const char *text = json_string_value(node->value);
    if (!msched__time_parse(text, strlen(text), out))
        return msched__json_fail(node, MSCHED_ERROR_VALUE, err, "\"%.40s\" is no time: write HH:MM or HH:MM:SS, up to 36:00", text);
    return MSCHED_OK;
}
