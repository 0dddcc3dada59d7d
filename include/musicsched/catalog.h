/*
 * musicsched/catalog.h: songs, loaded from a table or added row by row, then immutable.
 *
 * A row is a track in a playlist. A catalog contains *tracks* (one per track id, in order of first
 * appearance), *entries* (one per accepted row: a track, a playlist, a genre, a subgenre) and
 * *recordings* (a title by an artist, compared after Unicode case folding, whatever its track ids).
 *
 * The loader finds columns by the header names of many programs and languages, and detects the
 * delimiter, the encoding, compression and units (docs/song-files.md). A row needs a title and an
 * artist, or a track id; all other values may be unknown. With the option `strict`, the input must
 * have exactly the form below.
 *
 * Columns, in any order; other columns are ignored.
 *   required: track_id  track_name  track_artist  track_popularity (0..100)
 *             duration_ms (1..86,400,000)
 *   optional: track_album_id  track_album_name
 *             track_album_release_date (YYYY, YYYY-MM or YYYY-MM-DD)
 *             playlist_id  playlist_name  playlist_genre  playlist_subgenre
 *             danceability energy key(-1..11) loudness mode(0,1) speechiness acousticness
 *             instrumentalness liveness valence tempo
 * An empty optional field is unknown, and so are "NA" and "NaN" in optional numbers and dates. In
 * text columns, "NA" is ordinary text. Features are checked: 0..1, but loudness -200..100 dB, tempo
 * 0..1000, key a whole number (-1: not detected), mode 0 or 1. Whole numbers can end in ".0". All
 * rows of one track_id must have the same track fields.
 *
 * The text is UTF-8. The grammar is RFC 4180 with LF, CRLF or CR line ends, an optional byte order
 * mark and empty lines skipped: a field that contains the delimiter, a quote or a line end is
 * quoted, and a quote in it is doubled. Spaces are part of the text.
 */
#ifndef MUSICSCHED_CATALOG_H
#define MUSICSCHED_CATALOG_H

#include <musicsched/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct msched_catalog msched_catalog;
typedef struct msched_catalog_builder msched_catalog_builder;

/** Numbers a track has, index into msched_track.feature and msched_filter.feature_min. */
enum msched_feature {
    MSCHED_FEATURE_DANCEABILITY = 0,     /**< 0..1 */
    MSCHED_FEATURE_ENERGY = 1,           /**< 0..1 */
    MSCHED_FEATURE_KEY = 2,              /**< pitch class, 0 = C .. 11 = B; NaN: not detected */
    MSCHED_FEATURE_LOUDNESS = 3,         /**< dB */
    MSCHED_FEATURE_MODE = 4,             /**< 0 minor, 1 major */
    MSCHED_FEATURE_SPEECHINESS = 5,      /**< 0..1 */
    MSCHED_FEATURE_ACOUSTICNESS = 6,     /**< 0..1 */
    MSCHED_FEATURE_INSTRUMENTALNESS = 7, /**< 0..1 */
    MSCHED_FEATURE_LIVENESS = 8,         /**< 0..1 */
    MSCHED_FEATURE_VALENCE = 9,          /**< 0..1 */
    MSCHED_FEATURE_TEMPO = 10,           /**< beats per minute */
    MSCHED_FEATURE_DURATION_MS = 11      /**< milliseconds */
};
#define MSCHED_FEATURE_COUNT 12

/**
 * Name of a feature as in the CSV header.
 * @return for example "danceability"; NULL for a value out of range. Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_feature_name(uint32_t feature);

/** Precision of a release date. */
enum msched_date_precision {
    MSCHED_DATE_UNKNOWN = 0,
    MSCHED_DATE_YEAR = 1,
    MSCHED_DATE_MONTH = 2,
    MSCHED_DATE_DAY = 3
};

/** Checks of a saved catalog when it is opened; see msched_catalog_open. */
enum msched_saved_check {
    /**
     * every number that leads to memory, so that a malicious file is safe; columns and indexes are
     * checked at their first use
     */
    MSCHED_SAVED_CHECK_BOUNDS = 0,
    /** all columns and the checksums of the whole file, when it opens */
    MSCHED_SAVED_CHECK_CHECKSUMS = 1,
    /** only the front of the file: for a file that you wrote and nobody else can write */
    MSCHED_SAVED_CHECK_NOTHING = 2
};

