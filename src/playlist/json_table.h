/* playlist/json_table.h: records in JSON as a table, with every key, for a catalog. */
#ifndef MSCHED_PLAYLIST_JSON_TABLE_H
#define MSCHED_PLAYLIST_JSON_TABLE_H

#include "base/buffer.h"
#include "format/json.h"

/*
 * Write the objects of `array` as CSV with a header: a row for each object, in one line. A key of
 * an object in an object becomes "album.name", and a list a cell of JSON, of the names if its items
 * are objects. Nothing is written if an item is not an object, or if no object has a key.
 */
void msched__json_table_write(msched__buffer *out, const msched__json_node *array);

/*
 * The same for other forms in which data frames are written as an object: an object for each row,
 * an array or an object for each column, or the arrays "columns" and "data". 0, with nothing
 * written, if the object has none of these forms with a column of titles.
 */
int msched__json_frame_write(msched__buffer *out, const msched__json_node *object);

#endif
