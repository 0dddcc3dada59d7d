/*
 * Fewer items suffice to show that a level cannot be higher with the values of the levels before
 * it: must plays, the tasks during which they play, and the tasks of the priorities so far. Without
 * the other items, and with only the compulsory parts of tasks that may be split, every day remains
 * one. A song that plays during such a task may play anywhere in its windows. So if the search of
 * tasks and songs (joint_search.c) ends without a day that is better on this level, there is none.
 * It also ends on days on which the search of everything proves nothing.
 */
#include "schedule/joint/joint_reduced.h"

#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_bound.h"
#include "schedule/joint/joint_exact.h"
#include "schedule/joint/joint_search.h"
#include "schedule/model/bounds.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"

#include <string.h>

#define FIRST_PART 16                 /* of the work, for the first searches */
#define LAST_PART  8                  /* and for the last ones */
#define LEAST      2000               /* units for the last ones */
#define ITEMS_MOST 40                 /* tasks and plays */
#define ROUNDS     8                  /* searches */
#define PARTS      4                  /* of a task */
#define MANY       ((int64_t)1 << 40) /* more than a level can have */

/* The lowest priority of the tasks that matter for a level. */
static int last_priority(uint32_t level)
{
    for (int p = 4; p > 1; p--)
        if (msched__level_of_priority[p] <= level)
            return p;
    return 1;
}

/* Tasks up to a priority, and tasks during which plays are wanted, with their predecessors. */
static void choose_tasks(const msched__tasks *tasks, const msched__songs_problem *songs, int last,
                         uint8_t *left)
{
    for (uint32_t i = 0; i < tasks->count; i++)
        left[i] = tasks->tasks[i].priority <= last;
    for (uint32_t i = 0; i < songs->play_count; i++) {
        uint32_t during = songs->plan->songs[songs->plays[i].wish].during,
                 host = during == UINT32_MAX ? UINT32_MAX : tasks->task_of[during];
        if (host != UINT32_MAX)
            left[host] = 1;
    }
    for (uint32_t k = tasks->count; k-- > 0;) {
        const msched__task *task = &tasks->tasks[tasks->topological[k]];
        for (uint32_t j = 0; j < task->pred_count; j++)
            left[task->preds[j]] |= left[tasks->topological[k]];
    }
    for (uint32_t i = 0; i < tasks->count; i++)
        left[i] &= !tasks->tasks[i].hopeless;
}

static uint32_t part_number(const msched__task *task)
{
    int64_t count = msched__task_can_be_cut(task) ? task->length / (2 * (int64_t)task->piece_min)
                                                  : 0;
    return count < PARTS ? (uint32_t)count + 1 : PARTS;
}

/* The predecessors that are left. 0 when out of memory. */
static int keep_preds(msched__arena *arena, const uint32_t *last_part, msched__task *task)
{
    uint32_t *preds = msched__arena_alloc(arena, task->pred_count, sizeof *preds), count = 0;
    if (preds == NULL)
        return 0;
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (last_part[task->preds[k]] != UINT32_MAX)
            preds[count++] = last_part[task->preds[k]];
    task->preds = preds;
    task->pred_count = count;
    return 1;
}

/*
 * A task that may be split becomes its compulsory parts (tasks_preempt.c), one after the other, of
 * which the last one counts. 0 when out of memory.
 */
static int add_parts(msched__arena *arena, const msched__task *task, msched__tasks *out)
{
    uint32_t count = part_number(task);
    for (uint32_t k = 0; k < count; k++) {
        msched__task *part = &out->tasks[out->count];
        *part = *task;
        if (count > 1) {
            part->length = task->piece_min;
            part->piece_min = 0;
        }
        if (k + 1 < count)
            part->priority = 0;
        if (k > 0) {
            uint32_t *pred = msched__arena_alloc(arena, 1, sizeof *pred);
            if (pred == NULL)
                return 0;
            *pred = out->count - 1;
            part->preds = pred;
            part->pred_count = 1;
        }
        out->count++;
    }
    return 1;
}

