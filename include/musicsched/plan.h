/*
 * musicsched/plan.h: a person's day: to-dos, wanted songs, listening rules.
 *
 * A plan is built with a builder, read from JSON (docs/formats.md) or read from plan text
 * (docs/plan-text.md). It is immutable and checked: ids are unique, `after` has no cycle, windows
 * are long enough. If a valid plan asks for more than fits, the schedule reports it.
 */
#ifndef MUSICSCHED_PLAN_H
#define MUSICSCHED_PLAN_H

#include <musicsched/catalog.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct msched_plan msched_plan;
typedef struct msched_plan_builder msched_plan_builder;

/** A time or length that is not given. */
#define MSCHED_UNSET (-1)
/** The latest time of day in a plan, 36:00. */
#define MSCHED_DAY_END_S 129600
/**
 * Limits of a plan. TIMES: plays of a wanted song. AVOID: track ids that the fills avoid. LABELS:
 * of a to-do. DESCRIPTION: bytes of the description of a to-do. BYTES: of the plan as text or JSON.
 */
#define MSCHED_PLAN_MAX_TODOS       1000
#define MSCHED_PLAN_MAX_SONGS       2000
#define MSCHED_PLAN_MAX_TIMES       100
#define MSCHED_PLAN_MAX_DAYS        31
#define MSCHED_PLAN_MAX_AVOID       100000
#define MSCHED_PLAN_MAX_AVOID_FILES 16
#define MSCHED_PLAN_MAX_FILLS       16
#define MSCHED_PLAN_MAX_LABELS      64
#define MSCHED_PLAN_MAX_ID_BYTES    128
#define MSCHED_PLAN_MAX_DESCRIPTION 16384
#define MSCHED_PLAN_MAX_BYTES       4194304

/** Purpose of music. Ranks songs by fit; docs/moods.md has the targets and their sources. */
enum msched_mood {
    MSCHED_MOOD_NONE = 0, /**< no preference */
    MSCHED_MOOD_FOCUS = 1,
    MSCHED_MOOD_WORKOUT = 2,
    MSCHED_MOOD_COMMUTE = 3,
    MSCHED_MOOD_PARTY = 4,
    MSCHED_MOOD_WIND_DOWN = 5,
    MSCHED_MOOD_CALM = 6,
    MSCHED_MOOD_HAPPY = 7,
    MSCHED_MOOD_MORNING = 8
};
#define MSCHED_MOOD_COUNT 9

/**
 * Name of a mood in plan text and JSON.
 * @return "none", "focus", .., "wind-down"; NULL when out of range. Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_mood_name(uint32_t mood);

enum msched_todo_kind {
    MSCHED_TODO_TASK = 0, /**< flexible: has a duration; the solver chooses its time */
    MSCHED_TODO_EVENT = 1 /**< fixed: has a start and an end */
};

/** State of a to-do or wanted song. In JSON, the key "state". */
enum msched_state {
    /**
     * not recorded: still to be done; see assume_done in msched_day for a to-do whose time has
     * passed
     */
    MSCHED_STATE_OPEN = 0,
    /** to-do: has not begun, although its time in the previous schedule may have come */
    MSCHED_STATE_NOT_STARTED = 1,
    MSCHED_STATE_STARTED = 2, /**< to-do: runs since started_s; events interrupt it */
    /** task: interrupted; left_s seconds of it are still to be done */
    MSCHED_STATE_PAUSED = 3,
    /** done, song: heard. Needs no more time; to-dos after it need not wait */
    MSCHED_STATE_DONE = 4,
    MSCHED_STATE_SKIPPED = 5 /**< left out today; to-dos after it need not wait */
};
#define MSCHED_STATE_COUNT 6

/**
 * Name of a state in JSON.
 * @return "open", "not_started", "started", "paused", "done", "skipped"; NULL when out of range.
 *   Static.
 * @thread any
 * @since 0.1
 */
MSCHED_API const char *msched_state_name(uint32_t state);

/**
 * A to-do. Times of day and lengths in seconds; MSCHED_UNSET selects the default. Strings are
 * copied.
 */
