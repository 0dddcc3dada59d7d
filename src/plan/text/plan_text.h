/* plan/text/plan_text.h: the parts of the reader of plan text. */
#ifndef MSCHED_PLAN_TEXT_PLAN_TEXT_H
#define MSCHED_PLAN_TEXT_PLAN_TEXT_H

#include "plan/plan_builder_data.h"
#include "plan/text/plan_diag.h"
#include "plan/text/plan_text_dates.h"
#include "plan/words/text_scan.h"
#include "plan/words/text_title_words.h"
#include "time/axis.h"

#define MSCHED__LINE_MAX_BYTES   4096
#define MSCHED__DEFAULT_DURATION 1800 /* of a to-do without a length */
#define MSCHED__RUN_MAX          32   /* attributes of one line */
#define MSCHED__ATTR_WORDS_MAX   8    /* "between 9:00 am and 11:00 am" */
#define MSCHED__DROPPED_MAX      64   /* marks of Markdown in one line */

/* An attribute and its position: words [first, first + count) of the line. */
typedef struct msched__placed_attr {
    msched__attr attr;
    uint32_t first, count;
    int keep; /* its words stay in the title */
} msched__placed_attr;

/* Attributes of a line, in order of position. */
typedef struct msched__run {
    msched__placed_attr items[MSCHED__RUN_MAX];
    uint32_t count;
} msched__run;

/*
 * The values of a line, once its attributes are checked. `column` is that of the attribute, or 0 if
 * it is not given.
 */
typedef struct msched__text_values {
    int32_t value[MSCHED__ATTR_COUNT], second[MSCHED__ATTR_COUNT];
    uint32_t column[MSCHED__ATTR_COUNT];
    uint32_t doubt[MSCHED__ATTR_COUNT];     /* enum msched__attr_doubt */
    msched__slice text[MSCHED__ATTR_COUNT]; /* as written */
    msched__slice id, after, before, during;
    msched__slice on, due, release; /* in the plain line, until the next one */
    msched__slice rule;             /* in the arena */
    msched__slice happened[3];      /* started, done, skipped; in the plain line */
} msched__text_values;

/* To-dos that another one names. */
typedef struct msched__text_names {
    const char **ids;
    uint32_t *index; /* the same to-dos by their number */
    uint32_t count;
} msched__text_names;

typedef struct msched__text_todo {
    msched__text_values values;
    const char *title, *id; /* in the reader's arena; id "": none was given */
    const char *slug;       /* of the title, for near_todo; NULL: not yet made */
    uint32_t line, title_column, end_column;
    int is_event, has_id, assumed; /* assumed: the length was not given */
    int is_wrong;                  /* has an error: known by its name, but not planned */
    uint32_t date_column;          /* column of a day or repeat that is not used; 0: none */
    int32_t date_days;             /* since 1970; below 0: not known, or MSCHED__NEXT_WEEK */
    msched__slice date_text;
    /* "after work" at the end of the title: its column, 0: none, and its offset in the title */
    uint32_t order_column, order_at;
    /* "after lunch" at the start: its column, 0: none; the bytes of the title that the line has */
    uint32_t lead_column, lead_size;
    msched__slice then_words; /* "then " that was cut off the title; empty: none */
    const char *then_title;   /* the title before that */
    uint32_t then_column;     /* of "afterwards" at the end of the title; 0: none */
    int32_t start, end, duration, earliest, latest; /* MSCHED_UNSET: not given */
    msched__text_names after, before;
    const char **labels;
    uint32_t label_count;
    msched__slice zone; /* "PST" after its time; empty: none */
    uint32_t zone_column;
    uint32_t state;               /* enum msched_state */
    int32_t started, ended, left; /* MSCHED_UNSET: not given */
    msched__text_dates dates;
} msched__text_todo;

