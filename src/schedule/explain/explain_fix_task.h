/* schedule/explain/explain_fix_task.h: the change that schedules an unplaced task. */
#ifndef MSCHED_EXPLAIN_FIX_TASK_H
#define MSCHED_EXPLAIN_FIX_TASK_H

#include "schedule/explain/explain_trial.h"

/* Find the fix of the item, a task. */
void msched__fix_task(msched__fixer *f);
/* Find another fix that suffices on the current day and was not tried. 1 if there is one. */
int msched__fix_task_otherwise(msched__fixer *f);
/* Say the fix of the item by an amount; f->lost falls out with it. */
void msched__fix_task_say(msched__fixer *f, uint32_t fix, int32_t amount);
/* Allow music in a to-do for the item, a song. 1 where that helps. */
int msched__fix_by_music(msched__fixer *f);

#endif
