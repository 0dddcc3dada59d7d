/*
 * musicsched/calendar.h: iCalendar files (RFC 5545) become the events and tasks of a plan.
 *
 * Read each file into a msched_calendar, then either ask for an agenda (the events and to-dos of
 * each date, and what was left out with the reason) or add the calendars to a plan. Recurrences,
 * exceptions, moved and canceled instances, and time zones are resolved.
 *
 * Limits: 64 MiB and 200,000 events and to-dos per file, 366 days and 100,000 entries per
 * agenda. libical expands recurrence rules. If the library was built without it
 * (msched_calendar_can_recur returns 0), recurring components are left out and reported.
 */
#ifndef MUSICSCHED_CALENDAR_H
#define MUSICSCHED_CALENDAR_H

#include <musicsched/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MSCHED_CALENDAR_MAX_BYTES (64u << 20)
#define MSCHED_CALENDAR_MAX_ITEMS 200000
#define MSCHED_AGENDA_MAX_DAYS    366
#define MSCHED_AGENDA_MAX_ENTRIES 100000

/** A calendar that was read. Immutable; any number of threads may use it. */
typedef struct msched_calendar msched_calendar;
/** The events and to-dos of calendars on a range of dates. Immutable. */
typedef struct msched_agenda msched_agenda;

/**
 * Whether recurrence rules can be expanded.
 * @return 1, or 0 if libical is missing in the build or, in JavaScript, ical.js is missing
 * @thread any
 * @since 0.1
 */
MSCHED_API int32_t msched_calendar_can_recur(void);

typedef struct msched_calendar_options {
    uint32_t struct_size;
    uint32_t reserved0;
    /** shown with its events; NULL: X-WR-CALNAME of the file, or "" */
    const char *name;
    const msched_allocator *allocator; /**< copied; NULL: malloc. libical itself uses malloc */
    uint64_t reserved[4];
} msched_calendar_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_calendar_options_init(msched_calendar_options *options,
                                             uint32_t struct_size);

/**
 * Read a calendar. A component that cannot be read does not affect the others: the agenda lists it
 * with its UID, line and reason.
 * @param out  owned by the caller: msched_calendar_unref.
 * @param data `size_bytes` bytes of iCalendar; copied as far as needed.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT or SYNTAX (it has no VCALENDAR: the message names the
 *         kind of file).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_calendar_read(msched_calendar **out, const char *data,
                                              size_t size_bytes,
                                              const msched_calendar_options *options,
                                              msched_error *err);
/** Add a reference. @return `calendar` @thread any @since 0.1 */
MSCHED_API msched_calendar *msched_calendar_ref(msched_calendar *calendar);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_calendar_unref(msched_calendar *calendar);
/** Name shown with its events. @return borrowed, "" if it has none @thread any @since 0.1 */
MSCHED_API const char *msched_calendar_name(const msched_calendar *calendar);

typedef struct msched_agenda_options {
    uint32_t struct_size;
    /** dates from `date` on, 1 to MSCHED_AGENDA_MAX_DAYS; 0: 1 */
    uint32_t days;
    const char *date; /**< "YYYY-MM-DD", required */
    /** IANA name of the zone of all times. NULL or "": as each calendar writes them */
    const char *timezone;
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    uint64_t reserved[4];
} msched_agenda_options;

/** Fill with defaults; the date stays NULL. @thread any @since 0.1 */
MSCHED_API void msched_agenda_options_init(msched_agenda_options *options, uint32_t struct_size);

/**
 * List the events and to-dos of calendars on a range of dates. An instance that two calendars share
 * (the same UID at the same time) appears once.
 * @param out       owned by the caller: msched_agenda_unref. Keeps the calendars.
 * @param calendars `count` calendars, in the order in which they are shown; NULL where count is 0.
 * @return MSCHED_OK, ARGUMENT, MEMORY, VALUE (the date), NOT_FOUND (the zone) or LIMIT.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_agenda_make(msched_agenda **out, msched_calendar *const *calendars,
                                            uint32_t count, const msched_agenda_options *options,
                                            msched_error *err);
/** Add a reference. @return `agenda` @thread any @since 0.1 */
MSCHED_API msched_agenda *msched_agenda_ref(msched_agenda *agenda);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_agenda_unref(msched_agenda *agenda);

