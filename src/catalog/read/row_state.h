/* catalog/read/row_state.h: what is known while the rows of a CSV input are read. */
#ifndef MSCHED_CATALOG_READ_ROW_STATE_H
#define MSCHED_CATALOG_READ_ROW_STATE_H

#include "catalog/cells/row.h"
#include "catalog/read/feature_words.h"
#include "catalog/read/no_header.h"
#include "format/csv.h"

#define MSCHED__PLACE_TEXTS (MSCHED__COLUMN_TEXTS - MSCHED__COLUMN_PLAYLIST_ID)

/* Where the row before stands: its playlist, genre and subgenre. */
typedef struct msched__row_before {
    msched__slice place; /* the bytes of these cells; NULL: not known */
    msched__slice text[MSCHED__PLACE_TEXTS];
    int has_texts; /* `text` is set, and none is empty */
} msched__row_before;

typedef struct msched__row_reader {
    const msched_catalog_options *options; /* with defaults filled in */
    msched__csv *csv;
    char source[64]; /* how messages name the input */
    msched__header_map map;
    msched__slice head;                 /* the first text of a CSV input */
    const msched__no_header *no_header; /* NULL: a header was found */
    size_t field_count;                 /* of the header */
    int counts_artists;                 /* a column gives the number of artists of a song */
    msched__slice names[2];           /* of the header's title and artist; empty without a header */
    int more_artists;                 /* columns of further artists are there */
    uint32_t first_place, last_place; /* fields, see msched__row_place_of; 0: none */
    msched__row_before before;
    msched__csv_row row;    /* the last one that was read */
    msched__buffer made;    /* the row's texts that are not in the input */
    msched__buffer lists;   /* the row's texts that are lists */
    msched__slice playlist; /* of rows for which no column names one */
    const uint64_t *lines;  /* of the rows in the file of which the table was made, or NULL */
    uint64_t line_count, rows_read;
    uint64_t row_number;   /* of the last one that was read: its line, or how many there were */
    msched__slice *fields; /* the row's fields that are not in the input */
    size_t field_capacity;
    /*
     * cells that come as numbers, by column, and whether it has one; NULL: all cells are text
     */
    const double *numbers;
    const uint8_t *is_number;
    uint32_t first_feature; /* its field; 0: not all features follow it in their order */
    msched__feature_words_fn *read_words; /* NULL: features are read one by one */
    msched__feature_limits limits;        /* of read_words */
    msched__evidence evidence;
    msched__file_report *report;
} msched__row_reader;

/* The cell of a column; empty if the column is missing. */
static inline msched__slice msched__cell_of(const msched__row_reader *reader, uint32_t column)
{
    const uint32_t field = reader->map.fields[column];
    const msched__csv_row *row = &reader->row;
    if (field == 0)
        return (msched__slice){"", 0};
    return row->ends != NULL ? msched__csv_field_between(row, field) : row->fields[field - 1];
}

/*
 * The bytes of the row that name its playlist, genre and subgenre: rows with the same bytes have
 * the same ones. NULL if they do not lie side by side, or the row has quotes.
 */
static inline msched__slice msched__row_place_of(const msched__row_reader *reader)
{
    const msched__csv_row *row = &reader->row;
    if (reader->first_place == 0 || row->ends == NULL)
        return (msched__slice){NULL, 0};
    const uint32_t from = row->ends[(ptrdiff_t)reader->first_place - 2] + 1;
    return (msched__slice){row->bytes.data + from, row->ends[reader->last_place - 1] - from};
}

/* Whether a column's cell came as a number. */
static inline int msched__has_number(const msched__row_reader *reader, uint32_t column)
{
    return reader->is_number != NULL && reader->is_number[column];
}

#endif
