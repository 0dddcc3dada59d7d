/* catalog/read/row_values.h: the cells of a row as values. */
#ifndef MSCHED_CATALOG_READ_ROW_VALUES_H
#define MSCHED_CATALOG_READ_ROW_VALUES_H

#include "catalog/cells/row.h"
#include "catalog/read/row_state.h"

/*
 * Read every cell that can be read; the others count as unknown. NOT_FOUND: no title and artist,
 * and no id. MEMORY.
 */
msched_result msched__read_values(msched__row_reader *reader, msched__values *values,
                                  const msched__row_place *place, msched_error *err);

#endif
