/*
 * The fix of a task. The amount that it lacks if everything else stays (explain_room.c), or keeps
 * its order (explain_enough.c), is usually the smallest of its kind, and solving the changed plan
 * once shows that less is not enough. Kinds are tried in order of their cost to a person: a change
 * of the window, less time or a split; then leaving out an equally important item; last, cutting
 * more than half of the task, or an event. If nothing fits into the current day, whole days are
 * solved to find amounts.
 */
#include "schedule/explain/explain_fix_task.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "schedule/explain/explain_enough.h"
#include "schedule/explain/explain_fix_text.h"
#include "schedule/explain/explain_move.h"
#include "schedule/explain/explain_room.h"
#include "schedule/model/solution.h"
#include "schedule/model/tasks.h"
#include "schedule/model/timetable.h"
#include "schedule/output/schedule.h"

#define TRIES_MAX   2    /* number of other items whose omission is tried for an item */
#define CUT_COSTS_S 1800 /* doing a task in pieces costs as much as this many seconds of its time */
#define KINDS       4

/* A kind of change with its cost to a person. */
typedef struct offer {
    msched__amounts amounts;
    int64_t cost; /* cost in seconds */
} offer;

/*
 * The next to-do in the item's window: first less important tasks, then equally important tasks,
 * then events.
 */
static uint32_t next_rival(const msched__fixer *f, uint32_t *turn, uint32_t *at)
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
            if (kind == *turn && msched__can_be_dropped(plan, entry->todo))
                return entry->todo;
        }
    return UINT32_MAX;
}

/*
 * 1 if an unplaced task fits without this other one and everything else stays. For an event or a
 * rival of a song, only a trial can tell.
 */
static int makes_room(msched__fixer *f, uint32_t todo)
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

/*
 * If another item is displaced, or missing, too, the later levels decide which of several equally
 * important ones: 1 if the item is also scheduled with these levels. f->lost is then the real loss.
 */
static int other_holds_on_all_levels(msched__fixer *f, const msched__change *c)
{
    const uint8_t before = f->all_levels;
    if (f->lost.todos == 0 && f->lost.plays == 0 && !msched__is_one_of_several(f))
        return 1;
    f->all_levels = 1;
    int holds = msched__judge(f, c) == MSCHED__YES;
    f->all_levels = before;
    /* the search of the day itself has more work than a trial, and may choose differently */
    return holds && (f->e->thorough ? msched__judge_to_the_end(f, c) == MSCHED__YES
                                    : f->lost.todos == 0 || !f->searched);
}

static int try_other(msched__fixer *f, uint32_t fix, uint32_t todo)
{
    msched__change c = {.fix = fix, .other = todo};
    enum msched__verdict verdict = msched__judge(f, &c);
    if (verdict != MSCHED__YES || !other_holds_on_all_levels(f, &c)) {
        if (verdict == MSCHED__YES || verdict == MSCHED__SPENT)
            msched__note_doubt(f, &(msched__doubt){.change = c, .rank = f->rank});
        return 0;
    }
    msched__fix_say_todo(f->e, f->item, c.fix, c.other, &f->lost);
    return 1;
}

int msched__fix_by_music(msched__fixer *f)
{
    uint32_t turn = 0, at = 0, todo;
    while (f->left > 0 && (todo = next_rival(f, &turn, &at)) != UINT32_MAX)
        if (!f->e->model->plan->todos[todo].music && try_other(f, MSCHED_FIX_MUSIC, todo))
            return 1;
    return 0;
}

/* Leave out a task, or an event. */
static int leave_out(msched__fixer *f, int is_event)
{
    /* if the day is proved optimal, less important tasks take nothing from the item */
    uint32_t turn = is_event ? 2 : f->proved > (uint32_t)msched__item_level(f), at = 0, tries = 0,
             todo;
    while (f->left > 0 && (tries < TRIES_MAX || f->doubts != NULL) &&
           (todo = next_rival(f, &turn, &at)) != UINT32_MAX && (turn == 2) == is_event) {
        const msched__plan_todo *other = &f->e->model->plan->todos[todo];
        if (msched__bit(f->left_out, todo))
            continue;
        f->rank = (msched__fix_rank){is_event ? MSCHED__FIX_NO_EVENT : MSCHED__FIX_WITHOUT,
                                     is_event ? other->end_s - other->start_s : other->duration_s};
        /* what does not fit in as the rest stands comes last */
        int has_room = makes_room(f, todo);
        f->rank.cost += has_room ? 0 : INT32_MAX;
        if (!has_room || tries++ >= TRIES_MAX) {
            msched__note_doubt(f,
                               &(msched__doubt){.change = {.fix = MSCHED_FIX_DROP, .other = todo},
                                                .rank = f->rank});
            continue;
        }
        msched__bit_set(f->left_out, todo);
        if (try_other(f, MSCHED_FIX_DROP, todo))
            return 1;
    }
    return 0;
}