typedef struct msched__text_song {
    msched__text_values values;
    const char *track_id, *query; /* NULL: not given */
    const char *during;           /* id */
    uint32_t during_index;        /* the same to-do by its number */
    uint32_t line;
    int is_wrong;   /* has an error */
    uint32_t state; /* enum msched_state */
    msched__text_dates dates;
} msched__text_song;

/* A line "fill: ...". */
typedef struct msched__text_fill_line {
    msched_listening rules;    /* the fields fill_.. count */
    msched__slice during;      /* name of a to-do, as written; column 0: none */
    msched__slice during_text; /* the attribute */
    uint32_t during_column, line;
    int is_name_only;      /* `during` may be meant as a name of the catalog, which has none */
    const char *during_id; /* its id, once all lines are read; NULL: none */
    uint32_t during_index;
    int is_wrong; /* told as an error, or on another date */
    uint32_t dates_column;
    msched__text_dates dates;
} msched__text_fill_line;

/* The layout of a line, before its text is read (text_layout.c). */
/* Whether the lines below a heading are songs. */
enum msched__songs_below {
    MSCHED__SONGS_NOT = 0,
    MSCHED__SONGS_BEGIN = 1, /* below "Songs:" */
    MSCHED__SONGS_LISTED = 2 /* after the first of them; a blank line ends them */
};

enum msched__line_kind {
    MSCHED__LINE_REMARK,
    MSCHED__LINE_ITEM,
    MSCHED__LINE_DONE,
    MSCHED__LINE_SKIPPED, /* cancelled, or moved to another day */
    MSCHED__LINE_NOTE     /* of the item above */
};

typedef struct msched__line_parts {
    /* offsets in the plain line: of the bullet, of the text after bullet and check box */
    size_t bullet, start;
    int has_bullet;
    char mark; /* in the check box; 0: none */
} msched__line_parts;

/* What an indented line belongs to. */
enum msched__above { MSCHED__ABOVE_NOTHING, MSCHED__ABOVE_ITEM, MSCHED__ABOVE_DONE };

/* A line of description. */
typedef struct msched__text_note {
    uint32_t todo;
    msched__slice text;
} msched__text_note;

struct msched__text_reader {
    const msched_catalog *catalog;
    msched_allocator memory;
    msched__arena arena; /* until the text is read */
    msched_diagnostics *diag;
    int64_t deadline_ns; /* on the monotonic clock: songs are searched until then; 0: no limit */
    int failed;          /* out of memory */
    int lenient;

    msched__slice line;   /* the current line, without its line end */
    msched__slice plain;  /* the same in plain characters: words and attributes are read from it */
    char *plain_text;     /* memory for it if it differs from the line */
    uint16_t *plain_from; /* offset in the line of each of its bytes */
    struct {
        uint16_t start, end;
    } dropped[MSCHED__DROPPED_MAX]; /* offsets in the line of marks that are not part of titles */
    msched__slice zone_word;        /* of the line, in it: "PST" after a time */
    int32_t every_s;                /* interval of "every 8 hours" in the line; 0: none */
    size_t every_start, every_end;  /* offsets of it in the line */
    uint32_t dropped_count, struck_column; /* of ~~text~~ that was left out; 0: none */
    char *words_text;                      /* the same if words of other languages became English */
    uint16_t *words_from;
    struct msched__phrase_index *phrases; /* of all languages; made at the first such line */
    uint32_t line_number;
    char mark;            /* in the line's check box; 0: none */
    msched__slice *words; /* of the plain line */
    uint8_t *quoted;      /* the word is within quotation marks */
    size_t word_capacity, quoted_capacity;
    uint32_t word_count;
    msched__run *run; /* scratch, too large for small stacks */

