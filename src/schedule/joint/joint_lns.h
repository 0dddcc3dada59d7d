/*
 * schedule/joint/joint_lns.h: large neighborhood search: search parts of the day again while the
 * rest stays.
 */
#ifndef MSCHED_JOINT_LNS_H
#define MSCHED_JOINT_LNS_H

#include "schedule/joint/joint_search.h"

/*
 * Search parts of the day while the rest stays as on the best day found, with at most `limit` units
 * of work.
 */
msched_result msched__day_parts(msched__arena *arena, msched__day_searcher *s, uint64_t limit);

#endif
