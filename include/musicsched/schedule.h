/*
 * musicsched/schedule.h: the scheduled times, and the reasons for unscheduled items.
 *
 * The rules and the objective are in docs/scheduling-model.md. Levels 1 to 7 are compared
 * lexicographically; a schedule is MSCHED_STATUS_OPTIMAL only if none is better on them.
 */
#ifndef MUSICSCHED_SCHEDULE_H
#define MUSICSCHED_SCHEDULE_H

#include <musicsched/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct msched_schedule msched_schedule;

enum msched_schedule_status {
    MSCHED_STATUS_OPTIMAL = 0, /**< proved best on levels 1 to 7 */
    /** keeps every hard rule; the bounds limit how much better a schedule could be */
    MSCHED_STATUS_FEASIBLE = 1,
    /**
     * read from JSON without status, unplaced items or objective, so it is unknown what is missing.
     * Without an objective, values and bounds are 0
     */
    MSCHED_STATUS_UNKNOWN = 2
};

/**
 * Name of a status in JSON.
 * @return for example "optimal"; NULL when out of range. Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_status_name(uint32_t status);

enum msched_schedule_stop {
    MSCHED_STOP_NONE = 0,  /**< finished */
    MSCHED_STOP_WORK = 1,  /**< the work limit was reached */
    MSCHED_STOP_TIME = 2,  /**< the time limit was reached: the result depends on the machine */
    MSCHED_STOP_CANCEL = 3 /**< the cancel callback stopped it */
};

/**
 * How to schedule. All 0 is a good default. Same plan, catalog, options and seed: same bytes on
 * every machine.
 */
typedef struct msched_schedule_options {
    uint32_t struct_size;
    /**
     * 1: no pauses between to-dos, no sessions and no order of songs (level 8). The solver still
     * keeps plays of a recording listening.repeat_s apart
     */
    uint32_t no_order;
    uint32_t no_reasons; /**< 1: unplaced items get a reason, but no fix is searched for */
    /**
     * 1: search for fixes only when an unplaced item is first read, or when the schedule is written
     * or exported; the fixes are the same as without this option. With `previous` or
     * `time_limit_ms`, the schedule keeps about 100 KB for the search until then. The call that
     * searches may return MEMORY and blocks other calls that read items. `time_limit_ms` applies to
     * it anew; `cancel` does not. A plan of several dates gets its fixes at once.
     *
     * 0: with `work_limit`, `previous` or `time_limit_ms`, search at once, else as with 1. With
     * `work_limit` or `previous`, fixes that take long to find are not searched for
     */
    uint32_t lazy_reasons;
    /** varies the choice among equally good fill songs; 0 is a seed, too */
    uint64_t seed;
    /**
     * units of work (search steps), a limit that is the same on every machine; 0: 60,000 to
     * 200,000, depending on the size of the plan
     */
    uint64_t work_limit;
    /**
     * wall-clock limit of the call, in every phase; 0: none. If it stops the search, the result is
     * not reproducible. It does not stop a catalog that builds its indexes at the first use: see
     * msched_catalog_prepare()
     */
    uint32_t time_limit_ms;
    uint32_t assume_done; /**< 1: as msched_day.assume_done, regardless of the plan */
    /**
     * replan from this schedule; NULL: none. Items are matched by identity. Items that run or play
     * at the plan's `now`, and songs that played before it, keep their times; others move as little
     * as levels 1 to 7 allow. With a plan of several dates, the schedule may be of any dates:
     * entries are matched by their own date, and items that were not done are scheduled again, with
     * the warning "rolled_over"
     */
    const msched_schedule *previous;
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    msched_cancel_fn cancel;           /**< NULL: none */
    void *cancel_ctx;
    uint64_t reserved[4];
} msched_schedule_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_schedule_options_init(msched_schedule_options *options,
                                             uint32_t struct_size);

