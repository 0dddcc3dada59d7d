/* schedule/explain/explain_move.h: an event that moves for an unplaced task. */
#ifndef MSCHED_EXPLAIN_MOVE_H
#define MSCHED_EXPLAIN_MOVE_H

#include "schedule/explain/explain_change.h"

/* Move an event by the least that lets the item, a task, in. 1 where that is found and said. */
int msched__fix_by_move(msched__fixer *f);

#endif
