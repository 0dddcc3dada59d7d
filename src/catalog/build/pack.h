/* catalog/build/pack.h: features of few different values in less memory. */
#ifndef MSCHED_CATALOG_BUILD_PACK_H
#define MSCHED_CATALOG_BUILD_PACK_H

#include "catalog/catalog_data.h"

/*
 * Keep each different value of a feature once, where that takes less memory. Nobody may read the
 * features meanwhile. 0 when out of memory: some may be packed, and another call packs the others.
 */
int msched__pack_features(msched_catalog *catalog);

#endif
