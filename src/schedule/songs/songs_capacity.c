/*
 * Upper bounds by capacity. If the items that can only play within an interval [a, b] need more
 * time than is listenable there, the excess is lost. Losses of disjoint intervals add up, and the
 * largest sum is found by dynamic programming over the intervals' ends.
 */
#include "schedule/songs/songs_capacity.h"

#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/knapsack.h"

#define ENDS_MAX    24
#define MISSING_MAX 16 /* beyond, a priority's tasks are not counted */

/* Seconds of a silent task in [from, to] wherever it is placed. */
static int64_t least_overlap(const msched__held *task, int64_t from, int64_t to)
{
    int64_t left = from - task->reach.start, right = task->reach.end - to, overlap;
    left = left < 0 ? 0 : left;
    right = right < 0 ? 0 : right;
    overlap = task->length - (task->cut ? left + right : left > right ? left : right);
    if (overlap > to - from)
        overlap = to - from;
    return overlap < 0 ? 0 : overlap;
}

/*
 * Minimum seconds that a silent task takes in [from, to] from songs that each include a gap. A
 * piece of it separates two songs, and the gap between them may overlap the piece.
 */
static int64_t least_taken(const msched__held *task, int64_t from, int64_t to, int64_t gap)
{
    int64_t taken = least_overlap(task, from, to) - gap * task->pieces;
    return taken < 0 ? 0 : taken;
}

/*
 * Seconds in [from, to] that silent tasks take from songs; of each priority, the missing tasks are
 * those that take most.
 */
static int64_t held_time(const msched__songs_problem *problem, int32_t from, int32_t to,
                         int32_t gap)
{
    int64_t most[MISSING_MAX], total = 0;
    for (uint8_t priority = 1; priority <= 4; priority++) {
        int32_t missing = problem->held_missing[priority], n = 0;
        if (missing > MISSING_MAX)
            continue;
        for (uint32_t i = 0; i < problem->held_count; i++) {
            if (problem->held[i].priority != priority)
                continue;
            int64_t taken = least_taken(&problem->held[i], from, to, gap);
            total += taken;
            int32_t at = n < missing                                ? n++
                         : missing > 0 && most[missing - 1] < taken ? missing - 1
                                                                    : -1;
            for (; at > 0 && most[at - 1] < taken; at--)
                most[at] = most[at - 1];
            if (at >= 0)
                most[at] = taken;
        }
        for (int32_t i = 0; i < n; i++)
            total -= most[i];
    }
    return total;
}

/* The same as a capacity, given what silent tasks take of the time that they share with songs. */
static int64_t shared_capacity(const msched__pack *pack, int32_t from, int32_t to)
{
    const msched__songs_problem *problem = pack->problem;
    uint32_t spans = 0;
    int64_t capacity = msched__interval_total_within(problem->shared, problem->shared_count, from,
                                                     to);
    for (uint32_t i = 0; i < problem->shared_count; i++)
        spans += problem->shared[i].end > from && problem->shared[i].start < to;
    return capacity + (int64_t)spans * pack->gap - held_time(problem, from, to, pack->gap);
}

int64_t msched__pack_capacity(const msched__pack *pack, int32_t from, int32_t to)
{
    int64_t capacity = 0;
    for (uint32_t i = 0; i < pack->problem->free_count; i++) {
        const msched__interval *span = &pack->problem->free[i];
        int32_t start = span->start > from ? span->start : from,
                end = span->end < to ? span->end : to;
        if (end - start >= pack->min_length && end > start)
            capacity += (int64_t)end - start + pack->gap;
    }
    if (pack->problem->held_count > 0) {
        int64_t shared = shared_capacity(pack, from, to);
        capacity = shared < capacity ? shared : capacity;
    }
    return capacity < 0 ? 0 : capacity;
}

static int inside(const msched__item *item, int32_t from, int32_t to)
{
    return item->release >= from && item->deadline <= to;
}

