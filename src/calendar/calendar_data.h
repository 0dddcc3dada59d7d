/*
 * calendar/calendar_data.h: the internals of a calendar. Immutable; texts and arrays are in its
 * arena.
 *
 * A time is stored as written: seconds on the clock of a zone. The zone, or for floating times the
 * caller, determines the moment.
 */
#ifndef MSCHED_CALENDAR_DATA_H
#define MSCHED_CALENDAR_DATA_H

#include "base/arena.h"
#include "base/refcount.h"
#include "time/zone.h"

#include <musicsched/calendar.h>

#define MSCHED__ZONE_UTC      (UINT32_MAX - 1)
#define MSCHED__ZONE_FLOATING UINT32_MAX

typedef struct msched__calendar_time {
    int64_t local; /* seconds since 1970-01-01T00:00:00 on the clock of `zone` */
    uint32_t zone; /* index in the calendar's zones, or one of MSCHED__ZONE_* */
    uint8_t present, is_date;
} msched__calendar_time;

/* A length: `days` on the calendar, then `seconds` on the clock (RFC 5545 section 3.3.6). */
typedef struct msched__calendar_length {
    int64_t days, seconds;
    uint8_t present;
} msched__calendar_length;

/* An RDATE. Without a period, it has the length of the component. */
typedef struct msched__calendar_rdate {
    msched__calendar_time start, end;
    msched__calendar_length length;
} msched__calendar_rdate;

typedef struct msched__calendar_rule {
    const char *text; /* RRULE or EXRULE without UNTIL */
    msched__calendar_time until;
} msched__calendar_rule;

/* A VEVENT or VTODO. */
typedef struct msched__calendar_item {
    const char *uid, *title;                         /* "" where not given */
    uint64_t line;                                   /* of its BEGIN */
    msched__calendar_time start, end, recurrence_id; /* end: DTEND or DUE */
    msched__calendar_length length;
    msched__calendar_length estimate; /* the effort of a to-do: ESTIMATED-DURATION */
    msched__calendar_length travel;   /* to the event, before it: X-APPLE-TRAVEL-DURATION */
    uint32_t rule_count, exrule_count, exdate_count, rdate_count, predecessor_count;
    msched__calendar_rule *rules, *exrules; /* exrules: their dates are left out */
    msched__calendar_time *exdates;
    const msched__calendar_rdate *rdates;
    const char *const *predecessors; /* UIDs of the to-dos that must be done before */
    int32_t sequence;
    uint8_t is_todo, transparent, cancelled, completed;
    uint8_t declined;                 /* by the owner of the calendar: cancelled, too */
    uint8_t says_transp, marked_free; /* TRANSP is given; Outlook's status of a free time */
    uint8_t whole_days;               /* Outlook: it has the times of its midnights */
    uint8_t this_and_future;          /* the recurrence id has RANGE=THISANDFUTURE */
    uint8_t priority;                 /* 0: not given; 1..9 */
    uint8_t percent_complete;
    uint8_t default_zone; /* a floating time is read in the calendar's X-WR-TIMEZONE */
} msched__calendar_item;

typedef struct msched__calendar_zone {
    const char *name;  /* TZID as written */
    msched__zone zone; /* valid where `known` */
    uint8_t known;     /* otherwise, its times are read as floating */
    uint8_t has_rules; /* a VTIMEZONE of the file defines its clock changes, */
    int64_t until;     /* up to this moment */
} msched__calendar_zone;

/* A component or a property that was left out, or read differently than written. */
typedef struct msched__calendar_remark {
    const char *uid, *reason; /* uid "" if it is unknown */
    uint64_t line;
} msched__calendar_remark;

struct msched_calendar {
    msched__refcount refs;
    msched_allocator allocator;
    msched__arena arena;
    const char *name;      /* shown with its events */
    uint32_t default_zone; /* X-WR-TIMEZONE, or MSCHED__ZONE_FLOATING */
    size_t item_count, zone_count, remark_count;
    size_t item_capacity, zone_capacity, remark_capacity;
    /* by UID; in a series first those without a RECURRENCE-ID, then by it (calendar.c) */
    msched__calendar_item *items;
    msched__calendar_zone *zones;
    msched__calendar_remark *remarks; /* in order of the file */
};

#endif
