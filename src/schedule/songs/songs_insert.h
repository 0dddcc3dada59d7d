/*
 * schedule/songs/songs_insert.h: a song put into a sequence: where it disturbs none, anywhere, or
 * in the place of another.
 */
#ifndef MSCHED_SONGS_INSERT_H
#define MSCHED_SONGS_INSERT_H

#include "schedule/songs/songs_sequence.h"

/* Orders in which items are inserted. */
enum msched__pack_order {
    MSCHED__BY_TIGHTNESS,
    MSCHED__BY_DENSITY,
    MSCHED__BY_VALUE,
    MSCHED__BY_DEADLINE,
    MSCHED__ORDER_COUNT
};

/*
 * Key by which an item comes in an order: locked items first, then (`prefer`) those with a previous
 * start, pinned ones, must plays.
 */
uint64_t msched__pack_order_key(const msched__pack *pack, uint32_t index, int prefer,
                                enum msched__pack_order order);

/*
 * Put an item into `now` where it fits without moving others: at its previous start if asked
 * (`prefer`) and free, else as early as can be, a locked one at its time. 1: it is in; 0: nowhere.
 */
int msched__pack_insert(msched__pack *pack, uint32_t index, int prefer);
/*
 * Put an item in at the first place of the sequence where the songs behind it can make way. 1: it
 * is in.
 */
int msched__pack_insert_anywhere(msched__pack *pack, uint32_t index);
/* Put an item in the place of one that is worth less, or as much but is longer. 1: it is in. */
int msched__pack_exchange(msched__pack *pack, uint32_t index);
/* Close up the sequence to its earliest times. */
void msched__pack_close_up(msched__pack *pack);
/* Move plays of `now` back to their previous starts where these are free; 1: some moved. */
int msched__pack_restore_starts(msched__pack *pack);

#endif
