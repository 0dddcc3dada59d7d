/*
 * The first timetable of a day has pauses between the to-dos. If all tasks have a place in it, this
 * costs no time, because it replaces the first dispatch. If songs or fill then lack time, the day
 * is solved again without pauses, and the pauses are tried once more on the finished day.
 */
#include "schedule/joint/joint_pace.h"

#include "algo/min_max.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/model/bounds.h"
#include "schedule/tasks/tasks_hold.h"
#include "schedule/tasks/tasks_pace.h"
#include "schedule/tasks/tasks_usual.h"

#include <string.h>

#define PAIRS_OF_UNIT 64   /* visits of a task that count as a unit of work */
#define CUT_FROM_S    9000 /* a task that may be split gets a pause if it is longer */
#define ROUNDS_MAX    8    /* dispatches around the tasks that stay */
#define ROUNDS_SINGLE 3    /* of these, those after which the neighbors of a task do not stay */

static int wants_pauses(const msched__solver *s)
{
    return s->effort == MSCHED__FULL && !s->no_order && s->model->tasks.count > 0 &&
           !s->budget->interrupted;
}

/* 1 if all tasks may be placed again: there is no previous schedule, and no task is late. */
static int is_free(const msched__solver *s)
{
    const msched__tasks *tasks = &s->model->tasks;
    if (!wants_pauses(s) || s->model->replan != NULL)
        return 0;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (msched__task_is_late(tasks, i))
            return 0;
    return 1;
}

static int has_long_task(const msched__tasks *tasks)
{
    for (uint32_t i = 0; i < tasks->count; i++)
        if (msched__task_can_be_cut(&tasks->tasks[i]) && tasks->tasks[i].length > CUT_FROM_S)
            return 1;
    return 0;
}

/* Pauses between all to-dos, or only where a run of them is long. */
static msched__pace pace_of(const msched__tasks *tasks, int everywhere)
{
    msched__pace pace = msched__pace_of(tasks->plan);
    if (everywhere && tasks->plan->break_s == 0 && !has_long_task(tasks))
        pace.break_s = 0;
    if (!everywhere)
        pace.pause_s = 0;
    return pace;
}

/*
 * A timetable of these tasks with pauses, and with usual hours if all of them then have a place.
 * *placed is 0 if a task finds no place.
 */
static msched_result pace(msched__solver *s, const msched__tasks *tasks, int everywhere,
                          msched__arrangement *out, int *placed)
{
    msched__pace wished = pace_of(tasks, everywhere);
    msched_result result = MSCHED_OK;
    *placed = 0;
    if (!msched__arrangement_make(s->arena, tasks, out))
        return MSCHED_ERROR_MEMORY;
    for (int usual = msched__tasks_have_usual(tasks); usual >= 0 && !*placed; usual--) {
        wished.usual = (uint8_t)usual;
        msched__budget_spend(s->budget,
                             tasks->count + (uint64_t)tasks->count * tasks->count / PAIRS_OF_UNIT);
        result = msched__tasks_pace(s->arena, tasks, &wished, out, placed);
        if (result != MSCHED_OK)
            break;
    }
    return result;
}

/* 0 if the tasks with their pauses need more time than the events leave. */
static int has_time(const msched__tasks *tasks)
{
    int32_t left = tasks->window_end - tasks->window_start, end = tasks->window_start;
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const msched__fixed *fixed = &tasks->fixed[i];
        left -= larger(smaller(fixed->end, tasks->window_end) - larger(fixed->start, end), 0);
        end = larger(end, fixed->end);
    }
    for (uint32_t i = 0; i < tasks->count; i++)
        left -= tasks->tasks[i].hopeless ? 0 : tasks->tasks[i].length + MSCHED__PAUSE_S;
    return left + MSCHED__PAUSE_S >= 0;
}

msched_result msched__pace_tasks(msched__solver *s)
{
    const msched__tasks *tasks = &s->model->tasks;
    int placed = 0;
    if (!is_free(s) || !has_time(tasks))
        return MSCHED_OK;
    msched_result result = pace(s, tasks, 1, &s->best.timetable, &placed);
    if (result != MSCHED_OK || !placed)
        return result;
    s->paced = 1;
    msched__solution_rate(tasks, &s->best);
    for (int p = 1; p <= 4; p++)
        msched__bounds_put_tasks(&s->bounds, msched__level_of_priority[p],
                                 tasks->base[p] + s->best.timetable.count[p], s->best.value);
    return MSCHED_OK;
}

/* How good a timetable is on level 8: its pauses, then its usual hours. */
typedef struct rating {
    msched__pauses pauses;
    int64_t missed_s;
} rating;

