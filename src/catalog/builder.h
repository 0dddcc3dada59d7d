/*
 * catalog/builder.h: how checked rows become a catalog; for the public builder and the CSV loader.
 */
#ifndef MSCHED_CATALOG_BUILDER_H
#define MSCHED_CATALOG_BUILDER_H

#include "base/civil.h"
#include "base/error.h"
#include "base/intern.h"
#include "catalog/catalog_data.h"
#include "catalog/report.h"

#define MSCHED__MORE_ARTISTS 5

/*
 * Columns of the input. The feature columns follow in order of enum msched_feature, duration_ms
 * last.
 */
enum msched__column {
    MSCHED__COLUMN_TRACK_ID,
    MSCHED__COLUMN_TRACK_NAME,
    MSCHED__COLUMN_TRACK_ARTIST,
    MSCHED__COLUMN_ALBUM_ID,
    MSCHED__COLUMN_ALBUM_NAME,
    MSCHED__COLUMN_PLAYLIST_ID,
    MSCHED__COLUMN_PLAYLIST_NAME,
    MSCHED__COLUMN_GENRE,
    MSCHED__COLUMN_SUBGENRE,
    MSCHED__COLUMN_TEXTS, /* the columns before are texts */
    MSCHED__COLUMN_POPULARITY = MSCHED__COLUMN_TEXTS,
    MSCHED__COLUMN_RELEASE_DATE,
    MSCHED__COLUMN_FEATURE,
    MSCHED__COLUMN_DURATION = MSCHED__COLUMN_FEATURE + MSCHED_FEATURE_DURATION_MS,
    MSCHED__COLUMN_COUNT,
    /* columns that only help to read others */
    /* one URI an artist: tells how many there are */
    MSCHED__COLUMN_ARTIST_URIS = MSCHED__COLUMN_COUNT,
    MSCHED__COLUMN_ARTIST_COUNT,
    MSCHED__COLUMN_YEAR, /* parts of the release date */
    MSCHED__COLUMN_MONTH,
    MSCHED__COLUMN_DAY,
    MSCHED__COLUMN_ARTIST_AND_TITLE, /* both in one text */
    MSCHED__COLUMN_MORE_ARTISTS,     /* the second artist and further ones, a column each */
    MSCHED__COLUMN_ALL = MSCHED__COLUMN_MORE_ARTISTS + MSCHED__MORE_ARTISTS
};
/* features that are kept as numbers of their own */
#define MSCHED__FEATURES   MSCHED_FEATURE_DURATION_MS
#define MSCHED__MEMBER_END '\x1f' /* between the members of a text that is a list */

/* Name in the data set. */
const char *msched__column_name(uint32_t column);

/* Where a row stands, for messages. */
typedef struct msched__row_place {
    const char *source;
    uint64_t line;
    const uint32_t *fields; /* field number of each column, 0: not there; NULL: no fields */
} msched__row_place;

/* A row whose values were checked one by one. */
typedef struct msched__values {
    msched__slice text[MSCHED__COLUMN_TEXTS]; /* "" : not known; artists and genres may be lists */
    msched__date date;                        /* year 0: not known */
    uint8_t date_undecided;                   /* 1: month and day may have to change places */
    uint8_t plain_duration;                   /* 1: a number without a unit */
    uint32_t popularity;                      /* MSCHED__POPULARITY_UNKNOWN: not known */
    /* milliseconds, or a number without a unit; 0: not known */
    double duration;
    double feature[MSCHED__FEATURES];          /* NaN: not known */
    uint64_t id_hash, artist_hash, album_hash; /* by msched__hash_values */
} msched__values;

#define MSCHED__LEAST_SECONDS 30 /* hardly a song is shorter */

/* What the cells of one input tell together about how they are written. */
typedef struct msched__evidence {
    /* numbers without a unit, and how many are that small */
    uint64_t plain_durations, below_ten_thousand, below_thousand;
    /* of them so small that they are minutes; with a fraction; with one that is not seconds */
    uint64_t below_least, fractions, no_seconds;
    uint64_t below_tenth; /* of a day, as spreadsheets keep 3:21 */
    /* lengths with a unit, and of these h:mm:00 with an hour: Excel makes them of m:ss */
    uint64_t timed, even_hours;
    uint64_t negatives[MSCHED__FEATURES]; /* cells under 0 of features from 0 to 1 */
    /* dates such as 14/06/2019 and 06/14/2019 */
    uint64_t day_first, month_first;
    uint64_t undecided_dates; /* such as 05/06/2019 */
    /* bit f: feature f of 0..1 has values over 1 */
    uint32_t over_one;
    /* enum msched__unit of the header */
    uint8_t duration_unit;
} msched__evidence;