/**
 * Build a schedule. An item that cannot be scheduled is part of the result, not an error.
 * @param out     owned by the caller: msched_schedule_unref. Keeps references to catalog and plan.
 * @param catalog NULL: every song is unknown and nothing is filled.
 * @return MSCHED_OK, ARGUMENT, MEMORY or CONFLICT (the plan is of one date, and `previous` of
 *         another one or of several).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_build(msched_schedule **out, const msched_catalog *catalog,
                                               const msched_plan *plan,
                                               const msched_schedule_options *options,
                                               msched_error *err);

/**
 * Read a whole schedule written by msched_schedule_to_json, to show it or to pass it as `previous`.
 * If the JSON has no status, unplaced items or objective, the status is MSCHED_STATUS_UNKNOWN.
 * Indexes into plan and catalog are UINT32_MAX.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, SYNTAX or VALUE.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_parse_json(msched_schedule **out, const char *data,
                                                    size_t size_bytes,
                                                    const msched_allocator *allocator,
                                                    msched_error *err);

enum msched_entry_kind { MSCHED_ENTRY_TODO = 0, MSCHED_ENTRY_SONG = 1 };

/** A scheduled item. Strings are borrowed. */
typedef struct msched_schedule_entry {
    uint32_t struct_size;
    uint32_t kind; /**< enum msched_entry_kind */
    /** local time, without MSCHED_TIME_SECOND: start_utc distinguishes repeated times */
    int32_t start_s;
    int32_t end_s; /**< may be before start_s if clocks go back in between */
    /**
     * seconds since 1970-01-01T00:00:00Z; MSCHED_NO_UTC without a time zone. Lengths are real
     * seconds
     */
    int64_t start_utc;
    int64_t end_utc;
    const char *id; /**< to-do: its id; song: its track id */
    const char *title;
    const char *artist;  /**< song; "" for a to-do */
    const char *during;  /**< song: id of the to-do it plays in; "" outside any */
    uint32_t todo;       /**< to-do: index in the plan; song: UINT32_MAX */
    uint32_t wanted;     /**< song: index in the plan's songs; UINT32_MAX: fill, or no song */
    uint32_t track;      /**< song: track index in the catalog; UINT32_MAX: none */
    uint32_t fixed;      /**< 1: an event */
    uint32_t popularity; /**< song: 0..100; UINT32_MAX: unknown */
    uint32_t piece;      /**< 1-based piece of a split task; 0: whole */
    /**
     * the same in every schedule of this day: the id of a to-do; the track id of a wanted song,
     * with "~2" for the second wish for that track; "" for fill
     */
    const char *identity;
    /** enum msched_state: STARTED, PAUSED or DONE if it has begun; else OPEN */
    uint32_t state;
    /** how often time or title changed from one `previous` to the next: SEQUENCE in iCalendar */
    uint32_t sequence;
    /** plan of several dates: date of the entry, 0 is the first; start_s and end_s count from it */
    uint32_t day;
    uint32_t fill; /**< song without `wanted`: index of its fill in the plan, 0 is the first */
    uint64_t reserved[1];
    /** plan of several dates: 1 if a to-do with a due time is finished by this entry */
    uint32_t has_slack;
    int32_t slack_s; /**< if has_slack: real seconds from end to due time; < 0: overdue */
    uint64_t reserved1[1];
} msched_schedule_entry;

/** Number of entries. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_schedule_entry_count(const msched_schedule *schedule);
/**
 * Read one entry; order: start, then to-dos before songs, then id. Set entry->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_get_entry(const msched_schedule *schedule, uint32_t index,
                                                   msched_schedule_entry *entry);

/** Why an item is unscheduled. The names in JSON are these in lower case without the prefix. */
enum msched_reason {
    MSCHED_REASON_NO_GAP = 0, /**< no free slot in its window is long enough */
    /** it would fit alone, but not with items that take precedence */
    MSCHED_REASON_OVERBOOKED = 1,
    MSCHED_REASON_AFTER_UNPLACED = 2, /**< a to-do it must follow is unscheduled */
    MSCHED_REASON_AFTER_TOO_LATE = 3, /**< the to-do it must follow ends too late */
    /** no such track or text in the catalog; see candidates */
    MSCHED_REASON_UNKNOWN_SONG = 4,
    MSCHED_REASON_NO_LISTENING_TIME = 5, /**< no listenable slot in its window is long enough */
    MSCHED_REASON_LISTENING_FULL = 6,    /**< it would fit alone, but not with other songs */
    MSCHED_REASON_MAX_TOTAL = 7,         /**< the listening limit of the day is used up */
    MSCHED_REASON_ARTIST_SEPARATION = 8, /**< it would be too near to another song of the artist */
    MSCHED_REASON_DURING_UNPLACED = 9,   /**< the to-do it should play in is unscheduled */
    MSCHED_REASON_DURING_SILENT = 10,    /**< the to-do it should play in allows no music */
    MSCHED_REASON_PAST = 11,             /**< its window ended before `now` */
    /** the requested fill is longer than the fill found */
    MSCHED_REASON_FILL_SHORT = 12,
    /** a time limit or the caller stopped the solver before it reached this item */
    MSCHED_REASON_STOPPED = 13,
    MSCHED_REASON_UNKNOWN_LENGTH = 14 /**< the length of the song is unknown */
};

