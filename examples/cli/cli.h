/* cli/cli.h: what the files of the command line program share. It uses the public header only. */
#ifndef CLI_H
#define CLI_H

#include <musicsched/musicsched.h>

#include <stdio.h>

/** Exit codes. */
enum { CLI_DONE = 0, CLI_BAD_INPUT = 1, CLI_BAD_USAGE = 2 };

/** Groups of options that a command takes. */
enum {
    CLI_TAKES_CATALOG = 1,
    CLI_TAKES_COUNT = 2,
    CLI_TAKES_FILTER = 4,
    CLI_TAKES_LIMIT = 8,
    CLI_TAKES_BY = 16,
    CLI_TAKES_BINS = 32,
    CLI_TAKES_PLAN = 64,
    CLI_TAKES_JSON = 128,
    CLI_TAKES_ORDER = 256,
    CLI_CATALOG_OPTIONAL = 512,
    CLI_TAKES_AGENDA = 1024,
    CLI_TAKES_HISTORY = 1 << 17,
    CLI_TAKES_NEXT = 1 << 18,
    CLI_TAKES_FIX = 1 << 19,
    CLI_TAKES_WATCH = 1 << 20,
    CLI_CATALOG_LATE = 1 << 21,      /**< the command loads it itself, where it needs it */
    CLI_CATALOG_ARGUMENTS = 1 << 22, /**< its arguments are song files, as for --catalog */
    CLI_NO_PAGER = 1 << 23,          /**< its output is for programs, or never ends */
    CLI_TAKES_RECORDS = 1 << 16
};

#define CLI_MAX_NAMES 64

/**
 * What a message calls the input whose file it begins with, and the bytes of the file's path; NULL:
 * it begins with none.
 */
const char *cli_input_name(const char *message, size_t *size);

/** Names given by a repeated option; they point into argv. */
typedef struct cli_names {
    uint32_t count;
    const char *name[CLI_MAX_NAMES];
} cli_names;

enum cli_format {
    CLI_FORMAT_AUTO,
    CLI_FORMAT_TEXT,
    CLI_FORMAT_JSON,
    CLI_FORMAT_ICAL,
    CLI_FORMAT_CSV,
    CLI_FORMAT_NDJSON
};

/** What the command line asks for. Strings point into argv and the environment. */
typedef struct cli_request {
    const struct cli_command *command;
    const char *catalog_path; /**< the first; NULL: none; "-": standard input */
    cli_names catalogs;       /**< all that --catalog names */
    char delimiter;
    const char *encoding; /**< of song files; NULL: detected */
    int skip_bad_rows, strict, explain_columns, verify;
    uint32_t default_duration_ms;
    cli_names columns;                       /**< NAME=HEADER */
    char *columns_text;                      /**< what --columns-from named, which `columns` use */
    uint32_t max_row_bytes, max_field_bytes; /**< 0: the library's */
    uint32_t count;
    uint32_t by; /**< enum msched_group_key */
    uint32_t order;
    uint32_t min_n;
    uint32_t limit;
    uint32_t bins;
    msched_filter filter; /**< its lists point to the names below */
    cli_names genres, subgenres, artists, playlists;
    uint32_t format; /**< enum cli_format */
    uint64_t seed;
    uint32_t time_limit_ms; /**< of reading a plan text and of the search; 0: none */
    int32_t now_s;          /**< MSCHED_UNSET: not given */
    char now_date[11];      /**< of now_s, for plans of several days; "": the first date */
    const char *date;
    const char *timezone;
    const char *previous_path;
    cli_names calendars;
    uint8_t calendar_music[CLI_MAX_NAMES]; /**< per calendar: music may play during its events */
    int block_all_day;
    cli_names songs; /**< playlists whose songs are wanted */
    cli_names histories;
    uint32_t avoid_days; /**< 0: 7 */
    const char *from_date, *to_date;
    uint32_t min_play_s;
    int by_time;
    uint32_t days;     /**< 0: 1 */
    char from_day[11]; /**< the date that a weekday of --from means */
    uint32_t assume_done;
    const char *calendar_name; /**< of the .ics that is written */
    int32_t alarm_s;           /**< seconds before a to-do; MSCHED_UNSET: none */
    uint32_t sequence;         /**< added to that of every event */
    int32_t refresh_s;         /**< 0: none */
    int cancelled;             /**< with what the previous schedule had and this one lacks */
    const char *output_path;
    cli_names moves;  /**< ID=HH:MM */
    int poll;         /**< look at files every two seconds */
    int fix, write;   /**< of plan texts; strict holds for them too */
    int plan_text;    /**< the plan itself is requested, not its schedule */
    char **arguments; /**< what is left after the options */
    int argument_count;
    char *plan_argument; /**< the plan of the configuration, as an argument */
} cli_request;

