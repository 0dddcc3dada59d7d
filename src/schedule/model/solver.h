/*
 * schedule/model/solver.h: the search for the best day. Levels are those of enum msched_level.
 *
 * model/    what can stand where
 * tasks/    most tasks by priority, songs left aside
 * songs/    the wanted songs in given time, fill/ the songs that fill the rest
 * joint/    tasks and songs together
 * build.c   the public entry: wishes, replanning, the day, its reasons
 */
#ifndef MSCHED_SOLVER_H
#define MSCHED_SOLVER_H

#include "algo/budget.h"
#include "schedule/model/plays.h"
#include "schedule/model/tasks.h"

/* The tasks' part of the answer. */
typedef struct msched__task_answer {
    msched__arrangement best;
    int32_t bound[5]; /* per priority: no arrangement as good on the priorities before has more */
    int proved;       /* best meets the bound on all priorities */
    int32_t first[5]; /* counts that the bounds were made for */
} msched__task_answer;

msched_result msched__solve_tasks(msched__arena *arena, const msched__tasks *tasks, msched__budget *budget,
                                  msched__task_answer *out);
/* Bounds for arrangements with `count` of each priority before, found without a search. 0 when out of memory. */
int msched__solve_tasks_bound(msched__arena *arena, const msched__tasks *tasks, const int32_t *count, int32_t *bound);

/* Replace an arrangement by one as good that moves less against the starts wished for. 0 when out of memory. */
int msched__tasks_settle(msched__arena *arena, const msched__tasks *tasks, msched__arrangement *best);

/* A wanted song, looked up. */
typedef struct msched__wish {
    uint32_t track; /* UINT32_MAX: not known */
    int32_t length_s;
    uint32_t weight;
    uint32_t candidate_count; /* of an unknown one: track indices, best first */
    const uint32_t *candidates;
    uint8_t ambiguous; /* more than one recording matches as well */
} msched__wish;

/* A wanted play of the previous schedule. */
typedef struct msched__previous_play {
    uint32_t wish;
    int32_t start_s;
    uint8_t frozen;
} msched__previous_play;

/* What a previous schedule says about this plan. All zero: there is none. */
typedef struct msched__replan {
    msched__frozen *frozen; /* pieces of tasks that have begun */
    uint32_t frozen_count;
    msched__frozen *pieces; /* of tasks, not frozen, by to-do and start */
    uint32_t piece_count;
    msched__previous_play *plays;
    uint32_t play_count;
    msched__previous_fill *fill;
    uint32_t fill_count;
} msched__replan;

/* A question to the solver. */
typedef struct msched__request {
    const msched_catalog *catalog; /* NULL: none */
    const msched_plan *plan;
    const msched__wish *wishes; /* per song of the plan */
    const msched__replan *replan;
    uint64_t seed;
    uint8_t no_order, no_fill;
} msched__request;

/* The answer. */
typedef struct msched__day {
    msched__tasks tasks;
    msched__task_answer answer;
    msched__songs_problem songs;
    msched__songs_placement placement;
    msched__fill_problem fill_problem;
    msched__fill fill;
    msched__timed_song *timed; /* all songs, by start */
    uint32_t timed_count;
    int64_t value[MSCHED_LEVEL_COUNT], bound[MSCHED_LEVEL_COUNT];
    uint32_t proved_levels;
    uint8_t exact; /* tasks and songs were searched together to the end */
} msched__day;

/* Look the plan's songs up. MSCHED_OK or MSCHED_ERROR_MEMORY. */
msched_result msched__wishes_make(msched__arena *arena, const msched_catalog *catalog, const msched_plan *plan, msched__wish **out,
                                  msched_error *err);
/* MSCHED_OK, MSCHED_ERROR_MEMORY or MSCHED_ERROR_CONFLICT. */
msched_result msched__replan_make(msched__arena *arena, const msched_catalog *catalog, const msched_plan *plan,
                                  const msched__wish *wishes, const msched_schedule *previous, msched__replan *out,
                                  msched_error *err);
/* Tell the tasks where they stood before. 0 when out of memory. */
int msched__replan_wish(msched__arena *arena, const msched__replan *replan, msched__tasks *tasks);
msched_result msched__solve_day(msched__arena *arena, const msched__request *request, msched__budget *budget, msched__day *out);
#endif
