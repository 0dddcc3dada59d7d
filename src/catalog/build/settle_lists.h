/* catalog/build/settle_lists.h: which texts of an input are lists of artists or genres. */
#ifndef MSCHED_CATALOG_BUILD_SETTLE_LISTS_H
#define MSCHED_CATALOG_BUILD_SETTLE_LISTS_H

#include "catalog/build/builder_data.h"

/*
 * The end of one input: which of its texts are lists, by what all of them tell together, with a
 * sentence in its report. 0 when out of memory.
 */
int msched__builder_settle_lists(msched_catalog_builder *builder);

#endif
