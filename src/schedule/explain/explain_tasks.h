/* schedule/explain/explain_tasks.h: why a task has no place. */
#ifndef MSCHED_EXPLAIN_TASKS_H
#define MSCHED_EXPLAIN_TASKS_H

#include "schedule/explain/explain_text.h"

/* Append the tasks that are missing to schedule->unplaced. */
void msched__explain_tasks(msched__explain *e);

#endif