/* An error about one column: "SOURCE:LINE:FIELD: COLUMN: ...". */
msched_result msched__row_fail(msched_error *err, const msched__row_place *place,
                               msched_result code, uint32_t column, const char *format, ...)
    MSCHED__PRINTF(5, 6);
/* `text` in quotes for a message, cut after about 40 bytes. */
typedef struct msched__quoted {
    char text[56];
} msched__quoted;
msched__quoted msched__quote(msched__slice text);

/* A number for a message, with a decimal point in every locale; "unknown" for NaN. */
msched__quoted msched__show_number(double value);

typedef struct msched__range {
    double min, max;
} msched__range;
extern const msched__range msched__feature_ranges[MSCHED__FEATURES];

/* 1 if a feature is in its range, or NaN. */
static inline int msched__feature_in_range(uint32_t feature, double value)
{
    const msched__range range = msched__feature_ranges[feature];
    if (!(value >= range.min && value <= range.max))
        return value != value;
    return (feature != MSCHED_FEATURE_KEY && feature != MSCHED_FEATURE_MODE) ||
           (double)(int)value == value;
}
/* MSCHED_ERROR_VALUE: a feature, which the input writes as `shown`, is not in its range. */
msched_result msched__feature_fail(uint32_t feature, const char *shown,
                                   const msched__row_place *place, msched_error *err);
/* A text is UTF-8 and, with strict, a required one is not empty. VALUE, ENCODING or MSCHED_OK. */
msched_result msched__check_text(int strict, uint32_t column, msched__slice text,
                                 const msched__row_place *place, msched_error *err);

/* Once the texts of a row are there: its hashes. */
void msched__hash_values(msched__values *values);
/*
 * This row will be added soon: ask for the memory of its keys, so that it arrives while other work
 * is done.
 */
void msched__builder_announce(const msched_catalog_builder *builder, const msched__values *values);

/*
 * Add a checked row whose hashes are there. MEMORY, LIMIT or CONFLICT leave the builder as it was.
 * err must not be NULL.
 */
msched_result msched__builder_add_values(msched_catalog_builder *builder,
                                         const msched__values *values,
                                         const msched__row_place *place, msched_error *err);
/*
 * Compare a row with its track, which an earlier row gave. Unknown fields are filled in and
 * differences counted; with strict one is a CONFLICT.
 */
msched_result msched__builder_compare(msched_catalog_builder *builder, uint32_t track,
                                      const msched__values *values, const msched__row_place *place,
                                      msched_error *err);
/*
 * About so many rows will come: make room for them at once. Without memory for that, room is made
 * later, step by step.
 */
void msched__builder_expect(msched_catalog_builder *builder, uint32_t rows);
/* The options that the builder was created with, defaults filled in. */
const msched_catalog_options *msched__builder_options(const msched_catalog_builder *builder);
/* A caller's options, checked, with defaults filled in; NULL: all of them are defaults. */
msched_result msched__catalog_options_read(msched_catalog_options *known,
                                           const msched_catalog_options *given, msched_error *err);

/* What a builder gathers until it is finished, one item a track and one a row. */
typedef struct msched__built_track {
    uint32_t id, name, artist, album, recording; /* id and name: text offsets */
    double duration;                             /* as in msched__values */
    int16_t year;
    uint8_t month, day, popularity, date_undecided, plain_duration;
    uint64_t line;
} msched__built_track;

typedef struct msched__built_entry {
    uint32_t track, playlist, genre, subgenre;
    uint32_t popularity;
} msched__built_entry;

/* Texts of which some name several artists or genres. */
enum msched__list_kind {
    MSCHED__LIST_ARTISTS = 0,
    MSCHED__LIST_GENRES = 1,
    MSCHED__LIST_SUBGENRES = 2,
    MSCHED__LIST_KINDS = 3
};

typedef struct msched__built_lists {
    uint8_t *split;   /* by text: bits of MSCHED__SPLIT_* */
    uint32_t decided; /* of so many texts */
    size_t split_capacity;
    uint32_t *starts, *rows; /* members by text, at the end; NULL: no text is a list */
    size_t row_count, row_capacity;
} msched__built_lists;

struct msched_catalog_builder {
    msched_catalog_options options;
    msched_allocator allocator;
    uint64_t row_count; /* rows given, for builders without lines */
    msched__text_pool pool, folded_pool;
    msched__intern ids, artists, albums, playlists, genres, subgenres; /* texts in pool */
    /* texts in folded_pool, dropped at the end */
    msched__intern folded_artists, recordings;
    /* per artist: its number in folded_artists */
    uint32_t *artist_folded;
    size_t artist_folded_capacity;
    char *scratch; /* for folding */
    size_t scratch_capacity;
    msched__built_track *tracks;       /* as many as ids */
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

/* The end of one input: give its tracks the units that its cells tell together. */
msched_result msched__builder_settle(msched_catalog_builder *builder,
                                     const msched__evidence *evidence, msched_error *err);

#endif
