/* catalog/build/builder_compare.h: another row of a track from an earlier row. */
#ifndef MSCHED_CATALOG_BUILD_BUILDER_COMPARE_H
#define MSCHED_CATALOG_BUILD_BUILDER_COMPARE_H

#include "catalog/build/builder_data.h"
#include "catalog/cells/row.h"

/*
 * Compare a row with its track, which an earlier row gave. Unknown fields are filled in, and
 * differences are counted; with strict, a difference is a CONFLICT.
 */
msched_result msched__builder_compare(msched_catalog_builder *builder, uint32_t track,
                                      const msched__values *values, const msched__row_place *place,
                                      msched_error *err);

#endif
