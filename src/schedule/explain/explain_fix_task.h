/* schedule/explain/explain_fix_task.h: the change that lets an unplaced task in. */
#ifndef MSCHED_EXPLAIN_FIX_TASK_H
#define MSCHED_EXPLAIN_FIX_TASK_H

#include "schedule/explain/explain_trial.h"

/* Find the fix of the item, a task. */
void msched__fix_task(msched__fixer *f);
/* Leave out another to-do, or (MSCHED_FIX_MUSIC) allow music in it. 1 where that helps. */
int msched__fix_by_other(msched__fixer *f, uint32_t fix);

#endif
