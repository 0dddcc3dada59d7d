/* schedule/joint/joint_late.h: tasks that stand as late as they can. */
#ifndef MSCHED_JOINT_LATE_H
#define MSCHED_JOINT_LATE_H

#include "schedule/model/solver.h"

/*
 * Move late tasks (msched__plan_is_late) to the end of their time in the incumbent's timetable, and
 * the others up into the time that becomes free. For a timetable without songs. Never fails.
 */
msched_result msched__late_tasks(msched__solver *s);
/*
 * The same of a day with songs: these are placed and filled anew, and the day is kept where no
 * level is the worse for it. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__late_day(msched__solver *s);

#endif
