/* solve.h: a schedule within the limits of the server. */
#ifndef SERVER_SOLVE_H
#define SERVER_SOLVE_H

#include "request.h"

typedef struct solve_question {
    const msched_plan *plan;
    const msched_schedule *previous; /* NULL: none */
    uint64_t seed;
    uint32_t assume_done;
    const msched_allocator *memory;
} solve_question;

/* Build it and count it. As msched_schedule_build. */
msched_result solve(request *r, const solve_question *question, msched_schedule **out,
                    msched_error *err);
/* A plan text, and what is said of it elsewhere. */
typedef struct solve_text {
    const char *data;
    size_t size;
    const char *date, *timezone; /* of a text that names none; NULL: none */
    uint32_t now_s, lenient;
    const char *now_date; /* the date that now_s counts from; NULL or "": that of the plan */
    const msched_allocator *memory;
} solve_text;

/* Read a plan text within the limits. As msched_plan_parse_text. */
msched_result solve_read_text(request *r, const solve_text *text, msched_plan **plan,
                              msched_diagnostics **diagnostics, msched_error *err);

#endif
