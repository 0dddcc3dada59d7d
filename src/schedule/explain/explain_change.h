/* schedule/explain/explain_change.h: a plan with one change, the candidate for a fix. */
#ifndef MSCHED_EXPLAIN_CHANGE_H
#define MSCHED_EXPLAIN_CHANGE_H

#include "schedule/explain/explain_fix_text.h"
#include "schedule/explain/explain_room.h"
#include "schedule/explain/explain_text.h"
#include "schedule/model/lookup.h"

/* A plan with one change. */
typedef struct msched__change {
    uint32_t fix;   /* enum msched_fix_kind */
    uint32_t other; /* DROP, MUSIC, MOVE_: to-do; DROP with is_song: wanted song */
    uint8_t is_song;
    int32_t amount;
} msched__change;

/*
 * YES: placed, with more items of its importance; INSTEAD: placed, in place of an equally important
 * item; WORSE: placed, and something more important is lost; SPENT: unknown.
 */
enum msched__verdict { MSCHED__NO, MSCHED__YES, MSCHED__INSTEAD, MSCHED__WORSE, MSCHED__SPENT };

/* The cost of a fix to a person: classes in this order, and within a class by cost. */
enum msched__fix_class {
    MSCHED__FIX_ALONE,   /* changes the item alone */
    MSCHED__FIX_INSTEAD, /* and displaces an equally important item */
    MSCHED__FIX_WITHOUT, /* a task is left out */
    MSCHED__FIX_DRASTIC, /* takes more than half of the item */
    MSCHED__FIX_EVENT,   /* moves an event */
    MSCHED__FIX_NO_EVENT /* leaves out an event */
};

typedef struct msched__fix_rank {
    uint32_t class; /* enum msched__fix_class */
    int64_t cost;
} msched__fix_rank;

static inline int msched__costs_more(const msched__fix_rank *a, const msched__fix_rank *b)
{
    return a->class != b->class ? a->class > b->class : a->cost > b->cost;
}

/* A change that helps as far as a short trial shows, which does not show that it is a fix. */
typedef struct msched__doubt {
    msched__change change;
    int32_t least, most;
    int32_t guess;   /* a larger amount that may be it; 0: none */
    uint8_t largest; /* the largest amount is sought */
    msched__fix_rank rank;
} msched__doubt;

#define MSCHED__DOUBTS_MAX 6

/* The doubts of an item, the one first that costs a person least. */
typedef struct msched__doubts {
    msched__doubt all[MSCHED__DOUBTS_MAX];
    uint32_t count;
} msched__doubts;

typedef struct msched__answer msched__answer; /* of a trial (explain_recall.h) */

/* What is known of an item from the search so far. */
typedef struct msched__known {
    msched__answer *trials;
    msched__task_lack lack; /* of a task, if `has_lack` */
    uint8_t has_lack;
} msched__known;

typedef struct msched__fixer {
    msched__explain *e;
    msched_unplaced *item;
    msched__plan_todo *todos; /* the changed plan */
    msched__plan_song *songs;
    msched__wish *wishes;
    uint64_t left;  /* work for all fixes together */
    uint64_t part;  /* work for one try */
    uint64_t least; /* with less left, a try would hardly come to an end */
    uint64_t whole; /* for all solves to the end together, if fixes may take long */
    msched__arrangement trial;
    /* per priority: the length at which the previous item was scheduled; 0: none */
    int32_t competes_s[5];
    uint32_t tried;         /* kinds with an amount that were tried for the item, a bit each */
    uint64_t *left_out;     /* to-dos that were tried to be left out for the item, a bit each */
    msched__fix_rank rank;  /* of the fix said last */
    msched__doubts *doubts; /* of the item; NULL: none are noted */
    msched__answer *shared; /* trials that leave out a to-do, which are the same for each item */
    uint64_t *placed_of;    /* of the last of these: bits of the to-dos that are then placed */
    msched__known *known;   /* of the item */
    uint32_t proved;        /* levels of the day that are proved */
    uint8_t searched;       /* in the last trial tasks and songs were searched together */
    uint8_t all_levels;     /* solve for the levels after the item's as well */
    uint8_t to_the_end;     /* solve as if the change were made, with all the work of a solve */
    uint8_t cut_short;      /* the last trial ended before a solve would */
    uint8_t is_final;       /* the last trial shows what solving to the end would */
    uint8_t placed;         /* in the last trial the item was placed, */
    uint8_t unsure;         /* and which of several as important is hangs on the work */
    uint8_t settled;        /* `lost` is what the amount found loses on all levels */
    msched__fix_cost lost;  /* by the change tried last */
    int32_t open;           /* an amount that may help, where the smallest was not found; 0: none */
    int32_t asked, enough;  /* the amount tried last, and what of it the day found needs */
    msched_result result;
} msched__fixer;

/* Plays of a wish that are placed. */
uint32_t msched__plays_placed(const msched__solution *day, uint32_t wish);
/* Forget what was tried, before the next item. */
void msched__fixer_begin_item(msched__fixer *f);
/* 1 if nothing else depends on a to-do and it has not begun. */
int msched__can_be_dropped(const msched_plan *plan, uint32_t todo);
/* The level in which the item counts. */
int msched__item_level(const msched__fixer *f);
/*
 * The model of the changed plan, which is stored in `plan` and `f`; its tasks are still those of
 * the original plan.
 */
msched__model msched__change_model(msched__fixer *f, const msched__change *change,
                                   struct msched_plan *plan);

#endif