/** An instance of an event on a date. Strings are borrowed from the agenda. */
typedef struct msched_agenda_event {
    uint32_t struct_size;
    uint32_t calendar; /**< index in the calendars */
    const char *title; /**< "Untitled" if the event has none */
    const char *uid;   /**< "" if it has none */
    const char *calendar_name;
    /** "YYYY-MM-DD" on which it begins, or the first requested date if it began before */
    char date[12];
    int32_t start_s; /**< from local midnight of `date` */
    /**
     * up to 36:00; a longer event has an entry for each date. Equals start_s if it has no length or
     * clocks go back during it
     */
    int32_t end_s;
    uint32_t all_day; /**< 1: an event of whole days; an entry for each date */
    /** 1: it blocks its time: it has a length and is neither marked as free nor of whole days */
    uint32_t busy;
    /** seconds since 1970-01-01T00:00:00Z of the whole instance; on local clocks without a zone */
    int64_t start_utc;
    int64_t end_utc;
    uint64_t reserved[4];
} msched_agenda_event;

/** A to-do that can be done on the dates. Strings are borrowed from the agenda. */
typedef struct msched_agenda_task {
    uint32_t struct_size;
    uint32_t calendar; /**< index in the calendars */
    const char *title; /**< "Untitled" if the to-do has none */
    const char *uid;   /**< "" if it has none */
    const char *calendar_name;
    /**
     * ESTIMATED-DURATION or X-ESTIMATED-DURATION, else DURATION, else 30 min; of it, the part that
     * PERCENT-COMPLETE leaves
     */
    int32_t duration_s;
    int32_t priority; /**< 1 (essential) .. 4 from PRIORITY 1-2, 3-4, 5, 6-9; 0: not given */
    /** DTSTART, from local midnight of the agenda's first date; INT64_MIN: none */
    int64_t earliest_s;
    int64_t latest_s;             /**< DUE; the end of the day for a date; INT64_MAX: none */
    uint32_t duration_is_assumed; /**< 1: the to-do gives no length */
    uint32_t after_count;
    /** UIDs of to-dos that must end before (RELATED-TO with RELTYPE=DEPENDS-ON or FINISHTOSTART) */
    const char *const *after;
    uint64_t reserved[4];
} msched_agenda_task;

/**
 * A component that was left out or adjusted. Strings are borrowed from the agenda.
 */
typedef struct msched_agenda_remark {
    uint32_t struct_size;
    uint32_t calendar; /**< index in the calendars */
    const char *uid;   /**< "" if unknown */
    const char *reason;
    const char *calendar_name;
    uint64_t line; /**< 1-based, of the component or property in its file */
    uint64_t reserved[4];
} msched_agenda_remark;

/** Number of events. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_agenda_event_count(const msched_agenda *agenda);
/** Number of tasks. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_agenda_task_count(const msched_agenda *agenda);
/** Number of remarks. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_agenda_remark_count(const msched_agenda *agenda);
/**
 * Read an event, by date and start. Set event->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_agenda_get_event(const msched_agenda *agenda, uint32_t index,
                                                 msched_agenda_event *event);
/**
 * Read a task, by due time. Set task->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_agenda_get_task(const msched_agenda *agenda, uint32_t index,
                                                msched_agenda_task *task);
/**
 * Read a remark. Set remark->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_agenda_get_remark(const msched_agenda *agenda, uint32_t index,
                                                  msched_agenda_remark *remark);
/**
 * Write an agenda as JSON (docs/formats.md).
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_agenda_to_json(const msched_agenda *agenda, msched_text **out,
                                               msched_error *err);

typedef struct msched_calendar_use {
    uint32_t struct_size;
    uint32_t music;         /**< 1: music may play during its events */
    uint32_t block_all_day; /**< 1: events of whole days are busy, too */
    uint32_t no_tasks;      /**< 1: leave its to-dos out */
    uint64_t reserved[4];
} msched_calendar_use;

/**
 * Fill with defaults: silent events, events of whole days do not block, to-dos are tasks.
 * @thread any
 * @since 0.1
 */
MSCHED_API void msched_calendar_use_init(msched_calendar_use *use, uint32_t struct_size);

/**
 * Add the events and to-dos of calendars on the dates of a plan, in its time zone. In a plan of
 * several days, each instance of an event is an event of its date, and the start and the due time
 * of a to-do become its release and due time.
 * @param out       owned by the caller: msched_plan_unref.
 * @param plan      stays as it is.
 * @param calendars `count` calendars.
 * @param uses      how each is used, `count` of them; NULL: defaults for all.
 * @param timezone  IANA name for a plan without a zone; NULL or "": times as each calendar writes
 *                  them.
 * @param agenda    gets what was added and what was left out, owned by the caller; NULL: not
 *                  wanted.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT (more to-dos than a plan takes), NOT_FOUND (the zone)
 *         or VALUE.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_add_calendars(msched_plan **out, const msched_plan *plan,
                                                   msched_calendar *const *calendars,
                                                   uint32_t count, const msched_calendar_use *uses,
                                                   const char *timezone, msched_agenda **agenda,
                                                   msched_error *err);

#ifdef __cplusplus
}
#endif
#endif
