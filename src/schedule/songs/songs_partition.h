/*
 * schedule/songs/songs_partition.h: more songs than can be searched, shared out among the intervals
 * of listenable time.
 */
#ifndef MSCHED_SONGS_PARTITION_H
#define MSCHED_SONGS_PARTITION_H

#include "schedule/songs/songs_sequence.h"

/*
 * Place many songs into pack->now, all of which may not fit: chosen by a knapsack, slots filled to
 * the second. Does not look at artist separation. 0 when out of memory.
 */
int msched__pack_share(msched__pack *pack);

#endif
