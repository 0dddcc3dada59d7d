/*
 * calendar/zone_rules.h: the time zones that a calendar names.
 *
 * The library converts a VTIMEZONE of the file to a table of clock changes, so that it handles all
 * zones in the same way (time/zone.h). It looks up a TZID without a VTIMEZONE as an IANA name,
 * without a vendor's prefix, or as a Windows name in CLDR's table, if it was built with ICU.
 */
#ifndef MSCHED_CALENDAR_ZONE_RULES_H
#define MSCHED_CALENDAR_ZONE_RULES_H

#include "base/slice.h"
#include "calendar/calendar_data.h"

#define MSCHED__ZONE_MAX_OBSERVANCES 256

/* A STANDARD or DAYLIGHT part of a VTIMEZONE. */
typedef struct msched__observance {
    msched__calendar_time start;
    int32_t offset_from, offset_to;
    msched__calendar_rule rule; /* text NULL: none */
    uint32_t rdate_count;
    const msched__calendar_rdate *rdates;
    uint8_t is_daylight, has_offsets;
} msched__observance;

/*
 * Build `zone` from the observances of a VTIMEZONE. MSCHED_OK, MSCHED_ERROR_VALUE (they do not
 * define a zone) or _MEMORY. *until receives the moment up to which they define the clock changes:
 * files often cover only a few years.
 */
msched_result msched__zone_from_observances(msched__zone *zone,
                                            const msched__observance *observances, uint32_t count,
                                            const msched_allocator *allocator, int64_t *until,
                                            msched_error *err);
/*
 * Load the zone of a TZID. MSCHED_OK, MSCHED_ERROR_NOT_FOUND or another error of msched__zone_load.
 */
msched_result msched__zone_of_tzid(msched__zone *zone, const char *tzid,
                                   const msched_allocator *allocator, msched_error *err);
/* The IANA name of a Windows zone; 0 if there is none or the library was built without ICU. */
int msched__zone_windows_name(const char *name, char *out, size_t capacity);
/* A zone that is always so many seconds east of UTC. */
msched_result msched__zone_fixed(msched__zone *zone, int32_t offset,
                                 const msched_allocator *allocator, msched_error *err);

#endif
