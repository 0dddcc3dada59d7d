/*
 * Held and Karp's dynamic programming (Journal of SIAM 10, 1962): sequences of the same tasks
 * differ only in when they end, so of each set of tasks, only the sequences that end first are
 * continued. The sets are taken by size, layer by layer. Like the depth-first search
 * (tasks_preempt.c), it places each piece as early as possible, and skips a piece that leaves
 * time for another whole task before it, and states whose relaxation does not fit. It needs more
 * memory, but never searches a set twice, so that it also ends for sets of which many sequences
 * almost fit.
 *
 * Tasks that may be split are placed piece by piece, each as short as possible. How long the
 * pieces are is decided when the task is complete: with x more seconds in its pieces, as early as
 * possible, the sequence ends max(0, x - idle) later, where `idle` are the idle seconds since the
 * first piece, and x is at most the seconds by which the pieces since then can be later. This is
 * exact while one task is begun and not complete. While several are, it is a lower bound of the
 * end: the idle time since both have begun counts for each. So if no sequence is left, the tasks
 * do not fit. If one is left, its pieces are extended, and if that fails, the answer is not
 * known.
 */
#include "schedule/tasks/tasks_layers.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "base/hash.h"
#include "schedule/tasks/tasks_extend.h"

#include <string.h>

#define STATES 8192
#define FEW    1024 /* states of a small search, for which memory suffices at first */
#define HEADS  8192 /* a power of two */
#define STEPS  8    /* states with the same hash that are compared for a unit of work */
#define NEVER  INT32_MAX
#define NONE   UINT32_MAX
#define ROOT   0 /* the state of no tasks */

typedef msched__layers layers;
typedef msched__layer_state state;
typedef msched__layer_open open_task;

void msched__layers_make(msched__arena *arena, const msched__tasks *tasks,
                         const msched__task_bound *bound, msched__budget *budget,
                         msched__layers *out)
{
    *out = (layers){.arena = arena, .tasks = tasks, .bound = bound, .budget = budget};
}

/* Memory of the first query. 0 when out of memory. */
static int prepare(layers *l)
{
    if (l->states != NULL)
        return 1;
    state *states = msched__arena_alloc(l->arena, FEW, sizeof *states);
    l->heads = msched__arena_alloc(l->arena, HEADS, sizeof *l->heads);
    if (states == NULL || l->heads == NULL ||
        !msched__arrangement_make(l->arena, l->tasks, &l->found))
        return 0;
    l->states = states;
    l->capacity = FEW;
    return 1;
}

/* Make room for one more state. 0 if there are too many, or when out of memory. */
static int grow(layers *l)
{
    if (l->state_count < l->capacity)
        return 1;
    if (l->capacity == STATES)
        return 0;
    state *states = msched__arena_alloc(l->arena, STATES, sizeof *states);
    l->failed |= states == NULL;
    if (states == NULL)
        return 0;
    memcpy(states, l->states, l->state_count * sizeof *states);
    l->states = states;
    l->capacity = STATES;
    return 1;
}

static const msched__task *task_of(const layers *l, uint32_t index)
{
    return &l->tasks->tasks[index];
}

/* The most pieces of a task. */
static uint32_t most_pieces(const msched__task *task)
{
    return msched__task_can_be_cut(task) ? (uint32_t)(task->length / task->piece_min) : 1;
}

/* The latest end of a piece, at most `end`; INT32_MIN: none. */
static int32_t latest_end(const msched__task *task, int32_t end)
{
    for (uint32_t r = task->window_count; r-- > 0;) {
        int32_t until = smaller(task->windows[r].end, end);
        if (until - task->windows[r].start >= msched__task_shortest(task, task->length))
            return until;
    }
    return INT32_MIN;
}

/* When each task must end, so that those after it can follow. 0 if one cannot. */
static int make_latest(layers *l)
{
    uint32_t weight = 0;
    for (uint32_t i = 0; i < l->tasks->count; i++)
        l->latest[i] = NEVER;
    l->order_count = 0;
    for (uint32_t k = l->tasks->count; k-- > 0;) {
        uint32_t i = l->tasks->topological[k];
        const msched__task *task = task_of(l, i);
        if (!(l->set & msched__bit_of(i)))
            continue;
        int32_t latest = l->latest[i] = latest_end(task, l->latest[i]);
        if (latest == INT32_MIN)
            return 0;
        for (uint32_t j = 0; j < task->pred_count; j++) {
            uint32_t pred = task->preds[j];
            l->latest[pred] = smaller(
                l->latest[pred], latest - task->length - msched__tasks_gap(task_of(l, pred), task));
        }
        uint32_t at = l->order_count++;
        for (; at > 0 && l->latest[l->order[at - 1]] > latest; at--)
            l->order[at] = l->order[at - 1];
        l->order[at] = i;
        weight += most_pieces(task);
        l->until[i] = msched__interval_total_within(l->bound->free, l->bound->free_count, INT32_MIN,
                                                    latest) +
                      (l->bound->use_after ? l->bound->length[i] - task->length : 0);
    }
    l->layer_count = weight + 1;
    return 1;
}

