#include "format/json_explain.h"

#include "format/json_place.h"

#include <jansson.h>
#include <string.h>

static msched_result parse_failure(const json_error_t *error, msched_error *err)
{
    uint64_t line = error->line > 0 ? (uint64_t)error->line : 1;
    uint32_t column = error->column > 0 ? (uint32_t)error->column : 1;
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return msched__fail_memory(err);
    case json_error_duplicate_key:
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "%s: remove one of the two",
                               error->text);
    case json_error_numeric_overflow:
        return msched__fail_at(err, MSCHED_ERROR_VALUE, line, column, "%s", error->text);
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return msched__fail_at(err, MSCHED_ERROR_ENCODING, line, column,
                               "a text must not contain \\u0000");
    default:
        return msched__fail_at(err, MSCHED_ERROR_SYNTAX, line, column, "not valid JSON: %s",
                               error->text);
    }
}

msched_result msched__json_explain(const char *data, size_t size, size_t stopped, msched_error *err)
{
    size_t deep = msched__json_check_depth(data, size);
    if (deep < size)
        return msched__json_fail_offset(data, deep, MSCHED_ERROR_LIMIT, err,
                                        "nested more than 32 deep");
    json_error_t error;
    memset(&error, 0, sizeof error);
    json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (root == NULL)
        return parse_failure(&error, err);
    json_decref(root);
    return msched__json_fail_offset(
        data, stopped, MSCHED_ERROR_LIMIT, err,
        "a number has too many digits, or an object has more than 64 members");
}
