/* catalog/read/header.h: assign the fields of a header to columns. */
#ifndef MSCHED_CATALOG_READ_HEADER_H
#define MSCHED_CATALOG_READ_HEADER_H

#include "catalog/build/builder.h"
#include "catalog/cells/row.h"

/*
 * The name of each column in the header: the data set's, or as `options` say; "" for a column to be
 * ignored.
 */
typedef struct msched__header_names {
    const char *name[MSCHED__COLUMN_ALL];
    int strict; /* only these names will do */
} msched__header_names;

/* What the first rows of an input show about its columns. */
typedef struct msched__hints {
    uint32_t looked;        /* number of rows examined */
    uint8_t title_has_both; /* the title's texts name the artist, too */
    uint8_t title_first;    /* in texts of both */
    uint8_t between;        /* enum msched__between: of artist and title in these */
    uint8_t has_album;      /* these are "Artist - Album - Title" */
    uint8_t id_is_shared;   /* one id denotes songs of different titles */
    uint8_t has_shares;     /* popularity is a share of 1 */
    uint8_t has_counts;     /* popularity is a count of plays */
    uint8_t tempo_is_time;  /* the column called tempo contains lengths */
    uint8_t time_of_day;    /* the column called time contains no lengths */
    uint8_t has_bytes;      /* texts are written b'..' */
    uint8_t has_references; /* texts have character references of HTML, such as "&amp;" */
    uint8_t titles_are_quoted;
    uint8_t has_protected; /* texts are written ="..", as in spreadsheets */
    uint32_t no_percent;   /* bit f: feature f is a share of 1 although its header has "%" */
} msched__hints;

typedef struct msched__header_map {
    uint32_t fields[MSCHED__COLUMN_ALL];  /* field number of each column, 0: not there */
    uint8_t units[MSCHED__COLUMN_ALL];    /* enum msched__unit */
    uint8_t found_by[MSCHED__COLUMN_ALL]; /* enum msched__found_by */
    uint32_t found;                       /* how many columns are there */
    msched__hints hints;                  /* by the first rows */
} msched__header_map;

/* ARGUMENT where the options are wrong. */
msched_result msched__header_names_read(msched__header_names *names,
                                        const msched_catalog_options *options, msched_error *err);

/* HEADER where a column is named twice; the error has no line. err may be NULL. */
msched_result msched__header_match(msched__header_map *map, const msched__header_names *names,
                                   const msched__slice *fields, size_t field_count,
                                   msched_error *err);
/* 1 if a catalog can be made of these columns. */
int msched__header_suffices(const msched__header_map *map, const msched__header_names *names);
/* MSCHED_ERROR_HEADER: which columns are missing, and how to name them. */
msched_result msched__header_fail(const msched__header_map *map, const msched__header_names *names,
                                  const msched__slice *fields, size_t field_count, uint64_t line,
                                  msched_error *err);
/* Write the columns found into the report of the input. */
void msched__header_report(const msched__header_map *map, msched__file_report *file);

#endif
