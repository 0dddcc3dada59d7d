/*
 * Tasks are placed in order of time, each as early as possible after the ones before it. Any
 * schedule of tasks can be compacted in this way without losing one, so it suffices to search the
 * orders. The search skips
 *  - a task that leaves room before it for another whole one: with that one first, the day is as
 *    good (active schedules);
 *  - a state whose relaxation (tasks_relaxation.h) does not beat the best day found;
 *  - a set of placed tasks that was reached before with the same end or an earlier one.
 * A task that may be split runs to the end of its window, for its shortest piece, until another
 * task's window begins, for the part that does not fit into another of its windows, or until it is
 * done. These are not all possible lengths, so completing a search with splits proves nothing.
 */
#include "schedule/tasks/tasks_sequence.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "base/hash.h"

#include <string.h>

#define MEMO_SLOTS 8192
#define MAX_DEPTH  128

typedef struct child {
    uint32_t task;
    int32_t start, length, key;
} child;

/*
 * A set of placed tasks and how early it can end; `clear` is the end with the last task's buffer.
 */
typedef struct memo {
    uint64_t placed;
    int32_t end, clear;
} memo;

typedef struct search {
    const msched__tasks *tasks;
    msched__task_bound *bound;
    msched__budget *budget;
    msched__arrangement *best;
    const int32_t *target;
    int priority;
    uint64_t stop_at;
    memo *memo;
    child *children; /* MAX_DEPTH times the maximum of a node */
    uint32_t child_limit;
    uint8_t *open;          /* per task: for the bound */
    int32_t *rest;          /* per task */
    uint64_t placed, scope; /* scope: the tasks of these priorities and what they must follow */
    int32_t count[5];
    msched__piece pieces[MAX_DEPTH];
    uint32_t piece_count;
    uint32_t begun; /* split and unfinished tasks */
    int done, stopped, cut;
} search;

/*
 * Earliest start after the last piece, ignoring predecessors; INT32_MAX: none. *window_end receives
 * the end of its window.
 */
static int32_t next_start(const search *s, uint32_t index, int32_t *window_end)
{
    const msched__task *task = &s->tasks->tasks[index];
    int32_t from = 0, need = msched__task_shortest(task, s->rest[index]);
    if (s->piece_count > 0) {
        const msched__piece *last = &s->pieces[s->piece_count - 1];
        from = last->task == index
                   ? last->end
                   : last->end + msched__tasks_gap(&s->tasks->tasks[last->task], task);
    }
    for (uint32_t r = 0; r < task->window_count; r++) {
        int32_t start = larger(from, task->windows[r].start);
        if (task->windows[r].end - start >= need) {
            *window_end = task->windows[r].end;
            return start;
        }
    }
    return INT32_MAX;
}

static int ready(const search *s, const msched__task *task)
{
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!(s->placed & msched__bit_of(task->preds[k])))
            return 0;
    return 1;
}

static void keep(search *s)
{
    msched__arrangement *best = s->best;
    best->piece_count = 0;
    for (uint32_t i = 0; i < s->piece_count; i++)
        if (s->placed & msched__bit_of(s->pieces[i].task))
            best->pieces[best->piece_count++] = s->pieces[i];
    for (uint32_t i = 0; i < s->tasks->count; i++)
        best->placed[i] = (s->placed & msched__bit_of(i)) != 0;
    memcpy(best->count, s->count, sizeof best->count);
    s->done = 1;
    for (int p = 1; p <= s->priority; p++)
        if (best->count[p] < s->target[p])
            s->done = 0;
}

static int better(const search *s)
{
    for (int p = 1; p <= s->priority; p++)
        if (s->count[p] != s->best->count[p])
            return s->count[p] > s->best->count[p];
    return 0;
}

/* 1 if the open tasks could still give a better day than the best. */
static int promising(search *s, int32_t from, int32_t clear)
{
    int32_t need[5] = {0}, open_count[5] = {0}, begun[5] = {0};
    msched__task_question asked = {s->open, from, clear, need};
    for (uint32_t i = 0; i < s->tasks->count; i++) {
        const msched__task *task = &s->tasks->tasks[i];
        int is_begun = s->rest[i] > 0 && s->rest[i] < task->length;
        s->open[i] = s->open[i] && !is_begun; /* the bound knows whole tasks only */
        begun[task->priority] += is_begun;
        open_count[task->priority] += s->open[i];
    }
    for (int p = 1; p <= s->priority; p++) {
        int32_t missing = s->best->count[p] - s->count[p] - begun[p];
        if (open_count[p] < missing)
            return 0;
        int32_t most = msched__task_bound_count(s->bound, &asked, p);
        if (most != missing)
            return most > missing;
        need[p] = most;
    }
    return 0;
}

