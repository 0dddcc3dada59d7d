/* schedule/joint/joint_hosts.h: songs that play during a task, and the tasks that they need. */
#ifndef MSCHED_JOINT_HOSTS_H
#define MSCHED_JOINT_HOSTS_H

#include "schedule/model/solver.h"

/* Weight of the optional plays during a task that have not begun. */
int64_t msched__host_weight(const msched__solver *s, uint32_t host);
/*
 * Maximum weight of wanted plays in any arrangement with this number of tasks of each priority: a
 * song during a task needs that task, and some tasks of a priority are left out.
 */
int64_t msched__hosts_weight(const msched__solver *s);
/*
 * Move tasks with wanted songs, one by one, so that they touch an end of their windows, of
 * listenable time or of a neighbor, as long as the songs gain. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__move_hosts(msched__solver *s);

#endif
