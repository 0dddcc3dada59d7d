/* calendar/value.h: the values of properties (RFC 5545 section 3.3). */
#ifndef MSCHED_CALENDAR_VALUE_H
#define MSCHED_CALENDAR_VALUE_H

#include "base/slice.h"
#include "calendar/calendar_data.h"

/*
 * "20261124" or "20261124T0900[00][Z]", also "2026-11-24T09:00:00Z". Sets local, is_date and,
 * after a Z, zone; 1 on success. A second of 60 is 59.
 */
int msched__calendar_read_time(msched__slice text, msched__calendar_time *out);
/*
 * An RRULE. Its UNTIL is stored separately, because it may be in UTC although the series is not. 0:
 * it cannot be read. The text is in the arena; NULL when out of memory.
 */
int msched__calendar_read_rule(msched__arena *arena, msched__slice value,
                               msched__calendar_rule *rule);
/* "P3D", "PT1H30M", "P2W"; 1 on success. A negative length is refused. */
int msched__calendar_read_length(msched__slice text, msched__calendar_length *out);
/* A number up to `max`; 0 for any other text. */
uint8_t msched__calendar_read_small(msched__slice value, int64_t max);
/* "+0200", "-0330" or "+013015", in seconds; 1 on success. */
int msched__calendar_read_offset(msched__slice text, int32_t *seconds);
/* The next part of a comma-separated value; 0 at the end. */
int msched__calendar_next_part(msched__slice *rest, msched__slice *part);
/*
 * "TZID=tzone://Microsoft/Utc:20261105T160000": Exchange leaves out the quotation marks, so the
 * zone ends at the last colon. Moves the end of the zone there; 0: the value has no colon.
 */
int msched__calendar_split_zone(msched__slice *tzid, msched__slice *value);
/*
 * A TEXT value with its escapes resolved, as one line of valid UTF-8 of at most `max_bytes`: line
 * breaks and control characters become blanks, and bytes that are not UTF-8 the characters that
 * they are in Windows-1252. NULL when out of memory.
 */
const char *msched__calendar_copy_text(msched__arena *arena, msched__slice text, size_t max_bytes);

#endif
