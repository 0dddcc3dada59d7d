/*
 * playlist/playlist_data.h: the internals of a playlist, and the functions with which readers fill
 * it. A reader passes on each song; an entry that names no song becomes a remark.
 */
#ifndef MSCHED_PLAYLIST_PLAYLIST_DATA_H
#define MSCHED_PLAYLIST_PLAYLIST_DATA_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/refcount.h"
#include "base/slice.h"

#include <musicsched/playlist.h>

typedef struct msched__playlist_song {
    const char *title, *artist, *album, *id, *link, *isrc, *list; /* "" where not given */
    const char *genre, *year, *tempo;                             /* for catalogs only */
    uint32_t duration_ms;
    uint8_t loose; /* the order of title and artist was guessed */
    /*
     * of the name of an audio file: the number at its beginning, 0 for none, and the bytes of that
     * number if they are still a part of the title, because "50 Cent" is an artist
     */
    uint8_t number_bytes;
    uint16_t file_number;
    uint64_t line;
} msched__playlist_song;

typedef struct msched__playlist_remark {
    const char *text;
    uint64_t line;
} msched__playlist_remark;

struct msched_playlist {
    msched__refcount refs;
    msched_allocator allocator;
    msched__arena arena; /* all texts */
    const char *name;
    uint32_t form;
    const char *only;     /* the playlist that is wanted, or "" */
    msched__slice list;   /* the playlist that is being read */
    uint32_t list_count;  /* number of playlists in the file */
    char list_names[120]; /* the first of them, for a message */
    msched__playlist_song *songs;
    size_t song_count, song_capacity;
    msched__playlist_remark *remarks;
    size_t remark_count, remark_capacity;
    msched_result failed; /* why reading must stop: MEMORY or LIMIT */
    /* of a catalog: receives records in JSON as a table of all their keys; NULL: for wishes */
    msched__buffer *table;
};

/* A song from a reader. Texts are not trimmed and need no NUL. */
typedef struct msched__playlist_draft {
    msched__slice title, artist, album, id, link, isrc, genre, year, tempo;
    int64_t duration_ms; /* an invalid length counts as not given */
    int loose;
    uint8_t number_bytes; /* as in msched__playlist_song */
    uint16_t file_number;
    uint64_t line;
} msched__playlist_draft;

/*
 * Add a song. A song with neither title nor id becomes a remark. Returns 0 when reading must stop;
 * playlist->failed gives the reason.
 */
int msched__playlist_add(msched_playlist *playlist, const msched__playlist_draft *draft);
/*
 * Add the song of a line of a list: a link, "Title - Artist" or a title. As msched__playlist_add.
 */
int msched__playlist_add_line(msched_playlist *playlist, msched__slice text, uint64_t line);
/* When all songs are there: remove the numbers of tracks from titles that are names of files. */
void msched__playlist_end_files(msched_playlist *playlist);
/* Whether a text ends like the name of an audio file. */
int msched__playlist_is_sound(msched__slice text);
/* Add a remark about something left out or assumed. 0 when out of memory. */
int msched__playlist_remark_add(msched_playlist *playlist, uint64_t line, const char *format, ...)
    MSCHED__PRINTF(3, 4);
/* Begin a playlist: the next songs belong to it. Returns 1 if it is wanted. */
int msched__playlist_enter(msched_playlist *playlist, msched__slice name);

/*
 * As msched_playlist_read. `table`, if not NULL, receives records in JSON as CSV, with the keys
 * that no song of a playlist has, such as the popularity.
 */
msched_result msched__playlist_read(msched_playlist **out, msched__slice bytes,
                                    const msched_playlist_options *options, msched__buffer *table,
                                    msched_error *err);

/* The readers. Each sets the form; SYNTAX, MEMORY or LIMIT with err, or MSCHED_OK. */
msched_result msched__playlist_read_lines(msched_playlist *playlist, msched__slice text,
                                          msched_error *err);
msched_result msched__playlist_read_xml(msched_playlist *playlist, msched__slice text,
                                        msched_error *err);
msched_result msched__playlist_read_json(msched_playlist *playlist, msched__slice text,
                                         msched_error *err);
/* *found 0: it is not a table of songs. */
msched_result msched__playlist_read_table(msched_playlist *playlist, msched__slice text, int *found,
                                          msched_error *err);

#endif