static int any_inside(const msched__pack *pack, int32_t from, int32_t to)
{
    for (uint32_t i = 0; i < pack->count; i++)
        if (!pack->items[i].locked && inside(&pack->items[i], from, to))
            return 1;
    return 0;
}

/*
 * Must plays inside that do not fit; `*used` receives the minimum capacity of those that must be
 * placed there.
 */
static int64_t must_loss(const msched__pack *pack, msched__interval in_span, int64_t capacity,
                         int64_t unplaced, int64_t *used)
{
    int64_t in = 0, fit = 0, left = capacity, needed;
    for (uint32_t i = 0; i < pack->must_count; i++)
        in += inside(&pack->items[pack->by_length[i]], in_span.start, in_span.end);
    needed = in - unplaced;
    *used = 0;
    for (uint32_t i = 0; i < pack->must_count && fit < in; i++) {
        const msched__item *item = &pack->items[pack->by_length[i]];
        int64_t size = (int64_t)item->length + pack->gap;
        if (!inside(item, in_span.start, in_span.end))
            continue;
        if (size > left)
            break;
        left -= size;
        fit++;
        if (fit <= needed)
            *used += size;
    }
    return in - fit;
}

/*
 * Weight inside that does not fit into `capacity`, by filling it with the densest items and a
 * fraction of the next.
 */
static int64_t weight_loss(const msched__pack *pack, int32_t from, int32_t to, int64_t capacity)
{
    int64_t loss = 0;
    for (uint32_t i = 0; i < pack->optional_count; i++) {
        const msched__item *item = &pack->items[pack->by_density[i]];
        int64_t size = (int64_t)item->length + pack->gap;
        if (!inside(item, from, to))
            continue;
        if (size <= capacity) {
            capacity -= size;
        } else {
            loss += item->value - item->value * capacity / size;
            capacity = 0;
        }
    }
    return loss;
}

/*
 * Distinct releases or deadlines, ascending; at most ENDS_MAX of them, first and last among them.
 */
static uint32_t ends(const msched__pack *pack, int deadlines, uint32_t limit, msched__keyed *keys,
                     int32_t *out)
{
    uint32_t count = 0, distinct = 0, step_count;
    for (uint32_t i = 0; i < pack->count; i++) {
        const msched__item *item = &pack->items[i];
        if (!item->locked)
            keys[count++] = (msched__keyed){
                (uint64_t)(uint32_t)(deadlines ? item->deadline : item->release), i};
    }
    msched__key_sort(keys, count);
    for (uint32_t i = 0; i < count; i++)
        if (distinct == 0 || keys[distinct - 1].key != keys[i].key)
            keys[distinct++] = keys[i];
    step_count = distinct < limit ? distinct : limit;
    for (uint32_t i = 0; i < step_count; i++) {
        uint32_t at = step_count < 2 ? 0
                                     : (uint32_t)((uint64_t)i * (distinct - 1) / (step_count - 1));
        out[i] = (int32_t)keys[at].key;
    }
    return step_count;
}

/* Where intervals begin and end. */
typedef struct interval_ends {
    int32_t from[ENDS_MAX], to[ENDS_MAX];
    uint32_t from_count, to_count;
} interval_ends;

/* Largest sum of losses over disjoint intervals, of must plays (`weights` 0) or of weight. */
static int64_t total_loss(const msched__pack *pack, const interval_ends *of, int weights,
                          int64_t must_unplaced)
{
    const int32_t *from = of->from, *to = of->to;
    int64_t best[ENDS_MAX + 1] = {0}; /* best[k]: with intervals that end by to[k - 1] */
    for (uint32_t k = 0; k < of->to_count; k++) {
        best[k + 1] = best[k];
        for (uint32_t a = 0; a < of->from_count && from[a] < to[k]; a++) {
            uint32_t before = 0;
            if (!any_inside(pack, from[a], to[k]))
                continue;
            int64_t used, capacity = msched__pack_capacity(pack, from[a], to[k]);
            int64_t loss = must_loss(pack, (msched__interval){from[a], to[k]}, capacity,
                                     must_unplaced, &used);
            if (weights)
                loss = weight_loss(pack, from[a], to[k], capacity - used);
            while (before < k && to[before] <= from[a])
                before++;
            if (best[before] + loss > best[k + 1])
                best[k + 1] = best[before] + loss;
        }
    }
    return best[of->to_count];
}

