/* query/lookup/near_names.h: suggestions for an unknown genre, artist or playlist name. */
#ifndef MSCHED_QUERY_LOOKUP_NEAR_NAMES_H
#define MSCHED_QUERY_LOOKUP_NEAR_NAMES_H

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

/* Whether the catalog has exactly this name or playlist id. */
int msched__name_exists(const msched_catalog *catalog, enum msched__name_kind kind,
                        const char *name);

/*
 * A correction for a name that is unknown in these kinds (bit k: kind k): similar names, another
 * kind that has the name, or the list of all names if there are few: `did you mean "pop"?`. Returns
 * `out`.
 */
const char *msched__names_near(char out[MSCHED__NEAR_NAMES_ROOM], const msched_catalog *catalog,
                               uint32_t kinds, const char *name);

#endif
