/* catalog/read/row_reader.h: the rows of a CSV input as checked values. */
#ifndef MSCHED_CATALOG_READ_ROW_READER_H
#define MSCHED_CATALOG_READ_ROW_READER_H

#include "catalog/cells/row.h"
#include "catalog/read/row_features.h"
#include "catalog/read/row_state.h"

typedef struct msched__checked_row {
    msched__values values; /* texts are in the reader's row until the next call */
    uint64_t line;
    size_t at;         /* in a batch: where its bytes begin in the batch's text */
    int features_wait; /* in a batch: the features are still to be read from `places` */
    msched__cell_place places[MSCHED__FEATURES];
} msched__checked_row;

enum msched__row_outcome {
    MSCHED__ROW_GOOD,
    MSCHED__ROW_BLANK,  /* empty fields only */
    MSCHED__ROW_LOST,   /* it lacks what a song needs; the error names it */
    MSCHED__ROW_BAD,    /* an error that affects only this row */
    MSCHED__ROW_FAILED, /* reading cannot go on */
    MSCHED__ROW_END
};

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
/* The next row; err, not NULL, is written if the result is LOST, BAD or FAILED. */
enum msched__row_outcome msched__row_reader_next(msched__row_reader *reader,
                                                 msched__checked_row *row, msched_error *err);
void msched__row_reader_free(msched__row_reader *reader);

#endif
