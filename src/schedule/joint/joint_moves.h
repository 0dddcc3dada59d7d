/* schedule/joint/joint_moves.h: move tasks so that songs have more time. */
#ifndef MSCHED_JOINT_MOVES_H
#define MSCHED_JOINT_MOVES_H

#include "schedule/model/solver.h"

#define MSCHED__MOVES_PLACE_WORK 20000 /* units for placing the songs around the tasks */

/*
 * Move tasks so that the songs have more time, in the windows of must plays or for the songs with
 * the most weight, and place the songs again. If the songs gain, the incumbent changes and
 * s->gained is 1.
 */
msched_result msched__moves_for_musts(msched__solver *s);
msched_result msched__moves_for_songs(msched__solver *s);
/* The same for the fill: the songs keep their value. */
msched_result msched__moves_for_fill(msched__solver *s);

#endif
