/* catalog/no_header.h: the columns of a CSV input without a header, by what its first rows hold. */
#ifndef MSCHED_CATALOG_NO_HEADER_H
#define MSCHED_CATALOG_NO_HEADER_H

#include "catalog/header.h"
#include "format/csv.h"

typedef struct msched__no_header {
    int is_found;
    msched__header_map map;
    char delimiter;
    size_t field_count;
    uint32_t rows;    /* that were looked at, behind the first one */
    const char *why;  /* how title and artist were told apart */
    char doubt[160];  /* not "": what is not clear, so that nothing was found */
    int names_follow; /* the first row is a header, in words that are not known */
} msched__no_header;

/*
 * Look at the first text of an input in which no header was found. options->delimiter 0: find it
 * out. The options' names of columns may be "column 2". MEMORY.
 */
msched_result msched__no_header_find(msched__no_header *found, msched__slice head,
                                     const msched__csv_options *options,
                                     const msched__header_names *names, msched_error *err);

/* What was assumed, into the report. */
void msched__no_header_tell(const msched__no_header *found, msched__report *report,
                            msched__file_report *file);

#endif
