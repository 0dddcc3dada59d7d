/*
 * format/csv_lines.h: lines of CSV that can be split one by one, 64 bytes at a time.
 *
 * Strict CSV allows a quote only where a field begins, in pairs within a quoted field, and where
 * that field ends. So a row that begins with a line continues in the next one only if the line has
 * an odd number of quotes; with an even number, the row ends with the line or is broken in it.
 */
#ifndef MSCHED_FORMAT_CSV_LINES_H
#define MSCHED_FORMAT_CSV_LINES_H

#include "base/slice.h"

typedef struct msched__csv_found {
    size_t bytes, count; /* lines */
} msched__csv_found;

/*
 * How many lines at the beginning of a text end with LF or CRLF and have an even number of quotes
 * and no other CR; at most `most`. The text is the beginning of a row.
 */
msched__csv_found msched__csv_find_lines(msched__slice text, size_t most);

typedef msched__csv_found msched__csv_find_fn(msched__slice text, size_t most);
#define MSCHED__CSV_FINDERS 3
/* As msched__csv_scanners. */
size_t msched__csv_finders(msched__csv_find_fn *all[MSCHED__CSV_FINDERS]);

#endif
