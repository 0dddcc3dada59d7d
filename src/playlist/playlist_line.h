/* playlist/playlist_line.h: the parts of a line that a person or a player wrote for a song. */
#ifndef MSCHED_PLAYLIST_PLAYLIST_LINE_H
#define MSCHED_PLAYLIST_PLAYLIST_LINE_H

#include "playlist/playlist_data.h"

/* "3:07" and "1:03:07" as milliseconds; 0: anything else. */
int64_t msched__line_clock_ms(msched__slice text);
/* 1 if a dash of any length stands between blanks. */
int msched__line_has_dash(msched__slice text);
/* 0 for an empty line, for signs between songs, and for "?", an unknown song. */
int msched__line_has_letters(msched__slice text);
/*
 * The text without the markers of lists before a song: "- ", "• ", "12. ", "[03] ", "♪ ", and its
 * position in a mix: "[00:06:21] ".
 */
msched__slice msched__line_without_marker(msched__slice text);

/*
 * Fill title, and where they can be told apart artist, album and length of a draft, from text
 * without a marker: "Artist - [Album #01] Title", "Title - Artist (3:07)", "\"Title\" by Artist",
 * "Artist // Title". A text with a dash alone stays whole: the catalog shows which side is which.
 */
void msched__line_read(msched__playlist_draft *draft, msched__slice text);

/*
 * Fill artist, album and title from "Artist - [Album #01] Title" or "Artist - [Album] - 01 -
 * Title", which players write. 0: the text has another form.
 */
int msched__line_read_album(msched__playlist_draft *draft, msched__slice text);

/* Readings of a line without a dash. */
#define MSCHED__LINE_READINGS 3u

/*
 * Reading `n` of a text: "Title by Artist", "Artist: Title", "Title (Artist)". 0 if it has not that
 * form.
 */
int msched__line_split(msched__slice text, uint32_t n, msched__slice *title, msched__slice *artist);

#endif
