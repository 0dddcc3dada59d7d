/*
 * A change is judged by solving the changed plan as if it had been given, on the levels down to
 * that of the item: the item must be scheduled, and nothing more important may be lost. Each day
 * found shows which smaller amount suffices (explain_enough.c); if that does not end the search,
 * amounts are bisected.
 */
#include "schedule/explain/explain_trial.h"

#include "algo/bits.h"
#include "algo/budget.h"
#include "algo/min_max.h"
#include "schedule/explain/explain_enough.h"
#include "schedule/explain/explain_recall.h"
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

#define SPENT_MAX 2 /* trials without an answer that end the search for an amount */

const msched__fix_cost msched__nothing_lost = {.todo = UINT32_MAX};

static int is_placed(const msched__fixer *f, const msched__solver *trial)
{
    const msched__solution *day = &trial->best;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        return msched__plays_placed(day, f->item->wanted) >
               msched__plays_placed(f->e->day, f->item->wanted);
    uint32_t task = trial->model->tasks.task_of[f->item->todo];
    return task == UINT32_MAX || day->timetable.placed[task];
}

/* The to-dos of a trial that are placed; NULL when out of memory. */
static uint64_t *find_placed(const msched__fixer *f, const msched__solver *trial)
{
    const msched__tasks *tasks = &trial->model->tasks;
    const uint32_t count = f->e->model->plan->todo_count;
    uint64_t *placed = msched__bits_alloc(f->e->scratch, count);
    for (uint32_t i = 0; placed != NULL && i < count; i++)
        if (tasks->task_of[i] == UINT32_MAX || trial->best.timetable.placed[tasks->task_of[i]])
            msched__bit_set(placed, i);
    return placed;
}

/* What the day with the item gains, on the levels down to that of the item. */
static enum msched__verdict compare(const msched__fixer *f, const msched__solution *day)
{
    for (int i = 0; i <= msched__item_level(f); i++)
        if (day->value[i] != f->e->day->value[i])
            return day->value[i] > f->e->day->value[i] ? MSCHED__YES : MSCHED__WORSE;
    return MSCHED__INSTEAD;
}

/* What was placed and is missing on this day, except for what the change itself leaves out. */
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

int msched__is_one_of_several(const msched__fixer *f)
{
    const msched__solution *day = f->e->day;
    const msched__tasks *tasks = &f->e->model->tasks;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (!day->timetable.placed[i] &&
            (f->item->kind == MSCHED_UNPLACED_SONG || tasks->tasks[i].todo != f->item->todo))
            return 1;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (day->placement.start[i] == MSCHED_UNSET)
            return 1;
    return 0;
}

/*
 * 1 where level 8 may choose between equally important items: pauses move tasks, and songs are then
 * placed again. Without songs, it changes only times.
 */
static int decides_by_level_8(const msched__fixer *f)
{
    return f->to_the_end && !f->e->no_order && f->e->day->songs.play_count > 0;
}

/* 1 if the trial leaves out a task, which level 8 might exchange for an equally important one. */
static int leaves_out_task(const msched__solver *trial)
{
    const msched__tasks *tasks = &trial->model->tasks;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (!trial->best.timetable.placed[i])
            return 1;
    return 0;
}

/*
 * 1 where solving to the end would schedule the same tasks: all levels meet their bounds without a
 * search that its work may have ended, and neither fill nor songs can choose between tasks.
 */
static int is_final(const msched__fixer *f, const msched__solver *trial)
{
    const msched__solution *day = &trial->best;
    if (f->item->kind != MSCHED_UNPLACED_TODO || trial->budget->stop != MSCHED_STOP_NONE ||
        trial->budget->used >= trial->budget->give_up_at || trial->searched ||
        trial->searched_few || trial->model->replan != NULL ||
        msched__plan_fill_seconds(trial->model->plan) > 0 ||
        (!f->e->no_order && day->songs.play_count > 0 && leaves_out_task(trial)) ||
        !msched__bounds_met(&trial->bounds, day->value, MSCHED_LEVEL_FILL_S))
        return 0;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (day->placement.start[i] == MSCHED_UNSET)
            return 0;
    return 1;
}

/* 1 where events leave the item no time even with the change, whatever else is scheduled. */
static int is_hopeless(const msched__fixer *f, const msched__tasks *tasks)
{
    const uint32_t task = f->item->kind == MSCHED_UNPLACED_TODO ? tasks->task_of[f->item->todo]
                                                                : UINT32_MAX;
    return task != UINT32_MAX && tasks->tasks[task].hopeless;
}

