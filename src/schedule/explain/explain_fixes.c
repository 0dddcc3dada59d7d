/*
 * Counterfactuals. A change is judged by solving the changed plan just as it would be solved if it
 * were given: the item must be placed, and nothing more important may be lost for it. Amounts are
 * found by halving. All solving together is bounded by the work limit of one solve, and a try by a
 * part of it; an item for which that does not suffice gets no fix.
 */
#include "schedule/explain/explain_fixes.h"

#include "algo/budget.h"
#include "algo/min_max.h"
#include "schedule/explain/explain_fix_text.h"
#include "schedule/joint/joint_beside.h"
#include "schedule/joint/joint_solve.h"
#include "schedule/model/lookup.h"
#include "schedule/model/model.h"
#include "schedule/model/plays.h"
#include "schedule/model/solution.h"
#include "schedule/model/solver.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/output/schedule.h"

#include <string.h>

#define PART      4 /* of the work limit: for one try */
#define TRIES     4 /* as many as the smallest amount takes */
#define TRIES_MAX 2 /* others to leave out that are tried for one item */

/* A plan with one change. */
typedef struct change {
    uint32_t fix;   /* enum msched_fix_kind */
    uint32_t other; /* DROP, MUSIC: to-do; DROP with is_song: wanted song */
    uint8_t is_song;
    int32_t amount;
} change;

static const msched__fix_cost nothing_lost = {.todo = UINT32_MAX};

typedef struct fixer {
    msched__explain *e;
    msched_unplaced *item;
    msched__plan_todo *todos; /* the changed plan */
    msched__plan_song *songs;
    msched__wish *wishes;
    uint64_t left;  /* work for all fixes together */
    uint64_t share; /* of one of the items left */
    uint64_t part;  /* work for one try */
    msched__arrangement trial;
    int32_t competes_s[5]; /* per priority: length at which the item before was placed; 0: none */
    msched__fix_cost lost; /* by the change tried last */
    msched_result result;
} fixer;

/*
 * YES: placed, and more of its importance is; INSTEAD: placed, in the place of something as
 * important; WORSE: placed, and something more important is not.
 */
enum verdict { NO, YES, INSTEAD, WORSE, SPENT };

