/* format/csv_data.h: a CSV input while its rows are read. */
#ifndef MSCHED_FORMAT_CSV_DATA_H
#define MSCHED_FORMAT_CSV_DATA_H

#include "format/csv.h"
#include "format/csv_scan.h"

#include <csv.h>

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

/* Ready for the beginning of a row; the buffer stays. */
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
