/* query/popularity/group_index.h: precomputed data for grouping, built once per catalog. */
#ifndef MSCHED_QUERY_POPULARITY_GROUP_INDEX_H
#define MSCHED_QUERY_POPULARITY_GROUP_INDEX_H

#include "catalog/saved/saved_form.h"

#include <musicsched/popularity.h>

/* Packed facts about a row (an entry or a track). */
typedef uint16_t msched__value;
enum {
    MSCHED__VALUE_POPULARITY = 127, /* mask */
    /* shifted left by 0, 1, 2: an earlier entry of the track has this genre, subgenre, playlist */
    MSCHED__VALUE_REPEATS = 1 << 7,
    MSCHED__VALUE_OUTDONE = 1 << 10, /* another track represents the recording */
    MSCHED__VALUE_LAST = 1 << 11     /* the last row of its group */
};

/*
 * Rows by group, then by ascending popularity. Rows in no group and groups without rows are left
 * out.
 */
typedef struct msched__sorted_rows {
    uint32_t *rows; /* entries or tracks; NULL: not sorted, because there are few groups */
    msched__value *values;
    /* text offsets of the groups' keys, ascending by bytes; of months: year << 4 | month */
    uint32_t *keys;
    uint32_t *labels; /* text offsets; NULL: as the keys */
    uint32_t row_count, group_count;
} msched__sorted_rows;

typedef struct msched__group_index {
    msched__attached attached;
    msched__value *of_entry, *of_track;
    uint32_t *months;      /* year << 4 | month (0: not known) of all release dates, ascending */
    uint32_t *track_month; /* place in `months`; month_count: no date */
    uint32_t month_count;
    msched__sorted_rows sorted[MSCHED_BY_YEAR_MONTH + 1]; /* by enum msched_group_key */
    _Atomic uint32_t checked;                             /* bits of what was checked */
    /* what is used instead of one in a saved catalog that is damaged, or NULL */
    _Atomic(struct msched__group_index *) instead;
} msched__group_index;

/*
 * To group by `by`; the rest of a saved index may not have been checked. NULL and an error when out
 * of memory, or where the saved catalog is damaged.
 */
const msched__group_index *msched__group_index_of(const msched_catalog *catalog, uint32_t by,
                                                  msched_error *err);

/* Its form in a saved catalog, and the index read from it; NULL if that is unusable. */
void msched__group_index_form(msched__attached *attached, const msched_catalog *catalog,
                              msched__form *form);
msched__attached *msched__group_index_open(const msched_catalog *catalog);

#endif