static const open_task *open_of(const state *s, uint32_t index)
{
    for (uint32_t k = 0; k < s->open_count; k++)
        if (s->open[k].task == index)
            return &s->open[k];
    return NULL;
}

/* The earliest start after a state, without time windows. */
static int32_t from_of(const layers *l, const state *s, uint32_t index)
{
    if (s->parent == NONE)
        return INT32_MIN / 2;
    return s->last == index ? s->end
                            : s->end + msched__tasks_gap(task_of(l, s->last), task_of(l, index));
}

/* The first window from `r` on that holds `length` from `from` on; the number of windows: none. */
static uint32_t window_from(const layers *l, uint32_t index, uint32_t r, int32_t from,
                            int32_t length)
{
    const msched__task *task = task_of(l, index);
    while (r < task->window_count &&
           smaller(task->windows[r].end, l->latest[index]) - larger(from, task->windows[r].start) <
               length)
        r++;
    return r;
}

/* The earliest start of a piece; NEVER: none. */
static int32_t start_from(const layers *l, uint32_t index, int32_t from, int32_t length)
{
    const msched__task *task = task_of(l, index);
    uint32_t r = window_from(l, index, 0, from, length);
    return r < task->window_count ? larger(from, task->windows[r].start) : NEVER;
}

/* By how much the end of a state can be later, at most. */
static int32_t most_delay(const state *s)
{
    int32_t most = 0;
    for (uint32_t k = 0; k < s->open_count; k++)
        most += s->open[k].room - (s->open_count == 1 ? s->open[k].idle : 0);
    return most;
}

/* The buffer that a task still needs in the relaxation. */
static int32_t pad(const layers *l, const state *s, uint32_t index)
{
    int32_t buffer = l->bound->length[index] - task_of(l, index)->length;
    return !l->bound->use_after && (s->begun & msched__bit_of(index)) ? 0 : buffer;
}

/*
 * 1 if the rest, split anywhere, could still be done in time from `from` on. The pieces of a begun
 * task may be longer in the idle time before. Only the last of the tasks may have its buffer beyond
 * its own latest end.
 */
static int fits_relaxed(const layers *l, const state *s, int32_t from)
{
    const msched__task_bound *bound = l->bound;
    int64_t total = msched__interval_total_within(bound->free, bound->free_count, INT32_MIN, from),
            most = 0;
    int32_t idle = s->open_count > 0 ? larger(from - s->end, 0) : 0;
    for (uint32_t k = 0; k < l->order_count; k++) {
        uint32_t i = l->order[k];
        const msched__task *task = task_of(l, i);
        if (s->done & msched__bit_of(i))
            continue;
        total += task->length + pad(l, s, i);
        if (s->begun & msched__bit_of(i)) {
            const open_task *o = open_of(s, i);
            total -= (int64_t)o->count * task->piece_min + smaller(o->room, o->idle + idle);
        }
        most = l->until[i] > most ? l->until[i] : most;
        if (total > most)
            return 0;
    }
    return 1;
}

static int is_ready(const layers *l, const state *s, uint32_t index)
{
    const msched__task *task = task_of(l, index);
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (!(s->done & msched__bit_of(task->preds[k])))
            return 0;
    return 1;
}

/* What can come after a state. */
typedef struct choices {
    int32_t starts[MSCHED__LAYER_TASKS]; /* per task that is left, also if it is not ready */
    uint64_t ready;                      /* tasks whose predecessors are done */
    int32_t first_end;                   /* of the whole tasks among them */
} choices;

