/*
 * table.h: results as columns of numbers and texts, so that every language needs two typemaps and no knowledge of Arrow.
 * Filled from the library's Arrow exports, and from diagnostics.
 */
#ifndef MUSICSCHED_SWIG_TABLE_H
#define MUSICSCHED_SWIG_TABLE_H

#include <musicsched/musicsched.h>

typedef struct table table;

/* A column of doubles (NaN: null); every whole number the library gives is below 2^53. Borrowed from the table. */
typedef struct number_list {
    const double *values;
    uint32_t count;
} number_list;

/* A column of UTF-8 texts (NULL: null). Borrowed from the table. */
typedef struct text_list {
    const char *const *values;
    uint32_t count;
} text_list;

/* Read the stream to its end and release it. NULL with err written on failure. */
table *table_from_stream(struct ArrowArrayStream *stream, msched_error *err);
/* Severity, line, column, code, message, repair and candidates ("; " between them) of each diagnostic. */
table *table_from_diagnostics(const msched_diagnostics *diagnostics, msched_error *err);
void table_free(table *self);

uint32_t table_rows(const table *self);
uint32_t table_columns(const table *self);
/* NULL where index >= table_columns. */
const char *table_name(const table *self, uint32_t index);
int table_is_text(const table *self, uint32_t index);
number_list table_numbers(const table *self, uint32_t index);
text_list table_texts(const table *self, uint32_t index);

#endif
