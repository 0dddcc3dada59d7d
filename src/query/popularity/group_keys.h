/* query/popularity/group_keys.h: the group of each row. */
#ifndef MSCHED_QUERY_POPULARITY_GROUP_KEYS_H
#define MSCHED_QUERY_POPULARITY_GROUP_KEYS_H

#include "query/popularity/group_index.h"

typedef struct msched__group_keys {
    const msched_catalog *catalog;
    const msched__group_index *index;
    uint32_t by, count; /* groups are 0 .. count - 1, in the catalog's numbers */
    /* mask of msched__value: an earlier row of the track is in its group */
    uint32_t repeats;
    int of_entries; /* rows are entries; else tracks */
    /* if there are many groups, the rows sorted by group; else NULL */
    const msched__sorted_rows *sorted;
    /* group of each row (MSCHED__NONE: none); NULL: all are in group 0, or sorted */
    const uint32_t *of_row;
    /* groups by key; NULL: their numbers ascend with the keys, or sorted */
    const uint32_t *order;
    /* text offsets by group (sorted: in order); NULL: a single group */
    const uint32_t *keys;
    const uint32_t *labels; /* the same for the labels */
    /* a row is in each group that the list it is in names; NULL: no row is in several */
    const msched__index *lists;
    int are_dates; /* keys are year << 4 | month instead */
    uint32_t *own_groups, *own_dates;
} msched__group_keys;

/* MSCHED_OK or MEMORY. Free it also on failure. */
msched_result msched__group_keys_create(msched__group_keys *keys, const msched_catalog *catalog,
                                        uint32_t by, const msched_allocator *allocator,
                                        msched_error *err);
void msched__group_keys_free(msched__group_keys *keys, const msched_allocator *allocator);

#define MSCHED__KEY_TEXT_SIZE 8 /* "2019-06" */

/* Text of a key made of a date. */
void msched__group_keys_write_date(const msched__group_keys *keys, uint32_t group,
                                   char text[MSCHED__KEY_TEXT_SIZE]);

#endif
