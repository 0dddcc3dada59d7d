/*
 * For days whose songs do not all fit around the first timetable. For each missing song, time is
 * reserved at some places of its window, the tasks are solved again around it, and the better day
 * is kept.
 */
#include "schedule/joint/joint_reserve.h"

#include "algo/budget.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/model/bounds.h"
#include "schedule/model/plays.h"
#include "schedule/model/previous.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/tasks/tasks_solve.h"

#include <string.h>

#define TRIES_MAX   96
#define TRIES_SONGS 400 /* trials times songs, because each trial places all songs again */
#define PLACES_MAX  8
#define TRY_WORK    4000 /* units for placing the songs in one trial */

typedef struct improve {
    msched__solver *solver;
    const msched__solution *day; /* the best so far */
    msched__songs_problem wide;  /* the songs without tasks */
    msched__interval *kept;      /* time reserved for songs */
    uint32_t kept_count;
    uint32_t tries, tries_max;
} improve;

/* Up to PLACES_MAX starts for a play, outside the time that is already reserved. */
static uint32_t places_for(const improve *m, const msched__play *play, int32_t *out)
{
    uint32_t count = 0;
    int32_t gap = m->wide.gap_s;
    if (play->pinned_s != MSCHED_UNSET) {
        out[0] = play->pinned_s;
        return 1;
    }
    for (uint32_t w = 0; w < play->window_count && count + 2 <= PLACES_MAX; w++) {
        int32_t from = play->windows[w].start, end = play->windows[w].end;
        for (uint32_t k = 0; k < m->kept_count; k++)
            if (m->kept[k].start < from + play->length_s + gap && m->kept[k].end + gap > from)
                from = m->kept[k].end + gap;
        if (end - from < play->length_s)
            continue;
        out[count++] = from;
        if (end - play->length_s > from)
            out[count++] = end - play->length_s;
    }
    return count;
}

/*
 * All reserved time: what is already reserved and, with `placed`, the time of the placed songs.
 * NULL when out of memory.
 */
static msched__interval *all_kept(msched__arena *arena, const improve *m, int placed,
                                  uint32_t *count)
{
    msched__interval *kept = msched__arena_alloc(arena, m->kept_count + m->wide.play_count,
                                                 sizeof *kept);
    if (kept == NULL)
        return NULL;
    memcpy(kept, m->kept, m->kept_count * sizeof *kept);
    *count = m->kept_count;
    for (uint32_t i = 0; placed && i < m->wide.play_count; i++) {
        int32_t start = m->day->placement.start[i], end = start + m->wide.plays[i].length_s;
        int clear = start != MSCHED_UNSET;
        for (uint32_t k = 0; k < m->kept_count && clear; k++)
            clear = end + m->wide.gap_s <= m->kept[k].start ||
                    m->kept[k].end + m->wide.gap_s <= start;
        if (clear)
            kept[(*count)++] = (msched__interval){start, end};
    }
    return kept;
}

/* Solve the day around the reserved time. */
static msched_result solve_beside(improve *m, int placed, msched__solution *trial)
{
    msched__solver *s = m->solver;
    const msched__replan *replan = s->model->replan;
    msched__tasks narrow;
    msched__task_answer answer = {.proved = 0};
    msched__held_time held = {0};
    held.songs = all_kept(s->arena, m, placed, &held.song_count);
    if (held.songs == NULL)
        return MSCHED_ERROR_MEMORY;
    if (replan != NULL) {
        held.frozen = replan->frozen;
        held.frozen_count = replan->frozen_count;
    }
    msched_result result = msched__tasks_make(s->arena, &narrow, s->model->plan, &held);
    if (result != MSCHED_OK)
        return result;
    if (replan != NULL && !msched__replan_wish(s->arena, replan, &narrow))
        return MSCHED_ERROR_MEMORY;
    msched__budget part = msched__budget_part(s->budget, msched__budget_left(s->budget) / 8);
    result = msched__solve_tasks(s->arena, &narrow, &part, &answer);
    msched__budget_join(s->budget, &part);
    *trial = (msched__solution){.timetable = answer.best};
    return result == MSCHED_OK ? msched__place_songs(s, trial, TRY_WORK) : result;
}

/*
 * Reserve time for a play at one place and, with `placed`, also for the placed songs; *better is 1
 * if the day gains, and then the play's time stays reserved.
 */
static msched_result try_place(improve *m, const msched__play *play, int32_t start, int placed,
                               int *better)
{
    msched__solver *s = m->solver;
    msched__solution trial;
    msched__arena scratch, *before = msched__solver_enter(s, &scratch);
    m->kept[m->kept_count++] = (msched__interval){start, start + play->length_s};
    m->tries++;
    msched_result result = solve_beside(m, placed, &trial);
    *better = result == MSCHED_OK &&
              msched__values_compare(trial.value, s->best.value, MSCHED_LEVEL_FILL_S) > 0;
    if (*better)
        msched__solution_take(&s->model->tasks, &s->best, &trial);
    else
        m->kept_count--;
    msched__solver_leave(s, before);
    return result;
}

/* The most important missing play that was not tried; UINT32_MAX: none. */
static uint32_t next_missing(const improve *m, const uint8_t *tried)
{
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < m->wide.play_count; i++) {
        const msched__play *play = &m->wide.plays[i];
        if (tried[i] || m->day->placement.start[i] != MSCHED_UNSET)
            continue;
        if (best == UINT32_MAX || play->must > m->wide.plays[best].must ||
            (play->must == m->wide.plays[best].must && play->weight > m->wide.plays[best].weight))
            best = i;
    }
    return best;
}

static msched_result keep_time(improve *m, uint8_t *tried)
{
    msched_result result = MSCHED_OK;
    uint32_t i;
    memset(tried, 0, m->wide.play_count);
    while (result == MSCHED_OK &&
           !msched__bounds_met(&m->solver->bounds, m->day->value, m->solver->goal) &&
           m->tries < m->tries_max && m->solver->budget->stop == MSCHED_STOP_NONE &&
           (i = next_missing(m, tried)) != UINT32_MAX) {
        int32_t places[PLACES_MAX];
        uint32_t count = places_for(m, &m->wide.plays[i], places);
        int better = 0;
        tried[i] = 1;
        for (int placed = 1; placed >= 0 && !better; placed--)
            for (uint32_t k = 0; k < count && !better && result == MSCHED_OK; k++)
                result = try_place(m, &m->wide.plays[i], places[k], placed, &better);
    }
    return result;
}

msched_result msched__reserve(msched__solver *s)
{
    improve m = {.solver = s, .day = &s->best};
    const msched__tasks *tasks = &s->model->tasks;
    if (!msched__songs_beside(s->arena, s->model, NULL, &m.wide))
        return MSCHED_ERROR_MEMORY;
    m.kept = msched__arena_alloc(s->arena, m.wide.play_count + tasks->song_count, sizeof *m.kept);
    uint8_t *tried = msched__arena_alloc(s->arena, m.wide.play_count, 1);
    if (m.kept == NULL || tried == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < tasks->song_count; i++)
        m.kept[m.kept_count++] = tasks->songs[i];
    m.tries_max = m.wide.play_count * TRIES_MAX > TRIES_SONGS ? TRIES_SONGS / m.wide.play_count
                                                              : TRIES_MAX;
    return keep_time(&m, tried);
}
