/* playlist/playlist_match.h: the internals of a match. */
#ifndef MSCHED_PLAYLIST_PLAYLIST_MATCH_H
#define MSCHED_PLAYLIST_PLAYLIST_MATCH_H

#include "catalog/catalog_data.h"
#include "playlist/playlist_data.h"

typedef struct msched__playlist_hit {
    uint32_t found, track; /* MSCHED__NONE: none */
    uint32_t candidate_count;
    const uint32_t *candidates;
} msched__playlist_hit;

struct msched_playlist_match {
    msched__refcount refs;
    msched_allocator allocator;
    msched__arena arena;
    msched_playlist *playlist; /* owned, as the catalog */
    msched_catalog *catalog;
    msched__playlist_hit *hits; /* one for each song */
    uint32_t found_count;
};

#endif