    msched__text_todo *todos;
    msched__text_song *songs;
    size_t todo_capacity, song_capacity;
    uint32_t todo_count, song_count, done_count, first_done_line, skipped_count, first_skipped_line;
    int has_timed_chat;           /* an earlier line is a chat message whose time is first */
    int has_packed_times;         /* lines begin with times such as 0900 */
    int is_joined;                /* with the planning line of org-mode below it */
    int is_table_head;            /* a rule follows the line */
    uint32_t front_matter;        /* last line of it; 0: none */
    int32_t part_start, part_end; /* the part of the day from a heading such as "AM:"; 0, 0: none */
    enum msched__songs_below below_songs;
    int is_below_music; /* the same below "Music", of which only those of the catalog are songs */
    enum msched__above above;
    size_t above_indent;
    uint32_t above_todo; /* index; UINT32_MAX: the line above is not a to-do */
    msched__text_note *notes;
    size_t note_capacity;
    uint32_t note_count, first_note_line;

    msched_day day;
    msched__axis axis; /* once the text is read */
    char date[11], zone[65];
    msched_listening listening;    /* without the fills */
    msched__text_fill_line *fills; /* in the arena, room for MSCHED_PLAN_MAX_FILLS */
    uint32_t fill_count;
    int32_t *quiet; /* pairs */
    size_t quiet_capacity;
    int32_t pad_before, pad_after;
    uint32_t setting_line[16];           /* line of each setting; 0: not set */
    uint32_t day_line;                   /* line of the "day:" for all dates */
    uint32_t day_column, day_end_column; /* of its value, if it can be read */
    uint32_t days;                       /* of a plan of several days; 0: of one day */
    int32_t now_s;                       /* MSCHED_UNSET: none */
    uint64_t rule_cost;                  /* instances of rules that were looked at */
    msched__text_week week;
};

/* Line on which front matter between "---" ends at the start of a text; 0: there is none. */
uint32_t msched__text_front_matter(const char *data, size_t size);
/* 1 if the first line is the rule below the head of a table, "|---|---|". */
int msched__text_table_rule(const char *data, size_t size);
/*
 * Bytes of the first line, including the planning line of org-mode below it, as "SCHEDULED: <...>"
 * below "* TODO Call"; the given size if there is none.
 */
size_t msched__text_with_planning(const char *data, size_t size, size_t line_size);
/* The layout of the plain line; marks after the text are removed. */
enum msched__line_kind msched__text_layout(msched__text_reader *in, msched__line_parts *parts);
/*
 * Check the bytes, length and characters of the line. 0 after an error. Tabs become spaces in a
 * copy.
 */
int msched__text_check_line(msched__text_reader *in);
/* 1 if a text has a time or a length, with `boxed` also a limit of the time. */
int msched__text_has_times(msched__text_reader *in, msched__slice text, int boxed);
/* Make in->plain from in->line. 0 when out of memory. */
int msched__text_plain(msched__text_reader *in);
/* Make room for a plain line that differs from the line. 0 when out of memory. */
int msched__text_plain_room(msched__text_reader *in);
/* Remove Markdown from in->plain (text_markup.c). 0 when out of memory. */
int msched__text_markup(msched__text_reader *in);
/*
 * Whether the line is a song, which keeps its spelling: nothing in it is translated (text_words.c).
 */
int msched__text_keeps_words(msched__slice line);
/* Translate words around times and lengths to English (text_words.c). 0 when out of memory. */
int msched__text_translate(msched__text_reader *in);
/* The same for "closes at 12:30" and "opens 9am", as bounds, and "at 20 to 11" (text_opening.c). */
size_t msched__take_opening(msched__text_reader *in, msched__writer *w, size_t at);
/* Refuse "after 17:00 or before 8:00". 1: it was there. */
int msched__text_has_or(msched__text_reader *in, const msched__text_values *values);
/*
 * Two times at an offset that the line does not join, "8:00 AM 8:30 AM" and "Sat 10pm - Sun 2am":
 * write a range (text_pair.c). Returns the bytes; 0: no match.
 */
