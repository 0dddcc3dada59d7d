/*
 * schedule/model/artists.h: songs of one artist. A song by several is one of each of them; see
 * artist_members in catalog/catalog_data.h.
 */
#ifndef MSCHED_ARTISTS_H
#define MSCHED_ARTISTS_H

#include "schedule/model/lookup.h"

/* Whether two songs have the same artists or share one. */
int msched__artists_shared(const msched_catalog *catalog, uint32_t a, uint32_t b);
/* Whether one of a song's artists is in a set, with one bit per artist. */
int msched__artists_any(const msched_catalog *catalog, const uint64_t *bits, uint32_t artist);
/* Add all of a song's artists to the set. */
void msched__artists_add(const msched_catalog *catalog, uint64_t *bits, uint32_t artist);

/*
 * Number the artists of the wishes so that songs that share an artist, directly or through others,
 * have the same number. 0 when out of memory.
 */
int msched__artists_number(msched__arena *arena, const msched_catalog *catalog,
                           msched__wish *wishes, uint32_t count);

#endif