/**
 * Name of a reason in JSON.
 * @return for example "no_gap"; NULL when out of range. Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_reason_name(uint32_t reason);

/** The smallest single change that schedules an unscheduled item. */
enum msched_fix_kind {
    MSCHED_FIX_NONE = 0,    /**< no single change of these kinds helps, or none was searched for */
    MSCHED_FIX_LATER = 1,   /**< let its window end `fix_s` seconds later */
    MSCHED_FIX_SHORTER = 2, /**< make it `fix_s` seconds shorter */
    MSCHED_FIX_SPLIT = 3,   /**< split it into pieces of at least `fix_s` seconds */
    MSCHED_FIX_DROP = 4,    /**< leave out the to-do or wanted song named by fix_id */
    MSCHED_FIX_MUSIC = 5,   /**< allow music during the to-do named by fix_id */
    MSCHED_FIX_CHOOSE = 6,  /**< take one of the candidates */
    MSCHED_FIX_EARLIER = 7, /**< let its window begin `fix_s` seconds earlier */
    /** let the event named by fix_id begin and end `fix_s` seconds later */
    MSCHED_FIX_MOVE_LATER = 8,
    MSCHED_FIX_MOVE_EARLIER = 9, /**< let the event named by fix_id begin and end earlier */
    /** plan of several dates: do it on the date fix_id (YYYY-MM-DD), ignoring release and due */
    MSCHED_FIX_DATE = 10
};

/** A change that schedules an unscheduled to-do, besides the fix in `msched_unplaced`. */
typedef struct msched_fix {
    uint32_t struct_size;
    uint32_t kind; /**< enum msched_fix_kind */
    /**
     * seconds, if it has an amount; one second less is not enough, in a plan of several dates on
     * the date that the text names
     */
    int32_t amount_s;
    uint32_t reserved0;
    const char *id;   /**< as msched_unplaced.fix_id */
    const char *text; /**< the fix for people */
    uint64_t reserved[2];
} msched_fix;

enum msched_unplaced_kind {
    MSCHED_UNPLACED_TODO = 0,
    MSCHED_UNPLACED_SONG = 1,
    MSCHED_UNPLACED_FILL = 2
};

/** An unscheduled item and the reason. Strings are borrowed. */
typedef struct msched_unplaced {
    uint32_t struct_size;
    uint32_t kind;  /**< enum msched_unplaced_kind */
    const char *id; /**< to-do: id; song: track id or ""; fill: "" */
    const char *title;
    uint32_t todo;          /**< index in the plan, or UINT32_MAX */
    uint32_t wanted;        /**< index in the plan's songs, or UINT32_MAX */
    uint32_t plays;         /**< song: how many of its plays are missing */
    uint32_t reason;        /**< enum msched_reason */
    const char *text;       /**< the reason for people, one line with its numbers */
    int32_t needed_s;       /**< length needed in one piece */
    int32_t available_s;    /**< longest free slot in the window */
    int32_t window_start_s; /**< its time window, as times of day of a plan */
    int32_t window_end_s;
    uint32_t fix;  /**< enum msched_fix_kind */
    int32_t fix_s; /**< seconds, if the fix has an amount */
    /** to-do id, "song N" (N = index in the plan's songs) or date; "" if the fix names none */
    const char *fix_id;
    const char *fix_text; /**< the fix for people; "" if there is none */
    uint32_t rival_count;
    uint32_t candidate_count;
    const char *const *rivals;     /**< ids of the to-dos in its way, in order of time */
    const char *const *candidates; /**< track ids, best first */
    /** plan of several dates: the date that window_start_s and window_end_s count from */
    uint32_t day;
    uint32_t alternative_count; /**< 0..2 */
    /** other single changes that schedule it, by their cost to the user; `fix` costs the least */
    const msched_fix *const *alternatives;
    uint64_t reserved[2];
} msched_unplaced;

