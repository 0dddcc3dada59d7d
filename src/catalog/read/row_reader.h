/* catalog/read/row_reader.h: the rows of a CSV input as checked values. */
#ifndef MSCHED_CATALOG_READ_ROW_READER_H
#define MSCHED_CATALOG_READ_ROW_READER_H

#include "catalog/cells/row.h"
#include "catalog/read/row_features.h"
#include "catalog/read/row_state.h"

enum msched__row_outcome {
    MSCHED__ROW_GOOD,
    MSCHED__ROW_BLANK,  /* empty fields only */
    MSCHED__ROW_LOST,   /* it lacks what a song needs; the error names it */
    MSCHED__ROW_BAD,    /* an error that affects only this row */
    MSCHED__ROW_FAILED, /* reading cannot go on */
    MSCHED__ROW_END
};

typedef struct msched__checked_row {
    msched__values values; /* if GOOD; texts are in the reader's row until the next call */
    uint64_t line;
    enum msched__row_outcome outcome; /* of msched__row_reader_read */
} msched__checked_row;

/* `options` and the last file of `all`, to which the report goes, must last; `source` is copied. */
void msched__row_reader_init(msched__row_reader *reader, const msched_catalog_options *options,
                             const char *source, msched__report *all);
/* Read the header of `csv`, which must last. */
msched_result msched__row_reader_begin(msched__row_reader *reader, msched__csv *csv,
                                       msched__report *all, msched_error *err);
/* The same of a table whose columns have these names. */
msched_result msched__row_reader_begin_table(msched__row_reader *reader, msched__report *all,
                                             const msched__slice *names, size_t count,
                                             msched_error *err);
/*
 * The next row as it is in the input: GOOD, BAD, FAILED or END; err, not NULL, is written if the
 * result is BAD or FAILED.
 */
enum msched__row_outcome msched__row_reader_next(msched__row_reader *reader, msched__csv_row *row,
                                                 msched_error *err);
/* As msched__csv_take_lines; takes no lines if rows are told by other lines than their own. */
msched_result msched__row_reader_take_lines(msched__row_reader *reader, size_t most, char **buffer,
                                            size_t *capacity, msched__csv_lines *lines,
                                            msched_error *err);
/*
 * Read its values; not END. `row` may be the reader's own. err, not NULL, is written if the result
 * is LOST, BAD or FAILED.
 */
enum msched__row_outcome msched__row_reader_read(msched__row_reader *reader,
                                                 const msched__csv_row *row,
                                                 msched__checked_row *checked, msched_error *err);
/* Forget the row before, as its memory will be used again. */
void msched__row_reader_forget(msched__row_reader *reader);
/*
 * Make `copy` a reader that reads the values of rows of the same input, in a thread of its own. It
 * splits lines with `csv` and counts cells in `report`, which must last.
 */
void msched__row_reader_share(msched__row_reader *copy, const msched__row_reader *reader,
                              msched__csv *csv, msched__file_report *report);
/* Add what it counted to the report of `reader`, and free it. */
void msched__row_reader_join(msched__row_reader *reader, msched__row_reader *copy);
void msched__row_reader_free(msched__row_reader *reader);

#endif
