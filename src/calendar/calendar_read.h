/* calendar/calendar_read.h: from bytes to the components of a calendar. */
#ifndef MSCHED_CALENDAR_CALENDAR_READ_H
#define MSCHED_CALENDAR_CALENDAR_READ_H

#include "calendar/calendar_data.h"

/*
 * Read all components into an empty calendar. It numbers the zones; those with a VTIMEZONE are
 * known. MSCHED_OK, MSCHED_ERROR_MEMORY, or MSCHED_ERROR_SYNTAX without a message if there is
 * no VCALENDAR.
 */
msched_result msched__calendar_scan(msched_calendar *calendar, const char *data, size_t size,
                                    msched_error *err);

#endif
