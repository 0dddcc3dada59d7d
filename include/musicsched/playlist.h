/*
 * musicsched/playlist.h: read playlists, whose songs become the wanted songs of a plan.
 *
 * Read a file into a msched_playlist, match it with a catalog, and add the songs found to a plan.
 * The content of a file, not its name, determines the format: M3U and M3U8, XSPF, JSPF, iTunes
 * XML, Spotify's account data (Playlist1.json, YourLibrary.json), pages of Spotify's Web API, the
 * schedules of this library as JSON, tables of songs (CSV), and plain lists of "Title - Artist",
 * "Artist - Title", Spotify links and URIs. docs/playlists.md shows each.
 *
 * Limits: 64 MiB and 100,000 songs per file. expat reads XML. If the library was built without it
 * (msched_playlist_can_read_xml returns 0), it refuses XSPF and iTunes XML.
 */
#ifndef MUSICSCHED_PLAYLIST_H
#define MUSICSCHED_PLAYLIST_H

#include <musicsched/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MSCHED_PLAYLIST_MAX_BYTES (64u << 20)
#define MSCHED_PLAYLIST_MAX_SONGS 100000

/** A playlist that was read. Immutable; any number of threads may use it. */
typedef struct msched_playlist msched_playlist;
/** The songs of a catalog that match a playlist. Immutable. */
typedef struct msched_playlist_match msched_playlist_match;

enum msched_playlist_form {
    MSCHED_PLAYLIST_LIST = 0, /**< plain text, a song on each line */
    MSCHED_PLAYLIST_M3U = 1,
    MSCHED_PLAYLIST_XSPF = 2,
    MSCHED_PLAYLIST_JSPF = 3,
    MSCHED_PLAYLIST_ITUNES = 4,          /**< a property list of Music or iTunes */
    MSCHED_PLAYLIST_SPOTIFY_EXPORT = 5,  /**< Playlist1.json of the account data */
    MSCHED_PLAYLIST_SPOTIFY_LIBRARY = 6, /**< YourLibrary.json of the account data */
    MSCHED_PLAYLIST_SPOTIFY_API = 7,     /**< one or more pages or playlists of the Web API */
    MSCHED_PLAYLIST_SCHEDULE = 8,        /**< msched_schedule_to_json; its songs */
    MSCHED_PLAYLIST_JSON = 9,            /**< an array of texts, or of objects with a title */
    MSCHED_PLAYLIST_TABLE = 10,          /**< CSV, read like a catalog */
    MSCHED_PLAYLIST_COLLECTION = 11,     /**< the XML of rekordbox or Traktor */
    MSCHED_PLAYLIST_PLS = 12             /**< numbered files and titles, as of radio players */
};

/**
 * Name of a form.
 * @return "list", "m3u", "xspf", "jspf", "itunes", "spotify-export", "spotify-library",
 *         "spotify-api", "schedule", "json", "table", "collection", "pls"; NULL when out of range.
 *         Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_playlist_form_name(uint32_t form);

/**
 * Whether XSPF and iTunes XML can be read.
 * @return 1, or 0 if the library was built without expat
 * @thread any
 * @since 0.1
 */
MSCHED_API int32_t msched_playlist_can_read_xml(void);

typedef struct msched_playlist_options {
    uint32_t struct_size;
    uint32_t reserved0;
    const char *name; /**< of the playlist; NULL: the one in the file, or "" */
    /** read only this playlist of a file with several; NULL or "": all */
    const char *only;
    const msched_allocator *allocator; /**< copied; NULL: malloc. expat itself uses malloc */
    uint64_t reserved[4];
} msched_playlist_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_playlist_options_init(msched_playlist_options *options,
                                             uint32_t struct_size);

/**
 * Read a playlist. An entry that is not a song does not affect the others: it becomes a remark with
 * its line.
 * @param out  owned by the caller: msched_playlist_unref.
 * @param data `size_bytes` bytes, copied as far as needed. Text that is not UTF-8 is read as
 *             Windows-1252, with a remark.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, SYNTAX (broken JSON or XML, or a format
 *         without a playlist: the message names it) or NOT_FOUND (`only` names none of its
 *         playlists: the message lists them).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_playlist_read(msched_playlist **out, const char *data,
                                              size_t size_bytes,
                                              const msched_playlist_options *options,
                                              msched_error *err);
/** Add a reference. @return `playlist` @thread any @since 0.1 */
MSCHED_API msched_playlist *msched_playlist_ref(msched_playlist *playlist);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_playlist_unref(msched_playlist *playlist);
/** Its name. @return borrowed, "" if it has none @thread any @since 0.1 */
MSCHED_API const char *msched_playlist_name(const msched_playlist *playlist);
/** Its form. @return enum msched_playlist_form @thread any @since 0.1 */
MSCHED_API uint32_t msched_playlist_form(const msched_playlist *playlist);
/** Number of songs. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_playlist_song_count(const msched_playlist *playlist);
/** Number of remarks. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_playlist_remark_count(const msched_playlist *playlist);

/** A song as the file names it. Strings are borrowed and "" where not given. */
typedef struct msched_playlist_song {
    uint32_t struct_size;
    uint32_t duration_ms; /**< 0: not given */
    /** the whole line if a list does not separate title and artist */
    const char *title;
    const char *artist; /**< several are joined by ", " */
    const char *album;
    const char *id;   /**< of the track, without "spotify:track:" and the like */
    const char *link; /**< its location in the file: an address or a path */
    const char *isrc; /**< International Standard Recording Code */
    const char *list; /**< its playlist, if the file has several */
    uint64_t line;    /**< 1-based, in the file; 0: unknown (tables) */
    uint64_t reserved[4];
} msched_playlist_song;

