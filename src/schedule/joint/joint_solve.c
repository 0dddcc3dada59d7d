/*
 * The strategy: tasks first, then songs around them, then fill around both, in the order of the
 * levels. Most days are complete after the first two steps. Each further step costs more than the
 * one before it, and a step is skipped once the levels that it can raise meet their bounds. Bounds
 * come before the search that they may make unnecessary, and again after it, for the values that it
 * found.
 */
#include "schedule/joint/joint_solve.h"

#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/joint/joint_bring.h"
#include "schedule/joint/joint_exact.h"
#include "schedule/joint/joint_fill_bound.h"
#include "schedule/joint/joint_fill_window.h"
#include "schedule/joint/joint_fills.h"
#include "schedule/joint/joint_hosts.h"
#include "schedule/joint/joint_late.h"
#include "schedule/joint/joint_levels.h"
#include "schedule/joint/joint_moves.h"
#include "schedule/joint/joint_pace.h"
#include "schedule/joint/joint_previous.h"
#include "schedule/joint/joint_reduced.h"
#include "schedule/joint/joint_reserve.h"
#include "schedule/model/bounds.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/songs/songs_order.h"
#include "schedule/songs/songs_repeats.h"
#include "schedule/songs/songs_spread.h"
#include "schedule/tasks/tasks_solve.h"

#include <assert.h>
#include <string.h>

#define PLACE_WORK   20000 /* units for placing the songs around the tasks */
#define REPEATS_WORK 50000 /* and for moving songs at the end */

static msched_result solve_tasks(msched__solver *s)
{
    msched__task_answer answer;
    const msched__tasks *tasks = &s->model->tasks;
    memset(&answer, 0, sizeof answer);
    msched_result result = msched__solve_tasks(s->arena, tasks, s->budget, &answer);
    if (result != MSCHED_OK)
        return result;
    s->best.timetable = answer.best;
    msched__solution_rate(tasks, &s->best);
    for (int p = 1; p <= 4; p++)
        msched__bounds_put_tasks(&s->bounds, msched__level_of_priority[p],
                                 tasks->base[p] + answer.bound[p], s->best.value);
    return MSCHED_OK;
}

/* Place the tasks with pauses, unless a task then finds no place. */
static msched_result start_tasks(msched__solver *s)
{
    msched_result result = msched__pace_tasks(s);
    return result == MSCHED_OK && !s->paced ? solve_tasks(s) : result;
}

static msched_result place_songs(msched__solver *s)
{
    msched_result result = msched__place_songs(s, &s->best, PLACE_WORK);
    if (result == MSCHED_OK)
        msched__bound_easy(s);
    return result;
}

/* The songs may need the time of the pauses, so place the tasks again without them. */
static msched_result close_up(msched__solver *s)
{
    if (!s->paced)
        return MSCHED_OK;
    s->paced = 0;
    s->closed_up = 1;
    msched_result result = solve_tasks(s);
    return result == MSCHED_OK ? place_songs(s) : result;
}

static msched_result bound_gained(msched__solver *s)
{
    /* otherwise, the earlier bounds still hold */
    return s->gained ? msched__bound_quick(s) : MSCHED_OK;
}

static msched_result search_reserved(msched__solver *s)
{
    s->searched = 1;
    return msched__reserve(s);
}

/*
 * After a search, update the windows of the plays for the new tasks. In replanning, songs move back
 * to their previous times if the timetable allows as many there.
 */
static msched_result settle_songs(msched__solver *s)
{
    msched__songs_placement found = s->best.placement;
    msched_result result = MSCHED_OK;
    if (!msched__songs_beside(s->arena, s->model, &s->best.timetable, &s->best.songs))
        return MSCHED_ERROR_MEMORY;
    if (s->model->replan != NULL)
        result = msched__place_songs(s, &s->best, PLACE_WORK);
    if (s->best.placement.must < found.must ||
        (s->best.placement.must == found.must && s->best.placement.weight < found.weight))
        s->best.placement = found;
    msched__solution_rate(&s->model->tasks, &s->best);
    if (s->exact)
        for (uint32_t level = 0; level < MSCHED_LEVEL_FILL_S; level++)
            msched__bounds_put(&s->bounds, level, s->best.value[level], s->best.value);
    return result;
}

