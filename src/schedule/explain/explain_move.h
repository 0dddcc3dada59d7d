/* schedule/explain/explain_move.h: an event that moves for an unplaced task. */
#ifndef MSCHED_EXPLAIN_MOVE_H
#define MSCHED_EXPLAIN_MOVE_H

#include "schedule/explain/explain_change.h"

/*
 * Find the smallest move of an event that schedules the item, a task. 1 if there is one; writes the
 * fix.
 */
int msched__fix_by_move(msched__fixer *f);

#endif
