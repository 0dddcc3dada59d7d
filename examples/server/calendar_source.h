/* calendar_source.h: calendars that a client sent. */
#ifndef SERVER_CALENDAR_SOURCE_H
#define SERVER_CALENDAR_SOURCE_H

#include <musicsched/musicsched.h>

typedef struct calendar_source {
    const char *name; /* "" or NULL: the calendar's own */
    const char *ics;
    size_t size;
    uint32_t number; /* from 1, among those of the request; 0: the only one */
} calendar_source;

/*
 * Read one. An error's message names the calendar; its line is that of the calendar's text. `out`
 * is the caller's: msched_calendar_unref.
 */
msched_result calendar_read(msched_calendar **out, const calendar_source *source,
                            const msched_allocator *memory, msched_error *err);

#endif