/* Note what the day of a trial loses, how much of the change it needs, and what is placed. */
static void note_day(msched__fixer *f, const msched__change *c, const msched__solver *trial,
                     enum msched__verdict verdict)
{
    if (msched__admits(verdict) || msched__trial_is_shared(f, c))
        f->lost = find_lost(f, c, trial);
    if (msched__admits(verdict))
        f->enough = msched__explain_enough(f, c, trial);
    if (f->result == MSCHED_OK && msched__trial_is_shared(f, c)) {
        f->placed_of = find_placed(f, trial);
        f->result = f->placed_of == NULL ? MSCHED_ERROR_MEMORY : MSCHED_OK;
    }
}

/* Solve the changed plan and check the item. */
static enum msched__verdict try_change(msched__fixer *f, const msched__change *c,
                                       msched__arena *arena, msched__budget *budget)
{
    struct msched_plan plan;
    msched__model model = msched__change_model(f, c, &plan);
    msched__solver trial = {.arena = arena,
                            .model = &model,
                            .budget = budget,
                            .seed = f->e->seed,
                            .effort = f->to_the_end ? MSCHED__FULL : MSCHED__TRIAL,
                            .goal = msched__trial_goal(f),
                            .no_order = !decides_by_level_8(f)};
    enum msched__verdict verdict = MSCHED__NO;
    f->searched = f->placed = f->unsure = 0;
    f->is_final = 1;
    f->lost = msched__nothing_lost;
    f->enough = c->amount;
    f->placed_of = NULL;
    f->result = msched__model_make(arena, &model);
    if (f->result != MSCHED_OK || is_hopeless(f, &model.tasks))
        return MSCHED__NO;
    f->result = msched__solve(&trial);
    if (f->result != MSCHED_OK)
        return MSCHED__NO;
    f->searched = trial.searched;
    f->is_final = f->to_the_end || is_final(f, &trial);
    f->placed = (uint8_t)is_placed(f, &trial);
    if (f->placed)
        verdict = c->fix == MSCHED_FIX_DROP ? MSCHED__YES : compare(f, &trial.best);
    /* where nothing is proved, which of several as important is placed hangs on the work */
    f->unsure = verdict == MSCHED__INSTEAD && !f->is_final &&
                f->proved <= (uint32_t)msched__item_level(f);
    if (f->unsure)
        verdict = MSCHED__WORSE;
    note_day(f, c, &trial, verdict);
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
    if (f->result != MSCHED_OK)
        return 0;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    int could = could_gain(f, c, &arena);
    msched__arena_reset(&arena);
    return could;
}

/* 1 if a moved event would overlap another one. */
static int meets_event(const msched__fixer *f, const msched__change *c)
{
    const msched__plan_todo *event = &f->e->model->plan->todos[c->other];
    const msched__tasks *tasks = &f->e->model->tasks;
    int32_t by = c->fix == MSCHED_FIX_MOVE_LATER ? c->amount : -c->amount;
    if (c->fix != MSCHED_FIX_MOVE_LATER && c->fix != MSCHED_FIX_MOVE_EARLIER)
        return 0;
    for (uint32_t i = 0; i < tasks->fixed_count; i++)
        if (tasks->fixed[i].todo != c->other && tasks->fixed[i].start < event->end_s + by &&
            tasks->fixed[i].end > event->start_s + by)
            return 1;
    return 0;
}

enum msched__verdict msched__judge(msched__fixer *f, const msched__change *c)
{
    msched__arena arena;
    if (meets_event(f, c))
        return MSCHED__NO;
    msched__budget budget = *f->e->budget;
    if (f->left == 0 || f->left < f->least || budget.interrupted || f->result != MSCHED_OK)
        return MSCHED__SPENT;
    budget.used = 0;
    budget.stop = MSCHED_STOP_NONE;
    budget.next_look = 0;
    budget.limit = c->fix == MSCHED_FIX_DROP && !c->is_song ? f->e->work_less : f->e->work_limit;
    budget.give_up_at = f->left < f->part ? f->left : f->part;
    const msched__answer *known = msched__recall(f, c, budget.give_up_at);
    if (known != NULL)
        return msched__repeat(f, known);
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    enum msched__verdict verdict = try_change(f, c, &arena, &budget);
    msched__arena_reset(&arena);
    f->left = budget.used < f->left ? f->left - budget.used : 0;
    if (budget.interrupted) {
        f->e->budget->interrupted = 1;
        if (f->e->budget->stop == MSCHED_STOP_NONE)
            f->e->budget->stop = budget.stop;
    }
    f->cut_short = f->to_the_end
                       ? budget.interrupted ||
                             (budget.used > budget.give_up_at && budget.give_up_at < budget.limit)
                       : (budget.stop != MSCHED_STOP_NONE || budget.used >= budget.give_up_at) &&
                             budget.used <= budget.limit;
    /* a solve may go on and place something else; of amounts, what is found at last is judged */
    int is_amount = f->item->kind != MSCHED_UNPLACED_SONG && c->fix != MSCHED_FIX_DROP;
    if (f->result != MSCHED_OK || (f->cut_short && (!is_amount || !msched__admits(verdict))))
        verdict = MSCHED__SPENT;
    if (f->result == MSCHED_OK && (f->placed_of != NULL || !msched__trial_is_shared(f, c)))
        msched__remember(
            f, c,
            &(msched__answer){.give_up_at = budget.give_up_at,
                              .placed_of = f->placed_of,
                              .extent = f->is_final ? MSCHED__TO_THE_END : msched__extent_of(f),
                              .verdict = verdict});
    return f->result != MSCHED_OK ? MSCHED__SPENT : verdict;
}

