/*
 * Place many songs that do not all fit. An exact knapsack gives the best choice for the whole day.
 * Pinned songs divide the listenable time into intervals. Songs with windows are assigned to these,
 * tightest first, each to the interval with the most room. The rest of an interval is filled to the
 * second by a subset sum over songs that may play anywhere, shortest interval first; the longest
 * interval is last, by a knapsack over all remaining songs, so that the losses of the others cost
 * as little as possible. Within an interval, songs with windows play as soon as these allow, and
 * the others before and after them.
 */
#include "schedule/songs/songs_partition.h"

#include "algo/budget.h"
#include "algo/index_sort.h"
#include "algo/knapsack.h"
#include "algo/min_max.h"
#include "algo/subset_sum.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_capacity.h"
#include "schedule/songs/songs_insert.h"

#include <string.h>

#define FINISH_S     1200 /* the last seconds of an interval, filled by a subset sum */
#define FINISH_ITEMS 48   /* songs it chooses from */

typedef struct interval {
    msched__interval span;
    int32_t left; /* room, with a gap for each song */
    /* of its songs with windows, in a feasible order; UINT32_MAX: none */
    uint32_t first_held;
    uint32_t first_unrestricted;
} interval;

typedef struct share {
    msched__pack *pack;
    interval *intervals;
    uint32_t interval_count;
    uint32_t *next;      /* per item: the next one in the same interval's list */
    msched__keyed *keys; /* scratch */
    /* unplaced songs that may play anywhere: must plays, then the others in order of density */
    uint32_t *unrestricted;
    uint32_t unrestricted_count, unrestricted_musts;
    uint8_t *chosen;    /* per unrestricted song: in the knapsack's choice */
    uint8_t *used;      /* per unrestricted song: in an interval */
    int32_t total_left; /* of max_total */
    msched__sack_item *sack;
    uint32_t *sack_unrestricted;
    uint8_t *taken;
    int32_t *lengths;
    uint32_t *numbers;
    msched__subset_sum sums;
} share;

/* Whether a song may play anywhere in the listenable time. */
static int is_unrestricted(const msched__pack *pack, const msched__item *item)
{
    return item->windows == pack->problem->free &&
           item->window_count == pack->problem->free_count && !item->locked;
}

static int is_pinned(const msched__item *item)
{
    return item->locked || item->windows == &item->pin;
}

static int32_t size_of(const share *s, uint32_t item)
{
    return s->pack->items[item].length + s->pack->gap;
}

/* The songs that a knapsack over the whole day takes, without must plays: flags per item. */
static int choose_for_day(share *s, uint8_t *in_choice)
{
    msched__pack *pack = s->pack;
    int64_t capacity = msched__pack_capacity(pack, INT32_MIN, INT32_MAX);
    int64_t total = pack->max_total - (int64_t)pack->locked_total_s;
    for (uint32_t i = 0; i < pack->must_count; i++) {
        capacity -= size_of(s, pack->by_length[i]);
        total -= pack->max_total == INT32_MAX ? 0 : pack->items[pack->by_length[i]].length;
    }
    for (uint32_t i = 0; i < pack->optional_count; i++)
        s->sack[i] = (msched__sack_item){size_of(s, pack->by_density[i]),
                                         (int32_t)pack->items[pack->by_density[i]].value};
    memset(in_choice, 0, pack->count);
    msched__sack sack = {s->sack, pack->optional_count, smaller64(capacity, total)};
    if (!msched__knapsack(&pack->arena->allocator, &sack, pack->budget,
                          &(msched__sack_choice){.taken = s->taken}))
        return 0;
    for (uint32_t i = 0; i < pack->optional_count; i++)
        in_choice[pack->by_density[i]] = s->taken[i];
    return 1;
}

/* The intervals between the pinned songs of `now` into which a song fits. */
static void find_intervals(share *s)
{
    const msched__pack *pack = s->pack;
    const msched__songs_problem *problem = pack->problem;
    const msched__sequence *now = &pack->now;
    uint32_t k = 0;
    int32_t clear = INT32_MIN; /* end of the song or interval before, with the gap */
    s->interval_count = 0;
    for (uint32_t i = 0; i < problem->free_count; i++) {
        int32_t time = problem->free[i].start, end = problem->free[i].end;
        while (time < end) {
            for (; k < now->count && now->start[k] < time; k++)
                clear = now->start[k] + size_of(s, now->item[k]);
            int32_t from = time > clear ? time : clear;
            int32_t until = k < now->count && now->start[k] - pack->gap < end
                                ? now->start[k] - pack->gap
                                : end;
            if (until - from >= pack->min_length) {
                s->intervals[s->interval_count++] =
                    (interval){{from, until}, until - from + pack->gap, UINT32_MAX, UINT32_MAX};
                clear = until + pack->gap;
            }
            time = k < now->count && now->start[k] < end ? now->start[k] + 1 : end;
        }
    }
}

