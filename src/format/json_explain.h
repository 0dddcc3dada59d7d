/*
 * format/json_explain.h: why a text is not JSON that format/json.h reads.
 */
#ifndef MSCHED_FORMAT_JSON_EXPLAIN_H
#define MSCHED_FORMAT_JSON_EXPLAIN_H

#include "base/error.h"

/* Why a text was refused at `stopped`. */
msched_result msched__json_explain(const char *data, size_t size, size_t stopped,
                                   msched_error *err);

#endif