enum msched__verdict msched__judge_to_the_end(msched__fixer *f, const msched__change *c)
{
    const uint64_t left = f->left, part = f->part;
    const uint8_t before = f->to_the_end;
    if (f->e->thorough) {
        f->left = f->whole;
        f->part = f->e->work_limit;
    }
    f->to_the_end = 1;
    enum msched__verdict verdict = msched__judge(f, c);
    f->to_the_end = before;
    if (f->e->thorough) {
        f->whole = f->left;
        f->left = left;
    }
    f->part = part;
    return verdict;
}

void msched__note_doubt(msched__fixer *f, const msched__doubt *doubt)
{
    msched__doubts *doubts = f->doubts;
    if (doubts == NULL)
        return;
    uint32_t count = 0;
    for (uint32_t i = 0; i < doubts->count; i++) {
        const msched__doubt *known = &doubts->all[i];
        int same = known->change.fix == doubt->change.fix &&
                   known->change.other == doubt->change.other;
        if (same && !msched__costs_more(&known->rank, &doubt->rank)) {
            doubts->all[i].most = larger(known->most, doubt->most);
            doubts->all[i].guess = doubt->change.amount;
            return;
        }
        if (!same)
            doubts->all[count++] = *known;
    }
    doubts->count = count;
    uint32_t at = count < MSCHED__DOUBTS_MAX ? doubts->count++ : count;
    for (; at > 0 && msched__costs_more(&doubts->all[at - 1].rank, &doubt->rank); at--)
        if (at < MSCHED__DOUBTS_MAX)
            doubts->all[at] = doubts->all[at - 1];
    if (at < MSCHED__DOUBTS_MAX)
        doubts->all[at] = *doubt;
}

/*
 * The amounts between which the one sought lies: one that does not admit the item and one that
 * does.
 */
typedef struct bracket {
    int32_t no, yes;
    enum msched__verdict at_no;
    uint32_t spent;        /* tries that found no answer */
    uint8_t inferred;      /* `yes` was not tried itself */
    uint8_t cut_short;     /* the trial that found it was */
    int32_t hint;          /* an amount that its day shows to suffice as well; 0: none */
    msched__fix_cost lost; /* f->lost at `yes` */
} bracket;

static void narrow(msched__fixer *f, const msched__amounts *a, bracket *b, int32_t amount)
{
    f->asked = amount;
    enum msched__verdict verdict =
        msched__judge(f, &(msched__change){.fix = a->fix, .other = a->other, .amount = amount});
    if (msched__admits(verdict)) {
        int beyond_no = amount > b->no ? f->enough > b->no : f->enough < b->no;
        /* with less, the search may place an equally important one instead */
        int is_certain = verdict == MSCHED__YES && beyond_no;
        b->yes = is_certain ? f->enough : amount;
        b->hint = is_certain || !beyond_no ? 0 : f->enough;
        b->inferred = b->yes != amount;
        b->cut_short = f->cut_short;
        b->lost = f->lost;
    } else {
        b->no = amount;
        b->at_no = verdict;
        b->spent += verdict == MSCHED__SPENT;
    }
}

static int is_found(const bracket *b)
{
    return b->yes - b->no == 1 || b->no - b->yes == 1;
}

/*
 * Bisect in whole steps; then try next to the amount that suffices, and next to the one that does
 * not.
 */
