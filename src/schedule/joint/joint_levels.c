/*
 * Build days in the order of the levels. If the tasks leave too little time for the must plays,
 * these are placed with only the tasks of the first priority, and all other tasks are placed around
 * them. At the end, each unplaced task is inserted if it fits without displacing anything that
 * counts more. So even with little work, no day is worse than such an insertion.
 */
#include "schedule/joint/joint_levels.h"

#include "algo/budget.h"
#include "algo/min_max.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/model/bounds.h"
#include "schedule/model/plays.h"
#include "schedule/model/previous.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/tasks/tasks_push.h"
#include "schedule/tasks/tasks_solve.h"

#include <string.h>

#define PLACE_WORK 20000 /* units for placing the songs once */
#define TASKS_PART 4     /* of the remaining work: for the tasks around the must plays */

/* Which of the placed songs keep their time. */
enum kept { KEEP_MUSTS, KEEP_SONGS };

/* Pin a task to its time in a timetable. 0 when out of memory. */
static int pin_task(msched__arena *arena, msched__tasks *tasks,
                    const msched__arrangement *timetable, uint32_t index)
{
    msched__task *task = &tasks->tasks[index];
    msched__interval *windows = msched__arena_alloc(arena, timetable->piece_count, sizeof *windows);
    if (windows == NULL)
        return 0;
    task->windows = windows;
    task->window_count = 0;
    for (uint32_t i = 0; i < timetable->piece_count; i++)
        if (timetable->pieces[i].task == index)
            windows[task->window_count++] = (msched__interval){timetable->pieces[i].start,
                                                               timetable->pieces[i].end};
    if (task->window_count > 0)
        task->deadline = windows[task->window_count - 1].end;
    task->due = smaller(task->due, task->deadline);
    return 1;
}

/* Pin the tasks during which songs keep their time. 0 when out of memory. */
static int pin_hosts(msched__solver *s, const msched__solution *day, enum kept which,
                     msched__tasks *tasks)
{
    for (uint32_t i = 0; i < day->songs.play_count; i++) {
        const msched__play *play = &day->songs.plays[i];
        uint32_t during = s->model->plan->songs[play->wish].during;
        if (during == UINT32_MAX || tasks->task_of[during] == UINT32_MAX ||
            day->placement.start[i] == MSCHED_UNSET || (!play->must && which == KEEP_MUSTS))
            continue;
        if (!pin_task(s->arena, tasks, &day->timetable, tasks->task_of[during]))
            return 0;
    }
    return 1;
}

