/* schedule/joint/joint_exact.h: tasks and songs searched together. */
#ifndef MSCHED_JOINT_EXACT_H
#define MSCHED_JOINT_EXACT_H

#include "schedule/model/solver.h"

/*
 * Search for a better day, for up to 64 tasks and songs: the whole day where it has few items, else
 * parts of it, then the whole. s->exact is 1 where that came to its end.
 */
msched_result msched__search_together(msched__solver *s);

#endif
