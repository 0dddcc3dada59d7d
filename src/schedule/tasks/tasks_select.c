/*
 * At each node of the search, some tasks are decided to be in and some to be out. This also decides
 *  - the predecessors of a task that is in, and the successors of one that is out;
 *  - easier tasks: a task that is no longer than another, of the same or a higher priority, and may
 *    be wherever the other may, can replace it. So if the longer one is in, the shorter one is,
 *    too;
 *  - all other tasks of a priority, if the count can only be reached with them in, or out.
 * A node ends if, for some interval of the day, the tasks that are in, and the shortest of those
 * that cannot all be outside, need more time than it has.
 */
#include "schedule/tasks/tasks_select.h"

#include "algo/bits.h"

#include <string.h>

/* 1 if every window of `inner` is within a window of `outer`. */
static int windows_within(const msched__task *inner, const msched__task *outer)
{
    for (uint32_t r = 0; r < inner->window_count; r++)
        if (!msched__interval_covers(outer->windows, outer->window_count, inner->windows[r].start,
                                     inner->windows[r].end))
            return 0;
    return 1;
}

/* 1 if a task can replace another. */
static int can_replace(const msched__task_sets *sets, uint32_t index, uint32_t other_index,
                       uint64_t followed)
{
    const msched__task *task = &sets->tasks->tasks[index],
                       *other = &sets->tasks->tasks[other_index];
    if (msched__task_can_be_cut(other) || (followed & msched__bit_of(other_index)) ||
        task->length > other->length || task->before > other->before ||
        task->after > other->after || !windows_within(other, task))
        return 0;
    return (sets->needs_strict[index] & ~msched__bit_of(index) &
            ~(sets->needs_strict[other_index] & ~msched__bit_of(other_index))) == 0;
}

/* Transitive closure: what needed tasks need is needed, too. */
static void close_over(uint64_t *needs, uint32_t count)
{
    for (int changed = 1; changed;) {
        changed = 0;
        for (uint32_t i = 0; i < count; i++) {
            uint64_t all = needs[i];
            for (uint32_t j = 0; j < count; j++)
                if (needs[i] & msched__bit_of(j))
                    all |= needs[j];
            changed |= all != needs[i];
            needs[i] = all;
        }
    }
}

static void read_precedence(msched__task_sets *sets, uint64_t *followed)
{
    const msched__tasks *tasks = sets->tasks;
    *followed = 0;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        sets->needs_strict[i] = msched__bit_of(i);
        for (uint32_t k = 0; k < task->pred_count; k++) {
            sets->needs_strict[i] |= msched__bit_of(task->preds[k]);
            *followed |= msched__bit_of(task->preds[k]);
        }
        if (task->hopeless)
            continue;
        sets->all |= msched__bit_of(i);
        sets->of[task->priority] |= msched__bit_of(i);
    }
    close_over(sets->needs_strict, tasks->count);
}

/*
 * Find easier tasks; ties by the plan's order. Across priorities, only if the higher ones are
 * proved.
 */
static void read_needs(msched__task_sets *sets, uint64_t followed, int across)
{
    const msched__tasks *tasks = sets->tasks;
    uint32_t n = tasks->count;
    memcpy(sets->needs, sets->needs_strict, n * sizeof *sets->needs);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++) {
            const msched__task *a = &tasks->tasks[i], *b = &tasks->tasks[j];
            if (i == j || a->hopeless || b->hopeless || a->priority > b->priority ||
                (a->priority < b->priority && !across) || !can_replace(sets, i, j, followed))
                continue;
            if (a->priority < b->priority || i < j || !can_replace(sets, j, i, followed))
                sets->needs[j] |= msched__bit_of(i);
        }
    close_over(sets->needs, n);
    for (uint32_t i = 0; i < n; i++) {
        sets->bars[i] = 0;
        for (uint32_t j = 0; j < n; j++)
            if (sets->needs[j] & msched__bit_of(i))
                sets->bars[i] |= msched__bit_of(j);
    }
}