/** Options for loading a catalog. All 0 are the defaults. */
typedef struct msched_catalog_options {
    uint32_t struct_size;
    uint32_t delimiter; /**< one ASCII character; 0: detected, or comma with `strict` */
    /**
     * 0: a bad row is left out and reported; the load fails if more than half of an input's rows
     * are bad, or with `strict` at the first one. 1: bad rows are left out however many they are,
     * also with `strict`. Rows longer than max_row_bytes, too many rows and too large an input
     * always fail
     */
    uint32_t skip_bad_rows;
    uint32_t max_skip_reasons; /**< maximum number of reasons kept for bad rows; 0: 100 */
    uint64_t max_bytes;        /**< of the whole input; 0: 4 GiB less 1 */
    uint64_t max_rows;         /**< 0: 100,000,000 */
    uint32_t max_row_bytes;    /**< 0: 1 MiB */
    uint32_t max_field_bytes;  /**< 0: 64 KiB */
    /** in messages; NULL: the path, "<memory>", "<callback>" or "<rows>" (builder) */
    const char *source_name;
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    msched_progress_fn progress;       /**< bytes done of bytes in all; NULL: none */
    void *progress_ctx;
    msched_cancel_fn cancel; /**< NULL: none */
    void *cancel_ctx;
    /**
     * columns with other names in the input, each as "track_artist=artists": the column, then its
     * name in the header; for loads and msched_catalog_import_arrow
     */
    const char *const *columns;
    uint32_t column_count;
    /**
     * 1: everything runs in the caller's thread. 2 to 4: if `allocator` is NULL, at most so many
     * threads share a load, one for each 512 KiB of the input, and another one maps memory from
     * about 500,000 rows on; msched_catalog_prepare uses up to 4 threads; a saved catalog of 1 MiB
     * or more is checked by a thread for each processor, at most 8. 0: the same, with a thread for
     * each processor, at most 4, in a load. All threads end before the call returns. Callbacks
     * always run in the caller's thread
     */
    uint32_t threads;
    /**
     * 1: no assumptions. The input must have the form at the top of this header; anything else is
     * an error
     */
    uint32_t strict;
    /** length of songs of unknown length, up to 86,400,000; 0: stays unknown */
    uint32_t default_duration_ms;
    /** enum msched_saved_check: checks of a saved catalog when it is opened */
    uint32_t saved_check;
    /**
     * encoding of the text, by a name that iconv knows: "GB18030", "BIG5", "SHIFT_JIS", "EUC-KR",
     * "CP1251" ..; NULL: UTF-8 or UTF-16, otherwise detected from the characters and reported. A
     * byte order mark has precedence
     */
    const char *encoding;
    uint64_t reserved[1];
} msched_catalog_options;

/**
 * Fill `options` with defaults. `struct_size` is sizeof(msched_catalog_options) of the caller.
 * @thread any
 * @since 0.1
 */
MSCHED_API void msched_catalog_options_init(msched_catalog_options *options, uint32_t struct_size);

/**
 * Reads up to `size` bytes into `buffer`. Returns the number of bytes, 0 at the end, or a negative
 * number on failure.
 */
typedef int64_t (*msched_read_fn)(void *ctx, void *buffer, size_t size);

