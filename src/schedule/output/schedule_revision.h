/*
 * schedule/output/schedule_revision.h: the identity of items in a calendar, and how an item's
 * calendar entry follows from that in the previous schedule.
 */
#ifndef MSCHED_SCHEDULE_REVISION_H
#define MSCHED_SCHEDULE_REVISION_H

#include "schedule/output/schedule.h"

/* The maximum number of removed items that are remembered. */
#define MSCHED__MAX_CANCELLED 4096

/* "todo", "song" for a wish, "fill"; static. */
const char *msched__entry_kind_name(const msched_schedule_entry *entry);
/*
 * To-do: its id; wish: its identity; fill: the track id. Unique together with kind and number on a
 * day.
 */
const char *msched__entry_identity(const msched_schedule_entry *entry);
/*
 * Items of the schedule's entries, in the order of the entries: the number counts the pieces of a
 * to-do, the wish's plays and the fill's plays of a track, from 1. NULL when out of memory.
 */
msched__named_entry *msched__name_entries(msched__arena *arena, const msched_schedule *schedule);
/*
 * Set the sequence numbers of the entries, and the items that the schedule lacks compared with
 * `previous`, which is NULL or of any dates. Schedules of different calendars share no items.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__schedule_revise(msched_schedule *schedule, const msched_schedule *previous,
                                      msched__arena *scratch);

#endif