/* 0 if one of the tasks that are left no longer fits, or all of them in a relaxation. */
static int find_choices(const layers *l, const state *s, choices *c)
{
    int32_t from = INT32_MIN, soonest = NEVER;
    c->ready = 0;
    c->first_end = NEVER;
    for (uint32_t k = 0; k < l->order_count; k++) {
        uint32_t i = l->order[k];
        if (s->done & msched__bit_of(i))
            continue;
        const msched__task *task = task_of(l, i);
        int32_t start = start_from(l, i, from_of(l, s, i),
                                   msched__task_shortest(task, task->length));
        if (start == NEVER)
            return 0;
        c->starts[i] = start;
        soonest = smaller(soonest, start - (l->bound->use_after ? 0 : pad(l, s, i)));
        if (!is_ready(l, s, i))
            continue;
        c->ready |= msched__bit_of(i);
        if (!msched__task_can_be_cut(task))
            c->first_end = smaller(c->first_end, start + task->length);
    }
    if (s->parent != NONE)
        from = s->end + (l->bound->use_after && !(s->begun & msched__bit_of(s->last))
                             ? task_of(l, s->last)->after
                             : 0);
    return fits_relaxed(l, s, larger(from, soonest));
}

/* 1 if another whole task fits before a piece without delaying it. */
static int leaves_room(const layers *l, const state *s, const choices *c, const state *child)
{
    if (child->start < c->first_end)
        return 0;
    int32_t delay = most_delay(s);
    for (uint32_t k = 0; k < l->order_count; k++) {
        uint32_t i = l->order[k];
        const msched__task *task = task_of(l, i);
        if (i == child->last || !(c->ready & msched__bit_of(i)) || msched__task_can_be_cut(task) ||
            c->starts[i] >= child->start)
            continue;
        int32_t start = delay == 0 ? c->starts[i]
                                   : start_from(l, i, from_of(l, s, i) + delay, task->length),
                gap = msched__tasks_gap(task, task_of(l, child->last));
        if (start != NEVER && start + task->length + gap <= child->start)
            return 1;
    }
    return 0;
}

/* 1 if everything that can follow b can follow a, however long the pieces of begun tasks are. */
static int dominates(const layers *l, const state *a, const state *b)
{
    int32_t later = a->end - b->end;
    later = larger(later, later + task_of(l, a->last)->after - task_of(l, b->last)->after);
    /* the next piece of a task needs no buffer */
    if (a->last != b->last && (b->begun & msched__bit_of(b->last)))
        later = larger(later, a->end - b->end +
                                  msched__tasks_gap(task_of(l, a->last), task_of(l, b->last)));
    if (later > 0)
        return 0;
    for (uint32_t k = 0; k < a->open_count; k++)
        if (later > a->open[k].idle - b->open[k].idle || a->open[k].room < b->open[k].room)
            return 0;
    return 1;
}

static int same_pieces(const state *a, const state *b)
{
    int same = a->done == b->done && a->begun == b->begun;
    for (uint32_t k = 0; k < a->open_count && same; k++)
        same = a->open[k].count == b->open[k].count;
    return same;
}

/* Keep a state, unless another dominates it. */
static void keep(layers *l, const state *child)
{
    uint64_t key = child->done ^ msched__hash_mix(child->begun);
    for (uint32_t k = 0; k < child->open_count; k++)
        key = msched__hash_mix(key ^ child->open[k].count);
    uint32_t *head = &l->heads[msched__hash_mix(key) & (HEADS - 1)];
    for (uint32_t i = *head; i != NONE; i = l->states[i].chain) {
        state *other = &l->states[i];
        l->steps++;
        if (other->dead || !same_pieces(other, child))
            continue;
        if (dominates(l, other, child))
            return;
        other->dead = (uint8_t)dominates(l, child, other);
    }
    l->full |= !grow(l);
    if (l->full)
        return;
    state *kept = &l->states[l->state_count++];
    *kept = *child;
    kept->chain = *head;
    kept->next = l->layer[child->layer];
    l->layer[child->layer] = *head = l->state_count - 1;
}

/* Seconds that a state still needs for a task after `count` of its shortest pieces. */
static int32_t rest_after(const msched__task *task, uint32_t count)
{
    return (int32_t)(task->length - (int64_t)count * task->piece_min);
}

static void remove_open(state *s, uint32_t index)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < s->open_count; k++)
        if (s->open[k].task != index)
            s->open[kept++] = s->open[k];
    s->open_count = (uint8_t)kept;
    s->begun &= ~msched__bit_of(index);
}

/* Add a task in order of the numbers. 0 if there are too many. */
static int insert_open(layers *l, state *s, open_task begun)
{
    if (s->open_count == MSCHED__LAYER_OPEN) {
        l->unproved = 1;
        return 0;
    }
    uint32_t at = s->open_count++;
    for (; at > 0 && s->open[at - 1].task > begun.task; at--)
        s->open[at] = s->open[at - 1];
    s->open[at] = begun;
    s->begun |= msched__bit_of(begun.task);
    return 1;
}

