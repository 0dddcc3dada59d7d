/* catalog/cells/cell_list.h: cells that are explicitly lists of artists or genres. */
#ifndef MSCHED_CATALOG_CELLS_CELL_LIST_H
#define MSCHED_CATALOG_CELLS_CELL_LIST_H

#include "base/buffer.h"
#include "catalog/cells/row.h"

/*
 * Append the members of "['A', "B's"]", as Python, JSON and NumPy write lists, or the values of
 * "{16: 'A', 61: 'B'}", with MSCHED__MEMBER_END and a blank between them. 0, with nothing appended,
 * where the cell is not such a list.
 */
int msched__cell_list(msched__buffer *out, msched__slice text);

/*
 * The same for "A, B" if `uris`, a cell with one URI per artist, or `number` (0: unknown) confirms
 * the number of artists.
 */
int msched__cell_counted_list(msched__buffer *out, msched__slice text, msched__slice uris,
                              uint32_t number);

/*
 * Append the text that the inside of Python's b'..' denotes, in which \xc3 is a byte, and set *text
 * to it. 0, with nothing appended, if that is not UTF-8.
 */
int msched__cell_bytes(msched__buffer *out, msched__slice *text);

/* 1 if the text has a character reference of HTML, such as "&amp;" and "&#39;". */
int msched__cell_has_references(msched__slice text);
/* Append the text with the characters that its references denote, and set *text to it. */
void msched__cell_references(msched__buffer *out, msched__slice *text);

#endif
