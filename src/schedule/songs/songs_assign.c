/*
 * Exact placement if no artist separation matters, and otherwise a bound: branch and bound over the
 * interval of each song, or none, with must plays first, then by weight per second. The remaining
 * songs are bounded by one knapsack over the remaining time of all intervals, tabulated once for
 * each tail of the songs. Within an interval, songs with a deadline come first, by deadline, then
 * the others by release. This order is optimal unless a song's window is strictly inside the
 * interval; then the orders are searched.
 */
#include "schedule/songs/songs_assign.h"

#include "algo/budget.h"
#include "base/hash.h"
#include "schedule/model/plays.h"

#include <string.h>

#define INTERVALS_MAX 24
#define TABLE_MAX     65536 /* maximum entries of the knapsack table; beyond, seconds are coarser */
#define MEMO_SIZE     8192  /* a power of two */
/* for at most FEW songs: clearing a large table takes longer than the search */
#define MEMO_FEW    512
#define FEW         8
#define ORDER_STEPS 2000 /* of the search for an order within one interval */
#define DROPPED     INTERVALS_MAX

typedef struct place {
    int32_t start, end; /* window within the interval; start > end: none */
    uint8_t partial;    /* smaller than the interval */
    uint8_t inner;      /* neither begins nor ends with the interval */
} place;

typedef struct assign_memo {
    uint64_t key;
    int32_t value;
    uint32_t depth_used; /* depth + 1; 0: free */
} assign_memo;

typedef struct assignment {
    msched__pack *pack;
    uint32_t interval_count, count;
    msched__interval interval[INTERVALS_MAX];
    uint32_t *order;                  /* items by depth */
    int32_t *value, *size, *shortest; /* by depth; shortest of this and all after */
    place *places;                    /* [depth * interval_count + interval] */
    /* [depth * (capacity + 1) + units]: most value of this and all after */
    int32_t *table;
    int32_t capacity, unit;
    assign_memo *memo; /* cleared at its first use: most searches end before */
    size_t memo_size;
    int memo_cleared;
    uint8_t *where;                   /* per depth: interval or DROPPED */
    int32_t left[INTERVALS_MAX];      /* capacity with a gap for each song */
    uint64_t partials[INTERVALS_MAX]; /* hash of the songs present whose times matter */
    uint8_t has_inner[INTERVALS_MAX]; /* around an inner window, the lengths of all songs do */
    /* in a feasible order */
    uint32_t members[INTERVALS_MAX][MSCHED__SEARCH_MAX_ITEMS], member_count[INTERVALS_MAX];
    uint32_t best_members[INTERVALS_MAX][MSCHED__SEARCH_MAX_ITEMS],
        best_member_count[INTERVALS_MAX];
    uint32_t *saved; /* per depth: members of an interval before it */
    int32_t now, best, goal;
    int64_t total_left; /* of max_total */
    int improved, stopped;
    uint64_t stop_at;
} assignment;

static const place *place_of(const assignment *a, uint32_t depth, uint32_t interval)
{
    return &a->places[(size_t)depth * a->interval_count + interval];
}

/* Depths of an interval's songs in their best order: by deadline if it binds, then by release. */
static uint64_t sequence_key(const assignment *a, uint32_t depth, uint32_t interval)
{
    const place *p = place_of(a, depth, interval);
    if (p->end < a->interval[interval].end && p->start <= a->interval[interval].start)
        return (uint64_t)(uint32_t)p->end;
    return UINT64_C(1) << 32 | (uint64_t)(uint32_t)p->start;
}

static void sort_members(assignment *a, uint32_t interval)
{
    uint32_t *m = a->members[interval];
    for (uint32_t i = 1; i < a->member_count[interval]; i++) {
        uint32_t depth = m[i], k = i;
        uint64_t key = sequence_key(a, depth, interval);
        for (; k > 0 && sequence_key(a, m[k - 1], interval) > key; k--)
            m[k] = m[k - 1];
        m[k] = depth;
    }
}

