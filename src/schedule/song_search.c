/*
 * Exact placing: depth-first over "which song next", with
 * - bounds by capacity until each deadline,
 * - a memo of sets already placed no later,
 * - dominance: no song next while another one fits wholly before it,
 * - one order only among equal plays.
 * Memory is fixed; the memo overwrites.
 */
#include "base/hash.h"
#include "schedule/song_pack.h"

#include <string.h>

#define MEMO_SIZE 4096 /* a power of two */
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
    candidate *candidates;   /* count + 1 rows of count */
    int32_t *artist_free;    /* per artist: earliest start of its next song */
    int32_t deadlines[DEADLINES_MAX];
    uint32_t deadline_count;
    uint64_t set;            /* placed items */
    int64_t bound;           /* stop when reached */
    int64_t locked_left;     /* value of the locked items that are still to come */
    int total_binds;         /* max_total can be exceeded */
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

/* Musts to come that fit between `time` and `deadline`; of them, those open at all. */
static int64_t musts_by(const search *s, int32_t time, int32_t deadline, int64_t capacity, int64_t total, int64_t *open)
{
    const msched__pack *pack = s->pack;
    int64_t fit = 0;
    *open = 0;
    for (uint32_t i = 0; i < pack->must_count; i++) {
        int64_t length = pack->items[pack->by_length[i]].length;
        if (!open_by(s, pack->by_length[i], time, deadline))
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

/* Capacity that the `needed` shortest open musts take. */
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

static int64_t weight_by(const search *s, int32_t time, int32_t deadline, int64_t capacity, int64_t *open)
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
 * Upper bound of what can still be placed from `time` on, given that `wanted` musts more are needed to be worth it;
 * INT64_MIN: not so many musts, INT64_MAX: more of them.
 */
static int64_t bound_from(const search *s, int32_t time, int64_t wanted)
{
    const msched__pack *pack = s->pack;
    int64_t total = pack->max_total == INT32_MAX ? INT64_MAX / 2 : pack->max_total - (int64_t)pack->now.total_s;
    int64_t musts = INT64_MAX, weight = INT64_MAX, all_musts = 0, all_weight = 0;
    for (uint32_t d = s->deadline_count; d-- > 0;) {
        int32_t deadline = s->deadlines[d];
        int64_t capacity = msched__pack_capacity(pack, time, deadline), open;
        int64_t fit = musts_by(s, time, deadline, capacity, total, &open);
        if (d == s->deadline_count - 1)
            all_musts = open;
        if (fit + all_musts - open < musts)
            musts = fit + all_musts - open;
    }
    if (musts > wanted)
        return INT64_MAX; /* may beat the best by a must: weights do not decide */
    if (musts < wanted)
        return INT64_MIN;
    for (uint32_t d = s->deadline_count; d-- > 0;) {
        int32_t deadline = s->deadlines[d];
        int64_t capacity = msched__pack_capacity(pack, time, deadline), open, open_weight;
        musts_by(s, time, deadline, capacity, total, &open);
        capacity -= musts_size(s, time, deadline, musts - (all_musts - open));
        int64_t fit = weight_by(s, time, deadline, capacity > 0 ? capacity : 0, &open_weight);
        if (d == s->deadline_count - 1)
            all_weight = open_weight;
        if (fit + all_weight - open_weight < weight)
            weight = fit + all_weight - open_weight;
    }
    if (s->total_binds) {
        int64_t open, left = total - musts_size(s, time, INT32_MAX, musts) + musts * pack->gap;
        left = left < 0 ? 0 : left + left / pack->min_length * pack->gap;
        int64_t fit = weight_by(s, time, INT32_MAX, left, &open);
        if (fit < weight)
            weight = fit;
    }
    return musts * MSCHED__MUST_VALUE + weight;
}

/* Whether the same set was already placed at least as early; else remember it. */
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

/* Songs that may come next; locked ones leave only those that end before them. */
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
    memcpy(pack->best.item, pack->now.item, pack->now.count * sizeof *pack->best.item);
    memcpy(pack->best.start, pack->now.start, pack->now.count * sizeof *pack->best.start);
    pack->best.count = pack->now.count;
    pack->best.total_s = pack->now.total_s;
    pack->best.value = pack->now.value;
}

static int hopeless(const search *s, int32_t time)
{
    const msched__pack *pack = s->pack;
    int64_t now = pack->now.value + s->locked_left;
    int64_t wanted = pack->best.value / MSCHED__MUST_VALUE - now / MSCHED__MUST_VALUE;
    int64_t more = bound_from(s, time, wanted);
    return more == INT64_MIN || (more != INT64_MAX && now + more <= pack->best.value);
}

static void visit(search *s, int32_t time)
{
    msched__pack *pack = s->pack;
    msched__sequence *now = &pack->now;
    update_best(s);
    if (pack->best.value >= s->bound || ++pack->work >= pack->work_limit) {
        s->stopped = pack->best.value < s->bound;
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
            if (!pack->items[i].locked && pack->items[i].deadline > after && pack->items[i].deadline < next)
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
    s.candidates = msched__arena_alloc(pack->arena, (size_t)(pack->count + 1) * pack->count, sizeof *s.candidates);
    s.artist_free = msched__arena_alloc(pack->arena, pack->artist_count, sizeof *s.artist_free);
    if (s.memo == NULL || s.candidates == NULL || s.artist_free == NULL)
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
