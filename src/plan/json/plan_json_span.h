/* plan/json/plan_json_span.h: the members of a plan of several dates; see plan_span.h. */
#ifndef MSCHED_PLAN_JSON_PLAN_JSON_SPAN_H
#define MSCHED_PLAN_JSON_PLAN_JSON_SPAN_H

#include "plan/plan_builder_data.h"
#include "plan/json/plan_json_values.h"

typedef struct msched__json_reader {
    msched_plan_builder *builder;
    msched_allocator memory;
    msched_error *err;
    msched__plan_span *span; /* in the plan's arena; NULL: a plan of one day without dates */
    uint64_t rule_budget;    /* see plan_json_rule.h */
    uint32_t fill_count;     /* fills of the span that were read */
    /* tracks that every fill avoids; NULL: none */
    const msched__plan_strings *avoid;
} msched__json_reader;

/* The keys that a to-do has only in a plan of several dates, in this order. */
#define MSCHED__SPAN_TODO_KEYS 9
#define MSCHED__SPAN_TODO_NAMES                                                                    \
    "on", "times", "apart_days", "release", "due", "max_per_day_s", "rrule", "rrule_from",         \
        "occurrences"

/* Members of a plan, some without a value. */
typedef struct msched__span_nodes {
    const msched__json_node *root, *days, *now, *todos, *songs, *max_tasks, *exceptions;
} msched__span_nodes;

/*
 * If "days" is present, begin a plan of several dates in the builder's plan; otherwise refuse
 * members of such plans.
 */
msched_result msched__read_span(msched__json_reader *in, const msched__span_nodes *nodes,
                                const msched_day *day);
/*
 * Read the dates of a to-do, a song or the fill before it is passed to the builder; refused in a
 * plan of one day.
 */
msched_result msched__read_span_todo(msched__json_reader *in, const msched__json_node *object,
                                     const msched__json_node *members, msched_todo *todo);
msched_result msched__read_span_song(msched__json_reader *in, const msched__json_node *object,
                                     const msched__json_node *on, const msched__json_node *times,
                                     msched_song *song);
msched_result msched__read_span_fill(msched__json_reader *in, const msched__json_node *on);
/* Check what needs all to-dos to be there; the plan is sealed. */
msched_result msched__span_check(msched__json_reader *in, const msched__json_node *root);

#endif
