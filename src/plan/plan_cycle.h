/*
 * plan/plan_cycle.h: find a cycle of to-dos, each after the next one.
 */
#ifndef MSCHED_PLAN_CYCLE_H
#define MSCHED_PLAN_CYCLE_H

#include "plan/plan_data.h"

/*
 * A cycle of `after`: its to-dos in `cycle` (room for `count`), each after the next one, the last
 * after the first. *cycle_count 0: there is none. Returns 0 when out of memory.
 */
int msched__plan_cycle(const msched_allocator *allocator, const msched__plan_todo *todos,
                       uint32_t count, uint32_t *cycle, uint32_t *cycle_count);

#endif
