/*
 * time/axis.h: the axis of a plan. The solver counts real seconds from local midnight of the plan's
 * first date; people and documents give times of the clock. The two differ where clocks change, and
 * only here one becomes the other.
 *
 * A time of the clock counts on from that midnight too: 25:30 is half past one on the next date,
 * 86400 s a date. The flag MSCHED_TIME_SECOND means the second of two moments that show it.
 */
#ifndef MSCHED_TIME_AXIS_H
#define MSCHED_TIME_AXIS_H

#include "time/zone.h"

#include <musicsched/base.h>

#define MSCHED__AXIS_PARTS 12 /* one more than changes in the span; a month has two at most today */

/* From real second `from` on, clocks show the real second plus `ahead`. */
typedef struct msched__axis_part {
    int32_t from, ahead;
} msched__axis_part;

typedef struct msched__axis {
    /* of real second 0, in seconds since 1970-01-01T00:00:00Z; without a zone, as if it were UTC */
    int64_t zero_utc;
    uint32_t count; /* 0: no zone, a day of 24 hours like any other */
    /* ascending; the first one reaches back without end */
    msched__axis_part parts[MSCHED__AXIS_PARTS];
} msched__axis;

/*
 * The axis from midnight of a date (days since 1970-01-01) for `span_s` seconds; zone NULL: without
 * changes.
 */
void msched__axis_make(msched__axis *axis, const msched__zone *zone, int64_t days, int32_t span_s);
/*
 * As above, with the zone of that name in a directory (NULL: the system's); "": without changes.
 * MSCHED_OK, or how the zone could not be read, and then without changes too.
 */
msched_result msched__axis_load(msched__axis *axis, const char *zoneinfo_dir, const char *timezone,
                                int64_t days, int32_t span_s, const msched_allocator *allocator);

/*
 * The real second of a time of the clock. A time that clocks jump over counts with the offset
 * before the jump (RFC 5545), one that is not shown twice has no second and is taken as it is.
 */
enum msched__local_kind msched__axis_from_time(const msched__axis *axis, int32_t time,
                                               int32_t *real);
/* The same where the kind does not matter; MSCHED_UNSET stays. */
int32_t msched__axis_real(const msched__axis *axis, int32_t time);

/*
 * What clocks show at a real second, with the flag where it is the second of two; MSCHED_UNSET
 * stays.
 */
int32_t msched__axis_to_time(const msched__axis *axis, int32_t real);
/* The same for an end: where clocks jump forward at that very moment, the time they jump from. */
int32_t msched__axis_to_end(const msched__axis *axis, int32_t real);

/* A time of the clock without its flag. */
static inline int32_t msched__plain_time(int32_t time)
{
    return time < 0 ? time : time & ~MSCHED_TIME_SECOND;
}

#endif