/**
 * Read a song, in the order of the file. Set song->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_playlist_get_song(const msched_playlist *playlist, uint32_t index,
                                                  msched_playlist_song *song);
/**
 * A remark: something that was left out or assumed.
 * @param line receives its 1-based line, 0: the file as a whole; may be NULL.
 * @return borrowed; NULL when index is out of range
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_playlist_get_remark(const msched_playlist *playlist, uint32_t index,
                                                  uint64_t *line);

/** How a song of a playlist was found in a catalog. */
enum msched_playlist_found {
    MSCHED_FOUND_NONE = 0,  /**< it was not found */
    MSCHED_FOUND_ID = 1,    /**< by id, link or ISRC */
    MSCHED_FOUND_EXACT = 2, /**< by title and artist, ignoring case, accents and the like */
    /**
     * by title and artist without additions such as "(feat. ..)" and "- Remastered 2011", or by one
     * of the artists
     */
    MSCHED_FOUND_CLOSE = 3,
    MSCHED_FOUND_TITLE = 4 /**< by its title alone: the file gives no artist */
};

/**
 * Name of a value of enum msched_playlist_found.
 * @return "none", "id", "exact", "close", "title"; NULL when out of range. Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_playlist_found_name(uint32_t found);

/**
 * Look up every song of a playlist.
 * @param out owned by the caller: msched_playlist_match_unref. Keeps the playlist and the catalog.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_playlist_match_make(msched_playlist_match **out,
                                                    msched_playlist *playlist,
                                                    msched_catalog *catalog, msched_error *err);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_playlist_match_unref(msched_playlist_match *match);
/** Songs that were found. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_playlist_match_found_count(const msched_playlist_match *match);

/** The match of a song of the playlist. */
typedef struct msched_playlist_hit {
    uint32_t struct_size;
    uint32_t found; /**< enum msched_playlist_found */
    uint32_t track; /**< index in the catalog; UINT32_MAX: none */
    uint32_t candidate_count;
    /**
     * possible tracks, best first: for a song that was not found, or other tracks that match the
     * same text. Borrowed from the match; NULL when candidate_count is 0
     */
    const uint32_t *candidates;
    uint64_t reserved[4];
} msched_playlist_hit;

/**
 * Read the match of song `index` of the playlist. Set hit->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_playlist_match_get(const msched_playlist_match *match,
                                                   uint32_t index, msched_playlist_hit *hit);
/**
 * Write a match as JSON (docs/formats.md): {"name", "form", "found", "missing", "songs": [{"line",
 * "title", .., "found", "track", "candidates"}], "remarks"}.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_playlist_match_to_json(const msched_playlist_match *match,
                                                       msched_text **out, msched_error *err);

typedef struct msched_playlist_use {
    uint32_t struct_size;
    uint32_t must;   /**< as msched_song.must, for every song */
    uint32_t weight; /**< as msched_song.weight */
    uint32_t limit;  /**< maximum number of songs, from the first on; 0: all */
    uint64_t reserved[4];
} msched_playlist_use;

/** Fill with defaults: wanted, not must, weighed by popularity. @thread any @since 0.1 */
MSCHED_API void msched_playlist_use_init(msched_playlist_use *use, uint32_t struct_size);

/**
 * Add the found songs of a playlist to a plan as wanted songs, in the playlist's order; in a plan
 * of several days, on any date. A recording is added only once, even if the plan already has it or
 * the playlist has it twice. Songs that were not found are left out; the match lists them.
 * @param out   owned by the caller: msched_plan_unref.
 * @param plan  stays as it is.
 * @param use   NULL: defaults.
 * @param added receives the number of added songs; may be NULL.
 * @return MSCHED_OK, ARGUMENT, MEMORY or LIMIT (more songs than a plan can contain).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_add_playlist(msched_plan **out, const msched_plan *plan,
                                                  const msched_playlist_match *match,
                                                  const msched_playlist_use *use, uint32_t *added,
                                                  msched_error *err);

#ifdef __cplusplus
}
#endif
#endif