/** Number of unplaced items. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_schedule_unplaced_count(const msched_schedule *schedule);
/**
 * Read one: to-dos in input order, then songs, then the fill. Set unplaced->struct_size first.
 * @return MSCHED_OK, ARGUMENT, or MEMORY from the search for lazy_reasons
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_get_unplaced(const msched_schedule *schedule,
                                                      uint32_t index, msched_unplaced *unplaced);

/** An interval, or a range of dates, whose tasks need more time than it has. */
typedef struct msched_overload {
    uint32_t struct_size;
    int32_t start_s; /**< as a time of day of a plan */
    int32_t end_s;
    int32_t demand_s;   /**< length of the tasks confined to it; > capacity_s */
    int32_t capacity_s; /**< its time without events */
    uint32_t member_count;
    const char *const *members; /**< ids of those tasks */
    uint32_t day;               /**< plan of several dates: the date that start_s counts from */
    uint32_t last_day; /**< the date that end_s counts from; after `day` for a range of dates */
    uint64_t reserved[3];
} msched_overload;

/** Number of overbooked intervals. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_schedule_overload_count(const msched_schedule *schedule);
/**
 * Read one, in order of start. Set overload->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_get_overload(const msched_schedule *schedule,
                                                      uint32_t index, msched_overload *overload);

/**
 * A warning: events_overlap, ambiguous_song, near_song (the text is not a title; the schedule uses
 * a song that contains every word of it), repeats_soon (two plays of a recording are closer than
 * the plan wishes), breaks_missed, default_duration and others. Strings are borrowed.
 */
typedef struct msched_warning {
    uint32_t struct_size;
    uint32_t reserved0;
    const char *code;
    const char *message;
    uint64_t reserved[4];
} msched_warning;

/** Number of warnings. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_schedule_warning_count(const msched_schedule *schedule);
/**
 * Read one. Set warning->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_get_warning(const msched_schedule *schedule,
                                                     uint32_t index, msched_warning *warning);

/** Levels of the objective, index into msched_objective.value. */
enum msched_level {
    MSCHED_LEVEL_TASKS_1 = 0,    /**< tasks of priority 1 placed */
    MSCHED_LEVEL_MUST_SONGS = 1, /**< plays of `must` songs placed */
    MSCHED_LEVEL_TASKS_2 = 2,
    MSCHED_LEVEL_TASKS_3 = 3,
    MSCHED_LEVEL_TASKS_4 = 4,
    MSCHED_LEVEL_SONG_WEIGHT = 5, /**< sum of the weights of the other plays placed */
    MSCHED_LEVEL_FILL_S = 6       /**< seconds of fill */
};
#define MSCHED_LEVEL_COUNT 7

