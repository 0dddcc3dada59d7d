/* catalog/read/row_strict.h: cells that must have the form of the data set. */
#ifndef MSCHED_CATALOG_READ_ROW_STRICT_H
#define MSCHED_CATALOG_READ_ROW_STRICT_H

#include "catalog/cells/row.h"
#include "catalog/read/row_state.h"

/* Only cells in the form of the data set: VALUE for any other. */
msched_result msched__read_strict(const msched__row_reader *reader, msched__values *values,
                                  const msched__row_place *place, msched_error *err);

#endif
