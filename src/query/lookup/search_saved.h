/*
 * query/lookup/search_saved.h: the search index in a saved catalog.
 */
#ifndef MSCHED_QUERY_LOOKUP_SEARCH_SAVED_H
#define MSCHED_QUERY_LOOKUP_SEARCH_SAVED_H

#include "query/lookup/search_data.h"

/* Write the index into a saved catalog, and read it; NULL if the saved index is unusable. */
void msched__search_form(msched__attached *attached, const msched_catalog *catalog,
                         msched__form *form);
msched__attached *msched__search_open(const msched_catalog *catalog);
/* The slots with another hash key; each array has slot_count elements. 0 when out of memory. */
int msched__search_place(const msched__search *search, uint64_t key, uint32_t *title_slots,
                         uint32_t *pair_slots);

#endif
