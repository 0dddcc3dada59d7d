/* playlist/history_takeout.h: the watch history that Google Takeout gives of YouTube Music. */
#ifndef MSCHED_PLAYLIST_HISTORY_TAKEOUT_H
#define MSCHED_PLAYLIST_HISTORY_TAKEOUT_H

#include "playlist/history_read.h"

typedef struct msched__takeout {
    msched__slice header; /* "YouTube Music" or "YouTube"; "": another service */
    int is_takeout;       /* the artist of the record is the name of a channel */
    int is_ad;
} msched__takeout;

/*
 * Make a record as it was read, "Watched Title" by "Artist - Topic", that of a song; one that is a
 * video or an advertisement becomes an episode. Other services' records stay. NULL, or why it is
 * neither.
 */
const char *msched__takeout_make_song(const msched__takeout *takeout,
                                      msched__history_record *record);

#endif
