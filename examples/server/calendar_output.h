/* calendar_output.h: a schedule as a calendar, as the query string asks for it. */
#ifndef SERVER_CALENDAR_OUTPUT_H
#define SERVER_CALENDAR_OUTPUT_H

#include "request.h"

typedef struct calendar_output {
    uint32_t events;    /* msched_ical_options.songs */
    uint32_t cancelled; /* with what the previous schedule had and this one lacks */
    uint32_t has_alarm, alarm_minutes;
    uint32_t refresh_s; /* how often to ask again; 0: not said */
    uint32_t is_stable; /* the same schedule gives the same bytes, whenever it is written */
    uint32_t made;      /* with is_stable: when the plan was made, seconds since 1970; 0: unknown */
    const char *name;
} calendar_output;

/* Take events, cancelled, alarm and calendar_name. 0: refused, and answered. */
int calendar_output_take(request *r, calendar_output *output);
/* 1 if one of them is there, which is used. */
int calendar_output_is_given(request *r);
/*
 * iCalendar of the schedule. Its timestamps are the present, or with is_stable the moment when the
 * plan was made, which SEQUENCE counts, too; else the date's start.
 */
msched_result calendar_output_write(const calendar_output *output, const msched_schedule *schedule,
                                    const msched_allocator *memory, msched_text **text,
                                    msched_error *err);

#endif