/* Only the tasks that matter. 0 when out of memory. */
static int reduce_tasks(msched__arena *arena, const msched__songs_problem *songs, int last,
                        msched__tasks *tasks)
{
    const msched__tasks whole = *tasks;
    uint32_t *last_part = msched__arena_alloc(arena, whole.count, sizeof *last_part);
    uint32_t *task_of = msched__arena_alloc(arena, whole.plan->todo_count, sizeof *task_of);
    uint8_t *left = msched__arena_alloc(arena, whole.count, 1);
    tasks->tasks = msched__arena_alloc(arena, (size_t)whole.count * PARTS, sizeof *tasks->tasks);
    if (tasks->tasks == NULL || last_part == NULL || task_of == NULL || left == NULL)
        return 0;
    choose_tasks(&whole, songs, last, left);
    tasks->count = 0;
    memset(task_of, 0xff, whole.plan->todo_count * sizeof *task_of);
    memset(last_part, 0xff, whole.count * sizeof *last_part);
    for (uint32_t k = 0; k < whole.count; k++) {
        uint32_t i = whole.topological[k];
        msched__task task = whole.tasks[i];
        if (!left[i])
            continue;
        if (!keep_preds(arena, last_part, &task) || !add_parts(arena, &task, tasks))
            return 0;
        last_part[i] = tasks->count - 1;
        if (part_number(&task) == 1)
            task_of[task.todo] = last_part[i];
    }
    tasks->task_of = task_of;
    tasks->has_split = 0;
    return 1;
}

/* Leave out plays that only have a weight, unless they have begun. 0 when out of memory. */
static int reduce_plays(msched__arena *arena, msched__songs_problem *songs)
{
    msched__play *plays = msched__arena_alloc(arena, songs->play_count, sizeof *plays);
    uint32_t count = 0;
    if (plays == NULL)
        return 0;
    for (uint32_t i = 0; i < songs->play_count; i++)
        if (songs->plays[i].must || songs->plays[i].frozen)
            plays[count++] = songs->plays[i];
    songs->plays = plays;
    songs->play_count = count;
    return 1;
}

typedef struct few_items {
    msched__solver solver;
    msched__model model;
    msched__songs_problem songs;
    int possible; /* 0: the windows of the tasks alone show that there is no such day */
} few_items;

/*
 * A solver that searches for a day with the values of the levels before, and more on this one.
 * 0 when out of memory.
 */
static int make_reduced(const msched__solver *s, uint32_t level, few_items *out)
{
    if (!msched__narrow_model(s, level, &out->model, &out->solver, &out->possible))
        return 0;
    if (!out->possible)
        return 1;
    msched__solution *best = &out->solver.best;
    int64_t *bound = out->solver.bounds.bound;
    if (!msched__songs_beside(s->arena, &out->model, NULL, &out->songs) ||
        (level < MSCHED_LEVEL_SONG_WEIGHT && !reduce_plays(s->arena, &out->songs)) ||
        !reduce_tasks(s->arena, &out->songs, last_priority(level), &out->model.tasks) ||
        !msched__arrangement_make(s->arena, &out->model.tasks, &best->timetable))
        return 0;
    best->placement.start = msched__arena_alloc(s->arena, out->songs.play_count,
                                                sizeof *best->placement.start);
    for (uint32_t k = level; k < MSCHED_LEVEL_FILL_S; k++)
        bound[k] = 0;
    for (uint32_t k = level + 1; k < MSCHED_LEVEL_FILL_S; k++)
        best->value[k] = MANY;
    memcpy(bound, s->best.value, level * sizeof *s->best.value);
    bound[level] = s->best.value[level] + 1;
    return best->placement.start != NULL;
}

/* Take over a day of all tasks and songs that the search found. */
static void adopt(msched__solver *s, const msched__solver *reduced,
                  const msched__day_searcher *searcher)
{
    const msched__tasks *tasks = &s->model->tasks, *order = &reduced->model->tasks;
    const msched__arrangement *from = &reduced->best.timetable;
    msched__arrangement *to = &s->best.timetable;
    msched__arrangement_clear(tasks, to);
    memcpy(to->count, from->count, sizeof to->count);
    for (uint32_t k = 0; k < from->piece_count; k++) {
        msched__piece piece = from->pieces[k];
        piece.task = tasks->task_of[order->tasks[piece.task].todo];
        to->placed[piece.task] = 1;
        to->pieces[to->piece_count++] = piece;
    }
    memcpy(s->best.placement.start, reduced->best.placement.start,
           s->best.songs.play_count * sizeof *s->best.placement.start);
    s->best.placement.must = searcher->best[MSCHED_LEVEL_MUST_SONGS];
    s->best.placement.weight = searcher->best[MSCHED_LEVEL_SONG_WEIGHT];
}

