/*
 * schedule/songs/songs_insert.h: insert a song into a sequence: where it displaces none, anywhere,
 * or in place of another.
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
 * Sort key of an item in an order: locked items first, then (`prefer`) those with a previous start,
 * pinned ones, must plays.
 */
uint64_t msched__pack_order_key(const msched__pack *pack, uint32_t index, int prefer,
                                enum msched__pack_order order);

/*
 * Insert an item into `now` without moving others: at its previous start if requested (`prefer`)
 * and free, otherwise as early as possible, a locked one at its time. 1: inserted; 0: it fits
 * nowhere.
 */
int msched__pack_insert(msched__pack *pack, uint32_t index, int prefer);
/*
 * Insert an item at the first position of the sequence where the songs after it can move. 1:
 * inserted.
 */
int msched__pack_insert_anywhere(msched__pack *pack, uint32_t index);
/* Insert an item in place of one that is worth less, or worth as much but longer. 1: inserted. */
int msched__pack_exchange(msched__pack *pack, uint32_t index);
/* Move the sequence to its earliest times. */
void msched__pack_close_up(msched__pack *pack);
/* Move plays of `now` back to their previous starts if these are free; 1: some moved. */
int msched__pack_restore_starts(msched__pack *pack);

#endif