/* 1 if this set of tasks was reached before and ended no later. Otherwise remembers it. */
static int seen(search *s)
{
    if (s->begun > 0 || s->piece_count == 0)
        return 0;
    const msched__piece *last = &s->pieces[s->piece_count - 1];
    int32_t clear = last->end + s->tasks->tasks[last->task].after;
    memo *slot = &s->memo[msched__hash_mix(s->placed) % MEMO_SLOTS];
    if (slot->placed == s->placed && slot->end <= last->end && slot->clear <= clear)
        return 1;
    *slot = (memo){s->placed, last->end, clear};
    return 0;
}

static void add_child(child *children, uint32_t *count, uint32_t limit, child c)
{
    if (c.length <= 0 || *count == limit)
        return;
    for (uint32_t i = 0; i < *count; i++)
        if (children[i].task == c.task && children[i].length == c.length)
            return;
    uint32_t at = (*count)++;
    for (; at > 0 && children[at - 1].key > c.key; at--)
        children[at] = children[at - 1];
    children[at] = c;
}

/* A task that could come next. */
typedef struct option {
    uint32_t task;
    int32_t start, window_end;
} option;

/* The lengths worth trying for a piece of a task that starts there. */
static void add_pieces(search *s, child *children, uint32_t *count, const option *at)
{
    uint32_t index = at->task;
    int32_t start = at->start, window_end = at->window_end;
    const msched__task *task = &s->tasks->tasks[index];
    int32_t rest = s->rest[index], least = task->piece_min,
            most = smaller(rest, window_end - start);
    child c = {index, start, most, task->due};
    if (most < rest)
        c.length = smaller(most, rest - least);
    add_child(children, count, s->child_limit, c);
    if (rest < 2 * (int64_t)least)
        return;
    s->cut = 1;
    int32_t longest = smaller(most, rest - least);
    c.length = least;
    add_child(children, count, s->child_limit, c);
    for (uint32_t r = 0; r < task->window_count; r++) {
        c.length = rest - (task->windows[r].end - task->windows[r].start);
        if (task->windows[r].start >= window_end && c.length > least && c.length < longest)
            add_child(children, count, s->child_limit, c);
    }
    for (uint32_t i = 0; i < s->tasks->count; i++) {
        const msched__task *other = &s->tasks->tasks[i];
        if (i == index || !(s->scope & msched__bit_of(i)) || (s->placed & msched__bit_of(i)))
            continue;
        for (uint32_t r = 0; r < other->window_count; r++) {
            c.length = other->windows[r].start - msched__tasks_gap(task, other) - start;
            if (c.length > least && c.length < longest)
                add_child(children, count, s->child_limit, c);
        }
    }
}

/* 1 if another whole task fits before this one without delaying it. */
static int leaves_room(const search *s, const option *options, uint32_t count, const option *x)
{
    const msched__task *task = &s->tasks->tasks[x->task];
    for (uint32_t k = 0; k < count; k++) {
        const option *y = &options[k];
        const msched__task *other = &s->tasks->tasks[y->task];
        if (y->task != x->task && s->rest[y->task] == other->length && other->piece_min == 0 &&
            y->start + other->length + msched__tasks_gap(other, task) <= x->start)
            return 1;
    }
    return 0;
}

/*
 * What can come next, in order of due time. Also fills s->open, with all that could still be
 * placed.
 */
static uint32_t expand(search *s, child *children)
{
    option options[MSCHED__SEARCH_TASKS];
    uint32_t option_count = 0, count = 0;
    for (uint32_t i = 0; i < s->tasks->count; i++) {
        option o = {.task = i};
        s->open[i] = 0;
        if (!(s->scope & msched__bit_of(i)) || (s->placed & msched__bit_of(i)))
            continue;
        o.start = next_start(s, i, &o.window_end);
        if (o.start == INT32_MAX)
            continue;
        s->open[i] = 1;
        if (ready(s, &s->tasks->tasks[i]))
            options[option_count++] = o;
    }
    for (uint32_t k = 0; k < option_count; k++) {
        const option *o = &options[k];
        const msched__task *task = &s->tasks->tasks[o->task];
        if (leaves_room(s, options, option_count, o))
            continue;
        if (task->piece_min > 0)
            add_pieces(s, children, &count, o);
        else
            add_child(children, &count, s->child_limit,
                      (child){o->task, o->start, task->length, task->due});
    }
    return count;
}

