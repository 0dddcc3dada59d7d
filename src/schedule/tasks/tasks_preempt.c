/*
 * All tasks of a set must be placed, so a branch ends if one of them no longer fits. Tasks are
 * placed in order of time, each as early as possible after the one before it. The search skips
 *  - a task that leaves room before it for another whole one: with that one first, the day is as
 *    good (active schedules);
 *  - the second of two orders of neighbors that take the same time;
 *  - a state whose relaxation does not fit: the rest, split anywhere, each due by the end of its
 *    last time window;
 *  - a set of remaining tasks that did not fit after the same end or an earlier one. This holds for
 *    every set that contains them, as long as no searched set fitted; after a set that fits, or
 *    whose search was cut short, these no-goods are dropped.
 * A task that may be split is first searched in one piece. If that does not fit, only its
 * compulsory parts are searched; if not even these fit, that is a proof. If they fit, they are
 * extended to the length of the task, or the task is inserted elsewhere; failing to insert it
 * proves nothing.
 */
#include "schedule/tasks/tasks_preempt.h"

#include "algo/bits.h"
#include "algo/min_max.h"
#include "base/hash.h"
#include "plan/plan_data.h"
#include "schedule/tasks/tasks_extend.h"

#include <string.h>

#define MEMO_SLOTS 4096
#define NEVER      INT32_MAX
#define NONE       UINT32_MAX
#define SUM_WORDS  16
#define TRIES_MAX  64 /* arrangements whose parts are extended */
/* sets that are taken layer by layer: tasks at most, and units of work at least */
#define LAYERS_MOST 16
#define LAYERS_WORK 8000

/* The state of the day after the placed tasks. */
typedef struct state {
    uint64_t rest;
    uint32_t last;      /* the last task, or NONE */
    int32_t start, end; /* of it */
    uint32_t previous;  /* the one before it */
    int32_t previous_end;
} state;

static void forget(msched__task_fit *fit)
{
    memset(fit->memo, 0, MEMO_SLOTS * sizeof *fit->memo);
}

/*
 * The compulsory parts of a task: in pieces no shorter than m, with l seconds in total, each piece
 * contains whole parts of length m, and all pieces at least l / 2m + 1 of them, because a piece of
 * p < (k + 1) m contains k >= (k + 1) / 2.
 */
static uint32_t part_number(const msched__task *task)
{
    return (uint32_t)(task->length / (2 * (int64_t)task->piece_min)) + 1;
}

static uint32_t count_parts(const msched__tasks *tasks)
{
    uint32_t count = tasks->count;
    for (uint32_t i = 0; i < tasks->count; i++) {
        const msched__task *task = &tasks->tasks[i];
        if (msched__task_can_be_cut(task) && count + part_number(task) <= MSCHED__FIT_TASKS)
            count += part_number(task);
    }
    return count;
}

/* The parts of one task, one after the other. */
static void add_parts(msched__task_fit *fit, uint32_t index, uint32_t *next, uint32_t *place)
{
    const msched__task *task = &fit->tasks->tasks[index];
    uint32_t count = part_number(task);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = (*next)++;
        fit->parts[i] = *task;
        fit->parts[i].length = task->piece_min;
        fit->whole[i] = index;
        fit->length[i] = task->piece_min;
        if (k == (fit->bound->use_after ? count - 1 : 0))
            fit->length[i] += fit->bound->length[index] - task->length;
        fit->parts_of[index] |= msched__bit_of(i);
        fit->topological[(*place)++] = i;
    }
}

/*
 * The predecessors of a part: all parts of its task's predecessors, and the earlier parts of its
 * own task. 0 when out of memory.
 */
static int make_preds(msched__arena *arena, msched__task_fit *fit, uint32_t part)
{
    const msched__task *task = &fit->tasks->tasks[fit->whole[part]];
    uint64_t preds = part >= fit->tasks->count
                         ? fit->parts_of[fit->whole[part]] & (msched__bit_of(part) - 1)
                         : 0;
    for (uint32_t k = 0; k < task->pred_count; k++)
        preds |= msched__bit_of(task->preds[k]) | fit->parts_of[task->preds[k]];
    uint32_t *list = msched__arena_alloc(arena, msched__bit_count(preds), sizeof *list), count = 0;
    if (list == NULL)
        return 0;
    for (uint32_t i = 0; i < fit->part_count; i++)
        if (preds & msched__bit_of(i))
            list[count++] = i;
    fit->parts[part].preds = list;
    fit->parts[part].pred_count = count;
    return 1;
}

