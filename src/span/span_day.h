/* span/span_day.h: one date of a span as the plan of a day, and what its schedule gives to it. */
#ifndef MSCHED_SPAN_DAY_H
#define MSCHED_SPAN_DAY_H

#include "span/span_model.h"

#define MSCHED__SPAN_ID_BYTES 144 /* room for the id of an occurrence */

/*
 * What an occurrence is called: "gym~2", "read@2026-11-24" where there is one on each date, or as
 * the to-do. `day` is the date that it has or could have.
 */
void msched__span_name_task(const msched__span *span, const msched__span_task *task, uint32_t day,
                            char *id);
void msched__span_name_event(const msched__span *span, uint32_t todo, uint32_t day, char *id);

/* How a date is solved. */
enum msched__span_mode {
    MSCHED__SPAN_SEARCH,  /* with all that was given to it, without fixes */
    MSCHED__SPAN_TRY,     /* the same, with songs in no order */
    MSCHED__SPAN_TASKS,   /* the same, without songs */
    MSCHED__SPAN_EXPLAIN, /* the same with fixes */
    MSCHED__SPAN_FIXED    /* only what no choice of dates changes, without the limit a date */
};

/* Solve a date. *out is owned by the caller. Errors go to span->err. */
msched_result msched__span_solve_date(msched__span *span, uint32_t day, enum msched__span_mode mode,
                                      msched_schedule **out);
/* Solve a date with all that was given to it, and keep its schedule and what it says. */
msched_result msched__span_update_date(msched__span *span, uint32_t day,
                                       enum msched__span_mode mode);
/* Read from the date's schedule what has got time. */
void msched__span_read_date(msched__span *span, uint32_t day);

#endif
