/* schedule/joint/joint_exact.h: search tasks and songs together. */
#ifndef MSCHED_JOINT_EXACT_H
#define MSCHED_JOINT_EXACT_H

#include "schedule/joint/joint_place.h"
#include "schedule/model/solver.h"

/*
 * Search a day of few items as a whole, unless tasks may be split. If the work limit ends the
 * search, s->searched_few is 1 and s->exact is 0.
 */
msched_result msched__search_few(msched__solver *s);
/*
 * Search for a better day, for up to 64 tasks and songs: the whole day if it has few items,
 * otherwise parts of it, then the whole. s->exact is 1 if that search was completed.
 */
msched_result msched__search_together(msched__solver *s);

/*
 * Search the whole day for a better one than s->best, until `stop_at`. Songs that have begun are
 * placed before the search starts. 1: there is none.
 */
int msched__day_search_all(msched__day_searcher *s, uint64_t stop_at);

#endif
