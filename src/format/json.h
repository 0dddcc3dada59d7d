/*
 * format/json.h: strict reading of JSON over Jansson. Every complaint names the value by its JSON pointer (RFC 6901) and by
 * line and column. Writing is base/buffer.h's work.
 */
#ifndef MSCHED_FORMAT_JSON_H
#define MSCHED_FORMAT_JSON_H

#include "base/error.h"

#include <jansson.h>

/* A text that was read. `root` is NULL before msched__json_open and after msched__json_close. */
typedef struct msched__json {
    const char *data; /* borrowed from the caller, without a byte order mark */
    size_t size;
    json_t *root;
} msched__json;

/* A value and the way to it from the root; lives on the caller's stack and points to its parent there. */
typedef struct msched__json_node {
    const msched__json *document;
    const struct msched__json_node *parent; /* NULL: the root */
    const char *key;                        /* in an object; NULL: an item of an array, or the root */
    size_t index;                           /* in an array */
    const json_t *value;
} msched__json_node;

/* Read data[0..size): UTF-8 of at most max_bytes, nested at most 32 deep, no key twice in an object. On failure nothing has to be closed. */
msched_result msched__json_open(msched__json *json, const char *data, size_t size, size_t max_bytes, msched_error *err);
void msched__json_close(msched__json *json);

msched__json_node msched__json_root(const msched__json *json);
/* The member `key` of an object, 1 if it is there. `child` must not outlive `object`. */
int msched__json_member(const msched__json_node *object, const char *key, msched__json_node *child);
size_t msched__json_count(const msched__json_node *array);
msched__json_node msched__json_item(const msched__json_node *array, size_t index);

/* An error about a value: "POINTER: message", with its line and column. */
msched_result msched__json_fail(const msched__json_node *node, msched_result code, msched_error *err, const char *format, ...)
    MSCHED__PRINTF(4, 5);

/* The value must be an object that has no other keys than `known` (ended by NULL); the first other one is refused by name. */
msched_result msched__json_object(const msched__json_node *node, const char *const *known, msched_error *err);
msched_result msched__json_array(const msched__json_node *node, size_t max_count, msched_error *err);
/* Typed values. Texts are borrowed from the document. */
msched_result msched__json_string(const msched__json_node *node, const char **out, msched_error *err);
msched_result msched__json_bool(const msched__json_node *node, int *out, msched_error *err);
/* A whole number within min..max; 5.0 is one. */
msched_result msched__json_int(const msched__json_node *node, int64_t min, int64_t max, int64_t *out, msched_error *err);
/* "HH:MM" or "HH:MM:SS" up to 36:00, in seconds. */
msched_result msched__json_time(const msched__json_node *node, int32_t *out, msched_error *err);

/* Line and column (1-based, in characters) of the byte at `offset`. */
void msched__json_place(const char *data, size_t offset, uint64_t *line, uint32_t *column);
/* Byte offset of a node's value in its document's text; of its key where `at_key` is set and it has one (json_locate.c). */
size_t msched__json_locate(const msched__json_node *node, int at_key);

#endif
