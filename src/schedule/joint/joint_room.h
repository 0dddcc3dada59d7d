/*
 * schedule/joint/joint_room.h: an upper bound of the weight of the songs that still fit, in the
 * search of tasks and songs together (joint_search.c).
 */
#ifndef MSCHED_JOINT_ROOM_H
#define MSCHED_JOINT_ROOM_H

#include "schedule/joint/joint_place.h"

/* Order the plays for the bound. 0 when out of memory. */
int msched__day_room_make(msched__arena *arena, msched__day_searcher *s);
/*
 * The silent tasks that a day still needs to have as many tasks of each priority as the best one:
 * the lengths of the shortest possible ones, 0 for a task that may be split.
 */
void msched__day_silence(const msched__day_searcher *s, const uint8_t *open, msched__silence *out);
/* An upper bound of the weight of the `open` plays, given these silent tasks. */
int64_t msched__day_room_weight(const msched__day_searcher *s, const uint8_t *open,
                                const msched__silence *silence);

#endif
