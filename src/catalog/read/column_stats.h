/* catalog/read/column_stats.h: what the cells of one column look like. */
#ifndef MSCHED_CATALOG_READ_COLUMN_STATS_H
#define MSCHED_CATALOG_READ_COLUMN_STATS_H

#include "base/slice.h"

#include <stdint.h>

#define MSCHED__STATS_ROWS 200

/* What all but a few cells of a column are. */
enum msched__column_kind {
    MSCHED__KIND_NOTHING,
    MSCHED__KIND_OTHER,
    MSCHED__KIND_TRACK_ID,
    MSCHED__KIND_CLOCK,        /* m:ss */
    MSCHED__KIND_MILLISECONDS, /* of songs */
    MSCHED__KIND_SECONDS,
    MSCHED__KIND_DATE,    /* days, or years */
    MSCHED__KIND_PERCENT, /* whole numbers of 0 to 100 that do not count up */
    MSCHED__KIND_GENRE,
    MSCHED__KIND_TEXT
};

typedef struct msched__column_stats {
    uint32_t filled; /* cells, of `rows` */
    uint32_t rows;
    uint32_t links, ids, clocks, dates, years, whole, percents, counts_up, letters, plain_words;
    uint32_t genres;                   /* cells with the name of a genre */
    uint32_t title_marks;              /* cells as titles are: "(Live)", "feat.", "- Remix" */
    uint32_t artist_marks;             /* as artists are: "The ..", "A & B", "A, B" */
    uint32_t dashes;                   /* cells that may contain two texts */
    uint32_t single_dashes;            /* of these, with one dash */
    uint32_t double_dashes;            /* and with two */
    uint32_t slashes;                  /* cells without a dash, but with " / " */
    uint32_t codes, codes_with_digits; /* cells such as "8oN1yfOR2_I", of one length */
    size_t code_size;
    double low, high, sum;             /* of numbers */
    double before;                     /* the last number */
    uint64_t hash[MSCHED__STATS_ROWS]; /* 0: an empty cell */
    /* of the dash or slash, and between two dashes */
    uint64_t left[MSCHED__STATS_ROWS], right[MSCHED__STATS_ROWS], middle[MSCHED__STATS_ROWS];
} msched__column_stats;

void msched__column_stats_add(msched__column_stats *stats, msched__slice cell);
enum msched__column_kind msched__column_stats_kind(const msched__column_stats *stats);
/* Distinct hashes that are not 0. */
uint32_t msched__distinct(const uint64_t *hashes, uint32_t count);
/* 1 if each value of `by` determines the value of `of`, except in one of 20 rows. */
int msched__determines(const msched__column_stats *by, const msched__column_stats *of);

#endif
