/*
 * Search tasks and songs together: the whole day, or parts of it (joint_lns.c) if the whole is too
 * large.
 */
#include "schedule/joint/joint_exact.h"

#include "algo/budget.h"
#include "algo/min_max.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_lns.h"
#include "schedule/joint/joint_search.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"

#include <string.h>

/* of the remaining work: for a first search of the whole day, which often suffices for few items */
#define FIRST_PART 16
#define FEW_PART   2  /* part of the work for a search of few items, which usually ends */
#define TRIAL_PART 64 /* in the trial of a fix */
#define FIRST_MAX  24 /* items */
#define CHEAP      4  /* nodes of a day mostly searched to the end that count as one */

static int32_t end_of_windows(const msched__play *play)
{
    return play->window_count == 0 ? 0 : play->windows[play->window_count - 1].end;
}

/*
 * 1 if a song may play in a piece of its task that has begun. The search places such songs only in
 * the rest of the task.
 */
static int misses_begun_hosts(const msched__day_searcher *s)
{
    for (uint32_t i = 0; i < s->task_count; i++) {
        const msched__task *task = &s->tasks->tasks[i];
        if (s->is_host[i] && task->length < s->tasks->plan->todos[task->todo].duration_s)
            return 1;
    }
    return 0;
}

/* 1 if tasks may be cut or were cut by `now`, so that a completed search may prove nothing. */
static int is_inexact(const msched__day_searcher *s)
{
    return s->tasks->has_split || misses_begun_hosts(s);
}

/* 1 where a search mostly comes to its end, so that it gets as much of the work as parts do. */
static int ends_mostly(const msched__day_searcher *s)
{
    return s->item_count <= FIRST_MAX && !is_inexact(s);
}

static int is_exact(const msched__day_searcher *s)
{
    return !s->stopped && !s->done && !s->unproved;
}

int msched__day_search_all(msched__day_searcher *s, uint64_t stop_at)
{
    s->inexact = is_inexact(s);
    s->use_twins = 1;
    for (uint32_t i = 0; i < s->item_count; i++)
        s->key[i] = i < s->task_count ? s->tasks->tasks[i].due
                                      : end_of_windows(&s->songs->plays[i - s->task_count]);
    for (int again = 1; again;) {
        msched__day_searcher_forget(s);
        msched__day_searcher_clear(s);
        s->unproved = misses_begun_hosts(s);
        if (ends_mostly(s))
            s->node_work = s->item_count / CHEAP + 1;
        s->stop_at = stop_at;
        for (uint32_t i = 0; i < s->play_count; i++) {
            const msched__play *play = &s->songs->plays[i];
            if (!play->frozen)
                continue;
            msched__day_searcher_place_play(s, i, play->pinned_s);
            s->at.song_end = larger(s->at.song_end, play->pinned_s + play->length_s);
        }
        msched__day_searcher_run(s);
        again = s->inexact && !s->stopped && !s->done && !s->unproved;
        s->inexact = 0;
    }
    s->use_twins = 0;
    return is_exact(s);
}

/*
 * A day of few items is first searched as a whole. If that proves its answer, the search of parts,
 * which proves nothing, is skipped. If it does not, because tasks may be split, parts find little
 * more: they get less of the work, and none in the trial of a fix, which then has no answer.
 */
static msched_result search_day(msched__solver *solver, msched__day_searcher *s)
{
    msched__budget *budget = solver->budget;
    int few = s->item_count <= FIRST_MAX, is_trial = solver->effort == MSCHED__TRIAL, whole = 0;
    if (few && !solver->searched_few) {
        uint64_t part = msched__budget_left(budget) / (is_trial ? TRIAL_PART : FIRST_PART);
        solver->exact = (uint8_t)msched__day_search_all(s, budget->used + part);
        whole = !s->stopped;
    }
    if (solver->exact || s->done)
        return MSCHED_OK;
    if (is_trial && few) {
        budget->stop = MSCHED_STOP_WORK;
        return MSCHED_OK;
    }
    uint64_t left = msched__budget_left(budget);
    msched_result result =
        msched__day_parts(solver->arena, s, ends_mostly(s) ? left / 2 : left / 4 * (whole ? 1 : 3));
    if (result != MSCHED_OK || s->done || whole)
        return result;
    solver->exact = (uint8_t)msched__day_search_all(s, UINT64_MAX);
    return MSCHED_OK;
}

typedef msched_result (*day_search)(msched__solver *solver, msched__day_searcher *s);

/* Search with the solver's memory, and adopt the result. */
static msched_result search_within(msched__solver *s, day_search search)
{
    msched__songs_problem wide;
    if (!msched__songs_beside(s->arena, s->model, NULL, &wide))
        return MSCHED_ERROR_MEMORY;
    if (s->model->tasks.count + wide.play_count > MSCHED__DAY_ITEMS)
        return MSCHED_OK;
    msched__day_searcher *searcher = msched__day_searcher_make(s, &wide);
    if (searcher == NULL || search(s, searcher) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    if (searcher->improved) {
        s->best.placement.must = searcher->best[MSCHED_LEVEL_MUST_SONGS];
        s->best.placement.weight = searcher->best[MSCHED_LEVEL_SONG_WEIGHT];
        msched__solution_rate(&s->model->tasks, &s->best);
    }
    return MSCHED_OK;
}

static msched_result search_with(msched__solver *s, day_search search)
{
    msched__arena scratch, *before = msched__solver_enter(s, &scratch);
    msched_result result = search_within(s, search);
    msched__solver_leave(s, before);
    return result;
}

static msched_result search_few(msched__solver *solver, msched__day_searcher *s)
{
    if (!ends_mostly(s))
        return MSCHED_OK;
    solver->searched = solver->searched_few = 1;
    uint64_t part = solver->effort == MSCHED__TRIAL ? TRIAL_PART : FEW_PART;
    solver->exact = (uint8_t)msched__day_search_all(
        s, solver->budget->used + msched__budget_left(solver->budget) / part);
    return MSCHED_OK;
}

msched_result msched__search_few(msched__solver *s)
{
    return search_with(s, search_few);
}

msched_result msched__search_together(msched__solver *s)
{
    return search_with(s, search_day);
}
