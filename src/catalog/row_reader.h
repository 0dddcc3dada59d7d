/* catalog/row_reader.h: the rows of a CSV input as checked values. */
#ifndef MSCHED_CATALOG_ROW_READER_H
#define MSCHED_CATALOG_ROW_READER_H

#include "catalog/builder.h"
#include "format/csv.h"

typedef struct msched__row_reader {
    const msched_catalog_options *options; /* with defaults filled in */
    msched__csv *csv;
    char source[64];                         /* how messages name the input */
    const char *names[MSCHED__COLUMN_COUNT]; /* of the columns in the header */
    uint32_t fields[MSCHED__COLUMN_COUNT];   /* field number of each column, 0: not there */
    size_t field_count;                      /* of the header */
    msched__csv_row row;                     /* the last one that was read */
} msched__row_reader;

typedef struct msched__checked_row {
    msched__values values; /* texts are in the reader's row until the next call */
    uint64_t line;
} msched__checked_row;

enum msched__row_outcome {
    MSCHED__ROW_GOOD,
    MSCHED__ROW_BAD,    /* an error that costs this row alone */
    MSCHED__ROW_FAILED, /* reading cannot go on */
    MSCHED__ROW_END
};

/* Read the header. `options` and `csv` stay the caller's and must last; `source` is copied. */
msched_result msched__row_reader_begin(msched__row_reader *reader, const msched_catalog_options *options, const char *source,
                                       msched__csv *csv, msched_error *err);
/* The next row; err, not NULL, is written where it is BAD or FAILED. */
enum msched__row_outcome msched__row_reader_next(msched__row_reader *reader, msched__checked_row *row, msched_error *err);

#endif
