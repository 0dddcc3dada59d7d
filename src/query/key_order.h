/* query/key_order.h: the names of a catalog in the order of their bytes, made once per catalog. */
#ifndef MSCHED_QUERY_KEY_ORDER_H
#define MSCHED_QUERY_KEY_ORDER_H

#include "catalog/catalog_data.h"

typedef struct msched__key_order {
    msched__attached attached;
    uint32_t *genres, *subgenres, *artists; /* indices ordered by name */
    uint32_t *playlists;                    /* indices ordered by playlist id */
    uint32_t *artist_tracks;                /* all tracks: artists in the order above, each least popular first */
    uint32_t *artist_values;                /* of those tracks: place of the artist in `artists` << 7 | popularity; NULL where
                                               there are too many artists for that */
    uint32_t *artist_names;                 /* text offsets of the names of `artists` */
} msched__key_order;

/* NULL and an error when out of memory. */
const msched__key_order *msched__key_order_of(const msched_catalog *catalog, msched_error *err);

/* Index whose text is `key` among `count` ordered ids, or MSCHED__NONE. `offsets` are the text offsets by id. */
uint32_t msched__key_find(const msched_catalog *catalog, const uint32_t *ordered, const uint32_t *offsets, uint32_t count,
                          const char *key);

/*
 * Row numbers ordered by the place of their group in `order` (NULL: by number), then by value; rows whose group is
 * MSCHED__NONE are left out. `starts` has room for group_count + 102 numbers, `scratch` and `out` for row_count. Returns how many.
 */
uint32_t msched__arrange_rows(uint32_t *out, uint32_t *scratch, uint32_t *starts, const uint32_t *group, const uint8_t *value,
                              uint32_t row_count, const uint32_t *order, uint32_t group_count);

#endif