typedef struct msched_todo {
    uint32_t struct_size;
    uint32_t kind; /**< enum msched_todo_kind */
    /**
     * unique in the plan; NULL or "": made from the title: "call-mum", and "call-mum~2" for the
     * second to-do with that title. Inserting, moving and ticking off lines does not change it
     */
    const char *id;
    const char *title; /**< required, not empty */
    /** event: required. Task: a pin: the task starts exactly there; MSCHED_UNSET: free */
    int32_t start_s;
    int32_t end_s;           /**< event: > start_s; MSCHED_UNSET: start_s and duration_s later */
    int32_t duration_s;      /**< task: required, > 0, real seconds. Event: in place of end_s */
    int32_t earliest_s;      /**< task: earliest start; MSCHED_UNSET: the day's start */
    int32_t latest_s;        /**< task: latest end; MSCHED_UNSET: the day's end */
    uint32_t priority;       /**< task: 1 (essential) .. 4; 0: 1 */
    int32_t buffer_before_s; /**< time before it without other to-dos; 0: none */
    int32_t buffer_after_s;
    int32_t
        split_min_s; /**< task: may be split into pieces no shorter than this; 0: in one piece */
    uint32_t music;  /**< 1: music may play during it */
    uint32_t mood;   /**< enum msched_mood, of the music during it */
    uint32_t after_count;
    /** task: ids of the to-dos that must have ended before; NULL when after_count is 0 */
    const char *const *after;
    /**
     * 1-based line of the plan text; 0: none. Only for the caller; the library does not use it
     */
    uint32_t line;
    uint32_t label_count;
    /** tags without "#"; kept and exported as categories; NULL when label_count is 0 */
    const char *const *labels;
    const char *description; /**< notes, of several lines; NULL or "": none */
    uint32_t state;          /**< enum msched_state */
    /**
     * started, paused, done: when it began; MSCHED_UNSET: as in the previous schedule, else unknown
     */
    int32_t started_s;
    /** done: when it ended; MSCHED_UNSET: as in the previous schedule, else unknown */
    int32_t ended_s;
    int32_t left_s; /**< paused: remaining length, > 0; else MSCHED_UNSET */
    uint32_t before_count;
    /**
     * 1: as late in its window as possible without a loss on a higher level; 0: as early. A task
     * with `before` is always late
     */
    uint32_t late;
    /**
     * task: ids of the to-dos that start after it ends. A task listed here is `after` this task.
     * NULL when before_count is 0
     */
    const char *const *before;
} msched_todo;

/** Fill `todo` with "not given". @thread any @since 0.1 */
MSCHED_API void msched_todo_init(msched_todo *todo, uint32_t struct_size);

/** A wanted song. Strings are copied. */
typedef struct msched_song {
    uint32_t struct_size;
    uint32_t must;        /**< 1: more important than tasks of priority 2 to 4 */
    const char *track_id; /**< NULL: look `query` up */
    /** text for msched_find; NULL when track_id is given; may accompany it as what was typed */
    const char *query;
    /** plays within [start, end); MSCHED_UNSET both: anywhere listenable; one: the day's bound */
    int32_t between_start_s;
    int32_t between_end_s;
    /** pin: its first play starts exactly there; MSCHED_UNSET: free. JSON key "at" */
    int32_t start_s;
    uint32_t weight;    /**< 1..1000; 0: 100 + the track's popularity */
    uint32_t times;     /**< plays wanted, 1..MSCHED_PLAN_MAX_TIMES; 0: 1 */
    uint32_t line;      /**< as msched_todo.line */
    const char *during; /**< id of a to-do in which it plays; NULL: none */
    uint32_t state;     /**< MSCHED_STATE_OPEN, DONE (heard) or SKIPPED */
    uint32_t reserved0;
    uint64_t reserved[3];
} msched_song;

/** Fill `song` with "not given". @thread any @since 0.1 */
MSCHED_API void msched_song_init(msched_song *song, uint32_t struct_size);