/**
 * Load a table of songs (CSV, also compressed with gzip), or open a saved catalog.
 * msched_catalog_read_files (history.h) also reads playlists, listening histories, JSON and
 * folders.
 * @param out     the new catalog, owned by the caller: drop it with msched_catalog_unref.
 * @param path    file name in the system's encoding.
 * @param options NULL: defaults.
 * @return MSCHED_OK, ARGUMENT, MEMORY, IO, CANCELLED, LIMIT, ENCODING, SYNTAX, HEADER, VALUE or
 *         CONFLICT. The message is complete: "SOURCE:LINE:FIELD: COLUMN: the wrong text and how to
 *         correct it", without the parts that do not apply; `line` and `column` (the field's
 *         number) also give the position. A long source name is cut at its beginning.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_load_path(msched_catalog **out, const char *path,
                                                  const msched_catalog_options *options,
                                                  msched_error *err);

/**
 * Load several files as one catalog: a track that is in several files is one track. A file without
 * a playlist column is one playlist, named like the file without its extension. Each file has its
 * own columns, units and report. `source_name` works only with a single file.
 * @param paths path_count file names, at least one.
 * @return as msched_catalog_load_path.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_load_paths(msched_catalog **out, const char *const *paths,
                                                   uint32_t path_count,
                                                   const msched_catalog_options *options,
                                                   msched_error *err);

/**
 * Load a table from memory; `data` is not kept. Otherwise like msched_catalog_load_path.
 * @return as msched_catalog_load_path.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_load_memory(msched_catalog **out, const void *data,
                                                    size_t size_bytes,
                                                    const msched_catalog_options *options,
                                                    msched_error *err);

/**
 * Load a table from a callback, which is called until it returns 0. Otherwise like
 * msched_catalog_load_path.
 * @return as msched_catalog_load_path.
 * @thread any; `read` is called on the calling thread
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_load_callback(msched_catalog **out, msched_read_fn read,
                                                      void *read_ctx,
                                                      const msched_catalog_options *options,
                                                      msched_error *err);

/**
 * Save a catalog as one file, with everything that lookup, grouping and scheduling build from it.
 * The file is mapped into memory when it is opened, and processes share that memory. Writing is
 * atomic: an existing file stays until the new file is complete, and is replaced only if it is a
 * saved catalog or empty. Equal catalogs give equal bytes.
 * @param path file name in the system's encoding; ".msc" is the usual ending.
 * @return MSCHED_OK, ARGUMENT (NULL, or another file is at `path`), MEMORY or IO.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_save(const msched_catalog *catalog, const char *path,
                                             msched_error *err);

/**
 * Open a saved catalog. Its file is mapped, not read: do not change its bytes while the catalog
 * exists (saving to the same path is safe, because it creates a new file). The
 * msched_catalog_load_path functions also open saved catalogs, which their first bytes identify. A
 * file from a version with another format, or from a machine with another byte order, is refused.
 * @param out     the new catalog, owned by the caller: drop it with msched_catalog_unref.
 * @param options saved_check, source_name, threads and the allocator are used; `columns` and
 *          default_duration_ms must not be given. NULL: defaults.
 * @return MSCHED_OK, ARGUMENT, MEMORY, IO or SYNTAX (not a saved catalog, or a damaged one). Damage
 *         that is not in front of the data is found later: every function that would read it
 *         returns SYNTAX. msched_catalog_prepare checks everything at once.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_open(msched_catalog **out, const char *path,
                                             const msched_catalog_options *options,
                                             msched_error *err);

/** One row to add to a builder. Strings are copied. */
typedef struct msched_catalog_row {
    uint32_t struct_size;
    int32_t popularity;   /**< 0..100; -1: not known */
    uint32_t duration_ms; /**< 1..86,400,000; 0: not known */
    uint32_t reserved0;
    /** also as "spotify:track:ID" or a link; NULL or "": one is made of title and artist */
    const char *track_id;
    const char *track_name; /**< NULL or "" only with a track_id */
    /** NULL or "" only with a track_id. Several are separated by U+001F, also in genre, subgenre */
    const char *track_artist;
    const char *album_id; /**< NULL or "": not known, here and in all fields below */
    const char *album_name;
    const char *release_date; /**< YYYY, YYYY-MM or YYYY-MM-DD */
    const char *playlist_id;
    const char *playlist_name;
    const char *genre;
    const char *subgenre;
    /** NaN: not known; [MSCHED_FEATURE_DURATION_MS] is ignored */
    double feature[MSCHED_FEATURE_COUNT];
    uint64_t reserved[4];
} msched_catalog_row;

/** Fill `row` with "not known" (features NaN). @thread any @since 0.1 */
MSCHED_API void msched_catalog_row_init(msched_catalog_row *row, uint32_t struct_size);