/* Where an item may play in an interval; empty: nowhere. */
static msched__interval window_in(const msched__item *item, msched__interval within)
{
    for (uint32_t w = 0; w < item->window_count; w++) {
        msched__interval window = item->windows[w];
        window.start = window.start > within.start ? window.start : within.start;
        window.end = window.end < within.end ? window.end : within.end;
        if (window.end - window.start >= item->length)
            return window;
    }
    return (msched__interval){0, 0};
}

/*
 * Songs whose window ends first in the interval come first; those whose window begins in it last.
 */
static uint64_t held_key(const share *s, uint32_t item, const interval *in)
{
    msched__interval window = window_in(&s->pack->items[item], in->span);
    if (window.end < in->span.end && window.start <= in->span.start)
        return (uint64_t)(uint32_t)window.end;
    return UINT64_C(1) << 32 | (uint64_t)(uint32_t)window.start;
}

/* Whether the songs with windows of an interval can be played in their order. */
static int in_time(const share *s, const interval *in)
{
    int32_t time = in->span.start;
    for (uint32_t i = in->first_held; i != UINT32_MAX; i = s->next[i]) {
        msched__interval window = window_in(&s->pack->items[i], in->span);
        time = window.start > time ? window.start : time;
        if (time + s->pack->items[i].length > window.end)
            return 0;
        time += size_of(s, i);
    }
    return 1;
}

/* Add an item to an interval if its window and those of the others allow it. */
static int hold(share *s, uint32_t item, interval *in)
{
    uint32_t *link = &in->first_held;
    uint64_t key = held_key(s, item, in);
    while (*link != UINT32_MAX && held_key(s, *link, in) <= key)
        link = &s->next[*link];
    s->next[item] = *link;
    *link = item;
    msched__budget_count(s->pack->budget, 1);
    if (in_time(s, in)) {
        in->left -= size_of(s, item);
        s->total_left -= s->pack->items[item].length;
        return 1;
    }
    *link = s->next[item];
    return 0;
}

/* Add an item to the interval with the most room in which it can play. */
static void hold_anywhere(share *s, uint32_t item)
{
    const msched__item *what = &s->pack->items[item];
    if (what->length > s->total_left)
        return;
    uint32_t tried = 0;
    int32_t below = INT32_MAX;
    while (tried++ < s->interval_count) {
        interval *best = NULL;
        for (uint32_t k = 0; k < s->interval_count; k++) {
            interval *in = &s->intervals[k];
            if (in->left < below && in->left >= size_of(s, item) &&
                (best == NULL || in->left > best->left) && window_in(what, in->span).end > 0)
                best = in;
        }
        if (best == NULL || hold(s, item, best))
            return;
        below = best->left;
    }
}

/*
 * Pinned songs, then those with windows: the must plays of both, and those in the best choice for
 * the whole day.
 */
static void place_bound(share *s, const uint8_t *in_choice)
{
    msched__pack *pack = s->pack;
    uint32_t count = 0;
    for (uint32_t i = 0; i < pack->count; i++) {
        const msched__item *item = &pack->items[i];
        if (!is_unrestricted(pack, item) &&
            (item->locked || item->value == MSCHED__MUST_VALUE || in_choice[i]))
            s->keys[count++] =
                (msched__keyed){msched__pack_order_key(pack, i, 0, MSCHED__BY_TIGHTNESS), i};
    }
    msched__key_sort(s->keys, count);
    for (uint32_t i = 0; i < count; i++)
        if (is_pinned(&pack->items[s->keys[i].index]))
            msched__pack_insert(pack, s->keys[i].index, 0);
    find_intervals(s);
    s->total_left = pack->max_total - pack->now.total_s;
    for (uint32_t i = 0; i < count; i++)
        if (!is_pinned(&pack->items[s->keys[i].index]))
            hold_anywhere(s, s->keys[i].index);
}

/*
 * The best choice of the unused unrestricted songs, without must plays, for this capacity:
 * s->taken, by position in s->sack_unrestricted.
 */
