/*
 * plan/plan_span_check.h: make a plan of several dates, and check it; for the readers of JSON and
 * of plan text.
 */
#ifndef MSCHED_PLAN_SPAN_CHECK_H
#define MSCHED_PLAN_SPAN_CHECK_H

#include "plan/plan_builder_data.h"
#include "plan/plan_occurrence.h"

#define MSCHED__SPAN_ALL_DATES 0x7fffffffu
#define MSCHED__SPAN_NAMES_MAX 64 /* names of dates in one list, and exceptions of the window */
/* Moments farther from the plan than this are equivalent. */
#define MSCHED__SPAN_FAR_DAYS 400

/* Maximum number of to-dos and songs to come. */
typedef struct msched__span_size {
    uint32_t days, todos, songs;
} msched__span_size;

/* The fault of a plan of several dates. */
enum msched__span_place {
    MSCHED__SPAN_PLACE_PLAN,
    MSCHED__SPAN_PLACE_TODOS,
    MSCHED__SPAN_PLACE_TODO
};
typedef struct msched__span_problem {
    enum msched__span_place place;
    uint32_t todo; /* index */
    msched_result code;
    char text[320];
} msched__span_problem;

/* 1 if a plan of several dates has one of the names. */
int msched__span_has_date(const msched_plan *plan, const msched__span_names *names);
/* The default dates of a to-do or song: once, on any date. */
msched__span_item msched__span_any_date(uint32_t days);
/* A moment of a date since 1970 and a time of its clock, from midnight of the first date. */
int32_t msched__span_moment(int64_t date_days, int64_t date, int32_t time);
/*
 * Make the builder's plan one of several dates, without to-dos and songs yet; all dates have the
 * window of the day. *out is in the plan's arena. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_begin(msched_plan_builder *builder, const msched_day *day,
                                 msched__span_size size, msched__plan_span **out,
                                 msched_error *err);
/* Give dates another window. */
void msched__span_set_windows(msched__plan_span *span, uint32_t dates,
                              const msched__span_exception *x, const msched_day *day);
/*
 * 1-based number of the first date whose window begins before that of the previous date ends; 0:
 * none.
 */
uint32_t msched__span_overlap(const msched__plan_span *span);
/*
 * "before" is stored with the item, because it refers to events whose dates the builder does not
 * know. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__span_keep_before(msched_plan_builder *builder, msched_todo *todo,
                                       msched__span_item *item, msched_error *err);
/* The fault of a to-do by itself; NULL: none. */
const char *msched__span_item_problem(const msched__plan_span *span, const msched_todo *todo,
                                      const msched__span_item *item);
/*
 * Do the checks that need all to-dos, and link them; the plan is sealed. MSCHED_ERROR_MEMORY is
 * written to `err`, other errors to *problem, whose code is returned.
 */
msched_result msched__span_finish(msched_plan *plan, msched__plan_span *span,
                                  msched__span_problem *problem, msched_error *err);

#endif