static void halve(msched__fixer *f, const msched__amounts *a, bracket *b, int32_t step)
{
    for (int beside = 0; beside < 2 && !is_found(b) && b->spent < SPENT_MAX && f->left > 0;) {
        int32_t low = b->no < b->yes ? b->no : b->yes, high = b->no < b->yes ? b->yes : b->no;
        int32_t middle = (low + high) / 2 / step * step;
        middle += middle <= low ? step : 0;
        beside += beside > 0 || middle >= high;
        if (beside > 0)
            middle = (beside == 1) == (b->no < b->yes) ? high - 1 : low + 1;
        narrow(f, a, b, middle);
    }
}

/*
 * Set the bracket of a search: an amount that schedules the item is known, or the largest change is
 * tried. 0 if that does not schedule it.
 */
static int start_bracket(msched__fixer *f, const msched__amounts *a, bracket *b)
{
    *b = (bracket){.no = a->largest ? a->most + 1 : a->least - 1,
                   .yes = a->largest ? a->least : a->most,
                   .at_no = MSCHED__NO,
                   .lost = msched__nothing_lost};
    if (a->known > 0) {
        b->yes = a->known;
        b->inferred = !a->tried;
        b->lost = a->tried ? f->lost : b->lost;
        /* it is mostly the smallest */
        if (!is_found(b))
            narrow(f, a, b, a->known + (a->largest ? 1 : -1));
        return 1;
    }
    if (a->is_likely && a->guess >= a->least && a->guess < a->most) {
        const int32_t most = b->yes;
        narrow(f, a, b, a->guess);
        if (b->no != a->guess) {
            if (!is_found(b))
                narrow(f, a, b, b->yes - 1);
            return 1;
        }
        b->yes = most;
    }
    int32_t no = b->no;
    enum msched__verdict at_no = b->at_no;
    narrow(f, a, b, b->yes);
    if (b->no == b->yes) {
        f->open = f->unsure || b->at_no == MSCHED__SPENT ? b->yes : 0;
        return 0;
    }
    b->no = no;
    b->at_no = at_no;
    return 1;
}

/* Try what the last day shows to suffice, or else one second less than what does. */
static void jump(msched__fixer *f, const msched__amounts *a, bracket *b)
{
    const int32_t hint = b->hint > 0 && b->hint < b->yes ? b->hint : b->yes - 1;
    if (!is_found(b) && !a->largest)
        narrow(f, a, b, hint);
}

/* Try the guessed amount and its neighbors. */
static void try_guess(msched__fixer *f, const msched__amounts *a, bracket *b)
{
    int up = b->no < b->yes ? 1 : -1;
    if (is_found(b) || (a->guess - b->no) * up <= 0 || (b->yes - a->guess) * up <= 0)
        return;
    narrow(f, a, b, a->guess);
    if (!is_found(b))
        narrow(f, a, b, b->yes == a->guess ? a->guess - up : a->guess + up);
}

/*
 * The amount that a day shows to suffice is tried itself if the search may end without a proof, if
 * something else is missing that may take the room, or if songs may yield to the item: then on all
 * levels, which show the real loss.
 */
static int holds_as_tried(msched__fixer *f, const msched__amounts *a, bracket *b)
{
    uint8_t before = f->all_levels, has_songs = f->e->day->timed_count > 0;
    if (!b->inferred || (f->proved > (uint32_t)msched__item_level(f) && !has_songs &&
                         !f->e->model->tasks.has_split && !msched__is_one_of_several(f)))
        return 1;
    f->all_levels = before || has_songs;
    int holds =
        msched__admits(msched__judge(f, &(msched__change){.fix = a->fix, .amount = b->yes}));
    f->settled = f->all_levels;
    f->all_levels = before;
    b->lost = f->lost;
    b->cut_short = f->cut_short;
    return holds;
}

/* Each trial solves a day, so amounts are first tried in steps in which people plan. */
int32_t msched__smallest(msched__fixer *f, const msched__amounts *amounts)
{
    static const int32_t steps[] = {300, 60, 1};
    bracket b;
    f->settled = 0;
    f->open = 0;
    if (amounts->most < amounts->least || !start_bracket(f, amounts, &b))
        return 0;
    if (amounts->is_likely)
        try_guess(f, amounts, &b);
    jump(f, amounts, &b);
    if (amounts->guess > 0 && !amounts->is_likely)
        try_guess(f, amounts, &b);
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
        halve(f, amounts, &b, steps[k]);
    f->open = b.yes;
    if (!is_found(&b) || b.at_no != MSCHED__NO || !holds_as_tried(f, amounts, &b) || b.cut_short)
        return 0;
    f->lost = b.lost;
    return b.yes;
}
