/*
 * schedule/joint/joint_place.h: when the next task or song can start, in the search of tasks and
 * songs together (joint_search.c).
 */
#ifndef MSCHED_JOINT_PLACE_H
#define MSCHED_JOINT_PLACE_H

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

#define MSCHED__DAY_NEVER INT32_MAX

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
    /* for a song: when the last task must start so that the song can play in it, else NEVER */
    int32_t host_start;
} msched__day_step;

typedef struct msched__day_searcher {
    const msched__model *model;
    uint64_t seed;
    const msched__tasks *tasks;
    const msched__songs_problem *songs; /* without tasks */
    msched__task_bound bound;
    msched__budget *budget;
    uint32_t task_count, play_count, item_count;
    uint32_t *host;    /* per play: task that it plays in, or UINT32_MAX */
    uint32_t *earlier; /* per play: the play of the same wish that comes first, or UINT32_MAX */
    uint8_t *is_host;  /* per task: songs play in it */
    int32_t *rest;     /* per task */
    int32_t *song_starts;
    msched__interval *last_piece; /* per task */
    uint8_t *open_tasks;
    int32_t *key; /* per item: the smallest is tried first */
    msched__day_step *steps;
    msched__day_memo *memo; /* the caller clears it */
    size_t memo_size;
    msched__apart apart;
    uint32_t *by_density; /* the plays by weight per second, the highest first */
    uint8_t use_twins;    /* place a twin only after the play that can change places with it */
    /* unproved: completing the search proves nothing; inexact: it cannot prove anything */
    int use_memo, unproved, inexact;
    int32_t most_before; /* of all tasks */
    /* fixed: placed before the search; the windows of the others exclude these items */
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
    uint8_t order[MSCHED__DAY_ITEMS]; /* the placed plays; those from `since` on follow last_task */
    uint32_t order_count, since;
    int waits;                /* the last task may still have to start later for its songs */
    msched__day_state before; /* the state in which the last task was placed */
    msched__piece fixed_pieces[MSCHED__DAY_DEPTH];
    uint32_t fixed_piece_count;
    msched__arrangement *found;
    int32_t *found_starts;
    int margin; /* minimum gain of a day that is kept; 0: an equally good day suffices */
    int done, stopped, improved;
} msched__day_searcher;

/* The part of the state that changes when the last task moves. */
typedef struct msched__day_saved {
    msched__day_state at;
    msched__interval piece;
    int32_t starts[MSCHED__DAY_ITEMS];
} msched__day_saved;

/* Earliest start of a task after the placed items, ignoring its predecessors; NEVER: none. */
int32_t msched__day_task_start(const msched__day_searcher *s, uint32_t index, int32_t *window_end);
/* When the last song by this artist ended; far in the past if there is none. */
int32_t msched__day_artist_end(const msched__day_searcher *s, uint32_t artist);
/*
 * Earliest start of a song after the placed items; NEVER: none. If the song plays in the last task
 * and the task must start later for it, `*host_start` receives the new start of the task, else
 * NEVER.
 */
int32_t msched__day_song_start(msched__day_searcher *s, uint32_t item, int32_t *host_start);
/* 1 if the last task is in one piece and songs play in it: it may have to start later for them. */
int msched__day_may_wait(const msched__day_searcher *s);
/* Update the state for a placed piece of a task. */
void msched__day_pass_task(msched__day_searcher *s, uint32_t index, msched__interval piece);
/* Start the last task later; the songs placed since then move if necessary. */
void msched__day_move_host(msched__day_searcher *s, int32_t start, msched__day_saved *saved);
/* Undo msched__day_move_host. */
void msched__day_move_back(msched__day_searcher *s, const msched__day_saved *saved);

/*
 * The to-do of the last task if that is a part of it (joint_reduced.c), so that its next part needs
 * no buffer; else UINT32_MAX.
 */
static inline uint32_t msched__day_begun_todo(const msched__day_searcher *s)
{
    uint32_t last = s->at.last_task;
    return last != UINT32_MAX && s->tasks->tasks[last].priority == 0 ? s->tasks->tasks[last].todo
                                                                     : UINT32_MAX;
}

#endif