/** Rules for all listening. */
typedef struct msched_listening {
    uint32_t struct_size;
    uint32_t quiet_count;
    const int32_t *quiet_s; /**< 2 * quiet_count times: start, end, start, end, and so on */
    int32_t max_total_s;    /**< of all songs together; MSCHED_UNSET: no limit */
    /** minimum time from the end of a song to the start of the next */
    int32_t gap_s;
    /** from the end of a song to the start of the next by the same artist */
    int32_t artist_separation_s;
    int32_t fill_s;     /**< further listening to fill with songs; 0: none */
    uint32_t fill_mood; /**< enum msched_mood */
    /** fill plays within; MSCHED_UNSET: anywhere listenable. JSON key fill.between */
    int32_t fill_between_start_s;
    int32_t fill_between_end_s;
    uint32_t fill_min_popularity; /**< 0..100 */
    int32_t fill_year_min;        /**< 0: no limit */
    int32_t fill_year_max;
    uint32_t fill_genre_count;
    uint32_t fill_subgenre_count;
    uint32_t fill_artist_count;
    const char *const *fill_genres; /**< by "or"; none: all */
    const char *const *fill_subgenres;
    const char *const *fill_artists;
    /**
     * ids of tracks whose recordings the fill avoids, also under other ids or artists; ids that
     * are not in the catalog have no effect. NULL when fill_avoid_count is 0
     */
    const char *const *fill_avoid;
    uint32_t fill_avoid_count; /**< up to MSCHED_PLAN_MAX_AVOID */
    int32_t fill_max_track_s;  /**< longest song of the fill; 0: no limit. JSON fill.max_track_s */
    /** id of the to-do in which fill plays; NULL: none. JSON key fill.during */
    const char *fill_during;
    /**
     * for msched_plan_avoid_history with 0 days: the fills leave out songs that were heard in this
     * number of days before the plan, up to 36,500; 0: 7. JSON key avoid_days
     */
    uint32_t avoid_days;
    /**
     * wish: time from the end of a play to the start of the next play of the same recording on its
     * date, up to 36 h; 0: none. It never costs a to-do, a song or a second of fill. The schedule
     * warns of plays that stay closer (code "repeats_soon"). JSON key repeat_s
     */
    int32_t repeat_s;
    /**
     * names of up to 16 files with songs that the fills leave out: earlier schedules or listening
     * histories. The library does not open them: the caller reads them with
     * msched_history_load_paths and passes the history to msched_plan_avoid_history. If a plan has
     * avoid_files or avoid_days but no history, its schedules have the warning no_history, for each
     * file from which no history was read. A history in memory with another name, or none, counts
     * for all files. NULL if avoid_file_count is 0. JSON key avoid_files
     */
    const char *const *avoid_files;
    uint32_t avoid_file_count; /**< up to MSCHED_PLAN_MAX_AVOID_FILES */
} msched_listening;

/** Fill `listening` with "no rule, no fill". @thread any @since 0.1 */
MSCHED_API void msched_listening_init(msched_listening *listening, uint32_t struct_size);

/** The day itself. */
typedef struct msched_day {
    uint32_t struct_size;
    int32_t start_s;  /**< default 07:00 */
    int32_t end_s;    /**< default 23:00; > start_s, up to 36:00 */
    int32_t now_s;    /**< nothing is scheduled before it; MSCHED_UNSET: none */
    const char *date; /**< "YYYY-MM-DD", required */
    /** IANA name such as "Europe/Berlin"; NULL or "": floating time, no daylight saving */
    const char *timezone;
    /**
     * folder of TZif files; NULL: /usr/share/zoneinfo. A zone without a file gets a warning and has
     * no daylight-saving changes
     */
    const char *zoneinfo_dir;
    /**
     * name of the person's calendar, so that the UIDs of two people's events differ; NULL or "":
     * none
     */
    const char *calendar_id;
    /**
     * to-dos that the previous schedule has before `now` and that have no state: 0: count as not
     * started and are planned again; 1: count as done as planned. To-dos that run at `now` count as
     * started in both cases
     */
    uint32_t assume_done;
    /** number of days of a plan of several days (dates.h), up to MSCHED_PLAN_MAX_DAYS; 0: one day,
     *  without dates. `now_s` then counts from the first date, 86400 s a date */
    uint32_t days;
    int32_t max_tasks_s; /**< of all tasks on a date of several; MSCHED_UNSET: no limit */
    /**
     * wish: a break of at least this length after at most break_after_s of to-dos; 0: none. It
     * never costs a to-do, a song or a second of fill. If a run of to-dos is longer, the schedule
     * has the warning "breaks_missed". JSON keys day.break_s and day.break_after_s
     */
    int32_t break_s;
    int32_t break_after_s; /**< with break_s; 0: 90 min */
    uint32_t reserved0;
} msched_day;

/** Fill `day` with defaults; the date stays NULL. @thread any @since 0.1 */
MSCHED_API void msched_day_init(msched_day *day, uint32_t struct_size);