size_t msched__take_pair(msched__text_reader *in, msched__writer *w, size_t at);
/* Make one attribute of two of in->run that belong together: "10:45 Coffee until 11:30". */
void msched__text_join_times(msched__text_reader *in);
/*
 * Remove "every 8 hours" at an offset from the line. Returns the bytes; 0: no match. tell_every
 * warns that the to-do is planned once and offers a line for each time; `start` is where the to-do
 * begins in the line (text_every.c).
 */
size_t msched__take_every(msched__text_reader *in, msched__writer *w, size_t at);
void msched__text_tell_every(msched__text_reader *in, const msched__text_todo *todo, size_t start);
/*
 * Music in words (text_music.c). tell_mood: report "party" among the names of a fill; 0: no mood.
 * find_during: 1 if a text has "during NAME", with that part and the repair, which offer_during
 * makes an edit of the message made last. tell_music: warn about "with music" and "Musik: 1h rock"
 * in a to-do; 1 for the latter.
 */
int msched__text_tell_mood(msched__text_reader *in, msched__slice name);
int msched__text_find_during(msched__text_reader *in, msched__slice text, msched__slice *part,
                             char repair[100]);
void msched__text_offer_during(msched__text_reader *in, msched__slice part, const char *repair);
int msched__text_tell_music(msched__text_reader *in, const msched__text_values *v,
                            msched__slice line);
/*
 * A to-do that names music of the catalog: a note about "Play Halo", and a warning about "Play Halo
 * while cooking" and "2 songs by Ana during run", which offers the song or the fill. 1 for those.
 */
int msched__text_tell_play(msched__text_reader *in, const char *title, uint32_t column);
/*
 * Songs without their mark: bytes before the song in "listen to Halo", "Music: Halo" and the like,
 * if the catalog has it, else SIZE_MAX; the same of any line, which is then a song; and a heading,
 * which may be "Songs".
 */
size_t msched__text_wanted_song(msched__text_reader *in, msched__slice text);
size_t msched__text_find_song(msched__text_reader *in, msched__slice text);
void msched__text_begin_songs(msched__text_reader *in, msched__slice heading);
/* Whether the catalog has a genre, a subgenre or an artist of that name (text_fill.c). */
int msched__text_is_fill_name(msched__text_reader *in, msched__slice name);
/*
 * A heading ends the part of the day of the heading before it. If it is "AM", "Morning" or the
 * like, it begins another part of the day and the result is 1.
 */
int msched__text_begin_part(msched__text_reader *in, msched__slice heading);
/* The part of the line for a part of the plain line. */
msched__slice msched__text_raw(const msched__text_reader *in, msched__slice plain);
/*
 * Copy a part of the line without the marks that were removed. Returns the bytes written, at most
 * its size.
 */
size_t msched__text_keep(const msched__text_reader *in, msched__slice raw, char *out);
/* Column of a position in the line or the plain line, 1-based in characters. */
uint32_t msched__text_column(const msched__text_reader *in, const char *at);
/* Report an error at a position in the line. */
void msched__text_error(msched__text_reader *in, const char *at, msched_result result,
                        const char *code, const char *repair, const char *format, ...)
    MSCHED__PRINTF(6, 7);
/* An error about a value of a setting: MSCHED_ERROR_VALUE at its beginning. */
void msched__text_bad_value(msched__text_reader *in, msched__slice value, const char *code,
                            const char *repair, const char *message);
/* Report a warning or note at a position in the line. */
void msched__text_remark(msched__text_reader *in, uint32_t severity, const char *at,
                         const char *code, const char *repair, const char *format, ...)
    MSCHED__PRINTF(6, 7);
/* Replace a part of the line by one of the texts: the edits of the message made last. */
void msched__text_offer(msched__text_reader *in, msched__slice part, const char *const *texts,
                        uint32_t count);
/* Split a slice of the line into words at spaces and tabs. 0 when out of memory. */
int msched__text_split(msched__text_reader *in, msched__slice slice);
/* From the start of word `first` to the end of word `last`. */
msched__slice msched__text_words(const msched__text_reader *in, uint32_t first, uint32_t last);

