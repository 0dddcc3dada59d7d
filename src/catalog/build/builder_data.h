/* catalog/build/builder_data.h: what a builder gathers until it is finished. */
#ifndef MSCHED_CATALOG_BUILD_BUILDER_DATA_H
#define MSCHED_CATALOG_BUILD_BUILDER_DATA_H

#include "base/intern.h"
#include "base/large_block.h"
#include "catalog/build/report.h"
#include "catalog/catalog_data.h"
#include "catalog/cells/row.h"

/*
 * Columns with an item for each track, as in the catalog, which takes most of them over. The
 * offsets of the ids are those of the table.
 */
typedef struct msched__built_tracks {
    uint32_t *name, *artist, *album; /* name: text offsets */
    double *duration;                /* as in msched__values */
    double *feature[MSCHED__FEATURES];
    int16_t *year;
    uint8_t *month, *day, *popularity;
    uint8_t *open;  /* bits of enum msched__open */
    uint64_t *line; /* NULL unless strict */
} msched__built_tracks;

/* What only all rows of an input decide about a track. */
enum msched__open { MSCHED__OPEN_DATE = 1, MSCHED__OPEN_DURATION = 2 };

/* Columns with an item for each row. */
typedef struct msched__built_entries {
    uint32_t *track, *playlist, *genre, *subgenre;
    uint8_t *popularity;
} msched__built_entries;

/* One of these columns. */
typedef struct msched__built_column {
    void **items;
    size_t item_size;
} msched__built_column;

#define MSCHED__BUILT_COLUMNS 32 /* at most */

typedef struct msched__ahead msched__ahead;

/* Kinds of texts that can name several artists or genres. */
enum msched__list_kind {
    MSCHED__LIST_ARTISTS = 0,
    MSCHED__LIST_GENRES = 1,
    MSCHED__LIST_SUBGENRES = 2,
    MSCHED__LIST_KINDS = 3
};

typedef struct msched__built_lists {
    /*
     * By text, bits of MSCHED__SPLIT_*: what separates its members, if that is decided; else all
     * separators that it has, if they were looked for.
     */
    uint8_t *split;
    uint32_t decided, looked; /* numbers of texts */
    size_t split_capacity;
    uint32_t *starts, *rows; /* members by text, at the end; NULL: no text is a list */
    size_t row_count, row_capacity;
} msched__built_lists;

/* Counts of plays of the last input, by entry from `first`; NaN: not known. See play_counts.h. */
typedef struct msched__built_plays {
    double *counts;
    size_t first, count, capacity;
} msched__built_plays;

struct msched_catalog_builder {
    msched_catalog_options options;
    msched_allocator allocator;
    msched__large_range range; /* of the allocator */
    uint64_t row_count;        /* rows given, for builders without lines */
    msched__text_pool pool;
    msched__intern ids, artists, albums, playlists, genres, subgenres; /* texts in pool */
    msched__built_tracks tracks;                                       /* as many as ids */
    size_t track_capacity;
    msched__built_entries entries;
    msched__ahead *ahead; /* maps their memory; NULL: it is mapped when it is written */
    size_t entry_count, entry_capacity;
    uint64_t rows_skipped;
    msched_error *reasons;
    size_t reason_count, reason_capacity;
    uint32_t file_tracks; /* tracks that earlier inputs gave */
    msched__built_plays plays;
    msched__built_lists lists[MSCHED__LIST_KINDS];
    msched__report report;
};

/* The columns of tracks, and of entries. Return their number. */
size_t msched__track_columns(msched_catalog_builder *builder,
                             msched__built_column columns[MSCHED__BUILT_COLUMNS]);
size_t msched__entry_columns(msched_catalog_builder *builder,
                             msched__built_column columns[MSCHED__BUILT_COLUMNS]);
/* Give each column of a list room for `capacity` items. 0 when out of memory. */
int msched__resize_columns(msched_catalog_builder *builder, const msched__built_column *columns,
                           size_t count, size_t capacity);

#endif
