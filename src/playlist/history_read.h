/* playlist/history_read.h: the interface through which readers fill a history. */
#ifndef MSCHED_PLAYLIST_HISTORY_READ_H
#define MSCHED_PLAYLIST_HISTORY_READ_H

#include "base/buffer.h"
#include "playlist/history_data.h"

/* A record from a reader. */
typedef struct msched__history_record {
    msched__slice title, artist, album, link, time, reason_end;
    int64_t ms;      /* -1: not given */
    int32_t song_ms; /* the length of the song; 0: not given */
    int8_t skipped;  /* 1, 0, -1: unknown */
    uint8_t is_episode;
    size_t at; /* offset in the file, for its line */
} msched__history_record;

/* A complete record whose song is not looked up yet. */
typedef struct msched__queued_play {
    msched__slice key[2], album, link;
    uint64_t hash;
    int64_t utc;
    size_t at;
    int32_t ms, song_ms;
    int8_t skipped;
    uint8_t whole;
} msched__queued_play;

#define MSCHED__HISTORY_QUEUE 16

/* A file that is being read. */
typedef struct msched__history_reader {
    msched_history *history;
    const char *path; /* for errors */
    const char *name; /* without its folder, for remarks */
    msched__slice data;
    size_t counted; /* offset up to which lines were counted */
    uint64_t line;  /* there */
    uint16_t file;
    msched_result failed; /* MEMORY or LIMIT: reading must stop */
    msched__queued_play queue[MSCHED__HISTORY_QUEUE];
    uint32_t queued;
} msched__history_reader;

/* Parse a time in any format of the exports, in UTC. 1 on success. */
int msched__history_time(msched__slice text, int64_t *utc);

/* Add a record; an incomplete record becomes a remark. 0 when reading must stop. */
int msched__history_add(msched__history_reader *in, const msched__history_record *record);
/*
 * The same for a record whose texts stay: several songs are looked up together, so that the memory
 * of each arrives while the next is read. msched__history_flush must follow the last one, and go
 * before a remark.
 */
int msched__history_queue(msched__history_reader *in, const msched__history_record *record);
int msched__history_flush(msched__history_reader *in);
/* A remark on the record at an offset; only the first hundred are kept. 0 when out of memory. */
int msched__history_remark(msched__history_reader *in, size_t at, const char *reason);
/* A remark on the file as a whole, which loses no record. 0 when out of memory. */
int msched__history_note(msched__history_reader *in, const char *text);

/* Read one file of a kind. MSCHED_OK, MEMORY, LIMIT or SYNTAX. */
msched_result msched__history_read_json(msched__history_reader *in, msched_error *err);
msched_result msched__history_read_csv(msched__history_reader *in, msched_error *err);

/*
 * *is_table: whether a text begins like a table of plays, not of songs with dates. 0 when out of
 * memory.
 */
int msched__history_is_table(msched__slice head, const msched_allocator *allocator, int *is_table);

/* Sort, remove duplicates and number recordings. MSCHED_OK or MEMORY. */
msched_result msched__history_finish(msched_history *history, uint32_t file_count,
                                     msched_error *err);

#endif
