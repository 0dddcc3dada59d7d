/*
 * span/span_slots.h: the pieces of a date's tasks in its free intervals.
 *
 * Whether a set of tasks fits on a date is a question of the intervals between its events, not only
 * of their sum. A search assigns the pieces to the intervals. The order within an interval follows
 * from the windows of the tasks. The result is a hint for solving the date: such a set may leave no
 * free minute, and then the search for one day seldom finds it.
 */
#ifndef MSCHED_SPAN_SLOTS_H
#define MSCHED_SPAN_SLOTS_H

#include "span/span_gaps.h"
#include "time/interval.h"

#define MSCHED__SLOTS_MAX   16 /* free intervals of a date; more are not searched */
#define MSCHED__SLOT_PIECES 12 /* most pieces in an interval */

/* A free interval. Its pieces are in the order in which they are scheduled. */
typedef struct msched__slot {
    int32_t start_s, end_s, left_s;
    uint32_t count;
    uint32_t task[MSCHED__SLOT_PIECES];
    int32_t seconds[MSCHED__SLOT_PIECES];
} msched__slot;

typedef struct msched__slots {
    uint32_t day, count;
    msched__slot slot[MSCHED__SLOTS_MAX];
} msched__slots;

enum msched__arranged {
    MSCHED__ARRANGED_NOT,     /* no pieces were found, which proves nothing */
    MSCHED__ARRANGED,         /* the pieces are in `slots` */
    MSCHED__ARRANGED_UNKNOWN, /* the search gave up, or there are rules that it does not know */
};

/* Search pieces in the free intervals of a date for a set of tasks. */
enum msched__arranged msched__span_arrange(const msched__span *span, uint32_t day,
                                           const msched__span_set *set, msched__slots *slots);
/*
 * Write the times of the pieces of a task, at most MSCHED__SLOTS_MAX, by start. Returns their
 * number.
 */
uint32_t msched__slots_times(const msched__span *span, const msched__slots *slots, uint32_t task,
                             msched__interval *out);

#endif
