/* catalog/cells/artist_title.h: texts that name an artist and a title. */
#ifndef MSCHED_CATALOG_CELLS_ARTIST_TITLE_H
#define MSCHED_CATALOG_CELLS_ARTIST_TITLE_H

#include "base/slice.h"

/*
 * Split at " - ", with any dash, or at " by ", which stands before the artist. With `title_first`
 * the artist is behind the last dash, else before the first. 0, and nothing written, where the text
 * has none or nothing stands on one side of it.
 */
int msched__split_artist_title(msched__slice text, int title_first, int by, msched__slice *artist,
                               msched__slice *title);

#endif
