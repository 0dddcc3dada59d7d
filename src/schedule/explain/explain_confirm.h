/* schedule/explain/explain_confirm.h: changes that a short trial leaves open, solved to the end. */
#ifndef MSCHED_EXPLAIN_CONFIRM_H
#define MSCHED_EXPLAIN_CONFIRM_H

#include "schedule/explain/explain_trial.h"

/*
 * Find the fix of the item, a task, among its doubts: each is solved as it would be if the change
 * were made, and with a second less. `known`: what the fix that the item has costs, and only less
 * is sought; NULL: it has none. 1 where one is found.
 */
int msched__confirm(msched__fixer *f, const msched__fix_rank *known);

#endif