/* NOTHING: more work may give an answer; NEVER: it gives none, however long the search is. */
enum answer { NOTHING, NEVER, PROVED, BETTER };

/* What a search without a better day shows. */
static enum answer answer_of(const msched__day_searcher *searcher, int is_proved)
{
    if (is_proved)
        return PROVED;
    return searcher->unproved && !searcher->stopped && !searcher->done ? NEVER : NOTHING;
}

/* Search for a day that is better on a level. */
static msched_result search_level(msched__solver *s, uint32_t level, uint64_t limit,
                                  enum answer *answer)
{
    few_items less;
    *answer = NEVER;
    if (!make_reduced(s, level, &less))
        return MSCHED_ERROR_MEMORY;
    if (!less.possible) {
        *answer = PROVED;
        return MSCHED_OK;
    }
    if (less.model.tasks.count + less.songs.play_count > ITEMS_MOST)
        return MSCHED_OK;
    msched__day_searcher *searcher = msched__day_searcher_make(&less.solver, &less.songs);
    if (searcher == NULL)
        return MSCHED_ERROR_MEMORY;
    msched__budget part = msched__budget_part(s->budget, limit);
    part.limit = limit;
    searcher->budget = &part;
    *answer = answer_of(searcher, msched__day_search_all(searcher, limit));
    msched__budget_join(s->budget, &part);
    if (!searcher->improved || level < MSCHED_LEVEL_SONG_WEIGHT || s->model->tasks.has_split)
        return MSCHED_OK;
    *answer = BETTER;
    adopt(s, &less.solver, searcher);
    return MSCHED_OK;
}

/* The windows of the plays beside a day that was taken over. */
static msched_result renew(msched__solver *s)
{
    if (!msched__songs_beside(s->arena, s->model, &s->best.timetable, &s->best.songs))
        return MSCHED_ERROR_MEMORY;
    msched__solution_rate(&s->model->tasks, &s->best);
    return MSCHED_OK;
}

/* `*last` receives the last answer. */
static msched_result search_levels(msched__solver *s, uint64_t limit, enum answer *last)
{
    msched_result result = MSCHED_OK;
    enum answer answer = PROVED;
    const uint64_t end = s->budget->used + limit;
    uint32_t level = msched__bounds_proved(&s->bounds, s->best.value);
    for (uint32_t k = 0; k < ROUNDS && result == MSCHED_OK && answer >= PROVED; k++) {
        if (level == 0 || level >= MSCHED_LEVEL_FILL_S || s->budget->interrupted ||
            s->budget->used >= end)
            break;
        msched__arena scratch, *before = msched__solver_enter(s, &scratch);
        result = search_level(s, level, end - s->budget->used, &answer);
        msched__solver_leave(s, before);
        if (result == MSCHED_OK && answer == BETTER)
            result = renew(s);
        if (result == MSCHED_OK && answer == PROVED)
            msched__bounds_put(&s->bounds, level, s->best.value[level], s->best.value);
        level = msched__bounds_proved(&s->bounds, s->best.value);
    }
    *last = answer;
    return result;
}

/* Where no search of less can give an answer, no work is kept for the last ones. */
msched_result msched__search_reduced(msched__solver *s)
{
    enum answer last;
    msched_result result = search_levels(s, msched__budget_left(s->budget) / FIRST_PART, &last);
    if (last != NEVER && !msched__solver_done(s))
        s->kept += msched__budget_left(s->budget) / LAST_PART;
    return result;
}

msched_result msched__bound_reduced(msched__solver *s)
{
    enum answer last;
    uint64_t left = msched__budget_left(s->budget);
    return search_levels(s, left > LEAST ? left : LEAST, &last);
}
