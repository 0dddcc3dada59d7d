/* playlist/history_columns.h: which column of a table is what of a play. */
#ifndef MSCHED_PLAYLIST_HISTORY_COLUMNS_H
#define MSCHED_PLAYLIST_HISTORY_COLUMNS_H

#include "base/slice.h"

#include <musicsched/catalog.h>

#define MSCHED__NO_FIELD 1000

enum msched__history_column {
    MSCHED__PLAY_TIME,
    MSCHED__PLAY_TITLE,
    MSCHED__PLAY_ARTIST,
    MSCHED__PLAY_ALBUM,
    MSCHED__PLAY_LINK,
    MSCHED__PLAY_MS,
    MSCHED__PLAY_SKIPPED,
    MSCHED__PLAY_REASON,
    MSCHED__PLAY_EPISODE,
    MSCHED__PLAY_END,     /* the time, where the time of the beginning is empty */
    MSCHED__PLAY_EVENT,   /* Apple's table has other events, too */
    MSCHED__PLAY_SECONDS, /* Deezer's length of a play */
    MSCHED__PLAY_LENGTH,  /* of the song, however long it was heard */
    MSCHED__PLAY_COLUMNS
};

typedef struct msched__history_columns {
    uint32_t field[MSCHED__PLAY_COLUMNS]; /* MSCHED__NO_FIELD: there is none */
    uint32_t skip_rows;                   /* before the first play */
    char delimiter;
    int is_found; /* a time, a title and an artist are there; Apple may leave out the artist */
    int is_sure;  /* only listening histories have these columns */
} msched__history_columns;

/*
 * Find the delimiter and the columns from the first bytes of a table, by the names in its header;
 * a table without a header has artist, album, title and time. MSCHED_OK or MEMORY.
 */
msched_result msched__history_columns_find(msched__history_columns *columns, msched__slice head,
                                           const msched_allocator *allocator);

#endif
