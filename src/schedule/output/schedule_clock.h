/*
 * schedule/output/schedule_clock.h: the solver gives a schedule in real seconds of its axis; the
 * public schedule has clock times and, with a zone, UTC.
 */
#ifndef MSCHED_SCHEDULE_CLOCK_H
#define MSCHED_SCHEDULE_CLOCK_H

#include "schedule/output/schedule.h"

/*
 * Replace the real seconds of entries, cancelled items, windows and overloads by clock times, and
 * fill in UTC. Once, at the end.
 */
void msched__schedule_show_clock(msched_schedule *schedule);
/* The same for one entry, on the axis of its date. */
void msched__entry_show_clock(const msched__axis *axis, msched_schedule_entry *entry);

/*
 * Start and end of an entry as clocks show them, with MSCHED_TIME_SECOND for a second occurrence.
 */
int32_t msched__entry_start(const msched_schedule *schedule, const msched_schedule_entry *entry);
int32_t msched__entry_end(const msched_schedule *schedule, const msched_schedule_entry *entry);

/* Start and end of an entry of a finished schedule as real seconds of the axis of a plan. */
msched_schedule_entry msched__entry_on_axis(const msched_schedule_entry *entry,
                                            const msched__axis *axis);

#endif