/*
 * Read words [first, first + n) as an attribute, or as several in brackets, and add them to
 * in->run. Returns their number; 0: no match.
 */
uint32_t msched__run_take(msched__text_reader *in, uint32_t first, uint32_t n,
                          enum msched__attr_place place);
/*
 * Add the attributes at the start of words [first, end) to in->run. Returns the number of their
 * words.
 */
uint32_t msched__run_lead(msched__text_reader *in, uint32_t first, uint32_t end);
/* Add the attributes at the end of words [first, end). Returns where they begin. */
uint32_t msched__run_trail(msched__text_reader *in, uint32_t first, uint32_t end,
                           enum msched__attr_place place);
/*
 * Leave bare attributes at a word, as in "Black Friday", to the text before them. Returns where the
 * others begin.
 */
uint32_t msched__text_leave_bare(msched__text_reader *in, uint32_t end);
/*
 * Report wrong and repeated attributes of in->run, and write the others to values. 1 if none was
 * wrong.
 */
int msched__run_values(msched__text_reader *in, msched__text_values *values);

/*
 * The title in words [first, end), with attributes before and after it in in->run, `lead` of them
 * before. Attributes that make no sense there become a part of the title again; clear attributes in
 * the title are removed from it and added to in->run. NULL when out of memory; "" without a title.
 * *at receives its start.
 */
const char *msched__text_title(msched__text_reader *in, uint32_t first, uint32_t end, uint32_t lead,
                               const char **at);
/*
 * Use the length at a word of the title within a remark in brackets, which stays in the title
 * (text_bracket.c). Returns its words; 0: none. *told: it is not used, but has to be reported.
 */
uint32_t msched__text_bracket_length(msched__text_reader *in, uint32_t at, uint32_t end, int *told);
/*
 * Decide from the title what an hour with "h" is, a time or a length, and what a number without a
 * unit after the title is. text_unitless moves *end before a number that it uses (text_hours.c).
 */
void msched__text_hours(msched__text_reader *in);
void msched__text_unitless(msched__text_reader *in, uint32_t first, uint32_t *end, uint32_t lead);
/* "9" or "18"; and the words of hours that end a title, "feed baby 7, 11, 3", 0: none. */
int msched__text_is_hour(msched__slice word);
uint32_t msched__text_listed_hours(const msched__text_reader *in, uint32_t first, uint32_t at,
                                   uint32_t last);
/* Read a number next to a meal, an appointment or "tonight" as a time: "Dinner 7". */
void msched__text_meal_number(msched__text_reader *in, uint32_t *first, uint32_t *end,
                              uint32_t *lead);
/* Warn about "at lunch" or "@ dinner time" in the title of a task (text_meals.c). */
void msched__text_tell_moment(msched__text_reader *in, const msched__text_todo *todo);
/*
 * Titles that end or start with "after work": note_order looks for it in the line
 * (text_unknown.c); take_orders turns it into after:work if a single to-do has that name
 * (text_order.c).
 */
void msched__text_note_order(msched__text_reader *in, msched__text_todo *todo);
void msched__text_take_orders(msched__text_reader *in);

/*
 * "after:" or "before:" of a recurring to-do that names an event of several dates: the time of the
 * event on each date, with a warning (text_order.c). 0: it is not that.
 */
int msched__text_take_times(msched__text_reader *in, msched__text_todo *todo,
                            msched__text_names *names, int before);
/*
 * "then shower 10m" is after the to-do of the line above, with a warning (text_unknown.c):
 * take_thens cuts the word off the titles before names are used, settle_thens sets the order.
 */
void msched__text_take_thens(msched__text_reader *in);
void msched__text_settle_thens(msched__text_reader *in);
/*
 * The kind of a text that is not plan text, such as "JSON"; NULL: it may be plan text
 * (text_foreign.c).
 */
