/* format/recurrence_end.h: how the instances of a rule are told, and how their expansion ends. */
#ifndef MSCHED_FORMAT_RECURRENCE_END_H
#define MSCHED_FORMAT_RECURRENCE_END_H

#include <stdint.h>

/* instances of a rule that are visited before it is given up */
#define MSCHED__RECURRENCE_MAX_STEPS 200000

/* Called for each instance, on the clock of the series; a result other than 0 stops. */
typedef int (*msched__recurrence_fn)(void *ctx, int64_t local);

enum msched__recurrence_end {
    MSCHED__RECURRENCE_DONE,
    MSCHED__RECURRENCE_INVALID,   /* not a rule that is known */
    MSCHED__RECURRENCE_EXPENSIVE, /* its instances cost more than the budget or this file allow */
    MSCHED__RECURRENCE_STOPPED    /* `tell` stopped it */
};

#endif