typedef struct cli_command {
    const char *name;
    const char *arguments; /**< for the usage line, "" without */
    const char *summary;
    const char *details;  /**< paragraphs of --help; "" without */
    const char *examples; /**< lines of --help */
    uint32_t takes;
    int argument_min, argument_max;
    /** Does the work; the catalog is NULL only where CLI_CATALOG_OPTIONAL. @return exit code */
    int (*run)(cli_request *request, const msched_catalog *catalog);
} cli_command;

extern const cli_command cli_commands[];
extern const uint32_t cli_command_count;

/* The commands. */
int cmd_info(cli_request *request, const msched_catalog *catalog);
int cmd_top(cli_request *request, const msched_catalog *catalog);
int cmd_stats(cli_request *request, const msched_catalog *catalog);
int cmd_trend(cli_request *request, const msched_catalog *catalog);
int cmd_histogram(cli_request *request, const msched_catalog *catalog);
int cmd_correlations(cli_request *request, const msched_catalog *catalog);
int cmd_find(cli_request *request, const msched_catalog *catalog);
int cmd_suggest(cli_request *request, const msched_catalog *catalog);
int cmd_plan(cli_request *request, const msched_catalog *catalog);
int cmd_save(cli_request *request, const msched_catalog *catalog);
int cmd_watch(cli_request *request, const msched_catalog *catalog);
int cmd_replan(cli_request *request, const msched_catalog *catalog);
int cmd_next(cli_request *request, const msched_catalog *catalog);
int cmd_agenda(cli_request *request, const msched_catalog *catalog);
int cmd_match(cli_request *request, const msched_catalog *catalog);
int cmd_history(cli_request *request, const msched_catalog *catalog);
int cmd_completion(cli_request *request, const msched_catalog *catalog);
int cmd_doctor(cli_request *request, const msched_catalog *catalog);

/* cli_main.c */
/** Version and build, two lines. */
void cli_print_version(void);

/* cli_options.c */
/** Take from the configuration what the request does not say. @return exit code */
int cli_apply_config(cli_request *request);
/**
 * Read argv after the command's name.
 * @return CLI_DONE, or the exit code after telling why; *finished: nothing more to do.
 */
int cli_parse(cli_request *request, const cli_command *command, int argc, char **argv,
              int *finished);

/* cli_option_values.c */
const char *cli_count_name(uint32_t count);
const char *cli_by_name(uint32_t by);

/* cli_option_table.c */
void cli_print_options(FILE *out, uint32_t takes);
typedef struct cli_option {
    const char *name;
    const char *value; /**< what --help calls it; NULL: takes none */
    const char *help;
    char letter; /**< short form; 0: none */
} cli_option;
/** Option `index` of the commands that take `takes`; 0: there is none. */
int cli_option_get(uint32_t takes, uint32_t index, cli_option *option);

/* cli_values.c: values of options. Each returns 1, or 0 if the text is not one. */
int cli_parse_whole(const char *text, uint64_t least, uint64_t most, uint64_t *value);
int cli_parse_range(const char *text, double *low, double *high, int *has_low, int *has_high);
int cli_parse_time(const char *text, int32_t *seconds);
/** "90s", "5m", "1h30m" or "1d", at most 7 days. */
int cli_parse_length(const char *text, int32_t *seconds);
int cli_parse_choice(const char *text, const char *const *choices, uint32_t choice_count,
                     uint32_t *value);
int cli_is_date(const char *text);

/* cli_catalog.c */
/** Load the catalog that the request names; NULL after telling why not. */
msched_catalog *cli_load_catalog(const cli_request *request);
/** 0 after telling that no song has a popularity, and how to give one; 1 for an empty catalog. */
int cli_has_popularity(const cli_request *request, const msched_catalog *catalog);

/* cli_calendar.c */
/**
 * Calendars of the files; the caller unrefs `count` of them.
 * @return CLI_DONE, or the exit code after telling why
 */
int cli_read_calendars(msched_calendar **calendars, const char *const *paths, uint32_t count);
/** The machine's IANA zone, from TZ or /etc/localtime; "" if it cannot be determined. */
const char *cli_local_zone(void);
/** "YYYY-MM-DD" of today on the machine's clock, in `out`; NULL if it cannot be determined. */
const char *cli_today(char out[11]);
/** Say on standard error what an agenda left out. */
void cli_tell_remarks(const msched_agenda *agenda);