static int choose(share *s, int64_t capacity, uint32_t *count)
{
    *count = 0;
    for (uint32_t i = s->unrestricted_musts; i < s->unrestricted_count; i++)
        if (!s->used[i]) {
            s->sack[*count] = (msched__sack_item){
                size_of(s, s->unrestricted[i]), (int32_t)s->pack->items[s->unrestricted[i]].value};
            s->sack_unrestricted[(*count)++] = i;
        }
    msched__sack sack = {s->sack, *count, smaller64(capacity, s->total_left)};
    return msched__knapsack(&s->pack->arena->allocator, &sack, s->pack->budget,
                            &(msched__sack_choice){.taken = s->taken});
}

/* Add an unrestricted song to an interval. */
static void use(share *s, uint32_t number, interval *in)
{
    uint32_t item = s->unrestricted[number];
    if (s->pack->items[item].length > s->total_left || size_of(s, item) > in->left)
        return;
    in->left -= size_of(s, item);
    s->total_left -= s->pack->items[item].length;
    s->used[number] = 1;
    s->next[item] = in->first_unrestricted;
    in->first_unrestricted = item;
}

/*
 * Add chosen songs until little of an interval is left, then fill it by a subset sum, with the
 * chosen songs first.
 */
static void fill_interval(share *s, interval *in)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->unrestricted_count && in->left > FINISH_S; i++)
        if (!s->used[i] && s->chosen[i])
            use(s, i, in);
    int32_t target = (int32_t)smaller64(smaller64(in->left, s->total_left), FINISH_S);
    for (int chosen = 1; chosen >= 0; chosen--)
        for (uint32_t i = 0; i < s->unrestricted_count && count < FINISH_ITEMS; i++)
            if (!s->used[i] && s->chosen[i] == chosen && size_of(s, s->unrestricted[i]) <= target) {
                s->lengths[count] = size_of(s, s->unrestricted[i]);
                s->numbers[count++] = i;
            }
    if (count == 0)
        return;
    msched__subset_sum_solve(&s->sums, s->lengths, count, target);
    for (uint32_t k = s->sums.chosen_count; k-- > 0;)
        use(s, s->numbers[s->sums.chosen[k]], in);
}

/* Fill the last interval: the remaining must plays, then the best choice of the rest. */
static int fill_last(share *s, interval *in)
{
    uint32_t count;
    for (uint32_t i = 0; i < s->unrestricted_musts; i++)
        if (!s->used[i])
            use(s, i, in);
    if (!choose(s, in->left, &count))
        return 0;
    for (uint32_t i = 0; i < count; i++)
        if (s->taken[i])
            use(s, s->sack_unrestricted[i], in);
    return 1;
}

/* Append an item to `now`'s songs up to that time. */
static void play(share *s, uint32_t item, int32_t *time)
{
    uint32_t at = s->pack->now.count;
    while (at > 0 && s->pack->now.start[at - 1] > *time)
        at--;
    msched__pack_put(s->pack, item, at, *time);
    *time += size_of(s, item);
}

/* Latest starts of an interval's songs with windows, into pack->latest by item. */
static int32_t set_latest(share *s, uint32_t item, const interval *in)
{
    if (item == UINT32_MAX)
        return in->span.end + s->pack->gap;
    int32_t latest = set_latest(s, s->next[item], in) - size_of(s, item);
    msched__interval window = window_in(&s->pack->items[item], in->span);
    if (window.end - s->pack->items[item].length < latest)
        latest = window.end - s->pack->items[item].length;
    return s->pack->latest[item] = latest;
}

/*
 * Write an interval's songs into `now`: before each song with a window, as many others as fit until
 * it may begin.
 */
static void lay_out(share *s, interval *in)
{
    int32_t time = in->span.start;
    set_latest(s, in->first_held, in);
    for (uint32_t i = in->first_held, after; i != UINT32_MAX; i = after) {
        int32_t release = window_in(&s->pack->items[i], in->span).start;
        after = s->next[i];
        for (uint32_t *link = &in->first_unrestricted; *link != UINT32_MAX && time < release;) {
            uint32_t item = *link;
            if (time + size_of(s, item) > s->pack->latest[i]) {
                link = &s->next[item];
                continue;
            }
            *link = s->next[item];
            play(s, item, &time);
        }
        time = release > time ? release : time;
        play(s, i, &time);
    }
    for (uint32_t i = in->first_unrestricted, after; i != UINT32_MAX; i = after) {
        after = s->next[i];
        if (time + s->pack->items[i].length <= in->span.end)
            play(s, i, &time);
    }
}

