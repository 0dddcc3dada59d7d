/* schedule/explain/explain_trial.h: a change to the plan judged by solving the changed plan. */
#ifndef MSCHED_EXPLAIN_TRIAL_H
#define MSCHED_EXPLAIN_TRIAL_H

#include "schedule/explain/explain_fix_text.h"
#include "schedule/explain/explain_text.h"
#include "schedule/model/lookup.h"

/* A plan with one change. */
typedef struct msched__change {
    uint32_t fix;   /* enum msched_fix_kind */
    uint32_t other; /* DROP, MUSIC: to-do; DROP with is_song: wanted song */
    uint8_t is_song;
    int32_t amount;
} msched__change;

typedef struct msched__fixer {
    msched__explain *e;
    msched_unplaced *item;
    msched__plan_todo *todos; /* the changed plan */
    msched__plan_song *songs;
    msched__wish *wishes;
    uint64_t left;  /* work for all fixes together */
    uint64_t share; /* of one of the items left */
    uint64_t part;  /* work for one try */
    msched__arrangement trial;
    /* per priority: the length at which the item before was placed; 0: none */
    int32_t competes_s[5];
    uint32_t proved;       /* levels of the day that are proved */
    uint8_t searched;      /* in the last trial tasks and songs were searched together */
    uint8_t all_levels;    /* solve for the levels after the item's as well */
    msched__fix_cost lost; /* by the change tried last */
    int32_t asked, enough; /* the amount tried last, and what of it the day found needs */
    msched_result result;
} msched__fixer;

/*
 * YES: placed, and more of its importance is; INSTEAD: placed, in the place of something as
 * important; WORSE: placed, and something more important is not; SPENT: not known.
 */
enum msched__verdict { MSCHED__NO, MSCHED__YES, MSCHED__INSTEAD, MSCHED__WORSE, MSCHED__SPENT };

/* Amounts among which the smallest that admits an item is sought. */
typedef struct msched__amounts {
    uint32_t fix;
    int32_t least, most;
    uint8_t largest; /* the largest is sought, as smaller ones are easier */
    int32_t known;   /* one that admits the item; 0: none is known */
    int32_t guess;   /* one that might be it; 0: none */
} msched__amounts;

extern const msched__fix_cost msched__nothing_lost;

static inline int msched__admits(enum msched__verdict verdict)
{
    return verdict == MSCHED__YES || verdict == MSCHED__INSTEAD;
}

/* Plays of a wish that are placed. */
uint32_t msched__plays_placed(const msched__solution *day, uint32_t wish);
/* The level that the item counts in. */
int msched__item_level(const msched__fixer *f);
/*
 * The model of the changed plan, which lies in `plan` and `f`; its tasks are still those of the
 * plan as it was.
 */
msched__model msched__change_model(msched__fixer *f, const msched__change *change,
                                   struct msched_plan *plan);
/* 0 where bounds show that with the change no more tasks down to the item's priority are placed. */
int msched__could_gain(msched__fixer *f, const msched__change *change);
/* Solve the changed plan and see what became of the item; f->lost tells what it costs. */
enum msched__verdict msched__judge(msched__fixer *f, const msched__change *change);
/*
 * The smallest amount that admits the item, where one less (more, with `largest`) does not; 0:
 * none. f->lost tells of the amount found.
 */
int32_t msched__smallest(msched__fixer *f, const msched__amounts *amounts);

#endif
