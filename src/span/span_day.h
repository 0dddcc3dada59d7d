/* span/span_day.h: a date of a span as the plan of a day, and the results of its schedule. */
#ifndef MSCHED_SPAN_DAY_H
#define MSCHED_SPAN_DAY_H

#include "span/span_name.h"

/* How to solve a date. */
enum msched__span_mode {
    MSCHED__SPAN_SEARCH,  /* with all assigned items, without fixes */
    MSCHED__SPAN_TRY,     /* the same, without ordering the songs */
    MSCHED__SPAN_TASKS,   /* the same, without songs */
    MSCHED__SPAN_EXPLAIN, /* the same with fixes */
    MSCHED__SPAN_FIXED    /* only items that keep their date, without the limit per date */
};

/* Solve a date. *out is owned by the caller. Errors go to span->err. */
msched_result msched__span_solve_date(msched__span *span, uint32_t day, enum msched__span_mode mode,
                                      msched_schedule **out);
/* Solve a date with all assigned items and a task of another date, without ordering songs. */
msched_result msched__span_solve_with(msched__span *span, uint32_t day, uint32_t task,
                                      msched_schedule **out);
/* Solve a date with all assigned items, and keep its schedule and its results. */
msched_result msched__span_update_date(msched__span *span, uint32_t day,
                                       enum msched__span_mode mode);
/* Read the scheduled times from the date's schedule. */
void msched__span_read_date(msched__span *span, uint32_t day);

#endif
