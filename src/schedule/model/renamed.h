/* schedule/model/renamed.h: to-dos that have another id than in the previous schedule. */
#ifndef MSCHED_RENAMED_H
#define MSCHED_RENAMED_H

#include "schedule/output/schedule.h"

/*
 * The previous schedule (NULL: none) with the ids of this plan. A to-do that is named by its title
 * gets a number where another one has that name as its id, and loses it with that to-do. *out is
 * `previous` itself where no id changes, else a copy in the arena. 0 when out of memory.
 */
int msched__previous_renamed(msched__arena *arena, const msched_plan *plan,
                             const msched_schedule *previous, const msched_schedule **out);

#endif