/**
 * Begin a catalog without a file. Of the options, strict, skip_bad_rows, the row limits and the
 * allocator are used.
 * @param out owned by the caller: finish it with msched_catalog_builder_finish or drop it with
 *          _free.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any; the builder belongs to one thread at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_builder_create(msched_catalog_builder **out,
                                                       const msched_catalog_options *options,
                                                       msched_error *err);

/**
 * Add one row. A refused row leaves the builder as it was; with skip_bad_rows it is counted and
 * MSCHED_OK returned.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, VALUE or CONFLICT (track fields differ from
 *         an earlier row of the same track id); `line` is the 1-based number of the row.
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_builder_add(msched_catalog_builder *builder,
                                                    const msched_catalog_row *row,
                                                    msched_error *err);

/**
 * Make the catalog and free the builder, also on failure.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_builder_finish(msched_catalog **out,
                                                       msched_catalog_builder *builder,
                                                       msched_error *err);

/** Drop an unfinished builder; NULL does nothing. @thread one at a time @since 0.1 */
MSCHED_API void msched_catalog_builder_free(msched_catalog_builder *builder);

/** Add a reference. @return `catalog` @thread any @since 0.1 */
MSCHED_API msched_catalog *msched_catalog_ref(msched_catalog *catalog);
/** Remove a reference; the last owner frees it. NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_catalog_unref(msched_catalog *catalog);

/**
 * Build now what lookup, grouping and scheduling otherwise build at their first use (recordings,
 * rankings, the entries of each track, a search index, rows sorted by group, mood rankings and a
 * list of recordings that the catalog has under several artists), so that the first request is as
 * fast as the others.
 * @return MSCHED_OK, ARGUMENT, MEMORY, or SYNTAX where a saved catalog is damaged.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_prepare(const msched_catalog *catalog, msched_error *err);

/** How much is in a catalog. */
typedef struct msched_catalog_info {
    uint32_t struct_size;
    uint32_t entries;    /**< accepted rows */
    uint32_t tracks;     /**< distinct track ids */
    uint32_t recordings; /**< distinct (title, artist) after case folding */
    uint32_t artists;    /**< distinct artists; each artist of a track counts separately */
    uint32_t albums;     /**< distinct album (id, name) */
    uint32_t playlists;  /**< distinct playlist (id, name) */
    uint32_t genres;
    uint32_t subgenres;
    uint32_t reserved0;
    /** rows left out: unreadable, or without a value that a song needs; empty rows do not count */
    uint64_t rows_skipped;
    /** memory of the catalog now, including the indexes that are built */
    uint64_t memory_bytes;
    uint64_t unreadable_cells; /**< cells that could not be read, and are unknown */
    /** values that differ from those of an earlier row of the same track */
    uint64_t conflicts;
    uint64_t assumptions; /**< sentences of the report about assumptions */
    uint64_t reserved[2];
} msched_catalog_info;

/**
 * Counts of the catalog. Set info->struct_size before the call. Recordings are counted when a call
 * first needs them: this one, or a question.
 * @return MSCHED_OK, ARGUMENT, or MEMORY: recordings is 0, and all other counts are set.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_get_info(const msched_catalog *catalog,
                                                 msched_catalog_info *info);

/**
 * How many entries the catalog has: info.entries of msched_catalog_get_info, which also counts
 * recordings.
 * @return count; 0 if catalog is NULL
 * @thread any
 * @since 0.1
 */
MSCHED_API uint32_t msched_catalog_entry_count(const msched_catalog *catalog);

/**
 * How many reasons of rows left out are kept (at most max_skip_reasons).
 * @return count
 * @thread any
 * @since 0.1
 */
MSCHED_API uint32_t msched_catalog_skipped_count(const msched_catalog *catalog);

