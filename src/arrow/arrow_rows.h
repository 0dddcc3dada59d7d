/* arrow/arrow_rows.h: the rows of a table, read as leniently as those of a CSV file. */
#ifndef MSCHED_ARROW_ROWS_H
#define MSCHED_ARROW_ROWS_H

#include "arrow/arrow_column.h"
#include "catalog/cells/row.h"
#include "catalog/read/row_reader.h"

typedef struct msched__arrow_rows {
    msched_catalog_builder *builder;
    const struct ArrowSchema *schema;
    msched__row_reader reader;
    msched__slice *fields;                /* the row's cells, one a column of the table */
    uint8_t *made;                        /* the cell's text is in `texts`, and .size bytes long */
    size_t *at;                           /* where in `texts` */
    uint32_t lists[MSCHED__COLUMN_TEXTS]; /* the column with the members of a text; 0: none */
    msched__buffer texts;
    double numbers[MSCHED__COLUMN_ALL];
    uint8_t is_number[MSCHED__COLUMN_ALL];
} msched__arrow_rows;

/*
 * Match the columns of the table, which must last. The rows of `batch`, the first one, show what
 * names of columns do not; NULL: there is none. HEADER, ARGUMENT, MEMORY or MSCHED_OK.
 */
msched_result msched__arrow_rows_begin(msched__arrow_rows *rows, msched_catalog_builder *builder,
                                       const struct ArrowSchema *schema,
                                       const struct ArrowArray *batch, msched_error *err);
/* Add one row, or leave it out as the options say. `number` is 1-based; err must not be NULL. */
msched_result msched__arrow_rows_add(msched__arrow_rows *rows, const struct ArrowArray *batch,
                                     int64_t row, uint64_t number, msched_error *err);
/* All rows are there. */
msched_result msched__arrow_rows_end(msched__arrow_rows *rows, msched_error *err);
void msched__arrow_rows_free(msched__arrow_rows *rows);

#endif
