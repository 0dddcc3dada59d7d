/* catalog/build/settle.h: units that only all cells of a column together reveal. */
#ifndef MSCHED_CATALOG_BUILD_SETTLE_H
#define MSCHED_CATALOG_BUILD_SETTLE_H

#include "catalog/build/builder_data.h"
#include "catalog/cells/row.h"

/* At the end of an input: give its tracks the units that its cells together reveal. */
msched_result msched__builder_settle(msched_catalog_builder *builder,
                                     const msched__evidence *evidence, msched_error *err);

#endif
