/* schedule/explain/explain_enough.h: how much of a change the day found with it needs. */
#ifndef MSCHED_EXPLAIN_ENOUGH_H
#define MSCHED_EXPLAIN_ENOUGH_H

#include "schedule/explain/explain_change.h"
#include "schedule/explain/explain_room.h"
#include "schedule/model/solver.h"

/*
 * The amount that suffices to schedule the item as on the day of the trial, at most the amount
 * tried. The other pieces keep their order, and all songs their times. Sets f->result when out of
 * memory.
 */
int32_t msched__explain_enough(msched__fixer *f, const msched__change *change,
                               const msched__solver *trial);
/*
 * Reduce the lack of an unplaced, unpinned task to what it lacks if the other tasks of the day move
 * but keep their order.
 */
void msched__explain_shift(msched__fixer *f, msched__task_lack *lack);

#endif
