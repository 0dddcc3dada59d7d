/*
 * time/zone.h: what clocks show in a time zone. No state outside the object; the files are those of
 * zoneinfo (TZif).
 */
#ifndef MSCHED_TIME_ZONE_H
#define MSCHED_TIME_ZONE_H

#include "time/tzif.h"

#define MSCHED__ZONEINFO_DIR "/usr/share/zoneinfo"

typedef struct msched__zone {
    msched__tzif data;
} msched__zone;

/*
 * 1 if `name` has the form of an IANA name: letters, digits, "_+-" in parts between single "/", at
 * most 64 bytes.
 */
int msched__zone_name_valid(const char *name);

/*
 * Read DIR/NAME; dir NULL: MSCHED__ZONEINFO_DIR. MSCHED_OK, MSCHED_ERROR_NOT_FOUND (no such zone,
 * or an impossible name), MSCHED_ERROR_IO, MSCHED_ERROR_SYNTAX, MSCHED_ERROR_LIMIT or
 * MSCHED_ERROR_MEMORY. Free with msched__zone_free.
 */
msched_result msched__zone_load(msched__zone *zone, const char *dir, const char *name,
                                const msched_allocator *allocator, msched_error *err);
void msched__zone_free(msched__zone *zone);

/* What clocks show at a moment; borrowed from the zone. */
const msched__tz_type *msched__zone_at(const msched__zone *zone, int64_t utc);

/* A moment at which clocks change. */
typedef struct msched__zone_change {
    int64_t utc;
    const msched__tz_type *before, *after;
} msched__zone_change;

/*
 * First change after `utc`, and last one at or before it. 0 if there is none. Changes without a
 * visible effect are skipped.
 */
int msched__zone_next(const msched__zone *zone, int64_t utc, msched__zone_change *change);
int msched__zone_last(const msched__zone *zone, int64_t utc, msched__zone_change *change);

enum msched__local_kind {
    MSCHED__LOCAL_ONCE = 0,  /* an ordinary local time */
    MSCHED__LOCAL_NEVER = 1, /* clocks skip it */
    MSCHED__LOCAL_TWICE = 2  /* clocks show it twice */
};

/*
 * Moment of a local time, given as seconds since 1970-01-01T00:00:00 on the local clock. As RFC
 * 5545 section 3.3.5 says: of two moments, the first; a time that clocks skip counts with the
 * offset before the change.
 */
enum msched__local_kind msched__zone_from_local(const msched__zone *zone, int64_t local,
                                                int64_t *utc);

#endif
