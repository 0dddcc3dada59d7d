/* catalog/cells/cell_list.h: cells that hold several artists or genres and say so. */
#ifndef MSCHED_CATALOG_CELLS_CELL_LIST_H
#define MSCHED_CATALOG_CELLS_CELL_LIST_H

#include "base/buffer.h"
#include "catalog/cells/row.h"

/*
 * Append the members of "['A', "B's"]", as Python, JSON and NumPy write lists, with
 * MSCHED__MEMBER_END and a blank between them. 0, with nothing appended, where the cell is not such
 * a list.
 */
int msched__cell_list(msched__buffer *out, msched__slice text);

/*
 * The same of "A, B" where `uris`, a cell with one URI an artist, or `number` (0: not known) says
 * that there are so many.
 */
int msched__cell_counted_list(msched__buffer *out, msched__slice text, msched__slice uris,
                              uint32_t number);

/*
 * Append what the inside of Python's b'..' stands for, in which \xc3 is a byte, and let *text be
 * that. 0, with nothing appended, where that is not UTF-8.
 */
int msched__cell_bytes(msched__buffer *out, msched__slice *text);

#endif
