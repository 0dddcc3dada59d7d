/* schedule/joint/joint.h: parts of the search for a day with songs. */
#ifndef MSCHED_JOINT_H
#define MSCHED_JOINT_H

#include "schedule/model/solver.h"

/* Listenable time beside an arrangement, from `from` on; NULL when out of memory. */
msched__span *msched__day_listenable(msched__arena *arena, const msched__tasks *tasks, const msched__arrangement *arrangement,
                                     int32_t from, uint32_t *count);
/*
 * The songs' problem beside an arrangement. Without one (NULL): beside no task at all, and songs during a task anywhere it
 * could stand, which no arrangement betters. 0 when out of memory.
 */
int msched__day_songs(msched__arena *arena, const msched__request *request, const msched__tasks *tasks,
                      const msched__arrangement *arrangement, msched__songs_problem *out);
/* Place the wanted songs beside day->answer.best, with at most `limit` units of work. */
msched_result msched__day_place(msched__arena *arena, const msched__request *request, uint64_t limit, msched__budget *budget,
                                msched__day *day);
/* Fill what is left and put all songs together. */
msched_result msched__day_fill(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day);
/* Write levels 0 to 5 of what is placed. */
void msched__day_values(msched__day *day);
/*
 * Move tasks so that the songs have more time, in their windows for must plays or for all that are worth most, and place these anew
 * with at most `limit` units of work; day changes where the songs gain, and *gained becomes 1.
 */
msched_result msched__day_make_room(msched__arena *arena, const msched__request *request, uint64_t limit, msched__budget *budget,
                                    int must_first, msched__day *day, int *gained);
/* The same for the fill: the songs keep their value. */
msched_result msched__day_make_room_for_fill(msched__arena *arena, const msched__request *request, uint64_t limit,
                                             msched__budget *budget, msched__day *day);
/*
 * The songs do not all fit beside the tasks as they stand: look for a better day on levels 0 to 5, first by keeping time
 * for the missing songs, then by searching tasks and songs together (day->exact where that came to its end).
 */
msched_result msched__day_improve(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day);
/* Beside no task, but without the time of `sure`, pieces in which silent tasks surely stand. 0 when out of memory. */
int msched__day_songs_wide(msched__arena *arena, const msched__request *request, const msched__tasks *tasks,
                           const msched__arrangement *sure, msched__songs_problem *out);
/*
 * Seconds of listening that silent events and tasks of priority 1 .. `last` leave at most where as many of these are placed as in
 * day->answer.best. -1 when out of memory.
 */
int64_t msched__day_quiet_capacity(msched__arena *arena, const msched__day *day, int last);
#define MSCHED__DAY_CLOSE_MAX 64 /* plays for which the closer bounds are made */
/*
 * Bounds of the songs' levels over all arrangements with the values that the levels before have, with at most `limit`
 * units of work; the quick ones only where it is 0. MSCHED_OK or MSCHED_ERROR_MEMORY.
 */
msched_result msched__day_bound_songs(msched__arena *arena, const msched__request *request, uint64_t limit, msched__budget *budget,
                                      msched__day *day);
/* The search together, for up to 64 tasks and songs; improves day->answer and day->placement. */
msched_result msched__day_search(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *day);

#endif