/*
 * How many of the shortest must plays fit into max_total; `*used` receives the seconds of the first
 * `needed` of them.
 */
static int64_t musts_in_total(const msched__pack *pack, int64_t needed, int64_t *used)
{
    int64_t left = pack->max_total - (int64_t)pack->locked_total_s, fit = 0;
    *used = 0;
    for (; fit < pack->must_count; fit++) {
        int64_t length = pack->items[pack->by_length[fit]].length;
        if (length > left)
            break;
        left -= length;
        if (fit < needed)
            *used += length;
    }
    return fit;
}

/*
 * Maximum weight within max_total: gaps do not count there, so each song that could fit adds one
 * gap to the capacity.
 */
static int64_t weight_in_total(const msched__pack *pack, int64_t all, int64_t used)
{
    int64_t left = pack->max_total - (int64_t)pack->locked_total_s - used, songs;
    if (left <= 0)
        return 0;
    songs = left / pack->min_length;
    int64_t loss = weight_loss(pack, INT32_MIN, INT32_MAX, left + songs * pack->gap);
    return all - loss;
}

int msched__pack_bound(const msched__pack *pack, int64_t most, int64_t *must, int64_t *weight)
{
    interval_ends of;
    int64_t locked_must = pack->locked_value / MSCHED__MUST_VALUE,
            locked_weight = pack->locked_value % MSCHED__MUST_VALUE;
    int64_t all = 0, used;
    *must = locked_must;
    if (weight != NULL)
        *weight = locked_weight;
    if (pack->must_count + (weight != NULL ? pack->optional_count : 0) == 0)
        return 1;
    uint32_t limit = pack->count <= 64 ? ENDS_MAX : pack->count <= 512 ? 10 : 3;
    msched__keyed *keys = msched__arena_alloc(pack->arena, pack->count, sizeof *keys);
    if (keys == NULL)
        return 0;
    of.from_count = ends(pack, 0, limit, keys, of.from);
    of.to_count = ends(pack, 1, limit, keys, of.to);
    int64_t musts = pack->must_count, in_total;
    if (musts > 0)
        musts -= total_loss(pack, &of, 0, 0);
    in_total = pack->max_total == INT32_MAX ? musts : musts_in_total(pack, musts, &used);
    if (in_total < musts)
        musts = in_total;
    if (most - locked_must < musts)
        musts = most < locked_must ? 0 : most - locked_must;
    *must += musts;
    if (weight == NULL)
        return 1;
    for (uint32_t i = 0; i < pack->optional_count; i++)
        all += pack->items[pack->by_density[i]].value;
    int64_t weights = all - total_loss(pack, &of, 1, pack->must_count - musts);
    if (pack->max_total != INT32_MAX) {
        musts_in_total(pack, musts, &used);
        in_total = weight_in_total(pack, all, used);
        if (in_total < weights)
            weights = in_total;
    }
    *weight += weights > 0 ? weights : 0;
    return 1;
}

/*
 * Maximum weight of optional items in `capacity`, with a gap for each if they are by_density, into
 * `*weight`. 0 when out of memory.
 */
