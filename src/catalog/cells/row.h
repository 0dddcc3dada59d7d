/*
 * catalog/cells/row.h: one row of the input: its columns and values, checks of single values, and
 * messages about them.
 */
#ifndef MSCHED_CATALOG_CELLS_ROW_H
#define MSCHED_CATALOG_CELLS_ROW_H

#include "base/civil.h"
#include "base/error.h"
#include "base/slice.h"

#include <musicsched/catalog.h>

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
    /* one URI per artist, which gives their number */
    MSCHED__COLUMN_ARTIST_URIS = MSCHED__COLUMN_COUNT,
    MSCHED__COLUMN_ARTIST_COUNT,
    MSCHED__COLUMN_YEAR, /* parts of the release date */
    MSCHED__COLUMN_MONTH,
    MSCHED__COLUMN_DAY,
    MSCHED__COLUMN_PLAYS,            /* counts of plays, which make a popularity if there is none */
    MSCHED__COLUMN_SECONDS,          /* of a length whose minutes are in the column of lengths */
    MSCHED__COLUMN_ARTIST_AND_TITLE, /* both in one text */
    MSCHED__COLUMN_MORE_ARTISTS,     /* the second artist and further ones, a column each */
    MSCHED__COLUMN_ALL = MSCHED__COLUMN_MORE_ARTISTS + MSCHED__MORE_ARTISTS
};
/* features that are kept as numbers of their own */
#define MSCHED__FEATURES   MSCHED_FEATURE_DURATION_MS
#define MSCHED__MEMBER_END '\x1f' /* between the members of a text that is a list */

/* Name in the data set. */
const char *msched__column_name(uint32_t column);

/* Units that the header names, or that all cells of a column reveal. */
enum msched__unit {
    MSCHED__UNIT_NONE,
    MSCHED__UNIT_MS,
    MSCHED__UNIT_S,
    MSCHED__UNIT_MIN,
    MSCHED__UNIT_PERCENT,
    MSCHED__UNIT_SHARE, /* of 1, where 0..100 is meant */
    MSCHED__UNIT_PLAYS, /* counts, where 0..100 is meant */
    MSCHED__UNIT_TENTH  /* from 0 or 1 to 10, where 0..100 is meant */
};

/* The position of a row, for messages. */
typedef struct msched__row_place {
    const char *source;
    uint64_t line;
    const uint32_t *fields; /* field number of each column, 0: not there; NULL: no fields */
} msched__row_place;

/* A row whose values were checked one by one. */
typedef struct msched__values {
    msched__slice text[MSCHED__COLUMN_TEXTS]; /* "" : not known; artists and genres may be lists */
    msched__date date;                        /* year 0: not known */
    uint8_t date_undecided;                   /* 1: month and day may have to be exchanged */
    uint8_t plain_duration;                   /* 1: a number without a unit */
    uint8_t same_place;  /* 1: playlist, genre and subgenre are those of the row added before */
    uint32_t popularity; /* MSCHED__POPULARITY_UNKNOWN: not known */
    /* of MSCHED__UNIT_PLAYS; NaN: not known; below 0: "1.234", which may be 1234 */
    double plays;
    /* milliseconds, or a number without a unit; 0: not known */
    double duration;
    double feature[MSCHED__FEATURES];          /* NaN: not known */
    uint64_t id_hash, artist_hash, album_hash; /* by msched__hash_values */
} msched__values;

#define MSCHED__LEAST_SECONDS 30 /* hardly any song is shorter */

/* What the cells of an input together reveal about their formats. */
typedef struct msched__evidence {
    /* numbers without a unit, and how many are that small */
    uint64_t plain_durations, below_ten_thousand, below_thousand;
    /* of them so small that they are minutes; with a fraction; with one that is not seconds */
    uint64_t below_least, fractions, no_seconds;
    uint64_t negative_durations;
    uint64_t below_tenth; /* of a day, as spreadsheets keep 3:21 */
    /* lengths with a unit, and of these h:mm:00 with an hour: Excel makes them of m:ss */
    uint64_t timed, even_hours;
    /* cells that show another scale: under 0 of features from 0 to 1, and keys over 11 */
    uint64_t off_scale[MSCHED__FEATURES];
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
/*
 * Check that a text is UTF-8 and, with strict, that a required one is not empty. VALUE, ENCODING or
 * MSCHED_OK.
 */
msched_result msched__check_text(int strict, uint32_t column, msched__slice text,
                                 const msched__row_place *place, msched_error *err);

#endif
