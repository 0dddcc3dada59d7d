/*
 * schedule/explain/explain_room.h: what a task lacks if everything else stays, without solving
 * anything.
 */
#ifndef MSCHED_EXPLAIN_ROOM_H
#define MSCHED_EXPLAIN_ROOM_H

#include "schedule/explain/explain_text.h"

/*
 * Amounts in seconds with which a change schedules a task while everything else stays; 0: it does
 * not.
 */
typedef struct msched__task_lack {
    int32_t later, earlier, shorter, pieces;
} msched__task_lack;

/*
 * The intervals of the day that are free for a task if everything stays except the to-do `without`
 * (UINT32_MAX: everything stays). Sets e->failed and is NULL when out of memory.
 */
msched__interval *msched__explain_free(msched__explain *e, const msched__task *task,
                                       uint32_t without, uint32_t *count);
/* What an unplaced task lacks. Sets e->failed when out of memory. */
msched__task_lack msched__explain_lack(msched__explain *e, uint32_t task);

#endif