/* The tasks, without the time of placed songs. MSCHED_OK or MSCHED_ERROR_MEMORY. */
static msched_result tasks_beside(msched__solver *s, const msched__solution *day, enum kept which,
                                  msched__tasks *out)
{
    const msched__replan *replan = s->model->replan;
    const msched__tasks *all = &s->model->tasks;
    uint32_t count = all->song_count, plays = day->songs.play_count;
    msched__interval *spans = msched__arena_alloc(s->arena, count + plays, sizeof *spans);
    if (spans == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        spans[i] = all->songs[i];
    for (uint32_t i = 0; i < plays; i++) {
        const msched__play *play = &day->songs.plays[i];
        int32_t start = day->placement.start[i];
        if (start != MSCHED_UNSET && (play->must || which == KEEP_SONGS))
            spans[count++] = (msched__interval){start, start + play->length_s};
    }
    msched__held_time held = {.songs = spans, .song_count = count};
    if (replan != NULL) {
        held.frozen = replan->frozen;
        held.frozen_count = replan->frozen_count;
    }
    msched_result result = msched__tasks_make(s->arena, out, s->model->plan, &held);
    if (result == MSCHED_OK && ((replan != NULL && !msched__replan_wish(s->arena, replan, out)) ||
                                !pin_hosts(s, day, which, out)))
        result = MSCHED_ERROR_MEMORY;
    return result;
}

/* Insert unplaced tasks, priority by priority. 0 when out of memory. */
static int insert_missing(msched__solver *s, const msched__tasks *tasks,
                          msched__arrangement *timetable)
{
    msched__push push;
    if (!msched__push_make(s->arena, tasks, &push))
        return 0;
    for (int p = 1; p <= 4; p++)
        for (uint32_t k = 0; k < tasks->count; k++) {
            uint32_t i = tasks->topological[k];
            if (tasks->tasks[i].priority != p || timetable->placed[i] || tasks->tasks[i].hopeless)
                continue;
            msched__budget_spend(s->budget, 1 + tasks->count / 16);
            if (!msched__arrangement_insert(tasks, timetable, i))
                msched__tasks_push(&push, tasks, timetable, i);
        }
    return 1;
}

/* Keep a task and its predecessors. */
static void keep_task(const msched__tasks *tasks, uint32_t index, uint8_t *kept)
{
    if (kept[index])
        return;
    kept[index] = 1;
    for (uint32_t k = 0; k < tasks->tasks[index].pred_count; k++)
        keep_task(tasks, tasks->tasks[index].preds[k], kept);
}

/*
 * Reduce a timetable to the tasks of the first priority, those with a wanted must play, and their
 * predecessors. 0 when out of memory.
 */
static int leave_essential(msched__solver *s, msched__arrangement *timetable)
{
    const msched__tasks *tasks = &s->model->tasks;
    const msched_plan *plan = s->model->plan;
    uint8_t *kept = msched__arena_alloc(s->arena, tasks->count, 1);
    if (kept == NULL)
        return 0;
    memset(kept, 0, tasks->count);
    for (uint32_t i = 0; i < tasks->count; i++)
        if (tasks->tasks[i].priority == 1)
            keep_task(tasks, i, kept);
    for (uint32_t i = 0; i < plan->song_count; i++) {
        const msched__plan_song *song = &plan->songs[i];
        if (song->must && song->during != UINT32_MAX && tasks->task_of[song->during] != UINT32_MAX)
            keep_task(tasks, tasks->task_of[song->during], kept);
    }
    for (uint32_t i = 0; i < tasks->count; i++)
        if (!kept[i] && timetable->placed[i])
            msched__arrangement_remove(tasks, timetable, i);
    return 1;
}

/* 1 if a timetable has every task of the day's placed must plays. */
static int has_hosts(const msched__solver *s, const msched__solution *day,
                     const msched__arrangement *timetable)
{
    for (uint32_t i = 0; i < day->songs.play_count; i++) {
        const msched__play *play = &day->songs.plays[i];
        uint32_t during = s->model->plan->songs[play->wish].during;
        uint32_t host = during == UINT32_MAX ? UINT32_MAX : s->model->tasks.task_of[during];
        if (host != UINT32_MAX && play->must && day->placement.start[i] != MSCHED_UNSET &&
            !timetable->placed[host])
            return 0;
    }
    return 1;
}

/* Place the other tasks around the must plays of a day, in its timetable. */
static msched_result add_tasks(msched__solver *s, msched__solution *day)
{
    msched__tasks narrow;
    msched__task_answer answer = {.proved = 0};
    msched_result result = tasks_beside(s, day, KEEP_MUSTS, &narrow);
    if (result != MSCHED_OK)
        return result;
    msched__budget part = msched__budget_part(s->budget,
                                              msched__budget_left(s->budget) / TASKS_PART);
    result = msched__solve_tasks(s->arena, &narrow, &part, &answer);
    msched__budget_join(s->budget, &part);
    if (result != MSCHED_OK)
        return result;
    if (!insert_missing(s, &narrow, &day->timetable))
        return MSCHED_ERROR_MEMORY;
    if (msched__arrangement_compare(&answer.best, &day->timetable) > 0 &&
        has_hosts(s, day, &answer.best))
        day->timetable = answer.best;
    return MSCHED_OK;
}

/* Place the songs around a day's tasks; if that loses a must play, the must plays stay. */
static msched_result place_again(msched__solver *s, msched__solution *day)
{
    msched__songs_placement before = day->placement;
    msched__songs_problem songs = day->songs;
    msched_result result = msched__place_songs(s, day, PLACE_WORK);
    if (result != MSCHED_OK || day->placement.must >= before.must)
        return result;
    day->placement = before;
    day->placement.weight = 0;
    for (uint32_t i = 0; i < songs.play_count; i++)
        if (!songs.plays[i].must)
            day->placement.start[i] = MSCHED_UNSET;
    msched__solution_rate(&s->model->tasks, day);
    return MSCHED_OK;
}

static int is_better(const msched__solver *s, const msched__solution *day)
{
    return msched__values_compare(day->value, s->best.value, MSCHED_LEVEL_FILL_S) > 0;
}

static msched_result copy_best(msched__solver *s, msched__solution *day)
{
    *day = s->best;
    day->placement.start = msched__arena_alloc(s->arena, day->songs.play_count,
                                               sizeof *day->placement.start);
    if (day->placement.start == NULL ||
        !msched__arrangement_make(s->arena, &s->model->tasks, &day->timetable))
        return MSCHED_ERROR_MEMORY;
    msched__arrangement_copy(&s->model->tasks, &day->timetable, &s->best.timetable);
    if (day->songs.play_count > 0)
        memcpy(day->placement.start, s->best.placement.start,
               day->songs.play_count * sizeof *day->placement.start);
    return MSCHED_OK;
}

static msched_result build(msched__solver *s, msched__solution *day)
{
    msched_result result = copy_best(s, day);
    if (result == MSCHED_OK && !leave_essential(s, &day->timetable))
        result = MSCHED_ERROR_MEMORY;
    if (result == MSCHED_OK)
        result = msched__place_songs(s, day, PLACE_WORK);
    if (result != MSCHED_OK || day->placement.must <= s->best.placement.must)
        return result;
    result = add_tasks(s, day);
    return result == MSCHED_OK ? place_again(s, day) : result;
}

/* Run a step in its own memory, and keep its day if it is better. */
static msched_result improve(msched__solver *s,
                             msched_result (*step)(msched__solver *s, msched__solution *day))
{
    msched__solution day;
    msched__arena scratch, *before = msched__solver_enter(s, &scratch);
    msched_result result = step(s, &day);
    int better = result == MSCHED_OK && is_better(s, &day);
    if (better)
        msched__solution_take(&s->model->tasks, &s->best, &day);
    msched__solver_leave(s, before);
    if (!better)
        return result;
    s->gained = 1;
    if (!msched__songs_beside(s->arena, s->model, &s->best.timetable, &s->best.songs))
        return MSCHED_ERROR_MEMORY;
    msched__bound_easy(s);
    return msched__bound_tasks(s);
}

msched_result msched__build_levels(msched__solver *s)
{
    s->gained = 0;
    if (s->best.value[MSCHED_LEVEL_MUST_SONGS] >= s->bounds.bound[MSCHED_LEVEL_MUST_SONGS])
        return MSCHED_OK;
    return improve(s, build);
}

/* First around all songs, which costs none of them, then around the must plays alone. */
static msched_result complete(msched__solver *s, msched__solution *day)
{
    msched_result result = copy_best(s, day);
    for (int which = KEEP_SONGS; which >= KEEP_MUSTS && result == MSCHED_OK; which--) {
        msched__tasks narrow;
        result = tasks_beside(s, day, (enum kept)which, &narrow);
        if (result == MSCHED_OK && !insert_missing(s, &narrow, &day->timetable))
            result = MSCHED_ERROR_MEMORY;
    }
    return result == MSCHED_OK ? place_again(s, day) : result;
}

msched_result msched__complete_day(msched__solver *s)
{
    uint32_t missing = 0;
    for (uint32_t i = 0; i < s->model->tasks.count; i++)
        missing += !s->best.timetable.placed[i] && !s->model->tasks.tasks[i].hopeless;
    s->gained = 0;
    msched_result result = missing > 0 ? improve(s, complete) : MSCHED_OK;
    s->searched |= s->gained; /* so that the proofs are checked again */
    return result;
}
