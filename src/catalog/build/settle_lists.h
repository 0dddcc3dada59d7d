/* catalog/build/settle_lists.h: which texts of an input are lists of artists or genres. */
#ifndef MSCHED_CATALOG_BUILD_SETTLE_LISTS_H
#define MSCHED_CATALOG_BUILD_SETTLE_LISTS_H

#include "catalog/build/builder_data.h"

/*
 * At the end of an input: find which of its texts are lists, from all of them together, and report
 * it. 0 when out of memory.
 */
int msched__builder_settle_lists(msched_catalog_builder *builder);

#endif
