/*
 * Jansson's values do not know where they came from. To name the place of an error, the text, which is known to be valid JSON,
 * is walked a second time along the path to the value.
 */
#include "format/json.h"

#include <string.h>

static size_t skip_space(const char *data, size_t size, size_t at)
{
    while (at < size && (data[at] == ' ' || data[at] == '\t' || data[at] == '\n' || data[at] == '\r'))
        at++;
    return at;
}

/* Past the string that starts at `at`. */
static size_t skip_string(const char *data, size_t size, size_t at)
{
    for (at++; at < size && data[at] != '"'; at++)
        if (data[at] == '\\')
            at++;
    return at < size ? at + 1 : size;
}

/* Past the value that starts at `at`. */
static size_t skip_value(const char *data, size_t size, size_t at)
{
    size_t depth = 0;
    for (; at < size; at++) {
        char c = data[at];
        if (c == '"') {
            at = skip_string(data, size, at) - 1;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at;
            depth--;
        } else if (c == ',' && depth == 0) {
            return at;
        } else {
            continue;
        }
        if (depth == 0)
            return at + 1;
    }
    return size;
}

/* Is the string token data[at..end), with its quotes, this key? Escapes are left to Jansson. */
static int is_key(const char *data, size_t at, size_t end, const char *key)
{
    size_t size = end - at - 2;
    if (memchr(data + at, '\\', end - at) == NULL)
        return size == strlen(key) && memcmp(data + at + 1, key, size) == 0;
    json_t *decoded = json_loadb(data + at, end - at, JSON_DECODE_ANY, NULL);
    int same = json_is_string(decoded) && strcmp(json_string_value(decoded), key) == 0;
    json_decref(decoded);
    return same;
}

/* Offset of a member's value, and of its key in *key_at; `at` is inside the object, after the brace. `size` where it is not there. */
static size_t find_member(const char *data, size_t size, size_t at, const char *key, size_t *key_at)
{
    for (;;) {
        at = skip_space(data, size, at);
        if (at >= size || data[at] != '"')
            return size;
        size_t end = skip_string(data, size, at);
        *key_at = at;
        int found = is_key(data, at, end, key);
        at = skip_space(data, size, skip_space(data, size, end) + 1);
        if (found || at >= size)
            return at < size ? at : size;
        at = skip_space(data, size, skip_value(data, size, at)) + 1;
    }
}

static size_t find_item(const char *data, size_t size, size_t at, size_t index)
{
    at = skip_space(data, size, at);
    while (index-- > 0 && at < size) {
        at = skip_space(data, size, skip_value(data, size, at)) + 1;
        at = skip_space(data, size, at);
    }
    return at < size ? at : size;
}

size_t msched__json_locate(const msched__json_node *node, int at_key)
{
    const char *data = node->document->data;
    size_t size = node->document->size;
    if (node->parent == NULL)
        return skip_space(data, size, 0);
    size_t parent = msched__json_locate(node->parent, 0), key_at = 0, at;
    if (parent >= size)
        return size;
    if (node->key == NULL)
        return find_item(data, size, parent + 1, node->index);
    at = find_member(data, size, parent + 1, node->key, &key_at);
    return at_key && at < size ? key_at : at;
}

void msched__json_place(const char *data, size_t offset, uint64_t *line, uint32_t *column)
{
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < offset; i++) {
        if (data[i] == '\n') {
            (*line)++;
            *column = 1;
        } else if (((unsigned char)data[i] & 0xC0) != 0x80) {
            (*column)++;
        }
    }
}
