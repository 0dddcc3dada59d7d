/*
 * schedule/joint/joint_room.h: the weight that songs can still have in the remaining time, in the
 * search of tasks and songs together (joint_search.c).
 */
#ifndef MSCHED_JOINT_ROOM_H
#define MSCHED_JOINT_ROOM_H

#include "schedule/joint/joint_place.h"

/* Order the plays for the bound. 0 when out of memory. */
int msched__day_room_make(msched__arena *arena, msched__day_searcher *s);
/*
 * The silent tasks that every day from here on has, if it has as many tasks of each priority as the
 * best one: the shortest that can be, and 0 for a task that may be split.
 */
void msched__day_silence(const msched__day_searcher *s, const uint8_t *open, msched__silence *out);
/* The most weight of the `open` plays beside these tasks. */
int64_t msched__day_room_weight(const msched__day_searcher *s, const uint8_t *open,
                                const msched__silence *silence);

#endif
