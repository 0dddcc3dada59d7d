/*
 * format/csv_scan.h: split a row without quotes, 64 bytes at a time. The reader, which knows the
 * whole grammar, splits all other rows.
 */
#ifndef MSCHED_FORMAT_CSV_SCAN_H
#define MSCHED_FORMAT_CSV_SCAN_H

#include "base/slice.h"

#include <stdint.h>

typedef struct msched__csv_scanned {
    size_t bytes;      /* of the row, including its line end */
    size_t text_bytes; /* without the line end */
    size_t field_count;
    int is_ascii; /* all bytes are 1 to 0x7F */
} msched__csv_scanned;

/*
 * Split the row that begins at `at`: ends[i] is where field i ends, in bytes behind `at`; the next
 * one begins 1 byte behind that. Returns 1, or 0 if the row has a quote or a line end other
 * than LF or CRLF, if it ends too close to `end` (within 64 bytes), or if it may have more fields
 * than fit.
 */
typedef int msched__csv_scan_fn(const char *at, const char *end, char delimiter, uint32_t *ends,
                                size_t capacity, msched__csv_scanned *row);

#define MSCHED__CSV_SCANNERS 4
/*
 * Store the scanners that this processor can run, the fastest last, and return their number. All
 * give the same results.
 */
size_t msched__csv_scanners(msched__csv_scan_fn *all[MSCHED__CSV_SCANNERS]);
/* The fastest scanner. */
msched__csv_scan_fn *msched__csv_scanner(void);

/* Bytes of a line without the CRs and LFs that end it. */
static inline size_t msched__csv_text_size(msched__slice line)
{
    size_t size = line.size;
    while (size > 0 && (line.data[size - 1] == '\n' || line.data[size - 1] == '\r'))
        size--;
    return size;
}

#endif
