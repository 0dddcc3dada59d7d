/* schedule/songs/songs_search.h: branch and bound over the next song, under every rule. */
#ifndef MSCHED_SONGS_SEARCH_H
#define MSCHED_SONGS_SEARCH_H

#include "schedule/songs/songs_sequence.h"

/*
 * Improve pack->best, no further than `bound`; 1: it is optimal, 0: not known, -1: out of memory.
 */
int msched__pack_search(msched__pack *pack, int64_t bound);

#endif