static const char *const words[][2] = {
    [MSCHED_FIX_LATER] = {"let it end ", " later"},
    [MSCHED_FIX_SHORTER] = {"make it ", " shorter"},
    [MSCHED_FIX_SPLIT] = {"split it into pieces of at least ", ""},
    [MSCHED_FIX_EARLIER] = {"let it begin ", " earlier"}};

void msched__fix_task_say(msched__fixer *f, uint32_t fix, int32_t amount)
{
    msched__fix_say_amount(
        f->e, f->item, &(msched__fix_amount){fix, amount, words[fix][0], words[fix][1]}, &f->lost);
}

/* What a kind and an amount cost; with no amount known the least that it can be. */
static int64_t cost_of(uint32_t fix, int32_t amount)
{
    switch (fix) {
    case MSCHED_FIX_SHORTER:
        return 2 * (int64_t)amount;
    case MSCHED_FIX_SPLIT:
        return CUT_COSTS_S;
    default:
        return amount;
    }
}

/*
 * The length at which a task might replace another one of its priority: that of the previous item,
 * otherwise that of the longest placed task.
 */
static int32_t competing_length(const msched__fixer *f, uint32_t priority)
{
    const msched__tasks *tasks = &f->e->model->tasks;
    int32_t longest = f->competes_s[priority];
    for (uint32_t i = 0; f->competes_s[priority] == 0 && i < tasks->count; i++)
        if (tasks->tasks[i].priority == priority && f->e->day->timetable.placed[i])
            longest = larger(longest, tasks->tasks[i].length);
    return longest;
}

/* What the item lacks, which does not change during the search. */
static msched__task_lack find_lack(msched__fixer *f)
{
    msched__known *known = f->known;
    if (known->has_lack)
        return known->lack;
    known->lack = msched__explain_lack(f->e, f->e->model->tasks.task_of[f->item->todo]);
    if (f->e->model->plan->todos[f->item->todo].start_s == MSCHED_UNSET)
        msched__explain_shift(f, &known->lack);
    known->has_lack = 1;
    return known->lack;
}

/* The kinds of change that are possible for a task, cheapest first. */
static uint32_t make_offers(msched__fixer *f, offer *out)
{
    const msched_plan *plan = f->e->model->plan;
    const msched__tasks *tasks = &f->e->model->tasks;
    const msched__plan_todo *todo = &plan->todos[f->item->todo];
    const msched__task_lack lack = find_lack(f);
    int32_t from = larger(plan->day_start_s, tasks->window_start), left = f->item->needed_s;
    int is_pinned = todo->start_s != MSCHED_UNSET;
    int32_t guess = left - competing_length(f, todo->priority);
    const msched__amounts all[KINDS] = {
        {.fix = MSCHED_FIX_LATER,
         .least = 1,
         .most = is_pinned ? 0 : plan->day_end_s - todo->latest_s,
         .known = lack.later},
        {.fix = MSCHED_FIX_EARLIER,
         .least = 1,
         .most = is_pinned ? 0 : todo->earliest_s - from,
         .known = lack.earlier},
        {.fix = MSCHED_FIX_SHORTER,
         .least = 1,
         .most = left - larger(2 * todo->split_min_s, 1),
         .known = lack.shorter,
         .guess = larger(guess, 0),
         .is_likely = f->competes_s[todo->priority] > 0},
        {.fix = MSCHED_FIX_SPLIT,
         .least = 60,
         .most = is_pinned || todo->split_min_s > 0 ? 0 : todo->duration_s / 2,
         .largest = 1,
         .known = lack.pieces}};
    uint32_t count = 0;
    for (uint32_t k = 0; k < KINDS; k++) {
        offer one = {all[k], cost_of(all[k].fix, all[k].known)};
        if (one.amounts.most < one.amounts.least)
            continue;
        uint32_t at = count++;
        for (; at > 0 && out[at - 1].cost > one.cost; at--)
            out[at] = out[at - 1];
        out[at] = one;
    }
    return count;
}

