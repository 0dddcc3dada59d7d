/*
 * catalog/cells/summary_row.h: rows of a song table that contain a total or a note instead of a
 * song.
 */
#ifndef MSCHED_CATALOG_CELLS_SUMMARY_ROW_H
#define MSCHED_CATALOG_CELLS_SUMMARY_ROW_H

#include "base/slice.h"

/*
 * Whether a row with these cells has, in place of an id, a title and an artist, nothing but a word
 * for a total ("Total", "Summe:", "25 songs") or, as the id, a text with blanks. A song called
 * "Total" has an artist or a longer id.
 */
int msched__is_summary_row(msched__slice id, msched__slice title, msched__slice artist);

#endif
