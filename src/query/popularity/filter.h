/* query/popularity/filter.h: which tracks and entries a query includes. */
#ifndef MSCHED_QUERY_POPULARITY_FILTER_H
#define MSCHED_QUERY_POPULARITY_FILTER_H

#include "catalog/catalog_data.h"

#include <musicsched/popularity.h>

typedef struct msched__filter {
    const msched_catalog *catalog;
    msched_allocator allocator;
    msched_filter given;
    /* whether there are any conditions on each */
    int on_tracks, on_entries;
    uint8_t *genres, *subgenres, *artists, *playlists; /* by index: wanted; NULL: all */
} msched__filter;

/*
 * `given` may be NULL. MSCHED_OK, ARGUMENT, MEMORY, or NOT_FOUND for a name that is not in the
 * catalog.
 */
msched_result msched__filter_create(msched__filter *filter, const msched_catalog *catalog,
                                    const msched_filter *given, const msched_allocator *allocator,
                                    msched_error *err);
void msched__filter_free(msched__filter *filter);

/* MSCHED_OK if it is a value of msched_count, else ARGUMENT. */
msched_result msched__check_count(uint32_t count, msched_error *err);

/* The conditions on the entry's playlist, genre and subgenre alone. */
int msched__filter_entry(const msched__filter *filter, uint32_t entry);
/*
 * All conditions; the conditions on entries hold if a single entry of the track meets all of them.
 */
int msched__filter_track(const msched__filter *filter, uint32_t track);

/*
 * How often each track counts, in weights[0..track_count): by entries its passing entries, by
 * tracks 0 or 1, by recordings 1 for the most popular passing track of each recording.
 */
void msched__filter_weigh(const msched__filter *filter, uint32_t count_unit, uint32_t *weights);

#endif
