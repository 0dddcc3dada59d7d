/*
 * Exact placement: depth-first search over the next song, with
 *  - bounds by capacity until each deadline;
 *  - a memo of sets already placed at the same time or earlier;
 *  - dominance: a song is not next if another one fits completely before it;
 *  - a single order among equal plays, and among consecutive songs that may all play anywhere in
 *    their interval.
 * Memory is fixed; the memo overwrites its entries.
 */
#include "schedule/songs/songs_search.h"

#include "algo/budget.h"
#include "base/hash.h"
#include "schedule/model/plays.h"
#include "schedule/songs/songs_capacity.h"

#include <string.h>

#define MEMO_SIZE     4096 /* a power of two */
#define DEADLINES_MAX 6

typedef struct memo_entry {
    uint64_t set, releases;
    int32_t time;
    uint32_t used;
} memo_entry;

typedef struct candidate {
    uint32_t index;
    int32_t start, end;
} candidate;

typedef struct search {
    msched__pack *pack;
    memo_entry *memo;
    candidate *candidates; /* count + 1 rows of count */
    int32_t *artist_free;  /* per artist: earliest start of its next song */
    uint32_t *rank;        /* per item: its position in the order of consecutive songs */
    /* [item * intervals + interval]: the item may play anywhere in that listenable interval */
    uint8_t *whole;
    int32_t deadlines[DEADLINES_MAX];
    uint32_t deadline_count;
    uint64_t set;        /* placed items */
    int64_t bound;       /* stop when reached */
    int64_t locked_left; /* value of the locked items that are still to come */
    int total_binds;     /* max_total can be exceeded */
    int stopped;
} search;

static int in_set(const search *s, uint32_t index)
{
    return (int)(s->set >> index & 1);
}

/* Items that are still to come, could start at `time` or later and end by `deadline`. */
static int open_by(const search *s, uint32_t index, int32_t time, int32_t deadline)
{
    const msched__item *item = &s->pack->items[index];
    return !in_set(s, index) && item->deadline <= deadline && item->deadline - item->length >= time;
}

/* Remaining must plays that fit between `time` and `deadline`; of them, the open ones. */
static int64_t musts_by(const search *s, msched__interval within, int64_t capacity, int64_t total,
                        int64_t *open)
{
    const msched__pack *pack = s->pack;
    int64_t fit = 0;
    *open = 0;
    for (uint32_t i = 0; i < pack->must_count; i++) {
        int64_t length = pack->items[pack->by_length[i]].length;
        if (!open_by(s, pack->by_length[i], within.start, within.end))
            continue;
        ++*open;
        if (length + pack->gap <= capacity && length <= total) {
            capacity -= length + pack->gap;
            total -= length;
            fit++;
        }
    }
    return fit;
}

/* Capacity of the `needed` shortest open must plays. */
static int64_t musts_size(const search *s, int32_t time, int32_t deadline, int64_t needed)
{
    const msched__pack *pack = s->pack;
    int64_t size = 0;
    for (uint32_t i = 0; i < pack->must_count && needed > 0; i++)
        if (open_by(s, pack->by_length[i], time, deadline)) {
            size += (int64_t)pack->items[pack->by_length[i]].length + pack->gap;
            needed--;
        }
    return size;
}

static int64_t weight_by(const search *s, int32_t time, int32_t deadline, int64_t capacity,
                         int64_t *open)
{
    const msched__pack *pack = s->pack;
    int64_t weight = 0;
    *open = 0;
    for (uint32_t i = 0; i < pack->optional_count; i++) {
        const msched__item *item = &pack->items[pack->by_density[i]];
        int64_t size = (int64_t)item->length + pack->gap;
        if (!open_by(s, pack->by_density[i], time, deadline))
            continue;
        *open += item->value;
        if (size <= capacity) {
            capacity -= size;
            weight += item->value;
        } else {
            weight += item->value * capacity / size;
            capacity = 0;
        }
    }
    return weight;
}

