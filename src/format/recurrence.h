/*
 * format/recurrence.h: when a rule recurs. libical expands the rule (RFC 5545 section 3.3.10); this
 * file bounds its cost and starts it near the requested time.
 */
#ifndef MSCHED_FORMAT_RECURRENCE_H
#define MSCHED_FORMAT_RECURRENCE_H

#include "base/slice.h"
#include "format/recurrence_end.h"

#include <stddef.h>
#include <stdint.h>

/* the cost of a rule without any instance: libical searches centuries */
#define MSCHED__RECURRENCE_NEVER 100000

/* A rule and the start of its series. */
typedef struct msched__recurrence {
    const char *rule; /* an RRULE without UNTIL */
    int64_t start;    /* seconds since 1970 on the clock of the series */
    int is_date;      /* the series is of dates */
} msched__recurrence;

/* What a message says if they cannot be expanded. */
#define MSCHED__RECURRENCE_MISSING "recurrence rules need libical, or ical.js in JavaScript"

/* 1 if recurrence rules can be expanded: the library was built with libical. */
int msched__recurrence_available(void);

/* 1 if libical knows the rule (without UNTIL). */
int msched__recurrence_valid(const char *rule);

/*
 * Instances from `from` to before `to`, ascending. Each instance visited subtracts one from
 * `*budget`.
 */
enum msched__recurrence_end msched__recurrence_expand(const msched__recurrence *series,
                                                      int64_t from, int64_t to, uint64_t *budget,
                                                      msched__recurrence_fn tell, void *ctx);

#endif
