/*
 * catalog/build/late.h: columns and indexes of a catalog that nothing needs while it is loaded. The
 * first call that needs them makes them: which tracks are the same recording, the tracks of each
 * recording, the entries of each track, and the tracks by popularity. It also packs the features.
 */
#ifndef MSCHED_CATALOG_BUILD_LATE_H
#define MSCHED_CATALOG_BUILD_LATE_H

#include "catalog/catalog_check.h"

/* The parts that are made late. */
#define MSCHED__LATE_PARTS                                                                         \
    (UINT32_C(1) << MSCHED__PART_RANKING | UINT32_C(1) << MSCHED__PART_ENTRIES_OF_TRACKS |         \
     UINT32_C(1) << MSCHED__PART_TRACKS_OF_RECORDINGS | UINT32_C(1) << MSCHED__PART_TRACKS |       \
     MSCHED__FEATURE_PARTS)

/* For msched__catalog_check: makes the late parts, one thread at a time. */
extern const msched__catalog_checks msched__late_checks;

#endif