/* 1 if a change takes more than half of the task. */
static int is_drastic(const msched__fixer *f, uint32_t fix, int32_t amount)
{
    return fix == MSCHED_FIX_SHORTER && amount > f->item->needed_s / 2;
}

/*
 * If the item displaces another one, the later levels also decide which of several equally
 * important ones: 1 if the amount is also the smallest with these levels. f->lost is then the real
 * loss.
 */
static int holds_on_all_levels(msched__fixer *f, const msched__amounts *a, int32_t amount)
{
    msched__change same = {.fix = a->fix, .amount = amount}, less = same;
    less.amount += a->largest ? 1 : -1;
    const uint8_t before = f->all_levels;
    f->all_levels = 1;
    int holds = f->settled || (msched__admits(msched__judge(f, &same)) && !f->cut_short);
    msched__fix_cost lost = f->lost;
    /* the search of the day itself has more work than a trial, and may choose differently */
    holds = holds && (lost.todos == 0 || !f->searched);
    /* and so may its level 8, where songs are placed again after it */
    if (holds && lost.todos > 0 && f->e->day->songs.play_count > 0) {
        holds = msched__admits(msched__judge_to_the_end(f, &same)) && !f->cut_short;
        lost = f->lost;
    }
    holds = holds && ((less.amount < a->least && !a->largest) ||
                      (a->largest && amount == a->most) || msched__judge(f, &less) == MSCHED__NO);
    f->all_levels = before;
    f->lost = lost;
    return holds;
}

static void note_open(msched__fixer *f, const msched__amounts *amounts, int32_t amount)
{
    msched__fix_rank rank = {is_drastic(f, amounts->fix, amount) ? MSCHED__FIX_DRASTIC
                                                                 : MSCHED__FIX_ALONE,
                             cost_of(amounts->fix, amount)};
    msched__note_doubt(f, &(msched__doubt){.change = {.fix = amounts->fix, .amount = amount},
                                           .least = amounts->least,
                                           .most = amounts->most,
                                           .largest = amounts->largest,
                                           .rank = rank});
}

/*
 * 1 where a level after the item's lacks something, so that of several as important the one may be
 * placed that leaves more to it.
 */
static int is_open_below(const msched__fixer *f)
{
    const msched__solution *day = f->e->day;
    const msched__tasks *tasks = &f->e->model->tasks;
    uint32_t own = f->e->model->plan->todos[f->item->todo].priority;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (!day->timetable.placed[i] && tasks->tasks[i].priority > own)
            return 1;
    for (uint32_t i = 0; i < day->songs.play_count; i++)
        if (day->placement.start[i] == MSCHED_UNSET)
            return 1;
    return 0;
}

/* 1 where a task as important as the item is placed, so that the item might take its place. */
static int has_rival(const msched__fixer *f)
{
    const msched__tasks *tasks = &f->e->model->tasks;
    const uint32_t own = f->e->model->plan->todos[f->item->todo].priority;
    for (uint32_t i = 0; i < tasks->count; i++)
        if (f->e->day->timetable.placed[i] && tasks->tasks[i].priority == own)
            return 1;
    return 0;
}

/*
 * Of several as important, the search of a day may choose another one than a trial. So where the
 * item has a rival, the plan with a second less is solved to the end. If that schedules the item,
 * the search for the amount continues there. The amount is then the smallest; 0: none was found.
 */
static int32_t settle_amount(msched__fixer *f, const msched__amounts *amounts, int32_t amount)
{
    const int32_t less = amount + (amounts->largest ? 1 : -1);
    const msched__fix_cost lost = f->lost;
    const msched__change change = {.fix = amounts->fix, .amount = less};
    msched__amounts rest = *amounts;
    if (less < amounts->least || less > amounts->most || !has_rival(f))
        return amount;
    enum msched__verdict verdict = msched__judge_to_the_end(f, &change);
    if (!msched__admits(verdict)) {
        f->lost = lost;
        return msched__lacks_work(f, verdict) ? 0 : amount;
    }
    rest.known = less;
    rest.tried = 1;
    f->to_the_end = 1;
    amount = msched__smallest(f, &rest);
    f->to_the_end = 0;
    return amount;
}

