/*
 * fuzz/fuzz_json.c: our reader of JSON takes what Jansson takes, and reads the same out of it.
 * Refused besides: numbers of too many digits, objects of too many members, and the NUL bytes that
 * Jansson steps over.
 */
#include "format/json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES 1048576

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const msched__json_node *node, const json_t *other);

static void same_members(const msched__json_node *node, json_t *other)
{
    const char *key;
    json_t *value;
    msched__json_node child;
    if (!msched__json_is_object(node) || msched__json_count(node) != json_object_size(other))
        abort();
    json_object_foreach(other, key, value)
    {
        if (!msched__json_member(node, key, &child))
            abort();
        same(&child, value);
    }
}

static void same_items(const msched__json_node *node, const json_t *other)
{
    msched__json_node item;
    size_t count = 0;
    if (msched__json_array(node, SIZE_MAX, NULL) != MSCHED_OK)
        abort();
    for (int more = msched__json_first(node, &item); more; more = msched__json_next(&item))
        same(&item, json_array_get(other, count++));
    if (count != json_array_size(other))
        abort();
}

static void same(const msched__json_node *node, const json_t *other)
{
    static const uint32_t types[] = {
        [JSON_OBJECT] = MSCHED__JSON_OBJECT, [JSON_ARRAY] = MSCHED__JSON_ARRAY,
        [JSON_STRING] = MSCHED__JSON_STRING, [JSON_INTEGER] = MSCHED__JSON_INTEGER,
        [JSON_REAL] = MSCHED__JSON_REAL,     [JSON_TRUE] = MSCHED__JSON_TRUE,
        [JSON_FALSE] = MSCHED__JSON_FALSE,   [JSON_NULL] = MSCHED__JSON_NULL};
    const msched__json_value *v = node->value;
    if (v->type != types[json_typeof(other)] || v->at >= node->document->size)
        abort();
    if (json_is_object(other))
        same_members(node, (json_t *)(uintptr_t)other);
    if (json_is_array(other))
        same_items(node, other);
    if ((json_is_string(other) && strcmp(v->string, json_string_value(other)) != 0) ||
        (json_is_integer(other) && v->integer != json_integer_value(other)) ||
        (json_is_real(other) && v->real != json_real_value(other)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    size_t mark = size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    msched__json json;
    msched_error err = {0};
    msched_result result = msched__json_open(&json, text, size, MAX_BYTES, NULL, &err);
    json_t *other = json_loadb(text + mark, size - mark, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
                               NULL);
    if (result == MSCHED_OK) {
        if (other == NULL)
            abort();
        msched__json_node root = msched__json_root(&json);
        same(&root, other);
        msched__json_close(&json);
    } else if (err.message[0] == '\0' || (other != NULL && result != MSCHED_ERROR_LIMIT &&
                                          memchr(data, '\0', size) == NULL)) {
        abort();
    }
    json_decref(other);
    return 0;
}
