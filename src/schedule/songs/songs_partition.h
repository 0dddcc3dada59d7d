/*
 * schedule/songs/songs_partition.h: assign more songs than can be searched to the intervals of
 * listenable time.
 */
#ifndef MSCHED_SONGS_PARTITION_H
#define MSCHED_SONGS_PARTITION_H

#include "schedule/songs/songs_sequence.h"

/*
 * Place many songs, not all of which may fit, into pack->now: chosen by a knapsack, with slots
 * filled to the second. Ignores artist separation. 0 when out of memory.
 */
int msched__pack_share(msched__pack *pack);

#endif