int msched__task_sets_make(msched__arena *arena, const msched__task_bound *bound,
                           msched__budget *budget, msched__task_fit *fit, msched__task_sets *out)
{
    const msched__tasks *tasks = bound->tasks;
    uint32_t n = tasks->count;
    *out = (msched__task_sets){
        .tasks = tasks, .bound = bound, .budget = budget, .fit = fit, .across = -1};
    out->needs = msched__arena_alloc(arena, n, sizeof *out->needs);
    out->bars = msched__arena_alloc(arena, n, sizeof *out->bars);
    out->needs_strict = msched__arena_alloc(arena, n, sizeof *out->needs_strict);
    out->opens = msched__arena_alloc(arena, n, sizeof *out->opens);
    out->closes = msched__arena_alloc(arena, n, sizeof *out->closes);
    out->by_end = msched__arena_alloc(arena, n, sizeof *out->by_end);
    if (out->needs == NULL || out->bars == NULL || out->needs_strict == NULL ||
        out->opens == NULL || out->closes == NULL || out->by_end == NULL)
        return 0;
    read_precedence(out, &out->followed);
    for (uint32_t i = 0; i < n; i++) {
        const msched__task *task = &tasks->tasks[i];
        out->opens[i] = bound->total - bound->side[1].capacity[i];
        out->closes[i] = msched__interval_total_within(bound->free, bound->free_count, INT32_MIN,
                                                       task->deadline) +
                         (bound->use_after ? task->after : 0);
        uint32_t at = i;
        for (; at > 0 && tasks->tasks[out->by_end[at - 1]].deadline > task->deadline; at--)
            out->by_end[at] = out->by_end[at - 1];
        out->by_end[at] = i;
    }
    return 1;
}

/* The decisions of a node. */
typedef struct choice {
    uint64_t in, out;
} choice;

/* Decide what follows from the decisions. 0 if that is a contradiction. */
static int settle(const msched__task_sets *sets, choice *c)
{
    for (int changed = 1; changed;) {
        changed = 0;
        for (int q = 1; q <= sets->priority; q++) {
            uint64_t of = sets->of[q], open = of & ~c->in & ~c->out;
            int32_t in = (int32_t)msched__bit_count(of & c->in),
                    rest = (int32_t)msched__bit_count(open);
            if ((c->in & c->out) != 0 || in > sets->count[q] || in + rest < sets->count[q])
                return 0;
            if (rest == 0 || (in < sets->count[q] && in + rest > sets->count[q]))
                continue;
            changed = 1;
            for (uint32_t i = 0; i < sets->tasks->count; i++)
                if ((open & msched__bit_of(i)) && in < sets->count[q])
                    c->in |= sets->needs[i];
                else if (open & msched__bit_of(i))
                    c->out |= sets->bars[i];
        }
    }
    return (c->in & c->out) == 0;
}

/*
 * The open tasks of a priority within an interval, by length, and how many of the open ones must be
 * placed.
 */
typedef struct pool {
    int32_t length[MSCHED__FIT_TASKS];
    int32_t inside, open, missing;
} pool;

static void put(pool *p, int32_t length)
{
    int32_t at = p->inside++;
    for (; at > 0 && p->length[at - 1] > length; at--)
        p->length[at] = p->length[at - 1];
    p->length[at] = length;
}

/* The least time of those tasks of a pool that cannot all be outside the interval. */
static int64_t least(const pool *p)
{
    int64_t total = 0;
    for (int32_t k = 0; k < p->missing - (p->open - p->inside); k++)
        total += p->length[k];
    return total;
}

/* 1 if no interval that begins after the free time `opens` needs more time than it has. */
static int intervals_hold(const msched__task_sets *sets, const choice *c, int64_t opens,
                          pool *pools)
{
    const msched__task_bound *bound = sets->bound;
    /* only the last of the tasks may have its buffer beyond its own deadline */
    int64_t total = 0, closes = 0;
    for (int q = 1; q <= sets->priority; q++)
        pools[q].inside = 0;
    for (uint32_t k = 0; k < sets->tasks->count; k++) {
        uint32_t i = sets->by_end[k];
        int q = sets->tasks->tasks[i].priority, in = (c->in & msched__bit_of(i)) != 0;
        if (sets->opens[i] < opens || (!in && (q > sets->priority || (c->out & msched__bit_of(i)))))
            continue;
        if (in)
            total += bound->length[i];
        else
            put(&pools[q], bound->length[i]);
        int64_t demand = total;
        for (q = 1; q <= sets->priority; q++)
            demand += least(&pools[q]);
        closes = sets->closes[i] > closes ? sets->closes[i] : closes;
        if (demand > closes - opens)
            return 0;
    }
    return 1;
}

