/* schedule/explain/explain_trial.h: a change to the plan judged by solving the changed plan. */
#ifndef MSCHED_EXPLAIN_TRIAL_H
#define MSCHED_EXPLAIN_TRIAL_H

#include "schedule/explain/explain_change.h"

/* The amounts among which to search for the smallest that schedules an item. */
typedef struct msched__amounts {
    uint32_t fix;
    int32_t least, most;
    uint8_t largest;   /* the largest is sought, as smaller ones are easier */
    int32_t known;     /* one that admits the item; 0: none is known */
    uint8_t tried;     /* the known one was tried last */
    int32_t guess;     /* one that might be it; 0: none */
    uint8_t is_likely; /* try the guess first */
    uint32_t other;    /* MOVE_: the event */
} msched__amounts;

static inline int msched__admits(enum msched__verdict verdict)
{
    return verdict == MSCHED__YES || verdict == MSCHED__INSTEAD;
}

/* 0 if bounds show that the change cannot schedule more tasks down to the item's priority. */
int msched__could_gain(msched__fixer *f, const msched__change *change);
/* Note a change of the item that a trial leaves open. */
void msched__note_doubt(msched__fixer *f, const msched__doubt *doubt);
/* Solve the changed plan and see what became of the item; f->lost tells what it costs. */
enum msched__verdict msched__judge(msched__fixer *f, const msched__change *change);
/*
 * The same as if the change were made: with all the work of a solve, which all items share, or with
 * that of a trial if fixes must be found with little work.
 */
enum msched__verdict msched__judge_to_the_end(msched__fixer *f, const msched__change *change);
/* 1 where the work for solves to the end is used up, so that one of them has no answer. */
static inline int msched__lacks_work(const msched__fixer *f, enum msched__verdict verdict)
{
    return f->e->thorough && verdict == MSCHED__SPENT && f->whole < f->e->work_limit;
}

/*
 * The smallest amount that schedules the item, while one second less (more, with `largest`) does
 * not; 0: none. f->lost is the loss of the amount found.
 */
int32_t msched__smallest(msched__fixer *f, const msched__amounts *amounts);
/* 1 where something else is missing, too, that may take the room that a change makes. */
int msched__is_one_of_several(const msched__fixer *f);

#endif
