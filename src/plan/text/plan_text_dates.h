/* plan/text/plan_text_dates.h: the dates of the lines of plan text. */
#ifndef MSCHED_PLAN_TEXT_PLAN_TEXT_DATES_H
#define MSCHED_PLAN_TEXT_PLAN_TEXT_DATES_H

#include "plan/plan_builder_data.h"
#include "plan/words/text_date_words.h"
#include "plan/words/text_writer.h"

typedef struct msched__text_reader msched__text_reader;
struct msched__text_values;

/* Names of dates in the form of JSON: "mon", "2026-11-24". In the reader's arena. */
typedef struct msched__text_on {
    const char **names;
    uint32_t count;
} msched__text_on;

typedef struct msched__text_moment {
    int is_given;
    int is_beside; /* "before Fri", "after Fri": without a time, not on the date itself */
    msched__date_word date;
    int32_t time; /* of the day; MSCHED_UNSET: not given */
} msched__text_moment;

/* What happened to a to-do on a date. */
typedef struct msched__text_happened {
    msched__date_word date, last; /* last: of "mon-wed"; otherwise the same date */
    uint32_t state;
    int32_t started, ended; /* MSCHED_UNSET: not given */
} msched__text_happened;

/* Of a to-do, a song or the fill. */
typedef struct msched__text_dates {
    msched__text_on on; /* none: any date */
    int each;           /* one occurrence on each of them */
    int32_t interval;   /* one occurrence every this many days, instead of `on`; 0, 1: each day */
    uint32_t times;     /* 0: not given */
    int is_weekly;      /* `times` are of a week */
    int32_t apart, max_per_day_s; /* MSCHED_UNSET: not given */
    msched__text_moment due, release;
    int32_t due_s, release_s; /* moments of the plan, once it is read; MSCHED_UNSET */
    msched__text_happened *happened;
    uint32_t happened_count;
    msched_occurrence *occurrences; /* the same, once the plan is read */
    uint32_t occurrence_count;
} msched__text_dates;

typedef struct msched__text_exception {
    msched__text_on on;
    int32_t start, end; /* MSCHED_UNSET both: off */
    uint32_t line;
} msched__text_exception;

/* Data of the whole span. */
typedef struct msched__text_week {
    msched__text_on heading; /* of the lines that follow; none: any date */
    size_t heading_level;
    uint8_t has_short_names;            /* short weekdays of another language are headings */
    msched__text_exception *exceptions; /* in the arena, room for MSCHED__SPAN_NAMES_MAX */
    uint32_t exception_count;
    int32_t max_tasks_s; /* MSCHED_UNSET: no limit */
} msched__text_week;

/* The number in the first line "days: 7"; 0: there is none. */
uint32_t msched__text_count_days(const char *data, size_t size);
/* 1 if the line is a heading, which may name the dates of the lines below it. */
int msched__text_heading(msched__text_reader *in);
/* The same for a line that is only a date, from `start` on: "Friday", "- Mon 7 Dec:". */
int msched__text_day_line(msched__text_reader *in, size_t start);
/*
 * The dates that a text names from its start to its end, or to a colon or dash; 0: none. *rest:
 * what follows; *other: it has other text.
 */
int msched__text_name_dates(const msched__text_reader *in, msched__slice *rest,
                            msched__date_list *list, int *other);
/* The names of a list, in the arena. 0 when out of memory. */
int msched__text_keep_dates(msched__text_reader *in, const msched__date_list *list,
                            msched__text_on *out);
/* Without "on:", "On", "Am" and the like before a date: "on:2026-11-26", "Am Dienstag". */
msched__slice msched__text_without_on(msched__slice s);
/*
 * If a line names a week or a range of dates, the lines below it are on those of its dates that the
 * plan covers (text_date_range.c). `level` is that of a heading, or 7 for a line, which is a to-do
 * if other text follows. 1 if the line names a week.
 */
int msched__text_begin_week(msched__text_reader *in, msched__slice text, size_t level);
/* The dates of a text that is only a week or a range, as "27-29 Nov"; 0: it is not. */
int msched__text_week_dates(const msched__text_reader *in, msched__slice text,
                            msched__date_list *list);
/* 1 if a text begins with "week" or "KW" and its number. */
int msched__text_begins_with_week(msched__slice text);
/* "27-28 Nov Berlin": 1 if a text begins with a number and a date. */
int msched__text_begins_with_range(const msched__text_reader *in, msched__slice text);
/* "sat 9:00-24:00", "2026-11-26 off": 1 if the value of "day:" names dates. */
int msched__text_day_of(msched__text_reader *in, msched__slice value);
/* The dates of a line, from its attributes or the heading above it. 0 after an error. */
int msched__text_read_dates(msched__text_reader *in, const struct msched__text_values *values,
                            msched__text_dates *dates);
/* Replace "tomorrow" among the names by its date, now that the date of the plan is known. */
void msched__text_settle_names(msched__text_reader *in, msched__text_on *on);
/* Warn about a weekday that is left in the title of a to-do without dates. */
void msched__text_tell_weekday(msched__text_reader *in, const char *title, uint32_t column);
/* Report "tomorow" at the start or the end of a title, and "1/12" of an event. */
void msched__text_tell_misspelled(msched__text_reader *in, const char *title, int is_event);
/* Report "every blue moon" after a length, at the end of a title. */
void msched__text_tell_every_other(msched__text_reader *in, msched__slice length,
                                   const char *title);
/* Report the 24 of "Gym on Mon 24" if no such Monday is near. `date`: the attribute in the line. */
void msched__text_tell_day_number(msched__text_reader *in, msched__slice date, const char *title);
/* Warn about "Tue morning or Wed evening": a to-do can have only one of them. */
void msched__text_tell_alternatives(msched__text_reader *in);
/* 1 if none of the dates is that of a plan of one day, which is reported. */
int msched__text_is_other_date(msched__text_reader *in, const msched__text_on *on, uint32_t line,
                               uint32_t column);
/* Check the dates of all lines once the text is read; a plan of one day leaves out other dates. */
void msched__text_check_dates(msched__text_reader *in);
/* Set the day's window to the widest window of the dates. */
void msched__text_widen_day(msched__text_reader *in);
/* The date of a moment in the plan; a weekday is the one in the plan. 0 after an error. */
int msched__text_find_date(msched__text_reader *in, const msched__text_moment *moment,
                           uint32_t line, uint32_t column, int64_t *out);
/* Make the builder's plan one of several dates; *span is NULL for one day. */
msched_result msched__text_begin_span(const msched__text_reader *in, msched_plan_builder *builder,
                                      msched__plan_span **span, msched_error *err);
/*
 * Add the dates of the to-do or song that the builder gets next. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__text_add_item(const msched__text_reader *in, msched_plan_builder *builder,
                                    const msched__text_dates *dates, msched__span_item *item,
                                    msched_error *err);
/* The dates of a fill at `index` in the plan. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__text_date_fill(const msched__text_reader *in, msched_plan_builder *builder,
                                     const msched__text_dates *dates, uint32_t index,
                                     msched_error *err);
/* Link what the span has; errors become diagnostics. */
msched_result msched__text_finish_span(msched__text_reader *in, msched_plan_builder *builder,
                                       msched__plan_span *span, msched_error *err);

#endif