/*
 * If the search of a small day does not end, other searches continue with its result. A bound of
 * the weight remains valid if no earlier level changed.
 */
static msched_result search_few(msched__solver *s)
{
    int64_t before[MSCHED_LEVEL_FILL_S];
    memcpy(before, s->best.value, sizeof before);
    msched_result result = msched__search_few(s);
    if (result != MSCHED_OK || !s->searched_few || s->exact)
        return result;
    result = settle_songs(s);
    s->searched =
        (uint8_t)(msched__values_compare(s->best.value, before, MSCHED_LEVEL_SONG_WEIGHT) != 0);
    return result == MSCHED_OK && s->searched ? msched__bound_quick(s) : result;
}

static msched_result bound_settled(msched__solver *s)
{
    msched_result result = MSCHED_OK;
    if (s->exact)
        return MSCHED_OK;
    if (s->budget->interrupted)
        msched__bound_easy(s);
    else
        result = msched__bound_again(s);
    if (result == MSCHED_OK)
        result = msched__bound_tasks(s);
    return result == MSCHED_OK ? msched__bound_beside_musts(s) : result;
}

static msched_result fill_rest(msched__solver *s)
{
    msched_result result = msched__fill_rest(s, &s->best);
    if (s->effort == MSCHED__FULL)
        msched__bounds_put(&s->bounds, MSCHED_LEVEL_FILL_S,
                           msched__plan_fill_seconds(s->model->plan), s->best.value);
    return result;
}

/* The fill may also need that time: keep the day without pauses if it has more fill. */
static msched_result close_up_for_fill(msched__solver *s)
{
    const msched__solution with_pauses = s->best;
    const msched__bounds bounds = s->bounds;
    if (!s->paced)
        return MSCHED_OK;
    msched_result result = close_up(s);
    if (result == MSCHED_OK)
        result = fill_rest(s);
    if (msched__values_compare(s->best.value, with_pauses.value, MSCHED_LEVEL_COUNT) > 0)
        return result;
    s->best = with_pauses;
    s->bounds = bounds;
    s->paced = 1;
    return result;
}

/* Move the songs to improve level 8, then order each session. */
static msched_result arrange_songs(msched__solver *s)
{
    msched__solution *day = &s->best;
    msched__fill_problem problem = msched__solution_fill(day);
    msched__budget part = msched__budget_part(s->budget, 0);
    problem.hosts = msched__fill_hosts(s->arena, s->model, day);
    if (problem.hosts == NULL)
        return MSCHED_ERROR_MEMORY;
    part.limit = REPEATS_WORK;
    msched_result result = MSCHED_OK;
    if (day->songs.repeat_s > 0 && (!s->no_order || !day->songs.repeats_softly))
        result = msched__songs_repeats(s->arena, &problem, day->timed, day->timed_count, &part);
    if (result == MSCHED_OK && !s->no_order)
        result = msched__songs_spread(s->arena, &problem, day->timed, day->timed_count, &part);
    msched__budget_join(s->budget, &part);
    if (result == MSCHED_OK && !s->no_order && !s->budget->interrupted)
        result = msched__songs_order(s->arena, &problem, day->timed, day->timed_count);
    for (uint32_t i = 0, fill = 0; i < day->timed_count && result == MSCHED_OK; i++)
        if (day->timed[i].play == MSCHED__FILL)
            day->fill.songs[fill++] = day->timed[i];
        else
            day->placement.start[day->timed[i].play] = day->timed[i].start_s;
    return result;
}

/* Conditions of a step. */
enum when {
    ALWAYS,
    FULL,         /* this is not a trial */
    FULL_SONGS,   /* and there is a catalog, and time */
    SONGS,        /* there is a catalog */
    SONGS_OPEN,   /* and a level before the fill does not yet meet its bound */
    FULL_OPEN,    /* and this is not a trial */
    AFTER_SEARCH, /* tasks and songs were searched together */
    PROOF,        /* and the caller wants the proofs */
    PROOF_OPEN,   /* and it is not complete */
    FILL_OPEN,    /* the fill does not yet meet its bound, and the caller wants it */
    REPLAN        /* there is a previous schedule, and this is not a trial */
};

typedef struct step {
    msched_result (*run)(msched__solver *s);
    enum when when;
    uint8_t keeps; /* does not use the work reserved for bounds */
} step;