/*
 * Maximum number of must plays that can still be placed from `time` on; `*open` receives how many
 * remain.
 */
static int64_t musts_from(const search *s, int32_t time, int64_t total, int64_t *open)
{
    int64_t musts = INT64_MAX, open_by_then;
    *open = 0;
    for (uint32_t d = s->deadline_count; d-- > 0;) {
        int64_t capacity = msched__pack_capacity(s->pack, time, s->deadlines[d]);
        int64_t fit = musts_by(s, (msched__interval){time, s->deadlines[d]}, capacity, total,
                               &open_by_then);
        if (d == s->deadline_count - 1)
            *open = open_by_then;
        if (fit + *open - open_by_then < musts)
            musts = fit + *open - open_by_then;
    }
    return musts;
}

/* Must plays: how many of the open ones will be placed. */
typedef struct must_count {
    int64_t placed, open;
} must_count;

/*
 * Whether at most `enough` weight can still be placed from `time` on with this number of must
 * plays, by the capacity until a deadline or by max_total.
 */
static int weight_at_most(const search *s, int32_t time, int64_t total, must_count of,
                          int64_t enough)
{
    const msched__pack *pack = s->pack;
    int64_t all_weight = 0, weight, open_musts;
    for (uint32_t d = s->deadline_count; d-- > 0;) {
        int64_t capacity = msched__pack_capacity(pack, time, s->deadlines[d]);
        if (pack->must_count > 0) {
            musts_by(s, (msched__interval){time, s->deadlines[d]}, capacity, total, &open_musts);
            capacity -= musts_size(s, time, s->deadlines[d], of.placed - (of.open - open_musts));
        }
        int64_t fit = weight_by(s, time, s->deadlines[d], capacity > 0 ? capacity : 0, &weight);
        if (d == s->deadline_count - 1)
            all_weight = weight;
        if (fit + all_weight - weight <= enough)
            return 1;
    }
    if (!s->total_binds)
        return 0;
    int64_t left = total - musts_size(s, time, INT32_MAX, of.placed) + of.placed * pack->gap;
    left = left < 0 ? 0 : left + left / pack->min_length * pack->gap;
    return weight_by(s, time, INT32_MAX, left, &weight) <= enough;
}

/* Whether the same set was already placed at least as early; otherwise remembers it. */
static int seen(search *s, int32_t time)
{
    uint64_t releases = 0;
    for (uint32_t a = 0; a < s->pack->artist_count; a++)
        if (s->artist_free[a] > time)
            releases ^= msched__hash_mix((uint64_t)(uint32_t)s->artist_free[a] << 16 ^ (a + 1));
    memo_entry *entry = &s->memo[msched__hash_mix(s->set ^ releases) & (MEMO_SIZE - 1)];
    if (entry->used && entry->set == s->set && entry->releases == releases && entry->time <= time)
        return 1;
    *entry = (memo_entry){s->set, releases, time, 1};
    return 0;
}

/* The listenable interval that contains a time; free_count: none. */
static uint32_t interval_at(const search *s, int32_t time)
{
    const msched__songs_problem *problem = s->pack->problem;
    uint32_t i = 0;
    while (i < problem->free_count && problem->free[i].end <= time)
        i++;
    return i < problem->free_count && problem->free[i].start <= time ? i : problem->free_count;
}

static int is_whole(const search *s, uint32_t index, uint32_t interval)
{
    uint32_t intervals = s->pack->problem->free_count;
    return interval < intervals && s->whole[(size_t)index * intervals + interval];
}

/* Whether `next`, directly after the last song, would only repeat the other order of the two. */
static int out_of_order(const search *s, const candidate *next, int32_t time)
{
    const msched__sequence *now = &s->pack->now;
    if (now->count == 0 || next->start != time)
        return 0;
    uint32_t last = now->item[now->count - 1], interval = interval_at(s, time);
    return s->rank[next->index] < s->rank[last] &&
           interval == interval_at(s, now->start[now->count - 1]) &&
           is_whole(s, next->index, interval) && is_whole(s, last, interval);
}

