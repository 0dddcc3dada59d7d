/*
 * query/lookup/duplicates.h: recordings that a catalog lists under several artists or titles, such
 * as "Best Part (feat. H.E.R.)" by Daniel Caesar and "Best Part (feat. Daniel Caesar)" by H.E.R.
 * Two tracks are one recording if they are one title of one artist; or if their titles without
 * additions (query/lookup/plain_title.h) are equal after case folding, their lengths differ by at
 * most two seconds, and an artist is named with both, as the artist or after "feat." in the title.
 * So are tracks that such pairs connect. Built from a catalog at first use.
 */
#ifndef MSCHED_QUERY_LOOKUP_DUPLICATES_H
#define MSCHED_QUERY_LOOKUP_DUPLICATES_H

#include "catalog/saved/saved_form.h"

#define MSCHED__DUPLICATE_MS 2000 /* maximum difference of the lengths */

typedef struct msched__duplicates {
    msched__attached attached;
    uint32_t count;       /* of recordings, duplicates counted once */
    uint32_t *of_track;   /* per track: its recording, 0 .. count - 1 */
    uint8_t owned;        /* 1: the arrays are its own, not the catalog's or the file's */
    msched__index tracks; /* by recording: its tracks, most popular first, then input order */
} msched__duplicates;

/* NULL and an error: MSCHED_ERROR_MEMORY. */
const msched__duplicates *msched__duplicates_of(const msched_catalog *catalog, msched_error *err);

/* Their form in a saved catalog. */
void msched__duplicates_form(msched__attached *attached, const msched_catalog *catalog,
                             msched__form *form);
/* Those of a saved catalog; NULL if it has no valid ones. */
msched__attached *msched__duplicates_open(const msched_catalog *catalog);

#endif
