/* catalog/cells/artist_title.h: texts that name an artist and a title. */
#ifndef MSCHED_CATALOG_CELLS_ARTIST_TITLE_H
#define MSCHED_CATALOG_CELLS_ARTIST_TITLE_H

#include "base/slice.h"

/*
 * Split at " - ", with any dash, or at " by ", which precedes the artist. With `title_first`, the
 * artist follows the last dash; otherwise it precedes the first. 0, and nothing is written, if the
 * text has no separator or one side of it is empty.
 */
int msched__split_artist_title(msched__slice text, int title_first, int by, msched__slice *artist,
                               msched__slice *title);
/* 1 if the text is ="071", with which it stays a text in a spreadsheet. */
int msched__is_protected(msched__slice text);
/* A title without the quotes around it, straight or curly; as it is if it has none. */
msched__slice msched__without_quotes(msched__slice text);

#endif
