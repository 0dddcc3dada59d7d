/* plan/plan_rule.h: the dates of a plan on which a rule (RFC 5545) has an instance. */
#ifndef MSCHED_PLAN_RULE_H
#define MSCHED_PLAN_RULE_H

#include "base/arena.h"
#include "plan/plan_data.h"
#include "plan/plan_span.h"

#include <musicsched/plan.h>

#define MSCHED__RULE_BYTES 256
/* What the rules of one plan may cost: instances that are looked at. */
#define MSCHED__RULE_BUDGET 100000

/* A rule of dates, and what it gives. */
typedef struct msched__dated_rule {
    char text[MSCHED__RULE_BYTES]; /* without UNTIL */
    int64_t start, until;          /* dates since 1970; INT64_MAX: without end */
    int64_t first;                 /* of the plan */
    uint32_t days;
    uint32_t dates; /* those that it has, as bits */
    int64_t next;   /* where it has none: the first one after the plan */
} msched__dated_rule;

/* The parts of a rule; UNTIL is kept apart. What is wrong with it, or NULL. */
const char *msched__rule_split(const char *text, msched__dated_rule *out);
/*
 * Find `dates` and `next`. MSCHED_OK, MSCHED_ERROR_VALUE (it is not a rule) or MSCHED_ERROR_LIMIT
 * (*budget is used up).
 */
msched_result msched__rule_expand(msched__dated_rule *rule, uint64_t *budget);
/*
 * The dates of an expanded rule as names and as bits. If there is none, the name is that of the
 * next instance, or of another date outside the plan. The arena takes the names. MSCHED_OK or
 * MSCHED_ERROR_MEMORY.
 */
msched_result msched__rule_name_dates(const msched__dated_rule *rule, msched__arena *arena,
                                      msched__span_item *item);

/* A rule of a plan of several dates, as a caller gives it. */
typedef struct msched__given_rule {
    const char *text;
    const char *from; /* the date from which it counts, YYYY-MM-DD; NULL: the plan's first */
    uint32_t days;    /* of the plan */
    uint64_t *budget; /* what is left of the plan's budget */
} msched__given_rule;

/* What is wrong with a rule. */
typedef struct msched__rule_fault {
    int is_of_start; /* of `from`, not of `text` */
    char text[160];
} msched__rule_fault;

/*
 * Read a rule and name its dates; the names are in the arena of the plan. MSCHED_OK,
 * MSCHED_ERROR_MEMORY, or with a fault MSCHED_ERROR_VALUE or MSCHED_ERROR_LIMIT.
 */
msched_result msched__rule_read(msched_plan *plan, const msched__given_rule *given,
                                msched__span_item *item, msched__rule_fault *fault);

#endif
