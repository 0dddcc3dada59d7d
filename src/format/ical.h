/*
 * format/ical.h: the grammar of iCalendar (RFC 5545): content lines, folding, escaping. It knows
 * nothing of calendars.
 */
#ifndef MSCHED_FORMAT_ICAL_H
#define MSCHED_FORMAT_ICAL_H

#include "base/buffer.h"

/*
 * Lines are collected in `line` and written to `out` folded at 75 octets, never inside a UTF-8
 * character, with CRLF.
 */
typedef struct msched__ical {
    msched__buffer *out;
    msched__buffer line;
} msched__ical;

void msched__ical_init(msched__ical *ical, msched__buffer *out);
/* Frees the line; a failed allocation is passed on to `out`. */
void msched__ical_finish(msched__ical *ical);

/* A line of name and value that need no escaping. */
void msched__ical_line(msched__ical *ical, const char *name, const char *value);
/*
 * A line whose value is of type TEXT: backslash, ";", "," and newlines are escaped, other control
 * characters become spaces.
 */
void msched__ical_text(msched__ical *ical, const char *name, const char *value);
/* Append to the line under construction, and end it. */
void msched__ical_add(msched__ical *ical, const char *plain);
void msched__ical_add_text(msched__ical *ical, const char *value);
void msched__ical_end_line(msched__ical *ical);

#endif
