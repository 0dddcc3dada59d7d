/* arrow/arrow_catalog.h: what a catalog and the results about it have in common as Arrow tables. */
#ifndef MSCHED_ARROW_CATALOG_H
#define MSCHED_ARROW_CATALOG_H

#include "arrow/arrow_table.h"

/* A text of a track or an entry, as msched_catalog_track_artist gives it. */
typedef const char *(*msched__arrow_member_fn)(const msched_catalog *catalog, uint32_t row,
                                               uint32_t index);

/*
 * A column of lists: all members of each of `count` rows of the catalog. `rows` picks them; NULL:
 * 0, 1, 2 .. A row that is out of range has an empty list.
 */
void msched__arrow_add_members(msched__arrow_table *table, const char *name,
                               const msched_catalog *catalog, msched__arrow_member_fn member,
                               const uint32_t *rows, uint32_t count);

#endif
