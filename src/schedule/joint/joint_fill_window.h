/* schedule/joint/joint_fill_window.h: wanted songs leave the window of the fill to the fill. */
#ifndef MSCHED_JOINT_FILL_WINDOW_H
#define MSCHED_JOINT_FILL_WINDOW_H

#include "schedule/model/solver.h"

/*
 * Place the wanted songs anew, outside of the fill's window where they may; kept where as many play
 * and the fill is longer.
 */
msched_result msched__clear_fill_window(msched__solver *s);

#endif
