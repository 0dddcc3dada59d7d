/*
 * time/axis.h: the axis of a plan. The solver counts real seconds from local midnight of the plan's
 * first date; people and documents give clock times. The two differ if clocks change, and only this
 * file converts between them.
 *
 * A clock time also counts from that midnight: 25:30 is half past one on the next date, with 86400
 * s for each date. The flag MSCHED_TIME_SECOND means the second of two moments that show it.
 */
#ifndef MSCHED_TIME_AXIS_H
#define MSCHED_TIME_AXIS_H

#include "time/zone.h"

#include <musicsched/base.h>

#define MSCHED__AXIS_PARTS 12 /* changes in the span plus 1; a month has at most two today */

/* From real second `from` on, clocks show the real second plus `ahead`. */
typedef struct msched__axis_part {
    int32_t from, ahead;
} msched__axis_part;

typedef struct msched__axis {
    /* of real second 0, in seconds since 1970-01-01T00:00:00Z; without a zone, as if it were UTC */
    int64_t zero_utc;
    uint32_t count; /* 0: no zone, a day of 24 hours like any other */
    /* ascending; the first one has no beginning */
    msched__axis_part parts[MSCHED__AXIS_PARTS];
} msched__axis;

/*
 * The axis from midnight of a date (days since 1970-01-01) for `span_s` seconds; zone NULL: without
 * changes.
 */
void msched__axis_make(msched__axis *axis, const msched__zone *zone, int64_t days, int32_t span_s);
/*
 * As above, with the zone of that name in a directory (NULL: the system's); "": without changes.
 * MSCHED_OK, or why the zone could not be read; then also without changes.
 */
msched_result msched__axis_load(msched__axis *axis, const char *zoneinfo_dir, const char *timezone,
                                int64_t days, int32_t span_s, const msched_allocator *allocator);

/*
 * The real second of a clock time. A time that clocks skip counts with the offset before the change
 * (RFC 5545). If a time is shown only once, its flag is ignored.
 */
enum msched__local_kind msched__axis_from_time(const msched__axis *axis, int32_t time,
                                               int32_t *real);
/* The same without the kind; MSCHED_UNSET stays. */
int32_t msched__axis_real(const msched__axis *axis, int32_t time);

/*
 * What clocks show at a real second, with the flag if it is the second of two; MSCHED_UNSET stays.
 */
int32_t msched__axis_to_time(const msched__axis *axis, int32_t real);
/* The same for an end: if clocks jump forward at that very moment, the time before the jump. */
int32_t msched__axis_to_end(const msched__axis *axis, int32_t real);

/* A clock time without its flag. */
static inline int32_t msched__plain_time(int32_t time)
{
    return time < 0 ? time : time & ~MSCHED_TIME_SECOND;
}

#endif
