/*
 * schedule/model/solver.h: the search for the best day: the state of every technique.
 *
 * Invariants: the incumbent `best` only gets better, the work used only grows, and the bounds are
 * those of the incumbent's values (bounds.h). A technique is a function of the solver; if it finds
 * nothing better, it does not change the incumbent.
 */
#ifndef MSCHED_SOLVER_H
#define MSCHED_SOLVER_H

#include "algo/budget.h"
#include "schedule/model/bounds.h"
#include "schedule/model/model.h"
#include "schedule/model/solution.h"

/* TRIAL: without fill, without ordering, and without proofs. */
enum msched__effort { MSCHED__FULL, MSCHED__TRIAL };

typedef struct msched__solver {
    /* memory of the answer, or of a running technique: see msched__solver_enter */
    msched__arena *arena;
    const msched__model *model;
    msched__budget *budget;
    uint64_t seed;
    enum msched__effort effort;
    uint32_t goal;     /* levels that are searched for: MSCHED_LEVEL_FILL_S, or fewer in a trial */
    uint8_t no_order;  /* do not improve level 8 */
    uint8_t paced;     /* the tasks have pauses */
    uint8_t closed_up; /* the pauses were removed, because songs or fill need the time */
    msched__solution best;
    msched__bounds bounds;
    uint64_t kept; /* work reserved for the bounds at the end */
    /* tasks that are never among as many of each priority as these */
    uint64_t never;
    int32_t never_beside[5];
    uint8_t gained;       /* the last moves of tasks helped the songs */
    uint8_t searched;     /* tasks and songs were searched together */
    uint8_t searched_few; /* that was the search of a day of few items */
    uint8_t exact;        /* the search was completed: optimal on the levels before the fill */
} msched__solver;

/*
 * Use an arena of its own until msched__solver_leave, which frees it; returns the arena that was
 * used before.
 */
msched__arena *msched__solver_enter(msched__solver *s, msched__arena *scratch);
void msched__solver_leave(msched__solver *s, msched__arena *before);

/* 1 if nothing is left to gain on the levels searched for, or the time is over. */
int msched__solver_done(const msched__solver *s);

#endif
