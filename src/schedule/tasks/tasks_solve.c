/*
 * The most tasks by priority. First, one dispatch of all tasks (tasks_dispatch.c), which places
 * everything on most days. Otherwise, tasks are added one by one in three orders, each where it
 * fits or by arranging all again; the relaxation (tasks_relaxation.c) shows when that is optimal.
 * After that, search priority by priority, for one more task at a time, so that each proof covers
 * the fewest tasks.
 */
#include "schedule/tasks/tasks_solve.h"

#include "algo/bits.h"
#include "schedule/tasks/tasks_dispatch.h"
#include "schedule/tasks/tasks_preempt.h"
#include "schedule/tasks/tasks_push.h"
#include "schedule/tasks/tasks_relaxation.h"
#include "schedule/tasks/tasks_select.h"
#include "schedule/tasks/tasks_sequence.h"
#include "schedule/tasks/tasks_stability.h"

#include <string.h>

#define MOST_HINTS    16 /* pieces of a task */
#define PAIRS_OF_UNIT 64 /* visits of a task by a dispatch that take as long as a unit of work */

/* State of the search for tasks. */
typedef struct search {
    const msched__tasks *tasks;
    msched__budget *budget;
    msched__dispatch dispatch;
    uint64_t dispatch_until; /* once this much work is used, tasks are no longer rearranged */
    msched__push push;
    msched__arrangement current, trial;
    uint8_t *wanted;
    uint32_t *order;
    msched__task_bound bound;
    msched__task_fit fit;
    msched__task_sets sets;
    int has_sets; /* few enough tasks for searches */
    msched__task_answer *out;
    int proved;             /* no arrangement is better on priorities 1 .. proved */
    int32_t bound_after[5]; /* the counts for which the bounds hold */
} search;

static int make_search(msched__arena *arena, search *s)
{
    s->wanted = msched__arena_alloc(arena, s->tasks->count, 1);
    s->order = msched__arena_alloc(arena, s->tasks->count, sizeof *s->order);
    return s->wanted != NULL && s->order != NULL &&
           msched__dispatch_make(arena, s->tasks, &s->dispatch) &&
           msched__push_make(arena, s->tasks, &s->push) &&
           msched__arrangement_make(arena, s->tasks, &s->current) &&
           msched__arrangement_make(arena, s->tasks, &s->trial);
}

static void keep_if_better(search *s, const msched__arrangement *found)
{
    if (msched__arrangement_compare(found, &s->out->best) > 0)
        msched__arrangement_copy(s->tasks, &s->out->best, found);
}

static int meets_bound(const search *s)
{
    for (int p = 1; p <= 4; p++)
        if (s->out->best.count[p] < s->out->bound[p])
            return 0;
    return 1;
}

enum { BY_DUE, BY_LENGTH, BY_SLACK, ORDERS };

static int64_t order_key(const msched__task *task, int order)
{
    switch (order) {
    case BY_DUE:
        return task->due;
    case BY_LENGTH:
        return task->length;
    default:
        return (int64_t)task->deadline - (task->window_count > 0 ? task->windows[0].start : 0) -
               task->length;
    }
}

/*
 * Order of trying: priority, then the key, then the plan; a task only after its predecessors (see
 * add_task).
 */
static void sort_order(search *s, int order)
{
    const msched__task *all = s->tasks->tasks;
    for (uint32_t n = 0; n < s->tasks->count; n++) {
        uint32_t at = n;
        int64_t key = order_key(&all[n], order);
        for (; at > 0; at--) {
            const msched__task *other = &all[s->order[at - 1]];
            if (other->priority < all[n].priority ||
                (other->priority == all[n].priority && order_key(other, order) <= key))
                break;
            s->order[at] = s->order[at - 1];
        }
        s->order[at] = n;
    }
}

/* A dispatch looks at all tasks for each that it places. */
static uint64_t dispatch_work(const msched__tasks *tasks)
{
    return tasks->count + (uint64_t)tasks->count * tasks->count / PAIRS_OF_UNIT;
}

/* 0 if the wanted tasks do not fit even if they may be split anywhere. */
static int could_fit(search *s)
{
    uint64_t set = 0;
    for (uint32_t i = 0; s->has_sets && i < s->tasks->count; i++)
        set |= s->wanted[i] ? msched__bit_of(i) : 0;
    return !s->has_sets || msched__task_sets_hold(&s->sets, set);
}

