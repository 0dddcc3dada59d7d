/*
 * musicsched/dates.h: plans of several days without JSON or plan text.
 *
 * Set msched_day.days before msched_plan_builder_create. Then add to-dos, songs and fills as for a
 * day: their times are times of day on each of their dates. Where an item may not be on any date,
 * follow it with msched_plan_builder_set_dates. docs/formats.md explains the attributes.
 */
#ifndef MUSICSCHED_DATES_H
#define MUSICSCHED_DATES_H

#include <musicsched/plan.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What msched_dates belong to. */
enum msched_dated {
    MSCHED_DATED_TODO = 0,
    MSCHED_DATED_SONG = 1,
    MSCHED_DATED_FILL = 2 /**< 0 is the fill of msched_plan_builder_set_listening */
};

/**
 * What happened to a to-do on one of its dates: to an event, to a task that is done several times,
 * or to one that is done once. Times are those of that date's clocks, up to MSCHED_DAY_END_S.
 * Strings are copied.
 */
typedef struct msched_occurrence {
    uint32_t struct_size;
    /** MSCHED_STATE_DONE, SKIPPED, STARTED or, of a task that is done once, PAUSED */
    uint32_t state;
    /**
     * "YYYY-MM-DD", or "mon" to "sun" if that is one date of the plan. A date outside the plan has
     * no effect
     */
    const char *date;
    /** started: required; done, paused: MSCHED_UNSET: as in the previous schedule, else unknown */
    int32_t started_s;
    int32_t ended_s; /**< done: MSCHED_UNSET: as in the previous schedule, else unknown */
    int32_t left_s;  /**< paused: remaining length, > 0; else MSCHED_UNSET */
    uint32_t reserved0;
    uint64_t reserved[1];
} msched_occurrence;

/** Fill `occurrence` with "no state, no times". @thread any @since 0.1 */
MSCHED_API void msched_occurrence_init(msched_occurrence *occurrence, uint32_t struct_size);

/**
 * The dates of a to-do, a wanted song or a fill. Moments count from the first date, as clocks show
 * them and 86400 s a date: 14:00 of the second date is 136800. Strings are copied.
 */
typedef struct msched_dates {
    uint32_t struct_size;
    uint32_t on_count;
    /**
     * where it may be: "mon" to "sun", and dates "YYYY-MM-DD". An event is on each of them, and
     * needs them. NULL when on_count is 0: any date
     */
    const char *const *on;
    /** task, song: occurrences on different dates, 1..MSCHED_PLAN_MAX_DAYS; 0: 1, or song.times */
    uint32_t times;
    uint32_t each;         /**< task, song: 1: one on each of its dates, in place of `times` */
    uint32_t apart_days;   /**< task: days from one occurrence to the next; 0: 1 */
    int32_t release_s;     /**< task: moment before which it does not start; MSCHED_UNSET: none */
    int32_t due_s;         /**< task: moment at which it has ended; MSCHED_UNSET: none */
    int32_t max_per_day_s; /**< task that is split: most of it on a date; MSCHED_UNSET: all */
    /**
     * to-do: a recurrence rule (RFC 5545) that gives the dates instead of `on`, for example
     * "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU". NULL: none. A task occurs on each date of the rule,
     * unless `times` is set. All rules of a plan together may examine at most 100,000 dates. Needs
     * libical. The plan stores the dates as `on`, and msched_plan_get_dates returns them there
     */
    const char *rrule;
    const char *rrule_from; /**< the first date of the rule, "YYYY-MM-DD"; NULL: the plan's */
    /** to-do: what happened on single dates, at most one per date; NULL when the count is 0 */
    const msched_occurrence *occurrences;
    uint32_t occurrence_count;
    uint32_t reserved0;
} msched_dates;

/** Fill `dates` with "any date, once". @thread any @since 0.1 */
MSCHED_API void msched_dates_init(msched_dates *dates, uint32_t struct_size);

/** Dates with another time window, or without one. Strings are copied. */
typedef struct msched_day_exception {
    uint32_t struct_size;
    uint32_t off;      /**< 1: no tasks, songs and fill on these dates */
    int32_t start_s;   /**< MSCHED_UNSET: as on other dates */
    int32_t end_s;     /**< MSCHED_UNSET: as on other dates */
    uint32_t on_count; /**< > 0 */
    uint32_t reserved0;
    const char *const *on; /**< as msched_dates.on */
    uint64_t reserved[2];
} msched_day_exception;

/** Fill `exception` with "as on other dates". @thread any @since 0.1 */
MSCHED_API void msched_day_exception_init(msched_day_exception *exception, uint32_t struct_size);

/**
 * Give dates another window. If two exceptions name a date, the later one applies.
 * @return MSCHED_OK, ARGUMENT (the plan has no days), MEMORY, LIMIT or VALUE
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_add_exception(msched_plan_builder *builder,
                                                           const msched_day_exception *exception,
                                                           msched_error *err);
/**
 * Set the dates of an item that was added; the last call applies.
 * @param dated enum msched_dated
 * @param index of the to-do, song or fill, in the order in which they were added.
 * @return MSCHED_OK, ARGUMENT (the plan has no days, no such item), MEMORY, LIMIT or VALUE
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_set_dates(msched_plan_builder *builder, uint32_t dated,
                                                       uint32_t index, const msched_dates *dates,
                                                       msched_error *err);

/**
 * Read the dates of an item, with defaults filled in. In a plan of one day, it is on any date,
 * once. Set dates->struct_size first; strings are borrowed from the plan.
 * @param dated enum msched_dated
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_dates(const msched_plan *plan, uint32_t dated,
                                               uint32_t index, msched_dates *dates);
/** Number of exceptions of the window. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_plan_exception_count(const msched_plan *plan);
/**
 * Read an exception, in input order. Set exception->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_exception(const msched_plan *plan, uint32_t index,
                                                   msched_day_exception *exception);

#ifdef __cplusplus
}
#endif
#endif
