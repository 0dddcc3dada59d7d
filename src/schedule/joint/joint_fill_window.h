/* schedule/joint/joint_fill_window.h: move wanted songs out of the fill's window. */
#ifndef MSCHED_JOINT_FILL_WINDOW_H
#define MSCHED_JOINT_FILL_WINDOW_H

#include "schedule/model/solver.h"

/*
 * Place the wanted songs again, outside the fill's window if possible; kept if as many play and the
 * fill is longer.
 */
msched_result msched__clear_fill_window(msched__solver *s);

#endif