/**
 * Begin a plan.
 * @param out owned by the caller: finish it with msched_plan_builder_finish or drop it with _free.
 * @param allocator copied; NULL: malloc.
 * @return MSCHED_OK, ARGUMENT, MEMORY, ENCODING or VALUE.
 * @thread any; a builder belongs to one thread at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_create(msched_plan_builder **out,
                                                    const msched_day *day,
                                                    const msched_allocator *allocator,
                                                    msched_error *err);
/**
 * Add a to-do; everything in it is copied.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, VALUE or CONFLICT
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_add_todo(msched_plan_builder *builder,
                                                      const msched_todo *todo, msched_error *err);
/**
 * Add a wanted song; everything in it is copied.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING or VALUE
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_add_song(msched_plan_builder *builder,
                                                      const msched_song *song, msched_error *err);
/**
 * Set the listening rules and the fill; the last call applies.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING or VALUE
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_set_listening(msched_plan_builder *builder,
                                                           const msched_listening *listening,
                                                           msched_error *err);
/**
 * Add a fill to that of msched_plan_builder_set_listening; only the fields fill_.. are used. The
 * solver fills them in order, and each recording plays in at most one of them. Call it after
 * msched_plan_builder_set_listening, up to MSCHED_PLAN_MAX_FILLS - 1 times.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING or VALUE
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_add_fill(msched_plan_builder *builder,
                                                      const msched_listening *fill,
                                                      msched_error *err);
/**
 * Check the whole plan and create it. Frees the builder, even on failure.
 * @return MSCHED_OK, ARGUMENT, MEMORY, VALUE, NOT_FOUND (an `after` or `during` names no to-do) or
 *         CONFLICT (duplicate id, cycle: the message prints it).
 * @thread one at a time
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_builder_finish(msched_plan **out, msched_plan_builder *builder,
                                                    msched_error *err);
/** Drop an unfinished builder; NULL does nothing. @thread one at a time @since 0.1 */
MSCHED_API void msched_plan_builder_free(msched_plan_builder *builder);

/**
 * Read a plan from JSON (docs/formats.md). Unknown and duplicate keys are errors with their name
 * and position. A plan with the key "days" covers several dates. The functions below return the
 * times of day of its to-dos and songs, and msched_plan_get_dates (dates.h) their dates.
 * @param out owned by the caller: msched_plan_unref.
 * @param allocator copied; NULL: malloc.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, ENCODING, SYNTAX, VALUE, NOT_FOUND or CONFLICT.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_parse_json(msched_plan **out, const char *data,
                                                size_t size_bytes,
                                                const msched_allocator *allocator,
                                                msched_error *err);

/**
 * The messages about a plan text: errors, warnings and notes, in order of line and column.
 */
typedef struct msched_diagnostics msched_diagnostics;

enum msched_severity {
    MSCHED_SEVERITY_ERROR = 0, /**< must be corrected before the text is a plan */
    /** an assumption, or a wish that cannot be met (unknown_song) */
    MSCHED_SEVERITY_WARNING = 1,
    MSCHED_SEVERITY_NOTE = 2
};

/** A message about a text. Strings are borrowed from the diagnostics. */
typedef struct msched_diagnostic {
    uint32_t struct_size;
    uint32_t severity; /**< enum msched_severity */
    uint32_t line;     /**< 1-based; 0: the plan as a whole */
    uint32_t column;   /**< 1-based, in characters */
    /** stable, for example "ambiguous_time"; the list is in docs/plan-text.md */
    const char *code;
    const char *message;      /**< one line, for people */
    const char *repair;       /**< what to write instead, for people; "" if unknown */
    uint32_t candidate_count; /**< for unknown_song, near_song and ambiguous_song */
    /** replacements in `edits`; every error and warning has at least one */
    uint32_t edit_count;
    const char *const *candidates; /**< "Title - Artist", best first */
    /** texts that may replace the range below, best first; a text may contain line feeds */
    const char *const *edits;
    uint32_t edit_line;   /**< line of the range; 0: no edit */
    uint32_t edit_column; /**< its first column, 1-based in characters */
    /** the column after its last; equal to edit_column: an insertion */
    uint32_t edit_end_column;
    uint32_t reserved1;
    uint64_t reserved[1];
} msched_diagnostic;