/* cli_clock.c */
/** "Sunday" to "Saturday". */
extern const char *const cli_weekday_names[7];
/** Days from one date "YYYY-MM-DD" to another. */
int64_t cli_days_between(const char *from, const char *to);
/** The date some days after a date "YYYY-MM-DD", in `out`; NULL if it cannot be determined. */
const char *cli_date_after(const char *date, int days, char out[11]);
/** The date of "tomorrow", "today" or the next weekday ("mon", "Monday"), in `out`; NULL: none. */
const char *cli_next_weekday(const char *name, char out[11]);
/** Seconds that this machine's clock is past midnight of a date "YYYY-MM-DD"; < 0: before it. */
int64_t cli_clock_second(const char *date);
/** The same on the clocks of a zone; "": this machine's. Not for several threads at once. */
int64_t cli_clock_second_in(const char *date, const char *zone);

/* cli_ical.c */
/** iCalendar of a schedule as the request wants it; as msched_schedule_to_ical. */
msched_result cli_to_ical(const cli_request *request, const msched_schedule *schedule,
                          msched_text **text, msched_error *err);

/* cli_output.c */
/**
 * "file:line:column: message" on standard error, without the parts that are 0 or that the message
 * begins with.
 * @return CLI_BAD_INPUT
 */
int cli_report(const char *source, const msched_error *err);
/** Write bytes to a file, all or nothing; "-" or NULL: standard output. @return exit code */
int cli_write(const char *path, const char *data, size_t size);
/**
 * Print a text that the library made if `result` is MSCHED_OK, and release it; otherwise report why
 * not.
 * @return exit code
 */
int cli_print_text(msched_result result, msched_text **text, const msched_error *err);
/** Read a whole file; "-": standard input. NULL after telling why not; free() it. */
char *cli_read(const char *path, size_t max_size, size_t *size);

/* cli_terminal.c */
int cli_is_colored(void);
/** Columns of the terminal on standard output; 0: not a terminal. */
int cli_terminal_width(void);
/** Let both of the above keep their answers when standard output is redirected. */
void cli_keep_terminal(void);
/** Columns that UTF-8 text takes. */
int cli_display_width(const char *text);
/** Bytes of the longest beginning of `text` that takes at most `width` columns. */
size_t cli_fit(const char *text, int width);
/** A bar of `share` (0..1) of `width` columns into `out` of at least 4 * width + 1 bytes. */
void cli_bar(char *out, double share, int width);

/* cli_pager.c */
/** On a terminal, collect what is written to standard output from now on. */
void cli_pager_begin(void);
/** Show it: in the pager if it is longer than the screen. */
void cli_pager_end(void);

/* cli_table.c: a table that grows row by row and is printed at the end. */
enum cli_align { CLI_LEFT, CLI_RIGHT, CLI_BAR };
typedef struct cli_table cli_table;
cli_table *cli_table_create(void);
void cli_table_column(cli_table *table, const char *title, enum cli_align align);
void cli_table_text(cli_table *table, const char *text);
void cli_table_whole(cli_table *table, uint64_t value);
/** A number with `decimals` digits after the point; NaN becomes "-". */
void cli_table_number(cli_table *table, double value, int decimals);
/** A bar of `value`, drawn against the largest value of its column. */
void cli_table_bar(cli_table *table, double value);
/** Print and free. @return exit code */
int cli_table_print(cli_table *table);

/* cli_records.c: results as lines, one a row: CSV with a header, or a JSON object a line. */
/** Whether the request wants that. */
int cli_is_records(const cli_request *request);
/**
 * Print a table that the library exported if `result` is MSCHED_OK, and release it; otherwise
 * report why not. Numbers are exact; unknown values are empty fields, or null.
 * @return exit code
 */
int cli_print_records(const cli_request *request, msched_result result,
                      struct ArrowArrayStream *stream, const msched_error *err);

/* cli_json.c: JSON on standard output. Commas and indents come by themselves. */
typedef struct cli_json {
    int depth;
    int first;
} cli_json;
void cli_json_open(cli_json *json, const char *key, char bracket);
void cli_json_close(cli_json *json, char bracket);
void cli_json_text(cli_json *json, const char *key, const char *text);
void cli_json_raw(cli_json *json, const char *key, const char *value); /**< JSON as it is */
void cli_json_whole(cli_json *json, const char *key, uint64_t value);

#endif