static msched_result rate(const msched__solver *s, const msched__arrangement *timetable,
                          rating *out)
{
    const msched__pace wished = msched__pace_of(s->model->plan);
    uint32_t count;
    const msched__interval *todos = msched__pauses_todos(s->arena, &s->model->tasks, timetable,
                                                         &count);
    if (todos == NULL)
        return MSCHED_ERROR_MEMORY;
    out->pauses = msched__pauses_rate(todos, count, &wished);
    out->missed_s = msched__tasks_usual_missed(&s->model->tasks, timetable);
    return MSCHED_OK;
}

/* 1 if a timetable has better pauses than one with a rating, or the same ones and better hours. */
static msched_result is_better(const msched__solver *s, const msched__arrangement *timetable,
                               const rating *now, int *better)
{
    rating then;
    *better = 0;
    if (rate(s, timetable, &then) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    const int64_t order[] = {then.pauses.over_s - now->pauses.over_s,
                             then.pauses.lacking_s - now->pauses.lacking_s,
                             then.missed_s - now->missed_s};
    for (int i = 0; i < 3 && *better == 0; i++)
        *better = order[i] < 0 ? 1 : order[i] > 0 ? -1 : 0;
    *better = *better > 0;
    return MSCHED_OK;
}

/* 1 if a predecessor of the task is late. */
static int follows_late(const msched__tasks *tasks, const msched__task *task)
{
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (msched__task_is_late(tasks, task->preds[k]))
            return 1;
    return 0;
}

/* 1 if a piece is a whole task that may move for a pause. */
static int may_move(const msched__tasks *tasks, const msched__piece *piece)
{
    return msched__piece_may_move(tasks, piece) && !msched__task_is_late(tasks, piece->task) &&
           !follows_late(tasks, &tasks->tasks[piece->task]);
}

/* The end of the other to-dos before a piece; INT32_MIN: none. */
static int32_t end_before(const msched__tasks *tasks, const msched__arrangement *timetable,
                          uint32_t index)
{
    const int32_t start = timetable->pieces[index].start;
    int32_t end = index > 0 ? timetable->pieces[index - 1].end : INT32_MIN;
    const uint32_t todo = tasks->tasks[timetable->pieces[index].task].todo;
    for (uint32_t i = 0; i < tasks->fixed_count && tasks->fixed[i].start < start; i++)
        if (tasks->fixed[i].todo != todo)
            end = larger(end, tasks->fixed[i].end);
    return end;
}

/* Move a piece later if it fits there before the next piece. 1 if it moved. */
static int move(const msched__tasks *tasks, msched__arrangement *timetable, uint32_t index,
                int32_t start)
{
    const msched__piece *piece = &timetable->pieces[index];
    const int32_t end = start + piece->end - piece->start;
    return (index + 1 == timetable->piece_count || end <= piece[1].start) &&
           msched__arrangement_move(tasks, timetable, index, start);
}

/* The first time from `from` on at which a task can follow another to-do; INT32_MAX: none. */
static int32_t next_start(const msched__tasks *tasks, const msched__arrangement *timetable,
                          int32_t from)
{
    int32_t best = INT32_MAX;
    for (uint32_t i = 0; i < timetable->piece_count; i++) {
        const int32_t pause = larger(tasks->tasks[timetable->pieces[i].task].after,
                                     MSCHED__PAUSE_S);
        const int32_t start = timetable->pieces[i].end + pause;
        best = start >= from ? smaller(best, start) : best;
    }
    for (uint32_t i = 0; i < tasks->fixed_count; i++) {
        const int32_t start = tasks->fixed[i].end + larger(tasks->fixed[i].after, MSCHED__PAUSE_S);
        best = start >= from ? smaller(best, start) : best;
    }
    return best;
}

static uint32_t piece_of(const msched__arrangement *timetable, uint32_t task)
{
    uint32_t at = 0;
    while (at < timetable->piece_count && timetable->pieces[at].task != task)
        at++;
    return at;
}

/* Move a task to the earliest of its usual hours that costs no pause. */
static msched_result move_into_hours(msched__solver *s, msched__arrangement *timetable,
                                     uint32_t task, msched__interval hours)
{
    const msched__tasks *tasks = &s->model->tasks;
    const msched__piece piece = timetable->pieces[piece_of(timetable, task)];
    const int32_t last = hours.end - (piece.end - piece.start);
    rating now;
    if (rate(s, timetable, &now) != MSCHED_OK)
        return MSCHED_ERROR_MEMORY;
    for (int32_t start = hours.start; start <= last;
         start = next_start(tasks, timetable, start + 1)) {
        int better;
        msched__budget_spend(s->budget, 1);
        if (!msched__arrangement_move(tasks, timetable, piece_of(timetable, task), start))
            continue;
        if (is_better(s, timetable, &now, &better) != MSCHED_OK)
            return MSCHED_ERROR_MEMORY;
        if (better)
            return MSCHED_OK;
    }
    msched__arrangement_move(tasks, timetable, piece_of(timetable, task), piece.start);
    return MSCHED_OK;
}

/* Move meals and errands that are not at their usual hours. */
static msched_result move_to_usual(msched__solver *s, msched__arrangement *timetable)
{
    const msched__tasks *tasks = &s->model->tasks;
    msched_result result = MSCHED_OK;
    for (uint32_t i = 0; i < tasks->count && result == MSCHED_OK; i++) {
        const msched__interval hours = msched__task_usual(tasks, &tasks->tasks[i]);
        const uint32_t at = piece_of(timetable, i);
        if (hours.end == 0 || at == timetable->piece_count)
            continue;
        const msched__piece *piece = &timetable->pieces[at];
        if (may_move(tasks, piece) && (piece->start < hours.start || piece->end > hours.end))
            result = move_into_hours(s, timetable, i, hours);
    }
    return result;
}

/*
 * Move tasks later, from the last to the first, each by the sum of the missing pauses before it. A
 * task that cannot move by that much moves by one pause.
 */
static msched_result push_all(msched__solver *s, msched__arrangement *timetable)
{
    const msched__tasks *tasks = &s->model->tasks;
    const uint32_t count = timetable->piece_count;
    int32_t *later = msched__arena_alloc(s->arena, count, sizeof *later);
    int32_t shift = 0;
    if (later == NULL)
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < count; i++) {
        const msched__piece *piece = &timetable->pieces[i];
        const int32_t end = end_before(tasks, timetable, i);
        const int32_t slack = end == INT32_MIN ? INT32_MAX : piece->start - end;
        if (!may_move(tasks, piece))
            shift = 0;
        else if (slack < MSCHED__PAUSE_S)
            shift += MSCHED__PAUSE_S - slack;
        else
            shift = larger(shift - (slack - MSCHED__PAUSE_S), 0);
        later[i] = shift;
    }
    for (uint32_t i = count; i-- > 0;) {
        const int32_t start = timetable->pieces[i].start;
        msched__budget_spend(s->budget, 1);
        if (later[i] > 0 && !move(tasks, timetable, i, start + later[i]) &&
            later[i] > MSCHED__PAUSE_S)
            move(tasks, timetable, i, start + MSCHED__PAUSE_S);
    }
    return MSCHED_OK;
}

