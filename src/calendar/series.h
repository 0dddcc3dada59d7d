/*
 * calendar/series.h: the instances of one series: the components that share a UID.
 *
 * A series has a component without a RECURRENCE-ID, whose RRULE and RDATEs give the instances and
 * whose EXDATEs remove some. Each component with a RECURRENCE-ID replaces an instance or, with
 * RANGE=THISANDFUTURE, moves the rest. If the former is missing (free/busy exports), each of the
 * latter is an instance of its own.
 */
#ifndef MSCHED_CALENDAR_SERIES_H
#define MSCHED_CALENDAR_SERIES_H

#include "calendar/calendar_data.h"
#include "format/recurrence.h"

/* The view of a calendar. */
typedef struct msched__calendar_view {
    const msched_calendar *calendar;
    const msched__zone *floating; /* zone of floating times; NULL: they are moments as they are */
    int64_t from, to;             /* moments, in seconds since 1970-01-01T00:00:00Z */
    uint64_t budget;              /* number of instances that may still be visited */
} msched__calendar_view;

typedef struct msched__instance {
    const msched__calendar_item *item; /* that gives its title */
    /* moments; of dates: seconds of their midnights on local clocks. Equal: no length */
    int64_t start, end;
    uint8_t is_date;
    uint8_t ends_before; /* DTEND is before DTSTART: the two are exchanged */
    uint8_t is_travel;   /* not the item itself, but the travel to it */
} msched__instance;

/* Called for each instance; 1: out of memory, which stops. */
typedef int (*msched__instance_fn)(void *ctx, const msched__instance *instance);

enum msched__series_end {
    MSCHED__SERIES_DONE,
    MSCHED__SERIES_MEMORY,
    MSCHED__SERIES_EXPENSIVE /* its rule exceeds the budget: instances are missing */
};

/*
 * Instances of `count` components of a UID that overlap the time of the view (and some close to
 * it), in any order.
 */
enum msched__series_end msched__series_expand(msched__calendar_view *view,
                                              const msched__calendar_item *items, size_t count,
                                              msched__instance_fn tell, void *ctx);

/* The moment of a time; for a date, its midnight on local clocks. */
int64_t msched__calendar_moment(const msched__calendar_view *view,
                                const msched__calendar_time *time);

#endif
