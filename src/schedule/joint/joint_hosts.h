/* schedule/joint/joint_hosts.h: songs that play during a task, and the tasks that they need. */
#ifndef MSCHED_JOINT_HOSTS_H
#define MSCHED_JOINT_HOSTS_H

#include "schedule/model/solver.h"

/*
 * Most weight of wanted plays that any arrangement with as many tasks of each priority can have: a
 * song during a task needs that task, and of the tasks of a priority some are left out.
 */
int64_t msched__hosts_weight(const msched__solver *s);
/*
 * Move tasks during which a wanted song is to play, one by one, to where they touch the ends of
 * their windows, of listenable time and of their neighbors, as long as the songs gain by it.
 * MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__move_hosts(msched__solver *s);

#endif