/* Find the smallest amount and say it. 1 where there is one. */
static int take_offer(msched__fixer *f, const msched__amounts *amounts)
{
    int32_t amount = msched__smallest(f, amounts);
    if (amount == 0) {
        if (f->open > 0)
            note_open(f, amounts, f->open);
        return 0;
    }
    if (amounts->fix == MSCHED_FIX_SHORTER)
        f->competes_s[f->e->model->plan->todos[f->item->todo].priority] = f->item->needed_s -
                                                                          amount;
    int has_lost = f->lost.todos > 0 || f->lost.plays > 0;
    if ((has_lost || is_open_below(f)) && !holds_on_all_levels(f, amounts, amount)) {
        note_open(f, amounts, amount);
        return 0;
    }
    const int32_t found = amount;
    amount = settle_amount(f, amounts, found);
    if (amount == 0) {
        note_open(f, amounts, f->open > 0 ? f->open : found);
        return 0;
    }
    has_lost = f->lost.todos > 0 || f->lost.plays > 0;
    f->rank.class = is_drastic(f, amounts->fix, amount) ? MSCHED__FIX_DRASTIC
                    : has_lost                          ? MSCHED__FIX_INSTEAD
                                                        : MSCHED__FIX_ALONE;
    f->rank.cost = cost_of(amounts->fix, amount);
    msched__fix_task_say(f, amounts->fix, amount);
    return 1;
}

/* 1 if a kind was tried for the item; marks it as tried. */
static int was_tried(msched__fixer *f, uint32_t fix)
{
    uint32_t before = f->tried;
    f->tried |= 1u << fix;
    return before == f->tried;
}

/* Changes with which the task fits into the current day; `drastic`: those that cut most of it. */
static int try_known(msched__fixer *f, const offer *offers, uint32_t count, int drastic)
{
    for (uint32_t k = 0; k < count; k++) {
        const msched__amounts *a = &offers[k].amounts;
        if (a->known > 0 && is_drastic(f, a->fix, a->known) == drastic && !was_tried(f, a->fix) &&
            take_offer(f, a))
            return 1;
    }
    return 0;
}

/*
 * Changes for which the day must be rearranged, if the bounds allow that; `drastic`: those that cut
 * most of the task.
 */
static int try_unknown(msched__fixer *f, const offer *offers, uint32_t count, int drastic)
{
    for (uint32_t k = 0; k < count && f->result == MSCHED_OK; k++) {
        msched__amounts a = offers[k].amounts;
        if (is_drastic(f, a.fix, a.most) < drastic)
            continue;
        if (!drastic && is_drastic(f, a.fix, a.most))
            a.most = f->item->needed_s / 2;
        if (!drastic && is_drastic(f, a.fix, a.known))
            a.known = 0;
        msched__change most = {.fix = a.fix, .amount = a.largest ? a.least : a.most};
        if (a.known > 0 || a.least > a.most)
            continue;
        if (!msched__could_gain(f, &most)) {
            note_open(f, &a, most.amount);
            continue;
        }
        if (take_offer(f, &a)) {
            f->tried |= 1u << a.fix;
            return 1;
        }
    }
    return 0;
}

void msched__fix_task(msched__fixer *f)
{
    offer offers[KINDS];
    uint32_t count = make_offers(f, offers);
    if (!try_known(f, offers, count, 0) && !try_unknown(f, offers, count, 0) && !leave_out(f, 0) &&
        !try_known(f, offers, count, 1) && !try_unknown(f, offers, count, 1) &&
        !msched__fix_by_move(f))
        leave_out(f, 1);
}

int msched__fix_task_otherwise(msched__fixer *f)
{
    offer offers[KINDS];
    uint32_t count = make_offers(f, offers);
    return try_known(f, offers, count, 0) || leave_out(f, 0) || try_known(f, offers, count, 1) ||
           msched__fix_by_move(f) || leave_out(f, 1);
}
