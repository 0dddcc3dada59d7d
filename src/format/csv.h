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

#include "base/slice.h"

#include <musicsched/catalog.h>

typedef struct msched__csv_options {
    char delimiter;
    uint32_t max_row_bytes;
    uint64_t max_bytes;
    uint64_t total_bytes; /* for progress; 0: not known */
    uint32_t skip_lines;  /* at the beginning */
    int lenient;          /* quotes in a field that does not begin with one are text */
    msched_allocator allocator;
    msched_progress_fn progress;
    void *progress_ctx;
    msched_cancel_fn cancel;
    void *cancel_ctx;
} msched__csv_options;

typedef struct msched__csv msched__csv;

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

/* 1 if a delimiter is a printable ASCII character or tab, and no quote. */
static inline int msched__csv_delimiter_ok(uint32_t delimiter)
{
    return delimiter == '\t' || (delimiter >= ' ' && delimiter < 0x7F && delimiter != '"');
}

/* Read from a callback, or from memory that stays until the end. NULL when out of memory. */
msched__csv *msched__csv_open(const msched__csv_options *options, msched_read_fn read,
                              void *read_ctx);
msched__csv *msched__csv_open_memory(const msched__csv_options *options, msched__slice data);
void msched__csv_close(msched__csv *csv);

/*
 * The next row. SYNTAX is a broken row, and the next call continues after its first line; after any
 * other error (MEMORY, IO, CANCELLED, LIMIT), the reader must be closed. err, not NULL, receives
 * line and field number, and a message without the name of the source. With SYNTAX, the message
 * continues the text of the field as far as it was read, which is in row->bytes.
 */
msched_result msched__csv_next(msched__csv *csv, msched__csv_row *row, msched_error *err);

/*
 * Lines of an input that can be split apart from the rest: each begins a row that ends in the same
 * line, whatever is wrong with it.
 */
typedef struct msched__csv_lines {
    msched__slice text;
    const char *readable; /* memory may be read up to here */
    uint64_t line;        /* of the first one */
    size_t count;         /* 0: no lines were taken */
} msched__csv_lines;

/*
 * Take the next lines, at most `most`. An input in memory keeps them; otherwise they are in *buffer
 * of *capacity bytes (NULL: none), a block of the same allocator that the reader exchanges for one
 * of its own. Takes no lines if there are none of that kind, or only few before a row that spans
 * lines, or if this fails: msched__csv_next reads on. Results are those of msched__csv_next, but
 * never SYNTAX. A failing input is told when all that was read before is taken.
 */
msched_result msched__csv_take_lines(msched__csv *csv, size_t most, char **buffer, size_t *capacity,
                                     msched__csv_lines *lines, msched_error *err);
/* A reader of lines taken from `csv`, which another thread may use. NULL when out of memory. */
msched__csv *msched__csv_share(const msched__csv *csv);
/* The next rows are those of these lines; their memory must stay. */
void msched__csv_set_lines(msched__csv *copy, const msched__csv_lines *lines);
/* Add what the reader counted, and close it; it may be NULL. */
void msched__csv_join(msched__csv *csv, msched__csv *copy);

/* The number of rows so far with quotes that strict CSV does not allow. */
uint64_t msched__csv_loose_rows(const msched__csv *csv);

/* Bytes of the input that the rows so far occupied. */
uint64_t msched__csv_position(const msched__csv *csv);

#endif
