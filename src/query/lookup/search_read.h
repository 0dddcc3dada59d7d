/*
 * query/lookup/search_read.h: look up exact texts and words in the search index.
 */
#ifndef MSCHED_QUERY_LOOKUP_SEARCH_READ_H
#define MSCHED_QUERY_LOOKUP_SEARCH_READ_H

#include "query/lookup/search_data.h"

/* Where a search begins among `count` slots for a normal title, and a normal artist unless NULL. */
uint32_t msched__search_slot(uint64_t key, uint32_t count, const char *title, size_t title_size,
                             const char *artist, size_t artist_size);
static inline uint32_t msched__search_next_slot(uint32_t slot, uint32_t count)
{
    return slot + 1 == count ? 0 : slot + 1;
}

/* The word's number, or MSCHED__NONE. */
uint32_t msched__search_find_word(const msched__search *search, const char *word);
/* Words from *low to before *high begin with `prefix`. */
void msched__search_find_prefix(const msched__search *search, const char *prefix, uint32_t *low,
                                uint32_t *high);
/*
 * First doc with this normal title (and this normal artist, unless NULL), or MSCHED__NONE; the
 * others by title_next or pair_next.
 */
uint32_t msched__search_find_exact(const msched__search *search, const char *title,
                                   size_t title_size, const char *artist, size_t artist_size);
/*
 * The first doc from `doc` on, in the chain of title_next, with an artist of this normal name among
 * several; or MSCHED__NONE.
 */
uint32_t msched__search_shared_by(const msched__search *search, uint32_t doc, const char *artist,
                                  size_t artist_size);

#endif
