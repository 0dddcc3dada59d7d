/* catalog/read/no_header.h: the columns of a CSV input without a header, found by content. */
#ifndef MSCHED_CATALOG_READ_NO_HEADER_H
#define MSCHED_CATALOG_READ_NO_HEADER_H

#include "catalog/read/header.h"
#include "format/csv.h"

typedef struct msched__no_header {
    int is_found;
    msched__header_map map;
    char delimiter;
    size_t field_count;
    uint32_t rows;     /* rows examined, after the first, with the same number of fields */
    uint32_t odd_rows; /* and others */
    const char *why;   /* how title and artist were distinguished */
    char doubt[160];   /* the ambiguity that prevented a reading; "": none */
    int names_follow;  /* the first row is a header of unknown words */
} msched__no_header;

/*
 * Examine the first text of an input without a header. options->delimiter 0: detect it. The options
 * can name columns "column 2". May return MEMORY.
 */
msched_result msched__no_header_find(msched__no_header *found, msched__slice head,
                                     const msched__csv_options *options,
                                     const msched__header_names *names, msched_error *err);

/* Write the assumptions into the report. */
void msched__no_header_tell(const msched__no_header *found, msched__report *report,
                            msched__file_report *file);

#endif
