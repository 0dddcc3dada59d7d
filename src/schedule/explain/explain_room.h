/*
 * schedule/explain/explain_room.h: what a task lacks beside everything as it stands, without
 * solving anything.
 */
#ifndef MSCHED_EXPLAIN_ROOM_H
#define MSCHED_EXPLAIN_ROOM_H

#include "schedule/explain/explain_text.h"

/*
 * Amounts in seconds by which a change lets a task in while all else stays where it stands; 0: it
 * does not.
 */
typedef struct msched__task_lack {
    int32_t later, earlier, shorter, pieces;
} msched__task_lack;

/*
 * The intervals of the day that are free for a task beside everything as it stands but the to-do
 * `without` (UINT32_MAX: beside all). Sets e->failed and is NULL when out of memory.
 */
msched__interval *msched__explain_free(msched__explain *e, const msched__task *task,
                                       uint32_t without, uint32_t *count);
/* What an unplaced task lacks. Sets e->failed when out of memory. */
msched__task_lack msched__explain_lack(msched__explain *e, uint32_t task);

#endif
