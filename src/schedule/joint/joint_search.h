/*
 * schedule/joint/joint_search.h: branch and bound over tasks and songs together (joint_search.c),
 * of the whole day (joint_exact.c) or of parts of it while the rest is fixed (joint_lns.c).
 */
#ifndef MSCHED_JOINT_SEARCH_H
#define MSCHED_JOINT_SEARCH_H

#include "schedule/joint/joint_place.h"

/*
 * Ready to search the whole day; NULL when out of memory. At most MSCHED__DAY_ITEMS tasks and
 * plays.
 */
msched__day_searcher *msched__day_searcher_make(msched__solver *solver,
                                                const msched__songs_problem *wide);
/* Clear the visited states. */
void msched__day_searcher_forget(msched__day_searcher *s);
/* Clear the placed items. */
void msched__day_searcher_clear(msched__day_searcher *s);
/* Place a play before the search starts. */
void msched__day_searcher_place_play(msched__day_searcher *s, uint32_t index, int32_t start_s);
/* Search for a day better than s->best. */
void msched__day_searcher_run(msched__day_searcher *s);

#endif
