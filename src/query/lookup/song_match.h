/*
 * query/lookup/song_match.h: is this text a song of the catalog? Exact except for case, diacritics,
 * typographic quotes and dashes, and runs of spaces. Typing mistakes do not match here: see
 * msched_find.
 */
#ifndef MSCHED_QUERY_LOOKUP_SONG_MATCH_H
#define MSCHED_QUERY_LOOKUP_SONG_MATCH_H

#include <musicsched/catalog.h>

#define MSCHED__SONG_MATCH_MAX 8
/*
 * Hits of msched_find with a lower score are not suggested. On spotify_songs.csv, titles with one
 * or two typing mistakes score 0.6 and more, songs that are not in it mostly below 0.5.
 */
#define MSCHED__LIKELY_SCORE 0.5

enum msched__song_form {
    MSCHED__SONG_NONE = 0,         /* no match */
    MSCHED__SONG_TITLE_ARTIST = 1, /* "title - artist", "title by artist" */
    MSCHED__SONG_TITLE = 2,        /* the title alone */
    MSCHED__SONG_ARTIST_TITLE = 3  /* "artist - title" */
};

typedef struct msched__song_match {
    uint32_t form;            /* enum msched__song_form */
    uint32_t recording_count; /* number of matching recordings; more than 1: ambiguous */
    /* the most popular track of the most popular of them; UINT32_MAX: no match */
    uint32_t track;
    uint32_t listed; /* number of filled `tracks` */
    /* the most popular track of each recording, most popular first */
    uint32_t tracks[MSCHED__SONG_MATCH_MAX];
    size_t size; /* bytes of the text that matched */
} msched__song_match;

/*
 * Match all of text[0..size), valid UTF-8: as "title - artist" at every " - ", else as a title,
 * else as "artist - title", else as "title by artist" or that word in another language. No match is
 * MSCHED_OK with form NONE. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__song_match_text(const msched_catalog *catalog, const char *text, size_t size,
                                      msched__song_match *out, msched_error *err);

/* As msched__song_match_text with separate title and artist; a NULL or empty artist means any. */
msched_result msched__song_match_pair(const msched_catalog *catalog, const char *title,
                                      const char *artist, msched__song_match *out,
                                      msched_error *err);

/* The longest text[0..ends[i]) that matches; ends ascend. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__song_match_prefix(const msched_catalog *catalog, const char *text,
                                        const size_t *ends, size_t end_count,
                                        msched__song_match *out, msched_error *err);

#endif
