/* schedule/explain/explain_fixes.h: the smallest single change that would schedule an item. */
#ifndef MSCHED_EXPLAIN_FIXES_H
#define MSCHED_EXPLAIN_FIXES_H

#include "schedule/explain/explain_text.h"

/* 1 where some unplaced item could have a fix. */
int msched__explain_can_fix(const msched_schedule *schedule);

/*
 * Search for the smallest single change that schedules each unplaced item, by solving the changed
 * plan: with the change, the item is scheduled; with one second less, it is not.
 */
msched_result msched__explain_fixes(msched__explain *e);

#endif
