/* schedule/explain/explain_tasks.h: why a task is unscheduled. */
#ifndef MSCHED_EXPLAIN_TASKS_H
#define MSCHED_EXPLAIN_TASKS_H

#include "schedule/explain/explain_text.h"

/* Append the unscheduled tasks to schedule->unplaced. */
void msched__explain_tasks(msched__explain *e);

#endif