static int make_parts(msched__arena *arena, msched__task_fit *fit)
{
    uint32_t n = fit->tasks->count, next = n, place = 0;
    for (uint32_t i = 0; i < n; i++) {
        fit->parts[i] = fit->tasks->tasks[i];
        fit->whole[i] = i;
        fit->length[i] = fit->bound->length[i];
        fit->parts_of[i] = 0;
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = fit->tasks->topological[k];
        const msched__task *task = &fit->tasks->tasks[i];
        fit->topological[place++] = i;
        if (!msched__task_can_be_cut(task))
            continue;
        fit->can_be_cut |= msched__bit_of(i);
        if (next + part_number(task) <= fit->part_count)
            add_parts(fit, i, &next, &place);
    }
    fit->part_count = next;
    for (uint32_t i = 0; i < next; i++)
        if (!make_preds(arena, fit, i))
            return 0;
    return 1;
}

int msched__task_fit_make(msched__arena *arena, const msched__tasks *tasks,
                          const msched__task_bound *bound, msched__budget *budget,
                          msched__task_fit *out)
{
    *out = (msched__task_fit){.tasks = tasks, .bound = bound, .budget = budget};
    uint32_t n = out->part_count = count_parts(tasks);
    out->memo = msched__arena_alloc(arena, MEMO_SLOTS, sizeof *out->memo);
    out->parts = msched__arena_alloc(arena, n, sizeof *out->parts);
    out->topological = msched__arena_alloc(arena, n, sizeof *out->topological);
    out->whole = msched__arena_alloc(arena, n, sizeof *out->whole);
    out->length = msched__arena_alloc(arena, n, sizeof *out->length);
    out->parts_of = msched__arena_alloc(arena, n, sizeof *out->parts_of);
    out->steps = msched__arena_alloc(arena, (size_t)n * n, sizeof *out->steps);
    out->latest = msched__arena_alloc(arena, n, sizeof *out->latest);
    out->until = msched__arena_alloc(arena, n, sizeof *out->until);
    out->order = msched__arena_alloc(arena, n, sizeof *out->order);
    if (out->memo == NULL || out->parts == NULL || out->topological == NULL || out->whole == NULL ||
        out->length == NULL || out->parts_of == NULL || out->steps == NULL || out->latest == NULL ||
        out->until == NULL || out->order == NULL ||
        !msched__arrangement_make(arena, tasks, &out->found) || !make_parts(arena, out))
        return 0;
    msched__layers_make(arena, tasks, bound, budget, &out->layers);
    forget(out);
    return 1;
}

/* The required gap between two parts. */
static int32_t gap(const msched__task_fit *fit, uint32_t x, uint32_t y)
{
    return fit->whole[x] == fit->whole[y] ? 0 : msched__tasks_gap(&fit->parts[x], &fit->parts[y]);
}

/* The buffer that is included in the length of a part. */
static int32_t pad(const msched__task_fit *fit, uint32_t part)
{
    return fit->length[part] - fit->parts[part].length;
}

/* The latest end of a task in one piece, at most `end`; INT32_MIN: none. */
static int32_t latest_end(const msched__task *task, int32_t end)
{
    for (uint32_t r = task->window_count; r-- > 0;) {
        int32_t until = smaller(task->windows[r].end, end);
        if (until - task->windows[r].start >= task->length)
            return until;
    }
    return INT32_MIN;
}

