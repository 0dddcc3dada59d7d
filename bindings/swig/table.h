/*
 * table.h: results as columns of numbers and texts, so that every language needs two typemaps and
 * no knowledge of Arrow.
 */
#ifndef MUSICSCHED_SWIG_TABLE_H
#define MUSICSCHED_SWIG_TABLE_H

#include <musicsched/musicsched.h>

typedef struct table table;

/*
 * A column of doubles (NaN: null); every whole number the library gives is below 2^53. Borrowed
 * from the table.
 */
typedef struct number_list {
    const double *values;
    uint32_t count;
    int whole; /* 1: no fraction by type, so a language with integers gives those */
} number_list;

/* A column of UTF-8 texts (NULL: null). Borrowed from the table. */
typedef struct text_list {
    const char *const *values;
    uint32_t count;
} text_list;

/* Read the stream to its end and release it. NULL with err written on failure. */
table *table_from_stream(struct ArrowArrayStream *stream, msched_error *err);

/*
 * A table made by hand: columns are added, filled, and the whole is finished, which tells if memory
 * ran out on the way.
 */
table *table_create(uint32_t rows, uint32_t columns);
/* Zeros to fill; NULL when out of memory. `self` may be NULL here and below. */
double *table_add_numbers(table *self, const char *name, int whole);
char **table_add_texts(table *self, const char *name);
/*
 * Put a copy of `text` into a column that table_add_texts gave; a NULL column is let pass. NULL
 * text: null.
 */
void table_set_text(table *self, char **column, uint32_t row, const char *text);
/* As table_set_text, with "; " between the texts. */
void table_set_texts(table *self, char **column, uint32_t row, const char *const *texts,
                     uint32_t count);
/* `self`, or NULL with err written and `self` freed. */
table *table_finish(table *self, msched_error *err);
void table_free(table *self);

uint32_t table_rows(const table *self);
uint32_t table_columns(const table *self);
/* NULL where index >= table_columns. */
const char *table_name(const table *self, uint32_t index);
int table_is_text(const table *self, uint32_t index);
/*
 * 1 in a column of lists of texts: table_numbers gives how many texts each row has, and table_texts
 * those of all rows, one after the other.
 */
int table_is_list(const table *self, uint32_t index);
number_list table_numbers(const table *self, uint32_t index);
text_list table_texts(const table *self, uint32_t index);

#endif
