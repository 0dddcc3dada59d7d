/*
 * calendar/agenda_data.h: the internals of an agenda. Immutable; texts are in its arena or in its
 * calendars.
 */
#ifndef MSCHED_CALENDAR_AGENDA_DATA_H
#define MSCHED_CALENDAR_AGENDA_DATA_H

#include "calendar/calendar_data.h"

struct msched_agenda {
    msched__refcount refs;
    msched_allocator allocator;
    msched__arena arena;
    msched_calendar **calendars; /* owned */
    uint32_t calendar_count, days;
    char date[12];
    int64_t first_day; /* days since 1970-01-01 */
    const char *timezone;
    size_t event_count, task_count, remark_count;
    size_t event_capacity, task_capacity, remark_capacity;
    msched_agenda_event *events;   /* by date, start, calendar, title */
    msched_agenda_task *tasks;     /* by due time, calendar, title */
    msched_agenda_remark *remarks; /* by calendar, then line */
};

#endif
