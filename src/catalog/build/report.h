/*
 * catalog/build/report.h: how inputs were read: the field of each column, and what was assumed,
 * ignored, unknown and lost.
 */
#ifndef MSCHED_CATALOG_BUILD_REPORT_H
#define MSCHED_CATALOG_BUILD_REPORT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/slice.h"
#include "catalog/cells/row.h"

#include <musicsched/base.h>

#define MSCHED__REPORT_COLUMNS 40 /* at least MSCHED__COLUMN_ALL */

enum msched__found_by {
    MSCHED__FOUND_BY_NAME,
    MSCHED__FOUND_BY_ALIAS,
    MSCHED__FOUND_BY_OPTION,
    MSCHED__FOUND_BY_EVIDENCE /* of the cells */
};

/* What happened to the cells of one column. The reader's thread writes all but `conflicts`. */
typedef struct msched__column_report {
    uint64_t unknown;     /* cells without a value, unreadable ones among them */
    uint64_t unreadable;  /* cells whose text is not a value of the column */
    uint64_t first_line;  /* of the first unreadable one */
    uint64_t first_row;   /* the number of its row, by which the first one is found */
    char first_text[56];  /* in quotes */
    uint64_t conflicts;   /* rows that differ from the first one of their track */
    uint32_t field;       /* number in the header, 0: not there */
    uint8_t unit;         /* enum msched__unit, by the header */
    uint8_t found_by;     /* enum msched__found_by */
    uint8_t settled_unit; /* enum msched__unit, by all cells */
} msched__column_report;

typedef struct msched__note {
    struct msched__note *next;
    const char *text;
} msched__note;

typedef struct msched__file_report {
    struct msched__file_report *next;
    char source[64];
    const char *encoding;    /* "UTF-8" ..; NULL: no text, but a table */
    const char *compression; /* "gzip"; NULL: none */
    char delimiter;
    uint32_t header_line, skipped_lines; /* lines with text before the header */
    uint64_t rows;                       /* that became entries */
    uint64_t blank_rows;                 /* of empty fields only */
    uint64_t lost_rows;                  /* without title and artist, or an id */
    uint64_t bad_rows;                   /* that cannot be read */
    msched_error first_left_out;         /* why the first of these was left out */
    /* those of its reasons that the builder keeps: the first one's number, and how many */
    size_t first_reason, reasons;
    uint64_t recoded_fields; /* that are not UTF-8 and were read as Windows-1252 */
    uint64_t loose_quotes;   /* rows with quotes that CSV does not have there */
    uint64_t made_ids;
    uint64_t unsplit_artists; /* cells with commas that may be lists */
    uint64_t rounded;         /* popularities that were not whole numbers */
    uint32_t field_count;     /* of the header */
    const char *const *fields;
    msched__column_report columns[MSCHED__REPORT_COLUMNS];
    msched__note *notes, *last_note; /* what was assumed, a sentence each */
    int failed;                      /* a note was lost for lack of memory */
} msched__file_report;

typedef struct msched__report {
    msched__arena arena;
    msched__file_report *files, *last_file;
    const msched_error *reasons; /* the builder's, once all inputs are read */
} msched__report;

void msched__report_init(msched__report *report, const msched_allocator *allocator);
void msched__report_free(msched__report *report);
/* The report of one more input; NULL when out of memory. */
msched__file_report *msched__report_add_file(msched__report *report);
/* Keep the header's texts, each ended by a NUL. 0 when out of memory. */
int msched__report_keep_header(msched__report *report, msched__file_report *file,
                               const msched__slice *fields, size_t count);
/* One sentence about something that was assumed. */
void msched__report_note(msched__report *report, msched__file_report *file, const char *format, ...)
    MSCHED__PRINTF(3, 4);
/* Count an unknown cell; `quoted` is its text if it could not be read, else NULL. */
void msched__report_unknown(msched__column_report *column, uint64_t line, const char *quoted);

/* A reason without the place in `source` with which it begins. */
const char *msched__without_place(const msched_error *reason, const char *source);

#endif