/** Number of diagnostics. NULL counts 0. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_diagnostics_count(const msched_diagnostics *diagnostics);
/**
 * Read one. Set diagnostic->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_diagnostics_get(const msched_diagnostics *diagnostics,
                                                uint32_t index, msched_diagnostic *diagnostic);
/** Add a reference. @return `diagnostics` @thread any @since 0.1 */
MSCHED_API msched_diagnostics *msched_diagnostics_ref(msched_diagnostics *diagnostics);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_diagnostics_unref(msched_diagnostics *diagnostics);

typedef struct msched_plan_text_options {
    uint32_t struct_size;
    /** the plan's `now`, a time of day; 0: none. A text itself has none */
    uint32_t now_s;
    /** "YYYY-MM-DD" for a text without a `date:` line; NULL: such a text is an error */
    const char *default_date;
    const char *default_timezone;      /**< NULL or "": floating */
    const msched_allocator *allocator; /**< copied; NULL: malloc */
    /** 1: lines with an error are left out of the plan instead of refusing the text */
    uint32_t lenient;
    /** limit of the search for misspelled songs, in milliseconds; 0: none */
    uint32_t time_limit_ms;
    const char *zoneinfo_dir; /**< as msched_day.zoneinfo_dir */
    /** for a text without a `days:` line: number of days of the plan, 1 to 31; 0: one day */
    uint32_t days;
    uint32_t reserved0;
    uint64_t reserved[1];
} msched_plan_text_options;

/** Fill with defaults. @thread any @since 0.1 */
MSCHED_API void msched_plan_text_options_init(msched_plan_text_options *options,
                                              uint32_t struct_size);

