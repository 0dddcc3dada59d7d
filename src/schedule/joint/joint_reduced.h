/* schedule/joint/joint_reduced.h: a bound of the first open level from a search of less. */
#ifndef MSCHED_JOINT_REDUCED_H
#define MSCHED_JOINT_REDUCED_H

#include "schedule/model/solver.h"

/*
 * Prove levels before the fill, one after the other, by a search of the items that matter for
 * each, as far as these searches end in time. If these are all items, a better day is taken over.
 * Reserves some of the work for msched__bound_reduced.
 */
msched_result msched__search_reduced(msched__solver *s);
/* The same with the work that is left, after the other searches. */
msched_result msched__bound_reduced(msched__solver *s);

#endif
