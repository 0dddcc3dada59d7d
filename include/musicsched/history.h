/*
 * musicsched/history.h: read listening histories: songs heard, when and for how long.
 *
 * The library reads the histories of Spotify, Last.fm, YouTube Music, ListenBrainz and Apple Music,
 * tables of plays (CSV), and its own schedules (JSON); the content determines the format. A history
 * shows what you play most, and at which hours. It can also provide the popularity of a catalog,
 * and songs for a plan to avoid. docs/playlists.md has a walk-through.
 *
 * The time of a play is as in its file: Spotify gives the end of a play, Last.fm and schedules give
 * its beginning. Times are in UTC; a summary converts them to a time zone. Episodes, audiobooks
 * and videos are counted and left out. A play that is in two files (the same song and length in
 * the same minute) counts once.
 *
 * Limits: 2 GiB per file, 4,000 files, 50,000,000 plays.
 */
#ifndef MUSICSCHED_HISTORY_H
#define MUSICSCHED_HISTORY_H

#include <musicsched/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MSCHED_HISTORY_MAX_FILES 4000
#define MSCHED_HISTORY_MAX_PLAYS 50000000

/** Plays in order of time. Immutable; any number of threads may use it. */
typedef struct msched_history msched_history;
/** Summary of a history over a range of time. Immutable. */
typedef struct msched_history_summary msched_history_summary;

typedef struct msched_history_options {
    uint32_t struct_size;
    uint32_t reserved0;
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_history_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_history_options_init(msched_history_options *options, uint32_t struct_size);

/**
 * Read files as one history. A record that cannot be read does not affect the others: it becomes a
 * remark with its file and line.
 * @param out   owned by the caller: msched_history_unref.
 * @param paths path_count names of files or folders, at least one, in any order. A folder means
 *              the listening histories in it and in its subfolders. Files may be compressed with
 *              gzip.
 * @return MSCHED_OK, ARGUMENT, MEMORY, IO, LIMIT or SYNTAX (not a history: the message names the
 *         kind of file, or the position of an error in JSON; or a folder without a history).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_load_paths(msched_history **out, const char *const *paths,
                                                   uint32_t path_count,
                                                   const msched_history_options *options,
                                                   msched_error *err);

/**
 * Read one file from memory; `data` is not kept.
 * @param name in remarks and messages; NULL: "<memory>".
 * @return as msched_history_load_paths.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_load_memory(msched_history **out, const char *data,
                                                    size_t size_bytes, const char *name,
                                                    const msched_history_options *options,
                                                    msched_error *err);
/** Add a reference. @return `history` @thread any @since 0.1 */
MSCHED_API msched_history *msched_history_ref(msched_history *history);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_history_unref(msched_history *history);

/** Counts of a history. */
typedef struct msched_history_info {
    uint32_t struct_size;
    uint32_t plays;
    uint32_t songs;      /**< distinct (title, artist) after case folding */
    uint32_t artists;    /**< distinct artist texts after case folding */
    uint64_t episodes;   /**< plays of episodes, audiobooks and videos, left out */
    uint64_t duplicates; /**< plays that are also in another file, left out */
    uint64_t unreadable; /**< records without a time or a title, left out */
    int64_t first_utc;   /**< of the first play, seconds since 1970-01-01T00:00:00Z */
    int64_t last_utc;
    uint64_t schedules; /**< files that are schedules of this library */
    uint64_t reserved[3];
} msched_history_info;

/**
 * Counts of the history. Set info->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_get_info(const msched_history *history,
                                                 msched_history_info *info);

/** A play. Strings are borrowed from the history and "" where not given. */
typedef struct msched_play {
    uint32_t struct_size;
    uint32_t song;     /**< equal for plays of one title and artist */
    int64_t utc;       /**< seconds since 1970-01-01T00:00:00Z, as in the file */
    int64_t played_ms; /**< -1: not given */
    int32_t skipped;   /**< 1: skipped, 0: not, -1: not known */
    uint32_t reserved0;
    const char *title;
    const char *artist;
    const char *album;
    const char *track_id; /**< of Spotify, without "spotify:track:" */
    uint64_t reserved[4];
} msched_play;

/**
 * Read a play, in order of time. Set play->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_get_play(const msched_history *history, uint32_t index,
                                                 msched_play *play);
/** Number of remarks, at most 100. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_history_remark_count(const msched_history *history);
/**
 * A skipped item: "FILE:LINE: item and reason".
 * @return borrowed; NULL when index is out of range
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_history_get_remark(const msched_history *history, uint32_t index);

typedef struct msched_history_summary_options {
    uint32_t struct_size;
    uint32_t limit;         /**< number of listed songs and artists; 0: 10 */
    const char *timezone;   /**< IANA name; NULL or "": UTC */
    const char *from_date;  /**< "YYYY-MM-DD" on its clocks, inclusive; NULL or "": the beginning */
    const char *to_date;    /**< inclusive; NULL or "": the end */
    uint32_t min_played_ms; /**< shorter plays are left out; those of unknown length stay */
    uint32_t by_time;       /**< 1: songs and artists in order of time played, not of plays */
    const char *zoneinfo_dir; /**< TZif files; NULL: /usr/share/zoneinfo */
    uint64_t reserved[4];
} msched_history_summary_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_history_summary_options_init(msched_history_summary_options *options,
                                                    uint32_t struct_size);

