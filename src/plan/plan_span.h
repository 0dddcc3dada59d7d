/*
 * plan/plan_span.h: the additional data of a plan of several dates. Its to-dos and songs are
 * templates: their times are clock times on every date on which they may be. Moments count from
 * midnight of the first date in clock time, with 86400 s for each date.
 */
#ifndef MSCHED_PLAN_SPAN_H
#define MSCHED_PLAN_SPAN_H

#include <musicsched/dates.h>

#define MSCHED__SPAN_AFTER_MAX 16   /* number of to-dos that one comes after, or before */
#define MSCHED__SPAN_ID_MAX    112  /* bytes; the id of an occurrence adds its date or number */
#define MSCHED__SPAN_TASKS_MAX 5000 /* occurrences of all tasks */

/* Names of dates as they were given: "mon" or "2026-11-24". */
typedef struct msched__span_names {
    const char *const *names;
    uint32_t count;
} msched__span_names;

typedef struct msched__span_exception {
    msched__span_names on;
    int32_t start_s, end_s; /* MSCHED_UNSET: as on other dates */
    uint8_t off;
} msched__span_exception;

/* Of a to-do or a wanted song. */
typedef struct msched__span_item {
    msched__span_names on;
    uint32_t dates; /* one bit per date: where it may be */
    /* occurrences on different dates; 1 by default. Song: plays */
    uint32_t times;
    uint8_t each;       /* in place of `times`: one on each date */
    int32_t apart_days; /* at least so many days from one occurrence to the next; 1: none */
    int32_t release_s, due_s, max_per_day_s; /* MSCHED_UNSET: not given */
    msched__span_names before;               /* ids of events */
    const uint32_t *before_todos;            /* their indices, as many */
    /* what happened on single dates, ascending; their dates are "YYYY-MM-DD" */
    const msched_occurrence *occurrences;
    uint32_t occurrence_count;
    uint32_t closed; /* dates that these took from `dates` */
} msched__span_item;

/* Due before the plan: it goes on the first date with time for it. */
static inline int msched__span_is_overdue(const msched__span_item *item)
{
    return item->due_s != MSCHED_UNSET && item->due_s <= 0;
}

/* 1 for a to-do with one occurrence, or for an event, whose occurrences are its dates. */
static inline int msched__span_is_single(const msched__span_item *item)
{
    return !item->each && item->times == 1;
}

/* The first of a set of dates; MSCHED_PLAN_MAX_DAYS: it is empty. */
static inline uint32_t msched__first_date(uint32_t dates)
{
    uint32_t day = 0;
    while (day < MSCHED_PLAN_MAX_DAYS && (dates >> day & 1) == 0)
        day++;
    return day;
}

/* Of a fill, in the order of the plan. */
typedef struct msched__span_fill {
    msched__span_names on;
    uint32_t dates; /* one bit a date: where it is wanted */
} msched__span_fill;

typedef struct msched__plan_span {
    uint32_t days; /* 1..MSCHED_PLAN_MAX_DAYS */
    /* per date, in clock time; end_s 0: a date without a window */
    int32_t start_s[MSCHED_PLAN_MAX_DAYS], end_s[MSCHED_PLAN_MAX_DAYS];
    int32_t max_tasks_s; /* a date; MSCHED_UNSET: no limit */
    int32_t now_s;       /* a moment; MSCHED_UNSET: none */
    msched__span_fill fills[MSCHED_PLAN_MAX_FILLS];
    uint32_t exception_count, todo_count, song_count;
    const msched__span_exception *exceptions;
    msched__span_item *todos, *songs; /* as many elements as the plan has items */
} msched__plan_span;

#endif