static int in_time(const assignment *a, uint32_t interval)
{
    int32_t time = a->interval[interval].start;
    for (uint32_t i = 0; i < a->member_count[interval]; i++) {
        uint32_t depth = a->members[interval][i];
        const place *p = place_of(a, depth, interval);
        time = p->start > time ? p->start : time;
        if (time + a->pack->items[a->order[depth]].length > p->end)
            return 0;
        time += a->size[depth];
    }
    return 1;
}

/*
 * Search the orders of members [at, ..) from `time` on; 1: found, and the members are in that
 * order.
 */
static int search_order(assignment *a, uint32_t interval, uint32_t at, int32_t time,
                        uint32_t *steps)
{
    uint32_t *m = a->members[interval], count = a->member_count[interval];
    if (at == count)
        return 1;
    int32_t first_end = INT32_MAX;
    for (uint32_t i = at; i < count; i++) {
        const place *p = place_of(a, m[i], interval);
        int32_t start = p->start > time ? p->start : time,
                length = a->pack->items[a->order[m[i]]].length;
        if (start + length > p->end)
            return 0;
        if (start + a->size[m[i]] < first_end)
            first_end = start + a->size[m[i]];
    }
    for (uint32_t i = at; i<count && * steps> 0; i++) {
        const place *p = place_of(a, m[i], interval);
        int32_t start = p->start > time ? p->start : time;
        if (start >= first_end)
            continue; /* another one fits completely before it */
        --*steps;
        uint32_t swap = m[at];
        m[at] = m[i];
        m[i] = swap;
        if (search_order(a, interval, at + 1, start + a->size[m[at]], steps))
            return 1;
        swap = m[at];
        m[at] = m[i];
        m[i] = swap;
    }
    return 0;
}

/*
 * Whether an interval's songs, with the one just added, can be played in some order; members end up
 * in it.
 */
static int can_play(assignment *a, uint32_t interval)
{
    int partial = 0, inner = 0;
    uint32_t steps = ORDER_STEPS;
    for (uint32_t i = 0; i < a->member_count[interval]; i++) {
        partial |= place_of(a, a->members[interval][i], interval)->partial;
        inner |= place_of(a, a->members[interval][i], interval)->inner;
    }
    if (!partial)
        return 1;
    sort_members(a, interval);
    msched__budget_count(a->pack->budget, 1);
    if (in_time(a, interval))
        return 1;
    if (!inner)
        return 0;
    int found = search_order(a, interval, 0, a->interval[interval].start, &steps);
    msched__budget_count(a->pack->budget, (ORDER_STEPS - steps) / 4);
    if (!found && steps == 0)
        a->stopped = 1;
    return found;
}

/* Maximum value that the songs from `depth` on can add. */
static int32_t tail_bound(const assignment *a, uint32_t depth)
{
    int64_t left = 0;
    for (uint32_t s = 0; s < a->interval_count; s++)
        left += a->left[s] >= a->shortest[depth] ? a->left[s] : 0;
    int64_t shortest = a->shortest[depth] - a->pack->gap;
    int64_t total = a->total_left < shortest
                        ? 0
                        : a->total_left + a->total_left / shortest * a->pack->gap;
    left = left < total ? left : total;
    left /= a->unit;
    return a->table[(size_t)depth * (size_t)(a->capacity + 1) +
                    (size_t)(left < a->capacity ? left : a->capacity)];
}

/*
 * Whether the same tail of songs was reached before with the same time left and at least as much
 * value. Songs that may play anywhere in an interval are told apart by their length if a window is
 * inside the interval: not every time beside it can be used.
 */
