/* catalog/build/builder_data.h: what a builder gathers until it is finished. */
#ifndef MSCHED_CATALOG_BUILD_BUILDER_DATA_H
#define MSCHED_CATALOG_BUILD_BUILDER_DATA_H

#include "base/intern.h"
#include "base/large_block.h"
#include "catalog/build/report.h"
#include "catalog/catalog_data.h"
#include "catalog/cells/row.h"

/* One item for each track and one for each row. */
typedef struct msched__built_track {
    uint32_t id, name, artist, album; /* id and name: text offsets */
    double duration;                  /* as in msched__values */
    int16_t year;
    uint8_t month, day, popularity, date_undecided, plain_duration;
    uint64_t line;
} msched__built_track;

typedef struct msched__built_entry {
    uint32_t track, playlist, genre, subgenre;
    uint32_t popularity;
} msched__built_entry;

/* Kinds of texts that can name several artists or genres. */
enum msched__list_kind {
    MSCHED__LIST_ARTISTS = 0,
    MSCHED__LIST_GENRES = 1,
    MSCHED__LIST_SUBGENRES = 2,
    MSCHED__LIST_KINDS = 3
};

typedef struct msched__built_lists {
    uint8_t *split;   /* by text: bits of MSCHED__SPLIT_* */
    uint32_t decided; /* number of decided texts */
    size_t split_capacity;
    uint32_t *starts, *rows; /* members by text, at the end; NULL: no text is a list */
    size_t row_count, row_capacity;
} msched__built_lists;

struct msched_catalog_builder {
    msched_catalog_options options;
    msched_allocator allocator;
    msched__large_range range; /* of the allocator */
    uint64_t row_count;        /* rows given, for builders without lines */
    msched__text_pool pool;
    msched__intern ids, artists, albums, playlists, genres, subgenres; /* texts in pool */
    msched__built_track *tracks;                                       /* as many as ids */
    double *feature[MSCHED__FEATURES]; /* as many as tracks; handed on to the catalog */
    size_t track_capacity;
    msched__built_entry *entries;
    size_t entry_count, entry_capacity;
    uint64_t rows_skipped;
    msched_error *reasons;
    size_t reason_count, reason_capacity;
    uint32_t file_tracks; /* tracks that earlier inputs gave */
    msched__built_lists lists[MSCHED__LIST_KINDS];
    msched__report report;
};

#endif
