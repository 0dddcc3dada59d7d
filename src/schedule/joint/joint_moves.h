/* schedule/joint/joint_moves.h: tasks moved so that songs have more time. */
#ifndef MSCHED_JOINT_MOVES_H
#define MSCHED_JOINT_MOVES_H

#include "algo/budget.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"

/*
 * Move tasks so that the songs have more time, in their windows for must plays or for all that are worth most, and place these anew
 * with at most `limit` units of work; day changes where the songs gain, and *gained becomes 1.
 */
msched_result msched__day_make_room(msched__arena *arena, const msched__request *request, uint64_t limit, msched__budget *budget,
                                    int must_first, msched__day *day, int *gained);
/* The same for the fill: the songs keep their value. */
msched_result msched__day_make_room_for_fill(msched__arena *arena, const msched__request *request, uint64_t limit,
                                             msched__budget *budget, msched__day *day);

#endif
