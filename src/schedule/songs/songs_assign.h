/* schedule/songs/songs_assign.h: branch and bound over which song plays in which interval. */
#ifndef MSCHED_SONGS_ASSIGN_H
#define MSCHED_SONGS_ASSIGN_H

#include "schedule/songs/songs_sequence.h"

/*
 * Improve pack->best, no further than `*bound`; 1: it is optimal, 0: not known, -1: out of memory.
 * Songs are assigned to the intervals without regard to artist separation: if that matters and
 * better songs would fit without it, it returns 2, lowers `*bound`, and flags these songs in
 * pack->placed.
 */
int msched__pack_assign(msched__pack *pack, int64_t *bound);

#endif