/* A piece of `length` in a time window. */
typedef struct place {
    int32_t from, start, end; /* `end`: the latest end of the piece */
    int32_t length;
} place;

/* The state after a piece, before that of its own task is known. */
static state follow(const state *s, uint32_t parent, uint32_t index, const place *p)
{
    state child = *s;
    child.parent = parent;
    child.last = (uint8_t)index;
    child.start = p->start;
    child.end = p->start + p->length;
    child.dead = 0;
    for (uint32_t k = 0; k < child.open_count; k++) {
        open_task *o = &child.open[k];
        o->idle += p->start - p->from;
        o->room = smaller(o->room, o->idle + p->end - child.end);
        o->idle = smaller(o->idle, o->room);
    }
    return child;
}

/* The piece is the last one of its task. */
static void close_task(layers *l, const state *s, const choices *c, state child, const place *p)
{
    uint32_t index = child.last;
    const open_task *o = open_of(&child, index);
    uint32_t count = o == NULL ? 0 : o->count;
    if (o != NULL) {
        int32_t rest = rest_after(task_of(l, index), count + 1);
        if (rest > o->idle + p->end - child.end)
            return;
        child.end += larger(rest - o->idle, 0);
        remove_open(&child, index);
        for (uint32_t k = 0; k < child.open_count; k++)
            child.open[k].room = smaller(child.open[k].room,
                                         child.open[k].idle + p->end - child.end);
    }
    child.closes = 1;
    child.layer = (uint8_t)(child.layer + most_pieces(task_of(l, index)) - count);
    child.done |= msched__bit_of(index);
    if (!leaves_room(l, s, c, &child))
        keep(l, &child);
}

/* More pieces of the task follow. */
static void leave_open(layers *l, const state *s, const choices *c, state child, const place *p)
{
    uint32_t index = child.last;
    const msched__task *task = task_of(l, index);
    const open_task *o = open_of(&child, index);
    open_task begun = {.task = (uint8_t)index, .count = 1};
    if (o != NULL) {
        begun = *o;
        begun.count++;
        remove_open(&child, index);
    }
    int32_t most = rest_after(task, begun.count + 1u);
    if (most < 0)
        return;
    begun.room = smaller(begun.idle + p->end - child.end, most);
    begun.idle = smaller(begun.idle, begun.room);
    child.closes = 0;
    child.layer++;
    if (insert_open(l, &child, begun) && !leaves_room(l, s, c, &child))
        keep(l, &child);
}

/* A task, or a piece of it, comes next: whole, as the last piece, or as one before others. */
static void place_piece(layers *l, uint32_t parent, const choices *c, uint32_t index,
                        int32_t length)
{
    const state s = l->states[parent];
    const msched__task *task = task_of(l, index);
    int is_whole = length == task->length;
    int64_t waiting = 0; /* may still delay the piece, so that it needs a later window */
    place p = {.from = from_of(l, &s, index), .length = length};
    for (uint32_t k = 0; k < s.open_count; k++)
        waiting += rest_after(task_of(l, s.open[k].task), s.open[k].count);
    if (!is_whole && open_of(&s, index) == NULL)
        waiting += task->length - length; /* its first piece may be longer, too */
    for (uint32_t r = window_from(l, index, 0, p.from, length); r < task->window_count;
         r = window_from(l, index, r + 1, p.from, length)) {
        p.start = larger(p.from, task->windows[r].start);
        p.end = smaller(task->windows[r].end, l->latest[index]);
        state child = follow(&s, parent, index, &p);
        /* pieces that touch are one */
        if (s.parent != NONE && s.last == index && p.start == p.from)
            continue;
        if (is_whole || open_of(&s, index) != NULL)
            close_task(l, &s, c, child, &p);
        if (!is_whole)
            leave_open(l, &s, c, child, &p);
        if (waiting <= p.end - child.end)
            break;
    }
}

static void expand(layers *l, uint32_t index)
{
    choices c;
    const state s = l->states[index];
    if (!find_choices(l, &s, &c))
        return;
    for (uint32_t k = 0; k < l->order_count; k++) {
        uint32_t i = l->order[k];
        const msched__task *task = task_of(l, i);
        if (!(c.ready & msched__bit_of(i)))
            continue;
        if (msched__task_can_be_cut(task))
            place_piece(l, index, &c, i, task->piece_min);
        if (!(s.begun & msched__bit_of(i)))
            place_piece(l, index, &c, i, task->length);
    }
}