static void descend(search *s, uint32_t depth);

static void visit(search *s, const child *c, uint32_t depth)
{
    int p = s->tasks->tasks[c->task].priority,
        was_begun = s->rest[c->task] < s->tasks->tasks[c->task].length;
    uint32_t begun = s->begun;
    s->pieces[s->piece_count++] = (msched__piece){c->task, c->start, c->start + c->length};
    s->rest[c->task] -= c->length;
    if (s->rest[c->task] == 0) {
        s->placed |= msched__bit_of(c->task);
        s->count[p]++;
        s->begun -= (uint32_t)was_begun;
    } else {
        s->begun += !was_begun;
    }
    descend(s, depth + 1);
    if (s->rest[c->task] == 0) {
        s->placed &= ~msched__bit_of(c->task);
        s->count[p]--;
    }
    s->rest[c->task] += c->length;
    s->begun = begun;
    s->piece_count--;
}

static void descend(search *s, uint32_t depth)
{
    if (better(s))
        keep(s);
    if (s->done || s->stopped)
        return;
    if (msched__budget_spend(s->budget, s->tasks->count + s->tasks->count / 2) ||
        s->budget->used > s->stop_at) {
        s->stopped = 1;
        return;
    }
    if (depth + 1 >= MAX_DEPTH || s->piece_count >= s->tasks->piece_limit) {
        s->cut = 1;
        return;
    }
    child *children = s->children + (size_t)depth * s->child_limit;
    uint32_t count = expand(s, children);
    int32_t from = INT32_MIN, clear = INT32_MIN;
    if (s->piece_count > 0) {
        const msched__piece *last = &s->pieces[s->piece_count - 1];
        from = last->end;
        clear = last->end + s->tasks->tasks[last->task].after;
    }
    if (count == 0 || !promising(s, from, clear) || seen(s))
        return;
    for (uint32_t k = 0; k < count && !s->done && !s->stopped; k++)
        visit(s, &children[k], depth);
}

static int make_search(msched__arena *arena, search *s)
{
    uint32_t n = s->tasks->count;
    s->child_limit = s->tasks->has_split ? 4 * n : n;
    s->memo = msched__arena_alloc(arena, MEMO_SLOTS, sizeof *s->memo);
    s->children = msched__arena_alloc(arena, (size_t)MAX_DEPTH * s->child_limit,
                                      sizeof *s->children);
    s->open = msched__arena_alloc(arena, n, 1);
    s->rest = msched__arena_alloc(arena, n, sizeof *s->rest);
    if (s->memo == NULL || s->children == NULL || s->open == NULL || s->rest == NULL)
        return 0;
    memset(s->memo, 0xff, MEMO_SLOTS * sizeof *s->memo);
    for (uint32_t k = n; k-- > 0;) {
        uint32_t i = s->tasks->topological[k];
        const msched__task *task = &s->tasks->tasks[i];
        s->rest[i] = task->length;
        if (task->hopeless || (task->priority > s->priority && !(s->scope & msched__bit_of(i))))
            continue;
        s->scope |= msched__bit_of(i);
        for (uint32_t j = 0; j < task->pred_count; j++)
            s->scope |= msched__bit_of(task->preds[j]);
    }
    return 1;
}

msched_result msched__task_search(msched__arena *arena, msched__task_bound *bound,
                                  msched__budget *budget, msched__task_goal *goal)
{
    goal->complete = 0;
    if (bound->tasks->count > MSCHED__SEARCH_TASKS)
        return MSCHED_OK;
    search *s = msched__arena_alloc(arena, 1, sizeof *s);
    if (s == NULL)
        return MSCHED_ERROR_MEMORY;
    *s = (search){.tasks = bound->tasks,
                  .bound = bound,
                  .budget = budget,
                  .best = goal->best,
                  .target = goal->target,
                  .priority = goal->priority,
                  .stop_at = budget->used + goal->limit};
    if (!make_search(arena, s))
        return MSCHED_ERROR_MEMORY;
    descend(s, 0);
    goal->complete = s->done || (!s->stopped && !s->cut);
    return MSCHED_OK;
}
