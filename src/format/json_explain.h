/*
 * format/json_explain.h: explain why format/json.h refused a text.
 */
#ifndef MSCHED_FORMAT_JSON_EXPLAIN_H
#define MSCHED_FORMAT_JSON_EXPLAIN_H

#include "base/error.h"

/* Fail with the reason why the text was refused at the byte `stopped`. */
msched_result msched__json_explain(const char *data, size_t size, size_t stopped,
                                   msched_error *err);

#endif
