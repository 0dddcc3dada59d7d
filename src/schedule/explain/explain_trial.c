/*
 * Counterfactuals. A change is judged by solving the changed plan just as it would be solved if it
 * were given, on the levels down to the item's: the item must be placed, and nothing more important
 * may be lost for it. Amounts are found by halving.
 */
#include "schedule/explain/explain_trial.h"

#include "algo/budget.h"
#include "algo/min_max.h"
#include "schedule/joint/joint_solve.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/output/schedule.h"
#include "schedule/tasks/tasks_solve.h"

#include <string.h>

#define JUMPS_MAX 4 /* tries next to what the last day found shows to be enough */

const msched__fix_cost msched__nothing_lost = {.todo = UINT32_MAX};

static void change_todo(const msched__change *c, msched__plan_todo *todo)
{
    switch (c->fix) {
    case MSCHED_FIX_LATER:
        todo->latest_s += c->amount;
        break;
    case MSCHED_FIX_EARLIER:
        todo->earliest_s -= c->amount;
        break;
    case MSCHED_FIX_SHORTER:
        todo->duration_s -= c->amount;
        if (todo->start_s != MSCHED_UNSET)
            todo->end_s = todo->start_s + todo->duration_s;
        break;
    default:
        todo->split_min_s = c->amount;
        break;
    }
}

/* Left out: a task without any time, which is as good as none. */
static void leave_out(msched__plan_todo *todo)
{
    todo->kind = MSCHED_TODO_TASK;
    todo->start_s = MSCHED_UNSET;
    todo->earliest_s = todo->latest_s = 0;
}

static void apply(msched__fixer *f, const msched__change *c)
{
    const msched_plan *plan = f->e->model->plan;
    if (plan->todo_count > 0)
        memcpy(f->todos, plan->todos, plan->todo_count * sizeof *f->todos);
    if (plan->song_count > 0) {
        memcpy(f->songs, plan->songs, plan->song_count * sizeof *f->songs);
        memcpy(f->wishes, f->e->model->wishes, plan->song_count * sizeof *f->wishes);
    }
    if (c->fix == MSCHED_FIX_DROP && c->is_song)
        f->wishes[c->other].track = UINT32_MAX;
    else if (c->fix == MSCHED_FIX_DROP)
        leave_out(&f->todos[c->other]);
    else if (c->fix == MSCHED_FIX_MUSIC)
        f->todos[c->other].music = 1;
    else if (f->item->kind == MSCHED_UNPLACED_SONG)
        f->songs[f->item->wanted].between_end_s += c->amount;
    else
        change_todo(c, &f->todos[f->item->todo]);
}

uint32_t msched__plays_placed(const msched__solution *day, uint32_t wish)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        count += day->songs.plays[i].wish == wish && day->placement.start[i] != MSCHED_UNSET;
    return count;
}

static int is_placed(const msched__fixer *f, const msched__solver *trial)
{
    const msched__solution *day = &trial->best;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        return msched__plays_placed(day, f->item->wanted) >
               msched__plays_placed(f->e->day, f->item->wanted);
    uint32_t task = trial->model->tasks.task_of[f->item->todo];
    return task == UINT32_MAX || day->timetable.placed[task];
}

int msched__item_level(const msched__fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        return plan->songs[f->item->wanted].must ? MSCHED_LEVEL_MUST_SONGS
                                                 : MSCHED_LEVEL_SONG_WEIGHT;
    uint32_t priority = plan->todos[f->item->todo].priority;
    return priority == 1 ? MSCHED_LEVEL_TASKS_1 : (int)priority;
}

/* What the day with the item placed has gained, on the levels down to the item's. */
static enum msched__verdict compare(const msched__fixer *f, const msched__solution *day)
{
    for (int i = 0; i <= msched__item_level(f); i++)
        if (day->value[i] != f->e->day->value[i])
            return day->value[i] > f->e->day->value[i] ? MSCHED__YES : MSCHED__WORSE;
    return MSCHED__INSTEAD;
}