/*
 * Arrange the wanted tasks again; 1 if all of them are placed, and then s->current is the new
 * arrangement.
 */
static int rearrange(search *s)
{
    if (s->budget->stop != MSCHED_STOP_NONE || s->budget->used >= s->dispatch_until ||
        !could_fit(s))
        return 0;
    for (int eager = 1; eager >= 0; eager--) {
        msched__budget_spend(s->budget, dispatch_work(s->tasks));
        if (msched__tasks_dispatch(&s->dispatch, s->tasks, s->wanted, eager, &s->trial) == 0) {
            msched__arrangement swap = s->current;
            s->current = s->trial;
            s->trial = swap;
            return 1;
        }
    }
    return 0;
}

/* Insert a task between others: tried first if there are too many to rearrange them often. */
static int push(search *s, uint32_t index)
{
    msched__budget_spend(s->budget, 1 + s->tasks->count / 16);
    return msched__tasks_push(&s->push, s->tasks, &s->current, index);
}

/*
 * Add a task with its predecessors, if it fits into the arrangement or into a new one of all tasks.
 */
static int add_task(search *s, uint32_t index)
{
    const msched__task *task = &s->tasks->tasks[index];
    if (s->current.placed[index])
        return 1;
    if (task->hopeless)
        return 0;
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!add_task(s, task->preds[k]))
            return 0;
    msched__budget_spend(s->budget, 4 + s->tasks->count / 64);
    if (msched__arrangement_insert(s->tasks, &s->current, index) ||
        (!s->has_sets && push(s, index)))
        return 1;
    memcpy(s->wanted, s->current.placed, s->tasks->count);
    s->wanted[index] = 1;
    return rearrange(s) || (s->has_sets && push(s, index));
}

/* Start empty, and add tasks in some order as long as they fit. */
static void build_up(search *s, int order)
{
    sort_order(s, order);
    msched__arrangement_clear(s->tasks, &s->current);
    s->dispatch_until = s->budget->used +
                        msched__budget_left(s->budget) / (2 + ORDERS - (unsigned)order);
    for (uint32_t k = 0; k < s->tasks->count; k++)
        add_task(s, s->order[k]);
    keep_if_better(s, &s->current);
}

/* Dispatch all tasks, which suffices on most days. */
static void try_all(search *s)
{
    memset(s->wanted, 1, s->tasks->count);
    for (int eager = 1; eager >= 0 && !meets_bound(s); eager--) {
        msched__budget_spend(s->budget, dispatch_work(s->tasks));
        msched__tasks_dispatch(&s->dispatch, s->tasks, s->wanted, eager, &s->current);
        keep_if_better(s, &s->current);
    }
}

static void first_bound(const msched__tasks *tasks, int32_t *bound)
{
    memset(bound, 0, 5 * sizeof *bound);
    for (uint32_t i = 0; i < tasks->count; i++)
        bound[tasks->tasks[i].priority] += !tasks->tasks[i].hopeless;
}

/*
 * Bounds given the numbers in `count` of the priorities before. They do not hold for other numbers:
 * with fewer of one priority, there may be more of the next.
 */
static void bound_after(const msched__tasks *tasks, msched__task_bound *bound, uint8_t *open,
                        const int32_t *count, int32_t *out)
{
    int32_t need[5] = {0};
    msched__task_question asked = {open, INT32_MIN, INT32_MIN, need};
    first_bound(tasks, out);
    for (uint32_t i = 0; i < tasks->count; i++)
        open[i] = !tasks->tasks[i].hopeless;
    for (int p = 1; p <= 4; p++) {
        int32_t most = msched__task_bound_count(bound, &asked, p);
        if (most >= 0 && most < out[p])
            out[p] = most;
        need[p] = count[p];
    }
}

/*
 * Bounds for the best arrangement. A bound made for the same numbers of the priorities before still
 * holds.
 */
static void tighten(search *s)
{
    int32_t fresh[5];
    const int32_t *count = s->out->best.count;
    bound_after(s->tasks, &s->bound, s->wanted, count, fresh);
    int same = 1;
    for (int p = 1; p <= 4; p++) {
        int32_t *known = &s->out->bound[p];
        *known = same && *known < fresh[p] ? *known : fresh[p];
        same &= count[p] == s->bound_after[p];
        s->bound_after[p] = count[p];
    }
}

