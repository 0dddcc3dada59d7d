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
/* Whether a title is "Canceled: Review", as programs call a copy of a canceled event. */
int msched__calendar_titles_canceled(const char *title);
/* Whether a status of Outlook, the value of X-MICROSOFT-CDO-BUSYSTATUS, leaves the time free. */
int msched__calendar_says_free(msched__slice status);

/* 1 for the BEGIN or END line of an event, a to-do, free or busy time, or a calendar. */
int msched__calendar_names_item(const msched__content_line *line);
/*
 * Skip a component whose BEGIN was read, with all its contents. If it has no END, it ends where an
 * item begins or ends. 0 if the file ends first.
 */
int msched__calendar_skip(msched__content_reader *lines);

#endif
