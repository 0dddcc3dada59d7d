/* plan/words/text_date_words.h: names of dates in plan text. */
#ifndef MSCHED_PLAN_WORDS_TEXT_DATE_WORDS_H
#define MSCHED_PLAN_WORDS_TEXT_DATE_WORDS_H

#include "plan/words/text_scan.h"

#define MSCHED__WEEKDAY_NONE     (-1)
#define MSCHED__WEEKDAY_RELATIVE (-2)

/* A name of a date: a weekday, a calendar date, or a day relative to that of the plan. */
typedef struct msched__date_word {
    int weekday;  /* 0 Sunday to 6 Saturday; NONE or RELATIVE: `days` is the date */
    int64_t days; /* since 1970; RELATIVE: from the date of the plan, -1 to 2 */
    int is_plural;
} msched__date_word;

/* "mon", "Tuesday", "2026-11-24" or "tomorrow" at *at, which moves past it. 1: match. */
int msched__take_date_word(msched__slice slice, size_t *at, msched__date_word *word);
/* "sit in sun", "where she sat": 1 if `before` shows that the word is not a weekday. */
int msched__is_sun_or_sat(msched__slice word, msched__slice before);

#define MSCHED__DATE_LIST_MAX   64
#define MSCHED__DATE_EXCEPT_MAX 8

/* Several of them; one bit for each weekday. */
typedef struct msched__date_list {
    uint32_t weekdays;
    uint32_t relative; /* bits 0 to 3: yesterday, today, tomorrow, the day after it */
    uint32_t date_count;
    int64_t dates[MSCHED__DATE_LIST_MAX];
    uint32_t except_count; /* dates that are left out of the weekdays */
    int64_t excepts[MSCHED__DATE_EXCEPT_MAX];
    int is_plural; /* "mondays", "weekends": each of them is meant */
} msched__date_list;

/*
 * Read the whole slice as a list: "mon,wed", "mon and wed", "mon wed fri", "mon-fri", "weekday",
 * "weekends", "2026-11-24", "weekdays except wed", "except sun". 1 if it matches.
 */
int msched__scan_date_list(msched__slice slice, msched__date_list *list);

/*
 * The dates of a line, also in plans of one day: "on:mon,wed", "on Wed", "every weekday",
 * "tomorrow", or a weekday or date by itself, which is uncertain (MSCHED__BARE); "by Friday". 1 if
 * the slice matches.
 */
int msched__match_day(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

/*
 * An attribute that only plans of several days have: on, every, 3x/week, apart:, max: per day, by
 * or after a date. 1 if the slice matches.
 */
int msched__match_span(msched__slice slice, enum msched__attr_place place, msched__attr *attr);

#endif
