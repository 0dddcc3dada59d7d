/* query/group_keys.h: which group a track or an entry is in. */
#ifndef MSCHED_QUERY_GROUP_KEYS_H
#define MSCHED_QUERY_GROUP_KEYS_H

#include "query/key_order.h"

typedef struct msched__group_keys {
    const msched_catalog *catalog;
    uint32_t by, count;            /* groups are 0 .. count - 1 */
    const uint32_t *of_entry;      /* group of each entry (MSCHED__NONE: none), or NULL */
    const uint32_t *of_track;      /* group of each track, or NULL */
    const uint32_t *order;         /* groups by key; NULL: their numbers ascend with the keys */
    const uint32_t *sorted_tracks; /* all tracks by key and popularity, where the catalog has such an index; else NULL */
    const uint32_t *sorted_names;  /* text offsets of the keys in their order, with sorted_tracks */
    const uint32_t *sorted_values; /* of those tracks: place of the group in `order` << 7 | popularity */
    uint32_t *own;                 /* memory of of_track for the keys made of dates */
    int32_t first;                 /* the year or decade of group 0 */
} msched__group_keys;

/* MSCHED_OK or MEMORY. Free it also on failure. */
msched_result msched__group_keys_create(msched__group_keys *keys, const msched_catalog *catalog, uint32_t by,
                                        const msched_allocator *allocator, msched_error *err);
void msched__group_keys_free(msched__group_keys *keys, const msched_allocator *allocator);

#define MSCHED__KEY_TEXT_SIZE 8 /* "2019-06" */

/* Key and label of a group; keys of dates are written to `text`. */
void msched__group_keys_name(const msched__group_keys *keys, uint32_t group, char text[MSCHED__KEY_TEXT_SIZE], const char **key,
                             const char **label);

#endif