static int met_before(assignment *a, uint32_t depth)
{
    uint64_t key = msched__hash_mix((uint64_t)a->total_left << 8 ^ (depth + 1));
    for (uint32_t s = 0; s < a->interval_count; s++)
        key = msched__hash_mix(key ^ a->partials[s] ^ ((uint64_t)(uint32_t)a->left[s] << 16));
    if (!a->memo_cleared)
        memset(a->memo, 0, a->memo_size * sizeof *a->memo);
    a->memo_cleared = 1;
    assign_memo *memo = &a->memo[key & (a->memo_size - 1)];
    if (memo->depth_used == depth + 1 && memo->key == key && memo->value >= a->now)
        return 1;
    *memo = (assign_memo){key, a->now, depth + 1};
    return 0;
}

static void descend(assignment *a, uint32_t depth);

/* Try one song in one interval and go on. */
static void descend_with(assignment *a, uint32_t depth, uint32_t interval)
{
    uint64_t partials = a->partials[interval];
    uint32_t *m = a->members[interval], count = a->member_count[interval];
    uint32_t *saved = a->saved + (size_t)depth * MSCHED__SEARCH_MAX_ITEMS;
    const place *p = place_of(a, depth, interval);
    int32_t length = a->pack->items[a->order[depth]].length;
    if (p->start > p->end || a->size[depth] > a->left[interval] || length > a->total_left)
        return;
    memcpy(saved, m, count * sizeof *m);
    m[a->member_count[interval]++] = depth;
    if (can_play(a, interval)) {
        a->left[interval] -= a->size[depth];
        a->total_left -= length;
        a->now += a->value[depth];
        a->where[depth] = (uint8_t)interval;
        if (p->partial)
            a->partials[interval] += msched__hash_mix(depth + 1);
        else if (a->has_inner[interval])
            a->partials[interval] += msched__hash_mix(~(uint64_t)(uint32_t)length);
        descend(a, depth + 1);
        a->partials[interval] = partials;
        a->now -= a->value[depth];
        a->total_left += length;
        a->left[interval] += a->size[depth];
    }
    memcpy(m, saved, count * sizeof *m);
    a->member_count[interval] = count;
}

static void descend(assignment *a, uint32_t depth)
{
    if (a->now > a->best) {
        a->best = a->now;
        a->improved = 1;
        memcpy(a->best_members, a->members, sizeof a->members);
        memcpy(a->best_member_count, a->member_count, sizeof a->member_count);
    }
    if (a->stopped || a->best >= a->goal || depth == a->count)
        return;
    msched__budget_count(a->pack->budget, 1);
    if (a->pack->budget->used >= a->stop_at || msched__budget_over(a->pack->budget)) {
        a->stopped = 1;
        return;
    }
    if (a->now + tail_bound(a, depth) <= a->best || met_before(a, depth))
        return;
    uint32_t first = 0;
    if (depth > 0 && a->pack->items[a->order[depth]].same &&
        a->order[depth - 1] + 1 == a->order[depth])
        first = a->where[depth - 1]; /* equal songs in the order of the intervals */
    for (uint32_t s = first; s < a->interval_count && !a->stopped; s++)
        descend_with(a, depth, s);
    a->where[depth] = DROPPED;
    descend(a, depth + 1);
}

/* Intervals, and each song's window in each. 0: this search cannot handle the problem. */
static int make_places(assignment *a)
{
    const msched__songs_problem *problem = a->pack->problem;
    if (problem->free_count > INTERVALS_MAX)
        return 0;
    a->interval_count = problem->free_count;
    for (uint32_t s = 0; s < a->interval_count; s++) {
        a->interval[s] = problem->free[s];
        a->left[s] = a->interval[s].end - a->interval[s].start + a->pack->gap;
        if (s > 0 && a->interval[s].start - a->interval[s - 1].end < a->pack->gap)
            return 0;
    }
    for (uint32_t d = 0; d < a->count; d++)
        for (uint32_t s = 0; s < a->interval_count; s++) {
            const msched__item *item = &a->pack->items[a->order[d]];
            msched__interval interval = a->interval[s];
            place *p = &a->places[(size_t)d * a->interval_count + s];
            *p = (place){0, -1, 0, 0};
            for (uint32_t w = 0; w < item->window_count; w++) {
                msched__interval window = item->windows[w];
                if (window.start < interval.start || window.end > interval.end ||
                    window.end - window.start < item->length)
                    continue;
                if (p->start <= p->end)
                    return 0; /* two windows in one interval */
                p->start = window.start;
                p->end = window.end;
                p->partial = window.start > interval.start || window.end < interval.end;
                p->inner = window.start > interval.start && window.end < interval.end;
                a->has_inner[s] |= p->inner;
            }
        }
    return 1;
}

