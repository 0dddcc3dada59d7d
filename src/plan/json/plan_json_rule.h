/* plan/json/plan_json_rule.h: to-dos of a plan of several dates that recur by a rule (RFC 5545). */
#ifndef MSCHED_PLAN_JSON_PLAN_JSON_RULE_H
#define MSCHED_PLAN_JSON_PLAN_JSON_RULE_H

#include "plan/json/plan_json_values.h"
#include "plan/plan_data.h"
#include "plan/plan_rule.h"

/* Members of a to-do, some without a value; *budget is the rest of the plan's budget. */
typedef struct msched__rule_nodes {
    const msched__json_node *rule, *from;
    uint64_t *budget;
} msched__rule_nodes;

/*
 * "rrule" and "rrule_from": the dates of the plan on which the rule has an instance, as names of
 * dates and as bits. If there is none, the name is that of the next instance, or of another date
 * outside the plan. Reads nothing if `rule` has no value, and refuses a `from` without it. `plan`
 * is one of several dates; its arena takes the names.
 */
msched_result msched__read_rule(msched_plan *plan, const msched__rule_nodes *nodes,
                                msched__span_item *item, msched_error *err);

#endif
