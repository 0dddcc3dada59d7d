/* catalog/read/sample.h: what the first rows of an input show beyond its header. */
#ifndef MSCHED_CATALOG_READ_SAMPLE_H
#define MSCHED_CATALOG_READ_SAMPLE_H

#include "catalog/read/header.h"
#include "format/csv.h"

#define MSCHED__SAMPLE_ROWS 200

typedef struct msched__sample {
    const msched__header_map *map;
    uint32_t rows;
    /* texts that may name artist and title, and how */
    uint32_t titles, with_dash, with_by, with_slash, in_bytes, in_quotes;
    uint32_t references;      /* cells with a character reference of HTML */
    uint32_t protected_texts; /* ="..", as in spreadsheets */
    /* rows with the id of an earlier row, and those of them with another title */
    uint32_t ids, shared_ids;
    uint32_t shares, popularities; /* numbers inside 0..1, and all */
    uint32_t counts;               /* numbers over 100 */
    uint32_t numbers;              /* in the column of popularity */
    uint32_t clocks, tempos;
    /* cells of the column of lengths, and of them those that may be times of day */
    uint32_t lengths, times, rising, falling, late_times, with_seconds;
    int32_t last_time;
    uint32_t artists;          /* cells that are not empty */
    uint32_t over_one, inside; /* bit f: feature f has values over 1, and between 0 and 1 */
    uint64_t id[MSCHED__SAMPLE_ROWS], title[MSCHED__SAMPLE_ROWS];   /* hashes */
    uint64_t left[MSCHED__SAMPLE_ROWS], right[MSCHED__SAMPLE_ROWS]; /* of the dash or slash */
} msched__sample;

/* `map` must last. */
void msched__sample_begin(msched__sample *sample, const msched__header_map *map);
/* One more row; 0 when there are enough. */
int msched__sample_add(msched__sample *sample, const msched__slice *fields, size_t count);
/* `both`: the header of the column of artist and title, or an empty text. */
msched__hints msched__sample_end(const msched__sample *sample, msched__slice both);

/*
 * The same for the first text of a CSV input, whose header `map` is of: the hints go into the map.
 * MEMORY. Text that is not CSV gives no hints.
 */
msched_result msched__sample_csv(msched__header_map *map, msched__slice head,
                                 const msched__csv_options *options, msched_error *err);

/* Apply the hints of a map to it. */
void msched__hints_apply(msched__header_map *map);
/* Describe the hints in the report. */
void msched__hints_tell(const msched__header_map *map, msched__report *report,
                        msched__file_report *file);

#endif
