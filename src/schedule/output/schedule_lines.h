/* schedule/output/schedule_lines.h: common parts of the texts of a day and of several dates. */
#ifndef MSCHED_SCHEDULE_LINES_H
#define MSCHED_SCHEDULE_LINES_H

#include "base/buffer.h"
#include "schedule/output/schedule.h"

/*
 * Text of the user or the catalog: control characters, which a terminal would interpret, become
 * "?".
 */
void msched__put_plain(msched__buffer *b, const char *text);
/* Seconds from start to end, also if the clocks change in between. */
int64_t msched__entry_length(const msched_schedule_entry *e);
/* "1 h 5 min 20 s", without the parts that are 0. */
void msched__put_length(msched__buffer *b, int64_t seconds);
/* "Tuesday 24 November 2026" of days since 1970-01-01. */
void msched__put_date(msched__buffer *b, int64_t days);
/* The line of an entry. */
void msched__put_entry(msched__buffer *b, const msched_schedule *s, const msched_schedule_entry *e,
                       int with_seconds);

#endif