static void make_order(assignment *a)
{
    const msched__pack *pack = a->pack;
    int32_t weights = 1;
    for (uint32_t i = 0; i < pack->optional_count; i++)
        weights += (int32_t)pack->items[pack->by_density[i]].value;
    for (uint32_t d = 0; d < a->count; d++) {
        int must = d < pack->must_count;
        a->order[d] = must ? pack->by_length[d] : pack->by_density[d - pack->must_count];
        a->value[d] = must ? weights : (int32_t)pack->items[a->order[d]].value;
        a->size[d] = pack->items[a->order[d]].length + pack->gap;
    }
    for (uint32_t d = a->count; d-- > 0;)
        a->shortest[d] = d + 1 < a->count && a->shortest[d + 1] < a->size[d] ? a->shortest[d + 1]
                                                                             : a->size[d];
    int64_t best = pack->best.value - pack->locked_value;
    a->best = (int32_t)(best / MSCHED__MUST_VALUE) * weights + (int32_t)(best % MSCHED__MUST_VALUE);
}

/* Knapsack over the tails of the songs, with all intervals as one. */
static int make_table(msched__arena *arena, assignment *a)
{
    int64_t capacity = 0, all = 0;
    for (uint32_t s = 0; s < a->interval_count; s++)
        capacity += a->left[s];
    a->unit = (int32_t)(capacity * (a->count + 1) / TABLE_MAX) + 1;
    capacity /= a->unit;
    msched__budget_count(a->pack->budget, ((uint64_t)capacity + 1) * a->count / 64);
    for (uint32_t d = 0; d < a->count; d++)
        all += a->size[d] / a->unit;
    a->capacity = (int32_t)(all < capacity ? all : capacity); /* beyond, all songs fit */
    size_t row = (size_t)a->capacity + 1;
    a->table = msched__arena_alloc(arena, row * (a->count + 1), sizeof *a->table);
    if (a->table == NULL)
        return 0;
    memset(a->table + row * a->count, 0, row * sizeof *a->table);
    for (uint32_t d = a->count; d-- > 0;) {
        int32_t *here = a->table + row * d, size = a->size[d] / a->unit;
        const int32_t *after = here + row;
        int32_t value = a->value[d], without = size <= a->capacity ? size : a->capacity + 1;
        memcpy(here, after, (size_t)without * sizeof *here);
        for (int32_t c = without; c <= a->capacity; c++) {
            int32_t with = after[c - size] + value;
            here[c] = with > after[c] ? with : after[c];
        }
    }
    return 1;
}

/* Write the best assignment as the best sequence. */
static void keep(assignment *a)
{
    msched__pack *pack = a->pack;
    msched__sequence *best = &pack->best;
    best->count = 0;
    best->total_s = pack->locked_total_s;
    best->value = pack->locked_value;
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->items[i].locked) {
            uint32_t at = best->count++;
            for (; at > 0 && best->start[at - 1] > pack->items[i].pin.start; at--) {
                best->start[at] = best->start[at - 1];
                best->item[at] = best->item[at - 1];
            }
            best->start[at] = pack->items[i].pin.start;
            best->item[at] = i;
        }
    for (uint32_t s = 0; s < a->interval_count; s++) {
        int32_t time = a->interval[s].start;
        for (uint32_t i = 0; i < a->best_member_count[s]; i++) {
            uint32_t depth = a->best_members[s][i];
            const place *p = place_of(a, depth, s);
            time = p->start > time ? p->start : time;
            best->item[best->count] = a->order[depth];
            best->start[best->count++] = time;
            best->total_s += pack->items[a->order[depth]].length;
            best->value += pack->items[a->order[depth]].value;
            time += a->size[depth];
        }
    }
}

