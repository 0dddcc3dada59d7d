/*
 * calendar/calendar_property.h: which properties of an event or to-do are read, and what some of
 * them say.
 */
#ifndef MSCHED_CALENDAR_PROPERTY_H
#define MSCHED_CALENDAR_PROPERTY_H

#include "calendar/content_line.h"

/* 0 for a line that is certainly not read, and so need not be parsed. */
int msched__calendar_may_read(const msched__content_line *line);
/*
 * Whether an ATTENDEE property says that `owner` has declined. `owner` is the name that the file
 * gives to the calendar: some programs name the main calendar of a person by their mail address.
 */
int msched__calendar_declines(const msched__content *content, const char *owner);
/* Whether a status of Outlook, the value of X-MICROSOFT-CDO-BUSYSTATUS, leaves the time free. */
int msched__calendar_says_free(msched__slice status);

#endif
