/*
 * format/csv.h: rows of fields from CSV bytes, read in chunks with bounded memory.
 *
 * libcsv in its strict mode defines the grammar (RFC 4180, with any delimiter). A line whose quotes
 * only enclose whole fields is split directly, which gives the same fields; a test compares both.
 * Lines end with LF, CRLF or CR. Empty lines are skipped, a byte order mark at the beginning too.
 * Bytes are not checked to be UTF-8 here.
 */
#ifndef MSCHED_FORMAT_CSV_H
#define MSCHED_FORMAT_CSV_H

#include "format/csv_input.h"

typedef struct msched__csv_row {
    /*
     * Valid until the next call. A reader of lines gives `ends` instead of `fields` for most rows:
     * ends[i] is where field i ends in `bytes`, and the next one begins 1 byte behind that;
     * ends[-1] is UINT32_MAX. Both NULL: the end of the input.
     */
    const msched__slice *fields;
    const uint32_t *ends;
    size_t field_count;
    uint64_t line; /* where the row begins, 1-based */
    /* from the first byte of the first field to the last byte of the last field */
    msched__slice bytes;
    int is_ascii; /* 1: all bytes are 1 to 0x7F; 0: not known */
} msched__csv_row;

/* A field of a row with `ends`, by its number from 1 on. */
static inline msched__slice msched__csv_field_between(const msched__csv_row *row, size_t number)
{
    const uint32_t from = row->ends[(ptrdiff_t)number - 2] + 1;
    return (msched__slice){row->bytes.data + from, row->ends[number - 1] - from};
}

/*
 * The next row. SYNTAX is a broken row, and the next call continues after its first line; after any
 * other error (MEMORY, IO, CANCELLED, LIMIT), the reader must be closed. err, not NULL, receives
 * line and field number, and a message without the name of the source. With SYNTAX, the message
 * continues the text of the field as far as it was read, which is in row->bytes.
 */
msched_result msched__csv_next(msched__csv *csv, msched__csv_row *row, msched_error *err);

/* The number of rows so far with quotes that strict CSV does not allow. */
uint64_t msched__csv_loose_rows(const msched__csv *csv);

#endif