/* The tasks that stay: those that a pause must not move. */
static void hold_unmoved(const msched__solver *s, uint8_t *held)
{
    const msched__arrangement *day = &s->best.timetable;
    memset(held, 0, s->model->tasks.count);
    for (uint32_t i = 0; i < day->piece_count; i++) {
        const uint32_t task = day->pieces[i].task;
        held[task] = msched__task_is_late(&s->model->tasks, task) ||
                     follows_late(&s->model->tasks, &s->model->tasks.tasks[task]);
    }
}

/* Hold what follows or precedes a task without a pause. */
static void hold_neighbors(const msched__arrangement *day, uint32_t task, uint8_t *held)
{
    for (uint32_t i = 0; i + 1 < day->piece_count; i++) {
        const msched__piece *piece = &day->pieces[i];
        if (piece[1].start - piece->end < MSCHED__PAUSE_S &&
            (piece->task == task || piece[1].task == task))
            held[piece->task] = held[piece[1].task] = 1;
    }
}

/*
 * Hold the tasks that have no place among the pauses: their time is crowded, and its tasks give up
 * their pauses. 0 if there are none, or if no other task is left.
 */
static int hold_missing(const msched__solver *s, const msched__arrangement *paced, int round,
                        uint8_t *held)
{
    const msched__arrangement *day = &s->best.timetable;
    int missing = 0, left = 0;
    for (uint32_t i = 0; i < s->model->tasks.count; i++)
        if (day->placed[i] && !held[i] && !paced->placed[i]) {
            missing = held[i] = 1;
            if (round >= ROUNDS_SINGLE)
                hold_neighbors(day, i, held);
        }
    for (uint32_t i = 0; i < s->model->tasks.count; i++)
        left |= day->placed[i] && !held[i];
    return missing && left;
}

