/*
 * calendar/calendar_dates.h: place the events and to-dos of calendars on the dates of a plan, in
 * its clock times.
 */
#ifndef MSCHED_CALENDAR_DATES_H
#define MSCHED_CALENDAR_DATES_H

#include "base/arena.h"
#include "calendar/agenda_data.h"
#include "plan/plan_data.h"

typedef struct msched__calendar_dates {
    const msched_plan *plan;
    uint32_t days;            /* of the plan */
    const msched__axis *axes; /* one for each day */
    int32_t end_s;            /* of the last date's window, on its clocks */
} msched__calendar_dates;

/* The dates of a plan; the axes are in `arena`. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__calendar_dates_make(msched__calendar_dates *dates, const msched_plan *plan,
                                          msched__arena *arena);
/*
 * The position of an event: *day, and times of that date's clocks, up to 36:00. 0 if it is after
 * the plan's end. A plan of several days cannot name a repeated clock time twice. So an end that
 * clocks show for the second time becomes the next time that they show only once.
 */
int msched__calendar_place(const msched__calendar_dates *dates, const msched_agenda_event *event,
                           uint32_t *day, int32_t times[2]);

#endif