/* What was placed and is not on this day, but for what the change itself leaves out. */
static msched__fix_cost find_lost(const msched__fixer *f, const msched__change *c,
                                  const msched__solver *trial)
{
    const msched__tasks *before = &f->e->model->tasks;
    msched__fix_cost lost = msched__nothing_lost;
    for (uint32_t i = 0; i < before->count; i++) {
        uint32_t todo = before->tasks[i].todo, task = trial->model->tasks.task_of[todo];
        if (!f->e->day->timetable.placed[i] || task == UINT32_MAX ||
            trial->best.timetable.placed[task] ||
            (c->fix == MSCHED_FIX_DROP && !c->is_song && todo == c->other))
            continue;
        lost.todo = lost.todos++ == 0 ? todo : lost.todo;
    }
    for (uint32_t i = 0; i < f->e->model->plan->song_count; i++) {
        uint32_t was = msched__plays_placed(f->e->day, i),
                 is = msched__plays_placed(&trial->best, i);
        if (was > is && !(c->fix == MSCHED_FIX_DROP && c->is_song && i == c->other))
            lost.plays += was - is;
    }
    return lost;
}

msched__model msched__change_model(msched__fixer *f, const msched__change *c,
                                   struct msched_plan *plan)
{
    msched__model model = *f->e->model;
    *plan = *model.plan;
    apply(f, c);
    plan->todos = f->todos;
    plan->songs = f->songs;
    model.plan = plan;
    model.wishes = f->wishes;
    return model;
}

/* How far a task could reach on either side of its only piece beside all else. */
static msched__span reach_of(const msched__solver *trial, uint32_t index, msched__span piece)
{
    const msched__tasks *tasks = &trial->model->tasks;
    const msched__task *task = &tasks->tasks[index];
    const msched__solution *day = &trial->best;
    msched__span reach = piece;
    for (uint32_t r = 0; r < task->room_count; r++)
        if (task->rooms[r].start <= piece.start && piece.end <= task->rooms[r].end)
            reach = task->rooms[r];
    for (uint32_t i = 0; i < day->timetable.piece_count; i++) {
        const msched__piece *p = &day->timetable.pieces[i];
        const msched__task *other = &tasks->tasks[p->task];
        if (p->end <= piece.start)
            reach.start = larger(reach.start, p->end + msched__tasks_gap(other, task));
        else if (p->start >= piece.end)
            reach.end = smaller(reach.end, p->start - msched__tasks_gap(task, other));
    }
    for (uint32_t i = 0; task->silent && i < day->songs.play_count; i++) {
        int32_t start = day->placement.start[i], end = start + day->songs.plays[i].length_s;
        if (start != MSCHED_UNSET && end <= piece.start)
            reach.start = larger(reach.start, end + task->before);
        else if (start != MSCHED_UNSET && start >= piece.end)
            reach.end = smaller(reach.end, start - task->after);
    }
    return reach;
}

/* The amount that is enough with all else as on the day found: no more than the one tried. */
static int32_t find_enough(const msched__fixer *f, const msched__change *c,
                           const msched__solver *trial)
{
    const msched_plan *plan = f->e->model->plan;
    const msched__arrangement *timetable = &trial->best.timetable;
    msched__span piece = {0, 0};
    uint32_t pieces = 0;
    if (f->item->kind != MSCHED_UNPLACED_TODO)
        return c->amount;
    uint32_t task = trial->model->tasks.task_of[f->item->todo];
    for (uint32_t i = 0; i < timetable->piece_count; i++)
        if (timetable->pieces[i].task == task) {
            piece = (msched__span){timetable->pieces[i].start, timetable->pieces[i].end};
            pieces++;
        }
    if (pieces != 1)
        return c->amount;
    const msched__plan_todo *todo = &plan->todos[f->item->todo];
    msched__span reach = reach_of(trial, task, piece);
    int32_t enough = c->amount;
    if (c->fix == MSCHED_FIX_LATER)
        enough = piece.end - (piece.start - reach.start) - todo->latest_s;
    else if (c->fix == MSCHED_FIX_EARLIER)
        enough = todo->earliest_s - (piece.start + reach.end - piece.end);
    else if (c->fix == MSCHED_FIX_SHORTER)
        enough = c->amount - (reach.end - reach.start - (piece.end - piece.start));
    return enough < 1 || enough > c->amount ? c->amount : enough;
}

