/*
 * schedule/joint/joint_search.h: branch and bound over tasks and songs together (joint_search.c),
 * of the whole day (joint_exact.c) or of parts of it while the rest is fixed (joint_lns.c).
 */
#ifndef MSCHED_JOINT_SEARCH_H
#define MSCHED_JOINT_SEARCH_H

#include "algo/budget.h"
#include "schedule/joint/joint_apart.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solver.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_relaxation.h"

#define MSCHED__DAY_ITEMS 64
#define MSCHED__DAY_DEPTH 96

/* The state of the day after the placed items. */
typedef struct msched__day_state {
    int32_t last_start;
    int32_t person_end, person_clear; /* end of the last task, with its buffer */
    int32_t song_end;                 /* of the last song; far in the past if there is none */
    int32_t silence_clear;            /* end of the last silent task, with its buffer */
    uint32_t last_task;
} msched__day_state;

typedef struct msched__day_memo {
    uint64_t placed;
    msched__day_state at;
} msched__day_memo;

typedef struct msched__day_step {
    uint32_t item;
    int32_t start, length, key;
} msched__day_step;

typedef struct msched__day_searcher {
    const msched__model *model;
    uint64_t seed;
    const msched__tasks *tasks;
    const msched__songs_problem *songs; /* without tasks */
    msched__task_bound bound;
    msched__budget *budget;
    uint32_t task_count, play_count, item_count;
    uint32_t *host;   /* per play: task that it plays in, or UINT32_MAX */
    uint32_t *before; /* per play: the play of the same wish that comes first, or UINT32_MAX */
    uint8_t *is_host; /* per task: songs play in it */
    int32_t *rest;    /* per task */
    int32_t *song_starts;
    msched__interval *last_piece; /* per task */
    uint8_t *open_tasks;
    int32_t *key; /* per item: the smallest is tried first */
    msched__day_step *steps;
    msched__day_memo *memo; /* the caller clears it */
    size_t memo_size;
    msched__apart apart;
    uint8_t use_twins; /* a twin only after the play that can change places with it */
    /* unproved: completing the search proves nothing; inexact: it cannot prove anything */
    int use_memo, unproved, inexact;
    int32_t most_before; /* of all tasks */
    /* fixed: placed and not searched: the windows of the others exclude it */
    uint64_t placed, fixed;
    uint64_t salt; /* distinguishes the states of different searches */
    uint64_t stop_at;
    uint32_t node_work;
    msched__day_state at;
    int64_t value[MSCHED_LEVEL_FILL_S], best[MSCHED_LEVEL_FILL_S];
    const int64_t *target;
    int64_t listened;
    msched__piece pieces[MSCHED__DAY_DEPTH];
    uint32_t piece_count, begun;
    msched__piece fixed_pieces[MSCHED__DAY_DEPTH];
    uint32_t fixed_piece_count;
    msched__arrangement *found;
    int32_t *found_starts;
    int margin; /* minimum gain of a day that is kept; 0: an equally good day suffices */
    int done, stopped, improved;
} msched__day_searcher;

/*
 * Ready to search the whole day; NULL when out of memory. At most MSCHED__DAY_ITEMS tasks and
 * plays.
 */
msched__day_searcher *msched__day_searcher_make(msched__solver *solver,
                                                const msched__songs_problem *wide);
/* Clear the visited states. */
void msched__day_searcher_forget(msched__day_searcher *s);
/* Clear the placed items. */
void msched__day_searcher_clear(msched__day_searcher *s);
/* Place a play before the search starts. */
void msched__day_searcher_place_play(msched__day_searcher *s, uint32_t index, int32_t start_s);
/* Search for a day better than s->best. */
void msched__day_searcher_run(msched__day_searcher *s);

#endif
