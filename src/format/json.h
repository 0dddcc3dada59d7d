/*
 * format/json.h: strict reading of JSON; format/json_explain.h explains what is refused. Every
 * error gives the JSON pointer of the value (RFC 6901), line and column. base/buffer.h writes JSON.
 */
#ifndef MSCHED_FORMAT_JSON_H
#define MSCHED_FORMAT_JSON_H

#include "format/json_place.h"

enum {
    MSCHED__JSON_NULL,
    MSCHED__JSON_FALSE,
    MSCHED__JSON_TRUE,
    MSCHED__JSON_INTEGER,
    MSCHED__JSON_REAL,
    MSCHED__JSON_STRING,
    MSCHED__JSON_ARRAY,
    MSCHED__JSON_OBJECT
};

/* A value; its contents follow it. */
typedef struct msched__json_value {
    uint32_t type;
    uint32_t at;               /* where it begins, in bytes */
    uint32_t key_at, key_size; /* of its key, if it is a member of an object */
    uint32_t next;             /* index of what follows it and its contents */
    uint32_t count;            /* of members or items */
    const char *key;
    union {
        int64_t integer;
        double real;
        const char *string;
    };
} msched__json_value;

/* A text that was read. */
typedef struct msched__json {
    const char *data; /* borrowed from the caller, without a byte order mark */
    size_t size;
    msched_allocator allocator;
    msched__json_value *values; /* the root is the first */
    char *texts;                /* keys and strings, each ended by a NUL */
} msched__json;

/*
 * A value and its path from the root; it is on the caller's stack and points to its parent there.
 */
typedef struct msched__json_node {
    const msched__json *document;
    const struct msched__json_node *parent; /* NULL: the root */
    /* in an object; NULL: an item of an array, or the root */
    const char *key;
    size_t index; /* in an array */
    const msched__json_value *value;
} msched__json_node;

/*
 * Read data[0..size): UTF-8 of at most max_bytes, nested at most 32 deep, with no duplicate keys in
 * an object. On failure, nothing has to be closed.
 */
msched_result msched__json_open(msched__json *json, const char *data, size_t size, size_t max_bytes,
                                const msched_allocator *allocator, msched_error *err);
void msched__json_close(msched__json *json);

msched__json_node msched__json_root(const msched__json *json);
/* The member `key` of an object, 1 if it is there. `child` must not outlive `object`. */
int msched__json_member(const msched__json_node *object, const char *key, msched__json_node *child);
int msched__json_is_object(const msched__json_node *node);
int msched__json_is_null(const msched__json_node *node);
size_t msched__json_count(const msched__json_node *array);
/*
 * The first item of an array, and the one after an item: 1 if there is one. `item` must not outlive
 * `array`.
 */
int msched__json_first(const msched__json_node *array, msched__json_node *item);
int msched__json_next(msched__json_node *item);
/* The item at an index, which must exist; it is found by counting from the first. */
msched__json_node msched__json_item(const msched__json_node *array, size_t index);

/* An error about a value: "POINTER: message", with its line and column. */
msched_result msched__json_fail(const msched__json_node *node, msched_result code,
                                msched_error *err, const char *format, ...) MSCHED__PRINTF(4, 5);

/*
 * The value must be an object with no keys other than `known` (NULL-terminated); the error names
 * the first other key. `members`, if not NULL, receives a node for each known key, without a value
 * if the key is missing; they must not outlive `node`.
 */
msched_result msched__json_object(const msched__json_node *node, const char *const *known,
                                  msched__json_node *members, msched_error *err);
msched_result msched__json_array(const msched__json_node *node, size_t max_count,
                                 msched_error *err);
/* Typed values. Texts are borrowed from the document. */
msched_result msched__json_string(const msched__json_node *node, const char **out,
                                  msched_error *err);
msched_result msched__json_bool(const msched__json_node *node, int *out, msched_error *err);
/* A whole number within min..max; 5.0 is one. */
msched_result msched__json_int(const msched__json_node *node, int64_t min, int64_t max,
                               int64_t *out, msched_error *err);
/* "HH:MM" or "HH:MM:SS" up to 36:00, in seconds. */
msched_result msched__json_time(const msched__json_node *node, int32_t *out, msched_error *err);

/*
 * Read json->data into values and texts (json_tree.c); MSCHED_ERROR_SYNTAX without a message if it
 * is refused at *stopped.
 */
msched_result msched__json_read(msched__json *json, size_t *stopped, msched_error *err);

#endif