static void change_todo(const change *c, msched__plan_todo *todo)
{
    switch (c->fix) {
    case MSCHED_FIX_LATER:
        todo->latest_s += c->amount;
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

static void apply(fixer *f, const change *c)
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

/* Plays of a wish that are placed. */
static uint32_t plays_placed(const msched__solution *day, uint32_t wish)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        count += day->songs.plays[i].wish == wish && day->placement.start[i] != MSCHED_UNSET;
    return count;
}

static int is_placed(const fixer *f, const msched__solver *trial)
{
    const msched__solution *day = &trial->best;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        return plays_placed(day, f->item->wanted) > plays_placed(f->e->day, f->item->wanted);
    uint32_t task = trial->model->tasks.task_of[f->item->todo];
    return task == UINT32_MAX || day->timetable.placed[task];
}

/* The level that the item counts in. */
static int item_level(const fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    if (f->item->kind == MSCHED_UNPLACED_SONG)
        return plan->songs[f->item->wanted].must ? MSCHED_LEVEL_MUST_SONGS
                                                 : MSCHED_LEVEL_SONG_WEIGHT;
    uint32_t priority = plan->todos[f->item->todo].priority;
    return priority == 1 ? MSCHED_LEVEL_TASKS_1 : (int)priority;
}

/* What the day with the item placed has gained, on the levels down to the item's. */
static enum verdict compare(const fixer *f, const msched__solution *day)
{
    for (int i = 0; i <= item_level(f); i++)
        if (day->value[i] != f->e->day->value[i])
            return day->value[i] > f->e->day->value[i] ? YES : WORSE;
    return INSTEAD;
}

/* What was placed and is not on this day, but for what the change itself leaves out. */
static msched__fix_cost find_lost(const fixer *f, const change *c, const msched__solver *trial)
{
    const msched__tasks *before = &f->e->model->tasks;
    msched__fix_cost lost = nothing_lost;
    for (uint32_t i = 0; i < before->count; i++) {
        uint32_t todo = before->tasks[i].todo, task = trial->model->tasks.task_of[todo];
        if (!f->e->day->timetable.placed[i] || task == UINT32_MAX ||
            trial->best.timetable.placed[task] ||
            (c->fix == MSCHED_FIX_DROP && !c->is_song && todo == c->other))
            continue;
        lost.todo = lost.todos++ == 0 ? todo : lost.todo;
    }
    for (uint32_t i = 0; i < f->e->model->plan->song_count; i++) {
        uint32_t was = plays_placed(f->e->day, i), is = plays_placed(&trial->best, i);
        if (was > is && !(c->fix == MSCHED_FIX_DROP && c->is_song && i == c->other))
            lost.plays += was - is;
    }
    return lost;
}

/*
 * The model of the changed plan, which lies in `plan` and `f`; its tasks are still those of the
 * plan as it was.
 */
static msched__model change_model(fixer *f, const change *c, struct msched_plan *plan)
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

/* Solve the changed plan and see what became of the item. */
static enum verdict try_change(fixer *f, const change *c, msched__arena *arena,
                               msched__budget *budget)
{
    struct msched_plan plan;
    msched__model model = change_model(f, c, &plan);
    msched__solver trial = {.arena = arena,
                            .model = &model,
                            .budget = budget,
                            .seed = f->e->seed,
                            .effort = MSCHED__TRIAL,
                            .no_order = 1};
    f->result = msched__model_make(arena, &model);
    if (f->result == MSCHED_OK)
        f->result = msched__solve(&trial);
    enum verdict verdict = NO;
    if (f->result == MSCHED_OK && is_placed(f, &trial))
        verdict = c->fix == MSCHED_FIX_DROP ? YES : compare(f, &trial.best);
    f->lost = verdict == YES || verdict == INSTEAD ? find_lost(f, c, &trial) : nothing_lost;
    return verdict;
}

static enum verdict judge(fixer *f, const change *c)
{
    msched__arena arena;
    msched__budget budget = *f->e->budget;
    if (f->left == 0 || budget.interrupted)
        return SPENT;
    budget.used = 0;
    budget.stop = MSCHED_STOP_NONE;
    budget.next_look = 0;
    budget.limit = f->e->work_limit;
    budget.give_up_at = f->left < f->part ? f->left : f->part;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    enum verdict verdict = try_change(f, c, &arena, &budget);
    msched__arena_reset(&arena);
    f->left = budget.used < f->left ? f->left - budget.used : 0;
    if (budget.interrupted) {
        f->e->budget->interrupted = 1;
        if (f->e->budget->stop == MSCHED_STOP_NONE)
            f->e->budget->stop = budget.stop;
    }
    int cut_short = budget.stop != MSCHED_STOP_NONE && budget.used <= budget.limit;
    return f->result != MSCHED_OK || cut_short ? SPENT : verdict;
}

static int admits(enum verdict verdict)
{
    return verdict == YES || verdict == INSTEAD;
}

/* The amount sought lies between one that does not admit the item and one that does. */
typedef struct bracket {
    int32_t no, yes;
    enum verdict at_no;
    msched__fix_cost lost; /* f->lost at `yes` */
} bracket;

static void narrow(fixer *f, uint32_t fix, bracket *b, int32_t amount)
{
    enum verdict verdict = judge(f, &(change){.fix = fix, .amount = amount});
    if (admits(verdict)) {
        b->yes = amount;
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

/* Halve by whole steps; then try the neighbors of the amount that does and of the other. */
static void halve(fixer *f, uint32_t fix, bracket *b, int32_t step)
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

/* The amounts of a fix that may help, in seconds; empty if most < least. */
typedef struct amounts {
    int32_t least, most;
    int largest;   /* the largest is wanted, as for the pieces of a split to-do */
    int32_t guess; /* the amount to try first; outside of the range: none */
} amounts;

/*
 * The smallest (or largest) of the amounts that admits the item; 0 if none does. Each try solves a
 * day, so the steps that people plan in are tried first, and the guess before all. Sets f->lost to
 * what the amount found costs.
 */
static int32_t best_amount(fixer *f, uint32_t fix, const amounts *range)
{
    int32_t guess = range->guess;
    static const int32_t steps[] = {300, 60, 1};
    bracket b = {.no = range->largest ? range->most + 1 : range->least - 1,
                 .yes = range->largest ? range->least : range->most,
                 .at_no = NO,
                 .lost = nothing_lost};
    int32_t widest = b.yes;
    if (range->most < range->least)
        return 0;
    if (guess >= range->least && guess < range->most)
        narrow(f, fix, &b, guess);
    if (b.yes == guess && !is_found(&b))
        narrow(f, fix, &b, guess - 1);
    if (b.yes == widest) {
        int32_t no = b.no;
        enum verdict at_no = b.at_no;
        narrow(f, fix, &b, widest);
        if (b.no == widest)
            return 0;
        b.no = no;
        b.at_no = at_no;
    }
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
        halve(f, fix, &b, steps[k]);
    f->lost = b.lost;
    return is_found(&b) && b.at_no == NO ? b.yes : 0;
}

/* 1 where nothing else hangs on a to-do. */
static int can_be_dropped(const msched_plan *plan, uint32_t todo)
{
    if (plan->todos[todo].state >= MSCHED_STATE_STARTED)
        return 0;
    for (uint32_t i = 0; i < plan->todo_count; i++)
        for (uint32_t k = 0; k < plan->todos[i].after_count; k++)
            if (plan->todos[i].after[k] == todo)
                return 0;
    for (uint32_t i = 0; i < plan->song_count; i++)
        if (plan->songs[i].during == todo)
            return 0;
    return 1;
}

/*
 * A to-do that stands in the item's window: by turns less important tasks, tasks as important,
 * events.
 */
static uint32_t next_rival(const fixer *f, uint32_t *turn, uint32_t *at)
{
    const msched_plan *plan = f->e->model->plan;
    uint32_t own = f->item->kind == MSCHED_UNPLACED_TODO ? plan->todos[f->item->todo].priority : 0;
    for (; *turn < 3; (*turn)++, *at = 0)
        while (*at < f->e->schedule->entry_count) {
            const msched_schedule_entry *entry = &f->e->schedule->entries[(*at)++];
            if (entry->kind != MSCHED_ENTRY_TODO || entry->piece > 1 ||
                entry->start_s >= f->item->window_end_s || entry->end_s <= f->item->window_start_s)
                continue;
            const msched__plan_todo *todo = &plan->todos[entry->todo];
            uint32_t kind = todo->kind == MSCHED_TODO_EVENT ? 2
                            : todo->priority > own          ? 0
                            : todo->priority == own         ? 1
                                                            : 3;
            if (kind == *turn && can_be_dropped(plan, entry->todo))
                return entry->todo;
        }
    return UINT32_MAX;
}

/*
 * 1 where an unplaced task fits in without this other one, as the rest stands. An event or a song's
 * rival has to be tried.
 */
static int makes_room(fixer *f, uint32_t todo)
{
    const msched__solution *day = f->e->day;
    const msched__tasks *tasks = &f->e->model->tasks;
    uint32_t task = f->item->kind == MSCHED_UNPLACED_TODO ? tasks->task_of[f->item->todo]
                                                          : UINT32_MAX;
    uint32_t rival = tasks->task_of[todo];
    if (task == UINT32_MAX || rival == UINT32_MAX)
        return 1;
    msched__arrangement_copy(tasks, &f->trial, &day->timetable);
    msched__arrangement_remove(tasks, &f->trial, rival);
    return msched__arrangement_insert(tasks, &f->trial, task);
}

static int fix_by_other(fixer *f, uint32_t fix)
{
    uint32_t turn = 0, at = 0, tries = 0, todo;
    while ((todo = next_rival(f, &turn, &at)) != UINT32_MAX) {
        change c = {.fix = fix, .other = todo};
        if (fix == MSCHED_FIX_MUSIC ? f->e->model->plan->todos[todo].music : !makes_room(f, todo))
            continue;
        if ((fix == MSCHED_FIX_DROP && tries++ == TRIES_MAX) || f->left == 0)
            return 0;
        if (judge(f, &c) != YES)
            continue;
        msched__fix_say_todo(f->e, f->item, c.fix, c.other, &f->lost);
        return 1;
    }
    return 0;
}

static void fix_task(fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    const msched__plan_todo *todo = &plan->todos[f->item->todo];
    int pinned = todo->start_s != MSCHED_UNSET, dear = f->share < TRIES * f->e->budget->used;
    if (dear && fix_by_other(f, MSCHED_FIX_DROP))
        return;
    int32_t available = f->item->available_s, needed = f->item->needed_s;
    int32_t most = available > 0 && available < needed ? needed - available : needed - 1;
    if (todo->split_min_s > 0 && most > todo->duration_s - todo->split_min_s)
        most = todo->duration_s - todo->split_min_s;
    int32_t competes_s = f->competes_s[todo->priority];
    int32_t shorter = best_amount(
        f, MSCHED_FIX_SHORTER,
        &(amounts){.least = 1, .most = most, .guess = competes_s > 0 ? needed - competes_s : 0});
    if (shorter > 0)
        f->competes_s[todo->priority] = needed - shorter;
    msched__fix_cost for_shorter = f->lost;
    int32_t later =
        pinned ? 0
               : best_amount(f, MSCHED_FIX_LATER,
                             &(amounts){.least = 1, .most = plan->day_end_s - todo->latest_s});
    int is_later = later > 0 && (shorter == 0 || later <= shorter);
    if (is_later || shorter > 0) {
        msched__fix_amount best = {MSCHED_FIX_SHORTER, shorter, "make it ", " shorter"};
        if (is_later)
            best = (msched__fix_amount){MSCHED_FIX_LATER, later, "let it end ", " later"};
        msched__fix_say_amount(f->e, f->item, &best, is_later ? &f->lost : &for_shorter);
        return;
    }
    int32_t cut =
        pinned || todo->split_min_s > 0
            ? 0
            : best_amount(f, MSCHED_FIX_SPLIT,
                          &(amounts){.least = 60, .most = todo->duration_s / 2, .largest = 1});
    if (cut > 0)
        msched__fix_say_amount(f->e, f->item,
                               &(msched__fix_amount){MSCHED_FIX_SPLIT, cut,
                                                     "let it be cut into pieces of at least ", ""},
                               &f->lost);
    else if (!dear)
        fix_by_other(f, MSCHED_FIX_DROP);
}

static void drop_song(fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    for (uint32_t i = 0; i < plan->song_count; i++) {
        if (i == f->item->wanted || plays_placed(f->e->day, i) == 0)
            continue;
        change c = {.fix = MSCHED_FIX_DROP, .other = i, .is_song = 1};
        enum verdict verdict = judge(f, &c);
        if (verdict == SPENT)
            return;
        if (verdict == YES) {
            msched__fix_say_song(f->e, f->item, c.other, &f->lost);
            return;
        }
    }
}

/*
 * The windows of play `index` without the time of the plays that are placed. NULL when out of
 * memory.
 */
static msched__span *beside_songs(msched__arena *arena, const msched__solution *day,
                                  const msched__songs_problem *plays, uint32_t index,
                                  uint32_t *count)
{
    const msched__play *play = &plays->plays[index];
    uint32_t n = 0;
    msched__span *holes = msched__arena_alloc(arena, plays->play_count, sizeof *holes);
    msched__span *out = msched__arena_alloc(arena, (size_t)play->window_count + plays->play_count,
                                            sizeof *out);
    if (holes == NULL || out == NULL)
        return NULL;
    for (uint32_t i = 0; i < plays->play_count; i++) {
        const msched__play *other = &plays->plays[i];
        int32_t start = day->placement.start[i];
        int32_t apart = other->artist == play->artist
                            ? larger(plays->gap_s, plays->artist_separation_s)
                            : plays->gap_s;
        if (start != MSCHED_UNSET)
            holes[n++] = (msched__span){start - apart, start + other->length_s + apart};
    }
    n = msched__span_normalize(holes, n);
    *count = msched__span_subtract(out, play->windows, play->window_count, holes, n);
    return out;
}

/*
 * By how much a song's window, which ends at `end`, has to end later for the first `length` seconds
 * of a set; `none`: nowhere.
 */
static int32_t amount_for(const msched__span *spans, uint32_t count, int32_t length, int32_t end,
                          int32_t none)
{
    int32_t start = msched__span_fit(spans, count, 0, length);
    return start < 0 ? none : larger(start + length - end, 1);
}

/*
 * By how much the song's window has to end later at least, beside no task, and what is enough with
 * all else where it stands.
 */
static int find_amounts(fixer *f, msched__arena *arena, int32_t most, int32_t *least,
                        int32_t *enough)
{
    const msched__solution *day = f->e->day;
    int32_t end = f->e->model->plan->songs[f->item->wanted].between_end_s;
    struct msched_plan plan;
    msched__songs_problem wide, beside;
    msched__model model = change_model(f, &(change){.fix = MSCHED_FIX_LATER, .amount = most},
                                       &plan);
    if (!msched__songs_beside(arena, &model, NULL, &wide) ||
        !msched__songs_beside(arena, &model, &day->timetable, &beside))
        return 0;
    for (uint32_t i = 0; i < wide.play_count; i++) {
        const msched__play *play = &wide.plays[i];
        if (play->wish != f->item->wanted || day->placement.start[i] != MSCHED_UNSET)
            continue;
        uint32_t count;
        const msched__span *spans = beside_songs(arena, day, &beside, i, &count);
        if (spans == NULL)
            return 0;
        *least = amount_for(play->windows, play->window_count, play->length_s, end, most + 1);
        *enough = amount_for(spans, count, play->length_s, end, 0);
        break;
    }
    return 1;
}

/* Where tasks can make way, the least is mostly it. */
static int32_t song_later(fixer *f)
{
    int32_t least = 1, enough = 0;
    int32_t most = f->e->model->plan->day_end_s -
                   f->e->model->plan->songs[f->item->wanted].between_end_s;
    msched__arena arena;
    msched__arena_init(&arena, &f->e->scratch->allocator, 16384);
    if (!find_amounts(f, &arena, most, &least, &enough))
        f->result = MSCHED_ERROR_MEMORY;
    msched__arena_reset(&arena);
    if (f->result != MSCHED_OK || least > most)
        return 0;
    enum verdict verdict = judge(f, &(change){.fix = MSCHED_FIX_LATER, .amount = least});
    return admits(verdict)
               ? least
               : best_amount(
                     f, MSCHED_FIX_LATER,
                     &(amounts){.least = least + (verdict == NO), .most = most, .guess = enough});
}

static void fix_song(fixer *f)
{
    const msched_plan *plan = f->e->model->plan;
    const msched__plan_song *song = &plan->songs[f->item->wanted];
    if (f->item->reason == MSCHED_REASON_DURING_SILENT) {
        change c = {.fix = MSCHED_FIX_MUSIC, .other = song->during};
        if (judge(f, &c) == YES)
            msched__fix_say_todo(f->e, f->item, c.fix, c.other, &f->lost);
        return;
    }
    int32_t later = 0;
    if (song->between_end_s != MSCHED_UNSET && song->start_s == MSCHED_UNSET)
        later = song_later(f);
    if (later > 0)
        msched__fix_say_amount(
            f->e, f->item,
            &(msched__fix_amount){MSCHED_FIX_LATER, later, "let its window end ", " later"},
            &f->lost);
    else if (!fix_by_other(f, MSCHED_FIX_MUSIC))
        drop_song(f);
}

/* Reasons that a single change of these kinds can mend. */
static int can_be_mended(const msched_unplaced *item)
{
    return item->kind != MSCHED_UNPLACED_FILL && item->reason != MSCHED_REASON_UNKNOWN_SONG &&
           item->reason != MSCHED_REASON_UNKNOWN_LENGTH && item->reason != MSCHED_REASON_STOPPED &&
           item->reason != MSCHED_REASON_AFTER_UNPLACED && item->reason != MSCHED_REASON_PAST &&
           item->reason != MSCHED_REASON_DURING_UNPLACED;
}

msched_result msched__explain_fixes(msched__explain *e)
{
    const msched_plan *plan = e->model->plan;
    fixer f = {.e = e, .left = e->work_limit, .part = e->work_limit / PART};
    uint32_t items = 0;
    for (uint32_t i = 0; i < e->schedule->unplaced_count; i++)
        items += can_be_mended(&e->schedule->unplaced[i]) != 0;
    if (items == 0)
        return MSCHED_OK;
    f.todos = msched__arena_alloc(e->scratch, plan->todo_count, sizeof *f.todos);
    f.songs = msched__arena_alloc(e->scratch, plan->song_count, sizeof *f.songs);
    f.wishes = msched__arena_alloc(e->scratch, plan->song_count, sizeof *f.wishes);
    if (f.todos == NULL || f.songs == NULL || f.wishes == NULL ||
        !msched__arrangement_make(e->scratch, &e->model->tasks, &f.trial))
        return MSCHED_ERROR_MEMORY;
    for (uint32_t i = 0; i < e->schedule->unplaced_count && f.left > 0 && f.result == MSCHED_OK &&
                         !e->budget->interrupted;
         i++) {
        f.item = &e->schedule->unplaced[i];
        if (!can_be_mended(f.item))
            continue;
        f.share = f.left / items--;
        if (f.item->kind == MSCHED_UNPLACED_TODO)
            fix_task(&f);
        else
            fix_song(&f);
    }
    return f.result != MSCHED_OK || e->failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}