/**
 * Summarize a history.
 * @param out owned by the caller: msched_history_summary_unref. Keeps the history.
 * @return MSCHED_OK, ARGUMENT, MEMORY, VALUE (a date) or NOT_FOUND (the zone).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_summarize(msched_history_summary **out,
                                                  msched_history *history,
                                                  const msched_history_summary_options *options,
                                                  msched_error *err);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_history_summary_unref(msched_history_summary *summary);

/** Lists of a summary. */
enum msched_history_list {
    MSCHED_HISTORY_SONGS = 0,    /**< most played first */
    MSCHED_HISTORY_ARTISTS = 1,  /**< most played first */
    MSCHED_HISTORY_HOURS = 2,    /**< 24, from 0 to 23 */
    MSCHED_HISTORY_WEEKDAYS = 3, /**< 7, from Monday */
    MSCHED_HISTORY_MONTHS = 4    /**< in order of time, months without plays between them too */
};

/** A line of a list. Strings are borrowed from the summary and "" where they do not apply. */
typedef struct msched_history_row {
    uint32_t struct_size;
    int32_t number; /**< rank of songs and artists; the hour; 1 (Monday) to 7; the month */
    int32_t year;   /**< of months; else 0 */
    uint32_t plays;
    uint32_t skipped;       /**< plays that were skipped */
    uint32_t skipped_known; /**< plays with a known value of `skipped` */
    int64_t played_ms;      /**< of plays whose length is given */
    const char *title;
    const char *artist;
    const char *track_id;
    uint64_t reserved[4];
} msched_history_row;

/** Number of lines of a list. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_history_row_count(const msched_history_summary *summary, uint32_t list);
/**
 * Read a line. Set row->struct_size first.
 * @param list enum msched_history_list
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_get_row(const msched_history_summary *summary,
                                                uint32_t list, uint32_t index,
                                                msched_history_row *row);

/** Totals of the history. Dates are "YYYY-MM-DD" on the clocks of the zone, "" without plays. */
typedef struct msched_history_totals {
    uint32_t struct_size;
    uint32_t plays;
    uint32_t songs;
    uint32_t artists;
    uint32_t skipped;
    uint32_t skipped_known;
    int64_t played_ms;
    uint32_t days;           /**< on which something was played */
    uint32_t longest_streak; /**< days in a row with a play */
    uint32_t latest_streak;  /**< days in a row up to the last play */
    uint32_t reserved0;
    char first_date[12];
    char last_date[12];
    char longest_from[12]; /**< first day of the longest streak, the earliest of equal ones */
    char longest_to[12];
    uint64_t reserved[4];
} msched_history_totals;

/**
 * Read the totals. Set totals->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_get_totals(const msched_history_summary *summary,
                                                   msched_history_totals *totals);
/**
 * Write a summary as JSON (docs/formats.md).
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_summary_to_json(const msched_history_summary *summary,
                                                        msched_text **out, msched_error *err);

/**
 * Read files of any kind as one catalog: song files and saved catalogs as msched_catalog_load_paths
 * does, playlists (songs without popularity), and listening histories, whose plays become the
 * popularity of the songs of the other files or, without other files, of their own songs. The
 * content of a file determines its kind. A folder means the files in it and in its subfolders:
 * tables with a header, M3U and XML playlists, and histories; other files in it are ignored.
 * @param out     owned by the caller: msched_catalog_unref.
 * @param paths   path_count names of files or folders, at least one.
 * @param options as of msched_catalog_load_paths; NULL: defaults.
 * @return as msched_catalog_load_paths, msched_playlist_read and msched_history_load_paths.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_catalog_read_files(msched_catalog **out, const char *const *paths,
                                                   uint32_t path_count,
                                                   const msched_catalog_options *options,
                                                   msched_error *err);

/**
 * Whether a file begins like a listening history, or a folder has listening histories and no songs
 * or playlists.
 * @param path NULL: no.
 * @return 1, or 0 if it is not a history or cannot be read
 * @thread any
 * @since 0.1
 */
MSCHED_API int32_t msched_history_is_file(const char *path);

/**
 * A catalog whose popularity is how often a song was played: round(100 * ln(1 + plays) / ln(1 +
 * plays of the most played song)).
 * @param out     owned by the caller: msched_catalog_unref.
 * @param catalog its songs get this popularity, or 0 without a play in the history; NULL: the songs
 *                of the history. Their length is the longest play that was not skipped, or unknown
 *                if the files do not give it.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, or VALUE if no catalog is given and none of the
 *         records can be read.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_history_to_catalog(msched_catalog **out,
                                                   const msched_history *history,
                                                   const msched_catalog *catalog,
                                                   msched_error *err);

/**
 * The plan without recently heard songs in its fill: the fill avoids every recording that the
 * history contains in the `days` days before the plan's first date or on its dates. A wanted song
 * in the history causes a warning (heard_lately) but stays wanted. The days are those of the plan's
 * time zone, or of UTC.
 * @param out     owned by the caller: msched_plan_unref.
 * @param plan    stays as it is.
 * @param catalog in which the songs of the history are looked up, by id, else by title and artist.
 * @param days    1 to 36,500; 0: the plan's avoid_days, else 7.
 * @param avoided receives the number of avoided recordings; may be NULL.
 * @return MSCHED_OK, ARGUMENT, MEMORY or LIMIT.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_avoid_history(msched_plan **out, const msched_plan *plan,
                                                   const msched_history *history,
                                                   const msched_catalog *catalog, uint32_t days,
                                                   uint32_t *avoided, msched_error *err);

#ifdef __cplusplus
}
#endif
#endif
