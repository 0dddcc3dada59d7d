/*
 * playlist/history_nested.h: histories in JSON of services whose records are nested: ListenBrainz,
 * YouTube Music (Google Takeout), and pages of the Web APIs of Spotify and Last.fm.
 */
#ifndef MSCHED_PLAYLIST_HISTORY_NESTED_H
#define MSCHED_PLAYLIST_HISTORY_NESTED_H

#include "playlist/history_read.h"

/* Whether JSON that begins like this is one of them. */
int msched__history_is_nested(msched__slice head);
/* As msched__history_read_json. The values may follow each other, as in JSON lines. */
msched_result msched__history_read_nested(msched__history_reader *in, msched_error *err);

#endif