int msched__solve_tasks_bound(msched__arena *arena, const msched__tasks *tasks,
                              const int32_t *count, int32_t *bound)
{
    msched__task_bound relaxed;
    uint8_t *open = msched__arena_alloc(arena, tasks->count, 1);
    if (open == NULL || !msched__task_bound_make(arena, tasks, &relaxed))
        return 0;
    bound_after(tasks, &relaxed, open, count, bound);
    return 1;
}

/* The best arrangement has changed in its more important tasks: add others that fit. */
static void complete_best(search *s)
{
    msched__arrangement_copy(s->tasks, &s->current, &s->out->best);
    sort_order(s, BY_DUE);
    s->dispatch_until = UINT64_MAX;
    for (uint32_t k = 0; k < s->tasks->count; k++)
        add_task(s, s->order[k]);
    keep_if_better(s, &s->current);
}

/* Lower the bound to the largest number of priority p that is not ruled out. */
static void lower_bound(search *s, int p, int proved)
{
    int32_t count[5], least = s->out->best.count[p];
    memcpy(count, s->out->best.count, sizeof count);
    for (count[p] = s->out->bound[p];
         count[p] > least && !msched__task_sets_possible(&s->sets, p, count, proved); count[p]--)
        msched__budget_spend(s->budget, s->tasks->count);
    s->out->bound[p] = count[p];
}

static void lower_bounds(search *s)
{
    int proved = 1;
    for (int p = 1; p <= 4 && s->has_sets; p++) {
        lower_bound(s, p, proved);
        proved &= s->out->best.count[p] >= s->out->bound[p];
    }
}

/*
 * Search for one more task of priority p, repeatedly, until it is proved that there is none or
 * `limit` units of work are spent.
 */
static void search_stage(search *s, int p, uint64_t limit)
{
    msched__task_answer *out = s->out;
    int proved = s->proved == p - 1;
    uint64_t stop_at = s->budget->used + limit;
    while (out->best.count[p] < out->bound[p] && s->budget->used < stop_at) {
        lower_bound(s, p, proved);
        if (out->best.count[p] >= out->bound[p])
            break;
        int32_t count[5];
        memcpy(count, out->best.count, sizeof count);
        count[p]++;
        enum msched__fit_verdict verdict = msched__task_sets_find(&s->sets, p, count, proved,
                                                                  stop_at - s->budget->used);
        if (verdict == MSCHED__FIT_UNKNOWN)
            break;
        if (verdict == MSCHED__FIT_YES) {
            keep_if_better(s, &s->sets.fit->found);
            complete_best(s);
        } else
            out->bound[p] = out->best.count[p];
        tighten(s);
    }
    if (proved && out->best.count[p] >= out->bound[p])
        s->proved = p;
}

/* With tasks that may be split: search over the next piece. */
static msched_result search_orders(msched__arena *arena, search *s)
{
    msched__task_answer *out = s->out;
    for (int p = 1; p <= 4; p++) {
        if (out->best.count[p] >= out->bound[p])
            continue;
        uint64_t left = msched__budget_left(s->budget);
        msched__task_goal goal = {.priority = p,
                                  .target = out->bound,
                                  .limit = p == 4 ? left : left / 2,
                                  .best = &out->best};
        msched__arena scratch;
        msched__arena_init(&scratch, &arena->allocator, 0);
        msched_result result = msched__task_search(&scratch, &s->bound, s->budget, &goal);
        msched__arena_reset(&scratch);
        if (result != MSCHED_OK)
            return result;
        complete_best(s);
        tighten(s);
    }
    return MSCHED_OK;
}

/*
 * Search priority by priority, so that each is proved with the fewest tasks. Every stage may use
 * half of the work that is left, the last one all.
 */
static msched_result search_stages(msched__arena *arena, search *s)
{
    if (!msched__task_fit_make(arena, s->tasks, &s->bound, s->budget, &s->fit))
        return MSCHED_ERROR_MEMORY;
    for (int p = 1; p <= 4; p++) {
        uint64_t left = msched__budget_left(s->budget);
        search_stage(s, p, p == 4 && !s->tasks->has_split ? left : left / 2);
    }
    return s->fit.layers.failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}

