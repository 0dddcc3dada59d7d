/* schedule/output/ical_zone.h: times and time zones of iCalendar (RFC 5545). */
#ifndef MSCHED_ICAL_ZONE_H
#define MSCHED_ICAL_ZONE_H

#include "format/ical.h"
#include "time/zone.h"

#define MSCHED__ICAL_TIME_BYTES 32

/* "YYYYMMDDTHHMMSS" of seconds since 1970-01-01T00:00:00 on some clock. */
void msched__ical_time(char out[MSCHED__ICAL_TIME_BYTES], int64_t local);

/*
 * A VTIMEZONE with the observances in force between two moments, in UTC: each with its own onset
 * instead of a recurrence rule. This is exact for every zone, even if a rule changed in between.
 */
void msched__ical_timezone(msched__ical *ical, const msched__zone *zone, const char *name,
                           int64_t from, int64_t to);

#endif
