/* recurrence.c: recurrence rules are expanded by ical.js, which the host passes to load(). */
#include "format/recurrence.h"

#define BATCH      256
#define MAX_STEPS  20000 /* of ical.js for a rule: each takes up to 30 us */
#define STEP       10    /* what a step costs of the budget, which counts those of libical */
#define INVALID    (-1)  /* returned by host_rule_expand() in place of a number of instances */

#define HOST(name) __attribute__((import_module("env"), import_name(name)))

/* 1 if the host has ical.js. */
HOST("rule_available") int32_t host_rule_available(void);

/* 1 if ical.js expands the rule as libical does. */
HOST("rule_valid") int32_t host_rule_valid(const char *rule);

/*
 * Put the first instances of a series from `from` to before `to` into found[0..most). Returns their
 * number, INVALID, or a smaller number if the rule takes more than `*budget` steps, from which it
 * subtracts those that it took.
 */
HOST("rule_expand")
int32_t host_rule_expand(const char *rule, double start, int32_t is_date, double from, double to,
                         double *found, int32_t most, uint32_t *budget);

int msched__recurrence_available(void)
{
    return host_rule_available();
}

int msched__recurrence_valid(const char *rule)
{
    return host_rule_valid(rule);
}

enum msched__recurrence_end msched__recurrence_expand(const msched__recurrence *series,
                                                      int64_t from, int64_t to, uint64_t *budget,
                                                      msched__recurrence_fn tell, void *ctx)
{
    double found[BATCH];
    for (int32_t count = BATCH; count == BATCH;) {
        uint32_t steps = *budget / STEP < MAX_STEPS ? (uint32_t)(*budget / STEP) : MAX_STEPS,
                 left = steps;
        count = host_rule_expand(series->rule, (double)series->start, series->is_date, (double)from,
                                 (double)to, found, BATCH, &left);
        *budget -= (uint64_t)(steps - left) * STEP;
        if (count < 0)
            return count == INVALID ? MSCHED__RECURRENCE_INVALID : MSCHED__RECURRENCE_EXPENSIVE;
        for (int32_t i = 0; i < count; i++) {
            from = (int64_t)found[i] + 1;
            if (tell(ctx, (int64_t)found[i]))
                return MSCHED__RECURRENCE_STOPPED;
        }
    }
    return MSCHED__RECURRENCE_DONE;
}