/* Solve the changed plan and see what became of the item. */
static enum msched__verdict try_change(msched__fixer *f, const msched__change *c,
                                       msched__arena *arena, msched__budget *budget)
{
    struct msched_plan plan;
    msched__model model = msched__change_model(f, c, &plan);
    msched__solver trial = {.arena = arena,
                            .model = &model,
                            .budget = budget,
                            .seed = f->e->seed,
                            .effort = MSCHED__TRIAL,
                            .goal = f->all_levels ? MSCHED_LEVEL_FILL_S
                                                  : (uint32_t)msched__item_level(f) + 1,
                            .no_order = 1};
    f->result = msched__model_make(arena, &model);
    if (f->result == MSCHED_OK)
        f->result = msched__solve(&trial);
    enum msched__verdict verdict = MSCHED__NO;
    f->searched = trial.searched;
    if (f->result == MSCHED_OK && is_placed(f, &trial))
        verdict = c->fix == MSCHED_FIX_DROP ? MSCHED__YES : compare(f, &trial.best);
    /* where nothing is proved, which of several as important is placed hangs on the work */
    if (verdict == MSCHED__INSTEAD && f->proved <= (uint32_t)msched__item_level(f))
        verdict = MSCHED__WORSE;
    f->lost = verdict == MSCHED__YES || verdict == MSCHED__INSTEAD ? find_lost(f, c, &trial)
                                                                   : msched__nothing_lost;
    f->enough = verdict == MSCHED__YES ? find_enough(f, c, &trial) : c->amount;
    return verdict;
}

/* Whether the bounds of the changed tasks leave room for one more of the item's priority. */
static int could_gain(msched__fixer *f, const msched__change *c, msched__arena *arena)
{
    struct msched_plan plan;
    msched__model model = msched__change_model(f, c, &plan);
    const msched__arrangement *day = &f->e->day->timetable;
    const msched__tasks *before = &f->e->model->tasks;
    uint32_t priority = f->e->model->plan->todos[f->item->todo].priority;
    int32_t bound[5];
    f->result = msched__model_make(arena, &model);
    if (f->result == MSCHED_OK &&
        !msched__solve_tasks_bound(arena, &model.tasks, day->count, bound))
        f->result = MSCHED_ERROR_MEMORY;
    if (f->result != MSCHED_OK)
        return 0;
    f->left -= f->left < before->count ? f->left : before->count;
    for (uint32_t p = 1; p <= priority; p++)
        if (model.tasks.base[p] + bound[p] > before->base[p] + day->count[p])
            return 1;
    return 0;
}

int msched__could_gain(msched__fixer *f, const msched__change *c)
{
    msched__arena arena;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    int could = could_gain(f, c, &arena);
    msched__arena_reset(&arena);
    return could;
}

enum msched__verdict msched__judge(msched__fixer *f, const msched__change *c)
{
    msched__arena arena;
    msched__budget budget = *f->e->budget;
    if (f->left == 0 || budget.interrupted)
        return MSCHED__SPENT;
    budget.used = 0;
    budget.stop = MSCHED_STOP_NONE;
    budget.next_look = 0;
    budget.limit = f->e->work_limit;
    budget.give_up_at = f->left < f->part ? f->left : f->part;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    enum msched__verdict verdict = try_change(f, c, &arena, &budget);
    msched__arena_reset(&arena);
    f->left = budget.used < f->left ? f->left - budget.used : 0;
    if (budget.interrupted) {
        f->e->budget->interrupted = 1;
        if (f->e->budget->stop == MSCHED_STOP_NONE)
            f->e->budget->stop = budget.stop;
    }
    int is_song = f->item->kind == MSCHED_UNPLACED_SONG;
    int cut_short = budget.stop != MSCHED_STOP_NONE && budget.used <= budget.limit;
    return f->result != MSCHED_OK || (cut_short && (is_song || !msched__admits(verdict)))
               ? MSCHED__SPENT
               : verdict;
}

