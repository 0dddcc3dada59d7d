/* catalog/read/column_alias.h: names of columns in public files and in several languages. */
#ifndef MSCHED_CATALOG_READ_COLUMN_ALIAS_H
#define MSCHED_CATALOG_READ_COLUMN_ALIAS_H

#include "catalog/cells/row.h"

/*
 * The column that a field of a header is named after in any language or public file, or
 * MSCHED__COLUMN_ALL; `rank` receives the certainty, 0 for the surest, and `unit` the unit in the
 * name.
 */
uint32_t msched__column_alias(msched__slice name, uint32_t *rank, uint8_t *unit);

#endif
