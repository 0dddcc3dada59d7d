/*
 * schedule/output/schedule_clock.h: a finished schedule leaves the solver in real seconds of its
 * axis; what is handed out are times of the clock and, with a zone, UTC.
 */
#ifndef MSCHED_SCHEDULE_CLOCK_H
#define MSCHED_SCHEDULE_CLOCK_H

#include "schedule/output/schedule.h"

/*
 * Replace the real seconds of entries, cancelled items, windows and overloads by times of the
 * clock, and fill in UTC. Once, at the end.
 */
void msched__schedule_show_clock(msched_schedule *schedule);
/* The same for one entry, on the axis of its date. */
void msched__entry_show_clock(const msched__axis *axis, msched_schedule_entry *entry);

/*
 * Start and end of an entry, for people: what clocks show, with MSCHED_TIME_SECOND where that is
 * the second time.
 */
int32_t msched__entry_start(const msched_schedule *schedule, const msched_schedule_entry *entry);
int32_t msched__entry_end(const msched_schedule *schedule, const msched_schedule_entry *entry);

/* Start and end of an entry of a finished schedule as real seconds of the axis of a plan. */
msched_schedule_entry msched__entry_on_axis(const msched_schedule_entry *entry,
                                            const msched__axis *axis);

#endif
