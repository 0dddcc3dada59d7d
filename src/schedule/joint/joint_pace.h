/*
 * schedule/joint/joint_pace.h: pauses between the to-dos of a day, if no song and no fill needs the
 * time.
 */
#ifndef MSCHED_JOINT_PACE_H
#define MSCHED_JOINT_PACE_H

#include "schedule/model/solver.h"

/* Start a day with pauses. s->paced is 1 if every task has a place. */
msched_result msched__pace_tasks(msched__solver *s);
/* Add pauses to a finished day that was not started with them, if no level gets worse. */
msched_result msched__pace_day(msched__solver *s);

#endif