/* Place the last piece of a state after those before it. 0 if it does not fit in its window. */
static int append(layers *l, msched__extender *e, const state *s)
{
    const msched__task *task = task_of(l, s->last);
    int32_t from = INT32_MIN / 2, length = msched__task_shortest(task, task->length),
            rest = task->length;
    uint32_t r = 0;
    if (s->closes && open_of(&l->states[s->parent], s->last) == NULL)
        length = task->length;
    if (e->count > 0)
        from = e->pieces[e->count - 1].end +
               msched__extend_gap(e, e->pieces[e->count - 1].task, s->last);
    while (task->windows[r].end <= s->start)
        r++;
    int32_t start = larger(from, task->windows[r].start);
    if (start + length > smaller(task->windows[r].end, l->latest[s->last]))
        return 0;
    e->pieces[e->count++] = (msched__piece){s->last, start, start + length};
    for (uint32_t k = 0; k < e->count; k++)
        if (e->pieces[k].task == s->last)
            rest -= e->pieces[k].end - e->pieces[k].start;
    return !s->closes || msched__extend(e, s->last, rest) == 0;
}

/* The arrangement of a state with all tasks. 0 if its pieces cannot be extended as needed. */
static int arrange(layers *l, uint32_t index)
{
    uint32_t path[MSCHED__LAYERS], count = 0;
    msched__arrangement *found = &l->found;
    int32_t slack[MSCHED__LAYERS];
    msched__piece pieces[MSCHED__LAYERS];
    msched__extender e = {l->tasks->tasks, NULL, l->latest, pieces, slack, 0};
    for (; index != ROOT; index = l->states[index].parent)
        path[count++] = index;
    for (uint32_t k = count; k-- > 0;)
        if (!append(l, &e, &l->states[path[k]]))
            return 0;
    if (e.count > l->tasks->piece_limit)
        return 0;
    msched__arrangement_clear(l->tasks, found);
    for (uint32_t k = 0; k < e.count; k++) {
        const msched__piece *piece = &pieces[k];
        msched__piece *last = k > 0 ? &found->pieces[found->piece_count - 1] : NULL;
        if (last != NULL && last->task == piece->task && last->end == piece->start)
            last->end = piece->end;
        else
            found->pieces[found->piece_count++] = *piece;
        found->count[task_of(l, piece->task)->priority] += !found->placed[piece->task];
        found->placed[piece->task] = 1;
    }
    return 1;
}

/* Continue with all states of a layer. 0 if the work or the states are used up. */
static int expand_layer(layers *l, uint32_t layer, uint64_t stop_at)
{
    for (uint32_t i = l->layer[layer]; i != NONE; i = l->states[i].next) {
        const state *s = &l->states[i];
        if (s->dead)
            continue;
        const uint32_t work = l->order_count / 2 + 6 + l->steps / STEPS;
        l->steps %= STEPS;
        if (msched__budget_spend(l->budget, work) || l->budget->used > stop_at)
            return 0;
        expand(l, i);
        if (l->full)
            return 0;
    }
    return 1;
}

static void start(layers *l)
{
    memset(l->heads, 0xff, HEADS * sizeof *l->heads);
    memset(l->layer, 0xff, l->layer_count * sizeof *l->layer);
    l->state_count = 1;
    l->steps = 0;
    l->unproved = l->full = 0;
    l->states[ROOT] = (state){.parent = NONE, .chain = NONE, .next = NONE, .last = UINT8_MAX};
    l->layer[0] = ROOT;
}

enum msched__fit_verdict msched__layers_fit(msched__layers *l, uint64_t set, uint64_t limit)
{
    uint64_t stop_at = l->budget->used + limit;
    l->set = set;
    if (!make_latest(l))
        return MSCHED__FIT_NO;
    if (l->layer_count > MSCHED__LAYERS)
        return MSCHED__FIT_UNKNOWN;
    l->failed |= !prepare(l);
    if (l->failed)
        return MSCHED__FIT_UNKNOWN;
    start(l);
    for (uint32_t layer = 0; layer + 1 < l->layer_count; layer++)
        if (!expand_layer(l, layer, stop_at))
            return MSCHED__FIT_UNKNOWN;
    uint32_t last = l->layer[l->layer_count - 1];
    for (uint32_t i = last; i != NONE; i = l->states[i].next)
        if (arrange(l, i))
            return MSCHED__FIT_YES;
    return last != NONE || l->unproved ? MSCHED__FIT_UNKNOWN : MSCHED__FIT_NO;
}
