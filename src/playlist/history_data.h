/* playlist/history_data.h: the inside of a history: plays in columns of a song table. */
#ifndef MSCHED_PLAYLIST_HISTORY_DATA_H
#define MSCHED_PLAYLIST_HISTORY_DATA_H

#include "base/error.h"
#include "base/intern.h"
#include "base/refcount.h"

#include <musicsched/history.h>

#define MSCHED__HISTORY_REMARKS 100

typedef struct msched__play {
    int64_t utc;
    int32_t ms; /* -1: not given */
    uint32_t song;
    uint16_t file;
    int8_t skipped; /* 1, 0, -1: not known */
    uint8_t whole;  /* it ended because the track did */
} msched__play;

/* An artist and title in their first spelling. */
typedef struct msched__history_song {
    uint32_t album, track_id; /* text offsets */
    uint32_t recording;       /* equal after case folding */
    uint32_t artist;          /* number of its artist, equal after case folding */
    int32_t given_ms;         /* its length by the file; 0: not given */
    int32_t longest_ms;       /* of plays that were not skipped; 0: unknown */
} msched__history_song;

struct msched_history {
    msched__refcount refs;
    msched_allocator allocator;
    msched__text_pool pool;
    msched__intern names; /* (artist, title) of each song */
    msched__history_song *songs;
    size_t song_capacity;
    msched__play *plays; /* in order of time */
    size_t play_count, play_capacity;
    uint32_t recording_count, artist_count;
    uint64_t episodes, duplicates, unreadable, schedules;
    uint32_t *file_names; /* text offsets of the names of the files */
    uint32_t file_name_count;
    uint8_t was_opened; /* read from files, so that their names are known */
    char *remarks[MSCHED__HISTORY_REMARKS];
    uint32_t remark_count;
};

static inline const char *msched__history_artist(const msched_history *history, uint32_t song)
{
    return history->pool.data + history->names.offsets[song];
}

const char *msched__history_title(const msched_history *history, uint32_t song);

#endif
