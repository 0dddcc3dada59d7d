/*
 * format/json_place.h: places in a text of JSON, and errors there.
 */
#ifndef MSCHED_FORMAT_JSON_PLACE_H
#define MSCHED_FORMAT_JSON_PLACE_H

#include "base/error.h"

#define MSCHED__JSON_MAX_DEPTH   32
#define MSCHED__JSON_MAX_MEMBERS 64 /* of one object: more than any object of our formats has */

/* Fail with `code` and the line and column of a byte of `data`. */
msched_result msched__json_fail_offset(const char *data, size_t offset, msched_result code,
                                       msched_error *err, const char *message);

/* Line and column (1-based, in characters) of the byte at `offset`. */
void msched__json_place(const char *data, size_t offset, uint64_t *line, uint32_t *column);

/*
 * Offset of the bracket that is nested too deep, or `size`. Jansson's own limit of 2,048 levels
 * needs more stack than small threads have.
 */
size_t msched__json_check_depth(const char *data, size_t size);

#endif
