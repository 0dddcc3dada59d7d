/* catalog/cells/artist_title.h: texts that name an artist and a title. */
#ifndef MSCHED_CATALOG_CELLS_ARTIST_TITLE_H
#define MSCHED_CATALOG_CELLS_ARTIST_TITLE_H

#include "base/slice.h"

enum msched__between {
    MSCHED__BETWEEN_DASH, /* " - ", with any dash */
    MSCHED__BETWEEN_BY,   /* " by ", which precedes the artist */
    MSCHED__BETWEEN_SLASH /* " / " */
};

/*
 * Split at what is `between` artist and title. With `title_first`, the artist follows the last
 * sign; otherwise it precedes the first. 0, and nothing is written, if the text has no such sign or
 * one side of it is empty.
 */
int msched__split_artist_title(msched__slice text, int title_first, enum msched__between between,
                               msched__slice *artist, msched__slice *title);
/* 1 if the text is ="071", with which it stays a text in a spreadsheet. */
int msched__is_protected(msched__slice text);
/* A title without the quotes around it, straight or curly; as it is if it has none. */
msched__slice msched__without_quotes(msched__slice text);

#endif