/** The values reached and their upper bounds. */
typedef struct msched_objective {
    uint32_t struct_size;
    uint32_t status; /**< enum msched_schedule_status */
    /** enum msched_schedule_stop; time and cancel also if they fired during the search for fixes */
    uint32_t stop;
    uint32_t proved_levels; /**< levels 0 .. proved_levels - 1 are proved best; 7 when optimal */
    int64_t value[MSCHED_LEVEL_COUNT];
    /** upper bound over all schedules with the same values on the previous levels */
    int64_t bound[MSCHED_LEVEL_COUNT];
    uint64_t work; /**< units of work used, including searches for misspelled songs */
    /**
     * level 8: mean of the scores for mood fit, smooth order and popularity, higher is better;
     * comparable on one plan only
     */
    double preference;
    uint64_t moved; /**< entries whose start differs from `previous` */
    /**
     * The fields from here to silence_s are the first terms of level 8, most important first. Each
     * is a shortfall in seconds, 0 is best, except longest_run_s. repeats_s is the sum of the
     * seconds by which neighboring plays of a recording are too close
     */
    int32_t repeats_s;
    int32_t breaks_s;      /**< with msched_day.break_s: excess length of all runs of to-dos */
    int32_t pauses_s;      /**< seconds that pauses between neighboring to-dos are short of 5 min */
    int32_t longest_run_s; /**< information: longest run of to-dos without a pause of 5 min */
    int32_t usual_s;       /**< seconds by which meals and errands miss their usual hours */
    /**
     * if three or more songs are wanted once and at any time: from the end of the last one to the
     * middle of the listenable time
     */
    int32_t spread_s;
    int32_t mood_s;    /**< fill during to-dos of another mood, beyond half of the fill */
    int32_t silence_s; /**< silence at the end of a to-do with fill, beyond 5 min */
} msched_objective;

/**
 * Read the objective. Set objective->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_get_objective(const msched_schedule *schedule,
                                                       msched_objective *objective);

/** Date of the schedule. @return "YYYY-MM-DD", borrowed @thread any @since 0.1 */
MSCHED_API const char *msched_schedule_date(const msched_schedule *schedule);
/** IANA name of the time zone. @return "" for floating time; borrowed @thread any @since 0.1 */
MSCHED_API const char *msched_schedule_timezone(const msched_schedule *schedule);

/**
 * Write as JSON (docs/formats.md), stable bytes.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_to_json(const msched_schedule *schedule, msched_text **out,
                                                 msched_error *err);
/**
 * Write as plain text for people, with the daylight-saving changes of the day.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_to_text(const msched_schedule *schedule, msched_text **out,
                                                 msched_error *err);

typedef struct msched_ical_options {
    uint32_t struct_size;
    /** 0: one event per to-do and per song; 1: to-dos only; 2: songs only */
    uint32_t songs;
    /**
     * the current time, "YYYYMMDDTHHMMSSZ", for DTSTAMP and LAST-MODIFIED; NULL: DTSTAMP is
     * midnight UTC of the plan's date and LAST-MODIFIED is left out, so that bytes are stable
     */
    const char *timestamp;
    const char *zoneinfo_dir;          /**< TZif files; NULL: /usr/share/zoneinfo */
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    /** UTF-8, at most 1,024 bytes, for NAME and X-WR-CALNAME; NULL or "": none */
    const char *calendar_name;
    /**
     * 1: also write items that only earlier schedules of the day had, as STATUS:CANCELLED. They are
     * known if the schedule was built with `previous`
     */
    uint32_t cancelled;
    uint32_t alarm; /**< 1: a VALARM for every to-do that is still open */
    /** with alarm: seconds before the start, at most 7 days; 0: at the start */
    uint32_t alarm_s;
    /** interval in seconds after which a program should refresh, at most 30 days; 0: left out */
    uint32_t refresh_s;
    /**
     * added to the SEQUENCE of every event, at most 2,000,000,000: a number that grows when a plan
     * changes, for callers that have no `previous` to count from; 0: none
     */
    uint32_t sequence;
    uint32_t reserved0;
} msched_ical_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_ical_options_init(msched_ical_options *options, uint32_t struct_size);

/**
 * Write as iCalendar (RFC 5545): TZID with VTIMEZONE if the plan has a zone, floating times
 * otherwise, and UTC for repeated clock times. UIDs depend on the date, on the plan's calendar_id
 * (else its zone) and on the identity of the item, so that a changed day replaces the earlier
 * version; SEQUENCE is the entry's `sequence` and that of the options.
 * @return MSCHED_OK, ARGUMENT, ENCODING, MEMORY, or NOT_FOUND if the zone's file is missing.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_schedule_to_ical(const msched_schedule *schedule, msched_text **out,
                                                 const msched_ical_options *options,
                                                 msched_error *err);

/** Add a reference. @return `schedule` @thread any @since 0.1 */
MSCHED_API msched_schedule *msched_schedule_ref(msched_schedule *schedule);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_schedule_unref(msched_schedule *schedule);

#ifdef __cplusplus
}
#endif
#endif
