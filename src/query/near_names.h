/* query/near_names.h: what a name that no genre, artist or playlist has may have meant. */
#ifndef MSCHED_QUERY_NEAR_NAMES_H
#define MSCHED_QUERY_NEAR_NAMES_H

#include "catalog/catalog_data.h"

enum msched__name_kind {
    MSCHED__NAME_GENRE = 0,
    MSCHED__NAME_SUBGENRE = 1,
    MSCHED__NAME_ARTIST = 2,
    MSCHED__NAME_PLAYLIST = 3,
    MSCHED__NAME_KINDS = 4
};

#define MSCHED__NEAR_NAMES_ROOM 160

/* "genre", "subgenre", "artist" or "playlist". */
const char *msched__name_kind(enum msched__name_kind kind);

/* Whether a name of the catalog, or an id of its playlists, is this one, byte by byte. */
int msched__name_exists(const msched_catalog *catalog, enum msched__name_kind kind,
                        const char *name);

/*
 * How to mend a name that nothing of these kinds (bit k: kind k) has: the names that come near it,
 * what else is called so, or which few there are: `did you mean "pop"?`. Returns `out`.
 */
const char *msched__names_near(char out[MSCHED__NEAR_NAMES_ROOM], const msched_catalog *catalog,
                               uint32_t kinds, const char *name);

#endif
