/*
 * calendar/zone_rules.h: the time zones that a calendar names.
 *
 * A VTIMEZONE of the file is turned into a table of clock changes, so that all zones are read in
 * one way (time/zone.h). A TZID without one is looked up: as an IANA name, with a vendor's prefix
 * taken off, or as a Windows name through CLDR's table in ICU where the library was built with it.
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
 * Build `zone` from the observances of a VTIMEZONE. MSCHED_OK, MSCHED_ERROR_VALUE (they make no
 * zone) or _MEMORY. *until gets the moment up to which they say how clocks change: files often hold
 * a few years only.
 */
msched_result msched__zone_from_observances(msched__zone *zone,
                                            const msched__observance *observances, uint32_t count,
                                            const msched_allocator *allocator, int64_t *until,
                                            msched_error *err);
/*
 * Load the zone that a TZID means. MSCHED_OK, MSCHED_ERROR_NOT_FOUND or another error of
 * msched__zone_load.
 */
msched_result msched__zone_of_tzid(msched__zone *zone, const char *tzid,
                                   const msched_allocator *allocator, msched_error *err);

#endif
