/* schedule/joint/joint_late.h: schedule late tasks as late as possible. */
#ifndef MSCHED_JOINT_LATE_H
#define MSCHED_JOINT_LATE_H

#include "schedule/model/solver.h"

/*
 * Move late tasks (msched__plan_is_late) to the end of their time in the incumbent's timetable, and
 * the others into the freed time. For a timetable without songs. Never fails.
 */
msched_result msched__late_tasks(msched__solver *s);
/*
 * The same for a day with songs: these are placed and filled again, and the day is kept if no level
 * is worse. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__late_day(msched__solver *s);

#endif
