/*
 * arrow/arrow_table.h: a table whose columns are filled one by one and then exported as a stream of
 * one batch. The stream and every array from it share the table, its arena and what it keeps alive
 * by reference count.
 */
#ifndef MSCHED_ARROW_TABLE_H
#define MSCHED_ARROW_TABLE_H

#include "base/arena.h"
#include "base/civil.h"

#include <musicsched/arrow.h>

typedef struct msched__arrow_table msched__arrow_table;

/*
 * A table of `rows` rows that keeps a reference to `catalog` (NULL: none). NULL when out of memory.
 */
msched__arrow_table *msched__arrow_table_create(uint32_t rows, const msched_catalog *catalog);
void msched__arrow_table_unref(msched__arrow_table *table);

/* Memory that lives as long as the table; a failure is remembered. */
void *msched__arrow_alloc(msched__arrow_table *table, size_t count, size_t size);

/*
 * A numeric column over `values`, which live in the table's arena or in its catalog. `format` is
 * Arrow's: "C", "I", "g" .. `valid` is a bitmap, least significant bit first, or NULL if nothing is
 * null. Names are static.
 */
void msched__arrow_add_numbers(msched__arrow_table *table, const char *name, const char *format,
                               const void *values, const uint8_t *valid, int64_t null_count);
/* As above with doubles; NaN means null. */
void msched__arrow_add_doubles(msched__arrow_table *table, const char *name, const double *values);
/* A column of dates, copied; a date without a day is null. */
void msched__arrow_add_dates(msched__arrow_table *table, const char *name,
                             const msched__date *dates);
/* A text column over rows + 1 offsets and bytes; an empty text means null. */
void msched__arrow_add_text(msched__arrow_table *table, const char *name, const int32_t *offsets,
                            const char *bytes);
/* A text column copied from rows NUL-ended strings; NULL: null. */
void msched__arrow_add_strings(msched__arrow_table *table, const char *name,
                               const char *const *strings);
/*
 * A dictionary column: `codes` index `value_count` texts given by offsets and bytes. UINT32_MAX:
 * null.
 */
void msched__arrow_add_dictionary(msched__arrow_table *table, const char *name,
                                  const uint32_t *codes, const int32_t *offsets, const char *bytes,
                                  uint32_t value_count);

/*
 * A column of lists of texts: list i is texts lists[i] to lists[i + 1] - 1 of those that offsets
 * and bytes give. Nothing is null; a list may be empty.
 */
void msched__arrow_add_lists(msched__arrow_table *table, const char *name, const int32_t *lists,
                             const int32_t *offsets, const char *bytes);

/*
 * Move the table to a stream; after a remembered failure, free it and fail with
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__arrow_table_finish(msched__arrow_table *table,
                                         struct ArrowArrayStream *stream, msched_error *err);

#endif