/* The pieces of a hint for a task; 0: none, or too many. */
static uint32_t read_hint(const search *s, uint32_t index, msched__interval *pieces)
{
    const msched_plan *plan = s->tasks->plan;
    uint32_t count = 0;
    for (uint32_t i = 0; i < plan->hint_count; i++)
        if (plan->hints[i].todo == s->tasks->tasks[index].todo) {
            if (count == MOST_HINTS)
                return 0;
            pieces[count++] = (msched__interval){plan->hints[i].start_s, plan->hints[i].end_s};
        }
    return count;
}

/* Place the tasks as the hints of the plan say; those without a hint stay out. */
static void try_hints(search *s)
{
    msched__interval pieces[MOST_HINTS];
    msched__arrangement_clear(s->tasks, &s->current);
    for (uint32_t k = 0; k < s->tasks->count; k++) {
        uint32_t index = s->tasks->topological[k], count = read_hint(s, index, pieces);
        msched__budget_spend(s->budget, 1);
        if (count > 0)
            msched__arrangement_insert_at(s->tasks, &s->current, index, pieces, count);
    }
    keep_if_better(s, &s->current);
}

/* If the dispatch leaves tasks out: build up the day, then search, until the bounds are met. */
static msched_result solve_closely(msched__arena *arena, search *s)
{
    msched_result result = MSCHED_OK;
    s->has_sets = s->tasks->count <= MSCHED__FIT_TASKS;
    if (!msched__task_bound_make(arena, s->tasks, &s->bound) ||
        (s->has_sets && !msched__task_sets_make(arena, &s->bound, s->budget, &s->fit, &s->sets)))
        return MSCHED_ERROR_MEMORY;
    tighten(s);
    for (int order = 0; order < ORDERS && !meets_bound(s); order++) {
        build_up(s, order);
        tighten(s);
        lower_bounds(s);
    }
    if (!meets_bound(s) && s->has_sets)
        result = search_stages(arena, s);
    if (result == MSCHED_OK && !meets_bound(s) && s->has_sets && s->tasks->has_split)
        result = search_orders(arena, s);
    return result;
}

msched_result msched__solve_tasks(msched__arena *arena, const msched__tasks *tasks,
                                  msched__budget *budget, msched__task_answer *out)
{
    search s = {.tasks = tasks, .budget = budget, .out = out};
    if (!make_search(arena, &s) || !msched__arrangement_make(arena, tasks, &out->best))
        return MSCHED_ERROR_MEMORY;
    first_bound(tasks, out->bound);
    memcpy(s.bound_after, out->best.count, sizeof s.bound_after);
    try_all(&s);
    if (tasks->plan->hint_count > 0 && !meets_bound(&s))
        try_hints(&s);
    msched_result result = MSCHED_OK;
    if (!meets_bound(&s)) {
        msched__arena scratch;
        msched__arena_init(&scratch, &arena->allocator, 0);
        result = solve_closely(&scratch, &s);
        msched__arena_reset(&scratch);
    }
    out->proved = meets_bound(&s);
    if (result == MSCHED_OK && !msched__tasks_settle(arena, tasks, &out->best))
        result = MSCHED_ERROR_MEMORY;
    return result;
}

msched_result msched__solve_tasks_with(msched__arena *arena, const msched__tasks *tasks,
                                       msched__budget *budget, msched__task_wish *wish)
{
    msched__task_bound bound;
    msched__task_fit fit;
    msched__task_sets sets;
    wish->verdict = MSCHED__FIT_UNKNOWN;
    if (tasks->count > MSCHED__FIT_TASKS)
        return MSCHED_OK;
    if (!msched__task_bound_make(arena, tasks, &bound) ||
        !msched__task_fit_make(arena, tasks, &bound, budget, &fit) ||
        !msched__task_sets_make(arena, &bound, budget, &fit, &sets))
        return MSCHED_ERROR_MEMORY;
    sets.forced = sets.needs_strict[wish->forced];
    sets.followed |= sets.forced;
    wish->verdict = msched__task_sets_find(&sets, 4, wish->count, 0, wish->limit);
    if (wish->verdict == MSCHED__FIT_YES)
        msched__arrangement_copy(tasks, wish->found, &fit.found);
    return fit.layers.failed ? MSCHED_ERROR_MEMORY : MSCHED_OK;
}