static int holds(const msched__task_sets *sets, const choice *c)
{
    pool pools[5];
    for (int q = 1; q <= sets->priority; q++) {
        uint64_t of = sets->of[q];
        pools[q].open = (int32_t)msched__bit_count(of & ~c->in & ~c->out);
        pools[q].missing = sets->count[q] - (int32_t)msched__bit_count(of & c->in);
    }
    int64_t tried[MSCHED__FIT_TASKS];
    uint32_t tried_count = 0;
    for (uint32_t i = 0; i < sets->tasks->count; i++) {
        uint32_t k = 0;
        while (k < tried_count && tried[k] != sets->opens[i])
            k++;
        if (k < tried_count || (c->out & msched__bit_of(i)))
            continue;
        tried[tried_count++] = sets->opens[i];
        if (!intervals_hold(sets, c, sets->opens[i], pools))
            return 0;
    }
    return 1;
}

/* 1 if the tasks that are in include a set that is known not to fit. */
static int known_bad(const msched__task_sets *sets, uint64_t in)
{
    for (uint32_t i = 0; i < sets->bad_count && i < MSCHED__SETS_BAD; i++)
        if ((sets->bad[i] & ~in) == 0)
            return 1;
    return 0;
}

static void decide_set(msched__task_sets *sets, uint64_t in)
{
    enum msched__fit_verdict verdict = msched__task_fit_all(sets->fit, in, sets->limit);
    sets->yes = verdict == MSCHED__FIT_YES;
    sets->unproved |= verdict == MSCHED__FIT_UNKNOWN;
    if (verdict == MSCHED__FIT_NO)
        sets->bad[sets->bad_count++ % MSCHED__SETS_BAD] = in;
}

/* The longest undecided task; NONE if all are decided. */
static uint32_t longest_open(const msched__task_sets *sets, const choice *c)
{
    uint32_t longest = UINT32_MAX;
    for (uint32_t i = 0; i < sets->tasks->count; i++) {
        if (sets->tasks->tasks[i].priority > sets->priority ||
            ((c->in | c->out) & msched__bit_of(i)))
            continue;
        if (longest == UINT32_MAX ||
            sets->tasks->tasks[i].length > sets->tasks->tasks[longest].length)
            longest = i;
    }
    return longest;
}

static void descend(msched__task_sets *sets, choice c)
{
    if (msched__budget_spend(sets->budget, 2 * sets->tasks->count) ||
        sets->budget->used > sets->stop_at) {
        sets->stopped = 1;
        return;
    }
    if (!settle(sets, &c) || known_bad(sets, c.in) || !holds(sets, &c))
        return;
    uint32_t i = longest_open(sets, &c);
    if (i == UINT32_MAX) {
        decide_set(sets, c.in);
        return;
    }
    descend(sets, (choice){c.in, c.out | sets->bars[i]});
    if (!sets->yes && !sets->stopped)
        descend(sets, (choice){c.in | sets->needs[i], c.out});
}

static void ask(msched__task_sets *sets, int priority, const int32_t *count, int proved)
{
    sets->priority = priority;
    memcpy(sets->count, count, sizeof sets->count);
    if (sets->across != proved)
        read_needs(sets, sets->followed, proved);
    sets->across = proved;
}

enum msched__fit_verdict msched__task_sets_find(msched__task_sets *sets, int priority,
                                                const int32_t *count, int proved, uint64_t limit)
{
    ask(sets, priority, count, proved);
    sets->stop_at = sets->budget->used + limit;
    sets->yes = sets->stopped = 0;
    for (sets->limit = limit / 16; !sets->yes && !sets->stopped && sets->limit <= limit;
         sets->limit *= 16) {
        sets->unproved = 0;
        descend(sets, (choice){sets->forced, ~sets->all});
        if (!sets->unproved)
            break;
    }
    return sets->yes                         ? MSCHED__FIT_YES
           : sets->unproved || sets->stopped ? MSCHED__FIT_UNKNOWN
                                             : MSCHED__FIT_NO;
}

int msched__task_sets_possible(msched__task_sets *sets, int priority, const int32_t *count,
                               int proved)
{
    choice c = {0, ~sets->all};
    ask(sets, priority, count, proved);
    return settle(sets, &c) && holds(sets, &c);
}

int msched__task_sets_hold(msched__task_sets *sets, uint64_t set)
{
    sets->priority = 0;
    return holds(sets, &(choice){set, ~set});
}