/* Songs that have begun must be over, with their gap, before anything else can play. */
static int locked_are_past(const msched__pack *pack)
{
    for (uint32_t i = 0; i < pack->count; i++)
        for (uint32_t k = 0; k < pack->count; k++)
            if (pack->items[i].locked && !pack->items[k].locked &&
                pack->items[i].pin.end + pack->gap > pack->items[k].release)
                return 0;
    return 1;
}

/* The best assignment ignores artist separation: use it as a bound, and as items worth trying. */
static void keep_as_bound(assignment *a, int64_t *bound)
{
    msched__pack *pack = a->pack;
    int64_t must_value = pack->must_count > 0 ? a->value[0] : INT64_MAX;
    *bound = a->best / must_value * MSCHED__MUST_VALUE + a->best % must_value + pack->locked_value;
    memset(pack->placed, 0, pack->count);
    for (uint32_t s = 0; s < a->interval_count; s++)
        for (uint32_t i = 0; i < a->best_member_count[s]; i++)
            pack->placed[a->order[a->best_members[s][i]]] = 1;
}

static int assign(msched__arena *arena, msched__pack *pack, int64_t *bound)
{
    assignment *a = msched__arena_alloc(arena, 1, sizeof *a);
    if (a == NULL)
        return -1;
    memset(a, 0, sizeof *a);
    a->pack = pack;
    a->count = pack->must_count + pack->optional_count;
    a->total_left = pack->max_total == INT32_MAX ? INT32_MAX
                                                 : pack->max_total - (int64_t)pack->locked_total_s;
    a->stop_at = pack->budget->used + msched__budget_left(pack->budget) / 2;
    a->order = msched__arena_alloc(arena, a->count, sizeof *a->order);
    a->value = msched__arena_alloc(arena, 3 * (size_t)a->count, sizeof *a->value);
    a->places = msched__arena_alloc(arena, (size_t)a->count * INTERVALS_MAX, sizeof *a->places);
    a->memo_size = a->count <= FEW ? MEMO_FEW : MEMO_SIZE;
    a->memo = msched__arena_alloc(arena, a->memo_size, sizeof *a->memo);
    a->where = msched__arena_alloc(arena, a->count, 1);
    a->saved = msched__arena_alloc(arena, (size_t)a->count * MSCHED__SEARCH_MAX_ITEMS,
                                   sizeof *a->saved);
    if (a->order == NULL || a->value == NULL || a->places == NULL || a->memo == NULL ||
        a->where == NULL || a->saved == NULL)
        return -1;
    a->size = a->value + a->count;
    a->shortest = a->size + a->count;
    make_order(a);
    if (!make_places(a))
        return 0;
    if (!make_table(arena, a))
        return -1;
    int64_t free_bound = *bound - pack->locked_value,
            must_value = pack->must_count > 0 ? a->value[0] : 0;
    int64_t goal = free_bound / MSCHED__MUST_VALUE * must_value + free_bound % MSCHED__MUST_VALUE;
    a->goal = goal < INT32_MAX ? (int32_t)goal : INT32_MAX;
    descend(a, 0);
    if (pack->artist_count > 0 && a->improved) {
        if (!a->stopped)
            keep_as_bound(a, bound);
        return a->stopped ? 0 : 2;
    }
    if (a->improved)
        keep(a);
    return !a->stopped;
}

int msched__pack_assign(msched__pack *pack, int64_t *bound)
{
    msched__arena scratch;
    if (pack->count > MSCHED__SEARCH_MAX_ITEMS || pack->must_count + pack->optional_count == 0 ||
        !locked_are_past(pack))
        return 0;
    msched__arena_init(&scratch, &pack->arena->allocator, 0);
    int found = assign(&scratch, pack, bound);
    msched__arena_reset(&scratch);
    return found;
}