static const step strategy[] = {
    {start_tasks, ALWAYS, 0},
    {msched__late_tasks, FULL, 0},
    {place_songs, SONGS, 0},
    {close_up, SONGS_OPEN, 0},
    {msched__build_levels, SONGS_OPEN, 0},
    {msched__moves_for_musts, SONGS_OPEN, 0},
    {msched__bound_quick, SONGS_OPEN, 0},
    {msched__moves_for_songs, SONGS_OPEN, 0},
    {bound_gained, SONGS_OPEN, 0},
    {msched__move_hosts, SONGS_OPEN, 0},
    {bound_gained, SONGS_OPEN, 0},
    {msched__bring_hosts, FULL_OPEN, 0},
    {bound_gained, SONGS_OPEN, 0},
    {msched__bound_beside_musts, SONGS_OPEN, 0},
    {msched__bound_close, SONGS_OPEN, 0},
    {msched__search_reduced, FULL_OPEN, 1},
    {search_few, SONGS_OPEN, 1},
    {search_reserved, SONGS_OPEN, 1},
    {msched__search_together, SONGS_OPEN, 1},
    {settle_songs, AFTER_SEARCH, 0},
    {msched__complete_day, SONGS_OPEN, 0},
    {bound_settled, PROOF, 0},
    {msched__bound_reduced, PROOF_OPEN, 0},
    {fill_rest, SONGS, 0},
    {close_up_for_fill, FILL_OPEN, 0},
    {msched__clear_fill_window, FILL_OPEN, 0},
    {msched__bound_fill, FILL_OPEN, 0},
    {msched__moves_for_fill, FILL_OPEN, 0},
    {msched__keep_previous, REPLAN, 0},
    {msched__late_day, FULL_SONGS, 0},
    {msched__pace_day, FULL, 0},
    {arrange_songs, FULL_SONGS, 0},
};

static int is_due(const msched__solver *s, enum when when)
{
    int is_full = s->effort == MSCHED__FULL;
    switch (when) {
    case ALWAYS:
        return 1;
    case FULL:
        return is_full;
    case FULL_SONGS:
        return is_full && s->model->catalog != NULL && !s->budget->interrupted;
    case SONGS:
        return s->model->catalog != NULL;
    case SONGS_OPEN:
        return s->model->catalog != NULL && !msched__solver_done(s) && !s->exact;
    case FULL_OPEN:
        return is_full && s->model->catalog != NULL && !msched__solver_done(s) && !s->exact;
    case AFTER_SEARCH:
        return s->searched;
    case PROOF_OPEN:
        return s->searched && is_full && !msched__solver_done(s) && !s->exact;
    case PROOF:
        return s->searched && is_full;
    case REPLAN:
        return is_full && s->model->replan != NULL;
    default:
        return s->model->catalog != NULL && is_full && !s->budget->interrupted &&
               s->best.fill.seconds < s->bounds.bound[MSCHED_LEVEL_FILL_S];
    }
}

static msched_result run_step(msched__solver *s, const step *what)
{
    uint64_t kept = what->keeps ? s->kept : 0;
    s->budget->limit -= kept;
    msched_result result = what->run(s);
    s->budget->limit += kept;
    /* a day found before the time ran out may have values for which the bounds do not hold */
    if (result == MSCHED_OK && what->when == SONGS_OPEN && s->gained && s->budget->interrupted &&
        !s->searched)
        msched__bound_easy(s);
    return result;
}

msched_result msched__solve(msched__solver *s)
{
    msched_result result = MSCHED_OK;
    memset(&s->best, 0, sizeof s->best);
    memset(&s->bounds, 0, sizeof s->bounds);
    for (size_t i = 0; i < sizeof strategy / sizeof *strategy && result == MSCHED_OK; i++)
        if (is_due(s, strategy[i].when))
            result = run_step(s, &strategy[i]);
    if (result == MSCHED_OK)
        msched__loosen_begun(s);
    assert(result != MSCHED_OK || msched__solution_holds(&s->model->tasks, &s->best));
    assert(result != MSCHED_OK || s->model->catalog == NULL ||
           msched__solution_plays_hold(&s->best));
    assert(result != MSCHED_OK || s->effort == MSCHED__TRIAL ||
           msched__bounds_hold(&s->bounds, s->best.value));
    return result;
}
