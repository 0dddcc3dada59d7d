/*
 * query/lookup/search_index.h: the search index of a catalog, built at the first lookup.
 */
#ifndef MSCHED_QUERY_LOOKUP_SEARCH_INDEX_H
#define MSCHED_QUERY_LOOKUP_SEARCH_INDEX_H

#include "query/lookup/search_data.h"

/* NULL and an error when out of memory. */
const msched__search *msched__search_of(const msched_catalog *catalog, msched_error *err);

/* The index if something has needed it before, else NULL. */
const msched__search *msched__search_made(const msched_catalog *catalog);

#endif