static int most_weight(msched__arena *arena, msched__pack *pack, const uint32_t *densest,
                       int64_t capacity, int64_t *weight)
{
    int32_t gap = densest == pack->by_density ? pack->gap : 0;
    msched__sack_item *items = msched__arena_alloc(arena, pack->optional_count, sizeof *items);
    uint8_t *taken = msched__arena_alloc(arena, pack->optional_count, 1);
    if (items == NULL || taken == NULL)
        return 0;
    for (uint32_t i = 0; i < pack->optional_count; i++) {
        const msched__item *item = &pack->items[densest[i]];
        items[i] = (msched__sack_item){item->length + gap, (int32_t)item->value};
    }
    msched__sack sack = {items, pack->optional_count, capacity};
    msched__sack_choice choice = {.taken = taken};
    int done = msched__knapsack(&arena->allocator, &sack, pack->budget, &choice);
    *weight = choice.bound;
    return done;
}

/* Optional items by weight per second, without gaps; NULL when out of memory. */
static const uint32_t *densest_alone(msched__arena *arena, const msched__pack *pack)
{
    uint32_t *densest = msched__arena_alloc(arena, pack->optional_count, sizeof *densest);
    msched__keyed *keys = msched__arena_alloc(arena, pack->optional_count, sizeof *keys);
    if (densest == NULL || keys == NULL)
        return NULL;
    for (uint32_t i = 0; i < pack->optional_count; i++) {
        const msched__item *item = &pack->items[pack->by_density[i]];
        keys[i] =
            (msched__keyed){UINT64_MAX - ((uint64_t)item->value << 40) / (uint64_t)item->length,
                            pack->by_density[i]};
    }
    msched__key_sort(keys, pack->optional_count);
    for (uint32_t i = 0; i < pack->optional_count; i++)
        densest[i] = keys[i].index;
    return densest;
}

static int sack_bound(msched__arena *arena, msched__pack *pack, int64_t musts, int64_t *weight)
{
    int64_t capacity = msched__pack_capacity(pack, INT32_MIN, INT32_MAX), by_total;
    int64_t total = pack->max_total == INT32_MAX ? INT64_MAX
                                                 : pack->max_total - (int64_t)pack->locked_total_s;
    for (int64_t i = 0; i < musts && i < pack->must_count; i++) {
        int32_t length = pack->items[pack->by_length[i]].length;
        capacity -= length + pack->gap;
        total -= total == INT64_MAX ? 0 : length;
    }
    if (pack->gap == 0 && total < capacity)
        capacity = total;
    if (!most_weight(arena, pack, pack->by_density, capacity, weight))
        return 0;
    if (pack->gap == 0 || total == INT64_MAX)
        return 1;
    const uint32_t *densest = densest_alone(arena, pack);
    if (densest == NULL || !most_weight(arena, pack, densest, total, &by_total))
        return 0;
    *weight = by_total < *weight ? by_total : *weight;
    return 1;
}

int msched__pack_sack_bound(msched__pack *pack, int64_t musts, int64_t *weight)
{
    msched__arena arena;
    msched__arena_init(&arena, &pack->arena->allocator, 0);
    int done = sack_bound(&arena, pack, musts, weight);
    msched__arena_reset(&arena);
    return done;
}

msched_result msched__songs_bound(msched__arena *arena, const msched__songs_problem *problem,
                                  int64_t most, int64_t *must_bound, int64_t *weight_bound)
{
    msched__pack pack;
    int64_t by_sack;
    msched__budget budget = {0}; /* its work is small, and not counted */
    if (!msched__pack_init(&pack, arena, problem, &budget) || !msched__pack_sort(&pack) ||
        !msched__pack_bound(&pack, most, must_bound, weight_bound))
        return MSCHED_ERROR_MEMORY;
    if (weight_bound == NULL)
        return MSCHED_OK;
    int64_t locked_must = pack.locked_value / MSCHED__MUST_VALUE,
            locked_weight = pack.locked_value % MSCHED__MUST_VALUE;
    if (!msched__pack_sack_bound(&pack, *must_bound - locked_must, &by_sack))
        return MSCHED_ERROR_MEMORY;
    if (by_sack + locked_weight < *weight_bound)
        *weight_bound = by_sack + locked_weight;
    return MSCHED_OK;
}
