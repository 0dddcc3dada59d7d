/*
 * schedule/output/schedule_revision.h: what a calendar calls the items of a schedule, and how an
 * item's entry follows from the one in the schedule before.
 */
#ifndef MSCHED_SCHEDULE_REVISION_H
#define MSCHED_SCHEDULE_REVISION_H

#include "schedule/output/schedule.h"

/* At most so many items that are gone are remembered. */
#define MSCHED__MAX_CANCELLED 4096

/* "todo", "song" for a wish, "fill"; static. */
const char *msched__entry_kind_name(const msched_schedule_entry *entry);
/* To-do: its id; wish: its identity; fill: the track id. Unique with kind and number in a day. */
const char *msched__entry_identity(const msched_schedule_entry *entry);
/*
 * Items of the schedule's entries, in the order of the entries: the number counts the pieces of a
 * to-do, the wish's plays and the fill's plays of a track, from 1. NULL when out of memory.
 */
msched__named_entry *msched__name_entries(msched__arena *arena, const msched_schedule *schedule);
/*
 * Give the entries their sequence, and the schedule the items that it lacks against `previous`,
 * which is NULL or of any dates. Schedules of different calendars have nothing in common. MSCHED_OK
 * or MSCHED_ERROR_MEMORY.
 */
msched_result msched__schedule_revise(msched_schedule *schedule, const msched_schedule *previous,
                                      msched__arena *scratch);

#endif
