/*
 * format/csv_input.h: the bytes and lines of a CSV input, read in pieces with bounded memory.
 *
 * Lines end with LF, CRLF or CR. A byte order mark at the beginning is skipped.
 */
#ifndef MSCHED_FORMAT_CSV_INPUT_H
#define MSCHED_FORMAT_CSV_INPUT_H

#include "base/slice.h"
#include "format/csv_scan.h"

#include <csv.h>
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

/* An input, and what is known of the row that is being read. */
struct msched__csv {
    msched__csv_options options;
    msched__csv_scan_fn *scan;
    msched_read_fn read; /* NULL: all is in memory */
    void *read_ctx;
    char *buffer; /* of `read`; capacity bytes */
    size_t capacity;
    const char *at, *end; /* not yet used bytes */
    const char *readable; /* up to here, at `end` or behind, memory may be read */
    size_t piece_bytes;   /* lines are looked for in so many bytes */
    /* first byte of the current row with quotes, which may have to be read again; else NULL */
    const char *row;
    const char *newline; /* the first LF at or after `at`, or `end`; NULL: not searched yet */
    uint64_t past_bytes; /* of the input before `origin` */
    const char *origin;  /* first byte of the buffer or the memory */
    uint64_t next_report;
    int input_ended, begun;
    msched_error failure; /* code OK: reading has not failed */
    uint64_t line;        /* of the next byte */
    uint64_t loose_rows;
    msched__slice *fields;
    size_t field_count, field_capacity;
    uint32_t *ends; /* ends[0] is UINT32_MAX; field_capacity more follow */
    int gives_ends; /* instead of fields, where a row has them */
    /* rows with quotes */
    struct csv_parser parser;
    char *text; /* fields of the row, each followed by a delimiter */
    size_t text_size, text_capacity;
    int row_done, no_memory;
};

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

/* Bytes of the input that the rows so far occupied. */
uint64_t msched__csv_position(const msched__csv *csv);

/*
 * Lines of an input that can be split apart from the rest: each begins a row that ends in the same
 * line, even if it is broken.
 */
typedef struct msched__csv_lines {
    msched__slice text;
    const char *readable; /* memory may be read up to here */
    uint64_t line;        /* of the first one */
    size_t count;         /* 0: no lines were taken */
} msched__csv_lines;

/*
 * Take the next lines, at most `most`. An input in memory keeps them; otherwise they are in *buffer
 * of *capacity bytes (NULL: none), a block of the same allocator that is exchanged for one of the
 * input's own. Takes no lines if there are none of that kind, or only a few before a row that spans
 * lines: msched__csv_next reads that row. If it fails, with a result of msched__csv_next other than
 * SYNTAX, it takes none. A failure of reading is reported after everything read before it has been
 * taken.
 */
msched_result msched__csv_take_lines(msched__csv *csv, size_t most, char **buffer, size_t *capacity,
                                     msched__csv_lines *lines, msched_error *err);
/* A reader of lines taken from `csv`, which another thread may use. NULL when out of memory. */
msched__csv *msched__csv_share(const msched__csv *csv);
/* The next rows are those of these lines; their memory must stay. */
void msched__csv_set_lines(msched__csv *copy, const msched__csv_lines *lines);
/* Add what the reader counted, and close it; it may be NULL. */
void msched__csv_join(msched__csv *csv, msched__csv *copy);

/* For the reader of rows, format/csv.c. */

/* Make the parser ready for the beginning of a row; its buffer stays. */
void msched__csv_reset_parser(msched__csv *csv);
/* Before the first row: pass over a byte order mark and the lines to skip. */
msched_result msched__csv_begin(msched__csv *csv, msched_error *err);
/*
 * The next line with its line end; size 0 at the end of the input. `row_line` is where its row
 * begins, for messages.
 */
msched_result msched__csv_next_line(msched__csv *csv, uint64_t row_line, msched__slice *line,
                                    msched_error *err);
msched_result msched__csv_row_too_long(const msched__csv *csv, uint64_t line, msched_error *err);
/* Room for this many fields. 0 when out of memory. */
int msched__csv_grow_fields(msched__csv *csv, size_t count);
/* Call progress and cancel if it is time. */
msched_result msched__csv_report(msched__csv *csv, msched_error *err);

#endif