/* Songs that may come next; a locked one excludes those that do not end before it. */
static uint32_t candidates(search *s, int32_t time, candidate *row)
{
    const msched__pack *pack = s->pack;
    int32_t locked_start = MSCHED__SONG_NEVER, first_end = MSCHED__SONG_NEVER;
    uint32_t count = 0, kept = 0;
    for (uint32_t i = 0; i < pack->count; i++)
        if (pack->items[i].locked && !in_set(s, i) && pack->items[i].pin.start < locked_start)
            locked_start = pack->items[i].pin.start;
    for (uint32_t i = 0; i < pack->count; i++) {
        const msched__item *item = &pack->items[i];
        if (in_set(s, i) || (item->same && !in_set(s, i - 1)))
            continue;
        int32_t from = time;
        if (item->artist != MSCHED__NONE && s->artist_free[item->artist] > from)
            from = s->artist_free[item->artist];
        int32_t start = item->locked ? item->pin.start : msched__item_next(item, from);
        if (start == MSCHED__SONG_NEVER)
            continue;
        if (item->locked ? start != locked_start : start + item->length + pack->gap > locked_start)
            continue;
        if (!item->locked && item->length > pack->max_total - pack->now.total_s)
            continue;
        row[count++] = (candidate){i, start, start + item->length};
        if (item->artist == MSCHED__NONE && !s->total_binds && row[count - 1].end < first_end)
            first_end = row[count - 1].end;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (first_end < MSCHED__SONG_NEVER - pack->gap && row[i].start >= first_end + pack->gap)
            continue;
        candidate next = row[i];
        if (out_of_order(s, &next, time))
            continue;
        uint32_t k = kept++;
        for (; k > 0 && row[k - 1].start > next.start; k--)
            row[k] = row[k - 1];
        row[k] = next;
    }
    return kept;
}

static void update_best(search *s)
{
    msched__pack *pack = s->pack;
    if (s->locked_left > 0 || pack->now.value <= pack->best.value)
        return;
    msched__pack_keep_best(pack);
}

/* Whether the placed songs cannot lead to anything better than the best. */
static int hopeless(search *s, int32_t time)
{
    msched__pack *pack = s->pack;
    int64_t now = pack->now.value + s->locked_left, open;
    int64_t total = pack->max_total == INT32_MAX ? INT64_MAX / 2
                                                 : pack->max_total - (int64_t)pack->now.total_s;
    int64_t wanted = pack->best.value / MSCHED__MUST_VALUE - now / MSCHED__MUST_VALUE;
    msched__budget_count(pack->budget, 1 + (uint64_t)pack->count * s->deadline_count / 16);
    int64_t musts = musts_from(s, time, total, &open);
    if (musts != wanted)
        return musts < wanted;
    return weight_at_most(s, time, total, (must_count){musts, open},
                          pack->best.value % MSCHED__MUST_VALUE - now % MSCHED__MUST_VALUE);
}

static void visit(search *s, int32_t time)
{
    msched__pack *pack = s->pack;
    msched__sequence *now = &pack->now;
    update_best(s);
    if (pack->best.value >= s->bound)
        return;
    msched__budget_count(pack->budget, 1);
    if (msched__budget_over(pack->budget)) {
        s->stopped = 1;
        return;
    }
    if (seen(s, time) || hopeless(s, time))
        return;
    candidate *row = s->candidates + (size_t)now->count * pack->count;
    uint32_t count = candidates(s, time, row);
    for (uint32_t i = 0; i < count && !s->stopped && pack->best.value < s->bound; i++) {
        const msched__item *item = &pack->items[row[i].index];
        int32_t was_free = item->artist == MSCHED__NONE ? 0 : s->artist_free[item->artist];
        if (item->artist != MSCHED__NONE)
            s->artist_free[item->artist] = row[i].end + pack->separation;
        now->item[now->count] = row[i].index;
        now->start[now->count++] = row[i].start;
        now->total_s += item->locked ? 0 : item->length;
        now->value += item->value;
        s->locked_left -= item->locked ? item->value : 0;
        s->set |= UINT64_C(1) << row[i].index;
        visit(s, row[i].end + pack->gap);
        s->set &= ~(UINT64_C(1) << row[i].index);
        s->locked_left += item->locked ? item->value : 0;
        now->value -= item->value;
        now->total_s -= item->locked ? 0 : item->length;
        now->count--;
        if (item->artist != MSCHED__NONE)
            s->artist_free[item->artist] = was_free;
    }
}

