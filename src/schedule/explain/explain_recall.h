/* schedule/explain/explain_recall.h: the trials of a day so far, none of which is repeated. */
#ifndef MSCHED_EXPLAIN_RECALL_H
#define MSCHED_EXPLAIN_RECALL_H

#include "schedule/explain/explain_change.h"

/* How a changed plan is solved; each answers the questions of those before. */
enum msched__extent {
    MSCHED__ITS_LEVELS, /* on the levels down to that of the item */
    MSCHED__ALL_LEVELS, /* on all levels before the fill */
    MSCHED__TO_THE_END  /* as if the change were made */
};

/* What a trial showed. */
struct msched__answer {
    msched__answer *next;
    msched__change change;
    msched__fix_cost lost;
    uint64_t give_up_at; /* the trial would have ended there */
    uint64_t *placed_of; /* of a to-do left out: bits of the to-dos that are then placed */
    uint32_t goal;       /* and the levels that were searched for */
    int32_t enough;
    uint8_t extent; /* enum msched__extent */
    uint8_t verdict, searched, placed, unsure, cut_short;
};

/* How the next trial is solved, and the levels that it searches for. */
enum msched__extent msched__extent_of(const msched__fixer *f);
uint32_t msched__trial_goal(const msched__fixer *f);
/* 1 where the change does not change the item, so that its trial is one for all to-dos. */
int msched__trial_is_shared(const msched__fixer *f, const msched__change *change);
/* An earlier trial that answers the question with as much work; NULL: none. */
const msched__answer *msched__recall(const msched__fixer *f, const msched__change *change,
                                     uint64_t give_up_at);
/* What an earlier trial showed, as if it were the last one. */
enum msched__verdict msched__repeat(msched__fixer *f, const msched__answer *known);
/* Keep what the last trial showed. Sets f->result when out of memory. */
void msched__remember(msched__fixer *f, const msched__change *change, const msched__answer *what);

#endif