/* Pauses around the held tasks; `out` gets the others, as far as they have places. */
static msched_result pace_rest(msched__solver *s, const uint8_t *held, msched__arrangement *out,
                               int *placed)
{
    msched__tasks rest;
    msched__arrangement paced;
    msched__arena scratch, *before = msched__solver_enter(s, &scratch);
    msched_result result = MSCHED_ERROR_MEMORY;
    if (msched__tasks_hold(s->arena, &s->model->tasks, &s->best.timetable, held, &rest))
        result = pace(s, &rest, 1, &paced, placed);
    if (result == MSCHED_OK)
        msched__arrangement_copy(&s->model->tasks, out, &paced);
    msched__solver_leave(s, before);
    return result;
}

/* Pauses around the tasks whose time is too crowded for them; these stay where they are. */
static msched_result pace_around(msched__solver *s, msched__arrangement *out, int *placed)
{
    const msched__tasks *tasks = &s->model->tasks;
    uint8_t *held = msched__arena_alloc(s->arena, tasks->count, 1);
    msched_result result = MSCHED_OK;
    if (held == NULL || !msched__arrangement_make(s->arena, tasks, out))
        return MSCHED_ERROR_MEMORY;
    hold_unmoved(s, held);
    for (int round = 0; round < ROUNDS_MAX; round++) {
        result = pace_rest(s, held, out, placed);
        if (result != MSCHED_OK || *placed || !hold_missing(s, out, round, held))
            break;
    }
    if (result != MSCHED_OK || !*placed)
        return result;
    if (!msched__tasks_add_held(s->arena, tasks, &s->best.timetable, held, out))
        return MSCHED_ERROR_MEMORY;
    *placed = msched__arrangement_compare(out, &s->best.timetable) == 0;
    return MSCHED_OK;
}

static int all_placed(const msched__solver *s)
{
    for (uint32_t i = 0; i < s->model->tasks.count; i++)
        if (!s->best.timetable.placed[i] && !s->model->tasks.tasks[i].hopeless)
            return 0;
    return 1;
}

/* How pauses are added to a finished day. */
enum attempt {
    EVERYWHERE, /* pauses between all to-dos */
    AROUND,     /* pauses around the to-dos that have no time for them */
    LONG_RUNS,  /* pauses only where a run of to-dos is long */
    USUAL,      /* meals and errands move to their hours */
    IN_ORDER,   /* tasks move later in their order */
    ATTEMPTS
};

static msched_result arrange(msched__solver *s, enum attempt attempt, msched__arrangement *out,
                             int *placed)
{
    if (attempt == EVERYWHERE || attempt == LONG_RUNS)
        return pace(s, &s->model->tasks, attempt == EVERYWHERE, out, placed);
    if (attempt == AROUND)
        return pace_around(s, out, placed);
    if (!msched__arrangement_make(s->arena, &s->model->tasks, out))
        return MSCHED_ERROR_MEMORY;
    msched__arrangement_copy(&s->model->tasks, out, &s->best.timetable);
    *placed = 1;
    if (attempt != USUAL)
        return push_all(s, out);
    return move_to_usual(s, out);
}

/* Try a timetable with the songs and the fill of the day. */
static msched_result try_day(msched__solver *s, enum attempt attempt, int *kept)
{
    msched__solution trial = {0};
    rating now;
    int placed = 0;
    msched_result result = arrange(s, attempt, &trial.timetable, &placed);
    if (result == MSCHED_OK && placed)
        result = rate(s, &s->best.timetable, &now);
    if (result == MSCHED_OK && placed)
        result = is_better(s, &trial.timetable, &now, &placed);
    if (result != MSCHED_OK || !placed)
        return result;
    return msched__try_timetable(s, &trial, kept);
}

msched_result msched__pace_day(msched__solver *s)
{
    msched_result result = MSCHED_OK;
    int kept = 0;
    const int again = !s->paced && is_free(s) && all_placed(s);
    int tries[ATTEMPTS] = {again && s->closed_up, !s->paced && s->model->replan == NULL, again,
                           msched__tasks_have_usual(&s->model->tasks), !s->paced};
    if (!wants_pauses(s))
        return MSCHED_OK;
    for (int attempt = 0; attempt < ATTEMPTS && !kept && result == MSCHED_OK; attempt++) {
        if (tries[attempt])
            result = try_day(s, (enum attempt)attempt, &kept);
        if (attempt == AROUND)
            tries[LONG_RUNS] &= !kept;
        if (attempt == AROUND || attempt == USUAL)
            kept = 0; /* pauses may still be added */
    }
    return result;
}