const char *msched__text_foreign(const char *data, size_t size);
/* Leave out items with errors (text_lenient.c). 0: nothing is left to plan. */
int msched__text_set_aside(msched__text_reader *in);
/* Give each error and warning an edit (text_tell.c). */
void msched__text_edits(msched__text_reader *in);
/* Resolve times that can be read in several ways, once the day is known (text_resolve.c). */
void msched__text_resolve(msched__text_reader *in);
/* Set the start, the end and the bounds of a to-do from its resolved values (text_clock.c). */
void msched__text_set_times(msched__text_reader *in, msched__text_todo *todo);
/* Whether an attribute is "closes 17:30" as written (text_opening.c). */
int msched__text_closes(msched__slice text);

/*
 * Read lines (text_line.c, text_song.c, text_setting.c). text_setting: 0 if the line is not a
 * setting.
 */
int msched__text_setting(msched__text_reader *in);
/* The same for the text after a bullet, from `start` on, where more lines are to-dos. */
int msched__text_listed_setting(msched__text_reader *in, size_t start);
void msched__text_todo_line(msched__text_reader *in, size_t start);
/* `start` is the text after the marker. */
void msched__text_song_line(msched__text_reader *in, size_t start);
/* The value of "fill:" (text_fill.c). */
void msched__text_fill(msched__text_reader *in, msched__slice value);
/* Pass the listening rules and the fills to the builder. */
msched_result msched__text_add_fills(const msched__text_reader *in, msched_plan_builder *builder,
                                     msched_error *err);
/* "avoid: Title - Artist": a song that fill leaves out. */
void msched__text_avoid(msched__text_reader *in, msched__slice value);
/*
 * Bytes of a song's marker at the start of s; SIZE_MAX: it is not a song; 0: a link, which is a
 * song without a marker.
 */
size_t msched__text_song_marker(msched__slice s);
/*
 * 1 if a text is a song of the catalog, which attributes of a song may follow. A title without an
 * artist has at least so many words.
 */
int msched__text_names_song(msched__text_reader *in, msched__slice text, uint32_t title_words);
/*
 * Days on which clocks change (text_clock.c): load the axis once date and zone are known, and
 * report times of a line that clocks do not show.
 */
void msched__text_load_axis(msched__text_reader *in);
/*
 * Times with the abbreviation of a zone: those of a plan of one day with a zone are converted, with
 * a warning; of the others, a warning says that they are not.
 */
void msched__text_convert_zones(msched__text_reader *in);
/* `dates`: those of the line, as bits; times of a line with several dates are not checked. */
void msched__text_check_clock(msched__text_reader *in, const msched__text_values *v, uint32_t line,
                              uint32_t dates);
/* The named dates of the plan, as bits; all if none is named. */
uint32_t msched__text_dates_of(const msched__text_reader *in, const msched__text_on *on);
/* Report two contradictory attributes, at the second (text_line.c). */
void msched__text_conflict(msched__text_reader *in, const msched__text_values *v,
                           enum msched__attr_kind a, enum msched__attr_kind b, const char *code,
                           const char *repair);
/* The monotonic clock (text_song.c). */
int64_t msched__text_clock_ns(void);
/* The state of a to-do from its attributes (text_state.c). 0 after an error. */
int msched__text_set_state(msched__text_reader *in, msched__text_todo *todo);
/*
 * Remove from a to-do that is ticked off (done or skipped) everything that would plan it, and its
 * errors.
 */
void msched__text_close(msched__text_todo *todo, uint32_t state);
/* Warn about an event whose "done 08:00" is before its start. */
void msched__text_tell_done(msched__text_reader *in, const msched__text_todo *todo);
/* Checks that concern several lines (text_links.c). */
void msched__text_check(msched__text_reader *in);
/* Where a song may play according to its attributes; MSCHED_UNSET if they do not say. */
void msched__text_song_window(const msched__text_values *v, int32_t *start, int32_t *end);

#endif