/*
 * The amounts between which the one sought lies: one that does not admit the item and one that
 * does.
 */
typedef struct bracket {
    int32_t no, yes;
    enum msched__verdict at_no;
    msched__fix_cost lost; /* f->lost at `yes` */
} bracket;

static void narrow(msched__fixer *f, uint32_t fix, bracket *b, int32_t amount)
{
    f->asked = amount;
    enum msched__verdict verdict = msched__judge(f,
                                                 &(msched__change){.fix = fix, .amount = amount});
    if (msched__admits(verdict)) {
        int beyond_no = amount > b->no ? f->enough > b->no : f->enough < b->no;
        b->yes = beyond_no ? f->enough : amount;
        b->lost = f->lost;
    } else {
        b->no = amount;
        b->at_no = verdict;
    }
}

static int is_found(const bracket *b)
{
    return b->yes - b->no == 1 || b->no - b->yes == 1;
}

/*
 * Halve by whole steps; then try next to the amount that does, and next to the one that does not.
 */
static void halve(msched__fixer *f, uint32_t fix, bracket *b, int32_t step)
{
    for (int beside = 0; beside < 2 && !is_found(b) && f->left > 0;) {
        int32_t low = b->no < b->yes ? b->no : b->yes, high = b->no < b->yes ? b->yes : b->no;
        int32_t middle = (low + high) / 2 / step * step;
        middle += middle <= low ? step : 0;
        beside += beside > 0 || middle >= high;
        if (beside > 0)
            middle = (beside == 1) == (b->no < b->yes) ? high - 1 : low + 1;
        narrow(f, fix, b, middle);
    }
}

/*
 * The brackets of a search: an amount that admits the item is known, or the one that changes most
 * is tried. 0 where that does not admit it.
 */
static int start_bracket(msched__fixer *f, const msched__amounts *a, bracket *b)
{
    *b = (bracket){.no = a->largest ? a->most + 1 : a->least - 1,
                   .yes = a->largest ? a->least : a->most,
                   .at_no = MSCHED__NO,
                   .lost = msched__nothing_lost};
    if (a->known > 0) {
        b->yes = a->known;
        /* it is mostly the smallest */
        if (!is_found(b))
            narrow(f, a->fix, b, a->known + (a->largest ? 1 : -1));
        return 1;
    }
    int32_t no = b->no;
    narrow(f, a->fix, b, b->yes);
    if (b->no == b->yes)
        return 0;
    b->no = no;
    b->at_no = MSCHED__NO;
    return 1;
}

/* Try the amount that was guessed, and those beside it. */
static void try_guess(msched__fixer *f, const msched__amounts *a, bracket *b)
{
    int up = b->no < b->yes ? 1 : -1;
    if (is_found(b) || (a->guess - b->no) * up <= 0 || (b->yes - a->guess) * up <= 0)
        return;
    narrow(f, a->fix, b, a->guess);
    if (!is_found(b))
        narrow(f, a->fix, b, b->yes == a->guess ? a->guess - up : a->guess + up);
}

/* Each try solves a day, so that amounts are tried first in steps that people plan in. */
int32_t msched__smallest(msched__fixer *f, const msched__amounts *amounts)
{
    static const int32_t steps[] = {300, 60, 1};
    bracket b;
    if (amounts->most < amounts->least || !start_bracket(f, amounts, &b))
        return 0;
    /* as long as the days found show that much less is enough */
    for (int jumps = 0;
         jumps < JUMPS_MAX && !is_found(&b) && f->enough == b.yes && f->enough < f->asked; jumps++)
        narrow(f, amounts->fix, &b, b.yes - 1);
    if (amounts->guess > 0)
        try_guess(f, amounts, &b);
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
        halve(f, amounts->fix, &b, steps[k]);
    f->lost = b.lost;
    return is_found(&b) && b.at_no == MSCHED__NO ? b.yes : 0;
}