/* Without items whose artist matters: their order is not free. */
static int prepare_order(search *s)
{
    msched__pack *pack = s->pack;
    const msched__songs_problem *problem = pack->problem;
    s->rank = msched__arena_alloc(pack->arena, pack->count, sizeof *s->rank);
    s->whole = msched__arena_alloc(pack->arena, (size_t)pack->count * problem->free_count, 1);
    if (s->rank == NULL || s->whole == NULL)
        return 0;
    for (uint32_t i = 0; i < pack->count; i++) {
        const msched__item *item = &pack->items[i];
        s->rank[i] = 0;
        for (uint32_t k = 0; k < problem->free_count; k++) {
            uint8_t *whole = &s->whole[(size_t)i * problem->free_count + k];
            *whole = 0;
            for (uint32_t w = 0;
                 w < item->window_count && item->artist == MSCHED__NONE && !item->locked; w++)
                *whole |= item->windows[w].start <= problem->free[k].start &&
                          item->windows[w].end >= problem->free[k].end;
        }
    }
    for (uint32_t i = 0; i < pack->must_count; i++)
        s->rank[pack->by_length[i]] = i;
    for (uint32_t i = 0; i < pack->optional_count; i++)
        s->rank[pack->by_density[i]] = pack->must_count + i;
    return 1;
}

/* A few deadlines, the last one among them, ascending. */
static void choose_deadlines(search *s)
{
    const msched__pack *pack = s->pack;
    int32_t last = 0;
    for (uint32_t i = 0; i < pack->count; i++)
        if (!pack->items[i].locked && pack->items[i].deadline > last)
            last = pack->items[i].deadline;
    int32_t after = INT32_MIN;
    while (s->deadline_count < DEADLINES_MAX - 1) {
        int32_t next = last;
        for (uint32_t i = 0; i < pack->count; i++)
            if (!pack->items[i].locked && pack->items[i].deadline > after &&
                pack->items[i].deadline < next)
                next = pack->items[i].deadline;
        if (next == last)
            break;
        s->deadlines[s->deadline_count++] = next;
        after = next;
    }
    s->deadlines[s->deadline_count++] = last;
}

int msched__pack_search(msched__pack *pack, int64_t bound)
{
    search s;
    memset(&s, 0, sizeof s);
    s.pack = pack;
    s.bound = bound;
    s.memo = msched__arena_alloc(pack->arena, MEMO_SIZE, sizeof *s.memo);
    s.candidates = msched__arena_alloc(pack->arena, (size_t)(pack->count + 1) * pack->count,
                                       sizeof *s.candidates);
    s.artist_free = msched__arena_alloc(pack->arena, pack->artist_count, sizeof *s.artist_free);
    if (s.memo == NULL || s.candidates == NULL || s.artist_free == NULL || !prepare_order(&s))
        return -1;
    memset(s.memo, 0, MEMO_SIZE * sizeof *s.memo);
    for (uint32_t a = 0; a < pack->artist_count; a++)
        s.artist_free[a] = INT32_MIN;
    int64_t total = 0;
    for (uint32_t i = 0; i < pack->count; i++)
        total += pack->items[i].length;
    s.total_binds = total > pack->max_total;
    s.locked_left = pack->locked_value;
    choose_deadlines(&s);
    pack->now.count = 0;
    pack->now.value = 0;
    /* locked songs count against max_total from the start */
    pack->now.total_s = pack->locked_total_s;
    visit(&s, INT32_MIN / 2);
    return !s.stopped;
}
