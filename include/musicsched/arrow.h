/*
 * musicsched/arrow.h: catalogs and results as Arrow tables, by the Arrow C data and C stream
 * interfaces (https://arrow.apache.org/docs/format/CDataInterface.html), so that pandas, Polars,
 * DuckDB, R and others can read whole tables.
 *
 * Each export creates a stream of a single record batch. Numbers and dictionary codes of a
 * catalog's tracks are not copied: the batch points into the catalog and keeps it alive. All
 * exported memory is read-only. Exports allocate with malloc, because the last owner of the Arrow
 * structs releases them.
 */
#ifndef MUSICSCHED_ARROW_H
#define MUSICSCHED_ARROW_H

#include <musicsched/catalog.h>
#include <musicsched/lookup.h>
#include <musicsched/popularity.h>
#include <musicsched/schedule.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE           2
#define ARROW_FLAG_MAP_KEYS_SORTED    4

/** A column's or table's type, as the Arrow C data interface lays it out. */
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

/** A column's or table's values, as the Arrow C data interface lays them out. */
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
/** A sequence of batches of one type, as the Arrow C stream interface lays it out. */
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif

/**
 * All entries with the columns of the CSV, in input order: texts as dictionaries, numbers
 * unchanged, unknown values as null. The columns artists, genres and subgenres are lists of texts,
 * empty where nothing is known. track_album_release_date is a text with the precision of the file;
 * release_date is the same as a date (date32), null if the day is not known.
 * @param stream filled on success; the caller calls its release.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_export_entries(const msched_catalog *catalog,
                                                       struct ArrowArrayStream *stream,
                                                       msched_error *err);

/**
 * All tracks, one row each, in order of first appearance; with `recording` and `artist_index` as
 * numbers and `artists` as a list of texts. Release dates are as in msched_catalog_export_entries.
 * @param stream filled on success; the caller calls its release.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_export_tracks(const msched_catalog *catalog,
                                                      struct ArrowArrayStream *stream,
                                                      msched_error *err);

/**
 * The numbers of all tracks, in order of first appearance: track_popularity, release_year,
 * release_month, release_day, the audio features, duration_ms, artist_index and recording_index. A
 * column lies in the memory of the catalog, or in the file of a saved one, and keeps the catalog
 * alive; nothing is copied. Audio features with few different values are the exception: to save
 * memory, the catalog stores each of these values once, and the column is a copy. Few means at most
 * 65,535, and at most three quarters of the number of tracks.
 * @param stream filled on success; the caller calls its release.
 * @return MSCHED_OK, ARGUMENT, MEMORY, or SYNTAX where a saved catalog is damaged.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_export_numbers(const msched_catalog *catalog,
                                                       struct ArrowArrayStream *stream,
                                                       msched_error *err);

/**
 * Groups as rows: key, label, n, sum, sum_squares, mean, sd, ci95_low, ci95_high, min, q1, median,
 * q3, max, zeros, zero_share.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_export(const msched_groups *groups,
                                              struct ArrowArrayStream *stream, msched_error *err);

/**
 * The tests of msched_groups_test as one row: group_count, n, f, df_between, df_within, p,
 * eta_squared, kruskal_h, kruskal_p.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_groups_test_export(const msched_groups *groups,
                                                   struct ArrowArrayStream *stream,
                                                   msched_error *err);

/**
 * Top tracks as rows: rank, track_id, track_name, track_artist, artists, track_popularity,
 * release_year, release_month, release_day, release_date (null if the day is not known),
 * duration_ms.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_top_export(const msched_top *top, const msched_catalog *catalog,
                                           struct ArrowArrayStream *stream, msched_error *err);

/**
 * Bins as rows: low, high, n, zeros.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_histogram_export(const msched_histogram *histogram,
                                                 struct ArrowArrayStream *stream,
                                                 msched_error *err);

/**
 * Correlations as rows: feature, n, r, r_ci95_low, r_ci95_high, slope, feature_mean, feature_sd,
 * p.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_correlations_export(const msched_correlations *correlations,
                                                    struct ArrowArrayStream *stream,
                                                    msched_error *err);

/**
 * Hits as rows: as msched_top_export, with score and match.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_hits_export(const msched_hits *hits, const msched_catalog *catalog,
                                            struct ArrowArrayStream *stream, msched_error *err);

/**
 * Entries of a schedule as rows: kind, id, title, artist, start_s, end_s, during, todo, wanted,
 * fixed, popularity (null for to-dos), piece, state, date ("YYYY-MM-DD", from whose midnight
 * start_s and end_s count), of (the id of the to-do in the plan; null for songs).
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_export_entries(const msched_schedule *schedule,
                                                        struct ArrowArrayStream *stream,
                                                        msched_error *err);

/**
 * Unplaced items as rows: kind, id, title, todo, wanted, plays, reason, text, needed_s,
 * available_s, fix, fix_s, fix_id, fix_text, date ("YYYY-MM-DD", to which the times belong).
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_export_unplaced(const msched_schedule *schedule,
                                                         struct ArrowArrayStream *stream,
                                                         msched_error *err);

/**
 * Fixes of unplaced items as rows: item (its row in the unplaced items), rank (1: the lowest cost
 * to a person), kind (as in JSON), amount_s (0: a kind without an amount), id, text.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_export_fixes(const msched_schedule *schedule,
                                                      struct ArrowArrayStream *stream,
                                                      msched_error *err);

/**
 * Make a catalog from a stream of record batches, read as a CSV file is: the library finds columns
 * by the names that public files use and ignores other columns. Cells that cannot be read become
 * unknown and are counted in the report. Texts may be utf8, large utf8, utf8 views, dictionaries of
 * them, or lists of them for artists and genres; numbers any integer, float, decimal, boolean or
 * text; lengths also durations; dates text, date32, date64, timestamps or a year. Nulls are
 * unknown. With strict, the columns must have the names of the data set and every value must have
 * its form.
 * @param stream  read to its end and released, also on failure.
 * @param options skip_bad_rows, limits, columns, strict, default_duration_ms, progress (rows),
 *          cancel and allocator are used; NULL: defaults.
 * @return MSCHED_OK, ARGUMENT, MEMORY, IO (the stream failed), CANCELLED, LIMIT, ENCODING, HEADER,
 *         VALUE or CONFLICT; `line` is the 1-based row.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_import_arrow(msched_catalog **out,
                                                     struct ArrowArrayStream *stream,
                                                     const msched_catalog_options *options,
                                                     msched_error *err);

#ifdef __cplusplus
}
#endif
#endif