/**
 * Why a row was left out: `reason` gets code, line, column and message as a failing load would have
 * given them.
 * @return MSCHED_OK, or ARGUMENT when index >= msched_catalog_skipped_count.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_skipped_get(const msched_catalog *catalog, uint32_t index,
                                                    msched_error *reason);

/**
 * How the catalog was read, as JSON: {"files": [{"source", "encoding", "compression", "delimiter",
 * "header_line", "rows", "blank_rows", "lost_rows", "bad_rows", "made_ids", "left_out": [{"line",
 * "field", "message"}], "columns": [{"column", "header", "field", "by", "unit", "unknown",
 * "unreadable", "conflicts"}], "ignored": [header], "assumed": [sentence]}]}. `lost_rows` lack what
 * a song needs, `bad_rows` cannot be read; `left_out` has the reasons that are kept, of all files
 * together max_skip_reasons. A catalog that was built row by row has no files.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_report_to_json(const msched_catalog *catalog,
                                                       msched_text **out, msched_error *err);

/**
 * The same as text for people, with a line for each column.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_report_to_text(const msched_catalog *catalog,
                                                       msched_text **out, msched_error *err);

/** One track; strings are borrowed from the catalog and "" where not known. */
typedef struct msched_track {
    uint32_t struct_size;
    uint32_t index; /**< 0 .. tracks - 1 */
    const char *id;
    const char *name;
    const char *artist;
    const char *album_id;
    const char *album_name;
    uint32_t artist_index;    /**< equal for equal artist texts */
    uint32_t recording_index; /**< equal for tracks of one recording */
    int32_t popularity;       /**< 0..100, the highest of the track's entries; -1: not known */
    uint32_t duration_ms;     /**< 0: not known */
    int32_t release_year;     /**< 0: not known */
    uint32_t release_month;   /**< 1..12; 0: not known */
    uint32_t release_day;     /**< 1..31; 0: not known */
    uint32_t date_precision;  /**< enum msched_date_precision */
    double feature[MSCHED_FEATURE_COUNT]; /**< by enum msched_feature; NaN: not known */
    uint64_t reserved[4];
} msched_track;

/**
 * Read one track. Set track->struct_size before the call.
 * @param index 0 .. tracks - 1, in order of first appearance in the input.
 * @return MSCHED_OK, ARGUMENT, MEMORY, or SYNTAX where a saved catalog is damaged.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_get_track(const msched_catalog *catalog, uint32_t index,
                                                  msched_track *track);

/**
 * One of the artists that a track names: "A" and "B" of "A, B", if the input shows that these are
 * two artists. A name that contains a comma can be one artist.
 * @param index  0 for the first.
 * @return borrowed from the catalog; NULL from the last one on.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_catalog_track_artist(const msched_catalog *catalog, uint32_t track,
                                                   uint32_t index);

/**
 * One of the genres of an entry, as msched_catalog_track_artist gives artists.
 * @return borrowed from the catalog; NULL from the last one on.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_catalog_entry_genre(const msched_catalog *catalog, uint32_t entry,
                                                  uint32_t index);

/**
 * One of the subgenres of an entry, as msched_catalog_track_artist gives artists.
 * @return borrowed from the catalog; NULL from the last one on.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_catalog_entry_subgenre(const msched_catalog *catalog, uint32_t entry,
                                                     uint32_t index);

/**
 * Write one track as JSON with its audio features and the playlists it is in.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_track_to_json(const msched_catalog *catalog, uint32_t index,
                                              msched_text **out, msched_error *err);

/** One row of the input: a track in a playlist. Strings are borrowed and "" where not known. */
typedef struct msched_entry {
    uint32_t struct_size;
    uint32_t track_index;
    const char *playlist_id;
    const char *playlist_name;
    const char *genre;
    const char *subgenre;
    int32_t popularity; /**< 0..100, of the track in this row; -1: not known */
    uint32_t reserved0;
    uint64_t reserved[4];
} msched_entry;

/**
 * Read one entry. Set entry->struct_size before the call.
 * @param index 0 .. entries - 1, in order of the input.
 * @return MSCHED_OK, ARGUMENT, or SYNTAX where a saved catalog is damaged.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_get_entry(const msched_catalog *catalog, uint32_t index,
                                                  msched_entry *entry);

/**
 * Track of an id, compared byte by byte; "spotify:track:ID" and links to a track find ID too.
 * @param index gets the track's index.
 * @return MSCHED_OK, ARGUMENT or NOT_FOUND.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_find_id(const msched_catalog *catalog, const char *track_id,
                                                uint32_t *index, msched_error *err);

#ifdef __cplusplus
}
#endif
#endif
