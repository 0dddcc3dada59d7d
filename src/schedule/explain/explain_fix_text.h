/* schedule/explain/explain_fix_text.h: a fix in words, with its other effects. */
#ifndef MSCHED_SCHEDULE_EXPLAIN_FIX_TEXT_H
#define MSCHED_SCHEDULE_EXPLAIN_FIX_TEXT_H

#include "schedule/explain/explain_text.h"

/* What a change displaces: to-dos, one of them by name, and wanted plays. */
typedef struct msched__fix_cost {
    uint32_t todo; /* UINT32_MAX: none */
    uint32_t todos, plays;
} msched__fix_cost;

/* A fix by a length: "make it 10 min shorter". */
typedef struct msched__fix_amount {
    uint32_t fix; /* enum msched_fix_kind */
    int32_t seconds;
    const char *before, *after; /* the words around the length */
} msched__fix_amount;

/* Each writes the fix of an item: its kind, what it names, and its text. */
void msched__fix_say_amount(msched__explain *e, msched_unplaced *item,
                            const msched__fix_amount *amount, const msched__fix_cost *lost);
/* MSCHED_FIX_MOVE_LATER or _EARLIER, of an event. */
void msched__fix_say_move(msched__explain *e, msched_unplaced *item,
                          const msched__fix_amount *amount, uint32_t event);
/* `fix`: MSCHED_FIX_DROP or MSCHED_FIX_MUSIC, of a to-do. */
void msched__fix_say_todo(msched__explain *e, msched_unplaced *item, uint32_t fix, uint32_t todo,
                          const msched__fix_cost *lost);
/* MSCHED_FIX_DROP of a wanted song. */
void msched__fix_say_song(msched__explain *e, msched_unplaced *item, uint32_t wish,
                          const msched__fix_cost *lost);

#endif
