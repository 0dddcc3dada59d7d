/*
 * schedule/joint/joint_lns.h: large neighborhood search: parts of the day searched anew while the
 * rest stands.
 */
#ifndef MSCHED_JOINT_LNS_H
#define MSCHED_JOINT_LNS_H

#include "schedule/joint/joint_search.h"

/*
 * Search parts of the day, while the rest stands as in the best one found, with at most `limit`
 * units of work.
 */
msched_result msched__day_parts(msched__arena *arena, msched__day_searcher *s, uint64_t limit);

#endif