static void gather_unrestricted(share *s)
{
    const msched__pack *pack = s->pack;
    for (uint32_t i = 0; i < pack->must_count; i++)
        if (is_unrestricted(pack, &pack->items[pack->by_length[i]]))
            s->unrestricted[s->unrestricted_count++] = pack->by_length[i];
    s->unrestricted_musts = s->unrestricted_count;
    for (uint32_t i = 0; i < pack->optional_count; i++)
        if (is_unrestricted(pack, &pack->items[pack->by_density[i]]))
            s->unrestricted[s->unrestricted_count++] = pack->by_density[i];
    memset(s->used, 0, s->unrestricted_count);
}

static int allocate(msched__arena *arena, share *s)
{
    size_t n = s->pack->count;
    s->intervals = msched__arena_alloc(arena, n + s->pack->problem->free_count,
                                       sizeof *s->intervals);
    s->next = msched__arena_alloc(arena, n, sizeof *s->next);
    s->keys = msched__arena_alloc(arena, n + s->pack->problem->free_count, sizeof *s->keys);
    s->unrestricted = msched__arena_alloc(arena, n, sizeof *s->unrestricted);
    s->chosen = msched__arena_alloc(arena, n, 1);
    s->used = msched__arena_alloc(arena, n, 1);
    s->sack = msched__arena_alloc(arena, n, sizeof *s->sack);
    s->sack_unrestricted = msched__arena_alloc(arena, n, sizeof *s->sack_unrestricted);
    s->taken = msched__arena_alloc(arena, n, 1);
    s->lengths = msched__arena_alloc(arena, FINISH_ITEMS, sizeof *s->lengths);
    s->numbers = msched__arena_alloc(arena, FINISH_ITEMS, sizeof *s->numbers);
    uint32_t *chosen = msched__arena_alloc(arena, FINISH_ITEMS, sizeof *chosen);
    return s->intervals != NULL && s->next != NULL && s->keys != NULL && s->unrestricted != NULL &&
           s->chosen != NULL && s->used != NULL && s->sack != NULL &&
           s->sack_unrestricted != NULL && s->taken != NULL && s->lengths != NULL &&
           s->numbers != NULL && chosen != NULL &&
           msched__subset_sum_init(&s->sums, arena, FINISH_S, chosen, s->pack->budget);
}

/* Fill the intervals with unrestricted songs, the one with the least room first. */
static int fill_intervals(share *s)
{
    int64_t capacity = 0;
    uint32_t count;
    for (uint32_t i = 0; i < s->interval_count; i++) {
        s->keys[i] = (msched__keyed){(uint64_t)s->intervals[i].left, i};
        capacity += s->intervals[i].left >= s->pack->min_length ? s->intervals[i].left : 0;
    }
    msched__key_sort(s->keys, s->interval_count);
    for (uint32_t i = 0; i < s->unrestricted_musts; i++) {
        s->chosen[i] = 1;
        capacity -= size_of(s, s->unrestricted[i]);
    }
    if (!choose(s, capacity, &count))
        return 0;
    for (uint32_t i = 0; i < count; i++)
        s->chosen[s->sack_unrestricted[i]] = s->taken[i];
    for (uint32_t i = 0; i + 1 < s->interval_count; i++)
        fill_interval(s, &s->intervals[s->keys[i].index]);
    return s->interval_count == 0 ||
           fill_last(s, &s->intervals[s->keys[s->interval_count - 1].index]);
}

static int fill_day(share *s, uint8_t *in_choice)
{
    msched__pack_clear(s->pack);
    if (!choose_for_day(s, in_choice))
        return 0;
    place_bound(s, in_choice);
    gather_unrestricted(s);
    if (!fill_intervals(s))
        return 0;
    for (uint32_t i = 0; i < s->interval_count; i++)
        lay_out(s, &s->intervals[i]);
    return 1;
}

int msched__pack_share(msched__pack *pack)
{
    share s = {.pack = pack};
    msched__arena arena;
    msched__arena_init(&arena, &pack->arena->allocator, 16384);
    uint8_t *in_choice = msched__arena_alloc(&arena, pack->count, 1);
    int done = in_choice != NULL && allocate(&arena, &s) && fill_day(&s, in_choice);
    msched__arena_reset(&arena);
    return done;
}
