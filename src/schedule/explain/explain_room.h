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

/* What an unplaced task lacks. Sets e->failed when out of memory. */
msched__task_lack msched__explain_lack(msched__explain *e, uint32_t task);

#endif