/**
 * Read a plan from plan text (docs/plan-text.md). All errors are reported at once in `diagnostics`.
 * @param out         owned by the caller: msched_plan_unref; NULL on failure.
 * @param diagnostics gets errors, warnings and notes, on success and on failure (NULL when none
 *                    could be made), owned by the caller: msched_diagnostics_unref. NULL: not
 *                    wanted. With options.lenient, lines with an error are left out: the result is
 *                    MSCHED_OK although there are errors here, and the plan's warnings name the
 *                    lines. Without a date or a readable item, the function fails as
 *                    without lenient.
 * @param catalog     songs are matched against it; NULL: song lines are kept as queries, split at
 *                    their last attribute run.
 * @return MSCHED_OK, ARGUMENT, MEMORY, LIMIT, or the code of the first error diagnostic (ENCODING,
 *         SYNTAX, VALUE, NOT_FOUND, CONFLICT), which `err` repeats with line and column.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_parse_text(msched_plan **out, msched_diagnostics **diagnostics,
                                                const char *data, size_t size_bytes,
                                                const msched_catalog *catalog,
                                                const msched_plan_text_options *options,
                                                msched_error *err);

/**
 * The text with the edits of its diagnostics applied. A diagnostic with several edits is skipped,
 * because the user has to choose.
 * @param out         owned by the caller: msched_text_unref.
 * @param data        the text that the diagnostics are about.
 * @return MSCHED_OK, ARGUMENT or MEMORY.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_text_fix(msched_text **out, const char *data,
                                              size_t size_bytes,
                                              const msched_diagnostics *diagnostics,
                                              msched_error *err);

/**
 * The same plan with another `now`, to replan the rest of a day or of several days.
 * @param out   owned by the caller: msched_plan_unref. Shares memory with `plan`, and keeps a
 *              reference to it.
 * @param now_s nothing is scheduled before it; MSCHED_UNSET: none. In a plan of several days, it
 *              counts from the first date, 86400 s a date: 14:00 of the second date is 136800.
 * @return MSCHED_OK, ARGUMENT, MEMORY or VALUE.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_with_now(msched_plan **out, msched_plan *plan, int32_t now_s,
                                              msched_error *err);

/**
 * The same plan with the state of a to-do. Times that `mark` leaves out come from the previous
 * schedule.
 * @param out  owned by the caller: msched_plan_unref. Shares memory with `plan`, and keeps a
 *             reference to it.
 * @param mark id, state, started_s, ended_s and left_s; other fields are ignored. They replace the
 *             state and times of the to-do. In a plan of several days, DONE and SKIPPED apply to
 *             all occurrences: done occurrences stay where the previous schedule has them before
 *             `now`, and done events on their dates up to `now`. For a single occurrence, add its
 *             date to the id: "gym@2026-11-24"; the times then are those of that date's clocks, and
 *             OPEN removes what was recorded (dates.h). Only a task that is done once can be
 *             STARTED, PAUSED or have times as a whole; they count from the first date.
 * @return MSCHED_OK, ARGUMENT, MEMORY, VALUE (a time or length that the state cannot have) or
 *         NOT_FOUND (no to-do has this id: the message names similar ids).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_mark_todo(msched_plan **out, msched_plan *plan,
                                               const msched_todo *mark, msched_error *err);

/**
 * The same plan with the state of a wanted song: heard or left out today.
 * @param out   owned by the caller: msched_plan_unref. Shares memory with `plan`, and keeps a
 *              reference to it.
 * @param index of the song in the plan, 0-based; msched_schedule_entry.wanted.
 * @param state MSCHED_STATE_OPEN, DONE or SKIPPED.
 * @return MSCHED_OK, ARGUMENT, MEMORY, VALUE (another state) or NOT_FOUND (no such song).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_mark_song(msched_plan **out, msched_plan *plan, uint32_t index,
                                               uint32_t state, msched_error *err);

/**
 * The same plan with a to-do at another time, as if its block were dragged. A task then starts
 * exactly there, in one piece; its other attributes do not matter. Pass the start that the task has
 * in a schedule to lock it there. An event keeps its length.
 * @param out     owned by the caller: msched_plan_unref. Shares memory with `plan`, and keeps a
 *                reference to it.
 * @param id      of the to-do.
 * @param start_s a time of day; MSCHED_UNSET: the task is free again, within its window.
 * @return MSCHED_OK, ARGUMENT, MEMORY, VALUE (no time of the day, or MSCHED_UNSET for an event) or
 *         NOT_FOUND (no to-do has this id: the message names similar ids).
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_move_todo(msched_plan **out, msched_plan *plan, const char *id,
                                               int32_t start_s, msched_error *err);

/**
 * Write a plan as JSON (docs/formats.md), stable bytes.
 * @return MSCHED_OK, ARGUMENT or MEMORY
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_to_json(const msched_plan *plan, msched_text **out,
                                             msched_error *err);

/**
 * Write a plan as plan text (docs/plan-text.md), without its `now`. The function reads the result
 * again to check that it is the same plan, with the same ids of to-dos. This looks up songs given
 * by text in the catalog.
 * @param catalog the catalog with which the text will be read. Songs are then written by title, and
 *                names of the fill are checked. NULL: songs are written by track id, with their
 *                titles in comments.
 * @param out     owned by the caller: msched_text_unref.
 * @return MSCHED_OK, ARGUMENT, MEMORY or VALUE: plan text cannot express a part of the plan, such
 *         as a song's weight; the message names it.
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_to_text(const msched_plan *plan, const msched_catalog *catalog,
                                             msched_text **out, msched_error *err);

/**
 * Read the day. Set day->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_day(const msched_plan *plan, msched_day *day);
/** Number of to-dos. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_plan_todo_count(const msched_plan *plan);
/**
 * Read a to-do, in input order, with defaults filled in. Set todo->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_todo(const msched_plan *plan, uint32_t index,
                                              msched_todo *todo);
/** Number of wanted songs. @return count @thread any @since 0.1 */
MSCHED_API uint32_t msched_plan_song_count(const msched_plan *plan);
/**
 * Read a wanted song, in input order. Set song->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_song(const msched_plan *plan, uint32_t index,
                                              msched_song *song);
/**
 * Read the listening rules. Set listening->struct_size first.
 * @return MSCHED_OK or ARGUMENT
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_listening(const msched_plan *plan,
                                                   msched_listening *listening);
/**
 * Read the listening rules with the fill at `index`, in the order of the plan; index 0 is as
 * msched_plan_get_listening. Set listening->struct_size first.
 * @return MSCHED_OK or ARGUMENT, also if the plan does not have this fill
 * @thread any
 * @since 0.1
 */
MSCHED_API msched_result msched_plan_get_fill(const msched_plan *plan, uint32_t index,
                                              msched_listening *listening);
/** Add a reference. @return `plan` @thread any @since 0.1 */
MSCHED_API msched_plan *msched_plan_ref(msched_plan *plan);
/** Remove a reference; NULL does nothing. @thread any @since 0.1 */
MSCHED_API void msched_plan_unref(msched_plan *plan);

#ifdef __cplusplus
}
#endif
#endif