static int32_t common_divisor(int32_t a, int32_t b)
{
    while (b != 0) {
        int32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* When each part must end, so that those after it can follow. 0 if one cannot. */
static int make_latest(msched__task_fit *fit, uint64_t parts)
{
    for (uint32_t i = 0; i < fit->part_count; i++)
        fit->latest[i] = NEVER;
    fit->order_count = 0;
    fit->unit = 0;
    for (uint32_t k = fit->part_count; k-- > 0;) {
        uint32_t i = fit->topological[k];
        const msched__task *task = &fit->parts[i];
        if (!(parts & msched__bit_of(i)))
            continue;
        int32_t latest = latest_end(task, fit->latest[i]);
        if (latest == INT32_MIN)
            return 0;
        fit->latest[i] = latest;
        for (uint32_t j = 0; j < task->pred_count; j++) {
            uint32_t pred = task->preds[j];
            fit->latest[pred] = smaller(fit->latest[pred],
                                        latest - task->length - gap(fit, pred, i));
        }
        uint32_t at = fit->order_count++;
        for (; at > 0 && fit->latest[fit->order[at - 1]] > latest; at--)
            fit->order[at] = fit->order[at - 1];
        fit->order[at] = i;
        fit->unit = common_divisor(fit->length[i], fit->unit);
        fit->until[i] = msched__interval_total_within(fit->bound->free, fit->bound->free_count,
                                                      INT32_MIN, latest) +
                        (fit->bound->use_after ? pad(fit, i) : 0);
    }
    return 1;
}

/* Earliest start of a task from `from` on; NEVER: none. */
static int32_t start_from(const msched__task_fit *fit, uint32_t index, int32_t from)
{
    const msched__task *task = &fit->parts[index];
    for (uint32_t r = 0; r < task->window_count; r++) {
        int32_t start = larger(from, task->windows[r].start);
        if (smaller(task->windows[r].end, fit->latest[index]) - start >= task->length)
            return start;
    }
    return NEVER;
}

static int32_t start_behind(const msched__task_fit *fit, uint32_t index, uint32_t last, int32_t end)
{
    return start_from(fit, index, last == NONE ? INT32_MIN / 2 : end + gap(fit, last, index));
}

static int ready(const msched__task *task, uint64_t rest)
{
    for (uint32_t k = 0; k < task->pred_count; k++)
        if (rest & msched__bit_of(task->preds[k]))
            return 0;
    return 1;
}

/*
 * 1 if the rest, split anywhere, could still be done in time from `from` on. Only the last of the
 * tasks may have its buffer beyond its own latest end.
 */
static int fits_relaxed(const msched__task_fit *fit, uint64_t rest, int32_t from)
{
    const msched__task_bound *bound = fit->bound;
    int64_t total = msched__interval_total_within(bound->free, bound->free_count, INT32_MIN, from),
            most = 0;
    for (uint32_t k = 0; k < fit->order_count; k++) {
        uint32_t i = fit->order[k];
        if (!(rest & msched__bit_of(i)))
            continue;
        total += fit->length[i];
        most = fit->until[i] > most ? fit->until[i] : most;
        if (total > most)
            return 0;
    }
    return 1;
}

/* The sums of lengths of subsets of the tasks, in units, as bits. */
typedef struct sums {
    uint64_t bits[SUM_WORDS];
    uint32_t words;
} sums;

static void add_length(sums *s, uint32_t length)
{
    uint32_t shift = length % 64;
    for (uint32_t to = s->words; to-- > length / 64;) {
        uint32_t from = to - length / 64;
        uint64_t moved = s->bits[from] << shift;
        if (shift > 0 && from > 0)
            moved |= s->bits[from - 1] >> (64 - shift);
        s->bits[to] |= moved;
    }
}

/* 1 if one of the bits first .. last is set. */
static int any_sum(const sums *s, uint32_t first, uint32_t last)
{
    for (uint32_t k = first / 64; k <= last / 64; k++) {
        uint64_t bits = s->bits[k];
        if (k == first / 64)
            bits &= UINT64_MAX << first % 64;
        if (k == last / 64)
            bits &= UINT64_MAX >> (63 - last % 64);
        if (bits != 0)
            return 1;
    }
    return 0;
}

/*
 * 1 if tasks that can start in the interval of the day around `from` can fill it without losing
 * more time than the remaining slack.
 */
static int can_fill(const msched__task_fit *fit, const state *s, const int32_t *starts,
                    int32_t from)
{
    const msched__task_bound *bound = fit->bound;
    uint32_t k = 0;
    while (k < bound->free_count && bound->free[k].end <= from)
        k++;
    if (k + 1 >= bound->free_count)
        return 1;
    int32_t begin = larger(from, bound->free[k].start), end = bound->free[k].end, shortest = NEVER;
    int64_t spare = 0, most = 0;
    for (uint32_t j = 0; j < fit->order_count; j++)
        if (s->rest & msched__bit_of(fit->order[j])) {
            spare -= fit->length[fit->order[j]];
            shortest = smaller(shortest, fit->length[fit->order[j]]);
            most = fit->until[fit->order[j]] > most ? fit->until[fit->order[j]] : most;
        }
    spare += most - msched__interval_total_within(bound->free, bound->free_count, INT32_MIN, begin);
    /* everything is done before its end */
    if (most < msched__interval_total_within(bound->free, bound->free_count, INT32_MIN, end))
        return 1;
    uint32_t cells = (uint32_t)((end - begin) / fit->unit);
    if (spare >= shortest || cells >= 64 * SUM_WORDS)
        return 1;
    sums reached = {.bits = {1}, .words = cells / 64 + 1};
    for (uint32_t j = 0; j < fit->order_count; j++) {
        uint32_t i = fit->order[j];
        if ((s->rest & msched__bit_of(i)) && starts[i] < end)
            add_length(&reached, (uint32_t)(fit->length[i] / fit->unit));
    }
    int64_t least = (end - begin - spare + fit->unit - 1) / fit->unit;
    return least <= 0 || (least <= cells && any_sum(&reached, (uint32_t)least, cells));
}

/* 1 if the other order of the two tasks takes the same time and is the one to search. */
static int is_second_order(const msched__task_fit *fit, const state *s,
                           const msched__fit_step *step)
{
    if (s->last == NONE || step->task > s->last || step->start != s->end)
        return 0;
    const msched__task *first = &fit->parts[s->last], *second = &fit->parts[step->task];
    for (uint32_t k = 0; k < second->pred_count; k++)
        if (second->preds[k] == s->last)
            return 0;
    return first->before == second->before && first->after == second->after &&
           gap(fit, step->task, s->last) == 0 &&
           start_behind(fit, step->task, s->previous, s->previous_end) == s->start &&
           start_from(fit, s->last, s->start + second->length) == s->start + second->length;
}

/* 1 if another whole task fits before this one without delaying it. */
static int leaves_room(const msched__task_fit *fit, const msched__fit_step *steps, uint32_t count,
                       const msched__fit_step *step)
{
    for (uint32_t k = 0; k < count; k++) {
        const msched__fit_step *other = &steps[k];
        if (other->task != step->task &&
            other->start + fit->parts[other->task].length + gap(fit, other->task, step->task) <=
                step->start)
            return 1;
    }
    return 0;
}

/* 1 if every task starts after the end of those that it follows. */
static int in_order(const msched__tasks *tasks, const msched__arrangement *found)
{
    for (uint32_t i = 0; i < found->piece_count; i++) {
        const msched__task *task = &tasks->tasks[found->pieces[i].task];
        for (uint32_t j = i; task->pred_count > 0 && j < found->piece_count; j++)
            for (uint32_t k = 0; k < task->pred_count; k++)
                if (found->pieces[j].task == task->preds[k])
                    return 0;
    }
    return 1;
}

/* Seconds of a task that its parts do not have. */
static int32_t missing(const msched__task_fit *fit, uint32_t index)
{
    int32_t rest = fit->tasks->tasks[index].length;
    for (uint32_t k = 0; k < fit->piece_count; k++)
        if (fit->whole[fit->pieces[k].task] == index)
            rest -= fit->pieces[k].end - fit->pieces[k].start;
    return rest;
}

/*
 * Extend the parts of split tasks as far as needed and possible; fit->aside receives tasks whose
 * parts stay too short.
 */
static void lengthen_parts(msched__task_fit *fit)
{
    int32_t slack[MSCHED__FIT_TASKS];
    msched__extender e = {fit->parts,  fit->whole, fit->latest,
                          fit->pieces, slack,      fit->piece_count};
    for (uint32_t i = 0; i < fit->tasks->count; i++)
        if ((fit->aside & msched__bit_of(i)) && msched__extend(&e, i, missing(fit, i)) == 0)
            fit->aside &= ~msched__bit_of(i);
}

static void write_pieces(const msched__task_fit *fit, msched__arrangement *found)
{
    msched__arrangement_clear(fit->tasks, found);
    for (uint32_t k = 0; k < fit->piece_count; k++) {
        msched__piece piece = {fit->whole[fit->pieces[k].task], fit->pieces[k].start,
                               fit->pieces[k].end};
        msched__piece *last = found->piece_count > 0 ? &found->pieces[found->piece_count - 1]
                                                     : NULL;
        if (fit->aside & msched__bit_of(piece.task))
            continue;
        if (last != NULL && last->task == piece.task && last->end == piece.start)
            last->end = piece.end;
        else
            found->pieces[found->piece_count++] = piece;
        found->count[fit->tasks->tasks[piece.task].priority] += !found->placed[piece.task];
        found->placed[piece.task] = 1;
    }
}

/*
 * All parts are placed: extend them to the length of their tasks, and insert the tasks of
 * fit->aside.
 */
static void finish(msched__task_fit *fit)
{
    const msched__tasks *tasks = fit->tasks;
    msched__arrangement *found = &fit->found;
    msched__piece before[MSCHED__FIT_TASKS];
    uint64_t aside = fit->aside;
    uint32_t placed = 0;
    memcpy(before, fit->pieces, sizeof before);
    lengthen_parts(fit);
    write_pieces(fit, found);
    for (uint32_t k = 0; k < tasks->count; k++) {
        uint32_t i = tasks->topological[k];
        if ((fit->aside & msched__bit_of(i)) && !msched__arrangement_insert(tasks, found, i))
            break;
    }
    for (uint32_t i = 0; i < tasks->count; i++)
        placed += found->placed[i];
    fit->yes = placed == msched__bit_count(fit->set) && in_order(tasks, found);
    fit->unproved |= !fit->yes;
    fit->stopped |= !fit->yes && ++fit->tries >= TRIES_MAX;
    fit->aside = aside;
    memcpy(fit->pieces, before, sizeof before);
}

/*
 * Those that can come next, by latest end, the longest first. 0 if one of the rest no longer fits.
 */
static int expand(const msched__task_fit *fit, const state *s, msched__fit_step *steps,
                  uint32_t *count)
{
    const msched__task *tasks = fit->parts;
    int32_t from = INT32_MIN, soonest = NEVER, first_end = NEVER, starts[MSCHED__FIT_TASKS];
    uint32_t n = 0;
    for (uint32_t k = 0; k < fit->order_count; k++) {
        uint32_t i = fit->order[k];
        if (!(s->rest & msched__bit_of(i)))
            continue;
        msched__fit_step step = {i, start_behind(fit, i, s->last, s->end)};
        if (step.start == NEVER)
            return 0;
        starts[i] = step.start;
        soonest = smaller(soonest, step.start - (fit->bound->use_after ? 0 : pad(fit, i)));
        if (!ready(&tasks[i], s->rest))
            continue;
        first_end = smaller(first_end, step.start + tasks[i].length);
        steps[n++] = step;
    }
    if (s->last != NONE)
        from = s->end + (fit->bound->use_after ? pad(fit, s->last) : 0);
    if (!fits_relaxed(fit, s->rest, larger(from, soonest)) || !can_fill(fit, s, starts, from))
        return 0;
    uint32_t kept = 0;
    msched__fit_step all[MSCHED__FIT_TASKS];
    memcpy(all, steps, n * sizeof *all);
    for (uint32_t k = 0; k < n; k++) {
        if ((all[k].start >= first_end && leaves_room(fit, all, n, &all[k])) ||
            is_second_order(fit, s, &all[k]))
            continue;
        uint32_t at = kept++;
        for (; at > 0 && fit->latest[steps[at - 1].task] == fit->latest[all[k].task] &&
               tasks[steps[at - 1].task].length < tasks[all[k].task].length;
             at--)
            steps[at] = steps[at - 1];
        steps[at] = all[k];
    }
    *count = kept;
    return 1;
}

static void descend(msched__task_fit *fit, const state *s)
{
    if (s->rest == 0) {
        finish(fit);
        return;
    }
    if (msched__budget_spend(fit->budget, msched__bit_count(s->rest) + 8) ||
        fit->budget->used > fit->stop_at) {
        fit->stopped = 1;
        return;
    }
    int32_t clear = s->last == NONE ? s->end : s->end + fit->parts[s->last].after;
    msched__fit_memo *slot = &fit->memo[msched__hash_mix(s->rest) % MEMO_SLOTS];
    /*
     * a part needs no buffer to the next part of its task, and may get further than the known end
     * shows
     */
    int goes_on = s->last != NONE && (fit->parts_of[fit->whole[s->last]] & s->rest) != 0;
    if (!goes_on && slot->rest == s->rest && slot->end <= s->end && slot->clear <= clear)
        return;
    msched__fit_step *steps = fit->steps + (size_t)fit->piece_count * fit->part_count;
    uint32_t count = 0;
    int possible = expand(fit, s, steps, &count);
    for (uint32_t k = 0; possible && k < count && !fit->yes && !fit->stopped; k++) {
        uint32_t i = steps[k].task;
        int32_t end = steps[k].start + fit->parts[i].length;
        state next = {s->rest & ~msched__bit_of(i), i, steps[k].start, end, s->last, s->end};
        fit->pieces[fit->piece_count++] = (msched__piece){i, steps[k].start, end};
        descend(fit, &next);
        fit->piece_count--;
    }
    if (!fit->yes && !fit->stopped)
        *slot = (msched__fit_memo){s->rest, s->end, clear};
}

/* Search these parts of the tasks of fit->set; `aside`: tasks whose parts are too short. */
static enum msched__fit_verdict search(msched__task_fit *fit, uint64_t parts, uint64_t aside,
                                       uint64_t limit)
{
    fit->aside = aside;
    fit->stop_at = fit->budget->used + limit;
    fit->piece_count = fit->tries = 0;
    fit->stopped = fit->yes = fit->unproved = 0;
    if (!make_latest(fit, parts))
        return MSCHED__FIT_NO;
    state start = {parts, NONE, INT32_MIN / 2, INT32_MIN / 2, NONE, INT32_MIN / 2};
    descend(fit, &start);
    if (!fit->yes && !fit->stopped && !fit->unproved)
        return MSCHED__FIT_NO;
    forget(fit);
    return fit->yes ? MSCHED__FIT_YES : MSCHED__FIT_UNKNOWN;
}

static enum msched__fit_verdict search_depth(msched__task_fit *fit, uint64_t set, uint64_t limit)
{
    uint64_t cut = set & fit->can_be_cut, parts = set & ~cut;
    fit->set = set;
    if (cut != 0 && search(fit, set, 0, limit / 4) == MSCHED__FIT_YES)
        return MSCHED__FIT_YES;
    for (uint32_t i = 0; i < fit->tasks->count; i++)
        if (cut & msched__bit_of(i))
            parts |= fit->parts_of[i];
    return search(fit, parts, cut, limit);
}

enum msched__fit_verdict msched__task_fit_all(msched__task_fit *fit, uint64_t set, uint64_t limit)
{
    uint64_t used = fit->budget->used;
    /* a date of several is solved many times, where layers cost more than they decide */
    int few = msched__bit_count(set) <= LAYERS_MOST && limit >= LAYERS_WORK &&
              !fit->tasks->plan->is_of_several;
    enum msched__fit_verdict verdict = search_depth(fit, set, few ? limit / 8 : limit);
    used = fit->budget->used - used;
    if (verdict != MSCHED__FIT_UNKNOWN || !few || used >= limit)
        return verdict;
    verdict = msched__layers_fit(&fit->layers, set, limit - used);
    if (verdict == MSCHED__FIT_YES)
        msched__arrangement_copy(fit->tasks, &fit->found, &fit->layers.found);
    return verdict;
}
